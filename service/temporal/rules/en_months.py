"""English: weeks, months, seasons, quarters, years, decades, centuries."""

from __future__ import annotations

from dataclasses import replace

from service.temporal.algebra import (
    Between,
    Date,
    Here,
    Last,
    Leaf,
    Next,
    Nth,
    This,
    TimeExpr,
    Undirected,
    Years,
)
from service.temporal.grammar import Match, Meaning, Rulebook, codes_of
from service.temporal.interval import Granularity
from service.temporal.lexicon import cues
from service.temporal.timex import Calendar
from service.temporal.units import Cycle, Repeating, Unit

BASICS = Rulebook()
COMBINED = Rulebook()

_CUES = cues("en")
_AFTER_WEEK = frozenset(["and", "to", "of", "in", "at", "was", "is", "will", "with", "on", "for"])
_FIRST_OF_1900S = 30
_LAST_CENTURY = 2000
_MONTH_BEGINNINGS = frozenset(
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
)
_STRETCHED = frozenset(["over", "within", "for", "throughout"])
_SPANS = codes_of("Span")
_QUOTES = frozenset(['"', "“", "”", "'", "`", "’", "‘"])
_DECADE = codes_of("decade")
_BEFORE_JOINED = frozenset(["the", "early", "mid", "late", "mid-", "into"])
# "Our last day" is no calendar day.
_OWNERS = frozenset(["our", "his", "her", "their", "my", "its", "your"])
_ARTICLES = frozenset(["the", "a", "this", "its", "his", "her", "their", "that"])
# "The March on Rome" is no month.
_OFF_MARCH = frozenset(
    ["on", "of", "for", "to", "from", "against", "was", "is", "and", "in", "that", "began", "by",
     "through", "had", "with", "family", "brothers", "sisters"]
)  # fmt: skip
_WORDS_BEFORE_MONTH = frozenset(
    [
        "in", "since", "by", "until", "till", "from", "to", "of", "during", "before", "after",
        "through", "late", "early", "mid", "last", "next", "this", "every", "between", "and",
        "throughout", "for", "around", "following", "previous", "-", "–",
    ]
)  # fmt: skip


# December, in May, since March; not "may", "March on Washington", "Theresa May"
@BASICS.rule("<month>", "month|monthdot|monthshort|maymarch", "Month")
def bare_month(match: Match) -> Meaning | None:
    """The one that tense decides."""
    name = match.scan.written(match.items[0].first - 1)[:1].isupper()
    if name and _CUES.has("names_before", match.before()):
        return None  # "Theresa May", but "a good April"
    following = match.scan.written(match.items[-1].until)
    told = match.before() in _ARTICLES and following.islower() and following not in _OFF_MARCH
    led = match.before() in _WORDS_BEFORE_MONTH or _is_joined(match) or told
    named = match.after() == "-" or _is_name(match.scan.written(match.items[-1].until))
    if match.has("monthshort") and (named or not led or not match.text.istitle()):
        return None  # "Jan Kavan", "Mar-a-Lago"
    if not led and (match.has("maymarch") or match.has("monthdot") or _is_name(following)):
        return None
    repeating = Repeating(Cycle.MONTH, match.items[0].value)  # type: ignore[arg-type]
    return _month(Undirected(repeating), "a month without a year", 0.72)


# December 2025, Dec. 2025, December of 2025; not "May 2025 people"
@BASICS.rule("<month> <year>", "monthname hyphen? (comma|of|in)? year", "MonthOf")
def month_of_year(match: Match) -> Meaning:
    """The month of that year."""
    return _month(Date(match.number("year"), match.number("monthname")), "a month of a year", 0.98)


# April of 87, July of '69; not "May of 15 years"
@BASICS.rule("<month> of <yy>", "monthname of n99", "MonthOf")
def month_of_short_year(match: Match) -> Meaning | None:
    """The month of that year of the last century."""
    if match.after()[:1].isalpha() and _CUES.has("counted", match.after()):
        return None
    year = 1900 + match.number("n99")
    return _month(Date(year, match.number("monthname")), "a month of a year", 0.8)


