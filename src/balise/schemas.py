"""What the registry files may hold, as pydantic models; imported only when a registry is read: pydantic is slow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from balise.schema_values import (
    Addresses,
    Clock,
    Country,
    DateSentence,
    Day,
    EmailAddress,
    Expression,
    HoursAsList,
    InternationalNumber,
    Iso,
    Language,
    LanguageOrAll,
    Line,
    Lines,
    Name,
    Names,
    Period,
    PlainNumber,
    ShortNumber,
    ValueSentence,
    WebAddress,
    YearlyOrIso,
    Yes,
    international_number,
    short_number,
    wrong,
)

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema

Need = Literal[
    "missing",
    "sextortion",
    "grooming",
    "own-image-shared",
    "talk",
    "advice-adult",
    "image-found",
    "worried-about-self",
    "immediate-danger",
]
Kind = Literal["emergency", "hotline", "helpline", "removal", "police", "advice", "perpetrator-prevention"]
Reach = Literal["phone", "web", "chat", "sms", "email", "app", "forum", "whatsapp", "walk-in"]
Audience = Literal["anyone", "child", "parent", "educator"]
Confidence = Literal["high", "medium", "low"]


class Model(BaseModel):
    """A mapping of a registry file: unknown keys are refused.

    Its validator is built when the first record is read: most models only stand inside another one.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class CheckedModel(Model):
    """Who confirmed a record, and when."""

    on: Day
    by: Line


class SourceModel(Model):
    """A page or document a record rests on."""

    publisher: Line = ""
    document: Line = ""
    url: WebAddress = ""
    dated: Iso = ""
    dated_inferred: Iso = ""
    tier: Literal["primary", "secondary", ""] = ""
    read_as: Line = ""
    says: Line = ""


class HoursModel(Model):
    """Opening hours on some days of the week."""

    by: Literal[Reach, ""] = ""
    days: Annotated[tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...], Field(min_length=1)]
    start: Clock = Field(alias="from")
    end: Clock = Field(alias="to")

    @field_validator("end")
    @classmethod
    def _after_start(cls, value: str, info: ValidationInfo) -> str:
        if value <= info.data.get("start", ""):
            raise wrong(f'"{value}" is not after "{info.data["start"]}"', "write the later time after `to`")
        return value


