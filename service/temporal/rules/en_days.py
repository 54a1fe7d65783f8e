"""English: days by weekday, by month and day, and by today."""

from __future__ import annotations

from dataclasses import replace

from service.temporal.algebra import (
    After,
    Before,
    Date,
    Here,
    Last,
    Leaf,
    Next,
    Nth,
    This,
    TimeExpr,
    Undirected,
)
from service.temporal.calendars import system
from service.temporal.cues import is_past
from service.temporal.grammar import Match, Meaning, Rulebook
from service.temporal.interval import Granularity
from service.temporal.lexicon import cues
from service.temporal.parts import DAY_PART_CODES, Part
from service.temporal.timex import Calendar, TimexType
from service.temporal.units import Cycle, Period, Repeating, Unit

BASICS = Rulebook()
COMBINED = Rulebook()

_TODAY = Here()
_NAMED = Here(Leaf.NAMED)
_CUES = cues("en")


# Tuesday, Tues.; not "Sun" or "Wed" without the dot
@BASICS.rule("<weekday>", "weekday|weekdaydot", "Weekday")
def bare_weekday(match: Match) -> Meaning | None:
    """The one that tense decides."""
    following = match.scan.written(match.items[-1].until)
    if _CUES.has("names_before", match.before()) or _is_any(match):
        return None
    if following[:1].isupper() and (
        match.before() == "the" or _CUES.has("names_after", following.lower())
    ):
        return None
    expr = Undirected(_weekday(match))
    return Meaning(says="a bare weekday", expr=expr, confidence=0.9)


# last Tuesday, this past Sunday; not "the last Tuesday of March"
@BASICS.rule("last <weekday>", "(this? past|last|previous) dayname", "DayRef")
def last_weekday(match: Match) -> Meaning:
    """Strictly before publication day."""
    return Meaning(says="the last one", expr=Last(_weekday(match)), confidence=0.9)


# next Tuesday, this coming Friday; the one of next week is another reading
@BASICS.rule("next <weekday>", "(this? coming|next) dayname", "DayRef")
def next_weekday(match: Match) -> Meaning:
    """Strictly after publication day."""
    weekday = _weekday(match)
    others: tuple[TimeExpr, ...] = ()
    if match.has("next"):
        others = (Next(weekday, Next(weekday)),)
    return Meaning(
        says="the next one", expr=Next(weekday), others=others, others_within=3, confidence=0.85
    )


# this Tuesday; not "this Tuesday's child"
@BASICS.rule("this <weekday>", "(this|current) dayname", "DayRef")
def this_weekday(match: Match) -> Meaning:
    """The one of the week of publication."""
    return Meaning(says="the one of this week", expr=This(_weekday(match)), confidence=0.85)


# every Tuesday, each Friday, on Sundays; not "Sunday's"
@BASICS.rule("every <weekday>", "every alternate? dayname", "Set")
@BASICS.rule("every <weekday> <day part>", "every alternate? dayname daypart", "Set")
@BASICS.rule("<weekday> <day parts>", "weekday dayparts", "Set")
@BASICS.rule("<weekdays>", "weekdays", "Set")
def weekdays(match: Match) -> Meaning:
    """A day that comes round."""
    number = match.number("weekdays" if match.has("weekdays") else "dayname")
    return Meaning(
        says="a weekday that comes round",
        type=TimexType.SET,
        value=f"XXXX-WXX-{number + 1}{_part_letters(match)}",
        quant="EVERY",
        freq=None,
        confidence=0.9,
    )


# December 7, Dec. 7th; not "May 2026"
@BASICS.rule("<month> <day>", "monthname the? mday", "MonthDay")
@BASICS.rule("<day> <month>", "(the? nth of?|plainday of?) monthname", "MonthDay")
def month_day(match: Match) -> Meaning | None:
    """The one that tense decides."""
    month, day = match.number("monthname"), match.number("mday")
    if not _fits(2000, month, day):
        return None
    weekday = match.number("dayname") if match.has("dayname") else None
    repeating = Repeating(Cycle.MONTH_DAY, month, day, weekday=weekday)
    return Meaning(says="a day without a year", expr=Undirected(repeating), confidence=0.98)


