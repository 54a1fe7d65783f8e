"""Places that a sentence names: listed ones, and unknown names after words that tell a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from service.timeline.details import Being
from workers.details.nameruns import NameRun
from workers.details.register import Register
from workers.grammar.trees import Tree
from workers.lexicon.gazetteer import gazetteer

LONGEST_UNKNOWN = 2
"""Words of an unlisted name that is taken for a place; longer ones are of bodies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place at the node `at`; `name` is its usual spelling."""

    at: int
    name: str


def find_places(
    tree: Tree, runs: Iterable[NameRun], register: Register, dated: frozenset[int]
) -> tuple[Place, ...]:
    """The places of a sentence in order; `dated` are the nodes inside expressions of time."""
    found = [*_adjectives(tree)]
    told = 0
    for run in runs:
        if not run.words or not dated.isdisjoint(range(run.first, run.until)):
            continue
        name = _place(tree, run, register)
        if name is None and _goes_on(tree, run, told):
            name = run.name
        if name is not None:
            found.append(Place(at=run.first, name=name))
            told = run.until
    return tuple(sorted(found, key=lambda each: each.at))


def _goes_on(tree: Tree, run: NameRun, told: int) -> bool:
    """Whether a place that ends at `told` goes on with the name: "Redhill *and Marston*"."""
    joined = told > 0 and run.first == told + 1 and tree.nodes[told].lower in {"and", "or"}
    return joined and not run.office and run.being is Being.UNKNOWN


def _adjectives(tree: Tree) -> Iterator[Place]:
    """Iran of "Iranian forces"; not of "in English" nor "the French"."""
    listed, nodes = gazetteer().demonyms, tree.nodes
    at = 0
    while at < len(nodes) - 1:
        pair = f"{nodes[at].text} {nodes[at + 1].text}"
        size = 2 if pair in listed else 1
        country = listed.get(pair) or listed.get(nodes[at].text)
        after = nodes[at + size] if at + size < len(nodes) else None
        if country and after is not None and after.pos in {"NOUN", "ADJ", "PROPN"}:
            yield Place(at=at, name=country)
        at += size


def _place(tree: Tree, run: NameRun, register: Register) -> str | None:
    """The place that the run names, None when it names none."""
    listed = gazetteer()
    usual = listed.place(run.name) or listed.place(f"The {run.name}")
    if run.office:
        return None
    if usual is not None:
        the = listed.place(f"The {run.name}") == f"The {run.name}"
        return f"The {run.name}" if the else usual
    if run.being is Being.PLACE:
        return run.name
    known = register.named(run)
    if known is not None and known.being is not Being.UNKNOWN and known.name != run.name:
        return None
    return run.name if _is_told_as_place(tree, run) else None


def _is_told_as_place(tree: Tree, run: NameRun) -> bool:
    """Whether the words before an unknown name tell a place: "in Marlow", "the town of Marlow"."""
    if run.being not in {Being.UNKNOWN, Being.PERSON} or run.office:
        return False
    nodes, listed = tree.nodes, gazetteer()
    before = nodes[run.first - 1].lower if run.first else ""
    beyond = nodes[run.first - 2] if run.first > 1 else None
    if before == "of":
        return beyond is not None and beyond.lemma.lower() in listed.kinds
    if (
        before not in listed.prepositions
        or before in listed.weak
        or len(run.words) > LONGEST_UNKNOWN
    ):
        return False
    return beyond is None or not {beyond.lower, beyond.lemma.lower()} & listed.not_of