# Bahman 1404; not "Bahman Ghobadi"
@BASICS.rule(
    "<solar month> <year>", "(the unit of)? solarmonth (comma|of)? year solarera?", "MonthOf"
)
def solar_month_of_year(match: Match) -> Meaning | None:
    """The month of the Solar Hijri calendar."""
    year = match.number("year")
    if year > 1500:
        return None
    expr = Date(year, match.number("solarmonth"), None, Calendar.SOLAR_HIJRI)
    return _month(expr, "a month of the Solar Hijri calendar", 0.96)


# last December, next May, this March
@BASICS.rule("last <month>", "(this? past|last|previous) monthname", "MonthOf")
@BASICS.rule("next <month>", "(this? coming|next) monthname", "MonthOf")
@BASICS.rule("this <month>", "(this) monthname", "MonthOf")
def directed_month(match: Match) -> Meaning:
    """Strictly before or after the month of publication, or the one of this year."""
    what = Repeating(Cycle.MONTH, match.number("monthname"))
    return _month(_directed(match, what), "a month near publication", 0.9)


# last week, last month, last year, last weekend; not "the last year of the war"
@BASICS.rule("last <unit>", "(the? last|previous|this past) calendar? oneunit", "Span")
@BASICS.rule("next <unit>", "(next|this? coming) calendar? oneunit", "Span")
@BASICS.rule("this <unit>", "(this|the? current|this same) calendar? oneunit", "Span")
def calendar_unit(match: Match) -> Meaning | None:
    """The calendar unit before, after or around publication."""
    word = match.items[-1].value
    unit = Unit.SECOND if word == 2 else Unit(str(word))
    the = match.has("the") or match.before() == "the"
    inside = match.after() == "of" and match.has("last") and unit is not Unit.YEAR
    counted = inside or (the and (unit is Unit.DAY or match.after() in {"of", "in"}))
    if match.has("last") and match.before() in _OWNERS:
        return None
    if match.text.istitle() and " " in match.text and not match.has("the") and _is_quoted(match):
        return None
    to_this_day = match.has("this") and unit is Unit.DAY and match.before() == "to"
    if match.has("the") and match.has("last") and is_stretch(match, unit):
        return None
    if unit in {Unit.SECOND, Unit.MINUTE, Unit.HOUR} or counted or to_this_day:
        return None
    if unit is Unit.WEEKEND and match.has("coming"):
        return _span(This(unit), unit, "the weekend ahead")
    return _span(_directed(match, unit), unit, "a calendar unit near publication", 0.8)


# this working week, next business week; not "a working week of 40 hours"
@BASICS.rule("this working week", "(this|last|next|the) kind unit", "Span")
def working_week(match: Match) -> Meaning | None:
    """Monday to Friday of that week."""
    item = match.find("kind")
    if item is None or match.scan.word(item.first) not in {"working", "business", "trading"}:
        return None
    if match.string("unit") != "week" or (match.has("the") and match.after() in {"of", "in"}):
        return None
    week = _directed(match, Unit.WEEK)
    monday, friday = (Nth(1, Repeating(Cycle.WEEKDAY, number), week) for number in (0, 4))
    expr = Between(monday, friday)
    return replace(_span(expr, Unit.DAY, "the days of work of a week", 0.8))


# the week before last, the year after next
@BASICS.rule("the <unit> before last", "the oneunit (before last|after next)", "Span")
def second_unit(match: Match) -> Meaning | None:
    """Two calendar units away."""
    unit = Unit(str(match.items[1].value)) if not match.has("second") else Unit.SECOND
    if unit in {Unit.SECOND, Unit.MINUTE, Unit.HOUR, Unit.DAY}:
        return None
    expr: TimeExpr = Last(unit, Last(unit)) if match.has("last") else Next(unit, Next(unit))
    return _span(expr, unit, "the calendar unit after the next one")


