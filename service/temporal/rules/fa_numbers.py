"""Persian: numbers in words, months with the word "month", clock times and years by their noun.

These come first, so that "saat 10" is no ten hours and "sal 1404" no count of years.
"""

from __future__ import annotations

from dataclasses import replace

from service.temporal.algebra import Clock, Date, Here, TimeExpr
from service.temporal.grammar import SETS, Item, Match, Meaning, Rulebook, codes_of
from service.temporal.interval import Granularity
from service.temporal.lexicon import cues
from service.temporal.timex import Calendar, TimexType

WORDS = Rulebook()
NOUNS = Rulebook()

SETS["facount"] = ("one", "teen", "tens", "joined", "Count")
SETS["fanumeral"] = ("n12", "n31", "n99", "n999", "num", "big", "year", *SETS["facount"])
SETS["fasmall"] = ("n12", "n31", "n99", *SETS["facount"])
SETS["fanth"] = ("ordinal", "Nth", "first")
SETS["famday"] = ("n12", "n31", "ordinal", "Nth", *SETS["facount"])
SETS["faweekday"] = ("weekday", "Wday")
SETS["fasolar"] = ("solarmonth", "solarfull", "afghanmonth", "Solar")
SETS["fagregorian"] = ("month", "maymarch", "Gregorian")
SETS["fayeardigits"] = ("year", "YearWord", "n999", *SETS["fasmall"])
SETS["fayear"] = ("YearOf", "year", "n99", "YearWord")

SOLAR, LUNAR = Calendar.SOLAR_HIJRI, Calendar.LUNAR_HIJRI
SOLAR_YEARS = range(1250, 1500)
_SATURDAY = 5
_OLDEST_SHORT_YEAR = 1300
_AFTERNOON = frozenset(["afternoon", "evening", "night"])
_NOON = 12
_NEAR = 20
_AFTER_OTTOMANS = range(1302, 1500)  # before them a Solar Hijri year may be told of their empire


# twenty and two, twenty-two
@WORDS.rule("<tens> and <one>", "tens and one", "Count")
def count(match: Match) -> int:
    """The number in words."""
    return match.number("tens") + match.number("one")


# twenty and second, thirty-first
@WORDS.rule("<tens> and <nth>", "tens and ordinal", "Nth")
def nth(match: Match) -> int | None:
    """The ordinal in words."""
    return match.number("tens") + match.number("ordinal") if match.number("ordinal") < 10 else None


# a thousand and three hundred and fifty and seven
@WORDS.rule(
    "<year in words>",
    "one? scale and hundreds (and (tens and one|tens|teen|one|joined))?",
    "YearWord",
)
def year_in_words(match: Match) -> int | None:
    """The year of four digits."""
    words = match.items[1:] if match.items[0].code in codes_of("one") else match.items
    found = sum(item.value for item in words if isinstance(item.value, int))
    return found if found in SOLAR_YEARS else None


# "yek shanbe" and "5 shanbe" for Sunday and Thursday
@WORDS.rule("<n> <Saturday>", "(one|n12) weekday", "Wday")
def spaced_weekday(match: Match) -> int | None:
    """The weekday that is counted from Saturday."""
    number = match.items[0].value
    if match.number("weekday") != _SATURDAY or not isinstance(number, int) or number > 5:
        return None
    return (_SATURDAY + number) % 7


# bad az zohr
@WORDS.rule("after noon", "later from daypart", "daypart")
def afternoon(match: Match) -> str | None:
    """The afternoon in three words."""
    return "afternoon" if match.string("daypart") == "midday" else None


# pish az zohr
@WORDS.rule("before noon", "ago from daypart", "daypart")
def forenoon(match: Match) -> str | None:
    """The morning in three words."""
    return "morning" if match.string("daypart") == "midday" else None


# nime shab
@WORDS.rule("midnight", "half daypart", "daypart")
def midnight(match: Match) -> str | None:
    """The night in two words."""
    return "night" if match.string("daypart") == "night" else None


# 35 saleh, 30 salegi, 30 sal senn: ages
@WORDS.rule("<age>", "(fanumeral|tens and one) (yearly|aged|unit aging)", None)
def age(match: Match) -> int:
    """Swallowed: an age is no time on the line."""
    return len(match.items)


# Bahman mah, mahe Bahman, borje Mizan
@NOUNS.rule("<solar month> month", "(solarmonth|afghanmonth) unit", "Solar")
@NOUNS.rule("month <solar month>", "(unit|zodiac) (solarmonth|afghanmonth)", "Solar")
def solar_month(match: Match) -> int | None:
    """The month, which can be no other word."""
    name = match.find("solarmonth") or match.find("afghanmonth")
    return int(str(name.value)) if name is not None and _says(match, "month") else None


# mahe me, mahe zhuan
@NOUNS.rule("month <month>", "unit fagregorian", "Gregorian")
@NOUNS.rule("<month> month", "fagregorian unit", "Gregorian")
def month(match: Match) -> int | None:
    """The month, which can be no other word."""
    return match.number("fagregorian") if _says(match, "month") else None


