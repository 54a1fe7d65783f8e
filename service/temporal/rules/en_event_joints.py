"""English: a word that joins words of time to an event, and the trees that both make."""

from __future__ import annotations

from dataclasses import dataclass, replace

from service.temporal.algebra import (
    After,
    Before,
    Between,
    Coming,
    Here,
    Leaf,
    PartOf,
    Past,
    TimeExpr,
)
from service.temporal.grammar import Meaning, codes_of
from service.temporal.parts import Part
from service.temporal.rules.en_event_names import Named
from service.temporal.scanner import Scan
from service.temporal.tagger import Timex
from service.temporal.timex import Span
from service.temporal.units import Period, Unit, is_clock

EVENT = Here(Leaf.EVENT)
START, END = PartOf(Part.START, EVENT), PartOf(Part.END, EVENT)
SOME_DAY = "XXXX-XX-XX"
"""The label of a day that is not known."""

ONE_DAY = Period(Unit.DAY, 1)
INTO, OF = codes_of("into"), codes_of("of")
AFTER = codes_of("after") + codes_of("following")
BEFORE = codes_of("before") + codes_of("previous") + codes_of("tocome")
_FEWEST = 2
_MOST = {
    Unit.SECOND: 60, Unit.MINUTE: 60, Unit.HOUR: 24, Unit.DAY: 14, Unit.WEEK: 8, Unit.MONTH: 24,
}  # fmt: skip
_MOST_YEARS = 10


@dataclass(frozen=True, slots=True)
class Joint:
    """The word that joins, at token `at`, and the event that it joins on its right."""

    scan: Scan
    at: int
    event: Named

    @property
    def code(self) -> str:
        """The class of the word."""
        return self.scan.codes[self.at]

    @property
    def is_before(self) -> bool:
        """Whether what is told comes before the event."""
        return self.code in BEFORE

    def away(self, period: Period) -> TimeExpr:
        """The unit at that distance on its side."""
        return Before(period, START) if self.is_before else After(period, END)

    def beside(self, period: Period) -> TimeExpr:
        """The stretch of that length on its side, the event's own day left out."""
        if is_clock(period.unit):
            return Past(period, START) if self.is_before else Coming(period, END)
        next_day = self.away(ONE_DAY)
        return Past(period, next_day) if self.is_before else Coming(period, next_day)


@dataclass(frozen=True, slots=True)
class Head:
    """The words of time before the joint, from token `first`, and what they say."""

    first: int
    meaning: Meaning
    rule: str
    labelled: bool = True
    label_from: int | None = None


def made(joint: Joint, head: Head) -> Timex:
    """The expression from the head to the end of the event's name."""
    scan, event = joint.scan, joint.event
    span = Span(scan.starts[head.first], scan.ends[event.until - 1])
    parts: tuple[Timex, ...] = ()
    if head.labelled:
        first = head.first if head.label_from is None else head.label_from
        words = Span(scan.starts[first], scan.ends[joint.at - 1])
        parts = (Timex(words, head.meaning, head.rule, first, joint.at),)
    within = (event.first, event.until)
    return Timex(span, head.meaning, head.rule, head.first, event.until, parts, within)


def distant(
    shape: type[Before | After], period: Period, edge: TimeExpr, *, counted: bool
) -> TimeExpr:
    """The unit that far away; one that nobody counted lies between two and the most of them."""
    if counted:
        return shape(period, edge)
    near, far = shape(replace(period, count=_FEWEST), edge), shape(period, edge)
    return Between(near, far) if shape is After else Between(far, near)


def within(joint: Joint, period: Period) -> TimeExpr:
    """From the event on, or up to it."""
    if joint.is_before:
        return Between(Before(period, START), EVENT)
    return Between(EVENT, After(period, END))


def uncounted(unit: Unit) -> Period:
    """The most that "hours", "days" or "weeks" from an event are taken for."""
    return Period(unit, _MOST.get(unit, _MOST_YEARS), approximate=True)
