"""Dependency trees as plain data, and what they say: clauses, their tense, the verb of a date.

Relations are those of Universal Dependencies (universaldependencies.org), tags those of the Penn
Treebank. A parser errs, so that what a tag and the tree say against each other is mended here: a
participle with a subject of its own and no auxiliary is a past.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias


class Tense(StrEnum):
    """The time that a verb group speaks of; NONE for one that is not finite."""

    PAST = "past"
    PERFECT = "perfect"
    PRESENT = "present"
    FUTURE = "future"
    MODAL = "modal"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One word at [start, end) of the text; `head` is an index of the tree, its own at the root."""

    text: str
    start: int
    end: int
    tag: str
    pos: str
    lemma: str
    head: int
    relation: str

    lower: str = field(init=False, repr=False, compare=False)
    """The word in small letters, with straight apostrophes."""
    kind: str = field(init=False, repr=False, compare=False)
    """The relation without its subtype."""

    def __post_init__(self) -> None:
        # Both are asked for a dozen times a word.
        object.__setattr__(self, "lower", self.text.lower().replace("’", "'"))
        object.__setattr__(self, "kind", self.relation.partition(":")[0])


Change: TypeAlias = tuple[int, Node]
"""A node of a tree and what it is to be instead."""


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """The words of one sentence in order, and for each the indexes of those it governs.

    Equal to itself alone, so that what was read off it is remembered cheaply.
    """

    nodes: tuple[Node, ...]
    children: tuple[tuple[int, ...], ...]

    @property
    def root(self) -> int:
        """The index of the first word that governs itself."""
        return next((at for at, node in enumerate(self.nodes) if node.head == at), 0)

    def below(self, at: int) -> Iterator[int]:
        """The word and all that hang on it, in no order."""
        waiting = [at]
        while waiting:
            here = waiting.pop()
            yield here
            waiting.extend(self.children[here])

    def of_kind(self, at: int, *kinds: str) -> tuple[int, ...]:
        """What the word governs by one of these relations, whatever their subtype."""
        below = self.children[at]
        return tuple([each for each in below if self.nodes[each].kind in kinds]) if below else ()

    def cases(self, at: int) -> frozenset[str]:
        """The prepositions of a noun, in small letters."""
        return frozenset(self.nodes[each].lower for each in self.of_kind(at, "case"))


FINITE = frozenset({Tense.PAST, Tense.PERFECT, Tense.PRESENT, Tense.FUTURE, Tense.MODAL})
MOST_STEPS = 12
"""How far up a tree a reading climbs: real sentences need three, wrong trees may be chains."""

_WILL = frozenset({"will", "'ll", "wo", "shall", "sha"})
_HAVE = frozenset({"has", "have", "'ve"})
_BE_NOW = frozenset({"is", "are", "am", "'s", "'re", "'m"})
_BE = _BE_NOW | {"was", "were"}
_NO_CLAUSE = frozenset({"aux", "cop", "amod", "case", "compound", "fixed"})
_DUE = frozenset({"due", "set", "scheduled", "expected", "likely", "slated", "bound", "poised"})
"""Words that put what follows with "to" into the future."""


def grow(nodes: Sequence[Node]) -> Tree:
    """The tree over nodes whose heads are indexes among them."""
    children: list[list[int]] = [[] for _ in nodes]
    for at, node in enumerate(nodes):
        if node.head != at:
            children[node.head].append(at)
    return Tree(tuple(nodes), tuple(tuple(each) for each in children))


def auxiliaries(tree: Tree, at: int) -> tuple[int, ...]:
    """The auxiliary verbs and copulas of the word."""
    return tree.of_kind(at, "aux", "cop")


def is_clause(tree: Tree, at: int) -> bool:
    """Whether the word heads a clause: a verb that is no auxiliary, or anything with a copula."""
    node = tree.nodes[at]
    is_verb = node.tag.startswith("VB") and node.kind not in _NO_CLAUSE
    return is_verb or bool(tree.of_kind(at, "cop"))


@lru_cache(maxsize=8192)  # asked a dozen times of each word of an article
def tense(tree: Tree, at: int) -> Tense:
    """The tense of the clause that the word heads, by its auxiliaries, its tag and its subject."""
    node = tree.nodes[at]
    helpers = auxiliaries(tree, at)
    words = [tree.nodes[each].lower for each in helpers]
    if not _WILL.isdisjoint(words):
        return Tense.FUTURE
    if any(_is_modal(tree, at, each) for each in helpers):
        return Tense.MODAL
    if _is_to_come(tree, at, words):
        return Tense.FUTURE
    if _is_set_for(tree, at):
        return Tense.MODAL if _BE_NOW.isdisjoint(words) else Tense.FUTURE
    for each in helpers:
        found = _by_auxiliary(tree, at, each)
        if found:
            return found
    return _BY_TAG.get(node.tag) or _mended(tree, at)


