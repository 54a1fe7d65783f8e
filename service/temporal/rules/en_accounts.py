"""English: what reports of earnings call their periods ("the latest quarter", "year-earlier")."""

from __future__ import annotations

from service.temporal.algebra import Before, Date, Here, Leaf, Nth, This, TimeExpr
from service.temporal.grammar import Match, Meaning, Rulebook, codes_of
from service.temporal.lexicon import cues
from service.temporal.units import Cycle, Period, Repeating, Unit

BASICS = Rulebook()

_ACCOUNTS = Here(Leaf.ACCOUNTS)
_ENDED = frozenset(["ended", "ending"])
_COMMA = codes_of("comma")
_REACH = 14


# the latest quarter, the latest period; the one that the report speaks of
@BASICS.rule("the latest <quarter>", "the latest (quarter|period)", "Span")
def latest(match: Match) -> Meaning:
    """The period of the accounts, else the last quarter that is over."""
    sure = 0.75 if match.has("period") else 0.8
    return _period(This(Unit.QUARTER, _ACCOUNTS), Unit.QUARTER, sure)


# the year-earlier period, the year-ago quarter, year-earlier; not "a year earlier"
@BASICS.rule(
    "the year-earlier <quarter>", "the? unit hyphen (ago|earlier) (quarter|period)", "Span"
)
@BASICS.rule("year-earlier", "unit hyphen (ago|earlier)", "Span")
@BASICS.rule(
    "the year-earlier <nth> quarter", "the? unit hyphen (ago|earlier) nth hyphen? quarter", "Span"
)
def year_earlier(match: Match) -> Meaning | None:
    """The same period a year before."""
    if match.string("unit") != "year":
        return None
    year = Before(Period(Unit.YEAR, 1), _ACCOUNTS)
    if match.has("nth"):
        number = match.number("nth")
        if not 1 <= number <= 4:
            return None
        return _period(Nth(1, Repeating(Cycle.QUARTER, number), year), Unit.QUARTER, 0.8)
    return _period(year, Unit.YEAR, 0.8)


# the full year, the fiscal year, the current fiscal year; not "a full year"
@BASICS.rule("the full year", "the (full|current|latest)? fiscal? unit", "Span")
def full_year(match: Match) -> Meaning | None:
    """The year of publication; a fiscal one by the calendar, less sure."""
    if match.string("unit") != "year" or len(match.items) < 3:
        return None
    return _period(This(Unit.YEAR), Unit.YEAR, 0.6 if match.has("fiscal") else 0.8)


# for the quarter, the quarter ended Sept. 30; only where accounts are told
@BASICS.rule("the <quarter>", "the quarter", "Span")
def the_quarter(match: Match) -> Meaning | None:
    """The quarter of the accounts, else the last one that is over."""
    if match.after() not in _ENDED and not _near_figures(match):
        return None
    return _period(This(Unit.QUARTER, _ACCOUNTS), Unit.QUARTER, 0.7)


# for the year, the year ended Sept. 30; not "the year of the dog"
@BASICS.rule("for the <year>", "the unit", "Span")
def for_the_year(match: Match) -> Meaning | None:
    """The year of publication, or the one that the accounts close."""
    if match.string("unit") != "year":
        return None
    whole = match.before() == "for" and match.scan.codes[match.items[-1].until :][:1] == _COMMA
    if match.after() not in _ENDED and not whole:
        return None
    return _period(This(Unit.YEAR), Unit.YEAR, 0.6)


# the 1988 second quarter, the 1988 period, the 1988 quarter
@BASICS.rule("<year> <nth> quarter", "the? year nth hyphen? quarter", "Span")
@BASICS.rule("<year> period", "the year (period|quarter)", "Span")
def period_of_year(match: Match) -> Meaning | None:
    """The quarter of that year, or the same period of it as the accounts speak of."""
    year = Date(match.number("year"))
    if not match.has("nth"):
        return _period(year, Unit.YEAR, 0.7)
    number = match.number("nth")
    if not 1 <= number <= 4:
        return None
    return _period(Nth(1, Repeating(Cycle.QUARTER, number), year), Unit.QUARTER, 0.85)


def _near_figures(match: Match) -> bool:
    """Whether money or its words stand near, as in accounts."""
    first, last = match.items[0].first, match.items[-1].until
    words = match.scan.words[max(first - _REACH, 0) : last + _REACH]
    return any(word[:1] in "$€£" or cues("en").has("figures", word) for word in words)


def _period(expr: TimeExpr, unit: Unit, confidence: float) -> Meaning:
    return Meaning(
        says="a period of the accounts",
        expr=expr,
        granularity=unit.granularity,
        confidence=confidence,
    )
