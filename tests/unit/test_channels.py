"""A reader gets the right channel, spelled byte for byte, and never one that is unsure."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from balise.channel_words import KINDS, NEEDS, anonymity, cost_name, kind_name, need_name, reach_name
from balise.channels import (
    Channel,
    ChannelView,
    channel_messages,
    channels_for,
    directory_for,
    parse_channels,
    present_channel,
)
from balise.languages import Text
from balise.opening import Hours, present_hours
from balise.review import is_expired, is_publishable, may_be_shown
from balise.sources import Source, present_source, source_key
from registry_records import CHANNEL, DUTCH, FRENCH, Words, document, real

TODAY = "2026-11-21"


def channel(**changes: Any) -> Channel:
    """Return a channel of the registry with some keys changed."""
    channels, problems = parse_channels(document("channels", {**CHANNEL, **changes}))
    assert problems == ()
    return next(iter(channels.values()))


def view(phrases: Words | None = None, **changes: Any) -> ChannelView:
    """Return how a channel is shown, in English unless words of another edition are given."""
    return present_channel(channel(**changes), phrases or Words(), today=TODAY)


@pytest.fixture(scope="module")
def real_channels() -> dict[str, Channel]:
    channels, problems = parse_channels(real("channels"))
    assert [str(problem) for problem in problems] == []
    return dict(channels)


def test_the_whole_registry_of_the_reference_site_is_read(real_channels: dict[str, Channel]) -> None:
    assert len(real_channels) == 105
    assert real_channels["be-child-focus-116000"].phone == "116000"
    assert real_channels["be-child-focus-116000"].phone_shown == "116 000"


def test_nothing_unsure_passes_as_publishable(real_channels: dict[str, Channel]) -> None:
    kept_back = {name for name, item in real_channels.items() if not is_publishable(item, TODAY)}
    assert kept_back == {"be-caw", "us-fbi-tips", "ch-142", "eu-europol"}
    shown = {
        item.id
        for country in {c.country for c in real_channels.values()}
        for item in directory_for(real_channels, country=country, today=TODAY)
    }
    assert shown == set(real_channels) - kept_back


def test_no_channel_of_the_starter_claims_that_somebody_checked_it(real_channels: dict[str, Channel]) -> None:
    assert {item.checked for item in real_channels.values()} == {None}
    assert {item.assembled for item in real_channels.values()} == {"2026-11-21"}


def test_every_channel_can_be_shown_in_every_language(real_channels: dict[str, Channel]) -> None:
    for language in ("fr", "nl", "en"):
        for item in real_channels.values():
            shown = present_channel(item, Words(language), today=TODAY)
            assert shown.name.language == language
            assert shown.what_happens


def test_every_country_at_hand_has_someone_for_danger_now(real_channels: dict[str, Channel]) -> None:
    for country in ("BE", "FR", "NL", "LU", "CA", "US", "GB", "IE", "CH", "EU"):
        found = channels_for(real_channels, need="immediate-danger", country=country, today=TODAY)
        assert found[0].kind == "emergency", country


def test_belgian_readers_with_a_found_image_see_the_hotline_first(real_channels: dict[str, Channel]) -> None:
    found = channels_for(real_channels, need="image-found", country="BE", today=TODAY)
    assert [item.id for item in found] == ["be-child-focus-hotline", "be-police"]


@pytest.mark.parametrize("number", ["+32471234567", "+3280014112"])
def test_a_phone_number_stays_as_typed(number: str) -> None:
    assert channel(phone=number, phone_shown="0471 23 45 67").phone.encode() == number.encode()


def test_a_number_with_leading_zeros_is_shown_byte_for_byte() -> None:
    shown = view(phone="+32471234567", phone_shown="0471234567")
    assert (shown.phone_href, shown.phone_shown) == ("tel:+32471234567", "0471234567")


def test_a_short_number_is_dialled_and_shown_as_it_is() -> None:
    shown = view(phone="102", short="yes")
    assert (shown.phone_href, shown.phone_shown) == ("tel:102", "102")


def test_a_number_from_abroad_has_a_link_of_its_own() -> None:
    shown = view(phone="116006", short="yes", phone_abroad="+33180523376", phone_abroad_shown="+33 1 80 52 33 76")
    assert (shown.phone_abroad_href, shown.phone_abroad_shown) == ("tel:+33180523376", "+33 1 80 52 33 76")


def test_a_channel_without_a_phone_shows_none() -> None:
    shown = view(sms="114", email="help@listen.example", chat_url="https://listen.example/chat")
    assert (shown.phone_href, shown.phone_shown, shown.phone_abroad_href) == ("", "", "")
    assert (shown.sms_href, shown.email, shown.chat_url) == (
        "sms:114",
        "help@listen.example",
        "https://listen.example/chat",
    )


def test_country_codes_that_look_like_answers_stay_words() -> None:
    assert channel(country="NO", name={"no": "Nei", "en": "No"}).country == "NO"


def test_the_address_follows_the_language_of_the_page() -> None:
    addresses = {"fr": "https://www.a.example/fr/", "en": "https://a.example/en/"}
    assert view(Words("fr"), url=addresses).url == "https://www.a.example/fr/"
    assert view(Words("fr"), url=addresses).url_shown == "a.example"
    dutch = view(Words("nl"), url=addresses)
    assert (dutch.url, dutch.url_language) == ("https://a.example/en/", "en")


def test_one_address_for_everybody_has_no_language() -> None:
    shown = view(url="https://awel.be/")
    assert (shown.url, shown.url_shown, shown.url_language) == ("https://awel.be/", "awel.be", "")


def test_an_address_with_words_we_do_not_print_is_shown_by_its_operator() -> None:
    shown = view(url="https://old-name.example/", show_address="no")
    assert (shown.url, shown.url_shown) == ("https://old-name.example/", "Listen vzw")


def test_the_name_falls_back_to_english_and_says_so() -> None:
    assert view(Words("fr")).name == Text("Listen", "en")
    assert view(Words("nl")).name == Text("Luister", "nl")


def test_texts_come_from_the_catalogue_or_stay_marked_as_english() -> None:
    words = Words("fr", site={("channels.be-listen.what_happens.2", "And helps."): "Et aide."})
    shown = view(words, what_happens=["Someone listens.", "And helps."], limits=["Adults only."])
    assert shown.what_happens == (Text("Someone listens.", "en"), Text("Et aide.", "fr"))
    assert shown.limits == (Text("Adults only.", "en"),)


@pytest.mark.parametrize(
    ("languages", "interpreters", "shown", "speaks"),
    [
        (["nl", "fr"], "no", "néerlandais et français", True),
        (["nl"], "no", "néerlandais", False),
        (["nl"], "yes", "néerlandais et others with an interpreter", None),
        ([], "no", "", None),
    ],
)
def test_readers_learn_whether_their_language_is_spoken(
    languages: list[str], interpreters: str, shown: str, speaks: bool | None
) -> None:
    result = view(Words("fr"), languages=languages, interpreters=interpreters)
    assert (result.languages, result.speaks_reader) == (shown, speaks)


def test_a_regional_edition_counts_as_its_language() -> None:
    assert view(Words("fr-BE"), languages=["fr"]).speaks_reader is True


WEEK = ("mon", "tue", "wed", "thu", "fri")


@pytest.mark.parametrize(
    ("hours", "english", "french", "dutch"),
    [
        (
            Hours(WEEK, "09:00", "18:00"),
            "Monday to Friday, 9:00 to 18:00",
            "du lundi au vendredi, de 9 h à 18 h",
            "maandag tot vrijdag, van 9 tot 18 uur",
        ),
        (
            Hours(("mon", "wed"), "09:30", "12:05"),
            "Monday and Wednesday, 9:30 to 12:05",
            "lundi et mercredi, de 9 h 30 à 12 h 05",
            "maandag en woensdag, van 9.30 tot 12.05 uur",
        ),
        (
            Hours(("sun", "fri", "sat", "mon"), "10:00", "24:00"),
            "Monday and Friday to Sunday, 10:00 to 24:00",
            "lundi et du vendredi au dimanche, de 10 h à 24 h",
            "maandag en vrijdag tot zondag, van 10 tot 24 uur",
        ),
    ],
)
def test_hours_read_as_a_timetable_of_the_language(hours: Hours, english: str, french: str, dutch: str) -> None:
    shown = [present_hours([hours], words)[0].text for words in (Words(), Words("fr", FRENCH), Words("nl", DUTCH))]
    assert shown == [english, french, dutch]


def test_always_open_is_one_short_sentence() -> None:
    assert view(Words("fr", FRENCH), hours="always").hours == (Text("jour et nuit, tous les jours", "fr"),)


def test_phone_and_chat_hours_stand_on_lines_of_their_own() -> None:
    hours = [
        {"by": "phone", "days": ["mon"], "from": "14:00", "to": "16:00"},
        {"by": "phone", "days": ["wed"], "from": "17:00", "to": "19:00"},
        {"by": "chat", "days": ["mon"], "from": "14:00", "to": "16:00"},
    ]
    assert [line.text for line in view(Words("fr", FRENCH), hours=hours).hours] == [
        "par téléphone : lundi, de 14 h à 16 h; mercredi, de 17 h à 19 h",
        "par chat : lundi, de 14 h à 16 h",
    ]


def test_hours_that_sources_disagree_on_are_told_as_a_sentence() -> None:
    assert view(hours_note="The hours vary by country.").hours == (Text("The hours vary by country.", "en"),)


def test_unknown_hours_cost_and_anonymity_stay_silent() -> None:
    shown = view()
    assert (shown.hours, shown.cost, shown.anonymous, shown.checked) == ((), None, "", "")


def test_cost_and_anonymity_are_told_in_the_words_of_the_edition() -> None:
    words = Words("fr", {"free": "gratuit", "You do not have to give your name.": "Sans nom."})
    shown = view(words, cost="free", anonymous="yes")
    assert (shown.cost, shown.anonymous) == (Text("gratuit", "fr"), "Sans nom.")


def test_a_special_cost_replaces_the_plain_one() -> None:
    assert view(cost="free", cost_note="Free in the United Kingdom.").cost == Text("Free in the United Kingdom.", "en")


def test_a_real_check_is_told_with_its_day_and_name() -> None:
    assert view(checked={"on": "2027-03-03", "by": "Child Focus"}).checked == "Checked on 3 March 2027 by Child Focus."


def test_every_coded_value_has_words() -> None:
    words = Words()
    assert len({kind_name(kind, words) for kind in KINDS}) == len(KINDS)
    assert len({need_name(need, words) for need in NEEDS}) == len(NEEDS)
    ways = ("phone", "web", "chat", "sms", "email", "app", "forum", "whatsapp", "walk-in")
    assert len({reach_name(way, words) for way in ways}) == len(ways)
    costs = ("free", "free-not-on-bill", "normal-call", "international")
    assert len({cost_name(cost, words) for cost in costs}) == len(costs)
    assert [anonymity(answer, words) for answer in ("no", "unknown")] == ["They ask for your name.", ""]


def named(*records: dict[str, Any]) -> dict[str, Channel]:
    """Return channels that differ from the usual one as told, named a, b, c …"""
    channels, problems = parse_channels(
        document(
            "channels", *({**CHANNEL, "id": name, **record} for name, record in zip("abcdef", records, strict=False))
        )
    )
    assert problems == ()
    return dict(channels)


@pytest.mark.parametrize(
    ("need", "expected"),
    [
        ("immediate-danger", ["c", "d", "b", "a"]),
        ("image-found", ["a", "d", "b", "c"]),
        ("talk", ["b", "a", "d", "c"]),
        ("sextortion", ["b", "a", "d", "c"]),
    ],
)
def test_the_most_useful_kind_comes_first(need: str, expected: list[str]) -> None:
    every = {"for": list(NEEDS)}
    channels = named(
        {**every, "kind": "hotline"},
        {**every, "kind": "helpline"},
        {**every, "kind": "emergency"},
        {**every, "kind": "police"},
    )
    assert [item.id for item in channels_for(channels, need=need, country="BE", today=TODAY)] == expected


def test_surer_channels_come_before_less_sure_ones_then_by_name() -> None:
    channels = named({"confidence": "medium"}, {}, {"confidence": "low"}, {})
    assert [item.id for item in channels_for(channels, need="talk", country="BE", today=TODAY)] == ["b", "d", "a"]


def test_channels_that_speak_the_language_of_the_reader_come_first() -> None:
    channels = named({"languages": ["nl"]}, {"languages": ["fr"], "confidence": "medium"}, {})
    found = channels_for(channels, need="talk", country="BE", today=TODAY, language="fr")
    assert [item.id for item in found] == ["c", "b", "a"]


def test_country_need_and_kind_narrow_the_list() -> None:
    channels = named({"country": "INT"}, {"for": ["missing"]}, {"kind": "advice"}, {})
    assert [item.id for item in channels_for(channels, need="talk", country="INT", today=TODAY)] == ["a"]
    assert [item.id for item in channels_for(channels, need="missing", country="BE", today=TODAY)] == ["b"]
    assert [item.id for item in channels_for(channels, need="talk", country="BE", kind="advice", today=TODAY)] == ["c"]


@pytest.mark.parametrize(
    ("status", "confidence", "shown"),
    [("active", "high", True), ("active", "low", False), ("unconfirmed", "high", False), ("closed", "medium", False)],
)
def test_only_settled_records_are_shown(status: str, confidence: str, shown: bool) -> None:
    item = channel(status=status, confidence=confidence)
    assert (may_be_shown(item), is_publishable(item, TODAY)) == (shown, shown)
    assert bool(channels_for({"a": item}, need="talk", country="BE", today=TODAY)) is shown


def test_a_record_lasts_until_the_end_of_its_last_day() -> None:
    item = channel(expires="2026-11-21")
    assert [is_expired(item, day) for day in ("2026-11-20", "2026-11-21", "2026-11-22")] == [False, False, True]
    assert is_publishable(item, "2026-11-22") is False


def test_an_expired_channel_stays_with_a_mark_unless_it_is_refused() -> None:
    channels = {"a": channel(expires="2026-01-01")}
    assert len(channels_for(channels, need="talk", country="BE", today=TODAY)) == 1
    assert channels_for(channels, need="talk", country="BE", today=TODAY, allow_expired=False) == ()
    assert present_channel(channels["a"], Words(), today=TODAY).expired is True


def test_a_source_is_named_by_its_site_and_dated_in_words() -> None:
    [source] = view(Words("nl")).sources
    assert dataclasses.astuple(source)[1:] == (
        "listen.example",
        "",
        "https://www.listen.example/contact",
        "augustus 2026",
        "",
    )


def test_a_document_without_an_address_keeps_its_title() -> None:
    source = Source(publisher="Child Focus", document="press release in French", tier="primary", dated="2021-11-18")
    shown = present_source(source, Words())
    assert (shown.publisher, shown.title, shown.url, shown.dated) == (
        "Child Focus",
        "press release in French",
        "",
        "18 November 2021",
    )


def test_a_source_without_a_date_or_at_second_hand_says_so() -> None:
    assert present_source(Source(url="https://a.example/"), Words()).note == "no date shown"
    second = Source(url="https://a.example/", dated="2024", tier="secondary")
    assert present_source(second, Words()).note == "reported by others, not by the organisation itself"


def test_the_anchor_of_a_source_is_stable_and_plain() -> None:
    first = source_key(Source(publisher="Écoute & Cie", url="https://a.example/"))
    assert first == source_key(Source(publisher="Écoute & Cie", url="https://a.example/", dated="2024"))
    assert first.startswith("ecoute-cie-")
    assert first != source_key(Source(publisher="Écoute & Cie", url="https://b.example/"))
    assert source_key(Source(publisher="子供")).isalnum()


def test_translators_get_every_text_once_known_by_its_place() -> None:
    item = channel(hours_note="Varies.", cost_note="Free here.", limits=["Adults."])
    assert list(channel_messages({"be-listen": item})) == [
        ("channels.operator", "Listen vzw"),
        ("channels.be-listen.hours_note", "Varies."),
        ("channels.be-listen.cost_note", "Free here."),
        ("channels.be-listen.what_happens.1", "Someone listens."),
        ("channels.be-listen.limits.1", "Adults."),
    ]