# sale 1404 of the Timurids
def in_old_times(match: Match) -> Meaning | None:
    """A year of our era where words of old times stand near, the Solar Hijri one behind it."""
    number = match.number("year")
    first, until = match.items[0].first, match.items[-1].until
    near = match.scan.words[max(first - _NEAR, 0) : until + _NEAR]
    old = any(cues("fa").has("old_times", word) for word in near)
    unit = match.string("unit") if match.has("unit") else "year"
    if not old or number not in _AFTER_OTTOMANS or unit != "year":
        return None
    found = year_of(Date(number), 0.58)
    return replace(found, others=(Date(number, calendar=SOLAR),), latent=not match.has("unit"))


NOUNS.add("<year> <era>", "unit year", "YearOf", in_old_times)


# sale 1404, sale 57
@NOUNS.rule("year <year>", "unit (year|n99|YearWord)", "YearOf")
# 1404 shamsi, sale 2025 miladi, sale 1446 qamari
@NOUNS.rule(
    "<year> <era>", "(year|YearWord|unit fayeardigits) (hijri? (solarera|lunarera)|era)", "YearOf"
)
def year(match: Match) -> Meaning | None:
    """The year in the calendar that its era names, else the one that its size tells."""
    if match.has("unit") and match.string("unit") != "year":
        return None
    if match.items[-1].code in codes_of("n99") and is_counted(match.after()):
        return None
    numbers = [item.value for item in match.items if isinstance(item.value, int) and item.value]
    if not numbers:
        return None
    number = numbers[0]
    calendar = _calendar(match, number)
    if match.has("n99") and calendar is SOLAR:
        number += _OLDEST_SHORT_YEAR
    return year_of(Date(number, calendar=calendar))


# saat 10, saat 10:30 sobh, saat 10 va 30 daqiqe, saat 10 va nim; saat 10 baje, dah bajeye shab
@NOUNS.rule(
    "hour <clock>",
    "unit (clock|fasmall) (and (fasmall unit|halfcount))? oclock? daypart? (by timeword zone)?",
    "Clock",
)
@NOUNS.rule(
    "<n> <day part>", "(n12|clock) daypart|fasmall (and halfcount)? oclock daypart?", "Clock"
)
def clock(match: Match) -> Meaning | None:
    """The time of day, on publication day unless a day stands beside it."""
    if match.has("unit") and match.string("unit") != "hour":
        return None
    part = match.string("daypart") if match.has("daypart") else ""
    hour, minute = _hands(match)
    if part in _AFTERNOON and hour < _NOON and not (part == "night" and hour < 5):
        hour += _NOON
    elif part == "night" and hour == _NOON:
        hour = 0 if minute else 24
    if not 0 <= hour <= 24 or not 0 <= (minute or 0) < 60:
        return None
    return clock_meaning(hour, minute, _zone(match))


def clock_meaning(hour: int, minute: int | None, zone: str | None = None) -> Meaning:
    """A time of publication day, until a day beside it says otherwise."""
    return Meaning(
        says="a time of day",
        expr=Clock(Here(), hour, minute, None, zone),
        type=TimexType.TIME,
        granularity=Granularity.HOUR if minute is None else Granularity.MINUTE,
        confidence=0.85,
    )


def year_of(expr: TimeExpr, confidence: float = 0.96) -> Meaning:
    """A year by its number."""
    return Meaning(says="a year", expr=expr, granularity=Granularity.YEAR, confidence=confidence)


def year_number(item: Item, calendar: Calendar, after: str) -> int | None:
    """The year that the item says where one of that calendar is told; None for any other."""
    solar = calendar is SOLAR
    if isinstance(item.value, Meaning):
        date = item.value.expr
        if not isinstance(date, Date) or date.calendar is not calendar:
            return None
        return date.year
    amounted = cues("fa").has("amounted", after)
    if not isinstance(item.value, int) or amounted or (item.value < 100 and is_counted(after)):
        return None
    number = item.value + _OLDEST_SHORT_YEAR if item.value < 100 and solar else item.value
    return number if number >= 100 and (number in SOLAR_YEARS) == solar else None


def is_counted(word: str) -> bool:
    """Whether a number before the word counts things."""
    return cues("fa").has("counted", word)


def _says(match: Match, unit: str) -> bool:
    """Whether the noun of the match is that unit."""
    return all(item.value == unit for item in match.items if isinstance(item.value, str))


def _calendar(match: Match, number: int) -> Calendar:
    if match.has("lunarera"):
        return LUNAR
    if match.has("era"):
        return Calendar.GREGORIAN
    solar = match.has("solarera") or match.has("n99") or number in SOLAR_YEARS
    return SOLAR if solar else Calendar.GREGORIAN


def _hands(match: Match) -> tuple[int, int | None]:
    """Hour and minute as said."""
    if match.has("clock"):
        hour, minute, *_ = (int(part) for part in match.string("clock").split(":"))
        return hour, minute
    numbers = [item.value for item in match.all("fasmall") if isinstance(item.value, int)]
    if match.has("halfcount"):
        return numbers[0], 30
    return numbers[0], numbers[1] if len(numbers) > 1 else None


def _zone(match: Match) -> str | None:
    zone = match.find("zone")
    return None if zone is None else str(zone.value)
