"""The three gates that a bare number passes to be a year, and the calendar it is a year of.

Slot: the words beside it. Support: what speaks for a calendar. Passage: what the rest of the
article says about the centuries it tells of. Readings come best first with their chances.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from service.temporal.calendars import SOLAR_HIJRI, nowruz
from service.temporal.interval import Day
from service.temporal.lexicon import cues
from service.temporal.scanner import Scan, code
from service.temporal.tagger import Timex
from service.temporal.timex import Calendar

_MODERN = range(1900, 2100)
_SOLAR = range(1250, 1500)
_FIRM_SLOTS = frozenset(
    [
        "in",
        "since",
        "until",
        "till",
        "during",
        "early",
        "mid",
        "late",
        "throughout",
        "year",
        "circa",
    ]
)
_COUNTING_OF = frozenset(
    [
        "total", "population", "out", "group", "crowd", "number", "force", "team", "one", "most",
        "some", "average", "maximum", "minimum", "cost", "price", "sum", "record", "fleet", "list",
        "staff", "workforce", "more", "excess", "rate", "score", "height", "length", "distance",
    ]
)  # fmt: skip
_AFTER_YEAR = frozenset(
    ["the", "a", "an", "was", "were", "is", "has", "had", "will", "and", "or", "but", "to", "when",
     "as", "with", "its", "his", "her", "their", "he", "she", "they", "it"]
)  # fmt: skip
_VERBS_IN_S = frozenset(["was", "is", "has", "as", "this", "its", "his", "does", "us"])
_DAYS_A_YEAR = 365.25
_AHEAD = 15

_CALENDAR_NAMED = re.compile(
    r"\b(?:solar[ -]hijri|shamsi|jalali|hijri[ -]shamsi"
    r"|(?:persian|iranian|afghan)(?:\s+(?:solar|new))?\s+(?:calendar|year))\b",
    re.IGNORECASE,
)
_SEASON_OF_USERS = re.compile(
    r"\b(?:Farvardin|Ordibehesht|Khordad|Mordad|Shahrivar|Bahman|Esfand|Nowruz|Norouz|Nowrooz)\b"
)
_USERS = re.compile(
    r"\b(?:Iran|Iran['’]s|Iranians?|Tehran|Isfahan|Esfahan|Mashhad|Tabriz|Shiraz|Qom|Persian"
    r"|Afghanistan|Afghans?|Kabul|Herat|Kandahar|Khamenei|Rouhani|Pezeshkian|IRGC|Taliban)\b"
)
_OLD_TIMES = re.compile(
    r"\b(?:century|centuries|medieval|dynast(?:y|ies|ic)|emperors?|sultan(?:ate)?s?|conquest"
    r"|ancient|Timur(?:id)?|Tamerlane|Mongols?|Ottomans?|Ming|Crusaders?|khanate|caliph(?:ate)?"
    r"|Byzantine|Renaissance|empire|kingdom)\b",
    re.IGNORECASE,
)
_OLD_YEAR = re.compile(r"(?<![\d.,$€£])1[0-7]\d\d(?![\d,.]?\d)")


@dataclass(frozen=True, slots=True)
class YearReading:
    """One reading of a bare year, its chance and the reason in a few words."""

    calendar: Calendar
    chance: float
    because: str


@dataclass
class Passage:
    """What an article says about its calendars; facts are looked up on first need."""

    text: str
    title: str
    language: str
    supported: set[Calendar] = field(default_factory=set)

    @cached_property
    def names_solar(self) -> bool:
        """Whether the Solar Hijri calendar is named."""
        return _found(_CALENDAR_NAMED, self)

    @cached_property
    def has_solar_month(self) -> bool:
        """Whether a month or holiday of that calendar occurs."""
        return _found(_SEASON_OF_USERS, self)

    @cached_property
    def has_users(self) -> bool:
        """Whether a place or people that uses it occurs, or the text is Persian."""
        return self.language in {"fa", "ps"} or _found(_USERS, self)

    @cached_property
    def old_times(self) -> int:
        """How many words of old times occur, up to three."""
        return min(len(_OLD_TIMES.findall(self.text)), 3)

    def old_years(self, but: int) -> int:
        """How many years of 1000 to 1799 occur besides `but`, up to three."""
        found = {int(year) for year in _OLD_YEAR.findall(self.text)} - {but}
        return min(len({year for year in found if year not in _NEAR_PERSIAN}), 3)


_NEAR_PERSIAN = range(1370, 1411)


def in_slot(timex: Timex, year: int, scan: Scan, this_year: int) -> bool:
    """Whether the words beside the number let it be a year."""
    before, after = scan.word(timex.first - 1), scan.word(timex.until)
    if _labelled(timex, scan, before) or _counts(timex, scan, after):
        return False
    plain = year in _MODERN and year % 100 != 0
    if before == "of":
        owner = scan.word(timex.first - 2)
        return cues("en").has("happenings", owner) or (plain and owner not in _COUNTING_OF)
    if cues("en").has("happenings", after):
        return True
    if before in _FIRM_SLOTS:
        return not (_plural(after) and not plain)
    far = plain and year > this_year + _AHEAD
    return (plain and not far) or _free_standing(timex, scan, before)


def year_readings(
    year: int, passage: Passage, publication: Day, *, happening: bool, sentence: str
) -> tuple[YearReading, ...]:
    """The calendars that `year` may be counted in, best first."""
    common = YearReading(Calendar.GREGORIAN, 1.0, "no other calendar is supported")
    if year not in _SOLAR:
        return (common,)
    support, because = _support(year, passage, publication)
    if not support:
        return (YearReading(Calendar.GREGORIAN, 0.75, common.because),)
    support += 0.5 * happening + 1.0 * _near(year, publication)
    against = 0.5 * passage.old_times + 1.0 * passage.old_years(year)
    against += 4.0 * (_OLD_TIMES.search(sentence) is not None)
    chance = round(support / (support + against + 0.3), 3)
    readings = (
        YearReading(Calendar.SOLAR_HIJRI, chance, because),
        YearReading(Calendar.GREGORIAN, round(1 - chance, 3), "the passage tells of old times"),
    )
    return tuple(sorted(readings, key=lambda reading: -reading.chance))


def _support(year: int, passage: Passage, publication: Day) -> tuple[float, str]:
    if passage.names_solar:
        return 4.0, "the text names the Solar Hijri calendar"
    if Calendar.SOLAR_HIJRI in passage.supported:
        return 3.5, "an earlier year of the article is Solar Hijri"
    if passage.has_solar_month:
        return 3.0, "a month or holiday of the Solar Hijri calendar stands in the text"
    if passage.has_users and _fits(year, publication):
        return 2.0, "the text is about users of the Solar Hijri calendar and the year fits"
    return 0.0, ""


def _fits(year: int, publication: Day) -> bool:
    """From a lifetime before publication to two years after."""
    return -110 * _DAYS_A_YEAR <= nowruz(year) - publication <= 2 * _DAYS_A_YEAR


def _near(year: int, publication: Day) -> bool:
    return abs(SOLAR_HIJRI.from_day(publication).year - year) <= 15


def _labelled(timex: Timex, scan: Scan, before: str) -> bool:
    words = cues("en")
    if before == "." and words.has("labels", scan.word(timex.first - 2)):
        return True
    glued = before in {"-", "/", ":"} and scan.ends[timex.first - 1] == scan.starts[timex.first]
    if glued and not words.has("slots", scan.word(timex.first - 2)):
        return True
    return words.has("labels", before)


def _counts(timex: Timex, scan: Scan, after: str) -> bool:
    if cues("en").has("counted", after):
        return True
    glued = (
        after in {"-", ":", "/"}
        and timex.until < len(scan.starts)
        and scan.starts[timex.until] == scan.ends[timex.until - 1]
    )
    following = scan.word(timex.until + 1)
    return glued and not cues("en").has("happenings", following)


def _plural(word: str) -> bool:
    return word.endswith("s") and word.isalpha() and word not in _VERBS_IN_S


def _free_standing(timex: Timex, scan: Scan, before: str) -> bool:
    """A round, old or far year between a preposition and the end of its phrase."""
    after = scan.codes[timex.until : timex.until + 1]
    ends = code("comma") + code("dot") + code("close") + code("stop") + code("break")
    slot = cues("en").has("slots", before) and before not in {"to", "as"}
    return slot and (not after or after in ends or scan.word(timex.until) in _AFTER_YEAR)


def _found(pattern: re.Pattern[str], passage: Passage) -> bool:
    return pattern.search(passage.text) is not None or pattern.search(passage.title) is not None
