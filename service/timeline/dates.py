"""The date of an event from the dates of its mentions (EVENTS section 5), first version.

A punctual event takes the strongest basis (explicit, then planned, reported): its stretches are
intersected, then narrowed by the weaker ones where something remains. Explicit days that differ
are voted on, and all of them are listed as a conflict. A durative event intersects its starts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from service.temporal.calendars import GREGORIAN
from service.temporal.interval import Day
from service.timeline.links import named_day
from service.timeline.model import ArticleHead, ArticleId, Basis, Conflict, DateClaim, Mention
from service.timeline.sources import voice

STRENGTH = {
    Basis.EXPLICIT: 0,
    Basis.PLANNED: 1,
    Basis.ANCHORED: 2,
    Basis.SEQUENCE: 3,
    Basis.INHERITED: 4,
    Basis.REPORTED: 5,
}


@dataclass(frozen=True, slots=True)
class Consensus:
    """The shown date, and the conflict on it where sources disagree."""

    date: DateClaim
    conflicts: tuple[Conflict, ...] = ()


def agree(mentions: Sequence[Mention], heads: Mapping[ArticleId, ArticleHead]) -> Consensus:
    """The date that `mentions` (in order, at least one) give together.

    Each voice has one vote on a disputed day, for what it said last: so a correction counts.
    """
    if mentions[0].date.durative:
        return Consensus(_lasting([mention.date for mention in mentions]))
    strongest = min(STRENGTH[mention.date.basis] for mention in mentions)
    best = [mention for mention in mentions if STRENGTH[mention.date.basis] == strongest]
    readings = _readings(best)
    if len(readings) < 2:
        return Consensus(_once(best, [mention.date for mention in mentions]))
    last = {
        voice(heads[mention.article_id]): mention
        for mention in best
        if named_day(mention) is not None
    }
    votes = Counter(named_day(mention) for mention in last.values())
    chosen = min(readings, key=lambda day: (-votes[day], _first(readings[day])))
    agreeing = [mention for mention in best if named_day(mention) in {None, chosen}]
    conflict = Conflict(
        field="date",
        values=tuple((_iso(day), _articles(readings[day])) for day in sorted(readings)),
    )
    return Consensus(_once(agreeing, [mention.date for mention in agreeing]), (conflict,))


def _readings(mentions: Iterable[Mention]) -> dict[Day, list[Mention]]:
    found: dict[Day, list[Mention]] = {}
    for mention in mentions:
        day = named_day(mention)
        if day is not None:
            found.setdefault(day, []).append(mention)
    return found


def _once(best: Sequence[Mention], all_dates: Sequence[DateClaim]) -> DateClaim:
    dates = [mention.date for mention in best]
    finest = min(dates, key=lambda date: (date.granularity, date.approximate, -date.confidence))
    date = replace(
        finest,
        start=_least(dates, "start") if finest.inferred else _most(dates, "start"),
        end=_least(dates, "end"),
        confidence=max(date.confidence for date in dates),
    )
    return _bounded(date, all_dates)


def _bounded(date: DateClaim, all_dates: Sequence[DateClaim]) -> DateClaim:
    """The date with the bounds of all sources, and what is shown narrowed to them."""
    earliest, latest = _most(all_dates, "earliest"), _least(all_dates, "latest")
    if earliest is not None and latest is not None and earliest > latest:
        earliest, latest = date.earliest, date.latest
    start, end = date.start, date.end
    if end is not None and latest is not None and (start is None or start <= latest):
        end = min(end, latest)
    return replace(date, start=start, end=end, earliest=earliest, latest=latest)


def _lasting(dates: Sequence[DateClaim]) -> DateClaim:
    """Starts are intersected; it lasted until the last day on which it was still told."""
    finest = min(dates, key=lambda date: (date.granularity, date.approximate, -date.confidence))
    ongoing = any(date.ongoing for date in dates)
    last = _most(dates, "as_of") if ongoing else None
    return replace(
        finest,
        start=_most(dates, "start"),
        start_latest=_least(dates, "start_latest"),
        end=last if last is not None else _most(dates, "end"),
        earliest=_most(dates, "earliest"),
        latest=_most(dates, "latest"),
        ongoing=ongoing,
        as_of=last,
        confidence=max(date.confidence for date in dates),
    )


def _most(dates: Iterable[DateClaim], side: str) -> Day | None:
    return _pick(max, dates, side)


def _least(dates: Iterable[DateClaim], side: str) -> Day | None:
    return _pick(min, dates, side)


def _pick(choose: Callable[[list[Day]], Day], dates: Iterable[DateClaim], side: str) -> Day | None:
    known = [day for date in dates if (day := getattr(date, side)) is not None]
    return choose(known) if known else None


def _articles(mentions: Iterable[Mention]) -> tuple[ArticleId, ...]:
    return tuple(dict.fromkeys(mention.article_id for mention in mentions))


def _first(mentions: Sequence[Mention]) -> tuple[int, str, int, str]:
    return min(mention.order for mention in mentions)


def _iso(day: Day) -> str:
    there = GREGORIAN.from_day(day)
    return f"{there.year:04}-{there.month:02}-{there.day:02}"
