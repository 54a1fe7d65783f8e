"""News-like texts, each about a matter of its own: what the benchmarks post.

The words are made up from a number, so every run posts the same texts and no two tell the same.
"""

from __future__ import annotations

import json
from random import Random

SYLLABLES = (
    *("bar", "cor", "dan", "el", "far", "gol", "han", "is", "jor", "kel", "lum", "mar", "nov"),
    *("ost", "pel", "quil", "ros", "sten", "tar", "ul", "ven", "wes", "yar", "zel"),
)
DOERS = ("council", "ministry", "company", "union", "police", "court", "hospital", "school board")
DEEDS = ("closed", "opened", "inspected", "sold", "repaired", "flooded", "approved", "evacuated")
THINGS = ("bridge", "harbour", "tunnel", "market hall", "pumping station", "archive", "stadium")
DATED = (
    "The {place} {doer} {deed} the {thing} on {day}.",
    "On {day}, {name} said, the {doer} of {place} {deed} the {thing}.",
    "In {month} the {doer} had {deed} a {thing} near {place}.",
    "The {thing} of {place} will be {deed} next month, according to {name}.",
)
PLAIN = (
    "{name}, who has worked for the {doer} for years, called the {thing} a matter of patience.",
    "Nobody at the {doer} of {place} wanted to say what the {thing} had cost.",
    "People from {place} asked why the {thing} had been forgotten for so long.",
    '"We know the {thing} and its troubles," said {name} of the {doer}.',
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("late March", "early May", "October", "the middle of June", "December")


def text(number: int, *, sentences: int) -> str:
    """The text of article `number`; every third sentence has a date. About 75 bytes a sentence."""
    chance = Random(number)  # noqa: S311  # the same texts in every run
    names = [_name(chance) for _ in range(6)]
    return " ".join(
        chance.choice(DATED if at % 3 == 0 else PLAIN).format(
            place=chance.choice(names[:3]),
            name=chance.choice(names[3:]),
            doer=chance.choice(DOERS),
            deed=chance.choice(DEEDS),
            thing=chance.choice(THINGS),
            day=chance.choice(DAYS),
            month=chance.choice(MONTHS),
        )
        for at in range(sentences)
    )


def body(number: int, *, sentences: int) -> bytes:
    """Article `number` as a client posts it."""
    article = {
        "text": text(number, sentences=sentences),
        "published_at": "2026-01-27T10:00:00Z",
        "external_id": f"article-{number}",
    }
    return json.dumps(article).encode()


def _name(chance: Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=3)).capitalize()