class HoursSchema:
    """How the JSON Schema describes opening hours: `always`, or a list; made only when an editor asks for it."""

    def __get_pydantic_json_schema__(self, _: CoreSchema, __: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return the schema of the value as an author writes it."""
        items = {"type": "array", "items": HoursModel.model_json_schema(by_alias=True)}
        return {"anyOf": [{"const": "always"}, items]}


class ChannelModel(Model):
    """A place to report or to get help."""

    id: Name
    name: Annotated[dict[Language, Line], Field(min_length=1)]
    operator: Line
    country: Country
    kind: Kind
    needs: Annotated[tuple[Need, ...], Field(alias="for", min_length=1)]
    audience: Annotated[tuple[Audience, ...], Field(min_length=1)]
    short: Yes = "no"
    phone: Line = ""
    phone_shown: Line = ""
    phone_abroad: InternationalNumber = ""
    phone_abroad_shown: Line = ""
    url: Addresses = {}
    show_address: Yes = "yes"
    reach: tuple[Reach, ...] = ()
    email: EmailAddress = ""
    sms: ShortNumber = ""
    chat_url: WebAddress = ""
    languages: tuple[Language, ...] = ()
    interpreters: Yes = "no"
    hours: Annotated[tuple[HoursModel, ...], HoursAsList, HoursSchema()] = ()
    hours_note: Line = ""
    cost: Literal["free", "free-not-on-bill", "normal-call", "international", ""] = ""
    cost_note: Line = ""
    anonymous: Literal["yes", "no", "unknown"] = "unknown"
    what_happens: Lines
    answers: dict[Literal["hears", "stops"], Annotated[tuple[Line, ...], Field(min_length=1)]] = {}
    limits: tuple[Line, ...] = ()
    formerly: tuple[Line, ...] = ()
    aliases: tuple[Line, ...] = ()
    remarks: tuple[Line, ...] = ()
    status: Literal["active", "unconfirmed", "closed"]
    confidence: Confidence
    confidence_reason: Line = ""
    checked: CheckedModel | None = None
    assembled: Day
    expires: Day
    sources: Annotated[tuple[SourceModel, ...], Field(min_length=1)]

    @field_validator("answers")
    @classmethod
    def _sentences_there(cls, value: dict[str, tuple[str, ...]], info: ValidationInfo) -> dict[str, tuple[str, ...]]:
        count = len(info.data.get("what_happens", ()))
        known = {str(number) for number in range(1, count + 1)}
        for number in (number for numbers in value.values() for number in numbers):
            if count and number not in known:
                raise wrong(f'"{number}" is no sentence of `what_happens`', f"write a number from 1 to {count}")
        return value

    @field_validator("phone")
    @classmethod
    def _number_to_dial(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("short") == "yes":
            return short_number(value)
        if re.fullmatch(r"[0-9]{2,6}", value):
            raise wrong(f'"{value}" is a short number', 'add `short: "yes"`, or write + and the country code')
        return international_number(value)

    @field_validator("phone_shown")
    @classmethod
    def _same_digits(cls, value: str, info: ValidationInfo) -> str:
        phone, shown = info.data.get("phone", ""), re.sub(r"[^0-9]", "", value)
        if info.data.get("short") == "yes" and phone and shown != phone:
            raise wrong(f'"{value}" does not spell "{phone}"', "give the same digits in both")
        return value


class FigureModel(Model):
    """A sourced number and the sentence that says it."""

    id: Name
    value: PlainNumber
    unit: Line
    qualifier: Literal["exact", "about", "more_than", "almost", "up_to", "order_of_magnitude"] = "exact"
    period: Period = ""
    as_of: Iso = ""
    period_note: Line = ""
    geography: Line = ""
    topic: Name
    status: Literal["current", "historical", "superseded", "disputed"]
    display: Literal["plain", "compact", "percent", "currency", "words"]
    decimals: Literal["0", "1", "2"] = "0"
    statement: ValueSentence
    words: Line = ""
    source: SourceModel
    also_in: tuple[Line, ...] = ()
    derived: dict[Literal["expression", "result", "check"], Line] = {}
    supersedes: Names = ()
    superseded_by: Names = ()
    confidence: Confidence
    review_after: Day = ""
    remarks: tuple[Line, ...] = ()
    checked: CheckedModel | None = None
    assembled: Day

    @field_validator("words")
    @classmethod
    def _only_in_words(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("display") != "words":
            raise wrong("stands beside a number", "set `display: words`, or remove `words`")
        return value


class DateModel(Model):
    """A sourced date and the sentence that says it."""

    id: Name
    date: YearlyOrIso
    recurs: Literal["yearly", ""] = ""
    statement: DateSentence
    source: SourceModel
    also_in: tuple[Line, ...] = ()
    confidence: Literal[Confidence, ""] = ""
    remarks: tuple[Line, ...] = ()
    checked: CheckedModel | None = None
    assembled: Day


class ClaimModel(Model):
    """A statement somebody made on a day."""

    id: Name
    topic: Name
    text: Line
    as_of: Iso
    attributed_to: Line
    source: SourceModel
    also_in: tuple[Line, ...] = ()
    figures: Names = ()
    confidence: Literal[Confidence, ""] = ""
    remarks: tuple[Line, ...] = ()
    checked: CheckedModel | None = None
    assembled: Day


class SeriesModel(Model):
    """Figures that make one chart, in order."""

    id: Name
    title: Line
    unit: Line
    figures: Annotated[Names, Field(min_length=1)]
    remark: Line = ""
    notes: dict[Name, Line] = {}


class ConflictModel(Model):
    """Sources that disagree, and what the editors made of it."""

    id: Name
    topic: Line
    readings: Lines
    verdict: Line
    figures: Names = ()


PerLanguage = dict[Language, str]
PatternsPerLanguage = dict[Language, Annotated[tuple[Expression, ...], Field(min_length=1)]]
ExpressionPerLanguage = dict[Language, Expression]


class ExamplesModel(Model):
    """Sentences a rule must report and sentences it must leave alone."""

    bad: PerLanguage = {}
    good: PerLanguage = {}


class TermModel(Model):
    """A rule on words: what not to write, what to write instead, and why."""

    id: Name
    group: Name
    kind: Literal["term", "page", "page_mix", "manual"]
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    severity: Literal["error", "warn", "advice"]
    case_sensitive: Yes = "no"
    negation_allowed: Yes = "no"
    patterns: PatternsPerLanguage = {}
    when: ExpressionPerLanguage = {}
    needs: ExpressionPerLanguage = {}
    unless_sentence_has: ExpressionPerLanguage = {}
    silent_after: ExpressionPerLanguage = {}
    brackets_allowed: tuple[Literal["before", "after"], ...] = ()
    enabled_for: tuple[Language, ...] = ()
    audience: Names = ()
    preferred: Annotated[dict[Language, Line], Field(min_length=1)]
    why: Line
    exceptions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    examples: ExamplesModel = ExamplesModel()
    remarks: tuple[Line, ...] = ()
    checked: CheckedModel | None = None


class NegationModel(Model):
    """Words around a match that turn it into advice against it."""

    before: Expression = ""
    after: Expression = ""


class BenignModel(Model):
    """A sentence in which no rule may find anything."""

    language: Language
    text: Line


class LegalCountryModel(Model):
    """What viewing, keeping and passing on mean in the law of a country; not legal advice."""

    country: Country
    term_in_law: dict[Language, Line]
    rule: Line
    reference: Line
    seen: Line = ""
    check: Line = ""


class LegalModel(Model):
    """The law as it was read, for a lawyer of each country to confirm."""

    note: Line = ""
    safe_line: dict[Language, Line] = {}
    countries: tuple[LegalCountryModel, ...] = ()


class TermSourceModel(Model):
    """A publication the rules on words rest on."""

    title: Line
    url: WebAddress = ""
    seen: Line = ""


class SearchModel(Model):
    """Words by which readers look for a page or a channel: `listed` from A to Z, or `typed` and shown nowhere."""

    id: Line
    listed: dict[Language, Lines] = {}
    typed: dict[Language, Lines] = {}


class GlossaryModel(Model):
    """A thing and its words: the term of each language, the forms a translation must use, those nobody writes."""

    id: Name
    term: Annotated[dict[Language, Line], Field(min_length=1)]
    must: dict[Language, Lines] = {}
    avoid: dict[Language, Lines] = {}
    note: Line = ""


class ChannelsFile(Model):
    """content/data/channels.yml."""

    channels: tuple[ChannelModel, ...] = ()


class FiguresFile(Model):
    """content/data/figures.yml."""

    figures: tuple[FigureModel, ...] = ()
    dates: tuple[DateModel, ...] = ()
    claims: tuple[ClaimModel, ...] = ()
    series: tuple[SeriesModel, ...] = ()
    conflicts: tuple[ConflictModel, ...] = ()


class TermsFile(Model):
    """content/data/terms.yml."""

    exception_sets: dict[str, dict[LanguageOrAll, tuple[Expression, ...]]] = {}
    negation: dict[Language, NegationModel] = {}
    legal: LegalModel = LegalModel()
    sources: dict[str, TermSourceModel] = {}
    rules: tuple[TermModel, ...] = ()
    benign: tuple[BenignModel, ...] = ()


class SearchFile(Model):
    """content/data/search.yml."""

    words: tuple[SearchModel, ...] = ()


class GlossaryFile(Model):
    """content/data/glossary.yml."""

    entries: tuple[GlossaryModel, ...] = ()
