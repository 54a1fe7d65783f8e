"""Clauses that the parser hung in the wrong place: what is said, and what a conjunction opens.

Each rule looks for one known slip, as those of `mending` do, and leaves all else alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from workers.grammar.trees import Change, Tree, auxiliaries
from workers.lexicon import verbs
from workers.lexicon.triggers import english

_OPENERS = frozenset({"after", "before", "since", "until", "as", "while", "once", "because"})
_FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


def _says(tree: Tree, at: int) -> bool:
    node, table = tree.nodes[at], english()
    listed = any(
        table.is_listed(name, node.lemma.lower()) for name in ("saying", "deeds", "emerging")
    )
    return node.tag.startswith("VB") and listed


def _cut_second_clause(tree: Tree) -> Iterator[Change]:
    """The first of two verbs is the main one: "the minister resigned after police searched"."""
    root = tree.root
    noun = _noun_before(tree, root)
    if tree.nodes[root].tag != "VBD" or noun is None:
        return
    mark = next((each for each in tree.of_kind(noun, "case") if _opens(tree, each)), None)
    subjects = [each for each in tree.of_kind(root, "nsubj") if mark is not None and each < mark]
    if mark is None or not subjects:
        return
    told = [each for each in tree.of_kind(subjects[0], "acl") if each < mark and _past(tree, each)]
    if not told:
        return
    first = told[0]
    yield first, replace(tree.nodes[first], head=first, relation="ROOT", tag="VBD")
    yield subjects[0], replace(tree.nodes[subjects[0]], head=first)
    yield root, replace(tree.nodes[root], head=first, relation="advcl")
    yield noun, replace(tree.nodes[noun], head=root, relation="nsubj")
    yield mark, replace(tree.nodes[mark], head=root, relation="mark")


def _said_before(tree: Tree) -> Iterator[Change]:
    """The first of two subjects before "said" is that of what is said: "all fled, he said"."""
    for verb in range(len(tree.nodes)):
        subjects = [each for each in tree.of_kind(verb, "nsubj") if each < verb]
        if len(subjects) < 2 or not _says(tree, verb):
            continue
        first = subjects[0]
        told = [each for each in tree.of_kind(first, "acl") if _past(tree, each)]
        if told and told[0] < subjects[1]:
            yield told[0], replace(tree.nodes[told[0]], head=verb, relation="ccomp", tag="VBD")
            yield first, replace(tree.nodes[first], head=told[0])


def _said_of_a_noun(tree: Tree) -> Iterator[Change]:
    """What is said is a clause, not a noun: "she said three houses burned down"."""
    for verb, node in enumerate(tree.nodes):
        if node.lemma.lower() != "say":
            continue
        for noun in tree.of_kind(verb, "obj"):
            told = [each for each in tree.of_kind(noun, "acl") if _past(tree, each)]
            if noun > verb and told and not tree.of_kind(told[0], "nsubj"):
                yield told[0], replace(tree.nodes[told[0]], head=verb, relation="ccomp", tag="VBD")
                yield noun, replace(tree.nodes[noun], head=told[0], relation="nsubj")


def _said_without_that(tree: Tree) -> Iterator[Change]:
    """A finite clause behind a verb of saying that nothing opens is what is said."""
    for at, node in enumerate(tree.nodes):
        if node.kind != "advcl" or node.head > at or not _says(tree, node.head):
            continue
        subjects = tree.of_kind(at, "nsubj")
        finite = node.tag in _FINITE_TAGS or auxiliaries(tree, at)
        marked = any(tree.nodes[each].lower != "that" for each in tree.of_kind(at, "mark"))
        if finite and subjects and subjects[0] > node.head and not marked:
            yield at, replace(node, relation="ccomp")


def _listeners(tree: Tree) -> Iterator[Change]:
    """Of two subjects behind "told" the first listens: "told the agency two men had drowned"."""
    for verb, node in enumerate(tree.nodes):
        if node.lemma.lower() not in {"tell", "inform"} or tree.of_kind(verb, "obj", "iobj"):
            continue
        for told in tree.of_kind(verb, "ccomp"):
            subjects = [each for each in tree.of_kind(told, "nsubj") if verb < each < told]
            if len(subjects) > 1:
                yield subjects[0], replace(tree.nodes[subjects[0]], head=verb, relation="obj")


def _counted_subjects(tree: Tree) -> Iterator[Change]:
    """A number before a second participle counts others: "nine were killed and 20 hurt"."""
    for at, node in enumerate(tree.nodes):
        joined = tree.of_kind(at, "cc")
        if node.kind != "conj" or node.tag not in {"VBN", "VBD"} or not joined:
            continue
        between = range(joined[-1] + 1, at)
        numbers = [each for each in between if tree.nodes[each].tag == "CD"]
        if tree.of_kind(at, "nsubj") or not numbers or numbers[-1] != at - 1:
            continue
        yield numbers[-1], replace(tree.nodes[numbers[-1]], head=at, relation="nsubj:pass")
        for each in between:
            if each != numbers[-1]:
                yield each, replace(tree.nodes[each], head=numbers[-1], relation="advmod")


def _hidden_pasts(tree: Tree) -> Iterator[Change]:
    """A noun that governs an object is a past: "another *hit* the station"."""
    for at, node in enumerate(tree.nodes):
        is_noun = node.tag == "NN" and node.lower in verbs.same_pasts()
        before = [each for each in tree.of_kind(at, "det", "compound", "nummod") if each == at - 1]
        swallowed = is_noun and node.kind == "compound" and tree.nodes[at - 1].lower == "another"
        if swallowed and tree.nodes[node.head].relation == "dep":
            yield from _as_second(tree, at)
        elif is_noun and before and tree.of_kind(at, "obj"):
            yield at, replace(node, tag="VBD", pos="VERB", lemma=node.lower)
            yield before[0], replace(tree.nodes[before[0]], relation="nsubj", pos="PRON", tag="PRP")


def _as_second(tree: Tree, at: int) -> Iterator[Change]:
    """The past at `at` as a clause of its own: "...; another *hit* Ashby on Monday"."""
    noun = tree.nodes[at].head
    node, above = tree.nodes[at], tree.nodes[noun].head
    yield at, replace(node, head=above, relation="parataxis", tag="VBD", pos="VERB")
    yield at - 1, replace(tree.nodes[at - 1], head=at, relation="nsubj", pos="PRON", tag="PRP")
    yield noun, replace(tree.nodes[noun], head=at, relation="obj")
    for each in tree.children[noun]:
        if each > noun:
            yield each, replace(tree.nodes[each], head=at, relation="obl")


def _pasts_with_subjects(tree: Tree) -> Iterator[Change]:
    """What has a subject and an object is no adjective: "thieves *stole* nine, police said"."""
    for at, node in enumerate(tree.nodes):
        if node.tag not in {"JJ", "NN"} or node.lower not in verbs.lemmas():
            continue
        if not (tree.of_kind(at, "nsubj") and tree.of_kind(at, "obj")):
            continue
        past = replace(node, tag="VBD", pos="VERB", lemma=verbs.lemmas()[node.lower])
        above = tree.nodes[node.head].head
        is_said = node.kind in {"amod", "compound"} and _says(tree, above)
        yield at, replace(past, head=above, relation="ccomp") if is_said else past


def _swallowed_pasts(tree: Tree) -> Iterator[Change]:
    """A past between two nouns is their verb: "the tremor shook Oman, forcing many to flee"."""
    for at, node in enumerate(tree.nodes):
        if node.kind not in {"amod", "compound"} or node.head < at:
            continue
        apart = any(each < at - 2 for each in tree.of_kind(at, "nsubj"))
        if node.tag in {"VBD", "VBN"} and apart and node.head == tree.root:  # "he on Sunday said"
            yield at, replace(node, head=at, relation="ROOT", tag="VBD", pos="VERB")
            yield node.head, replace(tree.nodes[node.head], head=at, relation="obj")
            continue
        if node.tag != "VBD":
            continue
        noun, before = node.head, at - 1
        if before < 0 or tree.nodes[before].pos not in _NOUNS or tree.nodes[before].head != noun:
            above = tree.nodes[noun].head
            if before < 0 or tree.nodes[before].head not in {noun, at} or above == noun:
                continue
        yield from _as_verb(tree, at, before, noun)


def _as_verb(tree: Tree, at: int, before: int, noun: int) -> Iterator[Change]:
    """The past at `at` as the main verb of the noun before it, with the other for its object."""
    above = tree.nodes[noun].head
    is_root = above == noun or (
        tree.nodes[above].tag == "VBG" and tree.nodes[above].head == above and above > noun
    )
    if not is_root:
        return
    yield at, replace(tree.nodes[at], head=at, relation="ROOT", pos="VERB")
    yield before, replace(tree.nodes[before], head=at, relation="nsubj")
    yield noun, replace(tree.nodes[noun], head=at, relation="obj")
    if above != noun:
        yield above, replace(tree.nodes[above], head=at, relation="advcl")
    for each in tree.children[noun]:
        if each < before:
            yield each, replace(tree.nodes[each], head=before)


def _bare_subjects(tree: Tree) -> Iterator[Change]:
    """A noun right before a finite verb without a subject is its subject: "a soldier faces"."""
    for at, node in enumerate(tree.nodes):
        noun = _noun_before(tree, at)
        past = node.tag in {"VB", "VBP"} and node.lower in verbs.same_pasts()
        if not (past or node.tag in {"VBD", "VBZ"}) or noun is None or tree.nodes[noun].head != at:
            continue
        is_part = tree.nodes[noun].kind in {"compound", "amod"} and node.kind in {"ROOT", "ccomp"}
        if is_part and not tree.of_kind(at, "nsubj", "csubj", "aux", "mark"):
            if past:
                yield at, replace(node, tag="VBD")
            yield noun, replace(tree.nodes[noun], relation="nsubj")
            for each in tree.children[at]:
                if each < noun and tree.nodes[each].kind in {"det", "amod", "compound", "nummod"}:
                    yield each, replace(tree.nodes[each], head=noun)


def _absolutes(tree: Tree) -> Iterator[Change]:
    """What a participle behind "with" tells has a subject: "with officials calling on them"."""
    for at, node in enumerate(tree.nodes):
        noun = _noun_before(tree, at)
        loose = node.tag == "VBG" and node.kind in {"advcl", "acl"}
        if not loose or noun is None or tree.of_kind(at, "nsubj"):
            continue
        near = [*tree.children[at], *tree.children[noun]]
        opening = [each for each in near if each < noun and tree.nodes[each].lower == "with"]
        if opening and tree.nodes[opening[0] - 1].lower == ",":
            if node.kind == "acl":
                yield at, replace(node, head=tree.root, relation="advcl")
            yield opening[0], replace(tree.nodes[opening[0]], head=at, relation="mark")
            yield noun, replace(tree.nodes[noun], head=at, relation="nsubj")
            for each in range(opening[0] + 1, noun):
                if tree.nodes[each].head == at:
                    yield each, replace(tree.nodes[each], head=noun)


def _noun_before(tree: Tree, verb: int) -> int | None:
    """The noun right before the verb, adverbs apart."""
    at = verb - 1
    while at >= 0 and tree.nodes[at].pos == "ADV":
        at -= 1
    if at < 0:
        return None
    node = tree.nodes[at]
    return at if node.pos in _NOUNS or node.tag.startswith("NNP") else None


def _opens(tree: Tree, at: int) -> bool:
    return tree.nodes[at].lower in _OPENERS


def _past(tree: Tree, at: int) -> bool:
    return tree.nodes[at].tag in {"VBD", "VBN"} and not auxiliaries(tree, at)


RULES: tuple[Callable[[Tree], Iterator[Change]], ...] = (
    _pasts_with_subjects,
    _swallowed_pasts,
    _hidden_pasts,
    _cut_second_clause,
    _said_before,
    _said_of_a_noun,
    _said_without_that,
    _listeners,
    _counted_subjects,
    _bare_subjects,
    _absolutes,
)
