"""What a guide's pages hold beside their texts: the way back, the answers as links, who helps, emergency numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from balise.cldr import country_name, present_list
from balise.components import render_component
from balise.expand import CallError, Component
from balise.guides.helping import helpers
from balise.guides.model import Kind
from balise.theme_view import AnswerLink, CountryGroup

if TYPE_CHECKING:
    from balise.calls import Calls
    from balise.guides.model import Condition, Step
    from balise.languages import Text
    from balise.page import Page

_LIST = re.compile(r"<ol>\n?(.*?)</ol>", re.DOTALL)
_ITEM = re.compile(r"<li>(.*?)</li>", re.DOTALL)


@dataclass(frozen=True)
class GuideParts:
    """The parts of one step in one edition.

    `url` returns the address of a page as seen from this one; `guide` is what the guide is called here.
    """

    page: Page
    step: Step
    calls: Calls
    guide: Text
    url: Callable[[str], str]

    def functions(self) -> Mapping[str, Callable[[], Component]]:
        """Return what the page types of guides may call."""
        return {
            "guide_way": self.way,
            "guide_onward": self.onward,
            "guide_channels": self.channels,
            "emergency_numbers": self.emergency_numbers,
        }

    def _to(self, node: str) -> str:
        """Return the address of a node, "" for one that does not exist, as the proof tells."""
        page = self.step.page(node)
        return self.url(page) if page in self.calls.project.pages else ""

    def way(self) -> Component:
        """Show where the reader is in the guide, the way back and the way to its beginning."""
        step = self.step
        html = render_component(
            "guide-way",
            self.calls.phrases,
            guide=self.guide,
            number=step.number,
            left=step.left,
            is_end=step.kind is Kind.OUTCOME,
            back_url=self._to(step.back) if step.back else "",
            start_url=self._to(step.start),
        )
        return Component(html)

    def onward(self) -> Component:
        """Show the link that leads on from advice."""
        return Component(render_component("guide-onward", self.calls.phrases, url=self._to(self.step.then)))

    def channels(self) -> Component:
        """Show who helps with what the outcome is about: the site's country first, every other one folded below."""
        calls = self.calls
        registry = calls.project.registries.channels

        def found(country: str) -> Iterator[str]:
            for channel in helpers(
                registry,
                needs=self.page.meta["needs"],
                fallback=self.step.fallback,
                country=country,
                language=calls.language,
                audiences=self.step.audiences,
                today=calls.today,
            ):
                yield channel.id

        groups = calls.by_country((*calls.countries(), "INT"), found)
        if not groups:
            raise CallError("channels-none", "no channel may be shown here", "name another need, or a fallback")
        return Component(render_component("channel-list", calls.phrases, groups=groups, level=3))

    def emergency_numbers(self) -> Component:
        """Show the emergency number of every country of the site."""
        calls, site = self.calls, self.calls.project.site
        groups: list[CountryGroup] = []
        for code in calls.countries():
            view = calls.emergency(code)
            if view:
                name = country_name(code, calls.phrases)
                groups.append(CountryGroup(code, name, code == site.default_country, (view,)))
        return Component(render_component("emergency-numbers", calls.phrases, groups=tuple(groups)))

    def link_answers(self, html: Markup) -> Markup:
        """Return a finished body in which each answer of the question is a link to the node it leads to."""
        if not self.step.answers:
            return html
        listed = _LIST.search(html)
        items = _ITEM.findall(listed[1]) if listed else []
        if listed is None or len(items) != len(self.step.answers):
            raise AssertionError(f"{self.page.id} shows {len(items)} answers of {len(self.step.answers)}")
        answers = tuple(
            AnswerLink(Markup(text), self._to(target), self._only(when))  # noqa: S704 - cleaned with the page
            for text, (target, when) in zip(items, self.step.answers, strict=True)
            if not when.languages or self.calls.language in when.languages
        )
        links = render_component("guide-answers", self.calls.phrases, answers=answers)
        return Markup(f"{html[: listed.start()]}{links}{html[listed.end() :]}")  # noqa: S704 - both are finished

    def _only(self, when: Condition) -> str:
        """Return the countries that an answer is for, in words."""
        phrases = self.calls.phrases
        names = sorted(country_name(code, phrases) for code in when.countries)
        return present_list(names, phrases.language) if names else ""