# last Oct. 23, next March 5
@BASICS.rule("last <month> <day>", "(last|next) monthname mday", "Day")
def directed_day(match: Match) -> Meaning | None:
    """The last such day before publication, or the next one after it."""
    month, day = match.number("monthname"), match.number("mday")
    if not _fits(2000, month, day):
        return None
    what = Repeating(Cycle.MONTH_DAY, month, day)
    expr = Last(what) if match.has("last") else Next(what)
    return Meaning(says="a day near publication", expr=expr, confidence=0.93)


# Tuesday, Jan. 27; Tuesday the 27th of January; not "Tuesday 27 people"
BASICS.add(
    "<weekday> <month> <day>",
    "dayname comma? the? monthname the? mday",
    "MonthDay",
    month_day,
)
BASICS.add(
    "<weekday> <day> <month>",
    "dayname comma? the? mday of? monthname",
    "MonthDay",
    month_day,
)


# 7 December 2025, the 7th of December, 2025, Sunday, December 7, 2025; not "31 June 2025"
@BASICS.rule(
    "<month> <day> <year>",
    "(dayname comma?)? monthname the? mday comma? (year|of year|in year)",
    "Day",
)
@BASICS.rule("<month>-<day>-<year>", "monthname (hyphen|slash) mday (hyphen|slash) year", "Day")
@BASICS.rule("<day>/<month>/<year>", "mday slash monthname slash year", "Day")
@BASICS.rule("<year>-<month>-<day>", "year (hyphen|slash) monthname (hyphen|slash) mday", "Day")
@BASICS.rule(
    "<day> <month> <year>",
    "(dayname comma?)? the? mday hyphen? of? monthname hyphen? (comma|of|in)? year",
    "Day",
)
def full_date(match: Match) -> Meaning | None:
    """The day."""
    year, month, day = match.number("year"), match.number("monthname"), match.number("mday")
    if not _fits(year, month, day):
        return None
    return Meaning(says="a full date", expr=Date(year, month, day), confidence=0.98)


# 12 Bahman 1404, Bahman 12, 1404; not "12 Bahman"
@BASICS.rule("<day> <solar month> <year>", "the? mday of? solarmonth comma? year solarera?", "Day")
@BASICS.rule("<solar month> <day> <year>", "solarmonth mday comma? year solarera?", "Day")
def solar_date(match: Match) -> Meaning | None:
    """The day in the Solar Hijri calendar."""
    year, month, day = match.number("year"), match.number("solarmonth"), match.number("mday")
    calendar = Calendar.SOLAR_HIJRI
    if year > 1500 or not 1 <= day <= system(calendar).month_length(year, month):
        return None
    expr = Date(year, month, day, calendar)
    return Meaning(says="a full date of the Solar Hijri calendar", expr=expr, confidence=0.97)


# 22 Bahman, Bahman 22; not "Mehr news"
@BASICS.rule("<day> <solar month>", "the? mday of? solarmonth", "MonthDay")
@BASICS.rule("<solar month> <day>", "solarmonth mday", "MonthDay")
def solar_month_day(match: Match) -> Meaning | None:
    """The one that tense decides, in the Solar Hijri calendar."""
    month, day = match.number("solarmonth"), match.number("mday")
    if not 1 <= day <= 31 - (month > 6):
        return None
    repeating = Repeating(Cycle.MONTH_DAY, month, day, Calendar.SOLAR_HIJRI)
    return Meaning(says="a day without a year", expr=Undirected(repeating), confidence=0.85)


# today, yesterday, tomorrow; not "USA Today"
@BASICS.rule("<today>", "deictic", "DayRef")
def deictic(match: Match) -> Meaning | None:
    """Publication day or its neighbour."""
    away = match.number("deictic")
    if _CUES.has("names_before", match.before()) or _is_broadcast(match):
        return None
    if away == 0:
        return Meaning(says="publication day", expr=_TODAY, confidence=0.95)
    shape = After if away > 0 else Before
    expr = shape(Period(Unit.DAY, 1), _TODAY)
    return Meaning(says="the neighbour of publication day", expr=expr, confidence=0.96)


