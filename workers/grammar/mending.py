"""Trees mended where the grammar of English contradicts the parser.

Each rule looks for one known slip: a past taken for a participle, a perfect cut in two at a hyphen,
an infinitive taken for a noun, a conjunction taken for a preposition. What fits no rule stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from workers.grammar import misplaced
from workers.grammar.trees import Change, Node, Tree, auxiliaries, grow
from workers.lexicon import verbs
from workers.lexicon.triggers import english

_OPENERS = frozenset({"after", "before", "since", "until", "as", "while", "once", "because"})
_HAVE = frozenset({"has", "have", "had", "'ve"})
_TO_COME = frozenset({"expected", "due", "set", "likely", "scheduled", "going", "slated", "about"})
_LOOSE = frozenset({"acl", "conj", "xcomp", "ccomp", "advcl", "parataxis", "dep", "appos"})
_OF_NOUNS = frozenset({"det", "nmod", "amod", "compound", "nummod"})
_WIDEST_GAP = 4


def mend(tree: Tree) -> Tree:
    """The tree after every rule, each applied to what the rules before have left."""
    for rule in _RULES:
        changes = dict(rule(tree))
        if changes:
            nodes = [changes.get(at, node) for at, node in enumerate(tree.nodes)]
            tree = grow(nodes) if _holds(nodes) else tree
    return tree


def _holds(nodes: list[Node]) -> bool:
    """Whether every word still hangs on a root."""
    for at in range(len(nodes)):
        here, seen = at, 0
        while nodes[here].head != here and seen <= len(nodes):
            here, seen = nodes[here].head, seen + 1
        if seen > len(nodes):
            return False
    return True


def _lost_pasts(tree: Tree) -> Iterator[Change]:
    """A past that only a noun reading was found for: "the quake shook the town"."""
    for at, node in enumerate(tree.nodes):
        past = node.tag in {"NN", "JJ"} and node.lower in verbs.sure_pasts()
        if past and at and tree.nodes[at - 1].pos in {"NOUN", "PROPN", "NUM", "PRON", "PUNCT"}:
            lemma = verbs.lemmas().get(node.lower, node.lemma)
            yield at, replace(node, tag="VBD", pos="VERB", lemma=lemma)


def _same_spelled_pasts(tree: Tree) -> Iterator[Change]:
    """A past that is spelled like the present: "the storm hit the town", not "to hit"."""
    for at, node in enumerate(tree.nodes):
        if node.tag not in {"VB", "VBP"} or node.lower not in verbs.same_pasts():
            continue
        below = [tree.nodes[each] for each in tree.children[at]]
        is_free = not any(each.kind in {"aux", "mark"} or each.lower == "to" for each in below)
        subjects = tree.of_kind(at, "nsubj")
        if is_free and subjects and tree.nodes[subjects[0]].lower not in {"i", "we", "you"}:
            yield at, replace(node, tag="VBD")


def _without_passive(tree: Tree) -> Iterator[Change]:
    """What has no passive is no participle: "the fire that broke out", "the unrest occurred"."""
    for at, node in enumerate(tree.nodes):
        if node.tag != "VBN" or auxiliaries(tree, at) or node.kind in {"amod", "aux", "compound"}:
            continue
        shares = node.kind == "conj" and auxiliaries(tree, node.head)
        if not shares and english().is_listed("intransitive", node.lemma.lower()):
            yield at, replace(node, tag="VBD")


def _told_of_a_phrase(tree: Tree) -> Iterator[Change]:
    """A noun behind a preposition is nobody's subject: "thousands of people arrested in May"."""
    for at, node in enumerate(tree.nodes):
        if node.tag != "VBD" or node.relation != "acl" or tree.of_kind(at, "obj", "nsubj"):
            continue
        listed = english().is_listed("intransitive", node.lemma.lower())
        if not listed and _case(tree, node.head) is not None:
            yield at, replace(node, tag="VBN")


