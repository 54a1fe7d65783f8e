"""The three gates that a bare number passes to be a year, and the calendar it is a year of.

Slot: the words beside it. Support: what speaks for a calendar. Passage: what the rest of the
article says about the centuries it tells of. Readings come best first with their chances.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from service.temporal.calendars import GREGORIAN, system
from service.temporal.calendars_latent import (
    LATENT,
    YEARS,
    Latent,
    follows_era,
    named_beside,
    year_beside,
)
from service.temporal.interval import Day
from service.temporal.lexicon import cues
from service.temporal.namesakes import is_model, is_reckoned
from service.temporal.scanner import BREAK, Scan, code
from service.temporal.tagger import Timex
from service.temporal.timex import Calendar
from service.temporal.year_slots import FIRST_NAMED, GLUE, MODERN, is_labelled, is_modifier

_YEARS_AHEAD = 15
_CITATION = 8
_DAYS_A_LIFETIME = 110 * 366
_FIRM_SLOTS = frozenset(
    [
        "in", "since", "until", "till", "during", "early", "mid", "late", "throughout", "year",
        "circa", "due",
    ]
)  # fmt: skip
_COUNTING_OF = frozenset(
    [
        "total", "population", "out", "group", "crowd", "number", "force", "team", "one", "most",
        "some", "average", "maximum", "minimum", "cost", "price", "sum", "record", "fleet", "list",
        "staff", "workforce", "more", "excess", "rate", "score", "height", "length", "distance",
    ]
)  # fmt: skip
_AFTER_YEAR = frozenset(
    [
        "the", "a", "an", "was", "were", "is", "has", "had", "will", "and", "or", "but", "to",
        "when", "as", "with", "its", "his", "her", "their", "he", "she", "they", "it",
    ]
)  # fmt: skip
_VERBS_IN_S = frozenset(["was", "is", "has", "as", "this", "its", "his", "does", "us"])
_YEAR_LEADS = frozenset(["in", "since", "during", "throughout"])

_OLD_TIMES = re.compile(
    r"\b(?:century|centuries|medieval|dynast(?:y|ies|ic)|emperors?|sultan(?:ate)?s?|conquest"
    r"|ancient|Timur(?:id)?|Tamerlane|Mongols?|Ottomans?|Ming|Crusaders?|khanate|caliph(?:ate)?"
    r"|Byzantine|Renaissance|empire|Black Death|plague|abbots?|cathedral)\b",
    re.IGNORECASE,
)
# What may not stand before is looked at last: a search is fast when the first character is known.
_OLD_YEAR = re.compile(r"1[0-7]\d\d(?![\d,.]?\d)(?<![\d.,$€£]\d{4})")
_LIKELY_COUNTED_OTHERWISE = range(1370, 1411)
_MOST_COUNTED = 3
_YEAR = re.compile(r"(?:1\d|20)\d\d(?![\d,.]?\d)(?<![\d.,$€£-]\d{4})")
_NEWS = re.compile(r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|said|told|yesterday)\b")
_YEARS_OF_HISTORY = 3
_AFTER = 60
_CLOSE = 0.25
_FAR_OFF = 0.3
_CLOSE_CALL = 0.59
_UNSUPPORTED = "no other calendar is supported"


@dataclass(frozen=True, slots=True)
class YearReading:
    """One reading of a bare year, its chance and the reason in a few words."""

    calendar: Calendar
    chance: float
    because: str


@dataclass(frozen=True)
class Passage:
    """What an article says about its calendars; each fact is looked up once, on first need."""

    text: str
    title: str
    language: str
    region: str = ""

    @cached_property
    def old_times(self) -> int:
        """How many words of old times occur, up to three."""
        return min(len(_OLD_TIMES.findall(self.text)), _MOST_COUNTED)

    @cached_property
    def old_years(self) -> frozenset[int]:
        """The years of 1000 to 1799 that occur and are not likely Solar Hijri ones."""
        found = {int(year) for year in _OLD_YEAR.findall(self.text)}
        return frozenset(year for year in found if year not in _LIKELY_COUNTED_OTHERWISE)

    @cached_property
    def named(self) -> frozenset[Calendar]:
        """The calendars that the text or its title names."""
        return frozenset(each.calendar for each in LATENT if self._has(each.named))

    @cached_property
    def by_months(self) -> frozenset[Calendar]:
        """The calendars of which a month or holiday occurs."""
        return frozenset(each.calendar for each in LATENT if self._has(each.months))

    @cached_property
    def by_users(self) -> frozenset[Calendar]:
        """The calendars of which places or people occur that use them, or whose language it is."""
        return frozenset(
            each.calendar
            for each in LATENT
            if self.language in each.languages
            or self.region in each.regions
            or self._has(each.users)
        )

    def tells_history(self, this_year: int) -> bool:
        """Whether it names years gone by more often than it reports: a life, a history."""
        years = [int(year) for year in _YEAR.findall(self.text)]
        gone = sum(year < this_year - 1 for year in years)
        return gone >= _YEARS_OF_HISTORY and gone > 2 * len(_NEWS.findall(self.text))

    def _has(self, pattern: re.Pattern[str]) -> bool:
        return pattern.search(self.text) is not None or pattern.search(self.title) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the gates look at: the article, its day, the sentence, the noun after the number.

    `following` is the text just after the number, `preceding` just before it; `settled` are the
    calendars that earlier dates of the article are counted in.
    """

    passage: Passage
    publication: Day
    sentence: str
    following: str
    preceding: str
    happening: bool
    settled: frozenset[Calendar]


