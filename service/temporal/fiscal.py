"""Fiscal years that a text tells of: when they end, and the trees of their quarters.

A fiscal year is named for the calendar year in which it ends, unless the text says otherwise; the
one that ends in January, as retailers' do, may be named for the year before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from service.temporal.algebra import (
    Between,
    Date,
    Here,
    Last,
    Next,
    Nth,
    This,
    TimeExpr,
    Undirected,
    Years,
)
from service.temporal.units import Cycle, Repeating, Unit

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_END = rf"{_MONTH}(?:\s+(?P<day>\d{{1,2}})\b)?(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"
_ON = r"(?:on|in|at the end of|the end of|late|early|last|this|each|every|\s)*\s"
_ENDS = rf",?\s+(?:that\s+|which\s+)?(?:ended|ends|ending|closed|closes|closing){_ON}"
_BEGINS = (
    r",?\s+(?:that\s+|which\s+)?"
    rf"(?:began|begins|beginning|started|starts|starting|runs from|running from|from){_ON}"
)
_YEAR = r"\b(?:fiscal|financial|business)(?:[ -]year)?(?:\s+(?P<named>(?:19|20)\d\d))?"
_NTH = r"(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th)"
_QUARTER = (
    rf"\b(?:(?:fiscal|financial)[ -]{_NTH}[ -]quarter"
    rf"|{_NTH.replace('nth', 'nth2')}[ -](?:fiscal|financial)[ -]quarter"
    rf"|{_NTH.replace('nth', 'nth3')}[ -]quarter of (?:its |the )?(?:fiscal|financial)"
    r"(?:[ -]year)?(?: \d{4})?)"
)
# Where a fiscal year may be told; the first letter is known, which makes the search fast.
_WORD = re.compile("[fFbB](?i:iscal|inancial|usiness)")
# "the fiscal year ended June 30", "fiscal 2025, which ended Jan. 31, 2026"
_YEAR_ENDS = re.compile(_YEAR + _ENDS + _END, re.IGNORECASE)
# "the fiscal year, which begins on Oct. 1"
_YEAR_BEGINS = re.compile(_YEAR + _BEGINS + _END, re.IGNORECASE)
# "its fiscal second quarter, which ended in March"
_QUARTER_ENDS = re.compile(_QUARTER + _ENDS + _END, re.IGNORECASE)
# "a fiscal year-end of June 30"
_YEAR_END = re.compile(
    rf"\b(?:fiscal|financial)[ -]year[ -]end\s+(?:of|is|in|on|falls on|falls in)\s+{_END}",
    re.IGNORECASE,
)
_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_FIRST_DAYS = 7
_JANUARY = 1
_CYCLES = frozenset([Cycle.QUARTER, Cycle.HALF_YEAR])


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """The month a fiscal year starts in, how many years before its name it ends, and who says it.

    `of_quarter` when a quarter is told by its end: then the text is a report of accounts. `unsure`
    when it may be named for the year in which it starts.
    """

    starts: int
    says: str
    ahead: int = 0
    of_quarter: bool = False
    unsure: bool = False


def told_fiscal_year(text: str) -> FiscalYear | None:
    """The fiscal year whose end or beginning the text states; None when it states none."""
    lowered = text.lower()
    fiscal = "fiscal" in lowered or "financial" in lowered
    if not fiscal and "business" not in lowered:
        return None
    found = _QUARTER_ENDS.search(text) if fiscal and "quarter" in lowered else None
    if found is not None:
        return _by_quarter(found)
    places = [word.start() for word in _WORD.finditer(text)]
    found = _first(_YEAR_ENDS, text, places) or _first(_YEAR_END, text, places)
    if found is not None:
        return _by_end(found)
    found = _first(_YEAR_BEGINS, text, places)
    if found is None:
        return None
    return FiscalYear(_number(found), _quoted(found))


def in_fiscal(expr: TimeExpr, year: FiscalYear) -> TimeExpr:
    """The tree with its years, half-years and quarters counted by the fiscal year."""
    match expr:
        case Date(number, None):
            return Nth(1, _whole(year), Date(_first_year(number, year)))
        case Here() | Date() | Years():
            return expr
        case Between(first, last):
            return Between(in_fiscal(first, year), in_fiscal(last, year))
        case This(Unit.YEAR, of) | Last(Unit.YEAR, of) | Next(Unit.YEAR, of):
            return replace(expr, what=_whole(year), of=in_fiscal(of, year))
        case This() | Last() | Next() | Nth() | Undirected() if is_counted(expr.what):
            return replace(expr, what=_shifted(expr.what, year), of=in_fiscal(expr.of, year))
        case _:
            return replace(expr, of=in_fiscal(expr.of, year))


def is_counted(what: Unit | Repeating | None) -> bool:
    """Whether it is a quarter or half-year by its number."""
    return isinstance(what, Repeating) and what.cycle in _CYCLES


def _first(pattern: re.Pattern[str], text: str, places: list[int]) -> re.Match[str] | None:
    """The first match that starts at one of the places."""
    matches = (pattern.match(text, place) for place in places)
    return next((match for match in matches if match is not None), None)


def _by_quarter(found: re.Match[str]) -> FiscalYear:
    """The second quarter that ends in March belongs to a year that starts in October."""
    word = (found["nth"] or found["nth2"] or found["nth3"]).lower()
    number = _NUMBERS.get(word) or int(word[0])
    starts = (_last_month(found) - 3 * number) % 12 + 1
    return FiscalYear(starts, _quoted(found), of_quarter=True, unsure=starts == _JANUARY + 1)


def _by_end(found: re.Match[str]) -> FiscalYear:
    last = _last_month(found)
    groups = found.groupdict()
    named, ended = groups.get("named"), groups.get("year")
    ahead = int(ended) - int(named) if named and ended else 0
    unsure = last == _JANUARY and not (named and ended)
    return FiscalYear(last % 12 + 1, _quoted(found), ahead if ahead == 1 else 0, unsure=unsure)


def _last_month(found: re.Match[str]) -> int:
    """The month that a year or quarter ends with: the first days of one belong to the last."""
    month = _number(found)
    early = found["day"] is not None and int(found["day"]) <= _FIRST_DAYS
    return (month - 2) % 12 + 1 if early else month


def _number(found: re.Match[str]) -> int:
    return _NAMES.index(found["month"][:3].lower()) + 1


def _quoted(found: re.Match[str]) -> str:
    return " ".join(found[0].split())


def _first_year(number: int, year: FiscalYear) -> int:
    """The calendar year in which the fiscal year of that name starts."""
    return number + year.ahead - (year.starts > _JANUARY)


def _whole(year: FiscalYear) -> Repeating:
    return Repeating(Cycle.FISCAL_YEAR, year.starts)


def _shifted(what: Unit | Repeating, year: FiscalYear) -> Unit | Repeating:
    return replace(what, starts=year.starts) if isinstance(what, Repeating) else what
