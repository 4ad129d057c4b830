"""What rules know of the whole project while they read one sheet: its facts, its words, the day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from balise.languages import pick

if TYPE_CHECKING:
    from balise.catalogues import Phrases
    from balise.channels import Channel
    from balise.project import Project


@dataclass(frozen=True)
class Surroundings:
    """The project and the edition that a sheet belongs to, and the day (ISO) that expiries count from.

    Without `advice` nobody will see any, so that rules need not look for it.
    """

    project: Project = field(repr=False)
    language: str
    phrases: Phrases = field(repr=False)
    today: str
    advice: bool = True
    store: dict[str, object] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def help_bar(self) -> str:
        """Return the words that stand on top of every page of the edition: where to get help, and in an emergency."""
        site = self.project.site
        lines = []
        for table in (site.emergency, site.help):
            channel = self.project.registries.channels.get(table.get(site.default_country, ""))
            if channel:
                name = pick(channel.name, self.language, site.source_language)[0]
                lines.append(f"{name} {channel.phone_shown or channel.phone}")
        return "\n".join(lines)

    @cached_property
    def numbers(self) -> Mapping[str, Channel]:
        """Return the channels by the digits of their telephone numbers, as they are dialled at home and from abroad."""
        found: dict[str, Channel] = {}
        for channel in self.project.registries.channels.values():
            for number in (channel.phone, channel.phone_shown, channel.phone_abroad, channel.sms):
                digits = re.sub(r"[^0-9]", "", number)
                if digits:
                    found.setdefault(digits, channel)
        return found
