"""Whom a noun for people stands for: "the soldier" behind a name, "a soldier" before it.

News opens with a role and names its holder in the next sentence. Only where one person alone can
be meant; where two may be, nobody is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from service.timeline.details import Being
from workers.details.nameruns import NameRun
from workers.details.register import Known, Reference, Register
from workers.grammar.trees import Tree
from workers.lexicon.namewords import name_words
from workers.lexicon.triggers import english

OPENING_SENTENCES = 3
"""Sentences of an article, its headline among them, whose role a later one may name."""
SENTENCES_ON = 2
NAME_WITHIN = 3
"""Words before the name, so that the sentence is about it: "Private Ivo Dalen, 19, faces ..."."""

_DEFINITE = frozenset({"the", "this", "that"})
_INDEFINITE = frozenset({"a", "an"})
_PARTS = frozenset({"nsubj", "obj", "iobj", "obl"})
_NAMED = ("appos", "flat", "compound")


def coming(runs: Sequence[Sequence[NameRun]], register: Register) -> tuple[Known | None, ...]:
    """For each sentence the person whom one soon after it opens with, where none was named yet."""
    persons = [
        [(known, run) for run in each if (known := register.named(run)) and _is_person(known)]
        for each in runs
    ]
    return tuple(
        _next(persons, at) if at < OPENING_SENTENCES else None for at in range(len(persons))
    )


def _next(persons: Sequence[Sequence[tuple[Known, NameRun]]], at: int) -> Known | None:
    if any(persons[: at + 1]):
        return None
    for found in persons[at + 1 : OPENING_SENTENCES + SENTENCES_ON]:
        if found:
            known, run = found[0]
            alone = len({each.name for each, _ in found}) == 1
            return known if alone and run.opening <= NAME_WITHIN else None
    return None


def by_role(
    tree: Tree,
    named: Sequence[Reference],
    before: Sequence[Sequence[Reference]],
    following: Known | None,
) -> Iterator[Reference]:
    """The references of nouns for people, in the order of the sentence."""
    taken = {at for each in named for at in range(each.first, each.until)}
    roles = [at for at in range(len(tree.nodes)) if at not in taken and _is_role(tree, at)]
    bare = [at for at in roles if not _is_definite(tree, at)]
    last = _last(before)
    for at in roles:
        known = last if _is_definite(tree, at) else following if bare == [at] else None
        someone = any(each.at < at and _is_person(each.known) for each in named)
        if known is not None and not someone and _may_be(known, tree.nodes[at].lemma.lower()):
            yield Reference(at, known, at, at + 1)


def _is_role(tree: Tree, at: int) -> bool:
    node = tree.nodes[at]
    noun = node.lemma.lower()
    people = node.tag == "NN" and english().is_listed("people", noun)
    if not people or noun in name_words().offices:
        return False
    if node.kind not in _PARTS or tree.of_kind(at, *_NAMED):
        return False
    return not any(tree.nodes[each].kind in {"nmod", "acl"} for each in tree.children[at])


def _is_definite(tree: Tree, at: int) -> bool:
    words = {tree.nodes[each].lower for each in tree.of_kind(at, "det", "nmod")}
    return not words.isdisjoint(_DEFINITE)


def _last(before: Sequence[Sequence[Reference]]) -> Known | None:
    """The one person of the last sentence that names any."""
    for references in reversed(before):
        persons = {each.known.name: each.known for each in references if _is_person(each.known)}
        if persons:
            return next(iter(persons.values())) if len(persons) == 1 else None
    return None


def _is_person(known: Known) -> bool:
    return known.being is Being.PERSON


def _may_be(known: Known, noun: str) -> bool:
    table = english()
    if known.male is None:
        return True
    return not table.is_listed("female_people" if known.male else "male_people", noun)
