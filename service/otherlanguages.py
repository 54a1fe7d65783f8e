"""Which engine reads a text, and absolute dates in languages that the own engine has no words for.

English and Persian are read by `service.temporal`; so are dates in digits, whatever the language.
For the languages of `LANGUAGES` dateparser is asked about dates with a month in words and a year of
four digits, and about nothing else: it never decides a relative phrase, a weekday or a bare number.
What it is shown are short windows around such a year, one strict day-month-year each, so that the
cost grows with the dates of a text and no word is a month by accident.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from threading import Lock
from typing import Protocol

from service.temporal.algebra import Between, Date
from service.temporal.describe import interval_words
from service.temporal.engine import resolve
from service.temporal.evaluation import evaluate
from service.temporal.interval import Day, days
from service.temporal.language import UNSURE, detect_language
from service.temporal.timex import Context, Resolution, Span, Step, TimexType
from service.temporal.timex3 import value_text

LANGUAGES = frozenset(["es", "fr", "de", "it", "pt", "nl", "ru", "ar", "tr", "id", "zh", "ja"])
"""The languages whose absolute dates dateparser is asked about; each has its corpus."""

OWN = "event-timelines"
OTHER = "dateparser"

_OWN_LANGUAGES = frozenset(["en", "fa"])
_SETTINGS = {
    "STRICT_PARSING": True,
    "REQUIRE_PARTS": ["day", "month", "year"],
    "PARSERS": ["absolute-time"],
    "DATE_ORDER": "DMY",
    "RELATIVE_BASE": dt.datetime(2000, 1, 1),  # noqa: DTZ001  # a fixed base: no clock decides
    "RETURN_AS_TIMEZONE_AWARE": False,
}
# The months of the Levant and Iraq (Shubat, Adhar ...) stand under their lands.
_LOCALES = {"ar": ("ar", "ar-SY")}
_YEARS = range(1000, 2201)
_SURE_OF_DAY, _SURE_OF_MONTH = 0.88, 0.8
_FEWEST_LETTERS = 4
_WINDOWS_KEPT = 4096

# Languages that write months small: a capital without a day is a name ("Mars 2020" is a mission).
_SMALL = frozenset(["es", "fr", "it", "pt", "nl", "ru"])
_CASES = ("е", "у", "ю", "ом", "ем", "ём")
_SHORT_MONTHS = frozenset(["mai", "mei", "май", "мае", "мая", "маю"])
# What a number of four digits counts after a month: "in March 2000 people".
_COUNTED = frozenset(
    [
        "personas", "euros", "dólares", "pesos", "casos", "personnes", "dollars", "morts", "cas",
        "menschen", "euro", "dollar", "personen", "fälle", "persone", "dollari", "casi", "morti",
        "pessoas", "reais", "mortes", "mensen", "gevallen", "человек", "рублей", "долларов",
        "случаев", "kişi", "lira", "dolar", "orang", "kasus", "rupiah", "شخص", "دولار", "ريال",
    ]
)  # fmt: skip

_WORDED = re.compile(
    r"""
    (?<![\w.,/$€£-])
    (?: (?P<first>\d{1,2}) (?: [.ºª°] | er )?
        (?: \s?[-–]\s? | \s(?:al|a|au|bis|tot|t/m|по|إلى|ile|hingga|sampai)\s (?:zum\s)? ) )?
    (?: (?P<day>\d{1,2}) (?: \s?[.ºª°] | \.º | er | -?го )? \s
        (?:(?:de|di|do)\s)? )?
    (?P<month> (?:كانون|تشرين)\s[^\W\d_]{4,6} | [^\W\d_]{3,12} ) (?: \. | /[^\W\d_]{3,8} )?
    (?P<link> \s(?:de|del|do)\s | ,?\s )
    (?P<year>\d{4})
    (?! \w | [.,:/-]\d | \s?[%€$£¥₽‰] )
    """,
    re.VERBOSE,
)
_CHARACTERS = re.compile(
    r"(?<!\d)(?P<year>\d{4})\s?年\s?(?P<month>\d{1,2})\s?月(?:\s?(?P<day>\d{1,2})\s?[日号號])?"
)
_NEXT_WORD = re.compile(r"\s([^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Answer:
    """The expressions of a text in the order of their spans, its language and who read it."""

    expressions: tuple[Resolution, ...]
    language: str
    engines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Window:
    """Words that may be a date: no `days` for a month of a year, two where a range is joined."""

    span: Span
    days: tuple[tuple[int, Span], ...]
    month: str
    year: int


def resolve_any(text: str, context: Context) -> Answer:
    """The text read by the engine of its language; a language of "und" is told from the text."""
    language = context.language.partition("-")[0].lower()
    if language == UNSURE:
        language = detect_language(text)
    own = resolve(text, context)
    if language in _OWN_LANGUAGES or language not in LANGUAGES:
        return Answer(own, language, (OWN,))
    other = _found(text, language)
    return Answer(_merged(own, other), language, (OWN, OTHER))


def resolve_other(text: str, context: Context) -> tuple[Resolution, ...]:
    """Dates with a month in words and a year, in a language of `LANGUAGES`; else nothing."""
    language = context.language.partition("-")[0].lower()
    if language == UNSURE:
        language = detect_language(text)
    return _found(text, language) if language in LANGUAGES else ()


def _found(text: str, language: str) -> tuple[Resolution, ...]:
    found = (_resolution(text, window, language) for window in _windows(text, language))
    return tuple(each for each in found if each is not None)


def _windows(text: str, language: str) -> Iterator[_Window]:
    pattern = _CHARACTERS if language in {"zh", "ja"} else _WORDED
    for match in pattern.finditer(text):
        named = _named_days(match)
        window = _Window(Span(*match.span()), named, match["month"], int(match["year"]))
        if pattern is _CHARACTERS or named or _is_plain_month(text, match, language):
            yield window


def _named_days(match: re.Match[str]) -> tuple[tuple[int, Span], ...]:
    """The days of the window with their spans; the last one holds the month and the year."""
    if match["day"] is None:
        return ()
    if not match.groupdict().get("first"):
        return ((int(match["day"]), Span(*match.span())),)
    first, last = int(match["first"]), int(match["day"])
    end = (last, Span(match.start("day"), match.end()))
    joined = 1 <= first < last
    return ((first, Span(*match.span("first"))), end) if joined else (end,)


def _is_plain_month(text: str, match: re.Match[str], language: str) -> bool:
    """Whether month and year without a day are more than a name or a count."""
    month, linked = match["month"], len(match["link"].strip(" ,")) > 0
    if len(month) < _FEWEST_LETTERS and month.lower() not in _SHORT_MONTHS:
        return False
    if language in _SMALL and not linked and not month.islower():
        return False
    following = _NEXT_WORD.match(text, match.end())
    return following is None or following[1].lower() not in _COUNTED


def _resolution(text: str, window: _Window, language: str) -> Resolution | None:
    """The day, range or month that the window names, if the other engine reads just that."""
    month = _month(window, language)
    if month is None or window.year not in _YEARS:
        return None
    if not window.days:
        return _said(text, window.span, Date(window.year, month), language)
    ends = tuple(
        _said(text, span, Date(window.year, month, day), language) for day, span in window.days
    )
    if len(ends) == 1:
        return ends[0]
    (first, _), (last, _) = window.days
    both = Between(Date(window.year, month, first), Date(window.year, month, last))
    return replace(_said(text, window.span, both, language), parts=ends)


def _said(text: str, span: Span, date: Date | Between, language: str) -> Resolution:
    written = text[span.start : span.end]
    interval = evaluate(date, days(Day(0), Day(0)))
    whole_month = isinstance(date, Date) and date.day is None
    says = f"'{written}' is a full date in '{language}': {interval_words(interval)}"
    return Resolution(
        span=span,
        text=written,
        type=TimexType.DATE,
        value=value_text(interval),
        interval=interval,
        granularity=interval.granularity,
        confidence=_SURE_OF_MONTH if whole_month else _SURE_OF_DAY,
        derivation=(Step(OTHER, says),),
    )


def _month(window: _Window, language: str) -> int | None:
    """The number of the month, when day and year come back as they were written."""
    day = window.days[-1][0] if window.days else 1
    for month in _forms(window.month, language):
        found = _parsed(f"{day:02} {month} {window.year}", language)
        if language in {"zh", "ja"}:
            found = _parsed(f"{window.year}年{int(month)}月{day}日", language)
        if found is not None and (found.year, found.day) == (window.year, day):
            return found.month
    return None


def _forms(month: str, language: str) -> tuple[str, ...]:
    """The word, and for Russian "в марте", "к маю" the case that the other engine knows."""
    word = month.lower()
    if language != "ru":
        return (word,)
    stems = (word.removesuffix(ending) for ending in _CASES if word.endswith(ending))
    return (word, *(stem + ending for stem in stems for ending in ("а", "я")))


@lru_cache(maxsize=_WINDOWS_KEPT)
def _parsed(text: str, language: str) -> dt.date | None:
    """The day that the text is in the language or one of its lands; None when it is none."""
    for locale in _LOCALES.get(language, (language,)):
        with _LOCK:
            found = _parser(locale).get_date_data(text).date_obj
        if found is not None:
            return found.date()
    return None


class _Data(Protocol):
    date_obj: dt.datetime | None


class _Parser(Protocol):
    def get_date_data(self, date_string: str) -> _Data: ...


@cache
def _parser(locale: str) -> _Parser:
    """The other engine, imported on first need: it takes a tenth of a second."""
    from dateparser.date import DateDataParser  # type: ignore[import-untyped]  # no stubs

    parser: _Parser = DateDataParser(locales=[locale], settings=_SETTINGS)
    return parser


_LOCK = Lock()
"""The other engine keeps settings and word lists in module state."""


def _merged(own: tuple[Resolution, ...], other: tuple[Resolution, ...]) -> tuple[Resolution, ...]:
    """Both, in order; no bare number counts, and a date in words replaces what it covers."""
    taken = [each.span for each in other]
    kept = (
        each
        for each in own
        if not each.text.isdigit() and not any(_overlap(each.span, span) for span in taken)
    )
    return tuple(sorted((*kept, *other), key=lambda each: each.span))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
