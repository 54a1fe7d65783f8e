"""English: clock times and parts of the day, alone and with their day."""

from __future__ import annotations

import re
from dataclasses import replace

from service.temporal.algebra import (
    Before,
    Between,
    Clock,
    Here,
    Last,
    Leaf,
    Next,
    PartOf,
    This,
    TimeExpr,
    Undirected,
)
from service.temporal.grammar import SETS, Match, Meaning, Rulebook, codes_of
from service.temporal.interval import Granularity
from service.temporal.lexicon import cues
from service.temporal.parts import Part
from service.temporal.rules.en_days import ends_clause
from service.temporal.timex import TimexType
from service.temporal.units import Cycle, Period, Repeating, Unit

BASICS = Rulebook()
TIMES = Rulebook()

_AMPM = re.compile(r"(\d{1,2}?)(?:[:.]?(\d\d))?(?:[:.](\d\d))?\s?([apAP])")
_AFTER_HOUR = frozenset(["and", "in", "for", "with", "when", "but", "on", "before", "after", "to"])
SETS["hourdigit"] = ("n12", "one", "teen")
_EVERY_DAY = re.compile(r"(?:P1D|XXXX-XX-XX|(?P<weekday>XXXX-WXX-\d))(?:T(?P<part>MO|AF|EV|NI))?$")
_CLOCK_LEADS = frozenset(["at", "by", "until", "till", "around", "about", "from", "before", "after",
                          "since", "between", "and", "to", "approximately", "roughly"])  # fmt: skip
_OWNED = frozenset(["the", "our", "his", "her", "their", "my", "its", "your"])
_TODAY = Here()
_MODS = {"early": "START", "mid": "MID", "late": "END"}
_MIDNIGHT = 24
_NOON = 12
_HALF = re.compile(r"\d\s?[ap]\.?\s?m?\b|[ap]\.?m\b")
_DOTTED = re.compile(r"([01]?\d)\.([0-5]\d)")
_SMALL_HOURS = 4
_NAMED = Here(Leaf.NAMED)


# 5 p.m., 10:30 a.m. ET, 8am; not "1.35 a share"
@BASICS.rule("<clock> a.m.", "clockap (zone time?)?", "Clock")
def half_day_clock(match: Match) -> Meaning | None:
    """The time of day on a day that something else names, else publication day."""
    found = _AMPM.match(match.string("clockap"))
    if found is None or not 1 <= int(found[1]) <= 12:
        return None
    hour = int(found[1]) % 12 + (12 if found[4] in "pP" else 0)
    return _clock(match, hour, found[2], found[3])


# 17:30, 10:30 GMT; bare only after "at" or with a zone; not a score or a verse
@BASICS.rule("<clock>", "clock (zone time?)?", "Clock")
def full_clock(match: Match) -> Meaning | None:
    """The time of day."""
    hour, minute, *rest = match.string("clock").replace("h", ":").split(":")
    if int(hour) > 24 or int(minute) > 59:
        return None
    found = _clock(match, int(hour), minute, rest[0] if rest else None)
    if found is None:
        return None
    sure = match.has("zone") or match.before() in _CLOCK_LEADS
    return replace(found, latent=not sure, confidence=0.85)


# 09: 11 GMT, as a tokeniser has cut it; not "9: 11 people"
@BASICS.rule("<clock> cut", "(n12|n31|n99) colon (n12|n31|n99) zone", "Clock")
def cut_clock(match: Match) -> Meaning | None:
    """The time of day; only with a zone."""
    hour, minute = match.items[0].value, match.items[2].value
    if not isinstance(hour, int) or not isinstance(minute, int) or hour > 24 or minute > 59:
        return None
    return _stated(match, hour, minute, None)


# 0900 GMT, 1730 UTC; not "1404 EST" without a preposition
@BASICS.rule("<hhmm> <zone>", "(num|year|n12|n31|n99|n999) zone", "Clock")
def solid_clock(match: Match) -> Meaning | None:
    """The time of day, written in four digits; only with a zone."""
    written = match.scan.written(match.items[0].first)
    if len(written) != 4 or int(written[:2]) > 24 or int(written[2:]) > 59:
        return None
    return _stated(match, int(written[:2]), int(written[2:]), None)


