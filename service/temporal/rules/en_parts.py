"""English: parts of units ("late December", "the end of the year") and the n-th of a unit."""

from __future__ import annotations

from dataclasses import dataclass, replace

from service.temporal.algebra import (
    Between,
    Date,
    Elapsed,
    Here,
    Leaf,
    Next,
    Nth,
    PartOf,
    Remaining,
    This,
    TimeExpr,
    Undirected,
    Years,
)
from service.temporal.grammar import SETS, Match, Meaning, Rulebook
from service.temporal.interval import Granularity
from service.temporal.parts import Part
from service.temporal.units import Cycle, Repeating, Unit

PARTS = Rulebook()

SETS["whole"] = (
    "Month", "MonthOf", "Span", "Season", "Quarter", "Decade", "Year", "YearOf", "TheUnit",
)  # fmt: skip
SETS["daylike"] = ("Day", "MonthDay", "Weekday", "DayRef")
_FINE = {
    Granularity.MONTH: Granularity.MONTH_PART,
    Granularity.YEAR: Granularity.YEAR_PART,
    Granularity.WEEK: Granularity.DAY,
    Granularity.QUARTER: Granularity.MONTH_PART,
    Granularity.SEASON: Granularity.MONTH_PART,
    Granularity.DAY: Granularity.DAY_PART,
}


@dataclass(frozen=True, slots=True)
class Whole:
    """The unit that an expression is a part of: its meaning and its tree."""

    meaning: Meaning
    tree: TimeExpr


_EDGES = ("midway", "begin", "middle", "end", "early", "mid", "late", "latter")
_INTO_MIDDLE = frozenset(["at", "by", "in", "since", "until", "till", "from", "around", "about"])
_COUNTED = frozenset(["days", "day", "weeks", "week", "no", "not"])
_DAY_PARTS = frozenset(["morning", "afternoon", "evening", "night"])


# late December, early 2026, mid-2025, the early 1990s, late last year; not "early people"
@PARTS.rule("late <unit>", "the? (early|mid|late) hyphen? (in|on)? (the? whole|daylike)", "Part")
def part(match: Match) -> Meaning | None:
    """The third of the unit."""
    whole = _whole(match)
    if whole is None:
        return None
    if match.has("daylike") and match.after() in _DAY_PARTS:
        return None
    found = _part(_part_word(match, ("early", "mid", "late")), whole)
    decade = whole.tree
    if match.has("early") and isinstance(decade, Years) and decade.first % 100 == 0:
        return replace(found, others=(Between(Date(decade.first), Date(decade.first + 4)),))
    return found


# the mid-to-late 1980s, early to mid 2010; not "early to bed"
@PARTS.rule(
    "mid-to-late <unit>", "the? (early|mid) hyphen? to hyphen? (mid|late) hyphen? (whole)", "Part"
)
def parts_joined(match: Match) -> Meaning | None:
    """From the one part of the unit to the other."""
    whole = _whole(match)
    first = Part.EARLY if match.has("early") else Part.MID
    last = Part.LATE if match.has("late") else Part.MID
    if whole is None or first is last:
        return None
    expr = Between(PartOf(first, whole.tree), PartOf(last, whole.tree))
    return _meaning(expr, whole, "two parts of the unit")


# the beginning of March, the end of the year, by the end of March; not "the end of the war"
@PARTS.rule("the end of <unit>", "(the|a)? (begin|middle|end) of (whole|DayRef)", "Part")
@PARTS.rule("end-<unit>", "end hyphen (Month|MonthOf|Year)", "Part")
@PARTS.rule("midway through <unit>", "midway (through|in|into) (whole|DayRef)", "Part")
@PARTS.rule(
    "the early part of <unit>", "the? (early|mid|late|latter) portion of (whole|DayRef)", "Part"
)
def edge(match: Match) -> Meaning | None:
    """As early and late; "by the end of" is the last day."""
    whole = _whole(match)
    if whole is None:
        return None
    found = _part_word(match, _EDGES)
    daily = whole.meaning.granularity is Granularity.DAY
    if daily and (match.has("TheUnit") or match.has("DayRef")):
        return None
    if found is Part.LATE and match.before() == "by":
        found = Part.LAST_DAY
    return _part(found, whole)


