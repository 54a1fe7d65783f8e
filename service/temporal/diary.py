"""A diary says which day it is: "It is Monday, May 3rd." From there on that day is "today"."""

from __future__ import annotations

import re
from dataclasses import replace

from service.temporal.discourse import EXPRESSION
from service.temporal.interval import Granularity, days
from service.temporal.readings import Setting
from service.temporal.timex import Anchor, Resolution

_OWN = re.compile(r"\bI(?:['’](?:m|ve|ll|d))?\b(?!\.)")
_REPORTS = re.compile(r"\b(?:said|told|says|according to)\b")
_FEWEST = 5
_SAMPLE = 4_000
"""Characters at the head of a text that tell whose tale it is."""
_REACH = 40
_LATE = 45
"""Days that a diary or a film of a day may wait until it is published."""

# "It is now Monday, May 3rd", "Today's Friday, the 7th of May"; not "It is due on May 3".
_SAYS = re.compile(
    r"(?:^|[.!?\n\"“]|\bso|\band|,)\s*(?:it|today)(?:\s+is|['’]s)"
    r"(?:\s+(?:now|currently|already|officially))?\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_SAYS_LAST = ("is", "'s", "’s", "now", "currently", "already", "officially", "the")
"""What the words that `_SAYS` finds end with; most texts before an expression end otherwise."""


def in_diary(setting: Setting, resolution: Resolution) -> Setting:
    """`setting` with the day told as today, where the words say that it is today."""
    interval = resolution.interval
    if interval is None or resolution.granularity > Granularity.DAY:
        return setting
    if not tells_day(setting.scan.text, resolution.span.start):
        return setting
    if not (setting.told or _is_dated(resolution) or _is_own_tale(setting.scan.text)):
        return setting
    day = interval.first_day
    if day is None or not 0 <= setting.context.publication.day - day <= _LATE:
        return setting
    told = days(day, day)
    return replace(setting, today=told, told=Anchor(EXPRESSION, told, resolution.text))


def tells_day(text: str, start: int) -> bool:
    """Whether the words before `start` say that what follows is today."""
    before = text[max(start - _REACH, 0) : start].rstrip().lower()
    if not before.endswith(_SAYS_LAST):
        return False
    return _SAYS.search(text, max(start - _REACH, 0), start) is not None


def speaks_as_i(text: str) -> bool:
    """Whether somebody speaks for themselves: a speech, a letter, a diary."""
    return len(_OWN.findall(text[:_SAMPLE])) >= _FEWEST


def _is_own_tale(text: str) -> bool:
    """Whether somebody tells of their own day and hardly quotes anybody."""
    sample = text[:_SAMPLE]
    own, reported = len(_OWN.findall(sample)), len(_REPORTS.findall(sample))
    return own >= _FEWEST and own > _FEWEST * reported


def _is_dated(resolution: Resolution) -> bool:
    """Whether it names a day by its number; a weekday alone may be that of a quotation."""
    return any(char.isdigit() for char in resolution.text)
