"""How answers are counted against gold, micro-averaged over documents (the rules of TempEval-3).

Precision divides by all answers, recall by all gold expressions:
strict     the offsets are equal
relaxed    the spans share a character; each is used once, equal spans first
value      relaxed, and the TIMEX3 values are equal
ivl        relaxed, and the value denotes an interval that gold accepts (see denoted.py); where gold
           denotes none, the values must be equal
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from denoted import denoted, whole_days
from gold import Document, Expression

MEASURES = ("strict", "relaxed", "value", "ivl")


@dataclass(slots=True)
class Tally:
    """Running counts; `free` documents hold no gold expression, in `hit` of them one was found."""

    gold: int = 0
    found: int = 0
    free: int = 0
    hit: int = 0
    hits: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MEASURES, 0))

    def add(self, document: Document, answers: Sequence[Expression]) -> None:
        """Count the answers for one document."""
        found = comparable(document, answers)
        self.gold += len(document.gold)
        self.found += len(found)
        self.free += not document.gold
        self.hit += bool(found) and not document.gold
        for one, other in pairs(document.gold, found):
            self.hits["relaxed"] += 1
            self.hits["strict"] += (one.start, one.end) == (other.start, other.end)
            self.hits["value"] += same_value(one, other)
            self.hits["ivl"] += same_interval(one, other, dates_only=document.dates_only)

    def f1(self, measure: str) -> float:
        """Harmonic mean of precision and recall, in per cent."""
        return 200 * self.hits[measure] / max(self.gold + self.found, 1)


def comparable(document: Document, answers: Sequence[Expression]) -> list[Expression]:
    """The answers of the kinds that gold marks: dates only means no durations, no "recently"."""
    if not document.dates_only:
        return list(answers)
    return [
        each
        for each in answers
        if each.type in {"DATE", "TIME"} and not each.value.endswith("_REF")
    ]


def pairs(
    gold: Sequence[Expression], found: Sequence[Expression]
) -> list[tuple[Expression, Expression]]:
    """One-to-one: equal spans first, then the largest overlaps."""
    overlaps = [
        ((one.start, one.end) != (other.start, other.end), -shared, one, other)
        for one in gold
        for other in found
        if (shared := min(one.end, other.end) - max(one.start, other.start)) > 0
    ]
    made: list[tuple[Expression, Expression]] = []
    used: set[tuple[str, Expression]] = set()
    for _, _, one, other in sorted(overlaps):
        if not {("gold", one), ("found", other)} & used:
            used |= {("gold", one), ("found", other)}
            made.append((one, other))
    return made


def same_value(gold: Expression, found: Expression) -> bool:
    """Whether the two TIMEX3 values are equal, upper and lower case alike."""
    return gold.value.upper() == found.value.upper()


def same_interval(gold: Expression, found: Expression, *, dates_only: bool) -> bool:
    """Whether the answer denotes an interval that gold accepts; among days, clock times widen."""
    if not gold.accept:
        return same_value(gold, found)
    stretch = denoted(found.value)
    if stretch is not None and dates_only and "T" not in gold.value:
        stretch = whole_days(stretch)
    return stretch in gold.accept


def is_right(document: Document, gold: Expression, found: Expression) -> bool | None:
    """Whether the answer reads the expression as gold does, which is what confidence foretells.

    The interval counts where gold denotes one, else the value. None where there is nothing to be
    right about: sets with a dialect of their own have values that denote no interval.
    """
    if document.by_interval and not gold.accept:
        return None
    return same_interval(gold, found, dates_only=document.dates_only)
