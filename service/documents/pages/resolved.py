"""The dates of a text as a page shows them: the text cut at each, and what each was read as."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from service.documents.dates import read_iso_day
from service.documents.datewords import day_words, stretch_words
from service.documents.jsontext import JsonObject

CALENDARS: Mapping[str, str] = {
    "persian": "Solar Hijri",
    "islamic-umalqura": "Lunar Hijri",
    "buddhist": "Buddhist",
    "japanese": "Japanese",
    "roc": "Minguo",
    "hebrew": "Hebrew",
    "ethiopic": "Ethiopic",
    "indian": "Indian national",
    "julian": "Julian",
}
"""What people call a calendar that is not the Gregorian, by its CLDR key."""
UNBOUND: Mapping[str, str] = {
    "SET": "comes round, and names no days by itself",
    "DURATION": "an amount of time, and names no days by itself",
}
"""What an expression without days says, by its type."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; `number` is that of its reading, None between expressions."""

    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Other:
    """Another reading of the same words: its days, its EDTF and how likely it is."""

    days: str
    edtf: str
    sure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One expression as read. `edtf` is None where no days are named, `value` that of TIMEX3.

    `counted_from` says what it is relative to, None for what stands by itself.
    """

    number: int
    text: str
    days: str
    edtf: str | None
    value: str
    sure: str
    calendar: str | None
    counted_from: str | None
    others: tuple[Other, ...]
    steps: tuple[str, ...]


def pieces(text: str, expressions: Sequence[JsonObject]) -> tuple[Piece, ...]:
    """`text` cut at its expressions, which are numbered from 1; joined they are the text again."""
    return tuple(_pieces(text, expressions))


def shown(expressions: Sequence[JsonObject]) -> tuple[Shown, ...]:
    """What each expression was read as, numbered as in `pieces`."""
    return tuple(_shown(number, each) for number, each in enumerate(expressions, 1))


def days_words(bounds: JsonObject) -> str:
    """Inclusive days in words; a side that is missing is open.

    >>> days_words({"earliest": "2025-12-21", "latest": "2025-12-31"})
    'late December 2025'
    >>> days_words({"earliest": "2026-01-27"}), days_words({"latest": "2026-01-27"})
    ('from 27 January 2026 on', 'until 27 January 2026')
    """
    first, last = (
        None if day is None else read_iso_day(str(day))
        for day in (bounds.get("earliest"), bounds.get("latest"))
    )
    if first is not None and last is not None:
        return stretch_words(first, last)
    if first is not None:
        return f"from {day_words(first)} on"
    return "at an unknown time" if last is None else f"until {day_words(last)}"


def _pieces(text: str, expressions: Sequence[JsonObject]) -> Iterator[Piece]:
    told = 0
    for number, each in enumerate(expressions, 1):
        start, end = _whole(each["start"]), _whole(each["end"])
        if start < told:
            continue  # within another one, which is marked already
        if start > told:
            yield Piece(text[told:start])
        yield Piece(text[start:end], number)
        told = end
    if told < len(text):
        yield Piece(text[told:])


def _shown(number: int, expression: JsonObject) -> Shown:
    edtf, calendar = expression.get("edtf"), str(expression["calendar"])
    return Shown(
        number=number,
        text=str(expression["text"]),
        days=_days(expression),
        edtf=None if edtf is None else str(edtf),
        value=str(expression["value"]),
        sure=_sure(expression),
        calendar=CALENDARS.get(calendar),
        counted_from=_counted_from(expression),
        others=tuple(
            Other(days_words(each), str(each["edtf"]), _sure(each))
            for each in _objects(expression.get("candidates"))
        ),
        steps=tuple(str(each["says"]) for each in _objects(expression.get("derivation"))),
    )


def _days(expression: JsonObject) -> str:
    if "edtf" in expression:
        return days_words(expression)
    anchor = expression.get("anchor")
    if isinstance(anchor, dict) and anchor["kind"] == "event":
        return "waits for the day of an event"
    return UNBOUND.get(str(expression["type"]), "names no days by itself")


def _counted_from(expression: JsonObject) -> str | None:
    anchor = expression.get("anchor")
    if not isinstance(anchor, dict):
        return None
    text = anchor.get("text")
    named = f"'{text}'" if text else str(anchor["kind"])
    dated = {"earliest", "latest"} & anchor.keys()
    return f"{named}, {days_words(anchor)}" if dated else named


def _sure(reading: JsonObject) -> str:
    sure = reading["confidence"]
    return f"{100 * sure:.0f}%" if isinstance(sure, int | float) else ""


def _objects(found: object) -> Sequence[JsonObject]:
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else ()


def _whole(number: object) -> int:
    return number if isinstance(number, int) else 0