# the opening days of 2025, the closing weeks of March, the final months of the year
@PARTS.rule(
    "the first <units> of <unit>",
    "the? (opening|closing|last|final|early|ordinal) units of (whole)",
    "Part",
)
def edge_units(match: Match) -> Meaning | None:
    """The early or the late part of the unit, told in smaller ones."""
    whole = _whole(match)
    if whole is None or Unit(match.string("units")).granularity >= whole.meaning.granularity:
        return None
    early = match.has("early") or (match.has("opening") and match.string("opening") == "early")
    if match.has("ordinal") and match.number("ordinal") != 1:
        return None
    first = early or match.has("ordinal")
    return _part(Part.EARLY if first else Part.LATE, whole)


# earlier this year, later this week; not "later that day", which names the day
@PARTS.rule("earlier <this unit>", "(earlier|later) (in|on)? Span", "Part")
@PARTS.rule("earlier in the <unit>", "(earlier|later) in TheUnit", "Part")
def cut(match: Match) -> Meaning | None:
    """What of the unit lies before or after publication."""
    whole = _whole(match)
    if whole is None:
        return None
    shape = Elapsed if match.has("earlier") else Remaining
    expr = shape(whole.tree)
    return _meaning(expr, whole, "what of the unit lies on that side of publication")


# earlier Sunday, later yesterday; the same day, for the engine tells no hours apart
@PARTS.rule("earlier <day>", "(earlier|later) (in|on)? daylike", "DayRef")
def earlier_day(match: Match) -> Meaning | None:
    """The day, some hours before or after what was told; what of "that year" lies on that side."""
    found = match.meaning("daylike")
    if match.before() in _COUNTED or found.expr is None:
        return None
    if found.granularity is Granularity.DAY:
        return found
    shape = Elapsed if match.has("earlier") else Remaining
    return _meaning(shape(found.expr), Whole(found, found.expr), "what of the unit named is meant")


# year-end 1990, the 1990 year-end
@PARTS.rule("<unit> end <year>", "unit hyphen? end (of|comma)? Year", "Part")
@PARTS.rule("<year> <unit> end", "Year unit hyphen? end", "Part")
def dated_end(match: Match) -> Meaning | None:
    """The end of the year named."""
    year = match.meaning("Year")
    if match.string("unit") != "year" or year.expr is None:
        return None
    part = Part.LAST_DAY if match.before() == "by" else Part.LATE
    return _part(part, Whole(replace(year, latent=False), year.expr))


# at mid-year, by midyear, in mid-month; not "the mid-year review"
@PARTS.rule("mid-<unit>", "mid hyphen unit|midunit", "Part")
def middle(match: Match) -> Meaning | None:
    """The middle of the unit under way."""
    unit = Unit(match.string("midunit" if match.has("midunit") else "unit"))
    if unit not in {Unit.WEEK, Unit.MONTH, Unit.YEAR} or match.before() not in _INTO_MIDDLE:
        return None
    expr = This(unit, Here(Leaf.PASSAGE))
    says = f"the {unit.value} under way"
    whole = Meaning(says=says, expr=expr, granularity=unit.granularity, confidence=0.8)
    return _part(Part.MID, Whole(whole, expr))


# by year end, at year's end, week's end, quarter's end; not "the year-end sale"
@PARTS.rule("<unit>'s end", "(unit|quarter) (poss|hyphen)? end", "Part")
def unit_end(match: Match) -> Meaning | None:
    """The end of the unit under way."""
    unit = Unit(str(match.items[0].value))
    whole_week = unit is Unit.WEEK and match.has("poss")
    long = unit in {Unit.YEAR, Unit.QUARTER, Unit.MONTH} or whole_week
    if not long or match.before() in {"the", "a", "fiscal", "this"}:
        return None
    whole = Meaning(
        says=f"the {unit.value} under way",
        expr=This(unit, Here(Leaf.PASSAGE)),
        granularity=unit.granularity,
        confidence=0.85,
    )
    part = Part.LAST_DAY if match.before() == "by" else Part.LATE
    return _part(part, Whole(whole, This(unit, Here(Leaf.PASSAGE))))


