"""English: eras, and the years, months and days of other calendars that are named."""

from __future__ import annotations

from service.temporal.algebra import (
    Before,
    Between,
    Date,
    Last,
    Next,
    Nth,
    This,
    TimeExpr,
    Undirected,
)
from service.temporal.calendars import system
from service.temporal.calendars_latent import YEARS
from service.temporal.calendars_offset import ERAS, Era
from service.temporal.grammar import Item, Match, Meaning, Rulebook, codes_of
from service.temporal.interval import Granularity
from service.temporal.lexicon import cues
from service.temporal.timex import Calendar
from service.temporal.units import Cycle, Period, Repeating, Unit

NAMES = Rulebook()
BASICS = Rulebook()

_NUMBERS = codes_of("year") + codes_of("num") + codes_of("digits")
_LEADS = frozenset(
    ["in", "since", "until", "during", "before", "after", "of", "late", "early", "mid", "by"]
)
_FIRST_SOLAR_MEIJI = 6
_A_DAY = Period(Unit.DAY, 1)
_BEFORE_SOLAR = frozenset(["in", "since", "until", "during", "late", "early", "mid"])


# Rabi al-Awwal, Jumada al-Thani; not "Rabi al-Madkhali"
@NAMES.rule("<month of two names>", "lunarhead quote? dash? al? dash? lunartail", "farmonth")
def month_of_two_names(match: Match) -> str:
    """The first or second of a pair of months of the Islamic calendar."""
    return f"islamic-umalqura {match.number('lunarhead') + match.number('lunartail')}"


# Dhu al-Hijjah, Dhul-Qadah, Dhu'l Hijja
@NAMES.rule("Dhu al-<month>", "dhu quote? al? dash? al? dash? dhumonth", "farmonth")
def dhu_month(match: Match) -> str:
    """One of the last two months of the Islamic year."""
    return f"islamic-umalqura {match.number('dhumonth')}"


# 1447 AH, 2569 BE, 5786 AM, 2018 E.C.; not "9 AM", "I will be"
@BASICS.rule("<year> <other era>", "(digits|year|num) open? (otherera|worldera) close?", "YearOf")
@BASICS.rule("<other era> <year>", "(otherera|worldera) (digits|year|num)", "YearOf")
def year_of_other_era(match: Match) -> Meaning | None:
    """The year of the calendar that the era belongs to; the letters are capitals."""
    era = match.find("otherera") or match.find("worldera")
    if cues("en").has("counted", match.after()):
        return None
    if era is None or not match.scan.written(era.first).isupper() or not _brackets(match):
        return None
    return _year(Calendar(str(era.value)), _number(match), 0.96)


# the Islamic year 1447, Hijri 1447, the Jewish year 5786, Saka 1947; not "the Thai year"
@BASICS.rule(
    "the <calendar> year <year>",
    "the? (calendarname|hijri) calendarname? hijri? calendar? unit of? (digits|year|num)",
    "YearOf",
)
@BASICS.rule("<calendar> <year>", "(calendarera|hijri) unit? (digits|year|num)", "YearOf")
@BASICS.rule("<year> <calendar>", "(digits|year|num) (calendarera|hijri)", "YearOf")
def year_of_calendar(match: Match) -> Meaning | None:
    """The year, when the unit is a year and the calendar has it."""
    if match.has("unit") and match.string("unit") != "year":
        return None
    item = match.find("calendarname") or match.find("calendarera") or match.find("hijri")
    return None if item is None else _year(Calendar(str(item.value)), _number(match), 0.93)


# the 52nd year of Minguo, the 43rd year of the ROC
@BASICS.rule("the <nth> year of <calendar>", "the? nth unit of the? calendarera", "YearOf")
def nth_year(match: Match) -> Meaning | None:
    """The year of the calendar, told by its place."""
    if match.string("unit") != "year":
        return None
    return _year(Calendar(match.string("calendarera")), match.number("nth"), 0.93)


