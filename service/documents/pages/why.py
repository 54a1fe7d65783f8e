"""Why a date is what it is: sentences made of the derivation that a document keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from service.documents.exports.markup import isolated
from service.documents.jsontext import JsonObject
from service.documents.pages.fields import number_of, object_of, objects_of, text_of, texts_of
from service.documents.pages.shortdates import (
    Days,
    calendar_name,
    calendar_of,
    calendar_words,
    days_of,
    short_days,
    short_weekday,
)
from service.temporal.timex import Calendar

NAMED = "Its clause names the time: "
"""How a source's own derivation begins where an expression of the clause dates it."""
PAST, AHEAD = "tells of the past", "tells of what lies ahead"
ARROW = "\N{RIGHTWARDS ARROW}"


@dataclass(frozen=True, slots=True)
class Reading:
    """Another reading of an expression: "3 Feb 2026", and how likely it is, 0 to 1."""

    words: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What one expression of time says.

    `sentence` says it at once, `steps` one after another; `beside` is the same in the calendar
    that the source counts by; empty for the Gregorian, and where the sentence has it.
    """

    sentence: str
    steps: tuple[str, ...]
    beside: str
    confidence: float
    others: tuple[Reading, ...]


def reason(expression: JsonObject) -> Reason:
    """Why an expression (as its document has it) says what it says."""
    calendar, days = calendar_of(expression), days_of(expression)
    return Reason(
        sentence=_sentence(expression, days),
        steps=tuple(text_of(each, "says") for each in objects_of(expression, "derivation")),
        beside=beside(days, calendar) if object_of(expression, "anchor") else "",
        confidence=number_of(expression, "confidence") or 0.0,
        others=tuple(_reading(each) for each in objects_of(expression, "candidates")),
    )


def remarks(source: JsonObject) -> tuple[str, ...]:
    """What dates a source besides the expressions that it shows, as sentences."""
    shown = {text_of(each, "text") for each in objects_of(source, "expressions")}
    said = texts_of(object_of(source, "date"), "derivation")
    return tuple(each for each in said if _named(each) not in shown)


def beside(days: Days, calendar: Calendar) -> str:
    """The days as the source's own calendar counts them, with its name; else empty.

    "1404, Solar Hijri calendar".
    """
    if calendar is Calendar.GREGORIAN:
        return ""
    words = calendar_words(days, calendar)
    return f"{words}, {calendar_name(calendar)}" if words else ""


def _named(said: str) -> str:
    """The expression that a sentence of the derivation names."""
    return said.removeprefix(NAMED).removesuffix(".").strip("'") if said.startswith(NAMED) else ""


def _sentence(expression: JsonObject, days: Days) -> str:
    """The reading in one line: what is written, how it was counted, what that gives."""
    quoted = _quoted(text_of(expression, "text"))
    told = short_days(days)
    means = f" {ARROW} {told}" if told else ""
    return f"{quoted} {' '.join(_how(expression, days))}{means}"


def _how(expression: JsonObject, days: Days) -> Iterator[str]:
    anchor = object_of(expression, "anchor")
    if text_of(anchor, "kind") == "event":
        yield f"waits for {_quoted(text_of(anchor, 'text'))}, whose day is not in the words"
    elif anchor:
        yield f"counted {_direction(expression, days, days_of(anchor))}from {_origin(anchor)}"
    elif (calendar := calendar_of(expression)) is not Calendar.GREGORIAN:
        words = calendar_words(days, calendar)
        yield f"read in the {calendar_name(calendar)}" + (f" as {words}" if words else "")
    else:
        yield "read as it stands"


def _direction(expression: JsonObject, days: Days, origin: Days) -> str:
    """Whether it was counted back or forward from there; empty when neither."""
    (first, last), (start, end) = days, origin
    if last is not None and start is not None and last < start:
        return "back "
    if first is not None and end is not None and first > end:
        return "forward "
    steps = [text_of(each, "says") for each in objects_of(expression, "derivation")]
    if any(each.endswith(PAST) for each in steps):
        return "back "
    return "forward " if any(each.endswith(AHEAD) for each in steps) else ""


def _origin(anchor: JsonObject) -> str:
    """What it was counted from: "publication on Tue 27 Jan 2026", or words named before."""
    first, last = days_of(anchor)
    day = first is not None and first == last
    when = f"on {short_weekday(first)}" if day and first is not None else short_days((first, last))
    named = text_of(anchor, "text")
    words = when if named == "" else when.removeprefix("on ")
    if named:
        return f"{_quoted(named)} ({words})" if words else _quoted(named)
    kind = text_of(anchor, "kind") or "publication"
    return f"{kind} {words}" if day else f"{kind} ({words})"


def _quoted(text: str) -> str:
    """The words of a source in quotation marks, which keep their direction to themselves."""
    return f"“{isolated(text)}”"


def _reading(candidate: JsonObject) -> Reading:
    days = days_of(candidate)
    words = short_days(days) or text_of(candidate, "edtf")
    other = beside(days, calendar_of(candidate))
    return Reading(
        f"{words} ({other})" if other else words, number_of(candidate, "confidence") or 0.0
    )
