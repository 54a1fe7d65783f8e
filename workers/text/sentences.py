"""Where sentences end, by rules over the tokens of one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """One token: code points [start, end) of the text as posted, and the words there."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: code points [start, end) of the text as posted, and its tokens."""

    start: int
    end: int
    tokens: tuple[Token, ...]


LONGEST_QUOTATION = 400
"""Tokens back to which an open straight quotation mark is looked for."""
ENDS = frozenset(".!?…؟۔。！？।")
CLOSERS = frozenset("”’»)]}\"'」』")
OPENERS = frozenset("“‘«([{\"'「『")
# Abbreviations that never end a sentence: a name or a number follows.
TITLES = frozenset(
    {
        *("mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "gen", "col", "lt", "sgt", "capt"),
        *("maj", "cmdr", "rev", "st", "mt", "fr", "pres", "sec", "no", "vs", "fig", "art", "hon"),
    }
)
# Words that begin a sentence after an abbreviation such as "U.S." or "a.m.".
STARTERS = frozenset(
    {
        *("the", "a", "an", "he", "she", "it", "they", "we", "i", "this", "that", "these", "those"),
        *("in", "on", "at", "but", "and", "however", "his", "her", "its", "their", "there", "when"),
        *("after", "before", "as", "while", "if", "police", "officials", "meanwhile", "so", "for"),
    }
)
ASKING = frozenset(
    {"asked", "said", "wrote", "told", "shouted", "added", "says", "asks", "wondered"}
)


_SHORT_NUMBER = re.compile(r"(?<!\d)\d{1,2}$")


def split_sentences(tokens: Sequence[Token]) -> Iterator[Sentence]:
    """The sentences of one paragraph, in order; every token is in exactly one."""
    first = 0
    for at in range(len(tokens) - 1):
        if at >= first and _ends(tokens, first, at):
            yield _sentence(tokens[first : at + 1])
            first = at + 1
    if tokens[first:]:
        yield _sentence(tokens[first:])


def _sentence(tokens: Sequence[Token]) -> Sentence:
    return Sentence(tokens[0].start, tokens[-1].end, tuple(tokens))


def _ends(tokens: Sequence[Token], first: int, at: int) -> bool:
    """Whether a sentence that began at `first` ends after token `at`, which is not the last."""
    following = tokens[at + 1]
    if _closes(tokens, first, at + 1) or following.text[0] in ENDS:
        return False
    last = at
    while last > first and _closes(tokens, first, last):
        last -= 1
    return _stops(tokens, last, following) and not _asks_on(tokens, at, last)


def _closes(tokens: Sequence[Token], first: int, at: int) -> bool:
    """Whether the token closes a quotation or bracket. A straight quote closes what is open."""
    text = tokens[at].text
    if not set(text) <= CLOSERS:
        return False
    if text not in {'"', "'", "’"}:
        return True
    if tokens[at - 1].end == tokens[at].start:
        return at > 0 and tokens[at - 1].text[-1] in ENDS | CLOSERS | frozenset(",")
    recent = tokens[max(first, at - LONGEST_QUOTATION) : at]
    return sum(token.text == text for token in recent) % 2 == 1


def _stops(tokens: Sequence[Token], last: int, following: Token) -> bool:
    word = tokens[last].text
    if word[-1] not in ENDS:
        return False
    if word[-1] == "." and word[0] not in ENDS:  # one token: an abbreviation or an initial
        return word.rstrip(".").lower() not in TITLES and following.text.lower() in STARTERS
    if (following.text.lstrip("".join(OPENERS)) or "A")[0].islower():
        return False
    if word[0] == "." and last > 0 and tokens[last - 1].end == tokens[last].start:
        before = tokens[last - 1].text
        if _SHORT_NUMBER.search(before) and following.text[0].isdigit():
            return False  # "magnitude 5. 9", "at 8. 40am": text that was cut into tokens
        return before.lower() not in TITLES and not (len(before) == 1 and before.isupper())
    return True


def _asks_on(tokens: Sequence[Token], at: int, last: int) -> bool:
    """Whether a question inside quotation marks is followed by who asks it."""
    quoted = at > last and tokens[last].text[-1] in {"?", "!", "؟"}
    return quoted and any(token.text.lower() in ASKING for token in tokens[at + 1 : at + 4])


def join_within(
    sentences: Sequence[Sentence], spans: Iterable[tuple[int, int]]
) -> tuple[Sentence, ...]:
    """The sentences, those joined that a span reaches across, as "3. Oktober 2025" does.

    `spans` are [start, end) of the same text, none reaching from one paragraph into the next.
    """
    joined: list[Sentence] = []
    bridges = iter(sorted(spans))
    bridge = next(bridges, None)
    for sentence in sentences:
        while bridge is not None and bridge[1] <= sentence.start:
            bridge = next(bridges, None)
        if joined and bridge is not None and bridge[0] < joined[-1].end < bridge[1]:
            before = joined.pop()
            tokens = before.tokens + sentence.tokens
            joined.append(Sentence(before.start, sentence.end, tokens))
        else:
            joined.append(sentence)
    return tuple(joined)
