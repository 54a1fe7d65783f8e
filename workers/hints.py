"""Which verb each stretch of an English sentence hangs on, and its tense: hints for the engine.

First version: verbs by list and ending, read left to right; no tree. A stretch reaches from where
its clause begins to where that of the next verb begins: at a comma, a conjunction, a relative
pronoun or a subject pronoun between the two, else at the next verb itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TypeAlias

from service.temporal.timex import Hint, Span, Tense
from workers.lexicon import verbs
from workers.text.sentences import Sentence

Verb: TypeAlias = tuple[Span, Tense | None]
"""Where a verb stands, and its direction where it has one."""

_FUTURE = (
    r"(?:will|shall|won['’]t|(?:is|are|was|were)\s+(?:due|set|scheduled|slated|expected|going|about)"
    r"\s+(?:to|for)|(?:is|are)\s+to|(?:plan|intend|hope|expect|aim|vow|pledge|promise|agree)s?\s+to|"
    r"(?:planned|intended|hoped|agreed|vowed|pledged|promised|decided|voted|offered)\s+to)"
)
_AUXILIARY = (
    r"(?:was|were|had|did|been|"
    r"(?:has|have|['’]ve)(?=\s+(?:\w+\s+)?(?:been|\w+(?:ed|en|wn|ught)\b)))"
)
_OPEN = (
    r"(?:(?:would|could|may|might|must|should|can|is|are|do|does|to)\s+(?:not\s+|\w+ly\s+)?\w+|"
    r"(?:has|have)(?!\s+(?:\w+\s+)?(?:been|\w+(?:ed|en|wn|ught)\b))|says?|expects?|plans?|hopes?|"
    r"seeks?|faces?|wants?|remains?)"
)
_ADVERB = r"(?:\w+ly|not|also|already|since|never)"
_MARK = re.compile(
    r"[,;:—–(“”]|\b(?:that|which|who|whose|whom|and|but|or|when|while|as|because|although|though|if|"
    r"after|before|until|since|where|so|he|she|it|they|we|I|you)\b"
)
# "will be opened", "is closed", "the wounded": no past of its own.
_NO_PAST_AFTER = frozenset(
    ["be", "is", "are", "being", "to", "will", "would", "could", "may", "the", "a"]
)


def clause_hints(text: str, sentences: Sequence[Sentence]) -> tuple[Hint, ...]:
    """A hint for each clause whose verb tells past or future, in the order of the text.

    Presents and modals give none: they say little of the day beside them.
    """
    return tuple(
        hint
        for each in sentences
        for hint in spread(text, each, tuple(_verbs(text, each.start, each.end)))
    )


def spread(text: str, sentence: Sentence, found: Sequence[Verb]) -> Iterator[Hint]:
    """A hint for each of the verbs of a sentence, in their order, over the clause of its own.

    Those without a tense give none, and keep their clause from the others.
    """
    if not found:
        return
    cuts = [_cut(text, one[0].end, other[0].start) for one, other in pairwise(found)]
    starts, ends = [sentence.start, *cuts], [*cuts, sentence.end]
    for (verb, tense), start, end in zip(found, starts, ends, strict=True):
        if tense is not None:
            yield Hint(Span(start, end), tense, verb)


def _verbs(text: str, start: int, end: int) -> Iterator[Verb]:
    """The verb groups with their tense; None for those that tell no direction."""
    for match in _verb().finditer(text, start, end):
        if match["ahead"]:
            yield Span(*match.span()), Tense.FUTURE
        elif match["open"]:
            yield Span(*match.span()), None
        elif not _is_participle(text, start, match.start()):
            yield Span(*match.span()), Tense.PAST


def _is_participle(text: str, start: int, at: int) -> bool:
    before = text[start:at].split()
    return bool(before) and before[-1].lower() in _NO_PAST_AFTER


def _cut(text: str, start: int, end: int) -> int:
    """Where the clause of the second verb begins: at the last mark between the two, else there."""
    marks = [match.start() for match in _MARK.finditer(text, start, end)]
    return marks[-1] if marks else end


@cache
def _verb() -> re.Pattern[str]:
    led = rf"(?:{_AUXILIARY}\s+(?:{_ADVERB}\s+)?)+"
    past = rf"{led}(?:{verbs.past_pattern()}|\w+(?:en|wn|ing))|{_AUXILIARY}|{verbs.past_pattern()}"
    return re.compile(rf"\b(?:(?P<ahead>{_FUTURE})|(?P<open>{_OPEN})|(?:{past}))\b", re.IGNORECASE)
