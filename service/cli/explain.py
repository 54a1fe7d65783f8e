"""`timelines explain`: what each expression of time in a text says, and by which steps."""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from service.cli.terminal import Terminal, clean, columns, terminal_of, wrap
from service.documents.datewords import day_words, stretch_words
from service.otherlanguages import resolve_any
from service.temporal.calendar_names import CALENDAR_NAMES
from service.temporal.calendars import weekday
from service.temporal.describe import expression_words
from service.temporal.edtf import interval_edtf
from service.temporal.interval import SECONDS_A_DAY, Granularity, Interval
from service.temporal.language import tell_language
from service.temporal.publication import read_publication
from service.temporal.timex import (
    Anchor,
    Calendar,
    Candidate,
    Context,
    Outlet,
    Publication,
    Resolution,
    TimexType,
)

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SENTENCE_END = re.compile(
    r"(?<![ap]\.m)(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\bMrs)(?<!\bGen)(?<!\bSen)(?<!\bRep)(?<!\bGov)"
    r"(?<!\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec))(?<!\bSept)"
    r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z])|\n+"
)

SHOWN = 500
"""Characters on either side of an expression that are looked at, more than a line holds."""

LABEL_COLUMNS = 13

_UNPLACED = {
    TimexType.DURATION: "a length of time, no days of the calendar by itself",
    TimexType.SET: "something that comes round, no one day of the calendar",
}


def run_explain(options: Namespace, environ: Mapping[str, str]) -> int:
    """Print every expression of the text with its reading and derivation."""
    text = sys.stdin.read() if options.text == "-" else options.text
    publication = read_publication(options.at, options.timezone)
    language = tell_language(text, options.language)
    outlet = Outlet(zone=options.timezone)
    context = Context(publication=publication, language=language, outlet=outlet)
    terminal = terminal_of(sys.stdout, environ)
    for line in explanation(text, context, resolve_any(text, context).expressions, terminal):
        print(line)
    return 0


def explanation(
    text: str, context: Context, resolutions: Sequence[Resolution], terminal: Terminal
) -> Iterator[str]:
    """The lines that explain the resolutions of `text`, in their order."""
    ends = [found.end() for found in SENTENCE_END.finditer(text)]
    yield ""
    yield f" Published {publication_words(context.publication)}"
    if context.language.partition("-")[0].lower() not in {"en", "fa"}:
        yield f" Of texts in '{clean(context.language)}' only full dates with their year are read."
    if not resolutions:
        yield " No expression of time was found."
    for resolution in resolutions:
        yield ""
        yield from _in_sentence(text, ends, resolution, terminal)
        yield ""
        yield from _reading(resolution, terminal)
    yield ""


def publication_words(publication: Publication) -> str:
    """The publication's day with its weekday, and its clock and offset where they are known."""
    day = f"{WEEKDAYS[weekday(publication.day)]} {day_words(publication.day)}"
    if not publication.has_clock:
        return f"{day}, without a clock time"
    minutes = publication.point % SECONDS_A_DAY // 60
    zone = "UTC" + ("" if not publication.offset else _offset_words(publication.offset))
    known = "" if publication.zone_known else ": whose day it was is not known"
    return f"{day}, {minutes // 60:02}:{minutes % 60:02} {zone}{known}"


def interval_words(interval: Interval) -> str:
    """What an interval covers, in words; an open side as "from ... on" or "until ..."."""
    first, last = interval.first_day, interval.last_day
    if first is None or last is None:
        day = last if first is None else first
        words = "" if day is None else day_words(day)
        return f"until {words}" if first is None else f"from {words} on"
    told = stretch_words(first, last)
    if interval.granularity < Granularity.DAY:
        told = f"{told}, {_clock(interval.start)} to {_clock(interval.end)}"
    if first == last:
        told = f"{WEEKDAYS[weekday(first)]} {told}"
    return f"about {told}" if interval.approximate else told


def _in_sentence(
    text: str, ends: Sequence[int], resolution: Resolution, terminal: Terminal
) -> Iterator[str]:
    """The sentence around the expression in one line, cut to the width, and a line below it.

    `ends` are the ends of the sentences of `text`, ascending.
    """
    start, end = resolution.span.start, resolution.span.end
    before_it, after_it = bisect_right(ends, start), bisect_left(ends, end)
    begin = max(ends[before_it - 1] if before_it else 0, start - SHOWN)
    until = min(ends[after_it] if after_it < len(ends) else len(text), end + SHOWN)
    before, after = clean(text[begin:start]), clean(text[end:until])
    middle = clean(text[start:end])
    before += " " if text[begin:start].rstrip() != text[begin:start] and before else ""
    after = (" " if text[end:until].lstrip() != text[end:until] and after else "") + after
    left, right = _around(before, after, terminal.width - columns(middle) - 3)
    yield f" {left}{terminal.paint(middle, 'strong')}{right}"
    yield " " * (columns(left) + 1) + terminal.glyph("─") * columns(middle)