# the day before yesterday, the day after tomorrow
@BASICS.rule("the day before <yesterday>", "the? unit (before|after) deictic", "DayRef")
def beyond(match: Match) -> Meaning | None:
    """Two days away."""
    away = match.number("deictic")
    if match.string("unit") != "day" or away == 0 or match.has("after") != (away > 0):
        return None
    shape = After if away > 0 else Before
    expr = shape(Period(Unit.DAY, 2), _TODAY)
    return Meaning(says="two days from publication day", expr=expr, confidence=0.96)


# that day, the same day; counts from the time last named
@BASICS.rule("that day", "(that same?|the same) (unit|weekend)", "DayRef")
def same_unit(match: Match) -> Meaning | None:
    """The unit that holds the time last named."""
    unit = Unit(str(match.items[-1].value))
    if unit in {Unit.HOUR, Unit.MINUTE}:
        return None
    return _named(unit, This(unit, _NAMED), "the one last named")


# the following day, the next day, the previous month; counts from the time last named
@BASICS.rule("the following <unit>", "the following (unit|weekend|quarter|dayname)", "DayRef")
@BASICS.rule("following <weekday>", "following dayname", "DayRef")
@BASICS.rule("the next day", "(the next) unit", "DayRef")
@BASICS.rule("the day after", "the unit after", "DayRef")
def following(match: Match) -> Meaning | None:
    """The one after the time last named."""
    if match.has("dayname"):
        return _named(Unit.DAY, Next(_weekday(match), _NAMED), "the one after the time last named")
    unit = Unit(str(match.items[2 if match.has("following") or match.has("next") else 1].value))
    if match.has("next") and unit is not Unit.DAY:
        return None
    if match.has("after") and not ends_clause(match):
        return None
    return _named(unit, Next(unit, _NAMED), "the one after the time last named")


# the previous day, the day before, the year before; not "the day before the vote"
@BASICS.rule("the previous <unit>", "the previous (unit|weekend|quarter)", "DayRef")
@BASICS.rule("the <unit> before", "the unit before", "DayRef")
def preceding(match: Match) -> Meaning | None:
    """The one before the time last named."""
    unit = Unit(str(match.items[2 if match.has("previous") else 1].value))
    if match.has("before") and not ends_clause(match):
        return None
    return _named(unit, Last(unit, _NAMED), "the one before the time last named")


# that summer, the following January, the previous winter; counts from the time last named
@BASICS.rule("that <season>", "(that same?|the same) (season|monthname)", "Span")
@BASICS.rule("the following <season>", "the following (season|monthname)", "Span")
@BASICS.rule("the previous <season>", "the previous (season|monthname)", "Span")
def named_season(match: Match) -> Meaning | None:
    """The season or month beside the time last named."""
    season = match.has("season")
    number = match.number("season" if season else "monthname")
    what = Repeating(Cycle.SEASON if season else Cycle.MONTH, number)
    shape = Next if match.has("following") else Last if match.has("previous") else This
    unit = Unit.SEASON if season else Unit.MONTH
    return _named(unit, shape(what, _NAMED), "the one beside the time last named")


# March after next, the June before last; not "the March after next year's"
@BASICS.rule("<month> after next", "the? monthname (after next|before last)", "MonthOf")
def second_month(match: Match) -> Meaning | None:
    """The second such month from publication."""
    if match.after() in {"week", "month", "year", "'s", "’s"}:
        return None
    what = Repeating(Cycle.MONTH, match.number("monthname"))
    expr: TimeExpr = Next(what, Next(what)) if match.has("next") else Last(what, Last(what))
    return Meaning(
        says="the second one away", expr=expr, granularity=Granularity.MONTH, confidence=0.85
    )


# Sunday after next, the Friday before last; not "the Sunday after next week's vote"
@BASICS.rule("<weekday> after next", "the? dayname (after next|before last)", "DayRef")
def second_weekday(match: Match) -> Meaning | None:
    """The second one from publication day."""
    what, after = _weekday(match), match.after()
    if after in {"week", "month", "year"} or match.scan.written(match.items[-1].until).istitle():
        return None
    expr: TimeExpr = Next(what, Next(what)) if match.has("next") else Last(what, Last(what))
    return Meaning(says="the second one away", expr=expr, confidence=0.85)


