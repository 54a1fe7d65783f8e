"""Two calendars in apposition are one time and vouch for each other: "7 Bahman 1404 (27 January)".

They stay two expressions, each with its own span; both gain confidence, and a reading that the
neighbour shows to be right comes first.
"""

from __future__ import annotations

import re
from dataclasses import replace

from service.temporal.interval import Granularity, Interval
from service.temporal.timex import Candidate, Resolution, Step
from service.temporal.timex3 import value_text

_BETWEEN = re.compile(
    r"\s?[(\[/,=–—-]\s?(?:or |i\.e\.,? |corresponding to |equivalent to |the )?"
    r"|,? (?:or|which is|corresponding to|equivalent to|equal to) (?:the )?",
    re.IGNORECASE,
)
_CORROBORATED = 0.99
_LEFT = 0.01


def corroborated(found: tuple[Resolution, ...], text: str) -> tuple[Resolution, ...]:
    """The expressions with those of two calendars that name one time made surer."""
    made = list(found)
    for index in range(len(made) - 1):
        first, second = made[index], made[index + 1]
        if _beside(first, second, text):
            made[index : index + 2] = _vouched(first, second)
    return tuple(made)


def _beside(first: Resolution, second: Resolution, text: str) -> bool:
    """Whether the two stand in apposition and count in different calendars."""
    between = text[first.span.end : second.span.start]
    return first.calendar is not second.calendar and _BETWEEN.fullmatch(between) is not None


def _vouched(first: Resolution, second: Resolution) -> tuple[Resolution, Resolution]:
    """Both made surer if some reading of the one is the time of the other; else as they are.

    Years of two calendars seldom begin together: two that share days are one.
    """
    if first.granularity is not second.granularity:
        return first, second
    for one in _readings(first):
        for other in _readings(second):
            if _same(one, other):
                return _sure(first, one, second.text), _sure(second, other, first.text)
    return first, second


def _readings(resolution: Resolution) -> tuple[Interval, ...]:
    others = tuple(each.interval for each in resolution.candidates)
    return others if resolution.interval is None else (resolution.interval, *others)


def _same(one: Interval, other: Interval) -> bool:
    if one.granularity is other.granularity is Granularity.YEAR:
        return one.overlaps(other)
    return (one.start, one.end) == (other.start, other.end)


def _sure(resolution: Resolution, interval: Interval, beside: str) -> Resolution:
    """The resolution read as `interval`, which the expression beside it names too."""
    step = Step("apposition", f"'{beside}' beside it names the same time in another calendar")
    sure = replace(
        resolution,
        confidence=max(resolution.confidence, _CORROBORATED),
        derivation=(*resolution.derivation, step),
    )
    chosen = next((each for each in resolution.candidates if each.interval == interval), None)
    return sure if chosen is None else _with_reading(sure, chosen)


def _with_reading(resolution: Resolution, chosen: Candidate) -> Resolution:
    """The candidate first; what stood there before is a candidate now."""
    rest = tuple(each for each in resolution.candidates if each is not chosen)
    before = resolution.interval
    dropped = () if before is None else (_candidate(before, resolution),)
    return replace(
        resolution,
        interval=chosen.interval,
        value=value_text(chosen.interval),
        calendar=chosen.calendar,
        candidates=(*dropped, *rest),
    )


def _candidate(interval: Interval, resolution: Resolution) -> Candidate:
    return Candidate(interval=interval, calendar=resolution.calendar, confidence=_LEFT)
