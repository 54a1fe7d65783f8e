"""Five classes of dates on gold of our own, this engine beside dateparser's search.

    python benchmarks/classes.py [--errors FILE]

Of the gold expressions of each class in benchmarks/own/, in per cent, for both halves:
found      a hit shares a character with the expression; each is used once, equal spans first
interval   found, and the same first and last day; for clock times the same minutes, whatever zone
value      found, and the same TIMEX3 value and mod (peers that know no mod are not asked for it)
bound      found, and the same relation, of those that have one
A hit that touches a near miss is counted apart. FILE gets the wrong ones of the half for reading.
"""

from __future__ import annotations

import argparse
import calendar
import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dateparser.date import DateDataParser
from dateparser.search import search_dates

from service.temporal.calendars import GREGORIAN
from service.temporal.engine import resolve
from service.temporal.interval import Day
from service.temporal.publication import read_publication
from service.temporal.timex import Context, Resolution

FOLDER = Path(__file__).parent / "own"
CLASSES = ("ranges", "parts", "anaphora", "clock", "calendars")
HALVES = {"even": slice(0, None, 2), "odd": slice(1, None, 2)}
MEASURES = ("found", "interval", "value", "bound")
_ZONE = re.compile(r"(T\d\d(?::\d\d){0,2})(?:Z|[+-]\d\d:\d\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a gold expression or a hit says of code points [start, end).

    `days` are the first and last day, ISO 8601, both included; a clock time has its minutes there.
    """

    start: int
    end: int
    days: tuple[str, str] | None
    value: str
    mod: str | None = None
    relation: str | None = None
    text: str = ""


Finder = Callable[[str, str, str], list[Said]]
"""Text, `published_at` and language in, hits out."""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", type=Path)
    given = parser.parse_args()
    wrong: list[str] = []
    finders: dict[str, Finder] = {"this engine": ours, "dateparser search": dateparsers}
    for name in CLASSES:
        lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        passages = [json.loads(line) for line in lines]
        for finder, find in finders.items():
            for half, step in HALVES.items():
                keep = wrong if (finder, half) == ("this engine", "even") else []
                print(f"{name:10} {finder:18} {half:5} {_scores(passages[step], find, keep)}")
    if given.errors:
        given.errors.write_text("\n".join(wrong) + "\n", encoding="utf-8")


def ours(text: str, published_at: str, language: str) -> list[Said]:
    """The readings of this engine."""
    context = Context(publication=read_publication(published_at), language=language)
    return [_said(each) for each in resolve(text, context)]


def dateparsers(text: str, published_at: str, language: str) -> list[Said]:
    """What dateparser's search finds: past preferred, the period that it tells as grain."""
    settings = {
        "RELATIVE_BASE": dt.datetime.fromisoformat(published_at).replace(tzinfo=None),
        "PREFER_DATES_FROM": "past",
        "RETURN_TIME_AS_PERIOD": True,
    }
    found, position = [], 0
    hits = search_dates(text, languages=[language[:2]], settings=settings) or ()
    for words, moment in hits:
        start = text.find(words, position)
        if start >= 0:
            position = start + len(words)
            value = _peer_value(words, moment, settings)
            days = _days(value)
            found.append(Said(start=start, end=position, days=days, value=value, text=words))
    return found


def _peer_value(words: str, moment: dt.datetime, settings: dict[str, object]) -> str:
    period = DateDataParser(languages=["en"], settings=settings).get_date_data(words).period
    forms = {"year": "%Y", "month": "%Y-%m", "time": "%Y-%m-%dT%H:%M"}
    return moment.strftime(forms.get(period or "day", "%Y-%m-%d"))


def _days(value: str) -> tuple[str, str]:
    """First and last day of YYYY, YYYY-MM or a day; a clock time is both its own minutes."""
    match len(value):
        case 4:
            return f"{value}-01-01", f"{value}-12-31"
        case 7:
            year, month = (int(part) for part in value.split("-"))
            return f"{value}-01", f"{value}-{calendar.monthrange(year, month)[1]}"
        case _:
            return value, value


def _said(resolution: Resolution) -> Said:
    interval = resolution.interval
    days = None
    if resolution.type == "TIME":
        days = _clock(resolution.value)
    elif interval is not None and interval.first_day is not None and interval.last_day is not None:
        days = _iso(interval.first_day), _iso(interval.last_day)
    return Said(
        start=resolution.span.start,
        end=resolution.span.end,
        days=days,
        value=resolution.value,
        mod=resolution.mod,
        relation=resolution.relation,
        text=resolution.text,
    )


def _gold(timex: dict[str, str]) -> Said:
    days = timex.get("earliest", ""), timex.get("latest", "")
    return Said(
        start=int(timex["start"]),
        end=int(timex["end"]),
        days=_clock(timex["value"]) if timex["type"] == "TIME" else days,
        value=timex["value"],
        mod=timex.get("mod"),
        relation=timex.get("relation"),
        text=timex["text"],
    )


def _clock(value: str) -> tuple[str, str]:
    """The two ends of a clock time or part of day, without their zone."""
    first, _, last = _ZONE.sub(r"\1", value).partition("/")
    return first, last or first


def _iso(day: Day) -> str:
    date = GREGORIAN.from_day(day)
    return f"{date.year:04}-{date.month:02}-{date.day:02}"


def _scores(passages: Sequence[dict], find: Finder, wrong: list[str]) -> str:
    hits, asked, touched, missed = dict.fromkeys(MEASURES, 0), dict.fromkeys(MEASURES, 0), 0, 0
    for passage in passages:
        found = find(passage["text"], passage["published_at"], passage["language"])
        gold = [_gold(each) for each in passage["timexes"]]
        for one, other in _pairs(gold, found):
            right = _right(one, other)
            for measure, good in right.items():
                asked[measure] += 1
                hits[measure] += good
            if not all(right.values()):
                wrong.append(_row(passage, one, other, right))
        for none in passage.get("nothing", ()):
            missed += 1
            over = [x for x in found if x.start < none["end"] and none["start"] < x.end]
            touched += bool(over)
            wrong += [f"{passage['id']}\tNEAR MISS\t{x.text}\t{x.value}" for x in over]
    shares = [f"{name} {100 * hits[name] / asked[name]:5.1f}" for name in MEASURES if asked[name]]
    near = f"  near misses hit {touched} of {missed}" if missed else ""
    return f"{asked['found']:3} {' '.join(shares)}{near}"


def _right(gold: Said, found: Said | None) -> dict[str, bool]:
    """Which measures the hit meets; those that are not asked of this expression are absent."""
    right = {
        "found": found is not None,
        "interval": found is not None and found.days == gold.days,
        "value": found is not None and found.value == gold.value and found.mod == gold.mod,
    }
    if gold.relation is not None:
        right["bound"] = found is not None and found.relation == gold.relation
    return right


def _pairs(gold: Sequence[Said], found: Sequence[Said]) -> Iterator[tuple[Said, Said | None]]:
    """Each gold expression with its hit: equal spans first, then the largest overlap."""
    overlaps = sorted(
        ((one.start, one.end) != (other.start, other.end), -shared, index, number)
        for index, one in enumerate(gold)
        for number, other in enumerate(found)
        if (shared := min(one.end, other.end) - max(one.start, other.start)) > 0
    )
    taken: dict[int, int] = {}
    for _, _, index, number in overlaps:
        if index not in taken and number not in taken.values():
            taken[index] = number
    for index, one in enumerate(gold):
        yield one, found[taken[index]] if index in taken else None


def _row(passage: dict, gold: Said, found: Said | None, right: dict[str, bool]) -> str:
    failed = ",".join(name for name, good in right.items() if not good)
    wanted = f"{gold.text}\t{gold.value} {gold.mod or ''} {gold.relation or ''} {gold.days}"
    got = "-" if found is None else f"{found.text}\t{found.value} {found.mod or ''} {found.days}"
    return f"{passage['id']}\t{failed}\t{wanted}\t{got}"


if __name__ == "__main__":
    main()
