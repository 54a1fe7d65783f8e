"""Names and content words of a sentence, folded so that two outlets' spellings meet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from workers.text.sentences import Sentence, Token

SMALL = re.compile(
    r"(?:an?|the|this|that|these|those|he|she|it|they|we|you|who|whom|which|what|whose|his|her|its|"
    r"their|our|my|him|them|us|me|and|or|but|nor|so|if|then|than|when|while|where|as|at|by|for|from|"
    r"in|into|of|off|on|onto|out|over|to|up|down|with|without|about|after|against|amid|among|around|"
    r"before|behind|between|during|since|through|under|until|upon|within|is|are|was|were|be|been|"
    r"being|am|has|have|had|having|do|does|did|will|would|shall|should|can|could|may|might|must|not|"
    r"no|yes|also|more|most|much|many|some|any|all|both|each|other|such|only|just|even|still|"
    r"there|here|now|very|too|said|says|say|told|according|reported|announced|added|including|"
    r"new|one|two|first|last|next|year|years|month|months|week|weeks|day|days|time|people|mr|mrs|ms|"
    r"dr|president|senator|minister|january|february|march|april|june|july|august|september|october|"
    r"november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|jan|feb|mar|apr|jun|"
    r"jul|aug|sept?|oct|nov|dec|however|yet|because)"
)
"""Words that carry no content of their own, and names of units of time."""

NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        (
            *("three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
            *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
            "twenty",
        ),
        start=3,
    )
} | dict(
    zip(
        ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
        ("30", "40", "50", "60", "70", "80", "90"),
        strict=True,
    )
)
"""Numbers that one outlet spells out and another writes in digits."""


MOST_ACRONYMS = 4
"""Words in capitals from which on a line is shouted; fewer may be acronyms."""


@lru_cache(maxsize=16_384)
def fold_word(word: str) -> str:
    """`word` without case, marks and a possessive ending: "Résumé’s" is "resume"."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    bare = "".join(each for each in plain if not unicodedata.combining(each))
    return re.sub(r"['’]s?$", "", bare)


def known_names(sentences: Iterable[Sentence]) -> frozenset[str]:
    """Folded words that running text writes with a capital inside sentences, and never without."""
    named: set[str] = set()
    plain: set[str] = set()
    for sentence in sentences:
        words = [token for token in sentence.tokens if token.text[0].isalpha()]
        if _is_titled(words):
            continue
        for token in words[1:]:
            (named if _is_capital(token) else plain).add(fold_word(token.text))
    return frozenset(word for word in named - plain if not SMALL.fullmatch(word))


def names(tokens: Sequence[Token], known: frozenset[str]) -> tuple[str, ...]:
    """The folded names among `tokens`, sorted."""
    found = {fold_word(token.text) for token in tokens if _is_capital(token)}
    return tuple(sorted(found & known))


def terms(tokens: Sequence[Token], named: Sequence[str]) -> tuple[str, ...]:
    """The stems of the content words and the numbers among `tokens`, without names, sorted."""
    words = (fold_word(token.text) for token in tokens)
    kept = {word for word in words if word not in named and not SMALL.fullmatch(word)}
    kept = {NUMBERS.get(word, word) for word in kept}
    stems = {stem(word) for word in kept if len(word) > 2 and word.isalpha()}
    figures = {word.replace(",", "") for word in kept if word[:1].isdigit()}
    return tuple(sorted(stems | figures))


def stem(word: str) -> str:
    """A crude common form: "refusing", "refused" and "refuse" are "refus"."""
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            cut = word[: -len(ending)]
            return cut[:-1] if len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "ls" else cut
    return word


def lower_opening(text: str) -> str:
    """A sentence as it goes on behind other words: without the capital of a small first word."""
    bare = text.lstrip()
    first, _, rest = bare.partition(" ")
    return f"{first.lower()} {rest}" if SMALL.fullmatch(first.lower()) and first != "I" else bare


def sentence_case(text: str, known: Iterable[str]) -> str:
    """A line in capitals as a sentence is written, names by `known`; any other line as it is."""
    if len(text.split()) < MOST_ACRONYMS or not text.isupper():
        return text
    kept = frozenset(known)
    words = [
        word.capitalize() if fold_word(word.strip(",.:;’'")) in kept else word.lower()
        for word in text.split()
    ]
    joined = " ".join(words)
    return joined[:1].upper() + joined[1:]


def _is_capital(token: Token) -> bool:
    return token.text[0].isupper() and len(token.text) > 1


def _is_titled(words: Sequence[Token]) -> bool:
    """Whether most words have capitals, as in a title, where a capital says nothing."""
    capitals = sum(_is_capital(token) for token in words if len(token.text) > 3)
    return capitals * 2 > sum(len(token.text) > 3 for token in words)
