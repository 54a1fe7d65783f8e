"""English: feasts and named days, fixed ("Boxing Day") and moveable ("Easter Monday")."""

from __future__ import annotations

from service.temporal.algebra import Between, Date, Last, Next, Nth, This, TimeExpr, Undirected
from service.temporal.feasts import FEASTS
from service.temporal.grammar import Match, Meaning, Rulebook, codes_of
from service.temporal.interval import Granularity
from service.temporal.timex import Calendar
from service.temporal.units import Cycle, Repeating, Unit

BASICS = Rulebook()

_LEADS = frozenset(
    [
        "on", "at", "by", "since", "until", "till", "before", "after", "over", "for", "to",
        "around", "during", "of", "from", "and", "every", "was", "is", "found",
    ]
)  # fmt: skip
# "Black Friday sales" names a kind of sale, "the Good Friday agreement" an agreement.
_NAMED_AFTER = frozenset(
    [
        "sales", "sale", "deals", "deal", "agreement", "accord", "accords", "parade", "shoppers",
        "weekend", "eggs", "bunny", "service", "services", "dinner", "massacre", "card", "cards",
        "gifts", "gift", "island", "uprising", "rising", "season", "break", "week", "holiday",
        "holidays", "turkey", "speech", "message", "ceremony", "ceremonies",
    ]
)  # fmt: skip
_WAR = codes_of("war")
_SECOND = frozenset(["ii", "2", "two", "second"])
_WARS = {
    1: (Date(1914, 7, 28), Date(1918, 11, 11)),
    2: (Date(1939, 9, 1), Date(1945, 9, 2)),
}
_BEFORE_WARS = frozenset(
    ["during", "after", "before", "since", "until", "in", "throughout", "following", "through"]
)
_ONE_OF_MANY = frozenset(["Independence Day", "Election Day", "Mother's Day", "Father's Day"])
_EASTER = Repeating(Cycle.FEAST, FEASTS.index("Easter"))
_MONDAYS = frozenset(["Labor Day", "Memorial Day", "Columbus Day", "Presidents' Day"])
# "Women's Day was marked" speaks of what is done on it.
_CAUSES = frozenset(["women", "workers", "earth"])
_BY_WEEKDAY = {
    ("good", 4): "Good Friday",
    ("maundy", 3): "Maundy Thursday",
    ("holy", 3): "Maundy Thursday",
    ("holy", 5): "Holy Saturday",
    ("palm", 6): "Palm Sunday",
    ("ash", 2): "Ash Wednesday",
    ("easter", 6): "Easter",
    ("easter", 0): "Easter Monday",
    ("whit", 0): "Whit Monday",
    ("black", 4): "Black Friday",
    ("cyber", 0): "Cyber Monday",
}


_BEFORE_FEAST = frozenset(
    ["around", "since", "at", "on", "by", "until", "till", "before", "after", "over"]
)


# Christmas Day, Christmas Eve 2025, New Year's Day; not "a New Year", "Christmas trees"
@BASICS.rule("<feast>", "feast (unit|eve) year?|new (unit poss|units) (unit|eve) year?", "MonthDay")
def feast(match: Match) -> Meaning | None:
    """The day of the feast, or the eve before it."""
    month, day = 1, 1
    if match.has("feast"):
        month, day = (int(part) for part in match.string("feast").split("-"))
    if match.has("eve"):
        month, day = (12, 31) if (month, day) == (1, 1) else (month, day - 1)
    elif match.all("unit")[-1].value != "day":
        return None
    if match.has("year"):
        expr: TimeExpr = Date(match.number("year"), month, day)
    else:
        expr = Undirected(Repeating(Cycle.MONTH_DAY, month, day))
    return Meaning(says="a feast of the calendar", expr=expr, confidence=0.9)


# at New Year, since New Year; not "a new year"
@BASICS.rule("New Year", "new unit", "MonthDay")
def new_year(match: Match) -> Meaning | None:
    """1 January; only after a preposition that takes a day."""
    if match.text != "New Year" or match.before() not in _BEFORE_FEAST:
        return None
    expr = Undirected(Repeating(Cycle.MONTH_DAY, 1, 1))
    return Meaning(says="a feast of the calendar", expr=expr, confidence=0.8)


