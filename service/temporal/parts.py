"""Parts of units and of days, by the conventions of docs/conventions.md."""

from __future__ import annotations

from enum import StrEnum

from service.temporal.calendars import GREGORIAN, system
from service.temporal.interval import Day, Granularity, Interval, Point, days, instant, midnight
from service.temporal.timex import Calendar


class Part(StrEnum):
    """A named part: thirds and halves of units, first and last second, then parts of the day."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"
    LAST_DAY = "last_day"
    START = "start"
    END = "end"
    FIRST_HALF = "first_half"
    SECOND_HALF = "second_half"
    MORNING = "morning"
    MIDDAY = "midday"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"
    DAYTIME = "daytime"


# First and last hour (the last one not included) of the part, counted from its day's midnight; a
# night belongs to the evening it starts on.
_HOURS = {
    Part.MORNING: (5, 12),
    Part.MIDDAY: (11, 13),
    Part.AFTERNOON: (12, 18),
    Part.EVENING: (17, 24),
    Part.NIGHT: (18, 30),
    Part.DAYTIME: (6, 18),
}
# TIMEX3 labels of the parts (TimeML 1.2.1, section 2.2.3).
DAY_PART_CODES = {
    Part.MORNING: "MO",
    Part.MIDDAY: "MI",
    Part.AFTERNOON: "AF",
    Part.EVENING: "EV",
    Part.NIGHT: "NI",
    Part.DAYTIME: "DT",
}
MODS = {
    Part.EARLY: "START",
    Part.MID: "MID",
    Part.LATE: "END",
    Part.LAST_DAY: "END",
}
_THIRDS = {
    Granularity.SEASON: Granularity.MONTH_PART,
    Granularity.QUARTER: Granularity.MONTH_PART,
    Granularity.YEAR: Granularity.YEAR_PART,
}
_HALVES = (Part.FIRST_HALF, Part.SECOND_HALF)
_SECONDS = (Part.START, Part.END)


def is_day_part(part: Part) -> bool:
    """Whether the part is one of the day."""
    return part in _HOURS


def part_of(part: Part, whole: Interval, calendar: Calendar = Calendar.GREGORIAN) -> Interval:
    """The part of `whole`, of a year in months of its own calendar.

    Raises ValueError when the whole is open or too short to have it.
    """
    if whole.start is None or whole.end is None:
        raise ValueError(f"an open stretch has no part '{part.value}'")
    if part in _HOURS:
        return _hours(part, Day(whole.start // 86_400))
    if part in _SECONDS:
        return instant(whole.start if part is Part.START else Point(whole.end - 1))
    first, last = Day(whole.start // 86_400), Day((whole.end - 1) // 86_400)
    if part is Part.LAST_DAY:
        return days(last, last)
    if calendar is not Calendar.GREGORIAN and whole.granularity is Granularity.YEAR:
        return _third_of_year(part, first, calendar)
    if calendar is not Calendar.GREGORIAN and whole.granularity is Granularity.DECADE:
        return _third_of_decade(part, first, calendar)
    return _stretch(part, first, last, whole.granularity)


def _stretch(part: Part, first: Day, last: Day, of: Granularity) -> Interval:
    if part in _HALVES:
        return _half(part, first, last, of)
    match of:
        case Granularity.DAY:
            return _third_of_day(part, first)
        case Granularity.MONTH:
            return _third_of_month(part, first, last)
        case Granularity.SEASON | Granularity.QUARTER if GREGORIAN.from_day(first).day == 1:
            return _third_by_months(part, first, last, of)
        case Granularity.YEAR | Granularity.DECADE | Granularity.CENTURY | Granularity.MILLENNIUM:
            return _third_by_months(part, first, last, of)
        case _:
            return _third_by_days(part, first, last, of)


def _hours(part: Part, day: Day) -> Interval:
    start, until = _HOURS[part]
    zero = midnight(day)
    return Interval(
        start=Point(zero + start * 3600),
        end=Point(zero + until * 3600),
        granularity=Granularity.DAY_PART,
    )


def _third_of_day(part: Part, day: Day) -> Interval:
    """Early on Tuesday, midday, late on Tuesday: 8 hours each."""
    index = (Part.EARLY, Part.MID, Part.LATE).index(part)
    start = midnight(day) + index * 8 * 3600
    return Interval(
        start=Point(start), end=Point(start + 8 * 3600), granularity=Granularity.DAY_PART
    )


def _third_of_year(part: Part, first: Day, calendar: Calendar) -> Interval:
    """Four months each, in the calendar that the year is counted in."""
    months = system(calendar)
    year = months.from_day(first).year
    index = (Part.EARLY, Part.MID, Part.LATE).index(part)
    start = months.to_day(year, index * 4 + 1, 1)
    until = months.to_day(year + (index == 2), (index * 4 + 4) % 12 + 1, 1)
    return days(start, Day(until - 1), Granularity.YEAR_PART)


def _third_of_decade(part: Part, first: Day, calendar: Calendar) -> Interval:
    """Years 0 to 3, 4 to 6, 7 to 9, in the calendar that the decade is counted in."""
    years = system(calendar)
    year = years.from_day(first).year
    edges = (0, 4, 7, 10)
    index = (Part.EARLY, Part.MID, Part.LATE).index(part)
    start, until = (years.to_day(year + edges[index + step], 1, 1) for step in (0, 1))
    return days(start, Day(until - 1), Granularity.DECADE)


def _third_of_month(part: Part, first: Day, last: Day) -> Interval:
    """1 to 10, 11 to 20, 21 to the end, in any calendar."""
    if part is Part.EARLY:
        return days(first, Day(first + 9), Granularity.MONTH_PART)
    if part is Part.MID:
        return days(Day(first + 10), Day(first + 19), Granularity.MONTH_PART)
    return days(Day(first + 20), last, Granularity.MONTH_PART)


def _third_by_months(part: Part, first: Day, last: Day, of: Granularity) -> Interval:
    """Thirds of a season, a quarter or a year at months; of a decade and longer ones at years.

    "The early 2000s" is 2000 to 2003: 10 years are cut 4, 3, 3, as people leave the turn early.
    """
    granularity = _THIRDS.get(of, of)
    begin = GREGORIAN.from_day(first)
    begin_month = begin.year * 12 + begin.month - 1
    end = GREGORIAN.from_day(Day(last + 1))
    count = end.year * 12 + end.month - 1 - begin_month
    cuts = {
        Granularity.SEASON: (1, 2),
        Granularity.QUARTER: (1, 2),
        Granularity.YEAR: (4, 8),
        Granularity.DECADE: (48, 84),
        Granularity.CENTURY: (396, 804),
        Granularity.MILLENNIUM: (3996, 8004),
    }[of]
    edges = (0, *cuts, count)
    index = (Part.EARLY, Part.MID, Part.LATE).index(part)
    shift = begin.day - 1
    start, until = (
        GREGORIAN.to_day(*divmod_month(begin_month + edge), 1) + shift
        for edge in (edges[index], edges[index + 1])
    )
    last_day = last if index == 2 else Day(until - 1)
    return days(Day(start), last_day, granularity)


def divmod_month(months: int) -> tuple[int, int]:
    """Year and month (1 to 12) of a count of months since the start of year 0."""
    year, index = divmod(months, 12)
    return year, index + 1


def _third_by_days(part: Part, first: Day, last: Day, of: Granularity) -> Interval:
    length = last - first + 1
    if length < 3:
        raise ValueError(f"{length} days are too short for '{part.value}'")
    edges = (0, length // 3 + (length % 3 > 1), length - length // 3, length)
    index = (Part.EARLY, Part.MID, Part.LATE).index(part)
    granularity = Granularity.MONTH_PART if of >= Granularity.MONTH else Granularity.DAY
    return days(Day(first + edges[index]), Day(first + edges[index + 1] - 1), granularity)


def _half(part: Part, first: Day, last: Day, of: Granularity) -> Interval:
    begin, until = GREGORIAN.from_day(first), GREGORIAN.from_day(Day(last + 1))
    count = (until.year - begin.year) * 12 + until.month - begin.month
    if count > 1 and count % 2 == 0:
        half = begin.year * 12 + begin.month - 1 + count // 2
        middle = Day(GREGORIAN.to_day(*divmod_month(half), 1) + begin.day - 1)
    else:
        middle = Day(first + (15 if of is Granularity.MONTH else (last - first + 1) // 2))
    granularity = Granularity.HALF_YEAR if of is Granularity.YEAR else of
    if of is Granularity.MONTH:
        granularity = Granularity.MONTH_PART
    if part is Part.FIRST_HALF:
        return days(first, Day(middle - 1), granularity)
    return days(middle, last, granularity)