# by end of month, end of year; not "end of days"
@PARTS.rule("end of <unit>", "the? (begin|end) of (unit|quarter)", "Part")
def bare_edge(match: Match) -> Meaning | None:
    """As "the end of the month", in notes."""
    unit = Unit(str(match.items[-1].value))
    if unit not in {Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR}:
        return None
    if match.before() in {"this", "a"} or match.after()[:1].isdigit():
        return None
    expr = This(unit, Here(Leaf.PASSAGE))
    says = f"the {unit.value} under way"
    whole = Meaning(says=says, expr=expr, granularity=unit.granularity, confidence=0.8)
    part = Part.LATE if match.has("end") else Part.EARLY
    if part is Part.LATE and match.before() == "by":
        part = Part.LAST_DAY
    return _part(part, Whole(whole, expr))


# the rest of the year, the remainder of 2026
@PARTS.rule("the rest of <unit>", "the? rest of (whole)", "Part")
def rest(match: Match) -> Meaning | None:
    """What of the unit lies from publication on."""
    whole = _whole(match)
    if whole is None:
        return None
    return _meaning(Remaining(whole.tree), whole, "what of the unit is left")


# the first half of the year, second half of March, first half of last year
@PARTS.rule("<nth> half of <unit>", "the? (nth|last|final|latter) half of (whole)", "Part")
def half(match: Match) -> Meaning | None:
    """The first or second half of the unit."""
    whole = _whole(match)
    if whole is None:
        return None
    later = any(match.has(name) for name in ("last", "final", "latter"))
    second = later or match.number("nth") == 2
    if not second and match.number("nth") != 1:
        return None
    if whole.meaning.granularity is Granularity.YEAR:
        what = Repeating(Cycle.HALF_YEAR, 2 if second else 1)
        return _plain(Nth(1, what, whole.tree), Unit.HALF_YEAR, 0.85)
    return _part(Part.SECOND_HALF if second else Part.FIRST_HALF, whole)


# the first week of March, the opening day of 2025, the first full week of March
@PARTS.rule(
    "<nth> <unit> of <unit>",
    "the? (nth|last|final|opening) (unit|weekend|quarter) (of|in) (whole)",
    "Part",
)
@PARTS.rule("<nth> full <unit> of <unit>", "the? (nth) full unit (of|in) (whole)", "Part")
def nth_unit(match: Match) -> Meaning | None:
    """The n-th of the smaller unit inside the larger one."""
    whole = _whole(match)
    small = next(item for item in match.items if item.value in {*_SMALL})
    unit = Unit(str(small.value))
    if whole is None or unit.granularity >= whole.meaning.granularity:
        return None
    number = match.number("nth") if match.has("nth") else -1
    if match.has("opening") and match.string("opening") == "early":
        number = 1
    what = Repeating(Cycle.WEEK, 0) if match.has("full") and unit is Unit.WEEK else unit
    return _plain(Nth(number, what, whole.tree), unit, 0.9)


_SMALL = ("day", "week", "weekend", "month", "quarter", "year", "decade")


# the first quarter of the 20th century, the last quarter of the 1800s; of a year it is a Span
@PARTS.rule("<nth> quarter of <century>", "Quarter (of|in) Span", "Part")
def quarter_of_century(match: Match) -> Meaning | None:
    """Twenty-five years."""
    span, quarter = match.meaning("Span"), match.meaning("Quarter").expr
    what = quarter.what if isinstance(quarter, Undirected) else None
    if span.expr is None or not isinstance(what, Repeating):
        return None
    if span.granularity is not Granularity.CENTURY:
        return None
    last = 25 * what.number
    expr = Between(Nth(last - 24, Unit.YEAR, span.expr), Nth(last, Unit.YEAR, span.expr))
    return _meaning(expr, Whole(span, span.expr), "twenty-five years of a century")


