"""The calls that content and templates may make, for one edition: channels, figures, claims, dates, charts, links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from balise.components import render_component
from balise.drafts import DRAFT_HINT
from balise.expand import CallError, Component, Value
from balise.languages import is_language
from balise.problems import did_you_mean
from balise.theme_view import CountryGroup

if TYPE_CHECKING:
    from balise.catalogues import Phrases
    from balise.channels import Channel, ChannelView
    from balise.project import Project
    from balise.sources import SourceView

_ISO_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?\Z")
_COUNTRY = re.compile(r"[A-Z]{2}\Z")
SHARED_COUNTRIES = ("EU", "INT")
"""Pseudo countries whose channels serve readers everywhere."""


@dataclass
class Calls:
    """The calls of one edition on one day; remembers the sources they name, by key.

    `today` is an ISO date; channels past their expiry are refused unless `allow_stale`.
    """

    project: Project
    language: str
    phrases: Phrases
    today: str
    allow_stale: bool = False
    sources: dict[str, SourceView] = field(default_factory=dict)
    _views: dict[str, ChannelView] = field(default_factory=dict)
    _alerts: dict[str, Markup] = field(default_factory=dict)

    def functions(self) -> Mapping[str, Callable[..., Value]]:
        """Return the calls by the name authors use."""
        return {
            "channel": self.channel,
            "channels": self.channels,
            "phone": self.phone,
            "link": self.link,
            "figure": self.figure,
            "number": self.number,
            "claim": self.claim,
            "date": self.date,
            "chart": self.chart,
            "term": self.term,
            "compare_channels": self.compare_channels,
            "report_sheet": self.report_sheet,
            "edition": self.edition,
            "country": self.country,
            "offline": self.offline,
        }

    def _draw(self, name: str, **parameters: Any) -> Callable[[], Markup]:
        """Return what draws a component in the edition's words."""
        return partial(render_component, name, self.phrases, **parameters)

    def alert(self, kind: str) -> Markup:
        """Return the title of an alert (`note`, `tip`, `important`, `warning` or `caution`), drawn once."""
        if kind not in self._alerts:
            self._alerts[kind] = self._draw("alert-title", kind=kind)()
        return self._alerts[kind]

    def view(self, channel_id: str) -> ChannelView:
        """Return a channel ready to be shown. Raises `CallError` for one that may not be."""
        if channel_id not in self._views:
            self._views[channel_id] = self._present(self._channel(channel_id))
        return self._views[channel_id]

    def _channel(self, channel_id: str) -> Channel:
        channels = self.project.registries.channels
        if channel_id not in channels:
            hint = did_you_mean(channel_id, channels, f"channels are listed in {self._data('channels')}")
            raise CallError(
                "channel-unknown", f'channel "{channel_id}" does not exist', hint, echo=self._is_faulty("channels")
            )
        channel = channels[channel_id]
        if channel.status != "active" or channel.confidence == "low":
            state = channel.status if channel.status != "active" else "of low confidence"
            hint = "confirm it by dialling or opening it, and note that in the registry; or use another channel"
            raise CallError("channel-unconfirmed", f'channel "{channel_id}" is {state} and never shown', hint)
        return channel

    def _present(self, channel: Channel) -> ChannelView:
        from balise.channels import present_channel

        if channel.expires and channel.expires < self.today and not self.allow_stale:
            hint = "check the channel, then set `checked` and `expires` in the registry; or build with --allow-stale"
            message = f'channel "{channel.id}" expired on {channel.expires}'
            raise CallError("channel-expired", message, hint)
        return present_channel(channel, self.phrases, today=self.today)

    def _is_faulty(self, name: str) -> bool:
        return name in self.project.registries.faulty

    def _data(self, name: str) -> str:
        return f"{self.project.content}/data/{name}.yml"

    def channel(self, id: str) -> Component:
        """Show one channel: its card in a paragraph of its own, its name as a link in a sentence."""
        view = self.view(id)
        return Component(
            self._draw("channel-card", channel=view),
            self._draw("channel-inline", channel=view),
        )

    def channels(self, **words: str) -> Component:
        """Show the channels for a need (`for`), of a country (`country`) or of a kind (`kind`)."""
        unknown = set(words) - {"for", "country", "kind"}
        if unknown:
            message = f"channels() does not take {', '.join(sorted(unknown))}"
            raise CallError("call-arguments", message, "it takes: for, country, kind")
        needs = self.project.registries.needs
        if words.get("for") and words["for"] not in needs:
            hint = did_you_mean(words["for"], needs, f"needs: {', '.join(needs)}")
            raise CallError("need-unknown", f'need "{words["for"]}" does not exist', hint)
        wanted = (words["for"],) if words.get("for") else needs
        return self.channel_list(wanted, country=words.get("country", ""), kind=words.get("kind", ""))

    def channel_list(self, needs: Iterable[str], *, country: str = "", kind: str = "") -> Component:
        """Show the channels for any of the needs: the site's country first, every other one folded below."""
        groups = self.groups(tuple(needs), country=country, kind=kind)
        if not groups:
            hint = "widen the call, or add a channel to the registry"
            raise CallError(
                "channels-none", "no channel may be shown for this call", hint, echo=self._is_faulty("channels")
            )
        return Component(self._draw("channel-list", groups=groups, level=3))

    def groups(self, needs: tuple[str, ...], *, country: str = "", kind: str = "") -> tuple[CountryGroup, ...]:
        """Return the channels by country, the default country first, the shared ones last; empty groups left out."""
        from balise.channels import channels_for

        channels = self.project.registries.channels

        def found(code: str) -> Iterable[str]:
            for need in needs:
                for channel in channels_for(
                    channels, need=need, country=code, kind=kind, today=self.today, language=self.language
                ):
                    yield channel.id

        return self.by_country((country,) if country else (*self.countries(), "INT"), found)

    def countries(self) -> tuple[str, ...]:
        """Return the site's countries, its own first."""
        site = self.project.site
        return (site.default_country, *(code for code in site.countries if code != site.default_country))

    def by_country(self, codes: Iterable[str], found: Callable[[str], Iterable[str]]) -> tuple[CountryGroup, ...]:
        """Return what is found in each country, each channel once, countries with nothing left out."""
        from balise.cldr import country_name

        groups = []
        for code in codes:
            views = tuple(self.view(name) for name in dict.fromkeys(found(code)))
            if views:
                is_default = code == self.project.site.default_country
                groups.append(CountryGroup(code, country_name(code, self.phrases), is_default, views))
        return tuple(groups)

    def directory(self) -> Component:
        """Show every channel that may be shown, by country."""
        return Component(self._draw("country-directory", groups=self.services()))

    def services(self, *, allow_expired: bool = True) -> tuple[CountryGroup, ...]:
        """Return every channel that may be shown, by country. Raises `CallError` for an expired one."""
        from balise.channels import directory_for

        channels = self.project.registries.channels

        def found(code: str) -> Iterable[str]:
            listed = directory_for(channels, country=code, today=self.today, allow_expired=allow_expired)
            return [channel.id for channel in self._emergency_first(listed, code)]

        return self.by_country((*self.countries(), *SHARED_COUNTRIES), found)

    def _emergency_first(self, found: Iterable[Channel], code: str) -> Iterable[Channel]:
        """Return a country's channels with its main emergency number before all others."""
        return sorted(found, key=lambda channel: channel.id != self.project.site.emergency.get(code))

    def compare_channels(self, *ids: str) -> Component:
        """Show two to four channels side by side: what happens after a report, and what is not known."""
        from balise.comparison import compare

        if not 2 <= len(set(ids)) == len(ids) <= 4:
            raise CallError(
                "call-arguments", "compare_channels() takes two to four different channels", "name them by id"
            )
        comparison = compare([self._channel(name) for name in ids], self.view, self.emergency, self.phrases)
        for compared in comparison.channels:
            self.sources.update((source.key, source) for source in compared.channel.sources)
        return Component(self._draw("channel-comparison", comparison=comparison))

    def emergency(self, code: str) -> ChannelView | None:
        """Return a country's emergency number, where the site has one that may be shown."""
        name = self.project.site.emergency.get(code, "")
        try:
            return self.view(name) if name else None
        except CallError:
            return None

    def report_sheet(self) -> Component:
        """Show a sheet for what a hotline asks, with the services of the site's country that take it."""
        from balise.channels import channels_for
        from balise.cldr import country_name
        from balise.sheet import SUBJECTS, sheet_services, subject_name

        code = self.project.site.default_country
        channels = self.project.registries.channels

        def found(need: str) -> Iterable[Channel]:
            return channels_for(channels, need=need, country=code, today=self.today, language=self.language)

        return Component(
            self._draw(
                "report-sheet",
                subjects=tuple(subject_name(subject, self.phrases) for subject in SUBJECTS),
                services=sheet_services(found, self.view, self.phrases),
                country=country_name(code, self.phrases),
            )
        )

    def phone(self, id: str) -> Component:
        """Show a channel's phone number as a link, spelled as its owner does."""
        view = self.view(id)
        if not view.phone_href:
            raise CallError("channel-no-phone", f'channel "{id}" has no phone number', "use channel(…) or link(…)")
        return Component(None, self._draw("phone", channel=view))

    def link(self, id: str) -> str:
        """Return the address of a page of the site (`help/sextortion`) or of a channel's website."""
        if id in self.project.pages or id in self.project.unread:
            return f"/{id}.md"
        if id in self.project.left_out:
            raise CallError("link-draft", f'page "{id}" is a draft', DRAFT_HINT)
        if id in self.project.registries.channels:
            view = self.view(id)
            if not view.url:
                raise CallError("channel-no-url", f'channel "{id}" has no web address', "use channel(…) or phone(…)")
            return view.url
        known = (*self.project.pages, *self.project.registries.channels)
        hint = did_you_mean(id, known, "give a page such as help/sextortion, or a channel of the registry")
        raise CallError(
            "link-unknown", f'"{id}" is neither a page nor a channel', hint, echo=self._is_faulty("channels")
        )

    def figure(self, id: str) -> Component:
        """Show a figure's whole statement with its source; with number, period and card in a paragraph of its own."""
        from balise.figures import present_figure

        view = present_figure(self._figure(id), self.phrases)
        self.sources[view.source.key] = view.source
        return Component(
            self._draw("figure-card", figure=view),
            self._draw("figure-inline", figure=view),
        )

    def number(self, id: str | int) -> Component | str:
        """Show a figure's number alone with its source, or a whole number in the language's spelling."""
        from balise.cldr import present_number
        from balise.figures import present_figure

        if isinstance(id, int):
            return present_number(id, self.language)
        view = present_figure(self._figure(id), self.phrases)
        self.sources[view.source.key] = view.source
        return Component(None, self._draw("number-inline", figure=view))

    def _figure(self, figure_id: str) -> Any:
        figures = self.project.registries.figures
        if figure_id not in figures:
            hint = did_you_mean(figure_id, figures, f"figures are listed in {self._data('figures')}")
            raise CallError(
                "figure-unknown", f'figure "{figure_id}" does not exist', hint, echo=self._is_faulty("figures")
            )
        if figures[figure_id].confidence == "low":
            hint = "find a better source, or use another figure"
            raise CallError("figure-low", f'figure "{figure_id}" is of low confidence and never shown', hint)
        return figures[figure_id]

    def claim(self, id: str) -> Component:
        """Show a dated statement, who made it and where it comes from."""
        from balise.figures import present_claim

        claims = self.project.registries.claims
        if id not in claims:
            hint = did_you_mean(id, claims, f"claims are listed in {self._data('figures')}")
            raise CallError("claim-unknown", f'claim "{id}" does not exist', hint, echo=self._is_faulty("figures"))
        view = present_claim(claims[id], self.phrases)
        self.sources[view.source.key] = view.source
        draw = self._draw("claim", claim=view)
        return Component(lambda: Markup("<p>{}</p>").format(draw()), draw)

    def date(self, id: str) -> str:
        """Show a date of the registry, or an ISO date, in the language's spelling."""
        from balise.cldr import present_date

        dates = self.project.registries.dates
        if id in dates:
            return present_date(dates[id], self.language)
        if _ISO_DATE.match(id):
            try:
                return present_date(id, self.language)
            except ValueError:
                raise CallError("date-invalid", f'"{id}" is no day of the calendar', "write YYYY-MM-DD") from None
        hint = did_you_mean(id, dates, f"dates are listed in {self._data('figures')}; or write YYYY-MM-DD")
        raise CallError("date-unknown", f'date "{id}" does not exist', hint, echo=self._is_faulty("figures"))

    def chart(self, id: str) -> Component:
        """Show a series of figures as a chart with a table beside it."""
        from balise.figures import present_chart

        series = self.project.registries.series
        if id not in series:
            hint = did_you_mean(id, series, f"series are listed in {self._data('figures')}")
            raise CallError("series-unknown", f'series "{id}" does not exist', hint, echo=self._is_faulty("figures"))
        view = present_chart(series[id], self.project.registries.figures, self.phrases)
        if not view.points:
            hint = "confirm one of its figures, or use another series"
            message = f'series "{id}" has no figure that may be shown'
            raise CallError("series-empty", message, hint, echo=self._is_faulty("figures"))
        for source in view.source:
            self.sources[source.key] = source
        return Component(self._draw("chart", chart=view))

    def term(self, id: str) -> Component:
        """Show which words we use for something, and why."""
        from balise.terms import present_term

        terms = self.project.registries.terms
        if id not in terms:
            hint = did_you_mean(id, terms, f"terms are listed in {self._data('terms')}")
            raise CallError("term-unknown", f'term "{id}" does not exist', hint, echo=self._is_faulty("terms"))
        return Component(self._draw("term", term=present_term(terms[id], self.phrases)))

    def edition(self, language: str) -> bool:
        """Tell whether the page is shown in a language; for `{% if edition("fr") %}`."""
        if not is_language(language):
            raise CallError("call-arguments", f'"{language}" is no language', "write a code such as fr, nl or fr-BE")
        return self.language == language

    def country(self, code: str) -> bool:
        """Tell whether a country is the site's default; for `{% if country("BE") %}`."""
        if not _COUNTRY.match(code):
            raise CallError("call-arguments", f'"{code}" is no country', "write an ISO code such as BE, FR or NL")
        return self.project.site.default_country == code

    def offline(self) -> bool:
        """Tell whether the site keeps pages on readers' devices; for `{% if offline() %}`."""
        return self.project.site.offline == "yes"
