"""The claim that a mention has by the one that it points at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.errors import TimelineError
from service.temporal.binding import bind
from service.temporal.interval import Day, days
from service.temporal.timex import Resolution
from service.timeline.model import Basis, DateClaim, Pointing
from workers.dating import reasons
from workers.dating.anchoring import beside, is_stretch, moved, placed
from workers.dating.dated import Dated, Points


@dataclass(frozen=True, slots=True)
class Pointed:
    """A target with the words that point at it."""

    target: Dated
    relation: Pointing
    words: str
    waits: Resolution | None = None
    same: bool = False
    """Told as within a day of it."""
    back: bool = False
    """Told as what the target came after, or before, by so many days."""


def follow(base: Dated, choice: Pointed, published: Day) -> Dated | None:
    """The draft by its target; None when that leaves nothing."""
    latest = base.date.latest if base.date.latest is not None else Day(published + 1)
    least = most = None
    if choice.relation is Pointing.APART and choice.waits is not None:
        shift = _shift(choice.waits, choice.target)
        if shift is None or (choice.back and shift[0] != shift[1]):
            return None
        least, most = (-shift[1], -shift[0]) if choice.back else shift
        claim = moved(choice.target, least, most, latest=latest)
    elif choice.same:
        claim = beside(choice.target, latest=latest)
    else:
        claim = placed(base, choice.target, choice.relation, latest=latest, published=published)
    if claim is None:
        return None
    relation = Pointing.AFTER if choice.same else choice.relation
    points = Points(target=choice.target.draft, relation=relation, least=least, most=most)
    why = reasons.of_pointer(choice.words, choice.target)
    return replace(base, date=claim, points=points, why=why)


def _shift(waits: Resolution, target: Dated) -> tuple[int, int] | None:
    """From how many to how many days after the target's day the expression lies."""
    if waits.unbound is None or is_stretch(target) or target.date.start is None:
        return None
    day = target.date.start
    try:
        lies = bind(waits.unbound.expr, days(day, day))
    except TimelineError:
        return None
    first, last = lies.first_day, lies.last_day
    return None if first is None or last is None else (first - day, last - day)


def counted(base: Dated, before: Sequence[Dated | None]) -> Dated:
    """An expression that was counted from another one: "the next day", "a week later"."""
    anchor = None if base.by is None else base.by.anchor
    if anchor is None or anchor.kind != "expression" or base.date.durative:
        return base
    naming = (
        each
        for each in reversed(before)
        if each is not None and each.by is not None and each.by.text == anchor.text
    )
    target = next(naming, None)
    shift = None if target is None else _gap(base.date, target.date)
    if target is None or shift is None:
        return base
    date = replace(base.date, basis=Basis.SEQUENCE)
    points = Points(target=target.draft, relation=Pointing.APART, least=shift[0], most=shift[1])
    words = "" if base.by is None else base.by.text
    return replace(base, date=date, points=points, why=reasons.of_pointer(words, target))


def _gap(date: DateClaim, target: DateClaim) -> tuple[int, int] | None:
    if date.start is None or date.end is None or target.start is None:
        return None
    return (
        (date.start - target.start, date.end - target.start) if target.start == target.end else None
    )