# over the weekend, the weekend
@BASICS.rule("the weekend", "the weekend", "Span")
def the_weekend(_match: Match) -> Meaning:
    """The one that tense decides."""
    return _span(Undirected(Unit.WEEKEND), Unit.WEEKEND, "a weekend without a week", 0.85)


# the year 2019, the Persian year 1404; not "the year of the dog"
@BASICS.rule("the year <year>", "the solarname? (solarname|hijri)? unit of? year", "YearOf")
@BASICS.rule("fiscal <year>", "the? fiscal unit? year", "YearOf")
@BASICS.rule("FY<year>", "fiscalcode", "YearOf")
def the_year(match: Match) -> Meaning | None:
    """The year; a fiscal one by the calendar, less sure."""
    if match.has("fiscalcode"):
        return replace(_year(Date(match.number("fiscalcode")), "a fiscal year"), confidence=0.6)
    if match.has("unit") and match.string("unit") != "year":
        return None
    number = match.number("year")
    if match.has("solarname") and number <= 1500:
        return _year(Date(number, calendar=Calendar.SOLAR_HIJRI), "a Solar Hijri year")
    found = _year(Date(number), "a year")
    return replace(found, confidence=0.6) if match.has("fiscal") else found


# last summer, this fall, next winter; not "to fall"
@BASICS.rule("last <season>", "(this? past|last|previous) season", "Span")
@BASICS.rule("next <season>", "(this? coming|next) season", "Span")
@BASICS.rule("this <season>", "this season", "Span")
def directed_season(match: Match) -> Meaning:
    """The season before, after or around publication."""
    what = Repeating(Cycle.SEASON, match.number("season"))
    if match.has("next") and match.before() == "the":
        expr: TimeExpr = Next(what, Here(Leaf.PASSAGE))
        return _span(expr, Unit.SEASON, "the season after the time told of", 0.7)
    return _span(_directed(match, what), Unit.SEASON, "a season near publication")


# in the spring, by summer; not "to fall", "spring water"
@BASICS.rule("the <season>", "the? season", "Season")
def bare_season(match: Match) -> Meaning | None:
    """The one that tense decides; only after a preposition that takes a time."""
    if match.before() not in {"in", "since", "by", "until", "during", "over", "from", "late",
                              "early", "mid", "before", "after", "this", "into", "through",
                              "throughout"}:  # fmt: skip
        return None
    falls = match.scan.word(match.items[-1].first) == "fall"
    if falls and (not match.has("the") or (match.after() == "of" and not _names_year(match))):
        return None
    what = Repeating(Cycle.SEASON, match.number("season"))
    return _span(Undirected(what), Unit.SEASON, "a season without a year", 0.75)


# summer 2025, the winter of 2024, spring of 1968, the winter of 2025-26
@BASICS.rule("<season> <year>-<yy>", "the? season (of|comma)? year hyphen (n12|n31|n99)", "Span")
@BASICS.rule("<season> <year>", "the? season (of|comma)? year", "Span")
def season_of_year(match: Match) -> Meaning:
    """The season that starts in that year."""
    what = Repeating(Cycle.SEASON, match.number("season"))
    expr = Nth(1, what, Date(match.number("year")))
    return _span(expr, Unit.SEASON, "a season of a year")


# week 10, week 3 of 2027, the week 23; ISO weeks; not "a week 10 people died"
@BASICS.rule("week <n> of <year>", "the? unit (n12|n31|n99) of? year", "Span")
@BASICS.rule("week <n>", "the? unit (n12|n31|n99)", "Span")
def numbered_week(match: Match) -> Meaning | None:
    """The week of that number, of the year of publication unless a year is named."""
    number = match.number("digits")
    if match.string("unit") != "week" or not 1 <= number <= 53:
        return None
    if match.has("year"):
        expr: TimeExpr = Nth(number, Unit.WEEK, Date(match.number("year")))
        return _span(expr, Unit.WEEK, "a numbered week of a year")
    if match.before() in {"a", "last", "next", "this", "per", "each", "every"}:
        return None
    after = match.after()
    if after[:1].isalpha() and after not in _AFTER_WEEK:
        return None
    return _span(Nth(number, Unit.WEEK, This(Unit.YEAR)), Unit.WEEK, "a numbered week", 0.7)


