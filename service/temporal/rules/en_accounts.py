"""English: what reports of earnings call their periods ("the latest quarter", "year-earlier")."""

from __future__ import annotations

from service.temporal.algebra import (
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
from service.temporal.grammar import Amount, Match, Meaning, Rulebook, codes_of
from service.temporal.lexicon import cues
from service.temporal.scanner import Scan
from service.temporal.timex import TimexType
from service.temporal.timex3 import duration_text
from service.temporal.units import Cycle, Period, Repeating, Unit

BASICS = Rulebook()

_ACCOUNTS = Here(Leaf.ACCOUNTS)
_ENDED = frozenset(["ended", "ending"])
_MONTHS = codes_of("monthname")
_FIRST_DAYS = 7
_OWNERS = frozenset(["its", "their", "our", "his", "her", "my", "your", "'s", "’s", "'"])
_REACH = 14
_ONE_YEAR = Amount(Unit.YEAR, "1")
_YEARS = frozenset(["year", _ONE_YEAR, Amount(Unit.YEAR, "1", indefinite=True)])
_QUARTER_BEFORE = This(Unit.QUARTER, Before(Period(Unit.MONTH, 12), _ACCOUNTS))


# the latest quarter, the most recent period; the one that the report speaks of
@BASICS.rule("the latest <quarter>", "the? (latest|most recent) (quarter|period)", "Span")
def latest(match: Match) -> Meaning | None:
    """The period of the accounts, else the last quarter that is over."""
    if not match.has("the") and match.before() not in _OWNERS:
        return None
    sure = 0.75 if match.has("period") else 0.8
    return _period(This(Unit.QUARTER, _ACCOUNTS), Unit.QUARTER, sure)


# the year-earlier period, the year-ago quarter, year-earlier; not "a year earlier"
@BASICS.rule(
    "the year-earlier <quarter>",
    "the? comparable? unit hyphen (ago|earlier) (quarter|period)",
    "Span",
)
@BASICS.rule("year-earlier", "unit hyphen (ago|earlier)", "Span")
@BASICS.rule(
    "the year-earlier <nth> quarter", "the? unit hyphen (ago|earlier) nth hyphen? quarter", "Span"
)
def year_earlier(match: Match) -> Meaning | None:
    """The same period a year before."""
    if match.string("unit") != "year":
        return None
    if match.has("nth"):
        number = match.number("nth")
        if not 1 <= number <= 4:
            return None
        year = Before(Period(Unit.YEAR, 1), _ACCOUNTS)
        return _period(Nth(1, Repeating(Cycle.QUARTER, number), year), Unit.QUARTER, 0.8)
    return _year_before(match)


# the same period last year, the comparable quarter a year earlier, the quarter a year ago
@BASICS.rule(
    "the same <quarter> last year",
    "the? (same|comparable) (quarter|period) comma? (of|in)? the? (last|previous) unit",
    "Span",
)
@BASICS.rule(
    "the same <quarter> a year ago",
    "the? (same|comparable)? (quarter|period) Amount (ago|earlier|previous)",
    "Span",
)
@BASICS.rule("last year's <quarter>", "the? (last|previous) unit poss (quarter|period)", "Span")
@BASICS.rule("the prior-year <quarter>", "the? previous hyphen? unit (quarter|period)", "Span")
def same_period(match: Match) -> Meaning | None:
    """The period of the accounts a year before, as two words say it together."""
    told = match.find("Amount") or match.find("unit")
    if told is None or told.value not in _YEARS:
        return None
    return _year_before(match)


# the full year, the fiscal year, the current fiscal year; not "a full year"
@BASICS.rule("the full year", "the (full|current|latest)? fiscal? unit", "Span")
def full_year(match: Match) -> Meaning | None:
    """The year of publication; a fiscal one by the calendar, less sure."""
    if match.string("unit") != "year" or len(match.items) < 3:
        return None
    if match.after() in _ENDED:
        return _told_by_end(Unit.YEAR)
    return _period(This(Unit.YEAR), Unit.YEAR, 0.6 if match.has("fiscal") else 0.8)


# last fiscal year, the previous financial year, next fiscal year; not "a fiscal year"
@BASICS.rule("last fiscal <year>", "the? (last|previous|next|coming) fiscal unit", "Span")
@BASICS.rule("this fiscal <year>", "this fiscal unit", "Span")
def near_fiscal_year(match: Match) -> Meaning | None:
    """The one before, after or around publication; by the calendar, less sure."""
    if match.string("unit") != "year" or match.after() in _ENDED:
        return None
    if match.has("this"):
        return _period(This(Unit.YEAR), Unit.YEAR, 0.6)
    past = match.has("last") or match.has("previous")
    return _period(Last(Unit.YEAR) if past else Next(Unit.YEAR), Unit.YEAR, 0.6)


# for the quarter, the quarter ended Sept. 30; only where accounts are told
@BASICS.rule("the <quarter>", "the quarter", "Span")
def the_quarter(match: Match) -> Meaning | None:
    """The quarter of the accounts, else the last one that is over; one told by its end is that."""
    ended = _ended(match)
    if ended is not None:
        return ended
    if match.after() not in _ENDED and not _near_figures(match):
        return None
    return _period(This(Unit.QUARTER, _ACCOUNTS), Unit.QUARTER, 0.7)


# for the year, the week ended Sept. 30, the year to March; not "the year of the dog"
@BASICS.rule("for the <year>", "the unit", "Span")
def for_the_year(match: Match) -> Meaning | None:
    """The year of publication; one that is told by its last day is an amount of time.

    A week or month is that of the day last named: "1.2% on Friday. For the week, it lost 3.8%".
    """
    unit = Unit(match.string("unit"))
    if unit not in {Unit.YEAR, Unit.MONTH, Unit.WEEK}:
        return None
    if match.after() in _ENDED or (unit is Unit.YEAR and _to_month(match)):
        return _told_by_end(unit)
    if match.before() != "for" or match.after() != ",":
        return None
    year = unit is Unit.YEAR
    return _period(This(unit) if year else This(unit, Here(Leaf.NAMED)), unit, 0.6)


# first-half profit, in the second half; only where accounts are told, not of a game
@BASICS.rule("the <nth> half", "the? nth hyphen? half", "Span")
def bare_half(match: Match) -> Meaning | None:
    """The one that tense decides."""
    number = match.number("nth")
    if number not in {1, 2} or match.after() == "of" or not _near_figures(match):
        return None
    expr = Undirected(Repeating(Cycle.HALF_YEAR, number))
    return _period(expr, Unit.HALF_YEAR, 0.75)


# the 1988 second quarter, 1988's second quarter, the 1988 period, the same period of 1988
@BASICS.rule("<year> <nth> quarter", "the? year poss? nth hyphen? quarter", "Span")
@BASICS.rule("<year> period", "the comparable? year (period|quarter)", "Span")
@BASICS.rule("<year> period", "the (same|comparable) (period|quarter) (of|in) year", "Span")
def period_of_year(match: Match) -> Meaning | None:
    """The quarter of that year, or the same period of it as the accounts speak of."""
    year = Date(match.number("year"))
    if not match.has("nth"):
        return _period(year, Unit.YEAR, 0.7)
    number = match.number("nth")
    if not 1 <= number <= 4:
        return None
    return _period(Nth(1, Repeating(Cycle.QUARTER, number), year), Unit.QUARTER, 0.85)


def _year_before(match: Match) -> Meaning:
    """A year before the accounts: the quarter of that time where the words name one."""
    if match.has("quarter"):
        return _period(_QUARTER_BEFORE, Unit.QUARTER, 0.8)
    return _period(Before(Period(Unit.YEAR, 1), _ACCOUNTS), Unit.YEAR, 0.8)


def _ended(match: Match) -> Meaning | None:
    """The quarter whose last day follows: a calendar one, or an amount of three months."""
    until = match.items[-1].until
    month, day = (*match.scan.values[until + 1 : until + 3], None, None)[:2]
    british = match.scan.codes[until + 2 : until + 3] in _MONTHS  # "ended 31 March 2012"
    if british:
        month, day = day, month
    if match.after() not in _ENDED:
        return None
    if not british and match.scan.codes[until + 1 : until + 2] not in _MONTHS:
        return None
    if not isinstance(month, int) or not isinstance(day, int):
        return None
    if day <= _FIRST_DAYS:
        month = (month - 2) % 12 + 1
    if month % 3:
        return _told_by_end(Unit.QUARTER)
    year = _year_at(match.scan, until + 3)
    what = Repeating(Cycle.QUARTER, month // 3)
    expr = Undirected(what) if year is None else Nth(1, what, Date(year))
    return _period(expr, Unit.QUARTER, 0.85)


def _to_month(match: Match) -> bool:
    """Whether a month ends it, as in British papers: "in the year to March"."""
    until = match.items[-1].until
    return match.after() == "to" and match.scan.codes[until + 1 : until + 2] in _MONTHS


def _year_at(scan: Scan, index: int) -> int | None:
    """The year after a day: "Sept. 30, 1988"."""
    found = scan.word(index + (scan.word(index) == ","))
    return int(found) if len(found) == 4 and found.isdigit() else None


def _told_by_end(unit: Unit) -> Meaning:
    """One that need not be the calendar's, for the text says when it ends."""
    return Meaning(
        says=f"a {unit.value} that the text tells by its last day",
        type=TimexType.DURATION,
        value=duration_text(unit, "1"),
        granularity=unit.granularity,
        confidence=0.8,
    )


def _near_figures(match: Match) -> bool:
    """Whether money or its words stand near, as in accounts."""
    first, last = match.items[0].first, match.items[-1].until
    words, known = match.scan.words[max(first - _REACH, 0) : last + _REACH], cues("en")
    return any(
        word[:1] in "$€£" or known.has("figures", word) or known.has("accounts", word)
        for word in words
    )


def _period(expr: TimeExpr, unit: Unit, confidence: float) -> Meaning:
    return Meaning(
        says="a period of the accounts",
        expr=expr,
        granularity=unit.granularity,
        confidence=confidence,
    )