# the first three months of 2025, the last two weeks of March
@PARTS.rule("the first <amount> of <unit>", "(FirstAmount|LastAmount) (of|in) (whole)", "Part")
def amount_of_unit(match: Match) -> Meaning | None:
    """So many of the smaller unit from the start or the end of the larger one."""
    whole = _whole(match)
    first = match.has("FirstAmount")
    amount = match.amount("FirstAmount" if first else "LastAmount")
    if whole is None or not amount.count.isdigit() or amount.count == "0":
        return None
    count = int(amount.count)
    ends = (1, count) if first else (-count, -1)
    if amount.unit is Unit.QUARTER and count == 2 and whole.meaning.granularity is Granularity.YEAR:
        what = Repeating(Cycle.HALF_YEAR, 1 if first else 2)
        return _plain(Nth(1, what, whole.tree), Unit.HALF_YEAR, 0.88)
    expr = Between(*(Nth(end, amount.unit, whole.tree) for end in ends))
    return _plain(expr, amount.unit, 0.88)


# the first Monday of March, the last Friday in May 2025
@PARTS.rule("<nth> <weekday> of <unit>", "the? (nth|last) Weekday (of|in) (whole)", "Day")
@PARTS.rule("the last <weekday> of <unit>", "the DayRef (of|in) (whole)", "Day")
def nth_weekday(match: Match) -> Meaning | None:
    """The n-th such weekday inside the unit."""
    whole = _whole(match)
    day = match.meaning("Weekday" if match.has("Weekday") else "DayRef").expr
    what = getattr(day, "what", None)
    if whole is None or not isinstance(what, Repeating):
        return None
    number = match.number("nth") if match.has("nth") else -1
    return _plain(Nth(number, what, whole.tree), Unit.DAY, 0.93)


# the turn of the year, the turn of the century
@PARTS.rule("the turn of <unit>", "the? turn of (TheUnit|Year)", "Part")
def turn(match: Match) -> Meaning | None:
    """21 December to 10 January around the year's start; only for years."""
    whole = _whole(match)
    if whole is None or whole.meaning.granularity is not Granularity.YEAR:
        return None
    december = Undirected(Repeating(Cycle.MONTH, 12))
    january = Repeating(Cycle.MONTH, 1)
    if isinstance(whole.tree, Date):
        december_of: TimeExpr = Date(whole.tree.year - 1, 12)
        first_of: TimeExpr = Date(whole.tree.year, 1)
    else:
        december_of, first_of = december, Next(january, december)
    expr = Elapsed(Between(PartOf(Part.LATE, december_of), PartOf(Part.EARLY, first_of)))
    return Meaning(
        says="the days around the start of the year",
        expr=expr,
        granularity=Granularity.MONTH_PART,
        confidence=0.75,
    )


def _next(what: Repeating, of: TimeExpr) -> TimeExpr:
    from service.temporal.algebra import Next

    return Next(what, of)


def _whole(match: Match) -> Whole | None:
    """The unit that the match holds; None when it has no place on the line."""
    found = match.meaning("whole" if match.has("whole") else "daylike")
    return None if found.expr is None else Whole(found, found.expr)


def _part_word(match: Match, classes: tuple[str, ...]) -> Part:
    name = next(each for each in classes if match.has(each))
    return Part(match.string(name))


def _part(found: Part, whole: Whole) -> Meaning:
    granularity = _FINE.get(whole.meaning.granularity, whole.meaning.granularity)
    if found is Part.LAST_DAY:
        granularity = Granularity.DAY
    return Meaning(
        says=f"the part '{found.value}' of {whole.meaning.says}",
        expr=PartOf(found, whole.tree),
        others=tuple(PartOf(found, each) for each in whole.meaning.others),
        granularity=granularity,
        confidence=round(whole.meaning.confidence * 0.97, 3),
    )


def _meaning(expr: TimeExpr, whole: Whole, says: str) -> Meaning:
    return Meaning(
        says=says,
        expr=expr,
        granularity=_FINE.get(whole.meaning.granularity, whole.meaning.granularity),
        confidence=round(whole.meaning.confidence * 0.95, 3),
    )


def _plain(expr: TimeExpr, unit: Unit, confidence: float) -> Meaning:
    return Meaning(
        says=f"a {unit.value} inside a unit",
        expr=expr,
        granularity=unit.granularity,
        confidence=confidence,
    )
