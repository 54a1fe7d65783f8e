"""Persian: parts of units ("avakhere dey", "payane sal") and the n-th of a unit."""

from __future__ import annotations

from dataclasses import replace

from service.temporal.algebra import After, Before, Between, Nth, PartOf, This, TimeExpr
from service.temporal.grammar import SETS, Match, Meaning, Rulebook
from service.temporal.interval import Granularity
from service.temporal.parts import Part
from service.temporal.rules.fa_days import ANY_MONTH, WEEK, YEAR
from service.temporal.timex import Calendar
from service.temporal.units import Cycle, Period, Repeating, Unit

PARTS = Rulebook()

SETS["fawhole"] = ("Month", "MonthOf", "Span", "Season", "Decade", "Year", "YearOf")
_FINE = {
    Granularity.MONTH: Granularity.MONTH_PART,
    Granularity.YEAR: Granularity.YEAR_PART,
    Granularity.WEEK: Granularity.DAY,
    Granularity.QUARTER: Granularity.MONTH_PART,
    Granularity.SEASON: Granularity.MONTH_PART,
}
_UNITS = {"week": This(WEEK), "month": This(ANY_MONTH), "year": This(YEAR)}
_SMALL: dict[str, Unit | Repeating] = {"day": Unit.DAY, "week": WEEK, "month": ANY_MONTH}


# avayele dey, nimeye dey, payane 1403, avakhere daheye 60; not "payane jang"
@PARTS.rule("late <unit>", "(early|mid|half|late|last) fawhole", "Part")
@PARTS.rule("late in the <unit>", "(early|mid|late|last) unit", "Part")
def part(match: Match) -> Meaning | None:
    """The third of the unit; "ta payane" is its last day."""
    whole = _whole(match)
    if whole is None or whole.expr is None:
        return None
    found = _part_word(match)
    ends = match.has("last") or (match.has("late") and match.string("late") == "end")
    if ends and match.before() == "تا":
        found = Part.LAST_DAY
    granularity = _FINE.get(whole.granularity, whole.granularity)
    if found is Part.LAST_DAY:
        granularity = Granularity.DAY
    return _made(PartOf(found, whole.expr), granularity, 0.9)


# ruzhaye payaniye sal, salhaye payaniye daheye 70
@PARTS.rule("the late <units> of <unit>", "units (early|mid|late) (fawhole|unit)", "Part")
def late_units(match: Match) -> Meaning | None:
    """As the part of the larger unit that the adjective names."""
    return part(match)


# nimeye dovvome dey
@PARTS.rule("<nth> half of <month>", "half fanth fawhole", "Part")
def half(match: Match) -> Meaning | None:
    """The first or second half of a month."""
    whole, number = match.meaning("fawhole"), match.number("fanth")
    if whole.granularity is not Granularity.MONTH or whole.expr is None or number not in {1, 2}:
        return None
    found = Part.FIRST_HALF if number == 1 else Part.SECOND_HALF
    return _made(PartOf(found, whole.expr), Granularity.MONTH_PART, 0.9)


# hafteye avvale dey, avvalin hafteye dey, akharin ruze dey
@PARTS.rule("<unit> <nth> of <unit>", "unit (fanth|last) fawhole", "Part")
@PARTS.rule("<nth> <unit> of <unit>", "(first|last) unit fawhole", "Part")
def nth_unit(match: Match) -> Meaning | None:
    """The n-th of the smaller unit inside the larger one."""
    whole, name = match.meaning("fawhole"), match.string("unit")
    if name not in _SMALL or whole.expr is None:
        return None
    small = Unit(name)
    if small.granularity >= whole.granularity:
        return None
    number = match.number("fanth") if match.has("fanth") else -1
    return _made(Nth(number, _inside(name, whole), whole.expr), small.granularity, 0.9)


# avvalin shanbeye azar, akharin jomeye dey
@PARTS.rule("<nth> <weekday> of <unit>", "(first|last) (Weekday|faweekday) (fawhole|unit)", "Day")
def nth_weekday(match: Match) -> Meaning | None:
    """The n-th such weekday inside the unit."""
    whole = _whole(match)
    day = match.items[1].value
    number = day if isinstance(day, int) else getattr(getattr(day, "expr", None), "what", None)
    what = number if isinstance(number, Repeating) else Repeating(Cycle.WEEKDAY, int(str(day)))
    if whole is None or whole.expr is None or whole.granularity <= Granularity.WEEK:
        return None
    expr = Nth(1 if match.has("first") else -1, what, whole.expr)
    return _made(expr, Granularity.DAY, 0.93)


# do hafteye avvale dey, se mahe nokhoste emsal
@PARTS.rule("<amount> <first> of <unit>", "Duration fanth fawhole|Duration last fawhole", "Part")
def amount_of_unit(match: Match) -> Meaning | None:
    """So many of the smaller unit from the start or the end of the larger one."""
    whole, value = match.meaning("fawhole"), match.meaning("Duration").value or ""
    name = {"D": "day", "W": "week", "M": "month"}.get(value[-1:])
    count = value[1:-1]
    if name is None or not count.isdigit() or whole.expr is None:
        return None
    if match.has("fanth") and match.number("fanth") != 1:
        return None
    ends = (1, int(count)) if match.has("fanth") else (-int(count), -1)
    what = _inside(name, whole)
    expr = Between(*(Nth(end, what, whole.expr) for end in ends))
    return _made(expr, Unit(name).granularity, 0.88)


# se ruz pas az 18 dey, do hafte pish az 22 bahman
@PARTS.rule("<amount> after <day>", "Duration (after|later|ago) from day", "DayRef")
def counted_from_day(match: Match) -> Meaning | None:
    """The day, week, month or year so far from the day named."""
    value, day = match.meaning("Duration").value or "", match.meaning("day").expr
    unit = {"D": Unit.DAY, "W": Unit.WEEK, "M": Unit.MONTH, "Y": Unit.YEAR}.get(value[-1:])
    clocked = value.startswith("PT")
    if unit is None or day is None or clocked or not value[1:-1].isdigit():
        return None
    shape = Before if match.has("ago") else After
    period = Period(unit, int(value[1:-1]), calendar=Calendar.SOLAR_HIJRI)
    return _made(shape(period, day), unit.granularity, 0.88)


def _whole(match: Match) -> Meaning | None:
    """The unit that the part is of: a named one, or the one under way ("payane sal")."""
    if match.has("fawhole"):
        whole = match.meaning("fawhole")
        return None if whole.granularity is Granularity.WEEKEND else replace(whole, latent=False)
    if match.has("unit"):
        tree = _UNITS.get(match.string("unit"))
        if tree is None:
            return None
        return Meaning(says="", expr=tree, granularity=Unit(match.string("unit")).granularity)
    return None


def _part_word(match: Match) -> Part:
    if match.has("early"):
        return Part.EARLY
    return Part.LATE if match.has("late") or match.has("last") else Part.MID


def _inside(name: str, whole: Meaning) -> Unit | Repeating:
    """Weeks of a month are counted by days; months are those of the year's calendar."""
    in_month = whole.granularity is Granularity.MONTH
    ours = getattr(whole.expr, "calendar", None) == "gregory"
    return Unit(name) if in_month or ours or name == "day" else _SMALL[name]


def _made(expr: TimeExpr, granularity: Granularity, confidence: float) -> Meaning:
    return Meaning(
        says="a part of a unit", expr=expr, granularity=granularity, confidence=confidence
    )
