"""Clauses of a sentence, read off its tree: who does what to whom, told how.

A clause is a head with the words that hang on it and on no other clause. Reported, coordinated,
subordinate and relative clauses stand by themselves, participles too ("killing six", "arrested in
May"). A clause without a subject of its own has that of the clause or noun it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from workers.grammar.trees import FINITE, Tense, Tree, auxiliaries, is_clause, tense
from workers.lexicon.triggers import english


class Role(StrEnum):
    """How a clause belongs to its sentence."""

    MAIN = "main"
    COORDINATE = "coordinate"
    REPORTED = "reported"
    """What somebody says, thinks or wants: "said *that he was freed*"."""
    OPEN = "open"
    """An infinitive or participle that completes its verb: "expected *to fall*"."""
    SUBORDINATE = "subordinate"
    RELATIVE = "relative"
    REDUCED = "reduced"
    """A participle that tells of a noun: "the man *arrested in May*"."""
    ASIDE = "aside"
    """Beside the sentence: ", *police said*"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One clause; all numbers but `start`, `end` and `parent` are indexes of the tree's nodes.

    `words` are its own, in order, at [start, end) of the text with what lies between. `verb` is the
    lemma of its head with its particle ("call off"). `tense` is that of the verb group, for a
    coordinate one that shares it too. `marker` is the word that opens it ("after", "if", "that").
    `parent` is an index of the sentence's clauses. `subject` and `objects` are heads of phrases;
    a passive's subject is who or what it was done to, and its agent is in `agents`.
    """

    head: int
    words: tuple[int, ...]
    start: int
    end: int
    role: Role
    parent: int | None
    verb: str
    tense: Tense
    progressive: bool
    passive: bool
    negated: bool
    modal: str
    marker: str
    subject: int | None
    objects: tuple[int, ...]
    agents: tuple[int, ...]


_ROLES = {
    "ccomp": Role.REPORTED,
    "csubj": Role.REPORTED,
    "xcomp": Role.OPEN,
    "advcl": Role.SUBORDINATE,
    "parataxis": Role.ASIDE,
}
# The lemmatizer leaves auxiliaries as they are, main verbs among them.
_AUXILIARIES = {
    **dict.fromkeys(("was", "were", "is", "are", "am", "been", "'s", "'re", "'m", "’s"), "be"),
    **dict.fromkeys(("had", "has", "'ve", "’ve"), "have"),
    **dict.fromkeys(("did", "does", "done"), "do"),
}
_NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor", "nobody", "nothing", "none"})
_OBJECTS = ("obj", "iobj")
_SUBJECTS = ("nsubj", "csubj")
_WHO = frozenset({"who", "which", "that", "whom", "whose"})


@lru_cache(maxsize=512)  # read for what a sentence tells, and again for whom it names
def read_clauses(tree: Tree) -> tuple[Clause, ...]:
    """The clauses in the order of their heads; none for a sentence without a verb."""
    heads = tuple(at for at in range(len(tree.nodes)) if _heads_clause(tree, at))
    owner = _owners(tree, frozenset(heads))
    words: dict[int, list[int]] = {head: [] for head in heads}
    for at, head in enumerate(owner):
        if head is not None:
            words[head].append(at)
    return tuple(_clause(tree, head, words[head], heads, owner) for head in heads)


def noun_clause(tree: Tree, at: int) -> Clause:
    """A whole sentence as one clause that the noun at index `at` heads."""
    return Clause(
        head=at,
        words=tuple(range(len(tree.nodes))),
        start=tree.nodes[0].start,
        end=tree.nodes[-1].end,
        role=Role.MAIN,
        parent=None,
        verb=tree.nodes[at].lemma.lower(),
        tense=Tense.NONE,
        progressive=False,
        passive=False,
        negated=False,
        modal="",
        marker="",
        subject=None,
        objects=(),
        agents=(),
    )


def noun_phrase(tree: Tree, at: int) -> tuple[int, ...]:
    """The words of the phrase that the noun heads, without clauses and what follows a comma."""
    kept, waiting = [], [at]
    while waiting:
        here = waiting.pop()
        kept.append(here)
        waiting.extend(
            each
            for each in tree.children[here]
            if tree.nodes[each].kind not in {"acl", "appos", "conj", "cc", "punct", "parataxis"}
            and not is_clause(tree, each)
        )
    return tuple(sorted(kept))


def _heads_clause(tree: Tree, at: int) -> bool:
    node = tree.nodes[at]
    if node.kind in {"aux", "cop", "amod", "compound", "case", "det", "punct"}:
        return False
    return is_clause(tree, at) or tense(tree, at) in FINITE


def _owners(tree: Tree, heads: frozenset[int]) -> list[int | None]:
    """For each word the head of the clause that it belongs to."""
    found: list[int | None] = []
    for at in range(len(tree.nodes)):
        here = at
        for _ in tree.nodes:
            if here in heads or tree.nodes[here].head == here:
                break
            here = tree.nodes[here].head
        found.append(here if here in heads else None)
    return found


def _clause(
    tree: Tree,
    head: int,
    words: Sequence[int],
    heads: Sequence[int],
    owner: Sequence[int | None],
) -> Clause:
    node = tree.nodes[head]
    above = None if node.head == head else owner[node.head]
    helpers = [tree.nodes[each] for each in auxiliaries(tree, head)]
    role = _role(tree, head, above)
    inked = [at for at in words if tree.nodes[at].pos != "PUNCT"] or [head]
    passive = any(each.relation == "aux:pass" for each in helpers) or _shares_passive(tree, head)
    return Clause(
        head=head,
        words=tuple(words),
        start=tree.nodes[inked[0]].start,
        end=tree.nodes[inked[-1]].end,
        role=role,
        parent=None if above is None else heads.index(above),
        verb=verb_of(tree, head),
        tense=_shared_tense(tree, head, above),
        progressive=node.tag == "VBG" and any(each.lemma == "be" for each in helpers),
        passive=passive or (role is Role.REDUCED and node.tag == "VBN"),
        negated=_is_negated(tree, head),
        modal=next((each.lower for each in helpers if each.tag == "MD"), ""),
        marker=_marker(tree, head),
        subject=_subject(tree, head, above),
        objects=tree.of_kind(head, *_OBJECTS),
        agents=tuple(_agents(tree, head)),
    )


def _shares_passive(tree: Tree, head: int) -> bool:
    """Whether it is the second half of a passive: "were arrested and *charged*"."""
    node = tree.nodes[head]
    second = node.kind == "conj" and node.tag == "VBN" and not auxiliaries(tree, head)
    return second and bool(
        any(tree.nodes[each].relation == "aux:pass" for each in auxiliaries(tree, node.head))
    )


def _is_negated(tree: Tree, head: int) -> bool:
    """Whether it says what is not: "did not", "nobody was", "no plea was entered"."""
    below = tree.children[head]
    if any(tree.nodes[each].lower in _NEGATIONS for each in below):
        return True
    arguments = tree.of_kind(head, *_SUBJECTS, *_OBJECTS)
    return any(
        tree.nodes[each].lower in {"no", "neither"} and tree.nodes[each].kind in {"det", "amod"}
        for argument in arguments
        for each in tree.children[argument]
    )


def verb_of(tree: Tree, head: int) -> str:
    """The lemma of the head with its particle: "call off", "arrest"."""
    particles = [
        tree.nodes[each].lower
        for each in tree.children[head]
        if tree.nodes[each].relation == "compound:prt"
    ]
    lemma = tree.nodes[head].lemma.lower() or tree.nodes[head].lower
    lemma = _AUXILIARIES.get(lemma, lemma)
    lemma = _with_e(lemma) if tree.nodes[head].tag in {"VBG", "VBD", "VBN"} else lemma
    return " ".join((lemma, *particles))


@cache
def _with_e(lemma: str) -> str:
    """The verb that the lemmatizer cut short: "wag" of "waging" is "wage"."""
    table = english()
    cut = f"{lemma}e"
    return cut if not table.knows(lemma) and table.knows(cut) else lemma


def _role(tree: Tree, head: int, above: int | None) -> Role:
    node = tree.nodes[head]
    if above is None:
        return Role.REDUCED if node.kind == "acl" and tense(tree, head) not in FINITE else Role.MAIN
    if node.relation == "acl:relcl":
        return Role.RELATIVE
    if node.kind == "acl":
        return Role.COORDINATE if tense(tree, head) in FINITE else Role.REDUCED
    if node.kind == "conj":
        return Role.COORDINATE
    if node.kind == "xcomp" and tense(tree, head) in FINITE:
        return Role.COORDINATE  # an infinitive is not finite: the tree is wrong
    return _ROLES.get(node.kind, Role.SUBORDINATE)


def _shared_tense(tree: Tree, head: int, above: int | None) -> Tense:
    """Its own tense; "was arrested and charged" shares the auxiliary of its first half."""
    own = tense(tree, head)
    node = tree.nodes[head]
    shares = node.kind == "conj" and node.tag in {"VBN", "VBG", "VB"}
    if own is Tense.NONE and shares and above is not None:
        return tense(tree, above)
    return own


def _marker(tree: Tree, head: int) -> str:
    opening = [
        tree.nodes[each].lower
        for each in tree.children[head]
        if tree.nodes[each].kind == "mark"
        or (tree.nodes[each].kind == "advmod" and tree.nodes[each].lower in {"when", "where"})
    ]
    return opening[0] if opening else ""


def _subject(tree: Tree, head: int, above: int | None) -> int | None:
    own = [each for each in tree.of_kind(head, *_SUBJECTS) if tree.nodes[each].pos != "PUNCT"]
    node = tree.nodes[head]
    if own and node.relation == "acl:relcl" and tree.nodes[own[0]].lower in _WHO:
        return node.head
    if own:
        return own[0]
    if node.kind == "acl":
        return node.head
    if above is None or node.kind not in {"xcomp", "conj", "advcl"}:
        return None
    objects = tree.of_kind(above, *_OBJECTS) if node.kind == "xcomp" else ()
    return objects[0] if objects else _subject_above(tree, above)


def _subject_above(tree: Tree, above: int) -> int | None:
    found = tree.of_kind(above, *_SUBJECTS)
    node = tree.nodes[above]
    if found and node.relation == "acl:relcl" and tree.nodes[found[0]].lower in _WHO:
        return node.head
    if found:
        return found[0]
    if node.head == above:
        return None
    return node.head if node.kind == "acl" else next(iter(tree.of_kind(node.head, "nsubj")), None)


def _agents(tree: Tree, head: int) -> Iterator[int]:
    """Who did it, of a passive: "by police"."""
    for each in tree.of_kind(head, "obl"):
        by = any(
            tree.nodes[below].lower == "by" and tree.nodes[below].kind == "case"
            for below in tree.children[each]
        )
        if by and tree.nodes[each].pos in {"NOUN", "PROPN", "PRON"}:
            yield each
