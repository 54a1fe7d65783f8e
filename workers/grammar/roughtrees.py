"""Trees by rules alone: for tests without a model, and for sentences whose parse has no verb.

Words are told by short closed lists, verbs by their endings and a list of irregular ones. What
comes out is rough: verb groups with their subject and object, and which clause each begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from workers.grammar.trees import Node, Tree, grow
from workers.lexicon import verbs
from workers.lexicon.triggers import english
from workers.text.sentences import Sentence
from workers.text.words import stem

_BE = {"is": "VBZ", "are": "VBP", "was": "VBD", "were": "VBD", "been": "VBN", "being": "VBG"}
_HAVE = {"has": "VBZ", "have": "VBP", "had": "VBD"}
_DO = {"does": "VBZ", "do": "VBP", "did": "VBD"}
_MODAL = frozenset({"will", "would", "may", "might", "could", "can", "should", "must", "shall"})
_AUXILIARY = {**_BE, **_HAVE, **_DO, **dict.fromkeys(_MODAL, "MD"), "be": "VB"}
_ADVERB = frozenset({"not", "n't", "never", "also", "already", "still", "just", "only", "again"})
_PREPOSITION = frozenset(
    {
        *("of", "in", "on", "at", "by", "for", "with", "from", "into", "about", "against"),
        *("between", "through", "during", "over", "under", "near", "across", "within", "amid"),
        *("until", "since", "after", "before", "around", "outside", "inside", "to", "than"),
    }
)
_PARTICLE = frozenset({"down", "up", "out", "off", "away", "back"})
_MARKS = frozenset(
    {
        *("that", "because", "while", "when", "after", "before", "as", "since", "if"),
        *("although", "though", "unless", "whether"),
    }
)
_RELATIVE = frozenset({"who", "which", "whom", "whose"})
_DETERMINER = frozenset({"the", "a", "an", "this", "that", "these", "those", "its", "his", "her"})
_PRONOUN = frozenset({"he", "she", "it", "they", "we", "i", "you", "none", "nobody"})
_PLURALS = frozenset({"police", "people", "men", "women", "children", "troops", "hundreds"})
_PAST = re.compile(rf"{verbs.past_pattern()}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Group:
    """A verb group: words [first, head], the head its last verb; `mark` opens its clause."""

    first: int
    head: int
    mark: int | None
    relation: str


def rough_tree(sentence: Sentence, *, is_headline: bool = False) -> Tree:
    """The tree of one sentence; every word hangs somewhere, the first main verb is the root.

    In a headline presents tell what happened: "Council closes bridge", "Police arrest three".
    """
    words = [token.text for token in sentence.tokens]
    tags = [_tag(word, at) for at, word in enumerate(words)]
    if is_headline and "VBD" not in tags:
        tags = _with_present(words, tags)
    groups = tuple(_groups([word.lower() for word in words], tags))
    nodes = [
        Node(
            text=token.text,
            start=token.start,
            end=token.end,
            tag=tag,
            pos=_POS.get(tag[:2], "X"),
            lemma=_lemma(token.text, tag),
            head=0,
            relation="dep",
        )
        for token, tag in zip(sentence.tokens, tags, strict=True)
    ]
    return grow(_attached(nodes, groups))


_POS = {"VB": "VERB", "NN": "NOUN", "CD": "NUM", "JJ": "ADJ", "RB": "ADV", "IN": "ADP"} | {
    "DT": "DET",
    "PR": "PRON",
    "MD": "AUX",
    "WP": "PRON",
    "CC": "CCONJ",
    ".": "PUNCT",
}


def _tag(word: str, at: int) -> str:
    low = word.lower()
    closed = (
        (_AUXILIARY, _AUXILIARY.get(low, "")),
        (_RELATIVE, "WP"),
        (_PRONOUN, "PRP"),
        (_DETERMINER, "DT"),
        (_PREPOSITION | _MARKS, "IN"),
        ({"and", "or", "but"}, "CC"),
        (_ADVERB, "RB"),
        (_PARTICLE, "RP"),
    )
    found = next((tag for words, tag in closed if low in words), None)
    if found is not None:
        return found
    if not word[0].isalnum():
        return "."
    if word[0].isdigit():
        return "CD"
    if word[0].isupper() and at:
        return "NNP"
    if _PAST.fullmatch(low):
        return "VBD"
    return _open_tag(low)


def _open_tag(low: str) -> str:
    if low.endswith("ly"):
        return "RB"
    if low.endswith("ing") and len(low) > 5:
        return "VBG"
    if low.endswith("s") and english().is_listed("saying", low.removesuffix("s")):
        return "VBZ"
    return "NN"


def _with_present(words: Sequence[str], tags: list[str]) -> list[str]:
    """The tags with the last verb we know before any preposition made a present.

    What is spelled like a noun must follow a plural: "Drone attacks kill 5", not "Iran quake".
    """
    until = next((at for at in range(1, len(tags)) if tags[at] == "IN"), len(tags))
    for at in reversed(range(1, until)):
        low, before = words[at].lower(), words[at - 1].lower()
        if tags[at - 1][:2] not in {"NN", "CD", "."} or tags[at] not in {"NN", "NNP"}:
            continue
        if low in english().verbs and (before.endswith("s") or before in _PLURALS):
            return [*tags[:at], "VBP", *tags[at + 1 :]]
        if english().verbs.get(_present_of(low)):
            return [*tags[:at], "VBZ", *tags[at + 1 :]]
    return tags


def _present_of(low: str) -> str:
    """The verb of a form in s: closes, denies, destroys; empty for a word without one."""
    if not low.endswith("s"):
        return ""
    if low.endswith("ies"):
        return low.removesuffix("ies") + "y"
    if low.endswith("es") and low.removesuffix("es") in english().verbs:
        return low.removesuffix("es")
    return low.removesuffix("s")


def _lemma(word: str, tag: str) -> str:
    """A verb as the table of triggers has it, where its stem is there; else the word itself."""
    low = word.lower()
    if not tag.startswith("VB"):
        return low
    return verbs.lemmas().get(low) or _by_stem().get(stem(low), low)


@cache
def _by_stem() -> dict[str, str]:
    table = english()
    known = {*table.verbs, *(verb for each in table.lists.values() for verb in each)}
    return {stem(verb): verb for verb in sorted(known)}


def _groups(low: Sequence[str], tags: Sequence[str]) -> Iterator[_Group]:
    """Verb groups from left to right, with what opens the clause of each."""
    at, opened, root = 0, None, False
    while at < len(low):
        if low[at] in _MARKS | _RELATIVE or tags[at] in {"CC", "."}:
            opened = at
        if tags[at][:2] not in {"VB", "MD"} or tags[at] == "VBG":
            at += 1
            continue
        head = _end_of_group(low, tags, at)
        relation = _relation(low, tags, opened, has_root=root)
        root = root or relation == "root"
        yield _Group(at, head, opened, relation)
        at, opened = head + 1, None


def _end_of_group(low: Sequence[str], tags: Sequence[str], first: int) -> int:
    head = first
    if low[first] not in _AUXILIARY:
        return head
    for at in range(first + 1, min(first + 6, len(low))):
        if tags[at][:2] == "VB" or (low[at - 1] in _MODAL and tags[at] == "NN"):
            head = at
        elif tags[at] != "RB":
            break
    return head


def _relation(
    low: Sequence[str], tags: Sequence[str], opened: int | None, *, has_root: bool
) -> str:
    if opened is None:
        return "ccomp" if has_root else "root"
    if low[opened] in _RELATIVE:
        return "acl:relcl"
    if low[opened] == "that":
        return "ccomp" if has_root else "root"
    if low[opened] in _MARKS:
        return "advcl"
    if not has_root:
        return "root"
    return "conj" if tags[opened] == "CC" else "parataxis"


def _attached(nodes: list[Node], groups: Sequence[_Group]) -> list[Node]:
    """The nodes with heads: verbs to the root, the others to the nearest verb before them."""
    if not groups:
        return nodes
    root = next((each.head for each in groups if each.relation == "root"), groups[0].head)
    found = list(nodes)
    for at, node in enumerate(nodes):
        owner = next((each for each in reversed(groups) if each.first <= at), groups[0])
        found[at] = replace(node, head=owner.head, relation=_minor(node))
    for each in groups:
        relation = "ROOT" if each.head == root else each.relation.replace("root", "conj")
        found[each.head] = replace(nodes[each.head], head=root, relation=relation)
        _put_auxiliaries(found, each)
        _put_arguments(found, each)
    return found


def _minor(node: Node) -> str:
    return {"ADP": "case", "DET": "det", "PUNCT": "punct", "NOUN": "obl"}.get(node.pos, "dep")


def _put_auxiliaries(nodes: list[Node], group: _Group) -> None:
    passive = nodes[group.head].tag in {"VBD", "VBN"} and group.first < group.head
    for at in range(group.first, group.head):
        low = nodes[at].text.lower()
        relation = "advmod"
        if low in _AUXILIARY:
            is_be = low in _BE or low == "be"
            relation = "aux:pass" if passive and is_be else "aux"
            nodes[at] = replace(nodes[at], lemma="be" if is_be else low)
        nodes[at] = replace(nodes[at], head=group.head, relation=relation)
    if passive and nodes[group.head].tag == "VBD":
        nodes[group.head] = replace(nodes[group.head], tag="VBN")


def _put_arguments(nodes: list[Node], group: _Group) -> None:
    """The nearest noun before the group that no preposition governs, and the one behind it."""
    if group.mark is not None and nodes[group.mark].pos in {"ADP", "PRON"}:
        nodes[group.mark] = replace(nodes[group.mark], head=group.head, relation="mark")
    lower = 0 if group.mark is None else group.mark
    for at in range(group.first - 1, lower - 1, -1):
        if nodes[at].pos in {"NOUN", "PRON"} and not _follows_preposition(nodes, at):
            nodes[at] = replace(nodes[at], head=group.head, relation="nsubj")
            break
    after = group.head + 1
    if after < len(nodes) and nodes[after].tag == "RP":
        nodes[after] = replace(nodes[after], head=group.head, relation="compound:prt")
        after += 1
    for at in range(after, len(nodes)):
        if nodes[at].pos in {"ADP", "PUNCT", "VERB", "CCONJ", "PRON"}:
            break
        nearest = at + 1 == len(nodes) or nodes[at + 1].pos != "NOUN"
        if nodes[at].pos == "NOUN" and nearest:
            nodes[at] = replace(nodes[at], head=group.head, relation="obj")
            break


def _follows_preposition(nodes: Sequence[Node], at: int) -> bool:
    before = at - 1
    while before >= 0 and nodes[before].pos in {"DET", "NOUN", "NUM", "ADJ"}:
        before -= 1
    return before >= 0 and nodes[before].pos == "ADP"
