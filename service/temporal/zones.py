"""Whose day it was: evidence in the text when `published_at` ends in `Z` and no zone was given.

An "Updated 8:40 p.m. ET" line names the outlet's zone; a dateline names the day it was written on.
Without either, the days on both sides of a midnight that is near are possible (TIME section 4).
"""

from __future__ import annotations

import re
from dataclasses import replace
from zoneinfo import ZoneInfo

from service.temporal.calendars import GREGORIAN, weekday
from service.temporal.interval import SECONDS_A_DAY, Day, Point, midnight
from service.temporal.publication import offset_at
from service.temporal.timex import Candidate, Publication, Resolution, Step

NEAR_MIDNIGHT = 6 * 3600
"""Seconds from a UTC midnight within which the outlet's day may well be the neighbour's."""
OTHER_DAY = 0.2
"""The chance of the neighbour day then."""
HEAD = 600
"""Characters at the top of a text in which a dateline or an "Updated" line is looked for."""
TAIL = 300
"""The same at its end, for "Updated" lines only."""
ZONES = {
    "ET": "America/New_York",
    "EST": "America/New_York",
    "EDT": "America/New_York",
    "CT": "America/Chicago",
    "CST": "America/Chicago",
    "CDT": "America/Chicago",
    "MT": "America/Denver",
    "MST": "America/Denver",
    "MDT": "America/Denver",
    "PT": "America/Los_Angeles",
    "PST": "America/Los_Angeles",
    "PDT": "America/Los_Angeles",
    "GMT": "Europe/London",
    "BST": "Europe/London",
    "CET": "Europe/Paris",
    "CEST": "Europe/Paris",
    "MSK": "Europe/Moscow",
    "JST": "Asia/Tokyo",
    "AEST": "Australia/Sydney",
    "AEDT": "Australia/Sydney",
    "IRST": "Asia/Tehran",
}
"""Zone names that mean one place in a line of an outlet's own; IST, say, means three."""

# "Updated 8:40 p.m. ET", "Published Jan. 26, 2026 at 20:40 EST"; not "The game starts 8 p.m. ET".
_STAMP = re.compile(
    r"(?m)^[ \t]*(?:last |first )?(?:updated|published|posted|modified)\b[^\n]{0,60}?"
    r"\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m\.?)? ?(?P<zone>[A-Z]{2,4})\b",
    re.IGNORECASE,
)
# "LONDON, Jan 26 (Reuters) -", "TEHRAN, Monday —"; not "On Monday - a holiday - ...".
_DATELINE = re.compile(
    r"(?m)^[ \t]*[A-Z][A-Z .'-]{2,40}(?:, [A-Z][\w .]{1,20})?, "
    r"(?:(?P<weekday>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? (?P<day>\d{1,2}))"
    r"(?: \([^)\n]{1,40}\))? ?[-–—]",
)
_WEEKDAYS = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def settle(text: str, publication: Publication) -> tuple[Publication, tuple[Step, ...]]:
    """The publication on the outlet's clock where the text proves it, with the step that says so.

    Unchanged, with no step, when the zone is known already or the text is silent.
    """
    if publication.zone_known or not publication.has_clock:
        return publication, ()
    return _by_stamp(text, publication) or _by_dateline(text, publication) or (publication, ())


def stamped_zone(text: str) -> str | None:
    """The IANA zone of an "Updated 8:40 p.m. ET" line of the outlet's own; None without one."""
    match = _stamp(text)
    return None if match is None else ZONES[match["zone"].upper()]


def neighbour(publication: Publication) -> Publication | None:
    """The same moment on the other side of a near UTC midnight; None when the day is plain."""
    if publication.zone_known or not publication.has_clock:
        return None
    shift = _shift(publication)
    return replace(publication, point=Point(publication.point + shift)) if shift else None


def explained(resolution: Resolution, why: tuple[Step, ...]) -> Resolution:
    """`resolution` with the steps that settled the publication day, where it was counted from."""
    if not why or resolution.anchor is None or resolution.anchor.kind != "publication":
        return resolution
    return replace(resolution, derivation=(*why, *resolution.derivation))


def beside(found: tuple[Resolution, ...], others: tuple[Resolution, ...]) -> tuple[Resolution, ...]:
    """`found`, each with the reading of the same span in `others` as a candidate if it differs."""
    by_span = {each.span: each for each in others}
    return tuple(_beside(each, by_span.get(each.span)) for each in found)


def _beside(resolution: Resolution, other: Resolution | None) -> Resolution:
    if other is None or other.interval is None or other.interval == resolution.interval:
        return resolution
    if any(each.interval == other.interval for each in resolution.candidates):
        return resolution
    candidate = Candidate(
        interval=other.interval,
        calendar=other.calendar,
        confidence=round(resolution.confidence * OTHER_DAY, 3),
    )
    candidates = sorted((*resolution.candidates, candidate), key=lambda each: -each.confidence)
    says = "published near midnight UTC in a zone that nobody named: the day beside is possible"
    return replace(
        resolution,
        confidence=round(resolution.confidence * (1 - OTHER_DAY), 3),
        candidates=tuple(candidates),
        derivation=(*resolution.derivation, Step("zone", says)),
    )


def _shift(publication: Publication) -> int:
    clock = publication.point % SECONDS_A_DAY
    if clock < NEAR_MIDNIGHT:
        return -SECONDS_A_DAY
    return SECONDS_A_DAY if clock >= SECONDS_A_DAY - NEAR_MIDNIGHT else 0


def _by_stamp(text: str, publication: Publication) -> tuple[Publication, tuple[Step, ...]] | None:
    match = _stamp(text)
    if match is None:
        return None
    offset = offset_at(ZoneInfo(ZONES[match["zone"].upper()]), publication.point)
    local = Point(publication.point + offset)
    says = f"'{match['zone']}' in the line of the outlet's own says whose day it was published on"
    placed = replace(publication, point=local, offset=offset, zone_known=True)
    return placed, (Step("zone", says),)


def _stamp(text: str) -> re.Match[str] | None:
    """The "Updated" line with a zone that means one place."""
    match = _STAMP.search(text[:HEAD]) or _STAMP.search(text[-TAIL:])
    return match if match is not None and match["zone"].upper() in ZONES else None


def _by_dateline(
    text: str, publication: Publication
) -> tuple[Publication, tuple[Step, ...]] | None:
    match, shift = _DATELINE.search(text[:HEAD]), _shift(publication)
    if match is None:
        return None
    for moved in (0, shift):
        day = Day((publication.point + moved) // SECONDS_A_DAY)
        if _names(match, day):
            clock = publication.point - midnight(publication.day)
            placed = replace(publication, point=Point(midnight(day) + clock), zone_known=True)
            return placed, (Step("zone", "the dateline names the day it was published on"),)
    return None


def _names(match: re.Match[str], day: Day) -> bool:
    if match["weekday"]:
        return _WEEKDAYS.index(match["weekday"]) == weekday(day)
    there = GREGORIAN.from_day(day)
    return (_MONTHS.index(match["month"]) + 1, int(match["day"])) == (there.month, there.day)