# Sunday the 25th, Sunday 25th, Sunday the eleventh; the weekday tells which month
@BASICS.rule("<weekday> the <day>", "dayname comma? the nth|dayname comma? ord", "MonthDay")
def weekday_day_of_month(match: Match) -> Meaning | None:
    """The day of a month that is such a weekday."""
    number = match.number("nth")
    if not 1 <= number <= 31 or match.after()[:4] in {"floo", "annu", "cent", "anni"}:
        return None
    repeating = Repeating(Cycle.DAY_OF_MONTH, number, weekday=match.number("dayname"))
    return Meaning(says="a day of a month", expr=Undirected(repeating), confidence=0.85)


# on the 27th, on 27th; not "the 5th floor", "on 5th Avenue"
@BASICS.rule("on the <day>", "the? ord", "MonthDay")
def day_of_month(match: Match) -> Meaning | None:
    """The one that tense decides; only after "on" and at the end of a phrase."""
    after = match.after()
    if match.before() != "on" or (after[:1].isalpha() and after not in _AFTER_DAY):
        return None
    repeating = Repeating(Cycle.DAY_OF_MONTH, match.number("ord"))
    return Meaning(says="a day of a month", expr=Undirected(repeating), confidence=0.7)


# Tuesday last week, Monday of this week; not "Monday this year"
@COMBINED.rule("<weekday> <week>", "Weekday (of|in)? Span", "DayRef")
@COMBINED.rule("<week> <weekday>", "Span (on)? Weekday", "DayRef")
@COMBINED.rule("a week ago <weekday>", "DayRef (on)? Weekday", "DayRef")
def weekday_of_week(match: Match) -> Meaning | None:
    """The weekday inside the week named."""
    span = match.meaning("Span" if match.has("Span") else "DayRef")
    day = match.meaning("Weekday")
    if span.granularity is not Granularity.WEEK or span.expr is None:
        return None
    if not isinstance(day.expr, Undirected):
        return None
    return Meaning(says="a weekday of a named week", expr=This(day.expr.what, span.expr))


# the weekend of May 3; not "the weekend of protests"
@COMBINED.rule("the weekend of <day>", "Span of (Day|MonthDay)", "Span")
def weekend_of_day(match: Match) -> Meaning | None:
    """The weekend of the week that holds the day."""
    weekend, day = match.meaning("Span"), match.meaning("day")
    if weekend.granularity is not Granularity.WEEKEND or day.expr is None:
        return None
    return replace(weekend, says="the weekend of a day", expr=This(Unit.WEEKEND, day.expr))


# the 5th of next month, the 21st of last month; not "the 5th of last year"
@COMBINED.rule("the <day> of <month>", "the nth of Span", "Day")
def day_of_span(match: Match) -> Meaning | None:
    """The day of the month named."""
    month = match.meaning("Span")
    if month.granularity is not Granularity.MONTH or month.expr is None:
        return None
    expr = Nth(match.number("nth"), Unit.DAY, month.expr)
    return Meaning(says="a day of a named month", expr=expr, confidence=0.93)


# the week of January 12; not "the week of protests"
@COMBINED.rule("the week of <day>", "TheUnit of (Day|MonthDay)", "Span")
def week_of_day(match: Match) -> Meaning | None:
    """The week that holds the day."""
    unit, day = match.meaning("TheUnit"), match.meaning("day")
    if unit.granularity is not Granularity.WEEK or day.expr is None:
        return None
    return Meaning(
        says="the week of a day", expr=This(Unit.WEEK, day.expr), granularity=Granularity.WEEK
    )


