"""Guides against their project: who can help where, which numbers stand on every page, which texts are translated."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from balise.guides.helping import can_help
from balise.guides.proof import Around, Row, prove
from balise.problems import Problem, sorted_problems
from balise.review import is_expired, may_be_shown
from balise.translate import translate_page

if TYPE_CHECKING:
    from balise.guides.model import Guide, Node, Reader
    from balise.project import Project


def prove_guides(
    project: Project, today: str, *, translated: bool = True
) -> tuple[tuple[Row, ...], tuple[Problem, ...]]:
    """Return what is proved of every guide for every reader, and what stands in the way, sorted by place.

    Without `translated`, texts that an edition lacks are no problem: a build shows them in the language they were
    written in.
    """
    rows: list[Row] = []
    problems: list[Problem] = []
    for guide in project.guides.values():
        found, faults = prove(guide, around(project, guide, today, translated=translated))
        rows += found
        problems += faults
    return tuple(rows), sorted_problems(problems)


def around(project: Project, guide: Guide, today: str, *, translated: bool = True) -> Around:
    """Return what a guide's proof has to know of its project."""
    site, channels = project.site, project.registries.channels

    def has_emergency(country: str) -> bool:
        channel = channels.get(site.emergency.get(country, ""))
        return channel is not None and may_be_shown(channel) and not is_expired(channel, today)

    def helped(node: Node, reader: Reader) -> bool:
        return can_help(channels, guide, node, reader, today)

    return Around(
        countries=site.countries,
        languages=site.languages,
        can_help=helped,
        has_emergency=has_emergency,
        needs=project.registries.needs,
        channels=channels,
        untranslated=_untranslated(project, guide) if translated else {},
    )


def _untranslated(project: Project, guide: Guide) -> Mapping[str, Collection[str]]:
    """Return the ids of the critical nodes that an edition does not have in its language, by language."""
    found: dict[str, list[str]] = {}
    for page in project.guide_pages(guide.id):
        node = guide.nodes.get(page.step.node) if page.step else None
        for language in project.targets(page) if node and node.critical else ():
            shown, _ = translate_page(page, project.catalogues[language, page.id], language)
            if not shown.is_whole and node:
                found.setdefault(language, []).append(node.id)
    return found
