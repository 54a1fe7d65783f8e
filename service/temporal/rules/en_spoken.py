"""English: ordinals and times of day as they are said ("the twenty-fifth", "five thirty p.m.")."""

from __future__ import annotations

from dataclasses import replace

from service.temporal.algebra import Clock, Here
from service.temporal.grammar import SETS, Match, Meaning, Rulebook, codes_of
from service.temporal.interval import Granularity
from service.temporal.lexicon import cues
from service.temporal.timex import TimexType

NUMBERS = Rulebook()

SETS["said"] = ("n12", "n31", "n99", "one", "teen", "tens")

_CUES = cues("en")
_DAYS_OF = codes_of("mday")
_MONTH_NAMES = tuple(codes_of("monthname"))
_NOON, _MINUTES, _QUARTER, _HALF = 12, 60, 15, 30
_FIRST_SPOKEN, _LAST_SPOKEN = 1510, 2099
_BEFORE_SPOKEN = frozenset(["in", "since", "until", "by", "year", "of", "from", "before", "after"])
_FIRST_SHORT = 30
_BEFORE_SHORT = frozenset(
    [
        "in", "since", "by", "until", "fiscal", "of", "summer", "spring", "autumn", "winter",
        "fall", "late", "early", ",",
    ]
)  # fmt: skip
_LEADS = frozenset(
    ["at", "around", "about", "by", "until", "till", "before", "after", "from", "between"]
)
# "It is ten past eight", "woke at twenty to six".
_TELLING = frozenset(["at", "is", "was", "s", "around", "about", "by", "until", "till", "from"])
_NUMBERED = frozenset(["of", "day", "century", "and", "to"])
_MONTHS = frozenset(
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
)


# the twenty-fifth of March, thirty-first; not "a twenty-second delay"
@NUMBERS.rule("twenty-<nth>", "tens hyphen? (ordinal|second)", "ordinal")
def spoken_ordinal(match: Match) -> int | None:
    """The ordinal of two words; "twenty second" may be a length of time and needs its place."""
    tens, small = match.number("tens"), match.items[-1].value
    if not isinstance(small, int) or not 0 < small < 10:
        return None
    dated = match.before()[:3] in _MONTHS or match.after() in _NUMBERED
    return tens + small if dated or not match.has("second") else None


# twenty-five January, thirty-one March 1986; not "twenty-five march on"
@NUMBERS.rule("twenty-<n> <month>", "tens hyphen? one", "n31")
def spoken_day(match: Match) -> int | None:
    """The number of a day, said before its month."""
    number = match.number("tens") + match.number("one")
    following = match.scan.written(match.items[-1].until)
    named = match.scan.codes[match.items[-1].until :][:1] in _MONTH_NAMES and following.istitle()
    return number if named and number < 32 else None


# six p.m., nine thirty p.m., eight forty-five pm; not "six PM candidates"
@NUMBERS.rule("<n> p.m.", "(one|teen) (hyphen? (teen|tens (hyphen? one)?))? halfday", "Clock")
def spoken_half_day(match: Match) -> Meaning | None:
    """The time in that half of the day."""
    if match.scan.written(match.items[-1].first) == "PM":
        return None
    hour, minute = _said(match)
    if hour is None:
        return None
    late = match.string("halfday") == "p"
    found = _clock(hour % _NOON + (_NOON if late else 0), minute)
    return replace(found, confidence=0.9)


# at five thirty, from two thirty to two forty-five; not "at five thirty people waited"
@NUMBERS.rule("<n> thirty", "(one|teen|n12) hyphen? (teen|tens (hyphen? one)?)", "Clock")
def spoken_minutes(match: Match) -> Meaning | None:
    """The time; only after what a time follows or before a day, in a half day nobody says."""
    hour, minute = _said(match)
    if hour is None or minute is None or minute < _NOON - 2:
        return None
    following = match.after()
    led = _is_led(match) and (not following.isalpha() or following in _AFTER)
    return _clock(hour, minute) if led or following in _DAYS else None