# Q3 2025, third quarter of 2025, the third-quarter; not "quarter to five"
@BASICS.rule("<quarter> <year>", "quartercode (of|comma|hyphen)? year", "Span")
@BASICS.rule("<year> <quarter>", "year hyphen? quartercode", "Span")
@BASICS.rule(
    "<nth> quarter <year>",
    "the? (nth|last|final) hyphen? quarter (of|in|comma)? (the unit|calendar unit?)? year",
    "Span",
)
def quarter_of_year(match: Match) -> Meaning | None:
    """The quarter of the calendar year."""
    number = 4
    if not match.has("last") and not match.has("final"):
        number = match.number("quartercode" if match.has("quartercode") else "nth")
    if not 1 <= number <= 4:
        return None
    what = Repeating(Cycle.QUARTER, number)
    expr = Nth(1, what, Date(match.number("year")))
    return _span(expr, Unit.QUARTER, "a quarter of a calendar year", 0.85)


# the third quarter, Q3, the fiscal first quarter, a third-quarter loss
@BASICS.rule(
    "<nth> quarter",
    "(the? fiscal hyphen?)? nth hyphen? quarter|the nth quarter|quartercode"
    "|the? nth fiscal quarter",
    "Quarter",
)
def bare_quarter(match: Match) -> Meaning | None:
    """The one that tense decides."""
    number = match.number("quartercode" if match.has("quartercode") else "nth")
    if not 1 <= number <= 4:
        return None
    what = Repeating(Cycle.QUARTER, number)
    sure = 0.5 if match.has("fiscal") else 0.93
    return _span(Undirected(what), Unit.QUARTER, "a quarter without a year", sure)


# the first half of 2025, H1 2025; not "the first half" of a match
@BASICS.rule(
    "<nth> half <year>", "the? nth half of? year|halfcode year|year hyphen? halfcode", "Span"
)
def half_of_year(match: Match) -> Meaning | None:
    """Half a calendar year."""
    number = match.number("halfcode" if match.has("halfcode") else "nth")
    if number not in {1, 2}:
        return None
    what = Repeating(Cycle.HALF_YEAR, number)
    expr = Nth(1, what, Date(match.number("year")))
    return _span(expr, Unit.HALF_YEAR, "half a calendar year", 0.9)


# the 1990s, the '90s, 1990s; not "in his 90s"
@BASICS.rule("the <decade>", "the? decade", "Decade")
def decade(match: Match) -> Meaning | None:
    """Ten years."""
    digits = "".join(char for char in match.string("decade") if char.isdigit())
    listed = _hundred_before(match)
    if len(digits) == 2 and listed is not None:
        first = listed + int(digits)
    elif len(digits) == 2:
        if not match.has("the") and match.before() not in {"early", "mid", "late", "-"}:
            return None
        first = int(digits) + (1900 if int(digits) >= _FIRST_OF_1900S else 2000)
    else:
        first = int(digits)
    if first % 10 or not 1000 <= first <= 2990:
        return None
    if first % 100 == 0 and first < _LAST_CENTURY:
        found = _span(Years(Unit.CENTURY, first), Unit.CENTURY, "the years of a century", 0.85)
        return replace(found, others=(Years(Unit.DECADE, first),))
    return _decade(first)