def governor(tree: Tree, at: int) -> int | None:
    """The head of the nearest clause above the word; None when there is none."""
    here = at
    for _ in range(MOST_STEPS):
        if here != at and (is_clause(tree, here) or tense(tree, here) in FINITE):
            return here
        above = tree.nodes[here].head
        if above == here:
            break
        here = above
    return None


def finite(tree: Tree, at: int) -> tuple[int, Tense]:
    """The nearest finite clause head from this one upwards, and its tense."""
    here = at
    for _ in range(MOST_STEPS):
        node = tree.nodes[here]
        found = tense(tree, here)
        if found in FINITE:
            return here, found
        if node.kind == "conj" and node.tag in {"VBN", "VBG", "VB"}:
            shared = tense(tree, node.head)
            if shared in FINITE:
                return here, shared
        if node.head == here:
            break
        here = node.head
    return here, Tense.NONE


def has_finite(tree: Tree) -> bool:
    """Whether any word heads a finite clause."""
    return any(tense(tree, at) in FINITE for at in range(len(tree.nodes)))


_BY_TAG = {
    "VBD": Tense.PAST,
    "VBZ": Tense.PRESENT,
    "VBP": Tense.PRESENT,
    "MD": Tense.MODAL,
}


def _is_modal(tree: Tree, at: int, helper: int) -> bool:
    """Whether it is "could" or the like; "'d" before a participle is "had"."""
    word = tree.nodes[helper]
    return word.tag == "MD" and not (word.lower == "'d" and tree.nodes[at].tag in {"VBN", "VBD"})


def _by_auxiliary(tree: Tree, at: int, helper: int) -> Tense | None:
    word = tree.nodes[helper]
    if word.tag == "VBD" or (word.lower == "'d" and tree.nodes[at].tag in {"VBN", "VBD"}):
        return Tense.PAST
    if word.tag not in {"VBZ", "VBP"}:
        return None
    is_has = word.lower == "'s" and tree.nodes[at].tag == "VBN" and word.relation != "aux:pass"
    return Tense.PERFECT if word.lower in _HAVE or is_has else Tense.PRESENT


def _is_to_come(tree: Tree, at: int, helpers: Sequence[str]) -> bool:
    """Going to fall; due to fall, is expected to fall (asked of "going", "due", "expected")."""
    word = tree.nodes[at].lower
    if word != "going" and word not in _DUE:
        return False
    if _BE_NOW.isdisjoint(helpers):
        return False
    return any(
        tree.nodes[below].lower == "to"
        for each in tree.of_kind(at, "xcomp", "ccomp", "csubj", "advcl")
        for below in tree.children[each]
    )


def _is_set_for(tree: Tree, at: int) -> bool:
    """Is to vote, is due to vote, was to appear: "be" before "to" before the verb."""
    below = [tree.nodes[each] for each in tree.children[at] if each < at]
    to = next((each.start for each in below if each.lower == "to" and each.kind == "mark"), -1)
    return any(each.lower in _BE and each.start < to for each in below)


def _tells_of_root(tree: Tree, at: int) -> bool:
    """Whether it is all that a sentence has for a verb: "Tear gas drifted over the square."."""
    above = tree.nodes[at].head
    is_root = tree.nodes[above].head == above and not is_clause(tree, above)
    return tree.nodes[at].kind == "acl" and is_root and tree.nodes[-1].text in {".", "!"}


def _governs_object(tree: Tree, at: int) -> bool:
    """Whether it has an object, and does not tell of a noun behind a preposition."""
    node = tree.nodes[at]
    of_phrase = node.relation == "acl" and any(
        tree.nodes[each].tag == "IN" for each in tree.of_kind(node.head, "case")
    )
    return bool(tree.of_kind(at, "obj")) and not of_phrase


def _mended(tree: Tree, at: int) -> Tense:
    """A past that was tagged as a participle, a present that was tagged as a base form."""
    node = tree.nodes[at]
    if node.tag not in {"VBN", "VB"} or auxiliaries(tree, at):
        return Tense.NONE
    if node.tag == "VBN" and (_governs_object(tree, at) or _tells_of_root(tree, at)):
        return Tense.PAST  # a passive participle governs no object
    before = [tree.nodes[each] for each in tree.children[at] if each < at]
    if not any(each.kind in {"nsubj", "csubj"} for each in before):
        return Tense.NONE
    if any(each.lower == "to" for each in before):
        return Tense.NONE
    return Tense.PAST if node.tag == "VBN" else Tense.PRESENT
