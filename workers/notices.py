"""Why an article tells nothing, or less than it could; what was left out, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from service.documents.jsontext import JsonObject
from service.temporal.language import UNSURE
from service.temporal.timex import Publication
from service.timeline.model import Mention
from workers.extract import MOST_MENTIONS, Extracted
from workers.lexicon import cues
from workers.persian.parsed import LONGEST_READ
from workers.persian.tells import tells
from workers.persian.words import read_words
from workers.telling.tellings import Article, Telling, tellings
from workers.text.layout import Role
from workers.text.lines import CLOSERS, ENDINGS

FEWEST_WORDS = 4
SAYINGS = {
    "too_short": "The text has too few words of prose to tell of anything.",
    "no_prose": "The text has no sentence: only headlines, captions and lines of a page.",
    "language_unknown": "The language could not be told: post it in the field 'language'.",
    "unsupported_language": "The language is not read yet: only its lead and its dates were taken.",
    "no_dates": "No date that can be read in this language was found: the lead alone was taken.",
    "dates_unresolved": "Expressions of time were found, but none names a day, month or year.",
    "commentary_only": "The text comments and tells of no happening.",
    "no_happening": "No sentence tells of a happening that has a day.",
    "too_many_mentions": (
        f"The text tells of more than {MOST_MENTIONS} things: the first {MOST_MENTIONS} were taken."
    ),
    "zone_unknown": "The publication instant ends in Z: its UTC day was taken as the outlet's day.",
}


def notices(
    article: Article, extracted: Extracted, publication: Publication
) -> tuple[JsonObject, ...]:
    """What the reader of the article should know, as {code, says}."""
    codes = list(_reasons(article)) if not extracted.mentions else []
    if article.level == "dates":
        codes.append("language_unknown" if article.language == UNSURE else "unsupported_language")
        if not any(each.evidence for each in extracted.mentions):
            codes.append("no_dates")
    if not extracted.complete:
        codes.append("too_many_mentions")
    if not publication.zone_known:
        codes.append("zone_unknown")
    return tuple({"code": code, "says": SAYINGS[code]} for code in codes)


def skipped(article: Article, mentions: Sequence[Mention]) -> tuple[JsonObject, ...]:
    """The stretches that are no evidence, as {start, end, why}; captions without a date too."""
    told = [(each.start, each.end) for each in mentions if each.opens and each.within == "text"]
    left = []
    for block in article.blocks:
        used = any(block.start < end and start < block.end for start, end in told)
        if block.role in {Role.FURNITURE, Role.HEADING}:
            left.append((block.start, block.end, block.why))
        elif block.role is Role.CAPTION and not used:
            left.append((block.start, block.end, "caption without a date"))
    return tuple({"start": start, "end": end, "why": why} for start, end, why in left)


def _reasons(article: Article) -> Iterator[str]:
    prose = [each for each in tellings(article) if each.role is Role.PROSE]
    if sum(len(each.sentence.tokens) for each in prose) < FEWEST_WORDS:
        yield "too_short"
    elif not any(each.text.rstrip(CLOSERS)[-1:] in ENDINGS for each in prose):
        yield "no_prose"
    elif article.level != "dates":
        yield _reason(article, prose)


def _reason(article: Article, prose: Sequence[Telling]) -> str:
    if not any(_tells(article, each) for each in prose):
        return "commentary_only"
    placed = any(each.interval is not None for each in article.resolutions)
    return "dates_unresolved" if article.resolutions and not placed else "no_happening"


def _tells(article: Article, telling: Telling) -> bool:
    """Whether the sentence tells of anything at all that happens."""
    if article.level == "clauses":
        return tells(read_words(telling.text, telling.start)[:LONGEST_READ])
    return cues.tells(telling.text)