# the 15th year of Meiji, Reiwa 8, Heisei 31, Showa 64; not "Meiji University", "Showa 2000"
@BASICS.rule("<Japanese era> <year>", "eraname unit? digits", "YearOf")
@BASICS.rule("the <nth> year of <era>", "the? nth unit of the? eraname", "YearOf")
def year_of_reign(match: Match) -> Meaning | None:
    """The year of our count, cut where the era begins or ends inside it."""
    if match.has("nth") and match.string("unit") != "year":
        return None
    era = ERAS[match.string("eraname")]
    number = match.number("nth" if match.has("nth") else "digits")
    if not 1 <= number <= 99:
        return None
    sure = 0.95 if _lasted(era, number) else 0.7
    return _of_year(_reign(era, number), "a year of a Japanese era", sure)


# 15 August Showa 20, August 15, Showa 20; 10 October Minguo 113
@BASICS.rule(
    "<day> <month> <era year>", "mday of? monthname comma? (eraname|calendarera) digits", "Day"
)
@BASICS.rule(
    "<month> <day> <era year>", "monthname mday comma? (eraname|calendarera) digits", "Day"
)
def day_of_era(match: Match) -> Meaning | None:
    """The day, months being those of our own calendar."""
    year = _number(match)
    if match.has("eraname"):
        calendar, era = Calendar.JAPANESE, ERAS[match.string("eraname")]
        if era is ERAS["meiji"] and year < _FIRST_SOLAR_MEIJI:
            return None
        year = era.year(year)
    else:
        calendar = Calendar(match.string("calendarera"))
    if calendar not in {Calendar.JAPANESE, Calendar.MINGUO}:
        return None
    return _day(calendar, year, match.number("monthname"), match.number("mday"), 0.95)


# the 14th century AH; not "the 14th century", which is ours
@BASICS.rule("<nth> century AH", "the? nth hyphen? unit otherera", "Span")
def century_of_hijra(match: Match) -> Meaning | None:
    """A hundred Islamic years, from 01 to 00."""
    calendar, last = Calendar(match.string("otherera")), match.number("nth") * 100
    if match.string("unit") != "century" or calendar is not Calendar.LUNAR_HIJRI or last > 1600:
        return None
    ends = (Date(year, calendar=calendar) for year in (last - 99, last))
    return Meaning(
        says="a century of the Islamic calendar",
        expr=Between(*ends),
        granularity=Granularity.CENTURY,
        confidence=0.95,
    )


# 27 January 2569 BE, January 27, BE 2569, January 2569 BE
@BASICS.rule("<day> <month> <BE>", "mday of? monthname comma? year otherera", "Day")
@BASICS.rule("<day> <month> BE <year>", "mday of? monthname comma? otherera year", "Day")
@BASICS.rule("<month> <day> <BE>", "monthname mday comma? year otherera", "Day")
@BASICS.rule("<month> <BE>", "monthname (comma|of)? year otherera", "MonthOf")
def thai_date(match: Match) -> Meaning | None:
    """The day or month of the Buddhist Era, whose months are our own."""
    year, month = match.number("year"), match.number("monthname")
    calendar = Calendar(match.string("otherera"))
    if calendar is not Calendar.BUDDHIST or year not in YEARS[calendar]:
        return None
    if match.has("mday"):
        return _day(calendar, year, month, match.number("mday"), 0.97)
    return _month(Date(year, month, None, calendar), "a month of the Buddhist Era", 0.96)


# Ramadan 1447, Tishrei 5786, Meskerem 2018, Ramadan 2025; not "Tariq Ramadan 2"
@BASICS.rule(
    "<far month> <year>",
    "(the (calendarname|hijri)? feastday? unit of)? farmonth (comma|of)? (year|num)"
    " (otherera|worldera)?",
    "MonthOf",
)
def month_of_far_year(match: Match) -> Meaning | None:
    """The month of its own calendar, or the one that a year of ours holds."""
    calendar, month = _far(match)
    year = _number(match)
    if match.before().isdigit():
        return None  # a day that the month does not have
    if year in YEARS[calendar] and not _ours(calendar, year):
        return _far_month(calendar, year, month)
    if not _ours(calendar, year) or calendar is Calendar.INDIAN:
        return None
    what = Repeating(Cycle.MONTH, month, 0, calendar)
    return _month(Nth(1, what, Date(year)), "a month of another calendar in a year of ours", 0.9)