# 5 o'clock, five o'clock
@BASICS.rule("<n> o'clock", "(n12|one|teen) oclock", "Clock")
def oclock(match: Match) -> Meaning | None:
    """The hour as said."""
    hour = match.items[0].value
    if not isinstance(hour, int) or hour > 12:
        return None
    return replace(_stated(match, hour, None, None), confidence=0.6)


# noon, midnight, at midday; not "High Noon"
@BASICS.rule("noon", "noon zone?", "Clock")
def noon(match: Match) -> Meaning | None:
    """12:00, or the midnight that starts the day; the one that ends it is another reading."""
    if match.scan.written(match.items[0].first)[:1].isupper():
        return None
    hour = match.number("noon")
    if hour == _MIDNIGHT:
        end = Clock(_TODAY, _MIDNIGHT)
        return replace(_stated(match, 0, None, None), others=(end,), confidence=0.6)
    return replace(_stated(match, hour, None, None), confidence=0.85)


# this morning, yesterday evening is a day and a part; not "good morning"
@BASICS.rule("this <day part>", "(early|late)? this daypart", "Daytime")
def this_part(match: Match) -> Meaning:
    """The part of publication day."""
    return replace(_part(Part(match.string("daypart")), _TODAY), mod=_mod(match))


# that night, the same morning, the following evening; counts from the day last named
@BASICS.rule("that <day part>", "(that same?|the same) daypart", "Daytime")
@BASICS.rule("the next <day part>", "the? (next|following) daypart", "Daytime")
@BASICS.rule("the previous <day part>", "the previous daypart", "Daytime")
@BASICS.rule("the <day part> before", "the daypart before", "Daytime")
def named_part(match: Match) -> Meaning | None:
    """The part of the day last named, or of the one before or after it."""
    if match.has("before") and not ends_clause(match):
        return None
    if match.has("before") or match.has("previous"):
        day: TimeExpr = Last(Unit.DAY, _NAMED)
    else:
        ahead = match.has("next") or match.has("following")
        day = Next(Unit.DAY, _NAMED) if ahead else This(Unit.DAY, _NAMED)
    return replace(_part(Part(match.string("daypart")), day), confidence=0.75)


# tonight
@BASICS.rule("tonight", "tonight", "Daytime")
def tonight(_match: Match) -> Meaning:
    """The night of publication day."""
    return _part(Part.NIGHT, _TODAY)


# last night; not "the last night of the tour", "enjoyed our last evening there"
@BASICS.rule("last night", "(early|late)? last daypart", "Daytime")
def last_night(match: Match) -> Meaning | None:
    """The part of the day before."""
    if match.before() in _OWNED:
        return None
    found = _part(Part(match.string("daypart")), Before(Period(Unit.DAY, 1), _TODAY))
    return replace(found, mod=_mod(match))


# overnight; not "an overnight train", "stay overnight", "often overnight"
@BASICS.rule("overnight", "overnight", "Daytime")
def overnight(match: Match) -> Meaning | None:
    """The night that began the evening before publication."""
    if cues("en").has("any_night", match.before()) or cues("en").has("nightly", match.after()):
        return None
    found = _part(Part.NIGHT, Before(Period(Unit.DAY, 1), _TODAY))
    return replace(found, confidence=0.7)


# Tuesday morning, yesterday afternoon, March 5 in the evening; not "Tuesday's morning show"
@TIMES.rule("<day> <day part>", "((early|late|mid) on?)? day comma? (in the)? daypart", "Daytime")
# mid-afternoon yesterday, late-morning Tuesday, in the early evening on March 5
@TIMES.rule(
    "<late day part> <day>", "the? (early|mid|late) hyphen? daypart comma? (of|on)? day", "Daytime"
)
def day_and_part(match: Match) -> Meaning | None:
    """The part of that day."""
    day = match.meaning("day")
    if day.expr is None:
        return None
    found = _part(Part(match.string("daypart")), day.expr)
    mod = next((_MODS[name] for name in _MODS if match.has(name)), None)
    return replace(found, mod=mod, confidence=round(day.confidence * 0.98, 3))


