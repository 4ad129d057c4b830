"""What a guide's pages hold beside their texts: the way back, the answers as links, who helps, emergency numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from balise.cldr import country_name, present_list
from balise.clean import clean_html
from balise.components import render_component
from balise.expand import CallError, Component
from balise.guide_edition import channels_shown
from balise.guides.graph import main_needs
from balise.guides.model import Kind
from balise.guides.steps import one_line
from balise.languages import Text, direction
from balise.markdown import render_markdown
from balise.skeleton import Plain
from balise.theme_view import AnswerLink, CountryGroup, Link, SheetRow

if TYPE_CHECKING:
    from balise.calls import Calls
    from balise.channels import ChannelView
    from balise.guides.model import Condition, Step
    from balise.page import Page
    from balise.translate import TranslatedPage

_LIST = re.compile(r"<ol>\n?(.*?)</ol>", re.DOTALL)
_ITEM = re.compile(r"<li>(.*?)</li>", re.DOTALL)


@dataclass(frozen=True)
class GuideParts:
    """The parts of one step in one edition.

    `guide` is what the guide is called here. `url` returns the address of a page as seen from this one, `shown` another
    page of the guide as readers get it.
    """

    page: Page
    step: Step
    calls: Calls
    guide: Text
    url: Callable[[str], str]
    shown: Callable[[str], TranslatedPage]

    def functions(self) -> Mapping[str, Callable[[], Component | Plain]]:
        """Return what the page types of guides may call."""
        return {
            "guide_way": self.way,
            "guide_onward": self.onward,
            "guide_channels": self.channels,
            "emergency_numbers": self.emergency_numbers,
            "guide_prints": self.prints,
            "guide_sheet": self.sheet,
            "guide_contacts": self.contacts,
            "country_name": self.country_name,
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
            urgency=self._urgency(),
            is_advice=step.kind is Kind.ADVICE,
            back_url=self._to(step.back) if step.back else "",
            start_url=self._to(step.start),
        )
        return Component(html)

    def _urgency(self) -> str:
        """Return how soon to act, where the page is the end of a path; empty elsewhere."""
        node = self.calls.project.guides[self.step.guide].nodes.get(self.step.node)
        return node.urgency if node and node.kind is Kind.OUTCOME else ""

    def onward(self) -> Component:
        """Show the link that leads on from advice."""
        return Component(render_component("guide-onward", self.calls.phrases, url=self._to(self.step.then)))

    def channels(self) -> Component:
        """Show who helps with what the outcome is about: the site's country first, every other one folded below."""
        calls, needs = self.calls, self.page.meta["needs"]
        groups = calls.by_country(
            (*calls.countries(), "INT"), lambda country: [view.id for view in self._helpers(country, needs)]
        )
        if not groups:
            raise CallError("channels-none", "no channel may be shown here", "name another need, or a fallback")
        return Component(render_component("channel-list", calls.phrases, groups=groups, level=3))

    def _helpers(self, country: str, needs: Collection[str]) -> tuple[ChannelView, ...]:
        """Return the channels of a country for these needs, the most useful first."""
        step = self.step
        return channels_shown(
            self.calls, needs=needs, fallback=step.fallback, country=country, audiences=step.audiences
        )

    def prints(self) -> Component | Plain:
        """Show the ways to what the guide has for paper; nothing where it has nothing."""
        guide, phrases = self.calls.project.guides[self.step.guide], self.calls.phrases
        countries = self.calls.countries() if guide.sheet else ()
        sheets = tuple(
            Link(Text(country_name(code, phrases), phrases.language), self._to(f"sheet-{code.lower()}"))
            for code in countries
        )
        corridor = self._to("corridor") if guide.corridor else ""
        if not sheets and not corridor:
            return Plain()
        return Component(render_component("guide-prints", phrases, sheets=sheets, corridor_url=corridor))

    def sheet(self) -> Component:
        """Show the first answers of the guide, each with the two channels of the country that help most."""
        guide, calls = self.calls.project.guides[self.step.guide], self.calls
        first = self.shown(self.step.page(self.step.start))
        texts = {item.source: item for item in first.translations}
        rows = []
        for answer in guide.nodes[guide.start].answers:
            when, said = answer.when, one_line(answer.say)
            if when.countries and self.step.country not in when.countries:
                continue
            if when.languages and calls.language not in when.languages:
                continue
            item = texts.get(said)  # a number alone is nothing to translate
            text = self._inline(item.text, item.language) if item else self._inline(said, calls.language)
            found = self._helpers(self.step.country, main_needs(guide, answer.go))[:2]
            rows.append(SheetRow(text, found))
        emergency = calls.emergency(self.step.country)
        return Component(render_component("guide-sheet", calls.phrases, rows=tuple(rows), emergency=emergency))

    def _inline(self, text: str, language: str) -> Markup:
        """Return a text as finished HTML, marked where it is in another language."""
        html = clean_html(render_markdown(text)).strip().removeprefix("<p>").removesuffix("</p>")
        if language != self.calls.language:
            html = f'<span lang="{language}" dir="{direction(language)}">{html}</span>'
        return Markup(html)  # noqa: S704 - cleaned above

    def contacts(self) -> Component:
        """Show, in few lines, who helps in the site's country."""
        found = self._helpers(self.calls.project.site.default_country, self.page.meta["needs"])[:4]
        return Component(render_component("guide-contacts", self.calls.phrases, channels=found))

    def country_name(self) -> Plain:
        """Return the country of a sheet in words."""
        return Plain(country_name(self.step.country, self.calls.phrases))

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