# 1 Muharram 1447, Ramadan 12, 1447 AH, the 9th of Av 5786, 1 Chaitra 1947 Saka
@BASICS.rule(
    "<day> <far month> <year>",
    "the? mday of? farmonth comma? (year|num) (otherera|worldera|calendarera|hijri)?",
    "Day",
)
@BASICS.rule(
    "<day> <far month> <short year> <era>",
    "the? mday of? farmonth comma? digits (otherera|worldera)",
    "Day",
)
@BASICS.rule(
    "<far month> <day> <year>",
    "farmonth mday comma? (year|num) (otherera|worldera|calendarera|hijri)?",
    "Day",
)
def day_of_far_month(match: Match) -> Meaning | None:
    """The day in the calendar of its month."""
    calendar, month = _far(match)
    year = _number(match)
    saka = calendar is not Calendar.INDIAN or match.has("calendarera")
    if year not in YEARS[calendar] or _ours(calendar, year) or not saka:
        return None
    return _day(calendar, year, month, match.number("mday"), 0.97)


# in Farvardin, the month of Mehr, the last Friday of Dey; not "Mehr reported"
@BASICS.rule("<solar month>", "the solarname? unit of solarmonth|solarmonth", "Month")
def solar_month(match: Match) -> Meaning | None:
    """The one that tense decides; bare only after "in", "since" or a part of it."""
    owner = match.scan.word(match.items[0].first - 2) if match.before() == "of" else ""
    led = cues("en").has("parts", owner) or match.before() in _BEFORE_SOLAR
    if not match.has("unit") and not led:
        return None
    what = Repeating(Cycle.MONTH, match.number("solarmonth"), 0, Calendar.SOLAR_HIJRI)
    return _month(Undirected(what), "a month without a year", 0.8)


# last Ramadan, next Muharram; not "the last Ramadan of the war"
@BASICS.rule("last <far month>", "(last|this|next) farmonth", "MonthOf")
def directed_far_month(match: Match) -> Meaning | None:
    """Strictly before or after the month of publication, or the one of this year."""
    calendar, month = _far(match)
    if _is_name(match) or match.before() == "the":
        return None
    what = Repeating(Cycle.MONTH, month, 0, calendar)
    shape = Last if match.has("last") else Next if match.has("next") else This
    return _month(shape(what), "a month near publication", 0.85)


# in Ramadan, the month of Muharram; not "Ramadan said"
@BASICS.rule(
    "<far month>", "the? (calendarname|hijri)? feastday? unit of farmonth|farmonth", "Month"
)
def far_month(match: Match) -> Meaning | None:
    """The one that tense decides; bare only after a preposition."""
    calendar, month = _far(match)
    if calendar is not Calendar.LUNAR_HIJRI or _is_name(match):
        return None
    if not match.has("unit") and match.before() not in _LEADS:
        return None
    what = Repeating(Cycle.MONTH, month, 0, calendar)
    return _month(Undirected(what), "a month without a year", 0.8)


# 10 Muharram, 27 Rajab, 15 Nisan; not "5 Av."
@BASICS.rule("<day> <far month>", "the? mday of? farmonth", "MonthDay")
@BASICS.rule("<far month> <day>", "farmonth mday", "MonthDay")
def far_month_day(match: Match) -> Meaning | None:
    """The one that tense decides, in its own calendar."""
    calendar, month = _far(match)
    day = match.number("mday")
    if calendar in {Calendar.INDIAN, Calendar.ETHIOPIC} or not 1 <= day <= 30:
        return None
    if not match.has("the") and not match.has("of") and match.before() not in _DAY_LEADS:
        return None
    what = Repeating(Cycle.MONTH_DAY, month, day, calendar)
    return Meaning(says="a day without a year", expr=Undirected(what), confidence=0.8)