# Wednesday evening next week, Monday morning of last week
@TIMES.rule("<weekday> <day part> <week>", "Weekday daypart (of|in)? Span", "Daytime")
def part_of_weekday(match: Match) -> Meaning | None:
    """The part of the weekday inside the week named."""
    week, day = match.meaning("Span"), match.meaning("Weekday").expr
    if week.granularity is not Granularity.WEEK or week.expr is None:
        return None
    if not isinstance(day, Undirected):
        return None
    return _part(Part(match.string("daypart")), This(day.what, week.expr))


# later this afternoon, earlier Tuesday morning
@TIMES.rule("later <day part>", "(earlier|later) Daytime", "Daytime")
def later_part(match: Match) -> Meaning:
    """The part of that day."""
    return match.meaning("Daytime")


# the morning of March 5, on the night of 12 June
@TIMES.rule("the <day part> of <day>", "the? daypart of day", "Daytime")
def part_of_day(match: Match) -> Meaning | None:
    """The part of that day."""
    day = match.meaning("day")
    if day.expr is None:
        return None
    return _part(Part(match.string("daypart")), day.expr)


# the night of 3/4 March; not "the night of 3-9 March", which were many
@TIMES.rule("the night of <two days>", "the? daypart of Range", "Daytime")
def night_of_days(match: Match) -> Meaning | None:
    """The night between two days in a row, which begins on the first."""
    days = match.meaning("Range").expr
    if match.string("daypart") != "night" or not isinstance(days, Between):
        return None
    return _part(Part.NIGHT, days.first) if "/" in match.text else None


# overnight on Sunday, overnight Sunday; not "overnight, Sunday's game was called off"
@TIMES.rule("overnight <day>", "Daytime (on)? day", "Daytime")
def overnight_on(match: Match) -> Meaning | None:
    """The night that begins on that day."""
    day = match.meaning("day").expr
    led = match.items[0].rule == "overnight" and match.after() not in {"'s", "’s"}
    return None if day is None or not led else _part(Part.NIGHT, day)


# 3 o'clock in the afternoon, 3 in the afternoon, 11 at night; the half of the day is told
@TIMES.rule("<clock> in the <day part>", "(Clock|n12) (in the|at) daypart (on? day)?", "Instant")
def clock_in_part(match: Match) -> Meaning | None:
    """The hour in that half of the day, on a day that something else names."""
    first, part = match.items[0], match.string("daypart")
    value = first.value
    clock = value.expr if isinstance(value, Meaning) else Clock(_TODAY, 0)
    if not isinstance(clock, Clock) or (isinstance(value, int) and not _is_led(match)):
        return None
    hour = value if isinstance(value, int) else clock.hour
    if hour > _NOON or (match.has("at") and part != "night"):
        return None
    late = part in {"afternoon", "evening"} or (part == "night" and hour > _SMALL_HOURS)
    moved = hour % _NOON + (_NOON if late else 0)
    found = value if isinstance(value, Meaning) else _stated(match, moved, None, None)
    day = match.meaning("day") if match.has("day") else None
    if day is not None and (day.expr is None or day.granularity > Granularity.DAY):
        return None
    of = clock.of if day is None or day.expr is None else day.expr
    return replace(found, expr=replace(clock, hour=moved, of=of), latent=False, confidence=0.85)


# tomorrow at 7, tonight around eight, Friday at 4; not "Monday at 4 schools", "Friday at 12 1/4"
@TIMES.rule("<day> at <hour>", "(day|Daytime|day daypart) (at|Measure) (n12|one|teen)", "Instant")
@TIMES.rule("in the morning at <hour>", "in the daypart (at|Measure) (n12|one|teen)", "Instant")
@TIMES.rule("<hour> <day>", "(n12|one|teen) (day daypart?|Daytime)", "Instant")
def hour_of_day(match: Match) -> Meaning | None:
    """The hour of that day, in the half that its part says, else as written."""
    hour = match.number("hourdigit")
    if not 1 <= hour <= _NOON or not _is_hour(match):
        return None
    day = day_of(match)
    if day is None:
        return None
    part = _part_named(match, day)
    moved = _in_half(hour, part)
    stated = _stated(match, moved, None, None)
    whole = day.of if isinstance(day, PartOf) else day
    sure = 0.6 if part is None else 0.85
    return replace(stated, expr=Clock(whole, moved), confidence=sure)


