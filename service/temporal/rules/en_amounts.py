"""English: counted units, and what is counted from an anchor ("three weeks ago")."""

from __future__ import annotations

import re
from dataclasses import replace

from service.temporal.algebra import After, Before, Coming, Here, Leaf, Past, TimeExpr
from service.temporal.cues import find_cue
from service.temporal.grammar import Amount, Item, Match, Meaning, Rulebook, codes_of
from service.temporal.interval import Granularity
from service.temporal.rules.en_days import ends_clause
from service.temporal.rules.en_months import is_stretch
from service.temporal.timex import Tense, TimexType
from service.temporal.timex3 import FUTURE_REF, PAST_REF, duration_text
from service.temporal.units import Period, Unit

AMOUNTS = Rulebook()
BASICS = Rulebook()
DISTANCES = Rulebook()

_NAMED = Here(Leaf.NAMED)
_LEADS = frozenset(
    [
        "for", "in", "within", "after", "over", "than", "about", "nearly", "almost", "during",
        "least", "took", "takes", "take", "lasted", "spent", "spend", "lasts", "last", "another",
    ]
)  # fmt: skip
_AS_LONG = frozenset(["long", "little", "much", "quickly", "soon", "often", "few"])
_FROM_ROUND = 3
_ENDS = 2
_OUT_OF = frozenset(
    ["after", "following", "follows", "despite", "amid", "with", "through", "spent"]
)
_AMOUNT = re.compile(r"(\d+)([DWMY])")
_UNITS_BY_LETTER = {"D": Unit.DAY, "W": Unit.WEEK, "M": Unit.MONTH, "Y": Unit.YEAR}
_AT_WORK = frozenset(["trading", "business", "working"])
_LETTERS = {unit: letter for letter, unit in _UNITS_BY_LETTER.items()}
_INSIDE = frozenset(["of", "in"])
# "Over several years" is a stretch, "over three years" may be more than three.
_UNCOUNTED = frozenset(["several", "many", "a", "the", "few"])
# A decade ago is the year ten years back, not a decade.
_LONG = {Unit.DECADE: 10, Unit.CENTURY: 100, Unit.MILLENNIUM: 1000}
_YEAR = codes_of("year")
_PLURAL = codes_of("units")


# 09: 10 hours, as a tokeniser has cut it
@AMOUNTS.rule("<clock> hours cut", "(n12|n31|n99) colon numeral units", None)
def cut_hours(match: Match) -> int:
    """Swallowed: a time of day is no amount."""
    return len(match.items)


# 3 months, 2.5 years, 1,000 years, 20 more years; not "the 1988 quarter", "60 Minutes"
@AMOUNTS.rule(
    "<number> <unit>",
    "numeral (hyphen|more)? (kind|full|fiscal|calendar)? (unit|units|weekend|quarter)",
    "Amount",
)
def numeral_amount(match: Match) -> Amount | None:
    """The unit counted in digits."""
    count = str(match.items[0].value).replace(",", "")
    if match.items[0].code == _YEAR and match.items[-1].value in {"day", "quarter", "weekend"}:
        return None
    alone = not match.has("hyphen") and match.items[-1].code not in _PLURAL
    if match.items[0].code == _YEAR and alone:
        return None  # "the 1990 year end"
    if match.scan.written(match.items[-1].first).istitle():
        return None
    return Amount(_unit(match), count)


# three months, twenty-five years, two-day, two more weeks; not "one of the years", "three-quarters"
@AMOUNTS.rule(
    "<number word> <unit>",
    "(one|teen|tens (hyphen? one)?|(a|one|teen|tens)? scale)"
    " (hyphen|more)? (kind|full|fiscal|calendar)? (unit|units|second|weekend|quarter)",
    "Amount",
)
def word_amount(match: Match) -> Amount | None:
    """The unit counted in words."""
    if match.has("hyphen") and match.items[-1].value == "quarter":
        return None
    words = [item for item in match.items[:-1] if isinstance(item.value, int)]
    numbers = [item.value for item in words if isinstance(item.value, int) and item.value]
    scale = match.find("scale")
    if scale is not None:
        count = match.number("scale") * (numbers[0] if numbers[0] < 100 else 1)
    else:
        count = sum(numbers)
    return Amount(_unit(match), str(count))


# two and a half years, 2 1/2 years is left alone
@AMOUNTS.rule("<n> and a half <unit>", "(n12|one) and a half (unit|units)", "Amount")
def half_amount(match: Match) -> Amount:
    """The unit counted with a half."""
    return Amount(_unit(match), f"{match.items[0].value}.5")