def _split_perfects(tree: Tree) -> Iterator[Change]:
    """One verb behind "has": "has fast-tracked the case"."""
    for at, node in enumerate(tree.nodes):
        if node.lower not in _HAVE or tree.of_kind(at, "obj"):
            continue
        verb = next((each for each in tree.of_kind(at, "xcomp") if _is_participle(tree, each)), -1)
        if not at < verb <= at + _WIDEST_GAP:
            continue
        is_root = node.head == at
        yield (
            verb,
            replace(
                tree.nodes[verb],
                head=verb if is_root else node.head,
                relation=node.relation,
                tag="VBN",
            ),
        )
        yield at, replace(node, head=verb, relation="aux")
        for each in tree.children[at]:
            if each != verb:
                between = at < each < verb
                relation = "compound" if between else tree.nodes[each].relation
                yield each, replace(tree.nodes[each], head=verb, relation=relation)


def _noun_infinitives(tree: Tree) -> Iterator[Change]:
    """A verb behind "is expected to", not the first half of a compound: "to face punishment"."""
    for at in range(1, len(tree.nodes) - 1):
        node, verb = tree.nodes[at], tree.nodes[at + 1]
        if node.lower != "to" or tree.nodes[at - 1].lower not in _TO_COME:
            continue
        if verb.tag != "NN" or not _is_known_verb(verb.lower):
            continue
        noun = verb.head
        yield at, replace(node, tag="TO", pos="PART", head=at + 1, relation="mark")
        made = replace(verb, tag="VB", pos="VERB", lemma=verb.lower)
        if verb.kind == "compound" and noun > at + 1:
            yield at + 1, replace(made, head=at - 1, relation="xcomp")
            yield noun, replace(tree.nodes[noun], head=at + 1, relation="obj")
        elif node.head == at + 1:
            yield at + 1, replace(made, head=at - 1, relation="xcomp")


def _conjunctions(tree: Tree) -> Iterator[Change]:
    """A clause behind "after" that was cut: "charged after a woman was found dead"."""
    for noun in range(len(tree.nodes)):
        case = _case(tree, noun)
        if case is None or tree.nodes[case].lower not in _OPENERS:
            continue
        verb = _verb_behind(tree, noun)
        if verb is None:
            continue
        above = tree.nodes[noun].head
        if tree.nodes[verb].head not in {noun, above} or above in {noun, verb}:
            continue
        yield verb, replace(tree.nodes[verb], head=above, relation="advcl", tag=_past(tree, verb))
        yield noun, replace(tree.nodes[noun], head=verb, relation="nsubj")
        yield case, replace(tree.nodes[case], head=verb, relation="mark")


def _cut_conjunctions(tree: Tree) -> Iterator[Change]:
    """A subject behind "after" opens a clause: "was made after the governor thanked them"."""
    for noun, node in enumerate(tree.nodes):
        case = _case(tree, noun)
        if node.kind != "nsubj" or case is None or tree.nodes[case].lower not in _OPENERS:
            continue
        verb = tree.nodes[node.head]
        if verb.head == node.head:
            continue
        yield case, replace(tree.nodes[case], head=node.head, relation="mark")
        if verb.kind in {"ccomp", "conj", "parataxis"}:
            yield node.head, replace(verb, relation="advcl")


def _split_copulas(tree: Tree) -> Iterator[Change]:
    """The "is" of "is due to vote" belongs to the vote."""
    for at, node in enumerate(tree.nodes):
        if node.kind == "mark" and node.lower in _TO_COME:
            for each in tree.of_kind(at, "cop", "aux"):
                yield each, replace(tree.nodes[each], head=node.head)


def _second_halves(tree: Tree) -> Iterator[Change]:
    """The subject of a second main clause: ", and security forces responded"."""
    for noun, node in enumerate(tree.nodes):
        joined = any(tree.nodes[each].kind == "cc" for each in tree.children[noun])
        if node.kind != "conj" or not joined or _case(tree, noun) is not None:
            continue
        verb = _verb_behind(tree, noun)
        if verb is None or tree.nodes[verb].head != noun:
            continue
        above = _clause_above(tree, node.head)
        yield verb, replace(tree.nodes[verb], head=above, relation="conj", tag=_past(tree, verb))
        yield noun, replace(node, head=verb, relation="nsubj")
        for each in tree.children[noun]:
            if tree.nodes[each].kind in {"cc", "punct"} and each < noun:
                yield each, replace(tree.nodes[each], head=verb)