# the nineties, early nineties, the nineteen-sixties; not "in her nineties"
@BASICS.rule("the <decade word>", "the? (teen hyphen?)? decadeword", "Decade")
def decade_word(match: Match) -> Meaning | None:
    """Ten years of the twentieth century, or of the one that the words name."""
    if match.has("teen"):
        return _decade(100 * match.number("teen") + match.number("decadeword"))
    if not match.has("the") and match.before() not in {"early", "mid", "late", "-"}:
        return None
    return replace(_decade(1900 + match.number("decadeword")), confidence=0.8)


# the 19th century, nineteenth century, the 5th century BC
@BASICS.rule("<nth> century", "the? nth hyphen? unit era?", "Span")
def century(match: Match) -> Meaning | None:
    """A hundred years."""
    unit, number = match.string("unit"), match.number("nth")
    if unit not in {"century", "millennium"} or _titled(match):
        return None
    size = 100 if unit == "century" else 1000
    before = match.has("era") and match.number("era") < 0
    first = -number * size + 1 if before else (number - 1) * size + 1
    return _span(Years(Unit(unit), first), Unit(unit), f"a {unit}", 0.95)


# from the 15th to the 19th century, the 4th and 5th centuries
@BASICS.rule("<nth>-<nth> centuries", "the? nth (to|through|hyphen) the? nth units era?", "Range")
@BASICS.rule(
    "<nth> to <nth> century", "the? nth (to|through|hyphen|and) the? nth unit era?", "Range"
)
def centuries(match: Match) -> Meaning | None:
    """From the first year of the one century to the last of the other."""
    first, last = (int(str(item.value)) for item in match.all("nth"))
    unit = match.string("units" if match.has("units") else "unit")
    if unit != "century" or not 0 < first < last:
        return None
    if match.has("era") and match.number("era") < 0:
        return None
    ends = [Years(Unit.CENTURY, (number - 1) * 100 + 1) for number in (first, last)]
    return _span(Between(*ends), Unit.CENTURY, "a stretch of centuries", 0.9)


# 44 BC, AD 79, 476 CE, 1404 SH, 1404 AP
@BASICS.rule("<year> <era>", "(digits|year|num) (era|solarera)", "YearOf")
@BASICS.rule("<era> <year>", "(era|solarera) (digits|year)", "YearOf")
def year_of_era(match: Match) -> Meaning | None:
    """The year, counted in its era."""
    counted = next(name for name in ("year", "digits", "num") if match.has(name))
    number = match.number(counted)
    if match.has("solarera"):
        if not 1 <= number <= 1500:
            return None
        return _year(Date(number, calendar=Calendar.SOLAR_HIJRI), "a Solar Hijri year")
    if number == 0:
        return None
    before = match.number("era") < 0
    return _year(Date(1 - number if before else number), "a year of an era")


# December last year, March of this year, summer of last year
@COMBINED.rule("<month> <year>", "(Month|Season|Quarter) (of|in|comma)? Span", "MonthOf")
# last year in September, this year in the spring
@COMBINED.rule("<year> in <month>", "Span in (Month|Season)", "MonthOf")
@COMBINED.rule("<quarter> <fiscal year>", "Quarter (of|in|comma)? YearOf", "MonthOf")
@COMBINED.rule("<year>'s <quarter>", "Span poss (Month|Season|Quarter)", "MonthOf")
def unit_of_year(match: Match) -> Meaning | None:
    """The month, season or quarter inside the year named."""
    span = match.meaning("Span" if match.has("Span") else "YearOf")
    unit = match.items[0 if match.items[0].code not in _SPANS else -1].value
    if not isinstance(unit, Meaning) or not isinstance(unit.expr, Undirected):
        return None
    if span.granularity is not Granularity.YEAR or span.expr is None:
        return None
    return replace(unit, expr=Nth(1, unit.expr.what, span.expr), confidence=0.93)


# March the same year, June of that year, spring of the following year
@COMBINED.rule("<month> that <year>", "(Month|Season|Quarter) (of|in|comma)? DayRef", "MonthOf")
def unit_of_named_year(match: Match) -> Meaning | None:
    """The month, season or quarter of the year last named, or of one beside it."""
    year, unit = match.meaning("DayRef"), match.items[0].value
    if not isinstance(unit, Meaning) or not isinstance(unit.expr, Undirected):
        return None
    if year.granularity is not Granularity.YEAR or year.expr is None:
        return None
    return replace(unit, expr=Nth(1, unit.expr.what, year.expr), confidence=0.85)