# a month and a half, two hours and a half, one year and a quarter; not "a year and a half of it"
@AMOUNTS.rule("a <unit> and a half", "(a|one|n12) (unit|units) and a? (half|quarter)", "Amount")
def one_and_a_half(match: Match) -> Amount:
    """So many of the unit and a half or a quarter of it."""
    counted = match.find("unit") or match.find("units")
    unit = Unit(str(counted.value)) if counted is not None else Unit.HOUR
    return Amount(unit, f"{match.items[0].value}.{'5' if match.has('half') else '25'}")


# a quarter of an hour; not "a quarter of a year"
@AMOUNTS.rule("a quarter of an hour", "a quarter of a unit", "Amount")
def quarter_hour(match: Match) -> Amount | None:
    """Fifteen minutes."""
    return Amount(Unit.MINUTE, "15") if match.string("unit") == "hour" else None


# two to three weeks, 12-18 months, two or three days; not "Monday to 3 days"
@AMOUNTS.rule(
    "<n> to <n> <unit>",
    "(n12|n31|n99|one|teen) (to|or|hyphen) (n12|n31|n99|one|teen) units",
    "Amount",
)
@AMOUNTS.rule(
    "between <n> and <n> <unit>",
    "between (n12|n31|n99|one|teen) and (n12|n31|n99|one|teen) units",
    "Amount",
)
def some_of_two(match: Match) -> Amount | None:
    """An amount that is told by its least and its most: nobody counted it."""
    counts = [item.value for item in match.items if isinstance(item.value, int) and item.value]
    if len(counts) != _ENDS or counts[0] >= counts[1]:
        return None
    return Amount(_unit(match), "X")


# hundreds of years, dozens of days, several hundred days
@AMOUNTS.rule("hundreds of <units>", "dozens of units", "Amount")
@AMOUNTS.rule("several hundred <units>", "a? some (scale|dozen) units", "Amount")
def very_many(match: Match) -> Amount:
    """An amount that nobody counted."""
    return Amount(_unit(match), "X")


# several weeks, a few days, many years, a couple of hours, a dozen years
@AMOUNTS.rule("<some> <unit>", "a? (some|couple of?|dozen) (more|kind|full)? (units)", "Amount")
def some_amount(match: Match) -> Amount | None:
    """Some of the unit; a couple is two and a dozen twelve; "in as many weeks" counts otherwise."""
    if match.before() == "as":
        return None
    for name in ("couple", "dozen"):
        if match.has(name):
            return Amount(_unit(match), str(match.number(name)))
    return Amount(_unit(match), "X")


# a year, an hour, half a century; bare only after for, in, within ...
@AMOUNTS.rule("a <unit>", "half? a (unit|quarter|weekend)", "Amount")
def one_amount(match: Match) -> Amount | None:
    """One of the unit, not counted with a number; "a year-earlier loss" is no amount."""
    if match.after() == "-":
        return None
    count = "0.5" if match.has("half") else "1"
    return Amount(_unit(match), count, indefinite=count == "1")


# about two weeks, more than three years, at least 10 days, up to a month
@AMOUNTS.rule(
    "<sense of measure>",
    "(about|nearly|more than|less than|over|at? least|up to|at most)",
    "Measure",
)
def measure(match: Match) -> str | None:
    """How the count is meant, as TIMEX3 mod."""
    if match.has("over") and match.after() in _UNCOUNTED:
        return None
    if match.has("over"):
        return "MORE_THAN"
    if match.has("up"):
        return match.string("up")
    return str(match.items[-2 if match.has("than") else -1].value)


# three months, about two weeks, for a year; not "$10 a day"
@BASICS.rule("<duration>", "Measure? Amount (or so)?", "Duration")
def duration(match: Match) -> Meaning | None:
    """An amount of time; "a year" alone only where a preposition makes it one."""
    amount = match.amount()
    if amount.indefinite and not match.has("Measure") and not _is_amount(match):
        return None
    if _is_some_day(match):
        return None
    if match.before() == "in" and match.amount().count.isdigit() and _is_ahead(match):
        return _counted(match, After, Here(), vague=FUTURE_REF)
    return Meaning(
        says="an amount of time",
        type=TimexType.DURATION,
        value=duration_text(amount.unit, amount.count),
        mod=_mod(match),
        granularity=amount.unit.granularity,
        confidence=0.9,
    )


# three weeks ago, a year ago, about two months ago, several years ago (vague)
@BASICS.rule("<amount> ago", "Measure? Amount (or so)? ago", "DayRef")
def ago(match: Match) -> Meaning:
    """The unit that far before publication."""
    return _counted(match, Before, Here(), vague=PAST_REF)


# three weeks from now, two days hence; not "from now on"
@BASICS.rule("<amount> from now", "Measure? Amount from now", "DayRef")
def from_now(match: Match) -> Meaning:
    """The unit that far after publication."""
    return _counted(match, After, Here(), vague=FUTURE_REF)