def in_slot(timex: Timex, year: int, scan: Scan, this_year: int) -> bool:
    """Gate 1: whether the words beside the number let it be a year."""
    before = scan.word(timex.first - 1)
    if before == "." and scan.written(timex.first - 2) in {"c", "ca", "Ca", "fl"}:
        return True  # circa
    if before == "than" and scan.word(timex.first - 2) in {"later", "earlier"}:
        return not is_count(timex, scan, year)
    if is_labelled(timex, scan, before) or before.isdigit():
        return False
    if is_reckoned(timex, scan) or is_model(timex, scan, before):
        return False
    following = following_text(timex, scan)
    if named_beside(following) is not None or year_beside(following) is not None:
        return True
    return not is_count(timex, scan, year) and _fits_slot(timex, year, scan, this_year)


def following_text(timex: Timex, scan: Scan) -> str:
    """The text just after the number, as far as a calendar's name may stand in it."""
    return scan.text[timex.span.end : timex.span.end + _AFTER]


def is_count(timex: Timex, scan: Scan, last: int) -> bool:
    """Whether the number counts: "1404 people", "1404-strong", "rose from 1404 to 1500"."""
    after = scan.word(timex.until)
    if last not in MODERN and _changes(timex, scan):
        return True
    if cues("en").has("counted", after):
        return True
    glued = (
        after in GLUE
        and timex.until < len(scan.starts)
        and scan.starts[timex.until] == scan.ends[timex.until - 1]
    )
    if glued and after == ":" and scan.starts[timex.until + 1 :][:1] != [scan.ends[timex.until]]:
        return False
    return glued and not cues("en").has("happenings", scan.word(timex.until + 1))


def year_readings(year: int, around: Surroundings) -> tuple[YearReading, ...]:
    """Gates 2 and 3: the calendars that `year` may be counted in, best first."""
    beside = named_beside(around.following)
    if beside is not None:
        return _named(year, beside)
    if follows_era(around.preceding):
        return (YearReading(Calendar.GREGORIAN, 0.97, _UNSUPPORTED),)
    supports = [(each, *_support(each, year, around)) for each in LATENT if year in each.years]
    supports = _nearest([each for each in supports if each[1]], year, around.publication)
    if not supports:
        lone = any(year in each.years for each in LATENT[:1])
        return (YearReading(Calendar.GREGORIAN, 0.75 if lone else 1.0, _UNSUPPORTED),)
    return _weighed(supports, _against(year, around))


def _named(year: int, calendar: Calendar) -> tuple[YearReading, ...]:
    """The calendar is told in words: "2018 in the Ethiopian calendar"."""
    if calendar is Calendar.GREGORIAN or year not in YEARS.get(calendar, ()):
        return (YearReading(Calendar.GREGORIAN, 0.95, _UNSUPPORTED),)
    return (
        YearReading(calendar, 0.94, "the words after it name the calendar"),
        YearReading(Calendar.GREGORIAN, 0.06, "the words after it may belong elsewhere"),
    )


def _nearest(
    supports: list[tuple[Latent, float, str]], year: int, publication: Day
) -> list[tuple[Latent, float, str]]:
    """Of two calendars the one whose year is near publication: a far reading counts little."""
    near = {each.calendar for each, _, _ in supports if _near(each, year, publication)}
    if not near:
        return supports
    return [
        (each, weight if each.calendar in near else weight * _FAR_OFF, because)
        for each, weight, because in supports
    ]


def _weighed(supports: list[tuple[Latent, float, str]], against: float) -> tuple[YearReading, ...]:
    """Each calendar with its share of all that speaks; a close call is never above .6."""
    total = sum(weight for _, weight, _ in supports) + against + 0.3
    found = [
        YearReading(each.calendar, round(weight / total, 3), because)
        for each, weight, because in supports
    ]
    left = round(1 - sum(reading.chance for reading in found), 3)
    found.append(YearReading(Calendar.GREGORIAN, left, "the passage tells of old times"))
    found.sort(key=lambda reading: -reading.chance)
    if found[0].chance - found[1].chance < _CLOSE:
        found[0] = replace(found[0], chance=min(found[0].chance, _CLOSE_CALL))
    return tuple(found)


