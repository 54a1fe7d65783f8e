"""Who takes part in what a clause tells, by name: as doer, as done to, or otherwise.

Names, offices and pronouns that stand for a name of the article ("Finn", "the minister", "he").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from service.timeline.details import Being, Part, Participant
from workers.details.nameruns import NameRun
from workers.details.register import SENTENCES_BACK, Known, Reference, Register, fits
from workers.details.roles import by_role
from workers.grammar.clauses import Clause
from workers.grammar.trees import MOST_STEPS, Tree
from workers.lexicon.namewords import name_words

_PRONOUNS = frozenset({"he", "she", "him"})
_QUOTES = frozenset({'"', "“", "”"})
_WITHIN = frozenset({"flat", "compound", "conj", "appos", "list"})


def refer(
    tree: Tree,
    runs: Sequence[NameRun],
    register: Register,
    before: Sequence[Sequence[Reference]],
    following: Known | None = None,
) -> tuple[Reference, ...]:
    """The references of a sentence in order; `before` are those of the sentences before it.

    `following` is who alone is named soon after it and not before, if anybody.
    """
    found = [*_by_name(tree, runs, register), *_by_office(tree, runs, register)]
    found += by_role(tree, found, before[-SENTENCES_BACK:], following)
    found.sort(key=lambda each: each.at)
    for at, node in enumerate(tree.nodes):
        if node.lower in _PRONOUNS and not _is_quoted(tree, at):
            known = _meant(node.lower, at, found, before)
            if known is not None:
                found.append(Reference(at, known, at, at + 1))
    return tuple(sorted(found, key=lambda each: each.at))


def _by_name(tree: Tree, runs: Iterable[NameRun], register: Register) -> Iterator[Reference]:
    for run in runs:
        known = register.named(run)
        if known is not None:
            inside = range(run.opening, max(run.until, run.opening + 1))
            head = _head(tree, inside)
            yield Reference(head, known, inside.start, inside.stop, run.beside)


def _head(tree: Tree, inside: range) -> int:
    """The word of a name on which its other words hang."""
    return next((at for at in reversed(inside) if tree.nodes[at].head not in inside), inside[0])


def _by_office(tree: Tree, runs: Sequence[NameRun], register: Register) -> Iterator[Reference]:
    """The minister, its prime minister: without a name beside it, and of nobody else."""
    listed, nodes = name_words(), tree.nodes
    titled = {at for run in runs for at in range(run.opening, run.until)}
    beside = {at for run in runs if run.office for at in range(run.opening - 6, run.until + 6)}
    for at, node in enumerate(nodes):
        if node.lower not in listed.offices or at in titled | beside or node.tag == "NNS":
            continue
        first = at
        while first > 0 and nodes[first - 1].lower in listed.modifiers | listed.gone:
            first -= 1
        definite = first > 0 and nodes[first - 1].lower in {"the", "its", "their", "his", "her"}
        of_other = at + 1 < len(nodes) and nodes[at + 1].lower in {"of", "-"}
        known = register.holder(" ".join(each.lower for each in nodes[first : at + 1]))
        if definite and not of_other and known is not None:
            yield Reference(at, known, first, at + 1)


def _is_quoted(tree: Tree, at: int) -> bool:
    """Whether the word is in somebody's mouth, where "he" may be anybody."""
    return sum(node.text in _QUOTES for node in tree.nodes[:at]) % 2 == 1


def _meant(
    pronoun: str, at: int, found: Sequence[Reference], before: Sequence[Sequence[Reference]]
) -> Known | None:
    """The one person of this sentence so far, else of the last that names any, who fits."""
    here = [each for each in found if each.at < at]
    for references in (here, *reversed(before[-SENTENCES_BACK:])):
        persons = {
            each.known.name: each.known for each in references if each.known.being is Being.PERSON
        }
        fitting = [known for known in persons.values() if fits(known, pronoun)]
        if persons:
            return fitting[0] if len(fitting) == 1 else None
    return None


def take_part(
    tree: Tree,
    clauses: Sequence[Clause],
    own: Clause,
    references: Iterable[Reference],
) -> tuple[Participant, ...]:
    """Those of `references` that take part in the clause `own`, each once, in their order."""
    found: dict[str, Participant] = {}
    for each in references:
        part = part_of(tree, clauses, own, each)
        if each.known.being is Being.PLACE and part is Part.OTHER:
            continue  # where it was, not who
        before = found.get(each.known.name)
        if before is None or before.part is Part.OTHER:
            found[each.known.name] = participant(each.known, part)
    return tuple(found.values())


def participant(known: Known, part: Part) -> Participant:
    """Somebody known to the article, in this part."""
    return Participant(
        name=known.name,
        keys=known.keys,
        part=part,
        being=known.being,
        office=known.office,
    )


def part_of(tree: Tree, clauses: Sequence[Clause], own: Clause, who: Reference) -> Part:
    """What a name has to do with its clause, by the tree, else by the verb that it touches."""
    if who.until < len(tree.nodes) and tree.nodes[who.until].tag == "POS":
        return Part.OTHER  # "Finn's brother": not he
    part = _by_tree(tree, (own, *clauses), who.at)
    if part is None and who.beside is not None:
        part = _by_tree(tree, (own, *clauses), who.beside)
    return part or _by_place(tree, (own, *clauses), who) or Part.OTHER


def _by_tree(tree: Tree, clauses: Sequence[Clause], at: int) -> Part | None:
    """Through lists and appositions."""
    here = at
    for _ in range(MOST_STEPS):
        for clause in clauses:
            part = _in_clause(clause, here)
            if part is not None:
                return part
        node = tree.nodes[here]
        if node.head == here or node.kind not in _WITHIN:
            break
        here = node.head
    return None


def _in_clause(clause: Clause, at: int) -> Part | None:
    if at in clause.agents:
        return Part.AGENT
    if at == clause.subject:
        return Part.PATIENT if clause.passive else Part.AGENT
    return Part.PATIENT if at in clause.objects else None


def _by_place(tree: Tree, clauses: Sequence[Clause], who: Reference) -> Part | None:
    """The object right behind an active verb that has none: trees of short sentences err."""
    for clause in clauses:
        behind = who.first == clause.head + 1 and tree.nodes[clause.head].tag.startswith("VB")
        if behind and not clause.objects and not clause.passive:
            return Part.PATIENT
    return None