def _around(before: str, after: str, room: int) -> tuple[str, str]:
    """As much of both sides as fits into `room`, cut at words with an ellipsis."""
    room = max(room, 0)
    for_right = min(len(after), max(room // 2, room - len(before)))
    for_left = room - for_right
    if len(before) > for_left:
        kept = before[len(before) - max(for_left - 2, 0) :]
        before = f"… {kept.partition(' ')[2]}"
    if len(after) > for_right:
        kept = after[: max(for_right - 2, 0)]
        after = f"{kept.rpartition(' ')[0]} …"
    return before, after


def _reading(resolution: Resolution, terminal: Terminal) -> Iterator[str]:
    for number, (label, text) in enumerate(_facts(resolution)):
        lines = wrap(clean(text), terminal.width - LABEL_COLUMNS - 2)
        for line_number, line in enumerate(lines):
            side = label if line_number == 0 else ""
            told = terminal.paint(line, "date") if number == 0 else line
            yield f"   {terminal.paint(f'{side:<{LABEL_COLUMNS}}', 'faint')}{told}"


def _facts(resolution: Resolution) -> Iterator[tuple[str, str]]:
    sure = f"{round(resolution.confidence * 100)}% sure"
    yield "means", f"{_meaning(resolution)}  ({sure})"
    yield "written", ", ".join(_labels(resolution))
    if resolution.relation is not None:
        yield "relation", f"{resolution.relation.value} (the word beside it)"
    for part in resolution.parts:
        yield "one end", f"“{part.text}” {_meaning(part)}"
    if resolution.unbound is not None:
        yield "waits for", f"“{resolution.unbound.text}”, an event whose day is not in the words"
    if resolution.anchor is not None:
        yield "counted from", _anchor_words(resolution.anchor)
    for index, step in enumerate(resolution.derivation):
        yield "" if index else "because", f"{index + 1}. {step.says}  [{step.rule}]"
    for index, candidate in enumerate(resolution.candidates):
        other = candidate.calendar is not resolution.calendar
        calendar = f", {CALENDAR_NAMES[candidate.calendar]}" if other else ""
        yield "" if index else "or", f"{_candidate_words(candidate)}{calendar}"


def _meaning(resolution: Resolution) -> str:
    if resolution.unbound is not None:
        told = expression_words(resolution.unbound.expr)
        return f"{told}, once it is known when that was"
    if resolution.interval is not None:
        return interval_words(resolution.interval)
    if resolution.implies is not None:
        return f"a length of time that covers {interval_words(resolution.implies)}"
    return _UNPLACED.get(resolution.type, "a vague time, no days of the calendar")


def _labels(resolution: Resolution) -> Iterator[str]:
    extra = {"mod": resolution.mod, "quant": resolution.quant, "freq": resolution.freq}
    marks = "".join(f" {name} {value}" for name, value in extra.items() if value is not None)
    yield f"TIMEX3 {resolution.type.value} {resolution.value}{marks}"
    if resolution.interval is not None:
        yield f"EDTF {interval_edtf(resolution.interval)}"
    if resolution.interval is not None:
        yield f"precise to {_precision(resolution.granularity)}"
    if resolution.calendar is not Calendar.GREGORIAN:
        yield CALENDAR_NAMES[resolution.calendar]


def _precision(granularity: Granularity) -> str:
    """How fine the reading is: "the day", "a part of the year"."""
    whole, _, part = granularity.word.replace("_", " ").partition(" part")
    return f"a part of the {whole}" if granularity.word.endswith("part") else f"the {whole}{part}"


def _anchor_words(anchor: Anchor) -> str:
    words = interval_words(anchor.interval)
    if anchor.text:
        return f"“{anchor.text}”, {words}"
    days = anchor.interval.granularity > Granularity.DAY
    kind = "the last period that was over at publication" if days else anchor.kind
    return f"{kind}, {words}"


def _candidate_words(candidate: Candidate) -> str:
    return f"{interval_words(candidate.interval)} ({round(candidate.confidence * 100)}%)"


def _clock(point: int | None) -> str:
    seconds = (point or 0) % SECONDS_A_DAY
    shown = f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"
    return f"{shown}:{seconds % 60:02}" if seconds % 60 else shown


def _offset_words(offset: int) -> str:
    minutes = abs(offset) // 60
    return f"{'-' if offset < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"