def _support(latent: Latent, year: int, around: Surroundings) -> tuple[float, str]:
    """How much speaks for the calendar and why; nothing when only nearness does."""
    passage, name = around.passage, latent.name
    extra = 0.5 * around.happening + 1.0 * _near(latent, year, around.publication)
    beside = year_beside(around.following)
    if beside is not None and _overlaps(latent, year, beside):
        return 6.0, f"the {name} year overlaps the {beside} in brackets"
    if latent.calendar in passage.named:
        return 4.0 + extra, f"the text names the {name} calendar"
    if latent.calendar in around.settled:
        return 3.5 + extra, f"an earlier date of the article is {name}"
    if latent.calendar in passage.by_months:
        return latent.by_month + extra, "a month or holiday of that calendar stands in the text"
    if latent.calendar in passage.by_users and _fits(latent, year, around.publication):
        return 2.0 + extra, "the text is about users of that calendar and the year fits"
    return 0.0, ""


def _against(year: int, around: Surroundings) -> float:
    """What speaks for a year AD: old times in the sentence, less so elsewhere, other old years."""
    years = min(len(around.passage.old_years - {year}), _MOST_COUNTED)
    in_sentence = _OLD_TIMES.search(around.sentence) is not None
    return 0.5 * around.passage.old_times + 1.0 * years + 4.0 * in_sentence


def _fits(latent: Latent, year: int, publication: Day) -> bool:
    """From a lifetime before publication to two years after it."""
    start = system(latent.calendar).to_day(year, 1, 1)
    return -_DAYS_A_LIFETIME <= start - publication <= 2 * 366


def _near(latent: Latent, year: int, publication: Day) -> bool:
    start = system(latent.calendar).to_day(year, 1, 1)
    return abs(start - publication) <= (_YEARS_AHEAD + 1) * 366


def _overlaps(latent: Latent, year: int, ours: int) -> bool:
    """Whether the year of that calendar shares a day with the year of our era."""
    calendar = system(latent.calendar)
    first, last = calendar.to_day(year, 1, 1), Day(calendar.to_day(year + 1, 1, 1) - 1)
    return GREGORIAN.from_day(first).year <= ours <= GREGORIAN.from_day(last).year


def _fits_slot(timex: Timex, year: int, scan: Scan, this_year: int) -> bool:
    before, after = scan.word(timex.first - 1), scan.word(timex.until)
    plain = year in MODERN and year % 100 != 0
    if after == "of" and not plain:
        return False
    if before == "of":
        owner = scan.word(timex.first - 2)
        return cues("en").has("happenings", owner) or (plain and owner not in _COUNTING_OF)
    if cues("en").has("happenings", after):
        return True
    if before in _FIRM_SLOTS:
        return plain or not _plural(after)
    cited = FIRST_NAMED <= year <= this_year and _is_cited(timex, scan)
    if cited or is_modifier(timex, year, scan, this_year):
        return True
    near = plain and year <= this_year + _YEARS_AHEAD and not _counts_things(before, after)
    return near or _free_standing(timex, scan, before)


def _counts_things(before: str, after: str) -> bool:
    """Whether a verb stands before and things after: "sold 1999 tickets"."""
    verb = before.endswith("ed") or cues("en").has("past", before)
    return verb and len(after) > len("this") and _plural(after)


def _is_cited(timex: Timex, scan: Scan) -> bool:
    """Whether it ends a citation: "(Smith, 2000)", "(Smith, 1900: 12)"."""
    if scan.word(timex.first - 1) != "," or scan.word(timex.until) not in {")", ":", ";"}:
        return False
    near = range(timex.first - 2, max(timex.first - 2 - _CITATION, -1), -1)
    return any(scan.word(index) == "(" for index in near)


def _changes(timex: Timex, scan: Scan) -> bool:
    """Whether a verb of rising or falling stands just before: numbers follow it, but not "in"."""
    if scan.word(timex.first - 1) in _YEAR_LEADS:
        return False
    before = (scan.word(timex.first - back) for back in range(1, 4))
    return any(cues("en").has("changing", word) for word in before)


def _plural(word: str) -> bool:
    return word.endswith("s") and word.isalpha() and word not in _VERBS_IN_S


def _is_singular_name(written: str) -> bool:
    """A name that may begin a clause, "by 1404 Tehran had ...", and is not counted."""
    return written[:1].isupper() and written.isalpha() and written[-1:] not in {"s", "i"}


def _free_standing(timex: Timex, scan: Scan, before: str) -> bool:
    """A round, old or far year between a preposition and the end of its phrase."""
    if before == "(" and scan.word(timex.until) in {")", ","}:
        return True
    if not cues("en").has("slots", before) or before in {"to", "as"}:
        return False
    after = scan.codes[timex.until : timex.until + 1]
    if before == "by" and _is_singular_name(scan.written(timex.until)):
        return True
    ends = "".join(code(kind) for kind in ("comma", "dot", "close", "stop", BREAK))
    return not after or after in ends or scan.word(timex.until) in _AFTER_YEAR