_DAY_LEADS = frozenset(["on", "since", "until", "by", "from", "before", "after", "(", "of"])


# 25 October (Old Style) 1917, October 25, 1917 (O.S.), 25 October 1917 Old Style, (Julian)
@BASICS.rule(
    "<day> <month> (old style) <year>",
    "mday of? monthname comma? open? (old style|oldstyle|julian calendar?) close? comma? year",
    "Day",
)
@BASICS.rule(
    "<month> <day> (old style) <year>",
    "monthname mday comma? open? (old style|oldstyle|julian calendar?) close? comma? year",
    "Day",
)
@BASICS.rule(
    "<day> <month> <year> (old style)",
    "mday of? monthname comma? year comma? open? (old style|oldstyle|julian calendar?) close?",
    "Day",
)
@BASICS.rule(
    "<month> <day> <year> (old style)",
    "monthname mday comma? year comma? open? (old style|oldstyle|julian calendar?) close?",
    "Day",
)
def old_style_day(match: Match) -> Meaning | None:
    """The day of the Julian calendar."""
    year = match.number("year")
    if match.has("julian") and not match.has("open"):
        return None
    if year not in YEARS[Calendar.JULIAN] or not _brackets(match):
        return None
    return _day(Calendar.JULIAN, year, match.number("monthname"), match.number("mday"), 0.97)


# 7 November (New Style) 1917, 7 November 1917 (New Style)
@BASICS.rule(
    "<day> <month> (new style) <year>",
    "mday of? monthname comma? open? (new style|newstyle) close? comma? year",
    "Day",
)
@BASICS.rule(
    "<day> <month> <year> (new style)",
    "mday of? monthname comma? year comma? open? (new style|newstyle) close?",
    "Day",
)
def new_style_day(match: Match) -> Meaning | None:
    """The day of our calendar, as the text makes sure."""
    if not _brackets(match):
        return None
    year, month = match.number("year"), match.number("monthname")
    return _day(Calendar.GREGORIAN, year, month, match.number("mday"), 0.99)


# 25 October (7 November) 1917, 14/26 December 1825, 7 November [O.S. 25 October] 1917; not 5/6 June
@BASICS.rule(
    "<old day> (<new day>) <year>",
    "mday monthname (open|squareopen) mday monthname (close|squareclose) comma? year",
    "Day",
)
@BASICS.rule(
    "<new day> <year> (<old day> O.S.)",
    "mday monthname year (open|squareopen) (oldstyle mday monthname|mday monthname oldstyle)"
    " (close|squareclose)",
    "Day",
)
@BASICS.rule("<old>/<new> <month> <year>", "plainday slash plainday monthname year", "Day")
@BASICS.rule(
    "<new day> [O.S. <old day>] <year>",
    "mday monthname (open|squareopen) (oldstyle|old style) mday monthname"
    " (close|squareclose) comma? year",
    "Day",
)
def day_in_both_styles(match: Match) -> Meaning | None:
    """One day in both styles; None unless the two calendars agree that it is one."""
    days, months = match.all("mday"), match.all("monthname")
    pairs = [(months[0], days[0]), (months[-1], days[1])]
    if match.has("oldstyle") or match.has("style"):
        pairs.reverse()
    old, new = ((_whole(month), _whole(day)) for month, day in pairs)
    year = match.number("year")
    found = _day(Calendar.GREGORIAN, year, *new, 0.98)
    same = found is not None and _is_same_day((year, *old), (year, *new))
    return found if same else None


def _is_same_day(old: tuple[int, int, int], new: tuple[int, int, int]) -> bool:
    """Whether the Julian day is the Gregorian one."""
    try:
        return system(Calendar.JULIAN).to_day(*old) == system(Calendar.GREGORIAN).to_day(*new)
    except ValueError:
        return False


def _whole(item: Item) -> int:
    if not isinstance(item.value, int):
        raise TypeError(f"no whole number in '{item.code}'")
    return item.value


