"""The words a page uses for the coded values of a channel: its kind, what it is for, how to reach it, what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from balise.catalogues import Phrases

NEEDS = (
    "immediate-danger",
    "image-found",
    "own-image-shared",
    "sextortion",
    "grooming",
    "talk",
    "advice-adult",
    "worried-about-self",
    "missing",
)
"""What a reader may need, as channels and pages name it."""
KINDS = ("emergency", "hotline", "helpline", "removal", "police", "perpetrator-prevention", "advice")
"""Kinds of channels, in the order of a directory: a hotline takes reports of content, a helpline talks with people."""


def kind_name(kind: str, phrases: Phrases) -> str:
    """Return what kind of place a channel is."""
    _ = phrases.gettext
    return {
        "emergency": _("Emergency number"),
        "hotline": _("Hotline for reports"),
        "helpline": _("Helpline"),
        "removal": _("Help to remove images"),
        "police": _("Police"),
        "perpetrator-prevention": _("Prevention helpline"),
        "advice": _("Information and advice"),
    }[kind]


def need_name(need: str, phrases: Phrases) -> str:
    """Return what a channel is for."""
    _ = phrases.gettext
    return {
        "immediate-danger": _("danger now"),
        "image-found": _("child sexual abuse images found online"),
        "own-image-shared": _("intimate images of someone that are being shared"),
        "sextortion": _("blackmail with intimate images (sextortion)"),
        "grooming": _("someone who wins a child's trust for sexual purposes (grooming)"),
        "talk": _("talking to someone"),
        "advice-adult": _("advice for adults"),
        "worried-about-self": _("worries about your own thoughts or behaviour"),
        "missing": _("a missing child"),
    }[need]


def reach_name(reach: str, phrases: Phrases) -> str:
    """Return a way to reach a channel."""
    _ = phrases.gettext
    return {
        "phone": _("by phone"),
        "web": _("on the website"),
        "chat": _("by chat"),
        "sms": _("by text message"),
        "email": _("by e-mail"),
        "app": _("with an app"),
        "forum": _("on a forum"),
        "whatsapp": _("by WhatsApp"),
        "walk-in": _("in person"),
    }[reach]


def cost_name(cost: str, phrases: Phrases) -> str:
    """Return what a contact costs."""
    _ = phrases.gettext
    return {
        "free": _("free"),
        "free-not-on-bill": _("free, and not shown on the phone bill"),
        "normal-call": _("the price of an ordinary call"),
        "international": _("the price of a call abroad"),
    }[cost]


def role_name(role: str, phrases: Phrases) -> str:
    """Return in which role somebody confirmed a fact or reviewed a page; what is no role of ours as it is."""
    _ = phrases.gettext
    names = {
        "editor": _("an editor"),
        "child-protection": _("someone who works in child protection"),
        "health": _("a health worker"),
        "law": _("a lawyer"),
        "police-liaison": _("someone who works with the police"),
        "teacher": _("a teacher"),
        "survivor-panel": _("a panel of survivors"),
        "youth-panel": _("a panel of young people"),
    }
    return names.get(role, role)


def anonymity(anonymous: str, phrases: Phrases) -> str:
    """Return whether a name is asked, as a sentence; empty when it is not known."""
    _ = phrases.gettext
    return {
        "yes": _("You do not have to give your name."),
        "no": _("They ask for your name."),
        "unknown": "",
    }[anonymous]
