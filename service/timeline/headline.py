"""Headlines: extractive, 6 to 16 words of a sentence, nothing invented."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.timeline.model import Mention

FEWEST, MOST = 6, 16

_DATELINE = re.compile(r"^[A-Z][A-Z][^a-z]{0,40}(?:\([^)]{2,30}\)\s*)?(?:—|–|--|-)\s+")
_SAYING = r"(?:said|says|told|according to|announced|reported|added|warned|confirmed)"
_LEADING_SOURCE = re.compile(r"^(?:According to|As (?:documented|reported) by)\b[^,]{2,80},\s+")
_TRAILING_SOURCE = re.compile(rf",[^,]{{0,80}}\b{_SAYING}\b[^,]{{0,60}}[.!?]?$")
_RELATIVE = re.compile(r"(?:which|who|whom|whose|that|where|when|and|but|or)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:][”\"’]?\s|\s[—–-]\s")
_BREAK = re.compile(
    r"[,;:][”\"’]?\s|\s[—–-]\s|\s(?=(?:after|before|while|which|who|as|because|when)\s)"
)
_DANGLING = re.compile(
    r"(?:\s+(?:an?|the|of|in|on|at|by|for|from|to|with|as|and|or|but|that|which|who|its|his|her|"
    r"their|into|over|under|after|before|during|than|is|are|was|were|be|been|has|have|had|will|"
    r"would|not|amid|against|between|about|said|says|this|these|those|it|he|she|they)[,;:]?)+$",
    re.IGNORECASE,
)
_EDGES = " ,;:.—–-"
_QUOTES = (("“", "”"), ("‘", "’"), ("«", "»"), ('"', '"'))


def condense(
    sentence: str, dated: Sequence[tuple[int, int]] = (), *, focus: tuple[int, int] | None = None
) -> str:
    """At most 16 words of `sentence`, without dateline, leading date and attribution.

    `dated` are the stretches of expressions of time in it, none of which is cut in two; of a
    longer sentence the clause around `focus` is preferred. Hedges such as "allegedly" stay.

    >>> condense("On Friday, the court freed two men, police said.", [(3, 9)])
    'The court freed two men'
    """
    text = " ".join(_without_lead(sentence, dated).split())
    text = _LEADING_SOURCE.sub("", text)
    shorter = _TRAILING_SOURCE.sub("", text)
    text = shorter if len(shorter.split()) >= FEWEST - 1 else text
    dates = [" ".join(sentence[start:end].split()) for start, end in dated]
    if focus is not None:
        text = _clause_around(text, " ".join(sentence[slice(*focus)].split()))
    text = _balanced(_cut(text, dates).strip(_EDGES))
    return text[:1].upper() + text[1:] if text else sentence.strip()


def best_headline(mentions: Sequence[Mention]) -> str:
    """The headline of the event that `mentions` (in order) tell: of the best clause among them."""
    best = min(mentions, key=lambda each: (_rank(each), -each.date.confidence, each.order))
    return best.headline


def _rank(mention: Mention) -> int:
    words = len(mention.headline.split())
    fitting = 0 if FEWEST <= words <= MOST else 2
    return fitting + (0 if mention.role == "headline" else 1 if mention.lead else 2)


def _without_lead(sentence: str, dated: Sequence[tuple[int, int]]) -> str:
    """The sentence after its dateline and a leading "On Tuesday, "."""
    skip = _DATELINE.match(sentence)
    begin = skip.end() if skip else 0
    for start, end in dated:
        before, comma = sentence[begin:start], re.compile(r"\s*,\s+").match(sentence, end)
        if comma and len(before.split()) <= 2 and start >= begin:
            return sentence[comma.end() :]
    return sentence[begin:]


def _clause_around(text: str, focus: str) -> str:
    """Of a text that is too long, the clause that holds `focus`, if it is long enough."""
    at = text.find(focus)
    if at < 0 or len(text.split()) <= MOST:
        return text
    cuts = [0, *(match.end() for match in _CLAUSE.finditer(text)), len(text)]
    start = max(cut for cut in cuts if cut <= at)
    clause = text[start : min(cut for cut in cuts if cut > at)]
    whole = len(clause.split()) >= FEWEST and _RELATIVE.match(clause) is None
    return clause if whole else text


def _cut(text: str, dates: Sequence[str]) -> str:
    words = text.split(" ")
    if len(words) <= MOST:
        return text
    kept = " ".join(words[:MOST])
    for date in dates:
        at = text.find(date)
        if 0 <= at < len(kept) < at + len(date):
            kept = kept[:at].rstrip()
    breaks = [match.start() for match in _BREAK.finditer(kept)]
    fitting = [at for at in breaks if len(kept[:at].split()) >= FEWEST]
    if fitting:
        return kept[: fitting[-1]]
    return _DANGLING.sub("", kept)


def _balanced(text: str) -> str:
    """The text without quotation marks that lost their partner."""
    for opening, closing in _QUOTES:
        single = opening == closing
        uneven = text.count(opening) % 2 if single else text.count(opening) > text.count(closing)
        if uneven:
            text = text.replace(opening, "")
        if not single and closing != "’" and text.count(closing) > text.count(opening):
            text = text.replace(closing, "")
    return text.strip(_EDGES)