# the year, the month: latent, used by "end of the year"
@BASICS.rule("the <unit>", "the (unit|quarter)", "TheUnit")
def the_unit(match: Match) -> Meaning | None:
    """The unit that holds publication; counts only inside a longer expression."""
    unit = Unit(str(match.items[-1].value))
    compound = match.after() == "-"
    if compound or unit in {Unit.MINUTE, Unit.HOUR}:
        return None  # "the year-earlier results" is read as a whole
    expr = This(unit, Here(Leaf.PASSAGE))
    return replace(_span(expr, unit, "the unit under way"), latent=True)


def is_stretch(match: Match, unit: Unit) -> bool:
    """Whether "the last year" is one up to today: "over the last year", "in the last decade"."""
    long = unit.granularity >= Granularity.YEAR and match.after() not in {"of", "in"}
    return long and match.before() in _STRETCHED


def _is_quoted(match: Match) -> bool:
    """Whether it is the name of a programme: "This Week", in quotation marks."""
    return match.before() in _QUOTES and match.after() in _QUOTES | {",", "."}


def _is_joined(match: Match) -> bool:
    """Whether another month follows at the end of a stretch: "March-May 2024"."""
    until = match.items[-1].until
    joins = match.scan.word(until) in {"-", "–", "to", "through"}
    return joins and match.scan.word(until + 1)[:3] in _MONTH_BEGINNINGS


def _names_year(match: Match) -> bool:
    """Whether "of" is followed by a year, as in "the fall of last year"."""
    following = match.scan.word(match.items[-1].until + 1)
    return following.isdigit() or following in {"last", "this", "next", "that"}


def _is_name(following: str) -> bool:
    return following[:1].isupper() and following.isalpha()


def _titled(match: Match) -> bool:
    """Whether it is part of a name: 20th Century Studios."""
    following = match.scan.written(match.items[-1].until)
    return following[:1].isupper() and _CUES.has("names_after", following.lower())


def _directed(match: Match, what: Unit | Repeating) -> TimeExpr:
    if match.has("last") or match.has("past") or match.has("previous"):
        return Last(what)
    if match.has("next") or match.has("coming"):
        return Next(what)
    return This(what)


def _month(expr: TimeExpr, says: str, confidence: float) -> Meaning:
    return Meaning(says=says, expr=expr, granularity=Granularity.MONTH, confidence=confidence)


def _year(expr: TimeExpr, says: str) -> Meaning:
    return Meaning(says=says, expr=expr, granularity=Granularity.YEAR, confidence=0.97)


def _hundred_before(match: Match) -> int | None:
    """The hundred of the decade that a shorter one is joined to: "the 1860s and 70s"."""
    at = match.items[-1].first - 1
    while match.scan.word(at) in _BEFORE_JOINED:
        at -= 1
    joined = match.scan.word(at) in {"and", "or", "to", "through", "-", "–", "&"}
    if not joined or match.scan.codes[at - 1 : at] != _DECADE:
        return None
    before = match.scan.word(at - 1)
    digits = "".join(char for char in before if char.isdigit())
    if len(digits) == 4:
        return int(digits) // 100 * 100
    aged = before[0].isdigit() and match.scan.word(at - 2) not in {"the", "early", "mid", "late"}
    return None if aged else 1900


def _decade(first: int) -> Meaning:
    return _span(Years(Unit.DECADE, first), Unit.DECADE, "a decade", 0.95)


def _span(expr: TimeExpr, unit: Unit, says: str, confidence: float = 0.9) -> Meaning:
    return Meaning(says=says, expr=expr, granularity=unit.granularity, confidence=confidence)
