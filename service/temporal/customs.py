"""Readings by the customs of the outlet: its seasons, its order of day and month, its year."""

from __future__ import annotations

import re
from dataclasses import replace

from service.temporal.algebra import Date, TimeExpr
from service.temporal.fiscal import FiscalYear, in_fiscal, is_counted
from service.temporal.outlets import Custom
from service.temporal.readings import Reading, Setting
from service.temporal.tagger import Timex
from service.temporal.timex import Step
from service.temporal.trees import in_south, is_season, is_seasonal, repeating_in

_UNTOLD = Custom(holds=False, sure=0.93, because="nothing says where the outlet is")
_IN_DIGITS = frozenset(["<d/m/y or m/d/y>", "<d / m / y>", "<month>/<day>"])
_NUMBER = re.compile(r"\d+")
_FISCAL = re.compile(r"fiscal|financial|\bFY", re.IGNORECASE)
_BY_WORD, _IN_REPORT, _ELSEWHERE = 0.9, 0.75, 0.15
_STATED = 0.95
_LEAST = 0.05
_OTHER_DATES = 0.85


def by_custom(found: tuple[Reading, ...], timex: Timex, setting: Setting) -> tuple[Reading, ...]:
    """The readings in the order of their chances, with the step that says whose custom decided."""
    if timex.rule in _IN_DIGITS and len(found) > 1:
        return _in_order(found, timex, setting)
    fiscal = _FISCAL.search(_written(timex, setting)) is not None
    named = [what for each in found for what in repeating_in(each.expr)]
    if not (fiscal or named):
        return found
    year = _fiscal_year(timex, setting) if fiscal or any(map(is_counted, named)) else None
    if year is not None:
        return tuple(made for each in found for made in _in_fiscal(each, year, fiscal=fiscal))
    if any(map(is_season, named)):
        custom = setting.origin.southern or _UNTOLD
        return tuple(made for each in found for made in _in_hemisphere(each, custom))
    return found


def _fiscal_year(timex: Timex, setting: Setting) -> FiscalYear | None:
    """The fiscal year that a fiscal period or a numbered quarter may be counted by."""
    return None if "calendar" in _written(timex, setting).lower() else setting.origin.fiscal


def _in_fiscal(reading: Reading, year: FiscalYear, *, fiscal: bool) -> tuple[Reading, ...]:
    """By the fiscal year first where the words are fiscal or the text is a report of accounts."""
    named = replace(year, unsure=False)
    moved = in_fiscal(reading.expr, named)
    if moved == reading.expr:
        return (reading,)
    step = Step("fiscal", f"the text says '{year.says}': quarters and years are counted by that")
    sure = _BY_WORD if fiscal else _IN_REPORT if year.of_quarter else _ELSEWHERE
    chance = max(reading.chance, _STATED) if fiscal else reading.chance
    own = reading._replace(expr=moved, chance=chance * sure, steps=(*reading.steps, step))
    other = reading._replace(chance=chance * (1 - sure))
    if year.unsure and fiscal:
        late = in_fiscal(reading.expr, replace(named, ahead=1))
        other = other._replace(expr=late)
    return (own, other) if sure > 0.5 else (other, own)


def _in_hemisphere(reading: Reading, custom: Custom) -> tuple[Reading, ...]:
    """The season of the outlet's half of the world, and the other where that is unsure."""
    if not is_seasonal(reading.expr):
        return (reading,)
    half = "southern" if custom.holds else "northern"
    step = Step("hemisphere", f"its seasons are {half} ones: {custom.because}")
    south, sure = in_south(reading.expr), custom.sure
    best, other = (south, reading.expr) if custom.holds else (reading.expr, south)
    own = reading._replace(expr=best, chance=reading.chance * sure, steps=(*reading.steps, step))
    if 1 - sure < _LEAST:
        return (own._replace(chance=reading.chance),)
    return own, reading._replace(expr=other, chance=reading.chance * (1 - sure))


def _in_order(found: tuple[Reading, ...], timex: Timex, setting: Setting) -> tuple[Reading, ...]:
    """Day or month first: as the other dates of the text, else as the outlet writes."""
    first = setting.scan.day_first
    if first:
        said = "day before the month" if first > 0 else "month before the day"
        return _led(found, _OTHER_DATES, f"other dates of the text can only have the {said}")
    custom = setting.origin.day_first
    if custom is None or "." in _written(timex, setting):
        return _led(found, found[0].chance, "nothing says whose order it is: the usual one")
    written = _written(timex, setting)
    ordered = sorted(found, key=lambda each: _is_day_first(each.expr, written) != custom.holds)
    order = "day" if custom.holds else "month"
    total = sum(each.chance for each in found)
    return _led(tuple(ordered), total * custom.sure, f"the {order} stands first: {custom.because}")


def _led(found: tuple[Reading, ...], chance: float, because: str) -> tuple[Reading, ...]:
    """`found` with that chance for the first one, the rest shared by the others."""
    best, *others = found
    left = max(sum(each.chance for each in found) - chance, 0) / len(others)
    steps = (*best.steps, Step("order", because))
    return (
        best._replace(chance=chance, steps=steps),
        *(each._replace(chance=left) for each in others),
    )


def _written(timex: Timex, setting: Setting) -> str:
    return setting.scan.text[timex.span.start : timex.span.end]


def _is_day_first(expr: TimeExpr, written: str) -> bool:
    """Whether the number that stands first is the day in this reading."""
    day = expr.day if isinstance(expr, Date) else getattr(getattr(expr, "what", None), "day", None)
    return day == int(_NUMBER.findall(written)[0])
