"""Headlines as running text has them: without a title's capitals, part by part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from workers.lexicon.gazetteer import gazetteer
from workers.lexicon.namewords import name_words
from workers.text.sentences import Sentence, Token
from workers.text.words import SMALL, fold_word

LONGEST_LABEL = 2
"""Words in front of a colon that are no part of what is told: "BREAKING", "Ada Lorne"."""

_CUTS = frozenset({":", ";", "|"})


def spellings(sentences: Iterable[Sentence], known: frozenset[str]) -> Mapping[str, str]:
    """How running text spells each of the names `known`, which are folded."""
    found: dict[str, str] = {}
    for sentence in sentences:
        for token in sentence.tokens[1:]:
            folded = fold_word(token.text)
            if folded in known and token.text[0].isupper():
                found.setdefault(folded, token.text)
    return found


def without_capitals(sentence: Sentence, spelled: Mapping[str, str]) -> Sentence:
    """A line in which every word has a capital, as a sentence; any other line as it is."""
    words = [token.text for token in sentence.tokens if token.text[0].isalpha()]
    heavy = [word for word in words if not SMALL.fullmatch(word.lower())]
    if len(heavy) < 2 or any(word[0].islower() for word in heavy):
        return sentence
    shouted = all(word.isupper() for word in words)
    first = next(token for token in sentence.tokens if token.text[0].isalpha())
    tokens = tuple(
        _plain(token, spelled, shouted=shouted, opens=token is first) for token in sentence.tokens
    )
    return replace(sentence, tokens=tokens)


def parts(sentence: Sentence) -> tuple[tuple[Token, ...], ...]:
    """What a headline tells one by one: cut at colons and semicolons; together all its tokens.

    A mark belongs to the part before it.
    """
    found: list[list[Token]] = [[]]
    for token in sentence.tokens:
        found[-1].append(token)
        if token.text in _CUTS:
            found.append([])
    return tuple(tuple(part) for part in found if part)


def is_label(part: Sequence[Token]) -> bool:
    """Whether the part only says of what kind or of whom the rest is: "LIVE:", "Ada Lorne:"."""
    words = [token for token in part if token.text[0].isalnum()]
    return part[-1].text == ":" and len(words) <= LONGEST_LABEL


def _plain(token: Token, spelled: Mapping[str, str], *, shouted: bool, opens: bool) -> Token:
    text = token.text
    name = spelled.get(fold_word(text))
    if name is not None and len(name) == len(text):
        return replace(token, text=name)
    is_name = not text[0].isalpha() or _is_listed(text.capitalize())
    is_acronym = text.isupper() and len(text) > 1 and not shouted
    small = text.capitalize() if opens or is_name else text.lower()
    return token if is_acronym or len(small) != len(text) else replace(token, text=small)


def _is_listed(word: str) -> bool:
    """Whether it is the name of a country, a city or a people, or a given name."""
    names, small = name_words(), word.lower()
    places = gazetteer()
    of_place = word in places.names or word in places.demonyms
    return of_place or small in names.given_male or small in names.given_female
