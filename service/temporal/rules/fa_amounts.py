"""Persian: counted units, and what is counted from an anchor ("se mah pish")."""

from __future__ import annotations

import itertools

from service.temporal.algebra import After, Before, Coming, Here, Leaf, Past, TimeExpr
from service.temporal.grammar import Amount, Match, Meaning, Rulebook, codes_of
from service.temporal.interval import Granularity
from service.temporal.rules.fa_numbers import SOLAR
from service.temporal.timex import TimexType
from service.temporal.timex3 import FUTURE_REF, PAST_REF, duration_text
from service.temporal.units import Period, Unit

AMOUNTS = Rulebook()
BASICS = Rulebook()

_HAS = frozenset(["دارد", "داشت", "دارند", "داشتند"])
_CLAUSE_STARTS = frozenset([",", ".", ";", "!", "\n", "که"])
_FROM_ROUND = 3
_LONG = {Unit.DECADE: 10, Unit.CENTURY: 100}
_PER = {
    (Unit.YEAR, Unit.MONTH): 12,
    (Unit.WEEK, Unit.DAY): 7,
    (Unit.DAY, Unit.HOUR): 24,
    (Unit.HOUR, Unit.MINUTE): 60,
}
_CLOCK = frozenset([Unit.HOUR, Unit.MINUTE, Unit.SECOND])
_YEAR = codes_of("year")


# 3 mah, se mah, bist va panj ruz; not "5 mahe me", nor the hour after a date
@AMOUNTS.rule("<number> <unit>", "fanumeral unit (and halfcount)?", "Amount")
def amount(match: Match) -> Amount | None:
    """The unit counted in digits or words."""
    unit = Unit(match.string("unit"))
    named = match.scan.codes[match.items[-1].until : match.items[-1].until + 1]
    of_month = unit is Unit.MONTH and named and named in codes_of("fagregorian")
    of_hour = unit is Unit.DAY and named and named in codes_of("faweekday")
    if of_month or of_hour or (match.items[0].code in _YEAR and unit in {*_CLOCK, Unit.DAY}):
        return None
    count = str(match.items[0].value).replace(",", "")
    return Amount(unit, f"{count}.5" if match.has("halfcount") else count)


# yek va nim sal
@AMOUNTS.rule("<number> and a half <unit>", "fanumeral and halfcount unit", "Amount")
def amount_and_half(match: Match) -> Amount:
    """The unit counted with its half before it."""
    count = str(match.items[0].value).replace(",", "")
    return Amount(Unit(match.string("unit")), f"{count}.5")


# nim saat
@AMOUNTS.rule("half <unit>", "halfcount unit", "Amount")
def half_amount(match: Match) -> Amount:
    """Half of the unit."""
    return Amount(Unit(match.string("unit")), "0.5")


# chand ruz, chandin mah
@AMOUNTS.rule("some <unit>", "some unit", "Amount")
def some_amount(match: Match) -> Amount:
    """Some of the unit."""
    return Amount(Unit(match.string("unit")), "X")


# bish az se sal, hodude do hafte, dastekam dah ruz
@AMOUNTS.rule("<sense of measure>", "(more|less) from|about|least|hand few", "Measure")
def measure(match: Match) -> str:
    """How the count is meant, as TIMEX3 mod."""
    return "EQUAL_OR_MORE" if match.has("hand") else str(match.items[0].value)


# se mah, bish az do hafte
@BASICS.rule("<duration>", "Measure? Amount", "Duration")
def duration(match: Match) -> Meaning | None:
    """An amount of time; "62 sal darad" is an age, "yek ruz" at the start of a clause some day."""
    found = match.amount()
    if found.unit is Unit.YEAR and match.after() in _HAS:
        return None
    if not match.has("Measure") and _is_some_day(match, found):
        return None
    return Meaning(
        says="an amount of time",
        type=TimexType.DURATION,
        value=duration_text(found.unit, found.count),
        mod=_mod(match),
        granularity=found.unit.granularity,
        confidence=0.9,
    )


# panj sal va shesh mah darad, do sal va se mahe: ages
@BASICS.rule("<age in years and months>", "Amount and Amount", None)
@BASICS.rule("<age in years and months>", "Amount and fanumeral (long|yearly|aged)", None)
def long_age(match: Match) -> int | None:
    """Swallowed: an age is no time on the line."""
    aged = match.has("long") or match.has("yearly") or match.has("aged")
    old = match.amount().unit is Unit.YEAR and match.after() in _HAS
    return len(match.items) if aged or old else None


# panj sal va shesh mah, do saat va 20 daqiqe; not "shesh mah va panj sal"
@BASICS.rule(
    "<amount> and <amount>", "Measure? Amount and Amount (and Amount)? (and Amount)?", "Duration"
)
def compound(match: Match) -> Meaning | None:
    """Larger units with smaller ones, told as one amount."""
    amounts = _descending(match)
    if amounts is None:
        return None
    values = [duration_text(each.unit, each.count) for each in amounts]
    dates = "".join(value[1:] for value in values if not value.startswith("PT"))
    clocks = "".join(value[2:] for value in values if value.startswith("PT"))
    return Meaning(
        says="an amount of time",
        type=TimexType.DURATION,
        value=f"P{dates}T{clocks}" if clocks else f"P{dates}",
        mod=_mod(match),
        granularity=amounts[-1].unit.granularity,
        confidence=0.9,
    )


