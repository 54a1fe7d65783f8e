"""English: how old a thing is, how long it lasts."""

from __future__ import annotations

from dataclasses import replace

from service.temporal.algebra import Past
from service.temporal.grammar import Amount, Item, Match, Meaning, Rulebook, codes_of
from service.temporal.lexicon import cues
from service.temporal.timex import TimexType
from service.temporal.timex3 import duration_text
from service.temporal.units import Period, Unit

AMOUNTS = Rulebook()
BASICS = Rulebook()
DISTANCES = Rulebook()

_UNITS = codes_of("units")
_NEAR = 2
_FRACTIONS = {(1, 2): "5", (1, 4): "25", (3, 4): "75"}


# the 8-month-old truce, a three-year-old company; not "a three-year-old boy"
@AMOUNTS.rule(
    "<age of a thing>",
    "(numeral|one|teen|tens hyphen? one?|a) hyphen (unit|units) hyphen old",
    "Amount",
)
@AMOUNTS.rule("<unit>-old", "(unit|units) hyphen old", "Amount")
def thing_age(match: Match) -> Amount | None:
    """How long a thing has been there; people and animals have an age, which is no time."""
    if not _is_of_thing(match):
        return None
    unit = match.find("unit") or match.find("units")
    return None if unit is None else Amount(Unit(str(unit.value)), _count(match, unit))


# 35-year-old, 35 years old, aged 35; not "three years"
@AMOUNTS.rule(
    "<age>",
    "(numeral|one|teen|tens hyphen? one?|a) hyphen? (unit|units) hyphen? old",
    None,
)
def age(match: Match) -> int | None:
    """Swallowed: an age is no time on the line."""
    return None if match.has("hyphen") and _is_of_thing(match) else len(match.items)


# 2 1/2 years, a 3 1/4-year term, two and one-half years is left alone
@AMOUNTS.rule("<n> <fraction> <unit>", "(n12|n31|n99) n12 slash n12 hyphen? (unit|units)", "Amount")
def broken_amount(match: Match) -> Amount | None:
    """The unit counted with halves or quarters."""
    whole, above, below = (item.value for item in match.items if isinstance(item.value, int))
    part = _FRACTIONS.get((above, below))
    return None if part is None else Amount(Unit(str(match.items[-1].value)), f"{whole}.{part}")


# a year or two, a day or so is another; not "a day or night"
@AMOUNTS.rule("a <unit> or two", "a unit or one", "Amount")
def one_or_two(match: Match) -> Amount | None:
    """An amount that nobody counted."""
    return Amount(Unit(match.string("unit")), "X") if match.number("one") > 1 else None


# a daylong meeting, the yearlong inquiry
@BASICS.rule("<unit>long", "lasting", "Duration")
# a week-long siege, a three-month-long strike, years-long; not "a week long ago"
@BASICS.rule("<unit>-long", "(unit|units|Amount) hyphen long", "Duration")
def lasting(match: Match) -> Meaning:
    """How long a thing lasts."""
    told = match.items[0]
    if isinstance(told.value, Amount):
        return _length(told.value.unit, told.value.count)
    return _length(Unit(str(told.value)), "X" if told.code in _UNITS else "1")


# all day, the whole week; not "all days"
@BASICS.rule("all <unit>", "all unit", "Duration")
@BASICS.rule("the whole <unit>", "the full unit", "Duration")
def all_unit(match: Match) -> Meaning | None:
    """The whole of a unit as an amount of time."""
    unit = Unit(match.string("unit"))
    if match.has("full") and unit is Unit.YEAR:
        return None
    return replace(_length(unit, "1"), confidence=0.75)


# the last five years in the valley, the first two years in office; not "the last days of the war"
@DISTANCES.rule("the last <amount>", "LastAmount", "Duration")
@DISTANCES.rule("the first <amount>", "FirstAmount", "Duration")
def amount_alone(match: Match) -> Meaning | None:
    """The amount, where no unit follows that it is taken from."""
    last = match.has("LastAmount")
    amount = match.amount("LastAmount" if last else "FirstAmount")
    if amount.indefinite:
        return None
    found = _length(amount.unit, amount.count)
    if not last or match.after() == "of" or not amount.count.isdigit():
        return found
    return replace(found, implies=Past(Period(amount.unit, int(amount.count))))


def _is_of_thing(match: Match) -> bool:
    """Whether what follows, at most one word off, goes on: "the two-year-old peace talks"."""
    until = match.items[-1].until
    near = (match.scan.word(until + step) for step in range(_NEAR))
    return any(cues("en").has("going_on", word) for word in near)


def _count(match: Match, unit: Item) -> str:
    """Digits of the count; one when only the unit is said, X for "decades-old"."""
    if match.has("a") or match.items[0] is unit:
        return "X" if unit.code in _UNITS else "1"
    numbers = [
        item.value
        for item in match.items
        if isinstance(item.value, int) and item.value and item is not unit
    ]
    return str(sum(numbers))


def _length(unit: Unit, count: str) -> Meaning:
    return Meaning(
        says="an amount of time",
        type=TimexType.DURATION,
        value=duration_text(unit, count),
        granularity=unit.granularity,
        confidence=0.8,
    )