# twenty to six, fifteen past eight in the morning, 20 min past eight; not "from ten to one"
@NUMBERS.rule(
    "<n> minutes past <n>",
    "(n12|n31|n99|one|teen|tens (hyphen? one)?) (unit|units) (past|to) (n12|one|teen) oclock?",
    "Clock",
)
@NUMBERS.rule(
    "<n> past <n> in the morning", "(n12|n31|teen|tens) (past|to) (n12|one|teen)", "Clock"
)
def spoken_past(match: Match) -> Meaning | None:
    """The time, so many minutes after or before the hour."""
    word = match.find("unit") or match.find("units")
    if word is not None and word.value != "minute":
        return None
    *before, hour = (item.value for item in match.all("said") if isinstance(item.value, int))
    minute = sum(before)
    to = match.has("to")
    told = word is not None or match.before() in (_TELLING - {"from"} if to else _TELLING)
    if not told and match.after() not in {"in", "at"}:
        return None
    if to and word is None and match.before() != "at":
        return None  # "is ten to one against"
    if not 1 <= hour <= _NOON or not 0 < minute < _MINUTES:
        return None
    return _clock(hour - 1, _MINUTES - minute) if to else _clock(hour, minute)


# nineteen ninety-six, twenty fifteen; not "nineteen to ninety"
@NUMBERS.rule("<year> in words", "(teen|tens) (teen|tens (hyphen? one)?)", "year")
def spoken_year(match: Match) -> int | None:
    """The year as it is said, in two pairs of digits."""
    hundreds, *rest = (item.value for item in match.items if isinstance(item.value, int))
    value = hundreds * 100 + sum(rest)
    return value if _FIRST_SPOKEN <= value <= _LAST_SPOKEN else None


# in two thousand and fifteen, May two thousand; not "two thousand and fifteen people"
@NUMBERS.rule("two thousand <n>", "one scale (and? (one|teen|tens (hyphen? one)?))?", "year")
def spoken_millennium_year(match: Match) -> int | None:
    """The year as it is said; only after what a year follows and before no counted thing."""
    thousands, thousand, *rest = (
        item.value for item in match.items if isinstance(item.value, int) and item.value
    )
    first = match.items[0].first
    dated = match.scan.word(first - 2)[:3] in _MONTHS and match.scan.codes[first - 1] in _DAYS_OF
    led = match.before() in _BEFORE_SPOKEN or match.before()[:3] in _MONTHS or dated
    if (thousands, thousand) != (2, 1000) or not led or _CUES.has("counted", match.after()):
        return None
    return 2000 + sum(rest)


# the summer of '69, Dec. '25, since '69; not "the '69 Chevrolet", "'69 people"
@NUMBERS.rule("'<yy>", "shortyear", "year")
def short_year(match: Match) -> int | None:
    """The year of two digits, from 1930 to 2029; only after what a year follows."""
    number = match.number("shortyear")
    led = match.before() in _BEFORE_SHORT or match.before()[:3] in _MONTHS
    if not led or _CUES.has("counted", match.after()):
        return None
    return number + (1900 if number >= _FIRST_SHORT else 2000)


def _is_led(match: Match) -> bool:
    """Whether a time of day follows the word before, or ends what "from" has begun."""
    first = match.items[0].first
    if match.before() in {"to", "and"}:
        return any(match.scan.word(first - each) in {"from", "between"} for each in range(2, 6))
    return match.before() in _LEADS


def _said(match: Match) -> tuple[int | None, int | None]:
    """The hour and the minutes that the numbers say; no hour when they say none."""
    hour, *rest = (item.value for item in match.all("said") if isinstance(item.value, int))
    if not 1 <= hour <= _NOON:
        return None, None
    minute = sum(rest)
    return (hour, minute if rest else None) if minute < _MINUTES else (None, None)


def _clock(hour: int, minute: int | None) -> Meaning:
    return Meaning(
        says="a time of day in words",
        expr=Clock(Here(), hour, minute),
        type=TimexType.TIME,
        granularity=Granularity.HOUR if minute is None else Granularity.MINUTE,
        confidence=0.6,
    )


_DAYS = frozenset(["tomorrow", "today", "tonight", "yesterday", "sharp"])
_AFTER = (
    frozenset(
        ["and", "to", "on", "in", "until", "till", "for", "with", "when", "but", "this", "that"]
    )
    | _DAYS
)
