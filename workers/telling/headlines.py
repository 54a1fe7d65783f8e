"""The headline of a mention: its clause in a few words, or its sentence where that is too little.

A clause may be no sentence by itself: "*when a man was shot*", "a crowd *of 41,000 watched*".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.temporal.timex import Span
from service.timeline.headline import condense, is_whole
from workers.telling.tellings import Telling
from workers.telling.wording import Wording
from workers.text.words import lower_opening, sentence_case

_JOINTS = frozenset(
    {
        *("and", "but", "or", "so", "yet", "nor", "that", "which", "who", "whom", "whose", "when"),
        *("while", "as", "after", "before", "because", "since", "if", "though", "although"),
        *("where", "until", "once", "whether", "than", "then", "said", "says", "say", "told"),
        *("added", "reported", "hours", "days", "weeks", "minutes", "months", "years", "day"),
        *("week", "month", "year"),
    }
)
"""Words between which and a clause nothing is torn."""
_WORD = re.compile(r"\w+")
KEPT = 0.6
"""Share of the clause's words that a headline of the sentence must hold."""


def word_headline(
    telling: Telling,
    wording: Wording | None,
    dates: Sequence[Span],
    *,
    clause: tuple[int, int],
    focus: tuple[int, int] | None,
    known: frozenset[str],
) -> str:
    """The headline of what is worded; of the `clause` in a language that is not read so far.

    `dates` are the expressions of time, `focus` is where that of the clause stands in the text,
    `known` are the names of the article.
    """
    words = wording or Wording("", *clause)
    short = _condensed(telling, words, dates, focus=focus)
    if is_whole(short) and (wording is None or not _is_torn(telling, wording)):
        return sentence_case(short, known)
    sentence = Wording("", telling.start, telling.sentence.end)
    whole = _condensed(telling, sentence, dates, focus=(words.start, words.end))
    better = is_whole(whole) and _holds(whole, short)
    return sentence_case(whole if better else short, known)


def _condensed(
    telling: Telling, wording: Wording, dates: Sequence[Span], *, focus: tuple[int, int] | None
) -> str:
    start, end = wording.start, wording.end
    told = telling.text[start - telling.start : end - telling.start]
    moved = len(wording.opening) + 1 if wording.opening else 0
    spans = [
        (span.start - start + moved, span.end - start + moved)
        for span in dates
        if start <= span.start < end
    ]
    text = f"{wording.opening} {lower_opening(told)}" if wording.opening else told
    inside = focus is not None and not wording.opening and start <= focus[0]
    within = (focus[0] - start, focus[1] - start) if inside and focus is not None else None
    return condense(text, spans, focus=within)


def _is_torn(telling: Telling, wording: Wording) -> bool:
    """Whether the words go on a phrase that stands before them, or stop within one."""
    if wording.opening:
        return False
    before = telling.text[: wording.start - telling.start].rstrip()
    behind = telling.text[wording.end - telling.start :].lstrip()
    goes_on = before[-1:].isalnum() and _is_bare(_WORD.findall(before)[-1])
    return goes_on or (behind[:1].isalnum() and _is_bare(_WORD.findall(behind)[0]))


def _is_bare(word: str) -> bool:
    """Whether nothing joins a clause to it; other scripts have joints of their own."""
    return word.isascii() and word.lower() not in _JOINTS


def _holds(whole: str, short: str) -> bool:
    """Whether most words of the clause are still there."""
    mine, yours = set(_WORD.findall(short.lower())), set(_WORD.findall(whole.lower()))
    return len(mine & yours) >= KEPT * len(mine)