# 9.30 in the morning, 8.15 tonight; not "rose 9.30 in the morning session"
@TIMES.rule(
    "<hh.mm> in the <day part>", "big (in the daypart|(on? day)? daypart|Daytime)", "Instant"
)
def dotted_clock(match: Match) -> Meaning | None:
    """The time with a full stop in it, which only a part of the day tells from a price."""
    found = _DOTTED.fullmatch(match.string("big"))
    if found is None or match.before() not in _CLOCK_LEADS or not _ends_phrase(match):
        return None
    place = match.find("day") or match.find("Daytime")
    day = place.value.expr if place is not None and isinstance(place.value, Meaning) else _TODAY
    if day is None:
        return None
    hour = _in_half(int(found[1]), _part_named(match, day))
    stated = _stated(match, hour, int(found[2]), None)
    whole = day.of if isinstance(day, PartOf) else day
    return replace(stated, expr=Clock(whole, hour, int(found[2])), confidence=0.85)


# Mon at noon, Fri 5 p.m., Sat at 10:30; not "sat at noon", "Sun at 5 degrees"
@TIMES.rule("<short weekday> <clock>", "weekdayshort comma? at? Clock", "Instant")
def clock_on_short_weekday(match: Match) -> Meaning | None:
    """The time of that weekday, which tense decides."""
    clock = match.meaning("Clock")
    if not isinstance(clock.expr, Clock) or clock.expr.of != _TODAY:
        return None
    if not match.scan.written(match.items[0].first).istitle():
        return None
    day = Undirected(Repeating(Cycle.WEEKDAY, match.number("weekdayshort")))
    return replace(clock, expr=replace(clock.expr, of=day), latent=False, confidence=0.85)


# 8 a.m. this morning, 9 p.m. tonight
@TIMES.rule("<clock> <this day part>", "Clock Daytime", "Instant")
def clock_of_part(match: Match) -> Meaning | None:
    """The time on the day of that part."""
    clock, part = match.meaning("Clock"), match.meaning("Daytime").expr
    if not isinstance(clock.expr, Clock) or not isinstance(part, PartOf):
        return None
    return replace(clock, expr=replace(clock.expr, of=part.of), latent=False, confidence=0.93)


# five o'clock every morning, 9 a.m. every Monday, every day at 5 p.m.; not "5 p.m. every year"
@TIMES.rule("<clock> every <day>", "Clock Set", "Set")
@TIMES.rule("every <day> at <clock>", "Set at Clock", "Set")
def clock_every_day(match: Match) -> Meaning | None:
    """A time of day that comes round."""
    found, clock = match.meaning("Set"), match.meaning("Clock").expr
    days = _EVERY_DAY.match(found.value or "")
    if days is None or found.quant != "EVERY" or not isinstance(clock, Clock):
        return None
    hour = clock.hour
    if days["part"] in {"AF", "EV", "NI"} and hour < _NOON:
        hour += _NOON
    day = days["weekday"] or "XXXX-XX-XX"
    return replace(found, value=f"{day}T{hour:02}:{clock.minute or 0:02}")


