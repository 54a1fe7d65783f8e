"""Names in a Persian article, lightly: known places, and words that stand where names stand.

Behind a title ("agha-ye ..."), behind the kind of a place or body ("bandar-e ..."), and between a
sentence's parts before an office ("..., vazir-e ..."). What one sentence shows to be a name is one
in all of the article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from service.timeline.details import Being, Participant
from workers.persian.wordlists import (
    count_words,
    glosses,
    name_words,
    trigger_words,
    verb_words,
)
from workers.persian.words import Word, forms, phrases

LONGEST_PLACE = 3
LONGEST_NAME = 3

_THESE = frozenset({"این", "آن", "ان", "همین", "همان"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The keys of an article's names: of persons, and of bodies and places without a list."""

    persons: frozenset[str]
    others: frozenset[str]

    @property
    def keys(self) -> frozenset[str]:
        """All of them."""
        return self.persons | self.others


def learn(sentences: Iterable[Sequence[Word]]) -> Register:
    """The names that the sentences of an article show."""
    persons: set[str] = set()
    others: set[str] = set()
    for words in sentences:
        for at, word in enumerate(words):
            lists = name_words().lists
            if word.key in lists["titles"]:
                persons.update(_run(words, at + 1, LONGEST_NAME))
            elif word.key in lists["places"] or word.key in lists["bodies"]:
                others.update(_run(words, at + 1, 1) if not _is_told_before(words, at) else ())
            elif word.key == "," and _is_trade(words, at + 1):
                persons.update(_run_before(words, at))
    return Register(persons=frozenset(persons), others=frozenset(others - persons))


def find_places(words: Sequence[Word]) -> tuple[str, ...]:
    """The listed places, towns before countries, by their usual English spelling."""
    found: list[str] = []
    listed = name_words()
    for table in (listed.towns, listed.countries):
        for at in range(len(words)):
            told = next((p for p, _ in phrases(words, at, LONGEST_PLACE) if p in table), None)
            if told is not None:
                found.append(table[told])
    return tuple(dict.fromkeys(found))


def find_names(words: Sequence[Word], register: Register) -> tuple[str, ...]:
    """The keys of the names among the words, sorted: those of the register and known places."""
    listed = name_words()
    places = {
        word
        for table in (listed.towns, listed.countries)
        for at in range(len(words))
        for phrase, _ in phrases(words, at, LONGEST_PLACE)
        if phrase in table
        for word in phrase.split()
    }
    told = {each.key for each in words if each.key in register.keys}
    return tuple(sorted(told | places))


def find_participants(words: Sequence[Word], register: Register) -> tuple[Participant, ...]:
    """The persons that the words name, each by the run of its words."""
    found: dict[str, Participant] = {}
    at = 0
    while at < len(words):
        run = at
        while run < len(words) and words[run].key in register.persons:
            run += 1
        if run > at:
            name = " ".join(each.text for each in words[at:run])
            keys = tuple(sorted({*(each.key for each in words[at:run])}))
            found.setdefault(name, Participant(name=name, keys=keys, being=Being.PERSON))
        at = max(run, at + 1)
    return tuple(found.values())


def _run(words: Sequence[Word], first: int, most: int) -> Iterator[str]:
    """The keys of the words from here on that may be a name."""
    for word in words[first : first + most]:
        if not _may_be_name(word):
            return
        yield word.key


def _run_before(words: Sequence[Word], until: int) -> tuple[str, ...]:
    """Two or three words right before a comma that may be a name; of more, it is no name."""
    first = until
    while first > 0 and until - first <= LONGEST_NAME and _may_be_name(words[first - 1]):
        first -= 1
    size = until - first
    return tuple(each.key for each in words[first:until]) if 2 <= size <= LONGEST_NAME else ()


def _is_trade(words: Sequence[Word], at: int) -> bool:
    if at >= len(words):
        return False
    trades = name_words().lists["trades"]
    return any(form in trades for form in forms(words[at].text))


def _may_be_name(word: Word) -> bool:
    """Whether the word is no number, mark, verb or word that the lists know for something else."""
    if word.is_mark or word.is_number or word.key in name_words().lists["no_names"]:
        return False
    if word.key in glosses().small or word.key in verb_words().stems:
        return False
    counts, told = count_words(), trigger_words()
    common = (glosses().stems, told.nouns, told.light, counts.cardinals, counts.scales)
    return not any(form in each for form in forms(word.text) for each in common)


def _is_told_before(words: Sequence[Word], at: int) -> bool:
    """Whether the noun is one that was told before: "hamin bandar"."""
    return at > 0 and words[at - 1].key in _THESE