# since Christmas, Christmas 2025; not "Christmas trees"
@BASICS.rule("Christmas", "feast year?", "MonthDay")
def bare_feast(match: Match) -> Meaning | None:
    """The day of the feast; without its year only after a preposition that takes a day."""
    if not match.has("year") and match.before() not in _BEFORE_FEAST:
        return None
    if not match.has("year") and _is_led_on(match):
        return None
    month, day = (int(part) for part in match.string("feast").split("-"))
    expr: TimeExpr = Undirected(Repeating(Cycle.MONTH_DAY, month, day))
    if match.has("year"):
        expr = Date(match.number("year"), month, day)
    return Meaning(says="a feast of the calendar", expr=expr, confidence=0.8)


# Nowruz 1404, at Nowruz; not "Nowruz greetings"
@BASICS.rule("Nowruz", "nowruz year?", "MonthDay")
def nowruz(match: Match) -> Meaning | None:
    """1 Farvardin."""
    solar = Calendar.SOLAR_HIJRI
    if match.has("year") and match.number("year") <= 1500:
        expr: TimeExpr = Date(match.number("year"), 1, 1, solar)
    elif match.has("year"):
        expr = Nth(1, Repeating(Cycle.MONTH_DAY, 1, 1, solar), Date(match.number("year")))
    elif match.before() in {"on", "at", "since", "until", "by", "before", "after"}:
        expr = Undirected(Repeating(Cycle.MONTH_DAY, 1, 1, solar))
    else:
        return None
    return Meaning(says="the new year of the Solar Hijri calendar", expr=expr, confidence=0.9)


# Eid al-Fitr, Eid ul-Adha 2025, Yom Kippur, Rosh Hashanah, at Passover; not "Passover meals"
@BASICS.rule("Eid", "(last|this|next)? eid hyphen? al hyphen? eidname (comma? year)?", "MonthDay")
@BASICS.rule(
    "<Jewish feast>", "(last|this|next)? (farhead fartail|farfeast) (comma? year)?", "MonthDay"
)
def far_feast(match: Match) -> Meaning | None:
    """The first day of a feast of another calendar, as tense decides."""
    name = next(each for each in ("eidname", "fartail", "farfeast") if match.has(each))
    if len(match.items) == 1 and (match.before() not in _LEADS or _is_led_on(match)):
        return None
    key, date = match.string(name).split()
    month, day = (int(part) for part in date.split("-"))
    what = Repeating(Cycle.MONTH_DAY, month, day, Calendar(key))
    found = _placed(match, what)
    return Meaning(says="a feast of another calendar", expr=found, confidence=0.8)


# Labor Day, St. Patrick's Day, Presidents' Day 2025, last Memorial Day; not "labor day care"
@BASICS.rule(
    "<named> Day",
    "(last|this|next|following)? title? feastfirst (poss|quote)? unit (comma? year)?",
    "MonthDay",
)
def named_day(match: Match) -> Meaning | None:
    """The day of that name, as tense decides; with "last" or "next" strictly before or after."""
    day = match.find("unit")
    if day is None or match.scan.written(day.first) != "Day" or _names(match):
        return None
    if match.scan.word(match.items[0].first) in _CAUSES and not _is_dated(match):
        return None
    return _meaning(match, match.string("feastfirst"))


# Good Friday, Easter Monday 2025, Black Friday; not "a good Friday"
@BASICS.rule(
    "<named> <weekday>",
    "(last|this|next|following)? (feastday|feastname) weekday (comma? year)?",
    "MonthDay",
)
def named_weekday(match: Match) -> Meaning | None:
    """The weekday of that name."""
    first = match.find("feastday") or match.find("feastname")
    if first is None:
        return None
    key = (match.scan.word(first.first), match.number("weekday"))
    return None if key not in _BY_WEEKDAY or _names(match) else _meaning(match, _BY_WEEKDAY[key])


# Thanksgiving Day, at Easter, last Thanksgiving, Easter 2025; not "Easter eggs"
@BASICS.rule(
    "<feast day>", "(last|this|next|following)? feastname unit? (comma? year)?", "MonthDay"
)
@BASICS.rule("last <feast>", "(last|this|next|following) feast", "MonthDay")
def feast_name(match: Match) -> Meaning | None:
    """The feast; without "Day", a year or "last" only after a preposition that takes a day."""
    day = match.find("unit")
    if day is not None and match.scan.written(day.first) != "Day":
        return None
    if len(match.items) == 1 and (match.before() not in _LEADS or _is_led_on(match)):
        return None
    return _meaning(match, match.string("feast" if match.has("feast") else "feastname"))


