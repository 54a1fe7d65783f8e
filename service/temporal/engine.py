"""The one public call: a text and its context in, resolved expressions out. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from service.temporal.apposition import corroborated
from service.temporal.calendars import GREGORIAN
from service.temporal.clocks import same_moment
from service.temporal.diary import in_diary
from service.temporal.discourse import Discourse
from service.temporal.gates import Passage
from service.temporal.interval import days
from service.temporal.language import UNSURE, detect_language
from service.temporal.languages import beside_english, known_as
from service.temporal.lexicon import Lexicon, lexicon
from service.temporal.outlets import Origin
from service.temporal.readings import Setting
from service.temporal.resolver import resolve_one
from service.temporal.rules.en_events import with_events
from service.temporal.scanner import LATIN, Scan, scan
from service.temporal.tagger import Timex, tag
from service.temporal.timex import Context, Resolution
from service.temporal.zones import beside, explained, neighbour, settle

_MONTH_FIRST = frozenset(["en", "fa", UNSURE])
"""Languages that do not tell 3/2/2026 to be a day of February; the others write the day first."""


@dataclass(frozen=True, slots=True)
class _Tagged:
    """A text as far as it can be read without its day of publication."""

    scan: Scan
    passage: Passage
    timexes: tuple[Timex, ...]


def resolve(text: str, context: Context) -> tuple[Resolution, ...]:
    """The expressions of time in `text`, in the order of their spans, which do not overlap.

    Spans count code points of `text` as given. English and Persian are read in full; for any other
    language only dates in digits are. A language of "und" is told from the text. Where nothing
    says whose day a UTC instant near midnight was, the neighbour day's readings are candidates.
    """
    publication, why = settle(text, context.publication)
    hints = tuple(sorted(context.hints, key=lambda each: each.span.start))
    context = replace(context, publication=publication, hints=hints)
    tagged = _tagged(text, context)
    found = tuple(explained(each, why) for each in _resolve(tagged, context))
    other = neighbour(publication)
    if other is None:
        return found
    return beside(found, _resolve(tagged, replace(context, publication=other)))


def _tagged(text: str, context: Context) -> _Tagged:
    language = context.language.partition("-")[0].lower()
    if language == UNSURE:
        language = detect_language(text)
    language, own = known_as(language), beside_english(language)
    words = lexicon(language)
    scanned = scan(text, words, LATIN if own is None else own.script)
    if language not in _MONTH_FIRST and scanned.day_first == 0:
        scanned = replace(scanned, day_first=1)
    region = context.language.partition("-")[2].upper()
    passage = Passage(text=text, title=context.title or "", language=language, region=region)
    return _Tagged(scanned, passage, _expressions(scanned, words))


def _resolve(tagged: _Tagged, context: Context) -> tuple[Resolution, ...]:
    setting = _setting(tagged, context)
    found: list[Resolution] = []
    discourse = Discourse(told_until=setting.today.bounds[1])
    for timex in tagged.timexes:
        resolution = resolve_one(timex, setting, discourse)
        if resolution is not None:
            found.append(resolution)
            setting = in_diary(setting, resolution)
            discourse = discourse.after(resolution)
    return same_moment(corroborated(tuple(found), tagged.scan.text), tagged.scan.text)


def _expressions(scanned: Scan, words: Lexicon) -> tuple[Timex, ...]:
    """The expressions, those told from an event whole; only English names events."""
    found = tag(scanned, words)
    return with_events(found, scanned) if words.language == "en" else found


def _setting(tagged: _Tagged, context: Context) -> Setting:
    passage, today = tagged.passage, context.publication.day
    return Setting(
        scan=tagged.scan,
        context=context,
        passage=passage,
        origin=Origin(passage.text, context),
        today=days(today, today),
        history=passage.language == "en" and passage.tells_history(GREGORIAN.from_day(today).year),
    )