# se sal va do mah pish; not "se sal va do mah pish az jang"
@BASICS.rule("<amount> and <amount> ago", "Measure? Amount and Amount (ago|another)", "DayRef")
def compound_distance(match: Match) -> Meaning | None:
    """That far before or after publication, in months of years or in days of weeks."""
    amounts = _descending(match)
    if amounts is None or match.after() == "از":
        return None
    large, small = amounts
    per = _PER.get((large.unit, small.unit))
    if per is None or not large.count.isdigit() or not small.count.isdigit():
        return None
    period = Period(small.unit, int(large.count) * per + int(small.count), calendar=SOLAR)
    expr: TimeExpr = (Before if match.has("ago") else After)(period, Here())
    clocked = small.unit in _CLOCK
    return Meaning(
        says="a distance in time",
        expr=expr,
        type=TimexType.TIME if clocked else TimexType.DATE,
        mod=_mod(match),
        granularity=Granularity.HOUR if clocked else small.unit.granularity,
        confidence=0.88,
    )


# se ruz pish, do mah qabl; not "se ruz pish az enqelab", which counts from a happening
@BASICS.rule("<amount> ago", "Measure? Amount ago", "DayRef")
def ago(match: Match) -> Meaning | None:
    """The unit that far before publication."""
    return None if match.after() == "از" else _counted(match, Before, Here(), PAST_REF)


# do ruze digar
@BASICS.rule("<amount> from now", "Measure? Amount another", "DayRef")
def from_now(match: Match) -> Meaning:
    """The unit that far after publication."""
    return _counted(match, After, Here(), FUTURE_REF)


# do ruz bad; counts from the time last named; not "do ruz bad az enqelab"
@BASICS.rule("<amount> later", "Measure? Amount later", "DayRef")
def later(match: Match) -> Meaning | None:
    """The unit that far after the time last named."""
    return None if match.after() == "از" else _counted(match, After, Here(Leaf.NAMED), FUTURE_REF)


# salha pish, moddati pish
@BASICS.rule("<units> ago", "(units|awhile) ago", "Ref")
def vague_distance(match: Match) -> Meaning | None:
    """A distance that nobody counted."""
    return None if match.after() == "از" else vague(PAST_REF)


# se mahe gozashte, do hafteye akhir, do hafteye ayande
@BASICS.rule("<amount> past", "Measure? Amount (past|recent)", "Duration")
@BASICS.rule("<amount> coming", "Measure? Amount coming", "Duration")
def anchored(match: Match) -> Meaning:
    """The amount, with the stretch before or after publication that it covers."""
    found = match.amount()
    shape = Coming if match.has("coming") else Past
    period = None
    if found.count.isdigit():
        period = Period(found.unit, int(found.count), calendar=SOLAR)
    return Meaning(
        says="an amount of time that touches publication",
        type=TimexType.DURATION,
        value=duration_text(found.unit, found.count),
        mod=_mod(match),
        implies=None if period is None else shape(period),
        granularity=found.unit.granularity,
        confidence=0.9,
    )


# daheye gozashte
@BASICS.rule("the past <decade>", "unit (past|recent)", "Duration")
def past_decade(match: Match) -> Meaning | None:
    """Ten or a hundred years up to publication."""
    unit = Unit(match.string("unit"))
    if unit not in _LONG:
        return None
    return Meaning(
        says="an amount of time up to publication",
        type=TimexType.DURATION,
        value=duration_text(unit, "1"),
        implies=Past(Period(unit, 1, calendar=SOLAR)),
        granularity=unit.granularity,
        confidence=0.85,
    )


def vague(value: str) -> Meaning:
    """A time without a place on the line."""
    return Meaning(says="a vague time", value=value, confidence=0.8)


def _counted(match: Match, shape: type[Before | After], of: Here, unknown: str) -> Meaning:
    found = match.amount()
    half = found.count.endswith(".5")
    if not half and not found.count.isdigit():
        return vague(unknown)
    count, unit = int(float(found.count)), found.unit
    if unit in _LONG:
        count, unit = count * _LONG[unit], Unit.YEAR
    rounded = half or count >= _FROM_ROUND or match.has("Measure")
    expr: TimeExpr = shape(Period(unit, count, rounded, SOLAR), of)
    return Meaning(
        says="a distance in time",
        expr=expr,
        type=TimexType.TIME if unit in _CLOCK else TimexType.DATE,
        mod=_mod(match),
        granularity=Granularity.HOUR if unit in _CLOCK else unit.granularity,
        confidence=0.9 if of.leaf is Leaf.PUBLICATION else 0.75,
    )


def _descending(match: Match) -> tuple[Amount, ...] | None:
    """The amounts, where each unit is smaller than the one before and all are counted."""
    found = tuple(item.value for item in match.all("Amount") if isinstance(item.value, Amount))
    sizes = [each.unit.granularity for each in found]
    falls = all(one > other for one, other in itertools.pairwise(sizes))
    counted = all(each.count.replace(".", "").isdigit() for each in found)
    return found if falls and counted else None


def _is_some_day(match: Match, found: Amount) -> bool:
    starts = not match.before() or match.before() in _CLAUSE_STARTS
    return starts and found == Amount(Unit.DAY, "1") and match.after() not in {"", ".", "و"}


def _mod(match: Match) -> str | None:
    return match.string("Measure") if match.has("Measure") else None