def _first_subjects(tree: Tree) -> Iterator[Change]:
    """The noun before a main verb that was taken for a participle: "the court repeated that"."""
    root = tree.root
    node = tree.nodes[root]
    verbal = node.tag in {"VBN", "VBD"} and not auxiliaries(tree, root)
    if not verbal or tree.of_kind(root, "nsubj", "csubj") or tree.nodes[-1].text not in {".", "!"}:
        return
    before = [
        each
        for each in tree.children[root]
        if each < root and tree.nodes[each].pos in {"NOUN", "PROPN", "PRON"}
    ]
    nouns = [each for each in before if _case(tree, each) is None]
    if nouns and all(tree.nodes[each].pos == "ADV" for each in range(nouns[-1] + 1, root)):
        noun = nouns[-1]
        yield noun, replace(tree.nodes[noun], relation="nsubj")
        yield root, replace(node, tag="VBD")
        for each in tree.children[root]:
            if each < noun and tree.nodes[each].kind in _OF_NOUNS and noun - each <= _WIDEST_GAP:
                yield each, replace(tree.nodes[each], head=noun)


def _described_subjects(tree: Tree) -> Iterator[Change]:
    """The second of two bare participles is the verb: "the unrest described occurred in May"."""
    root = tree.root
    verb = next((each for each in tree.of_kind(root, "xcomp", "ccomp") if each > root), -1)
    noun = root - 1
    if verb < 0 or noun < 0 or tree.nodes[root].tag != "VBN" or auxiliaries(tree, root):
        return
    between = all(tree.nodes[each].pos == "ADV" for each in range(root + 1, verb))
    bare = tree.nodes[verb].tag == "VBD" and not tree.of_kind(verb, "nsubj", "aux")
    before = tree.nodes[noun]
    is_noun = before.pos == "NOUN" or before.lower in english().nouns
    if not (between and bare and is_noun and before.head == root):
        return
    yield verb, replace(tree.nodes[verb], head=verb, relation="ROOT")
    yield root, replace(tree.nodes[root], head=noun, relation="acl")
    yield noun, replace(before, head=verb, relation="nsubj", tag="NN", pos="NOUN")
    for each in tree.children[root]:
        if each not in {verb, noun}:
            head = noun if each < noun else verb
            yield each, replace(tree.nodes[each], head=head)


def _case(tree: Tree, noun: int) -> int | None:
    """The preposition before the noun."""
    found = (
        each
        for each in tree.children[noun]
        if each < noun and tree.nodes[each].kind == "case" and tree.nodes[each].tag in {"IN", "TO"}
    )
    return next(found, None)


def _verb_behind(tree: Tree, noun: int) -> int | None:
    """The past right behind the noun that has no subject, and cannot be its participle."""
    at = noun + 1
    while at < len(tree.nodes) and tree.nodes[at].pos == "ADV":
        at += 1
    if at >= len(tree.nodes) or tree.nodes[at].kind not in _LOOSE:
        return None
    node = tree.nodes[at]
    if node.tag not in {"VBD", "VBN"} or tree.of_kind(at, "nsubj", "csubj", "aux"):
        return None
    governs = bool(tree.of_kind(at, "obj", "ccomp", "xcomp"))
    known = node.tag == "VBD" or english().is_listed("intransitive", node.lemma.lower())
    return at if (governs or known) and node.relation != "acl:relcl" else None


def _past(tree: Tree, verb: int) -> str:
    """A participle with a complement but no object stays one: "found dead"."""
    node = tree.nodes[verb]
    is_bare = node.tag == "VBN" and not tree.of_kind(verb, "obj", "ccomp")
    return node.tag if is_bare else "VBD"


def _clause_above(tree: Tree, at: int) -> int:
    here = at
    for _ in range(_WIDEST_GAP * 2):
        if tree.nodes[here].tag.startswith("VB") or tree.nodes[here].head == here:
            break
        here = tree.nodes[here].head
    return here


def _is_participle(tree: Tree, at: int) -> bool:
    return tree.nodes[at].tag in {"VBN", "VBD"}


def _is_known_verb(word: str) -> bool:
    table = english()
    return word in table.verbs or any(word in words for words in table.lists.values())


_RULES: tuple[Callable[[Tree], Iterator[Change]], ...] = (
    _lost_pasts,
    _same_spelled_pasts,
    _without_passive,
    _told_of_a_phrase,
    _split_perfects,
    _described_subjects,
    _noun_infinitives,
    _conjunctions,
    _cut_conjunctions,
    _split_copulas,
    _second_halves,
    _first_subjects,
    *misplaced.RULES,
)