def _number(match: Match) -> int:
    """The year: the last whole number of the match, "Ramadan 12, 1447"."""
    found = [item.value for item in match.items if _is_number(item)]
    year = found[-1]
    if not isinstance(year, int):
        raise TypeError(f"'{match.text}' has no year")
    return year


def _is_number(item: Item) -> bool:
    return item.code in _NUMBERS and isinstance(item.value, int)


def _brackets(match: Match) -> bool:
    """Whether brackets are opened and closed, or neither."""
    return match.has("open") == match.has("close")


def _far(match: Match) -> tuple[Calendar, int]:
    """Calendar and number of a month that is not ours: "hebrew 8" in the lexicon."""
    key, _, month = match.string("farmonth").partition(" ")
    return Calendar(key), int(month)


def _ours(calendar: Calendar, year: int) -> bool:
    """Whether the year can only be of our era beside that month."""
    return calendar in {Calendar.LUNAR_HIJRI, Calendar.HEBREW} and 1800 <= year <= 2200


def _is_name(match: Match) -> bool:
    """Whether a person or thing is called so: "Ramadan Abdullah", "the Ramadan War"."""
    following = match.scan.written(match.items[-1].until)
    return following[:1].isupper() and following.isalpha()


def _year(calendar: Calendar, number: int, sure: float) -> Meaning | None:
    if number not in YEARS[calendar]:
        return None
    return _of_year(Date(number, calendar=calendar), "a year of another calendar", sure)


def _of_year(expr: TimeExpr, says: str, sure: float) -> Meaning:
    return Meaning(says=says, expr=expr, granularity=Granularity.YEAR, confidence=sure)


def _month(expr: TimeExpr, says: str, sure: float, others: tuple[TimeExpr, ...] = ()) -> Meaning:
    return Meaning(
        says=says, expr=expr, granularity=Granularity.MONTH, confidence=sure, others=others
    )


def _far_month(calendar: Calendar, year: int, month: int) -> Meaning | None:
    """The month; an Islamic one may begin a day sooner or later elsewhere."""
    try:
        length = system(calendar).month_length(year, month)
    except ValueError:
        return None
    expr = Date(year, month, None, calendar)
    if calendar is not Calendar.LUNAR_HIJRI:
        return _month(expr, "a month of another calendar", 0.95)
    first, last = (Date(year, month, day, calendar) for day in (1, length))
    others = tuple(Between(*ends) for ends in zip(_aside(first), _aside(last), strict=True))
    return _month(expr, "a month of the Islamic calendar", 0.8, others)


def _day(calendar: Calendar, year: int, month: int, day: int, sure: float) -> Meaning | None:
    """The day if there is one; an Islamic one may be the neighbour elsewhere."""
    try:
        system(calendar).to_day(year, month, day)
    except ValueError:
        return None
    expr = Date(year, month, day, calendar)
    if calendar is not Calendar.LUNAR_HIJRI:
        return Meaning(says="a day of another calendar", expr=expr, confidence=sure)
    return Meaning(
        says="a day of the Islamic calendar", expr=expr, confidence=0.8, others=_aside(expr)
    )


def _aside(day: Date) -> tuple[TimeExpr, TimeExpr]:
    return Before(_A_DAY, day), Before(Period(Unit.DAY, -1), day)


def _lasted(era: Era, number: int) -> bool:
    return era.last is None or era.year(number) <= era.last.year


def _reign(era: Era, number: int) -> TimeExpr:
    """The year of the era; only its own days where it begins or ends."""
    year = era.year(number)
    begins, ends = number == 1, era.last is not None and era.last.year == year
    if not begins and not ends:
        return Date(year, calendar=Calendar.JAPANESE)
    first = (era.first.month, era.first.day) if begins else (1, 1)
    last = (era.last.month, era.last.day) if era.last is not None and ends else (12, 31)
    return Between(Date(year, *first, Calendar.JAPANESE), Date(year, *last, Calendar.JAPANESE))
