"""English: repetition ("every week") and references without a place ("recently")."""

from __future__ import annotations

from service.temporal.grammar import Match, Meaning, Rulebook
from service.temporal.interval import Granularity
from service.temporal.timex import TimexType
from service.temporal.timex3 import FUTURE_REF, PAST_REF, PRESENT_REF, duration_text
from service.temporal.units import Unit

BASICS = Rulebook()

_OF_OLD = frozenset(["in", "of", "from", "than", "as", "unlike", "during"])
_SEASONS = ("SP", "SU", "FA", "WI")


# every day, each year, every two weeks, every other month; not "every person"
@BASICS.rule("every <unit>", "every alternate? (unit|weekend|quarter)", "Set")
@BASICS.rule("every <amount>", "every Amount", "Set")
def every(match: Match) -> Meaning:
    """A period that comes round."""
    if match.has("Amount"):
        amount = match.amount()
        return _set(duration_text(amount.unit, amount.count), "EVERY", None)
    unit = Unit(str(match.items[-1].value))
    return _set(duration_text(unit, "2" if match.has("alternate") else "1"), "EVERY", None)


# every January, each summer, every morning
@BASICS.rule("every <name>", "every (month|monthdot|season|daypart)", "Set")
def every_named(match: Match) -> Meaning:
    """A month, season or part of day that comes round."""
    item = match.items[-1]
    if match.has("season"):
        return _set(f"XXXX-{_SEASONS[match.number('season')]}", "EVERY", None)
    if match.has("daypart"):
        letters = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
        return _set(f"XXXX-XX-XXT{letters[match.string('daypart')]}", "EVERY", None)
    return _set(f"XXXX-{item.value:02}", "EVERY", None)


# twice a week, once a year, three times a month; not "once upon a time"
@BASICS.rule("twice a <unit>", "(once|twice|(n12|n31|n99|one|teen) times) Amount", "Set")
@BASICS.rule("twice every <unit>", "(once|twice|(n12|one) times) every (unit)", "Set")
def times(match: Match) -> Meaning | None:
    """How often in a period."""
    count = match.items[0].value
    if match.has("Amount"):
        amount = match.amount()
        return _set(duration_text(amount.unit, amount.count), None, f"{count}X")
    return _set(duration_text(Unit(match.string("unit")), "1"), None, f"{count}X")


# daily, weekly, annually; only where it ends a phrase: not "the daily newspaper"
@BASICS.rule("daily", "often", "Set")
def often(match: Match) -> Meaning | None:
    """A period that comes round."""
    after = match.after()
    if after and after[0].isalnum() and after not in {"and", "or", "at", "in", "for", "by", "to"}:
        return None
    if match.before() in {"the", "a", "an", "its", "his", "their"}:
        return None
    if match.text.lower() == "everyday" and after not in {".", "!", "?", "at", ""}:
        return None  # the adjective: "everyday, homely things"
    return _set(duration_text(Unit(match.string("often")), "1"), "EVERY", None)


# recently, currently; not "once", "previously"
@BASICS.rule("recently", "(more|most)? reference", "Ref")
def reference(match: Match) -> Meaning | None:
    """A time without a place."""
    if match.has("more") or match.has("most"):
        return _vague(PAST_REF) if match.string("reference") == PAST_REF else None
    if match.before() == "as" and match.after() == "as":
        return None  # "as soon as possible" is a condition
    return _vague(match.string("reference"))


# now, right now; not "now that", "until now"
@BASICS.rule("now", "right? now", "Ref")
def now(match: Match) -> Meaning | None:
    """The present."""
    return None if match.after() == "that" else _vague(PRESENT_REF)


# will one day be, some day; not "one day in May"
@BASICS.rule("one day", "Amount|Measure unit", "Ref")
def one_day(match: Match) -> Meaning | None:
    """A time ahead that nobody knows."""
    ahead = match.before() in {"will", "may", "might", "could", "can", "would", "shall", "ll"}
    counted = match.text.lower() in {"one day", "some day"}
    return _vague(FUTURE_REF) if ahead and counted else None


# over the years, down the decades
@BASICS.rule("over the <units>", "the units", "Duration")
def over_the_years(match: Match) -> Meaning | None:
    """A long time that nobody counted."""
    unit = Unit(match.string("units"))
    if match.before() not in {"over", "through", "throughout", "down"} or match.after() in {
        "of", "since", "that", "when", "before", "after", "to",
    }:  # fmt: skip
        return None
    if unit not in {Unit.YEAR, Unit.DECADE, Unit.CENTURY}:
        return None
    value = duration_text(unit, "X")
    return Meaning(
        says="an amount of time",
        type=TimexType.DURATION,
        value=value,
        granularity=unit.granularity,
        confidence=0.8,
    )


# these days, at the moment, at this moment, at present; not "this moment of joy"
@BASICS.rule("these days", "these units|(the|this) moment|at present", "Ref")
def these_days(match: Match) -> Meaning | None:
    """The present."""
    if match.has("moment") and match.before() != "at":
        return None
    return _vague(PRESENT_REF)


# the near future, the future; not "future generations"
@BASICS.rule("the future", "the near? future", "Ref")
@BASICS.rule("the past", "the recent? past", "Ref")
def ahead(match: Match) -> Meaning | None:
    """A time ahead or behind without a place; only after "in"."""
    if match.before() not in {"in", "for"} and not (match.has("near") or match.has("recent")):
        return None
    return _vague(FUTURE_REF if match.has("future") else PAST_REF)


# in years past, in past years; not "the past years"
@BASICS.rule("<units> past", "units past", "Ref")
@BASICS.rule("in past <units>", "past units", "Ref")
def former_units(match: Match) -> Meaning | None:
    """Times behind, any of them; only after a preposition."""
    return _vague(PAST_REF) if match.before() in _OF_OLD else None


# in recent weeks, which are a few; recent years may be any of late
@BASICS.rule("recent <units>", "the? most? recent units", "Ref")
def recent_units(match: Match) -> Meaning:
    """A time not long before publication."""
    unit = Unit(match.string("units"))
    if unit.granularity > Granularity.MONTH:
        return _vague(PAST_REF)
    return Meaning(
        says="an amount of time up to publication",
        type=TimexType.DURATION,
        value=duration_text(unit, "X"),
        granularity=unit.granularity,
        confidence=0.7,
    )


# the past years, the coming days, the years ahead, in years to come
@BASICS.rule("the <units> ahead", "the? units (to? tocome)", "Duration")
@BASICS.rule("past <units>", "the? (past|last|previous) units", "Duration")
@BASICS.rule("coming <units>", "the? (coming|next|following) units", "Duration")
def some_units(match: Match) -> Meaning | None:
    """A few units on one side of publication: an amount that nobody counted."""
    if match.after() == "of":
        return None  # "the last days of the war" are counted from its end
    unit = Unit(match.string("units"))
    return Meaning(
        says="an amount of time that touches publication",
        type=TimexType.DURATION,
        value=duration_text(unit, "X"),
        granularity=unit.granularity,
        confidence=0.8,
    )


def _set(value: str, quant: str | None, freq: str | None) -> Meaning:
    return Meaning(
        says="a period that comes round",
        type=TimexType.SET,
        value=value,
        quant=quant,
        freq=freq,
        confidence=0.85,
    )


def _vague(value: str) -> Meaning:
    return Meaning(says="a vague time", value=value, confidence=0.85)
