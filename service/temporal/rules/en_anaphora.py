"""English: what counts from the time last named ("the Sunday before", "a week after that")."""

from __future__ import annotations

from dataclasses import replace

from service.temporal.algebra import (
    After,
    Before,
    Here,
    Last,
    Leaf,
    Next,
    PartOf,
    This,
    TimeExpr,
    Undirected,
)
from service.temporal.grammar import Match, Meaning, Rulebook
from service.temporal.interval import Granularity
from service.temporal.parts import Part
from service.temporal.rules.en_days import ends_clause
from service.temporal.timex import TimexType
from service.temporal.units import Cycle, Period, Repeating, Unit

BASICS = Rulebook()
COMBINED = Rulebook()

_NAMED = Here(Leaf.NAMED)
_YEAR_BEFORE = {
    Unit.MONTH: Before(Period(Unit.MONTH, 12), _NAMED),
    Unit.WEEK: Before(Period(Unit.WEEK, 52), _NAMED),
}
_NOUN_FOLLOWS = frozenset(
    ["he", "she", "it", "they", "we", "you", "i", "the", "a", "an", "his", "her", "their", "its",
     "was", "were", "had", "did", "is", "came", "went", "when", "and", "but", "in", "on", "at",
     "to", "with", "as", "there", "both", "some", "two", "all", "no", "nobody", "everyone"]
)  # fmt: skip


# a week after that, two days before that; not "a week after that game"
@BASICS.rule("<amount> after that", "Measure? Amount (after|before) that", "DayRef")
def amount_after_that(match: Match) -> Meaning | None:
    """The day, week, month or year at that distance from the time last named."""
    amount = match.amount()
    if not _is_pronoun(match) or not amount.count.isdigit():
        return None
    shape = Before if match.has("before") else After
    expr = shape(Period(amount.unit, int(amount.count)), _NAMED)
    return _named(expr, amount.unit.granularity)


# the day after that, the Sunday before, the summer after that; not "the Sunday before the vote"
@BASICS.rule(
    "the <time> after that",
    "the (unit|weekend|quarter|season|dayname|monthname|daypart) (after|before) that",
    "DayRef",
)
@BASICS.rule(
    "the <weekday> before",
    "the (weekend|quarter|season|dayname|monthname) (after|before)",
    "DayRef",
)
def beside_that(match: Match) -> Meaning | None:
    """The first one after the time last named, or the last one before it."""
    fits = _is_pronoun(match) if match.has("that") else ends_clause(match)
    if fits and match.has("daypart"):
        return _part_beside(match)
    what = _what(match)
    if not fits or what is None:
        return None
    shape = Last if match.has("before") else Next
    return _named(shape(what, _NAMED), _granularity(what))


def _part_beside(match: Match) -> Meaning:
    """The part of the day before or after the one last named: "the night after that"."""
    shape = Last if match.has("before") else Next
    expr = PartOf(Part(match.string("daypart")), shape(Unit.DAY, _NAMED))
    return replace(_named(expr, Granularity.DAY_PART), type=TimexType.TIME)


# a year on, two weeks on; only between commas or at the start of a sentence
@BASICS.rule("<amount> on", "Measure? Amount on", "DayRef")
def amount_on(match: Match) -> Meaning | None:
    """The day, week, month or year at that distance after the time last named."""
    amount = match.amount()
    opens = match.text[:1].isupper() or match.before() in {",", "and", "but"}
    if not opens or match.after() != "," or not amount.count.isdigit():
        return None
    return _named(After(Period(amount.unit, int(amount.count)), _NAMED), amount.unit.granularity)


# Wednesday of that week, the Friday of the same week
@COMBINED.rule("<weekday> of that week", "the? Weekday (of|in) DayRef", "DayRef")
def weekday_of_that_week(match: Match) -> Meaning | None:
    """The weekday inside the week last named."""
    week, day = match.meaning("DayRef"), match.meaning("Weekday")
    if week.granularity is not Granularity.WEEK or week.expr is None:
        return None
    if not isinstance(day.expr, Undirected):
        return None
    return replace(_named(This(day.expr.what, week.expr), Granularity.DAY), confidence=0.8)