# 5 p.m. Tuesday, 10 a.m. on March 5, noon Saturday
@TIMES.rule("<clock> <day>", "Clock comma? (on)? (day|Part)", "Instant")
# 6 a.m. local time (0300 GMT) on Monday
@TIMES.rule("<clock> (<clock>) <day>", "Clock open Clock close comma? (on)? day", "Instant")
# 5 a.m. Tuesday EST
@TIMES.rule("<clock> <day> <zone>", "Clock comma? (on)? day zone", "Instant")
@TIMES.rule("<day> <clock>", "day comma? at? Measure? Clock", "Instant")
@TIMES.rule("<clock> <day> <day part>", "Clock comma? (on)? day daypart", "Instant")
@TIMES.rule("in the <day part> at <clock>", "in the daypart at Clock", "Instant")
@TIMES.rule("<day part> at <clock>", "Daytime comma? at? Measure? Clock", "Instant")
@TIMES.rule(
    "<day> <day part> at <clock>", "day (early|late)? daypart comma? at? Measure? Clock", "Instant"
)
def clock_on_day(match: Match) -> Meaning | None:
    """The time of that day."""
    clock = match.meaning("Clock").expr
    if match.items[0].code in codes_of("in"):
        return match.meaning("Clock")
    day = match.find("day") or match.find("Daytime")
    if day is None or not isinstance(day.value, Meaning) or not isinstance(clock, Clock):
        return None
    expr = day.value.expr
    if expr is None or day.value.granularity > Granularity.DAY:
        return None
    whole = expr.of if isinstance(expr, PartOf) else expr
    found = match.meaning("Clock")
    if not _says_half(match):
        clock = replace(clock, hour=_in_half(clock.hour, _part_named(match, expr)))
    if match.has("zone") and clock.zone is None:
        clock = replace(clock, zone=match.scan.written(match.items[-1].first))
    others = tuple(replace(each, of=whole) for each in found.others if isinstance(each, Clock))
    return replace(
        found,
        expr=replace(clock, of=whole),
        others=others,
        latent=False,
        confidence=0.6 if others else 0.93,
    )


def day_of(match: Match) -> TimeExpr | None:
    """The day that stands beside an hour, today where none does; None for a longer time."""
    found = match.find("day") or match.find("Daytime")
    place = found.value if found is not None else None
    if not isinstance(place, Meaning):
        return _TODAY
    return None if place.granularity > Granularity.DAY else place.expr


def _ends_phrase(match: Match) -> bool:
    """Whether no noun follows that the part of the day belongs to."""
    after, until = match.after(), match.items[-1].until
    if after in {":", "."} and match.scan.word(until + 1)[:1].isdigit():
        return False  # "at 8: 33 AM", as a tokeniser has cut it
    return not after[:1].isalnum() or after in _AFTER_HOUR


def _part_named(match: Match, day: TimeExpr) -> Part | None:
    """The part of the day that the text names beside the hour."""
    if isinstance(day, PartOf):
        return day.part
    return Part(match.string("daypart")) if match.has("daypart") else None


def _in_half(hour: int, part: Part | None) -> int:
    """The hour after noon where the part of the day says so; the small hours stay."""
    late = part in {Part.AFTERNOON, Part.EVENING} or (part is Part.NIGHT and hour > _SMALL_HOURS)
    return hour % _NOON + _NOON if late and hour <= _NOON else hour


def _says_half(match: Match) -> bool:
    """Whether the time is written with a.m. or p.m."""
    return _HALF.search(match.text.lower()) is not None


def _is_hour(match: Match) -> bool:
    """Whether the bare number stands where an hour does and nothing is counted with it."""
    if match.items[-1].code in codes_of("day") + codes_of("Daytime") + codes_of("daypart"):
        return match.before() in _CLOCK_LEADS - {"about", "and", "to", "from", "since"}
    return _ends_phrase(match)


def _is_led(match: Match) -> bool:
    """Whether a bare number stands where an hour does: "at 3 in the afternoon"."""
    return match.before() in _CLOCK_LEADS


def _clock(match: Match, hour: int, minute: str | None, second: str | None) -> Meaning | None:
    if minute is not None and int(minute) > 59:
        return None
    seconds = None if second is None else int(second)
    return _stated(match, hour, None if minute is None else int(minute), seconds)


def _stated(match: Match, hour: int, minute: int | None, second: int | None) -> Meaning:
    zone = match.find("zone")
    name = match.scan.written(zone.first) if zone is not None else None
    return Meaning(
        says="a time of day",
        expr=Clock(_TODAY, hour, minute, second, name),
        type=TimexType.TIME,
        granularity=Granularity.HOUR if minute is None else Granularity.MINUTE,
        confidence=0.85,
    )


def _mod(match: Match) -> str | None:
    """Early or late in the part of the day."""
    return "START" if match.has("early") else "END" if match.has("late") else None


def _part(part: Part, day: TimeExpr) -> Meaning:
    return Meaning(
        says="a part of a day",
        expr=PartOf(part, day),
        type=TimexType.TIME,
        granularity=Granularity.DAY_PART,
        confidence=0.92,
    )
