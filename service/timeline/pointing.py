"""Dates from other events: "during the protests", "two days after the verdict".

A core date, from the members that point nowhere, is narrowed by the core dates of the events that
the others point at: one hop, so there is no circle and no order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.temporal.interval import Day, Granularity
from service.timeline.model import Basis, Conflict, DateClaim, Mention, Pointer, Pointing
from service.timeline.stretches import Stretch, proven, shown, stretch_edtf
from service.timeline.votes import Consensus, articles_of
from service.timeline.windows import INFERRED_WITHIN


@dataclass(frozen=True, slots=True)
class Pointed:
    """A member that points, and the core date of the event that it points at."""

    member: Mention
    pointer: Pointer
    core: DateClaim

    @property
    def order(self) -> tuple[int, str, int, str]:
        """That of the member."""
        return self.member.order


def core_members(mentions: Sequence[Mention]) -> Sequence[Mention]:
    """The members that use no pointer; all of them where each does."""
    return [each for each in mentions if each.pointer is None] or mentions


def narrowed(core: Consensus, pointed: Sequence[Pointed]) -> Consensus:
    """The core date within what `pointed` allow; what would leave nothing becomes a conflict."""
    for each in sorted(pointed, key=lambda one: one.order):
        core = _narrow(core, each)
    return core


def _narrow(core: Consensus, pointed: Pointed) -> Consensus:
    allowed = _allowed(pointed.pointer, pointed.core)
    date = core.date
    if _is_likely(date) and shown(date).meet(allowed) is None:
        return core
    if pointed.core.inferred and not date.durative:
        return replace(core, date=_likely(date, allowed))
    bounds = Stretch(date.start, date.start_latest) if date.durative else proven(date)
    cut = bounds.meet(allowed)
    if allowed == Stretch():
        return core
    if cut is None:
        return replace(core, conflicts=(*core.conflicts, _conflict(core, pointed, allowed)))
    if date.durative:
        return replace(core, date=replace(date, start=cut.first, start_latest=cut.last))
    within = pointed.pointer.relation is Pointing.WITHIN
    gives_way = within and date.basis is Basis.REPORTED and cut.width > INFERRED_WITHIN
    return replace(core, date=_bounded(date, cut) if gives_way else _cut(date, cut))


def _is_likely(date: DateClaim) -> bool:
    """Whether its articles give it a likely day, other than that of their report."""
    return date.inferred and date.start == date.end and date.basis is not Basis.REPORTED


def _likely(date: DateClaim, allowed: Stretch) -> DateClaim:
    """The date within days that are themselves only likely: they prove nothing."""
    kept = shown(date).meet(allowed)
    if kept is None or kept == shown(date):
        return date
    return replace(date, start=kept.first, end=kept.last, inferred=True)


def _cut(date: DateClaim, bounds: Stretch) -> DateClaim:
    """The date within tighter bounds; a day that is only likely gives way to them."""
    kept = shown(date).meet(bounds)
    if kept is None:
        return _bounded(date, bounds)
    return replace(date, start=kept.first, end=kept.last, earliest=bounds.first, latest=bounds.last)


def _bounded(date: DateClaim, bounds: Stretch) -> DateClaim:
    """No day in particular: a report's day is no better than any other of a long time."""
    return replace(
        date,
        start=bounds.first,
        end=bounds.last,
        earliest=bounds.first,
        latest=bounds.last,
        basis=Basis.ANCHORED,
        granularity=Granularity.DAY,
        inferred=False,
    )


def _allowed(pointer: Pointer, core: DateClaim) -> Stretch:
    """The days that the pointer allows, when the event pointed at has the date `core`."""
    first, last = core.start, core.end
    begun = core.start_latest if core.durative else core.end
    ended = None if core.ongoing else core.end if core.durative else core.start
    if pointer.relation is Pointing.WITHIN:
        return Stretch(first, last)
    if pointer.relation is Pointing.AFTER:
        return Stretch(ended, None)
    if pointer.relation is Pointing.BEFORE:
        return Stretch(None, begun)
    if pointer.relation is Pointing.SINCE:
        return Stretch(first, begun)
    return Stretch(_moved(first, pointer.least), _moved(begun, pointer.most))


def _moved(day: Day | None, by: int | None) -> Day | None:
    return None if day is None or by is None else Day(day + by)


def _conflict(core: Consensus, pointed: Pointed, allowed: Stretch) -> Conflict:
    """What the event's own members show, against what the pointing one asks for."""
    return Conflict(
        field="date",
        values=(
            (stretch_edtf(shown(core.date)), core.articles),
            (stretch_edtf(allowed), articles_of([pointed.member])),
        ),
    )
