"""Sentences with a fact typed by hand, in three languages: numbers of all kinds, dates, hours, money."""

from __future__ import annotations

import random
from collections.abc import Mapping

from balise.project import Project

_SENTENCES: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Call {phone} now.", "You can also ring {phone} at any time.", "The number is {phone}.", "Dial {made_up}.",
        "In {year}, the service took {many} reports.", "More than {many} children were helped.",
        "About {many} people called last year.", "{share} in {parts} children never tells anybody.",
        "{percent}% of parents did not know.", "{percent} per cent of teenagers have seen it.",
        "A survey of {many} pupils shows it.", "Staff looked at {few}.{decimal} million pictures.",
        "Three million pictures were found.", "Half a million reports came in.", "Forty per cent say nothing.",
        "The service opened on {day} March {year}.", "It was founded in {year}.",
        "The law changed on {day}/{month}/{year}.",
        "On {month_name} {day}, {year} it moved.", "Since {month_name} {year} it answers chats.",
        "The line is open from {hour} am to {late} pm.", "It answers from {hour}:00 to 1{hour}:30.",
        "They close at {late} pm.",
        "Calls are answered until 2{few_hours}:00.", "A call costs {money} euros.", "They ask €{money} for it.",
        "Reports rose by {percent}.{decimal}%.", "That is {many} more than before.", "Write to help@service{few}.org.",
        "See www.service{few}.org for more.", "In {year} there were {many}.",
    ),
    "fr": (
        "Appelez le {phone}.", "Vous pouvez aussi faire le {phone} à tout moment.", "Le numéro est le {phone}.",
        "Composez le {made_up}.", "En {year}, le service a reçu {many} signalements.",
        "Plus de {many} enfants ont été aidés.",
        "Environ {many} personnes ont appelé l'an dernier.", "{share} enfant sur {parts} n'en parle à personne.",
        "{percent} % des parents l'ignoraient.", "{percent} pour cent des ados l'ont vu.",
        "Une enquête auprès de {many} élèves le dit.", "L'équipe a examiné {few},{decimal} millions d'images.",
        "Trois millions d'images ont été trouvées.", "Quarante pour cent se taisent.",
        "Le service a ouvert le {day} mars {year}.", "Il existe depuis {year}.",
        "La règle a changé le {day}/{month}/{year}.",
        "Depuis mai {year}, il répond par chat.", "La ligne est ouverte de {hour} h à 1{hour} h.",
        "On répond de {hour}h30 à 1{hour}h.", "Le bureau ferme à 1{hour} heures.", "On répond jusqu'à 2{few_hours}:00.",
        "L'appel coûte {money} euros.", "On demande {money} € pour cela.",
        "Les signalements ont augmenté de {percent},{decimal} %.",
        "C'est {many} de plus qu'avant.", "Écrivez à aide@service{few}.org.", "Voyez www.service{few}.org.",
    ),
    "nl": (
        "Bel {phone}.", "Je kunt ook altijd bellen naar {phone}.", "Het nummer is {phone}.", "Draai {made_up}.",
        "In {year} kreeg de dienst {many} meldingen.", "Meer dan {many} kinderen zijn geholpen.",
        "Ongeveer {many} mensen belden vorig jaar.", "{share} op de {parts} kinderen praat er met niemand over.",
        "{percent}% van de ouders wist het niet.", "{percent} procent van de jongeren heeft het gezien.",
        "Een enquête bij {many} leerlingen toont het.", "Het team bekeek {few},{decimal} miljoen beelden.",
        "Er zijn drie miljoen beelden gevonden.", "Veertig procent zwijgt.", "De dienst opende op {day} maart {year}.",
        "Hij bestaat sinds {year}.", "De regel veranderde op {day}/{month}/{year}.", "Sinds mei {year} kan je chatten.",
        "De lijn is open van {hour} tot 1{hour} uur.", "Men antwoordt van {hour}.30 uur tot 1{hour} uur.",
        "Het kantoor sluit om 1{hour} uur.", "Je kunt bellen tot 2{few_hours}:00.", "Een gesprek kost {money} euro.",
        "Men vraagt {money} € daarvoor.", "De meldingen stegen met {percent},{decimal}%.",
        "Dat is {many} meer dan vroeger.",
        "Schrijf naar hulp@dienst{few}.org.", "Kijk op www.dienst{few}.org.",
    ),
}  # fmt: skip
_MADE_UP = (
    "0800 {a} {b}",
    "0{c} {a} {b} {d}",
    "+32 {c} {a}{d} {b} {d}",
    "04{a} {b} {d} {a}",
    "116 006",
    "1-800-{e}-{e}{c}",
    "02/{e}.{a}.{b}",
)
_GROUPS = {"en": ",", "fr": " ", "nl": "."}


def typed_sentence(language: str, project: Project, rng: random.Random) -> str:
    """Return a sentence with a fact typed by hand, all its numbers drawn by chance."""
    channels = [one for one in project.registries.channels.values() if one.phone]
    channel = rng.choice(channels)
    many = rng.choice((rng.randrange(27, 1000), rng.randrange(1000, 90000), rng.randrange(100_000, 9_000_000)))
    grouped = f"{many:,}".replace(",", _GROUPS[language]) if rng.random() < 0.7 else str(many)
    made_up = rng.choice(_MADE_UP).format(
        a=rng.randrange(10, 99),
        b=rng.randrange(10, 99),
        c=rng.randrange(2, 9),
        d=rng.randrange(10, 99),
        e=rng.randrange(200, 999),
    )
    return rng.choice(_SENTENCES[language]).format(
        phone=channel.phone_shown or channel.phone,
        made_up=made_up,
        many=grouped,
        year=rng.randrange(1995, 2027),
        share=rng.randrange(1, 9),
        parts=rng.randrange(3, 20),
        percent=rng.randrange(2, 99),
        decimal=rng.randrange(1, 9),
        few=rng.randrange(2, 9),
        few_hours=rng.randrange(0, 3),
        day=rng.randrange(1, 29),
        month=f"{rng.randrange(1, 13):02}",
        month_name=rng.choice(("January", "May", "October")),
        hour=rng.randrange(7, 9),
        late=rng.randrange(3, 9),
        money=rng.randrange(2, 400),
    )