# Easter week, Christmas week, Thanksgiving weekend, Labor Day weekend, Holy Week; not "a holy week"
@BASICS.rule("<feast> week", "(feastname|feast|feastday) (unit|weekend)", "Span")
@BASICS.rule("<named> Day weekend", "title? feastfirst (poss|quote)? unit (unit|weekend)", "Span")
def week_of_feast(match: Match) -> Meaning | None:
    """The week that holds the feast; the weekend that ends before a Monday, else the next."""
    last = match.items[-1]
    unit = Unit(str(last.value))
    if unit not in {Unit.WEEK, Unit.WEEKEND} or match.scan.written(last.first).isupper():
        return None
    what = _feast_of_week(match)
    if what is None:
        return None
    day = Undirected(what)
    monday = what.cycle is Cycle.FEAST and FEASTS[what.number] in _MONDAYS
    shape = Last if monday and unit is Unit.WEEKEND else This
    return Meaning(
        says="the week of a feast",
        expr=shape(unit, day),
        granularity=unit.granularity,
        confidence=0.8,
    )


# 9/11 is the day of the attacks; not "9/11 of the shares"
@BASICS.rule("9/11", "n12 slash n12", "Day")
def nine_eleven(match: Match) -> Meaning | None:
    """11 September 2001."""
    if match.text != "9/11" or match.after() in {"of", "/", "-"} or match.before() == "on":
        return None
    return Meaning(says="the day of the attacks", expr=Date(2001, 9, 11), confidence=0.8)


def _is_dated(match: Match) -> bool:
    """Whether a day named after a cause stands where a day does: "on International Women's Day"."""
    before = match.before()
    if before in {"international", "world", "the"}:
        before = match.scan.word(match.items[0].first - 2)
    return before in _LEADS or match.has("year")


def _names(match: Match) -> bool:
    """Whether the noun that follows is only named after the day."""
    return not match.has("year") and match.after() in _NAMED_AFTER


# during World War II, after the Second World War; only after a word that takes a time
@BASICS.rule("World War <n>", "the? nth? world war (n12|one|other)?", "Span")
@BASICS.rule("WWII", "warname", "Span")
def world_war(match: Match) -> Meaning | None:
    """The days from the first declaration of war to the last armistice or surrender."""
    if match.before() not in _BEFORE_WARS:
        return None
    number = match.items[-1] if match.items[-1].code not in _WAR else match.find("nth")
    if number is None:
        return None
    word = match.scan.word(number.first)
    if match.has("warname"):
        word = str(match.number("warname"))
    which = 1 if word in {"i", "1", "one", "first"} else 2 if word in _SECOND else 0
    if not which or (match.has("nth") and match.items[-1].code not in _WAR):
        return None
    first, last = _WARS[which]
    return Meaning(
        says="the years of a world war",
        expr=Between(first, last),
        granularity=Granularity.DAY,
        confidence=0.85,
    )


def _is_led_on(match: Match) -> bool:
    """Whether a noun follows that the feast only names: "Easter eggs"."""
    following = match.scan.written(match.items[-1].until)
    return following[:1].isalpha() and following not in {
        "and", "but", "when", "as", "at", "by", "to", "for", "in", "with", "of", "is", "was", "on",
        "he", "she", "it", "they", "we", "I", "the",
    }  # fmt: skip


def _feast_of_week(match: Match) -> Repeating | None:
    """The feast that names the week; Holy Week ends with Easter."""
    if match.has("feastday"):
        return _EASTER if match.text.lower() == "holy week" and match.text.istitle() else None
    if match.has("feastfirst"):
        return _repeating(match.string("feastfirst"))
    return _repeating(match.string("feast" if match.has("feast") else "feastname"))


def _meaning(match: Match, name: str) -> Meaning:
    sure = 0.6 if name in _ONE_OF_MANY else 0.9
    expr = _placed(match, _repeating(name))
    return Meaning(says="a feast or named day", expr=expr, confidence=sure)


def _placed(match: Match, what: Repeating) -> TimeExpr:
    """The feast in the year or on the side of publication that the words say."""
    if match.has("year"):
        return Nth(1, what, Date(match.number("year")))
    if match.has("last"):
        return Last(what)
    if match.has("next") or match.has("following"):
        return Next(what)
    return This(what) if match.has("this") else Undirected(what)


def _repeating(name: str) -> Repeating:
    """A fixed day is written as its month and day in the list of words."""
    if name in FEASTS:
        return Repeating(Cycle.FEAST, FEASTS.index(name))
    month, day = (int(part) for part in name.split("-"))
    return Repeating(Cycle.MONTH_DAY, month, day)