# a week later, two days later; counts from the time last named
@BASICS.rule("<amount> later", "Measure? Amount later", "DayRef")
def later(match: Match) -> Meaning:
    """The unit that far after the time last named."""
    amount = match.amount()
    if amount.count == "X":
        return _uncounted(amount.unit)  # what has happened later is not in the future
    return _counted(match, After, _NAMED, vague=FUTURE_REF)


# a year earlier, three days before; not "three days before the vote"
@BASICS.rule("<amount> earlier", "Measure? Amount (earlier|previous)", "DayRef")
@BASICS.rule("<amount> before", "Measure? Amount before", "DayRef")
def earlier(match: Match) -> Meaning | None:
    """The unit that far before the time last named; "before" only where a clause ends."""
    if match.has("before") and match.after() not in {",", ".", ";", ":", ")", "\n", ""}:
        return None
    if match.after() == "to":
        return None
    return _counted(match, Before, _NAMED, vague=PAST_REF)


# in three weeks' time; not "time's up"
@BASICS.rule("in <amount> time", "Amount (poss|quote) time", "DayRef")
def in_time(match: Match) -> Meaning:
    """The unit that far after publication."""
    return _counted(match, After, Here(), vague=FUTURE_REF)


# years ago, days later, weeks earlier
@BASICS.rule("<units> ago", "Measure? units (ago|later|earlier)", "Ref")
def vague_distance(match: Match) -> Meaning:
    """A distance that nobody counted."""
    unit = _first_unit(match)
    if match.has("later"):
        return _uncounted(unit)
    return Meaning(
        says="a vague distance in time",
        value=PAST_REF,
        granularity=unit.granularity,
        confidence=0.8,
    )


# three weeks from tomorrow, two weeks before May 13, 1999, 3 days after Easter; not "days before
# the vote", which an event outside anchors
@DISTANCES.rule(
    "<amount> from <day>", "(Duration|Amount) (before|after|from) (day|Instant)", "DayRef"
)
def from_day(match: Match) -> Meaning | None:
    """The day or unit that far from the day named."""
    told = match.items[0].value
    counted = f"{told.count}{_LETTERS.get(told.unit)}" if isinstance(told, Amount) else ""
    if isinstance(told, Meaning):
        counted = (told.value or "")[1:]
    amount = _AMOUNT.fullmatch(counted)
    day = match.find("day") or match.find("Instant")
    if amount is None or day is None or not isinstance(day.value, Meaning):
        return None
    if day.value.expr is None or (isinstance(told, Meaning) and told.mod):
        return None
    if match.before() == "for" and match.has("from"):
        return None  # "for three days from Monday" is a stretch
    if any(match.scan.word(index) in _AT_WORK for index in range(*_tokens(match.items[0]))):
        return None  # "eight trading days after Oct. 12" are more than eight days
    count, unit = int(amount[1]), _UNITS_BY_LETTER[amount[2]]
    shape = Before if match.has("before") else After
    if unit is Unit.WEEK and day.value.granularity <= Granularity.DAY:
        count, unit = count * 7, Unit.DAY  # counted from a day, it is that weekday
    return Meaning(
        says="a distance from a day named",
        expr=shape(Period(unit, count), day.value.expr),
        granularity=unit.granularity,
        confidence=0.8,
    )


# for weeks, in decades, over months; not "the weeks"
@BASICS.rule("for <units>", "units", "Duration")
def vague_duration(match: Match) -> Meaning | None:
    """An amount of time that nobody counted."""
    led = match.before() in {"for", "in", "within"}
    led = led or (match.after() == "of" and match.before() in _OUT_OF)
    return replace(_uncounted(_first_unit(match)), confidence=0.85) if led else None


# the nine months, the first two years, a three-year period; not "the two-day visit"
@BASICS.rule("the <amount>", "the (nth|latest|full)? Amount", "Duration")
@BASICS.rule("a <amount> period", "(the|a)? Amount hyphen? period", "Duration")
def the_amount(match: Match) -> Meaning | None:
    """An amount of time that the text speaks of as known."""
    amount, last = match.amount(), match.items[-1].until - 1
    counted = match.has("period") or match.scan.codes[last] in _PLURAL
    if not counted or amount.indefinite or match.after() in _INSIDE | {"ago", "later", "earlier"}:
        return None
    return Meaning(
        says="an amount of time",
        type=TimexType.DURATION,
        value=duration_text(amount.unit, amount.count),
        granularity=amount.unit.granularity,
        confidence=0.85,
    )


# the past three months, the last few weeks; implies the stretch up to publication
@BASICS.rule("the past <amount>", "the? (past|last|previous) Amount (or so)?", "Duration")
def past_amount(match: Match) -> Meaning | None:
    """The amount, with the stretch up to publication that it covers."""
    if match.has("last") and match.after() in _INSIDE:
        return None
    return _anchored(match, Past)