# March 5 last year, 5 March this year, 5 March of the following year
@COMBINED.rule("<month day> <year>", "MonthDay (of|comma)? Span", "Day")
@COMBINED.rule("<month day> that <year>", "MonthDay (of|in|comma)? DayRef", "Day")
def day_of_year(match: Match) -> Meaning | None:
    """The day inside the year named."""
    span = match.meaning("Span" if match.has("Span") else "DayRef")
    day = match.meaning("MonthDay")
    fits = {Cycle.MONTH_DAY: Granularity.YEAR, Cycle.DAY_OF_MONTH: Granularity.MONTH}
    what = day.expr.what if isinstance(day.expr, Undirected) else None
    if not isinstance(what, Repeating) or span.expr is None:
        return None
    if fits.get(what.cycle) is not span.granularity:
        return None
    if what.cycle is Cycle.DAY_OF_MONTH:
        return Meaning(says="a day of a named month", expr=Nth(what.number, Unit.DAY, span.expr))
    return Meaning(says="a day of a named year", expr=This(what, span.expr))


def _is_broadcast(match: Match) -> bool:
    """Whether it ends a name: "VOA Today", "a copy of Valley Today"; headlines are no names."""
    first = match.items[0].first
    before = match.scan.written(first - 1)
    if not match.text.istitle() or not before.isalpha():
        return False
    around = (match.scan.written(first + away) for away in range(-_NAME, _NAME))
    told = any(word.islower() and len(word) >= _NAME for word in around)
    return before.isupper() or (before.istitle() and told)


def _is_any(match: Match) -> bool:
    """Whether it is no one of them: "on a Monday", "any Monday"; "a Monday meeting" is one."""
    before = match.before()
    return before == "any" or (
        before == "a" and match.scan.word(match.items[0].first - 2) in {"on", "of"}
    )


def _part_letters(match: Match) -> str:
    """What the part of the day adds to the label: TMO for a morning."""
    for name in ("daypart", "dayparts"):
        if match.has(name):
            return f"T{DAY_PART_CODES[Part(match.string(name))]}"
    return ""


def _named(unit: Unit, expr: TimeExpr, says: str) -> Meaning:
    return Meaning(says=says, expr=expr, granularity=unit.granularity, confidence=0.75)


def _weekday(match: Match) -> Repeating:
    return Repeating(Cycle.WEEKDAY, match.number("dayname"))


def _fits(year: int, month: int, day: int) -> bool:
    return 1 <= day <= system(Calendar.GREGORIAN).month_length(year, month)


def ends_clause(match: Match, *, beyond: int = 0) -> bool:
    """Whether nothing follows that the phrase would count from ("the day after the vote").

    `beyond` passes over so many words after the match.
    """
    until = match.items[-1].until + beyond
    after = match.scan.written(until)
    opens = match.text[:1].isupper()  # "The day before rebels attacked" is a sentence of its own
    if after[:1].isupper() or after.lower() in _DETERMINERS:
        return opens and _is_clause(match, until)
    subject = not opens and after.isalpha() and after not in _AFTER_DAY
    return not (subject and is_past(match.scan.word(until + 1)))


def _is_clause(match: Match, until: int) -> bool:
    """Whether a main clause follows: "The year before it lost.", not "... it left, he ..."."""
    words = match.scan.words[until : until + _CLAUSE]
    end = next((index for index, word in enumerate(words) if word in _SENTENCE_ENDS), len(words))
    clause = words[: words.index(",") if "," in words[:end] else end]
    behind = words[len(clause) + 1 : len(clause) + 2]
    whole = len(clause) == end or behind in (["and"], ["but"])
    return whole and bool(clause) and (clause[0] in _SUBJECTS or "had" in clause)


_CLAUSE = 24
_SENTENCE_ENDS = frozenset([".", "!", "?", "\n", ";"])
_SUBJECTS = frozenset(["he", "she", "it", "they", "we", "i", "you"])
_NAME = 4
"""Letters of a word that headlines would write with a capital, and how near it stands."""
_AFTER_DAY = frozenset(["and", "but", "when", "as", "at", "by", "to", "for", "in", "with", "of"])
_DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "his",
        "her",
        "their",
        "its",
        "my",
        "our",
        "your",
        "this",
        "that",
        "these",
        "he",
        "she",
        "they",
        "it",
        "we",
        "you",
        "i",
    ]
)