# the next Thursday, the previous Sunday, that Friday; without "the" it counts from publication
@BASICS.rule("the next <weekday>", "the next dayname", "DayRef")
@BASICS.rule("the previous <weekday>", "the previous dayname", "DayRef")
@BASICS.rule("that <weekday>", "(that same?|the same) (weekday|weekdaydot)", "DayRef")
def named_weekday(match: Match) -> Meaning:
    """The weekday after or before the time last named; "that" one may be the day itself."""
    what = Repeating(Cycle.WEEKDAY, match.number("dayname"))
    if match.has("previous"):
        return _named(Last(what, _NAMED), Granularity.DAY)
    including = not match.has("next")
    return _named(Next(what, _NAMED, including=including), Granularity.DAY)


# the next year, the next spring, the next quarter; in the news it counts from publication
@BASICS.rule("the next <unit>", "the next (oneunit|season|monthname)", "Span")
def next_in_passage(match: Match) -> Meaning | None:
    """The one after the time last named in narrative, else after publication."""
    what = _what(match)
    if what is None or what in {Unit.DAY, Unit.HOUR, Unit.MINUTE, Unit.SECOND}:
        return None
    return replace(_named(Next(what, Here(Leaf.PASSAGE)), _granularity(what)), confidence=0.8)


# the same month of the previous year, the same week last year; not "the same day last year"
@BASICS.rule(
    "the same <unit> last year",
    "the? same unit comma? (of|in)? the? (last|previous) unit",
    "Span",
)
@BASICS.rule("the same <unit> the year before", "the? same unit comma? the unit before", "Span")
@BASICS.rule(
    "the same <unit> a year ago", "the? same unit comma? Amount (ago|earlier|previous)", "Span"
)
def same_unit_of_last_year(match: Match) -> Meaning | None:
    """The unit that holds the time last named, a year before."""
    first, *others = match.all("unit")
    unit = Unit(str(first.value))
    yearly = bool(others) and others[0].value == "year"
    if match.has("Amount"):
        amount = match.amount()
        yearly = amount.unit is Unit.YEAR and amount.count == "1"
    if not yearly or unit not in _YEAR_BEFORE:
        return None
    return _named(_YEAR_BEFORE[unit], unit.granularity)


# 3 February 2016, a Wednesday; not "3 February 2016, a Wednesday paper said"
@COMBINED.rule("<day>, a <weekday>", "(Day|MonthDay) comma a Weekday", "Day")
def told_weekday(match: Match) -> Meaning | None:
    """The day; the weekday only says more of it, and may tell which year is meant."""
    day = match.meaning("day")
    following = match.scan.written(match.items[-1].until)
    if day.expr is None or (following[:1].isalpha() and following not in _NOUN_FOLLOWS):
        return None
    return replace(day, expr=_on_weekday(day.expr, match.meaning("Weekday").expr))


def _on_weekday(expr: TimeExpr, weekday: TimeExpr | None) -> TimeExpr:
    if not isinstance(expr, Undirected) or not isinstance(weekday, Undirected):
        return expr
    if not isinstance(expr.what, Repeating) or not isinstance(weekday.what, Repeating):
        return expr
    return replace(expr, what=replace(expr.what, weekday=weekday.what.number))


def _is_pronoun(match: Match) -> bool:
    """Whether "that" stands for the time itself: no noun of its own follows."""
    following = match.scan.written(match.items[-1].until)
    return not following[:1].islower() or following in _NOUN_FOLLOWS


def _what(match: Match) -> Unit | Repeating | None:
    """The unit, season, month or weekday that the words name."""
    if match.has("dayname"):
        return Repeating(Cycle.WEEKDAY, match.number("dayname"))
    if match.has("season"):
        return Repeating(Cycle.SEASON, match.number("season"))
    if match.has("monthname"):
        return Repeating(Cycle.MONTH, match.number("monthname"))
    item = match.find("unit") or match.find("weekend") or match.find("quarter")
    return None if item is None else Unit(str(item.value))


def _granularity(what: Unit | Repeating) -> Granularity:
    if isinstance(what, Unit):
        return what.granularity
    return {Cycle.SEASON: Granularity.SEASON, Cycle.MONTH: Granularity.MONTH}.get(
        what.cycle, Granularity.DAY
    )


def _named(expr: TimeExpr, granularity: Granularity) -> Meaning:
    return Meaning(
        says="counted from the time last named",
        expr=expr,
        granularity=granularity,
        confidence=0.75,
    )
