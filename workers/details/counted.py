"""What a number counts: the noun behind it, the noun before it, and what counts nothing."""

from __future__ import annotations

from dataclasses import dataclass

from workers.details.numerals import Numeral
from workers.grammar.trees import Node, Tree
from workers.lexicon.figurewords import figure_words

LONGEST_PHRASE = 8
"""Words between a number and the noun that it counts."""
FARTHEST_TOTAL = 12
"""Words back to the toll or total that a number is of."""
YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The words at [first, until) behind a number, and the noun that heads them, if any.

    `pronoun`: it counts some of "them" or "whom".
    """

    first: int
    until: int
    head: int | None
    pronoun: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """What a toll or total counts."""

    what: str
    scope: str


_INSIDE = frozenset({"ADJ", "NOUN", "PROPN"})
_PARTICIPLES = frozenset({"VBN", "VBG", "VBD"})
_DASHES = frozenset({"-", "–"})
_DETERMINERS = frozenset({"the", "those", "these", "his", "her", "its", "their", "all", "our"})


def count(tree: Tree, numeral: Numeral) -> Counted:
    """What stands behind the number: "infected patients", "of the five suspects"."""
    nodes, at = tree.nodes, numeral.until
    if at < len(nodes) and nodes[at].lower == "of":
        at += 1
        while at < len(nodes) and (nodes[at].lower in _DETERMINERS or nodes[at].pos == "NUM"):
            at += 1
        if at < len(nodes) and nodes[at].pos == "PRON":
            return Counted(first=at, until=at + 1, head=None, pronoun=True)
    first, head = at, None
    while at < min(len(nodes), first + LONGEST_PHRASE) and _goes_on(nodes[at], head, tree, at):
        head = at if nodes[at].pos == "NOUN" else head
        at += 1
    if head is None and at == first and _is_numbered(tree, numeral, at):
        head, at = at, at + 1
    behind = _behind_a_dash(tree, numeral, at) if head is None else None
    if behind is not None:
        head, at = behind, behind + 1
    pronoun = numeral.first > 0 and nodes[numeral.first - 1].lower == "whom"
    return Counted(first=first, until=at, head=head, pronoun=pronoun)


def _behind_a_dash(tree: Tree, numeral: Numeral, at: int) -> int | None:
    """The noun that the number governs over a compound: "12 *low-lying villages*"."""
    nodes = tree.nodes
    if not 0 < at < len(nodes) or nodes[at].text not in _DASHES or numeral.until == at:
        return None
    number = nodes[numeral.until - 1]
    fits = number.kind == "nummod" and at < number.head < numeral.until + LONGEST_PHRASE
    return number.head if fits and nodes[number.head].pos == "NOUN" else None


def _is_numbered(tree: Tree, numeral: Numeral, at: int) -> bool:
    """Whether the word governs the number as a noun does, whatever it was tagged as."""
    if at >= len(tree.nodes) or numeral.until <= numeral.first:
        return False
    number, node = tree.nodes[numeral.until - 1], tree.nodes[at]
    governs = number.kind == "nummod" and number.head == at and node.lower.endswith("s")
    return governs and node.kind in {"nsubj", "obj", "obl", "nmod"}


def _goes_on(node: Node, head: int | None, tree: Tree, at: int) -> bool:
    """Whether the word belongs to the phrase; nothing but nouns follows its first noun."""
    if node.pos == "NOUN":
        return head is None or node.head != head or tree.nodes[head].kind == "compound"
    if head is not None:
        return False
    following = tree.nodes[at + 1] if at + 1 < len(tree.nodes) else None
    if node.tag in _PARTICIPLES:
        return following is not None and following.pos in _INSIDE and node.kind == "amod"
    return node.pos in _INSIDE


def is_label(tree: Tree, numeral: Numeral, counted: Counted) -> bool:
    """Whether the number counts nothing: an age, a name's number, a score, a year."""
    nodes = tree.nodes
    before = nodes[numeral.opening - 1] if numeral.opening else None
    after = nodes[numeral.until] if numeral.until < len(nodes) else None
    if before is not None and _names(before):
        return True
    if any(each is not None and each.text in _DASHES for each in (before, after)):
        return True
    if numeral.sign:
        return False
    if numeral.value == 1:
        return _is_pronoun(tree, numeral, counted)
    if before is not None and before.lower == "the" and _is_part(tree, numeral):
        return True
    return counted.head is not None and not _is_plural(nodes[counted.head], numeral)


def _names(before: Node) -> bool:
    """Whether a number behind the word is part of a name: "Flight 370", "aged 56"."""
    listed = figure_words()
    capital = before.pos == "PROPN" and before.text[0].isupper()
    return capital or before.lower in listed.labels or before.lower in listed.owned


def _is_pronoun(tree: Tree, numeral: Numeral, counted: Counted) -> bool:
    nodes = tree.nodes
    before = nodes[numeral.first - 1].lower if numeral.first else ""
    partitive = numeral.until < len(nodes) and nodes[numeral.until].lower == "of"
    return counted.head is None or partitive or before in figure_words().no_one


def _is_part(tree: Tree, numeral: Numeral) -> bool:
    """The whole of which another number is told: "four of *the five* suspects"."""
    at = numeral.opening - 2
    return at > 0 and tree.nodes[at].lower == "of" and tree.nodes[at - 1].pos == "NUM"


def _is_plural(head: Node, numeral: Numeral) -> bool:
    if head.tag in {"NNS", "NNPS"} or (head.pos != "NOUN" and head.lower.endswith("s")):
        return True
    return head.lower in figure_words().plurals or head.lower == "people" or numeral.vague


def scope_beside(tree: Tree, counted: Counted) -> str:
    """What became of the counted by a word in its phrase or right behind it."""
    words = [node.lower for node in tree.nodes[counted.first : counted.until + 1]]
    for word in words:
        for scope in figure_words().scopes:
            if word in scope.beside:
                return scope.name
    return ""


def total_of(tree: Tree, numeral: Numeral) -> Total | None:
    """The total that the number is: "the death *toll* rose to 41", "the *number of* patients"."""
    listed = figure_words()
    for at in range(numeral.opening - 1, max(-1, numeral.opening - FARTHEST_TOTAL), -1):
        node = tree.nodes[at]
        if node.text in {",", ";", ":"}:
            return None
        if node.lower in listed.tolls:
            return Total("person", "killed")
        if node.lower in listed.totals and tree.nodes[at + 1].lower == "of":
            return _counted_total(tree, at + 2)
        for scope in listed.scopes:
            if node.lemma.lower() in scope.nouns and tree.nodes[at - 1].lower in {"of", "the"}:
                return Total("person", scope.name)
    return None


def _counted_total(tree: Tree, first: int) -> Total | None:
    at = Numeral(first=first, until=first, opening=first, value=0)
    counted = count(tree, at)
    if counted.head is None:
        return None
    what = lemma_of(tree, counted.head)
    what = "person" if what in figure_words().persons else what
    return Total(what, scope_beside(tree, counted))


def lemma_of(tree: Tree, at: int) -> str:
    """The noun in the singular."""
    node = tree.nodes[at]
    return figure_words().plurals.get(node.lower) or node.lemma.lower() or node.lower
