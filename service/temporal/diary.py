"""A diary says which day it is: "It is Monday, May 3rd." From there on that day is "today"."""

from __future__ import annotations

import re
from dataclasses import replace

from service.temporal.discourse import EXPRESSION
from service.temporal.interval import Granularity, days
from service.temporal.readings import Setting
from service.temporal.timex import Anchor, Resolution

_REACH = 40
_LATE = 45
"""Days that a diary or a film of a day may wait until it is published."""

# "It is now Monday, May 3rd", "Today's Friday, the 7th of May"; not "It is due on May 3".
_SAYS = re.compile(
    r"(?:^|[.!?\n\"“]|\bso|\band|,)\s*(?:it|today)(?:\s+is|['’]s)"
    r"(?:\s+(?:now|currently|already|officially))?\s*(?:the\s+)?$",
    re.IGNORECASE,
)


def in_diary(setting: Setting, resolution: Resolution) -> Setting:
    """`setting` with the day told as today, where the words say that it is today."""
    interval = resolution.interval
    if interval is None or not _is_dated(resolution):
        return setting
    start = resolution.span.start
    if _SAYS.search(setting.scan.text, max(start - _REACH, 0), start) is None:
        return setting
    day = interval.first_day
    if day is None or not 0 <= setting.context.publication.day - day <= _LATE:
        return setting
    told = days(day, day)
    return replace(setting, today=told, told=Anchor(EXPRESSION, told, resolution.text))


def _is_dated(resolution: Resolution) -> bool:
    """Whether it names a day by its number; a weekday alone may be that of a quotation."""
    fine = resolution.granularity <= Granularity.DAY and resolution.interval is not None
    return fine and any(char.isdigit() for char in resolution.text)