# the next two weeks, the coming months; implies the stretch from publication on
@BASICS.rule("the next <amount>", "the? (next|coming|following) Amount (or so)?", "Duration")
def next_amount(match: Match) -> Meaning:
    """The amount, with the stretch from publication on that it covers."""
    return _anchored(match, Coming)


# the first three months of 2025, the last two weeks of March: used with the unit that follows
@BASICS.rule("the first <amount> of", "the? nth Amount", "FirstAmount")
@BASICS.rule("the last <amount> of", "the? (last|final) Amount", "LastAmount")
def part_amount(match: Match) -> Amount | None:
    """The amount, where a unit follows that it is taken from."""
    first = match.has("last") or match.has("final") or match.number("nth") == 1
    return match.amount() if first and match.after() in _INSIDE else None


# the past week, the past year, over the last decade; implies the stretch up to publication
@BASICS.rule("over the last <unit>", "the last unit (or so)?", "Duration")
@BASICS.rule("the past <unit>", "the (past) (unit|quarter) (or so)?", "Duration")
def past_unit(match: Match) -> Meaning | None:
    """One unit, with the stretch up to publication that it covers."""
    told = match.find("unit") or match.items[2]
    unit = Unit(str(told.value))
    if match.has("last") and not is_stretch(match, unit):
        return None  # "the last week" is a week of the calendar
    return Meaning(
        says="an amount of time up to publication",
        type=TimexType.DURATION,
        mod=_mod(match),
        value=duration_text(unit, "1"),
        implies=Past(Period(unit, 1)),
        granularity=unit.granularity,
        confidence=0.85,
    )


def _is_amount(match: Match) -> bool:
    """Whether "a day" is one that passes: "for a day", "a day after the raid"."""
    return (
        match.before() in _LEADS
        or (match.after() in {"before", "after"} and not ends_clause(match, beyond=1))
        or (match.before() == "as" and match.scan.word(match.items[0].first - 2) in _AS_LONG)
    )


def _is_ahead(match: Match) -> bool:
    """Whether the clause points ahead: "will leave in two weeks"; else it takes that long."""
    first, until = match.items[0].first, match.items[-1].until
    cue = find_cue(match.scan, first, until, "en")
    return cue is not None and cue.tense is Tense.FUTURE


def _is_some_day(match: Match) -> bool:
    """Whether no length of time is meant: "One day they will win"."""
    counted = match.before() in _LEADS | {"by", "just"} or match.after() in {"before", "after"}
    return match.text.lower() == "one day" and not counted


def _anchored(match: Match, shape: type[Past | Coming]) -> Meaning:
    amount = match.amount()
    whole = amount.count.isdigit()
    period = Period(amount.unit, int(amount.count)) if whole else None
    return Meaning(
        says="an amount of time that touches publication",
        type=TimexType.DURATION,
        value=duration_text(amount.unit, amount.count),
        mod=_mod(match),
        implies=None if period is None else shape(period),
        granularity=amount.unit.granularity,
        confidence=0.9,
    )


def _counted(match: Match, shape: type[Before | After], of: Here, *, vague: str) -> Meaning:
    amount = match.amount()
    half = amount.count.endswith(".5")
    if not half and not amount.count.isdigit():
        return Meaning(
            says="a vague distance in time",
            value=vague,
            granularity=amount.unit.granularity,
            confidence=0.8,
        )
    count, unit = int(float(amount.count)), amount.unit
    if half and unit is Unit.HOUR:
        count, unit = int(float(amount.count) * 60), Unit.MINUTE
    if unit in _LONG:
        count, unit = count * _LONG[unit], Unit.YEAR
    rounded = half or count >= _FROM_ROUND or match.has("Measure") or match.has("so")
    expr: TimeExpr = shape(Period(unit, count, approximate=rounded), of)
    clock = unit in {Unit.HOUR, Unit.MINUTE, Unit.SECOND}
    return Meaning(
        says="a distance in time",
        expr=expr,
        type=TimexType.TIME if clock else TimexType.DATE,
        mod=_mod(match),
        granularity=Granularity.HOUR if clock else unit.granularity,
        confidence=0.75,
    )


def _uncounted(unit: Unit) -> Meaning:
    return Meaning(
        says="an amount of time that nobody counted",
        type=TimexType.DURATION,
        value=duration_text(unit, "X"),
        granularity=unit.granularity,
        confidence=0.7,
    )


def _tokens(item: Item) -> tuple[int, int]:
    return item.first, item.until


def _unit(match: Match) -> Unit:
    value = match.items[-1].value
    return Unit.SECOND if value == 2 else Unit(str(value))


def _first_unit(match: Match) -> Unit:
    return Unit(match.string("units"))


def _mod(match: Match) -> str | None:
    if match.has("so"):
        return "APPROX"
    return match.string("Measure") if match.has("Measure") else None
