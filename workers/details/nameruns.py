"""Names in a sentence: runs of capital words, with the title that goes with them.

"Foreign Minister Lea Sand", "the minister, Harold Finn", "Bank of Ostia", "Ahmed al-Rashid".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.timeline.details import Being
from workers.grammar.trees import Node, Tree
from workers.lexicon.gazetteer import gazetteer
from workers.lexicon.namewords import name_words
from workers.text.words import SMALL, fold_word

SHORTEST_ACRONYM = 3
LONGEST_ACRONYM = 8

_DEFINITE = frozenset({"the", "its", "their"})
_FUNCTIONS = frozenset({"DET", "PRON", "AUX", "CCONJ", "SCONJ", "ADP", "PART", "PUNCT"})
_ARTICLES = _DEFINITE | {"a", "an"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRun:
    """A name at the nodes [first, until); `opening` is where its title begins, or `first`.

    `beside` is the node of a title that stands by commas, `acronym` the one in brackets. A run
    without words is a title that stands for a name ("the President"), with `office` alone.
    """

    first: int
    until: int
    opening: int
    words: tuple[str, ...]
    office: str = ""
    beside: int | None = None
    acronym: str = ""

    @property
    def name(self) -> str:
        """The name as one line."""
        return " ".join(self.words)

    @property
    def being(self) -> Being:
        """What the name is of, by its title and its own words."""
        listed = name_words()
        if self.office or (len(self.words) > 1 and _is_given(self.words[0])):
            return Being.PERSON
        if gazetteer().place(self.name) or gazetteer().place(f"The {self.name}"):
            return Being.PLACE
        if any(word in listed.organisations for word in self.words):
            return Being.ORGANISATION
        if gazetteer().is_built_like_one(self.words):
            return Being.PLACE
        if len(self.words) == 1:
            is_acronym = self.words[0].isupper() and len(self.words[0]) >= SHORTEST_ACRONYM
            return Being.ORGANISATION if is_acronym else Being.UNKNOWN
        return Being.UNKNOWN if set(self.words) & listed.joiners else Being.PERSON


@dataclass(frozen=True, slots=True)
class _Writing:
    """Whether the sentence is written like a title, and how the article writes its words."""

    titled: bool
    known: frozenset[str]
    plain: frozenset[str]


def find_names(tree: Tree, known: frozenset[str], plain: frozenset[str]) -> tuple[NameRun, ...]:
    """The names of a sentence in order.

    `known` are folded words that running text writes with a capital only, `plain` those that it
    writes without: the first word of a sentence, and all words of a title, are judged by them.
    """
    nodes = tree.nodes
    writing = _Writing(_is_titled(nodes), known, plain)
    marks = [_is_name(nodes, at, writing) for at in range(len(nodes))]
    found: list[NameRun] = []
    at = 0
    while at < len(nodes):
        if not marks[at]:
            at += 1
            continue
        until = _run_end(nodes, marks, at)
        run = _with_title(nodes, _named(nodes, at, until))
        found = [each for each in found if each.until <= run.opening]
        found.append(_with_acronym(nodes, run))
        at = until
    return tuple(found)


def _is_given(word: str) -> bool:
    small = fold_word(word)
    return small in name_words().given_male or small in name_words().given_female


def _is_name(nodes: Sequence[Node], at: int, writing: _Writing) -> bool:
    """Whether the word is one of a name, or of a title that is written like one."""
    node = nodes[at]
    if _begins_place(nodes, at):
        return True
    folded = fold_word(node.text)
    if not node.text[0].isupper():
        return False
    if _is_given(node.text) and _is_followed(nodes, at):
        return True
    if folded in name_words().not_names or SMALL.fullmatch(folded):
        return folded.rstrip(".") in name_words().offices
    if writing.titled or _is_demonym(nodes, at):
        return writing.titled and folded in writing.known
    return folded in writing.known or _is_tagged(nodes, at, writing.plain)


def _is_followed(nodes: Sequence[Node], at: int) -> bool:
    """Whether a family name may follow: "Jan Horak", not "Jan. 5"."""
    return at + 1 < len(nodes) and nodes[at + 1].text[0].isupper()


def _is_tagged(nodes: Sequence[Node], at: int, plain: frozenset[str]) -> bool:
    """Whether tag and place say so: the first word of a sentence has its capital anyway."""
    node = nodes[at]
    if node.text.isupper() and len(node.text) >= SHORTEST_ACRONYM:
        return True
    if at == 0 or nodes[at - 1].text in {"“", '"', "‘", ":", "—"}:
        return fold_word(node.text) not in plain and (
            node.pos == "PROPN" or (at == 0 and _opens_name(nodes))
        )
    return node.pos not in _FUNCTIONS


def _opens_name(nodes: Sequence[Node]) -> bool:
    """Whether a first word that was not tagged as a name has one behind it: "Norlake Mining"."""
    first, following = nodes[0], nodes[1] if len(nodes) > 1 else None
    if first.pos not in {"NOUN", "ADJ", "VERB", "X"} or _is_title(first.text) or following is None:
        return False
    is_name = following.pos in {"PROPN", "NOUN"} and following.text[0].isupper()
    return is_name and following.lower not in name_words().not_names


def _begins_place(nodes: Sequence[Node], at: int) -> bool:
    """The first word of "New South Wales", small as it is otherwise."""
    following = nodes[at + 1].text if at + 1 < len(nodes) else ""
    is_first = at > 0 and nodes[at].text in gazetteer().first
    return is_first and following[:1].isupper() and following.lower() not in name_words().not_names


def _is_demonym(nodes: Sequence[Node], at: int) -> bool:
    """An adjective of a country before what it is said of: "Iranian forces"."""
    pair = f"{nodes[at - 1].text} {nodes[at].text}" if at else ""
    listed = gazetteer().demonyms
    return nodes[at].text in listed or pair in listed


def _is_titled(nodes: Sequence[Node]) -> bool:
    """Whether most words behind the first have capitals, as in a title."""
    listed = name_words().not_names
    long = [node for node in nodes[1:] if len(node.text) > 3 and node.text.isalpha()]  # "of", "the"
    words = [node for node in long if node.lower not in listed]
    if any(node.text[0].islower() and node.tag.startswith("VB") for node in nodes):
        return False
    capitals = sum(node.text[0].isupper() for node in words)
    return len(words) > 3 and 3 * capitals > 2 * len(words)


def _run_end(nodes: Sequence[Node], marks: Sequence[bool], at: int) -> int:
    """Where the run that begins at the node ends."""
    listed = name_words()
    until = at + 1
    while until < len(nodes):
        step = _step(nodes, marks, until, at)
        if not step:
            break
        until += step
    while until > at + 1 and nodes[until - 1].lower in listed.joiners | listed.particles:
        until -= 1
    return until


def _step(nodes: Sequence[Node], marks: Sequence[bool], at: int, first: int) -> int:
    """How many nodes further the run goes from the node on; 0 at its end."""
    listed, word = name_words(), nodes[at].lower
    if marks[at]:
        return 1
    following = at + 1 < len(nodes) and marks[at + 1]
    if following and _is_hyphen(nodes, at):
        return 2
    if word in listed.particles:
        beyond = at + 2 < len(nodes) and marks[at + 2] and _is_hyphen(nodes, at + 1)
        pair = at + 2 < len(nodes) and marks[at + 2] and nodes[at + 1].lower in listed.particles
        return 2 if following else 3 if beyond or pair else 0
    opened = [node.text for node in nodes[first:at]]
    is_body = any(each in listed.organisations for each in opened)
    if following and word in listed.joiners:
        is_place = any(each in gazetteer().last for each in opened) and word == "of"
        return 2 if is_body or is_place else 0
    if following and word == "in" and is_body:
        return 2 if _brackets_acronym(nodes, at + 2) else 0
    return 0


def _is_hyphen(nodes: Sequence[Node], at: int) -> bool:
    return nodes[at].text in {"-", "‑"} and nodes[at - 1].end == nodes[at].start


def _brackets_acronym(nodes: Sequence[Node], at: int) -> bool:
    """Whether "(IHRS)" stands at the node."""
    if at + 2 >= len(nodes) or nodes[at].text != "(" or nodes[at + 2].text != ")":
        return False
    word = nodes[at + 1].text
    return word.isupper() and word.isalpha() and 1 < len(word) <= LONGEST_ACRONYM


def _named(nodes: Sequence[Node], first: int, until: int) -> NameRun:
    words = tuple(node.text for node in nodes[first:until])
    text = " ".join(words)
    for dash in ("-", "‑"):
        text = text.replace(f" {dash} ", dash)
    return NameRun(first=first, until=until, opening=first, words=tuple(text.split()))


def _with_acronym(nodes: Sequence[Node], run: NameRun) -> NameRun:
    if not _brackets_acronym(nodes, run.until):
        return run
    return replace(run, acronym=nodes[run.until + 1].text)


def _with_title(nodes: Sequence[Node], run: NameRun) -> NameRun:
    """The run with its title apart: inside it, before it, or beside it between commas."""
    bodies = [word for word in run.words if word in name_words().organisations]
    if bodies and (run.words[-1] in bodies or not _is_title(run.words[0])):
        return run
    count = 0
    for number, word in enumerate(run.words):
        if _is_office(word):
            count = number + 1
        elif not _is_title(word):
            break
    opening = _opening(nodes, run.first, named=count == 0)
    office = [node.lower.rstrip(".") for node in nodes[opening : run.first + count]]
    kept = run.words[count:]
    named = replace(run, first=run.first + count, opening=opening, words=kept)
    if not kept:
        return replace(named, office=" ".join(office), first=run.until)
    if not office:
        beside, last = _beside(nodes, named)
        return replace(named, office=beside, beside=last)
    return replace(named, office=" ".join(office))


def _is_office(word: str) -> bool:
    return word.lower().rstrip(".") in name_words().offices


def _is_title(word: str) -> bool:
    return _is_office(word) or word.lower() in name_words().modifiers | name_words().gone


def _opening(nodes: Sequence[Node], first: int, *, named: bool = True) -> int:
    """Where the title before a name begins: "union leader", "former president".

    `named` is false where the title goes on at `first`: "prime Minister".
    """
    at = first
    while at > 0 and _is_title(nodes[at - 1].text):
        small = nodes[at - 1].text[0].islower()
        if not (small or at == 1) or (named and at == first and not _is_office(nodes[at - 1].text)):
            break
        at -= 1
    return at


def _beside(nodes: Sequence[Node], run: NameRun) -> tuple[str, int | None]:
    """The title between commas, and its last node: "the minister, Harold Finn,"."""
    at = run.first
    if at > 1 and nodes[at - 1].text == "," and _is_office(nodes[at - 2].text):
        opening = _opening(nodes, at - 1)
        if opening > 0 and nodes[opening - 1].lower in _DEFINITE:
            return " ".join(node.lower for node in nodes[opening : at - 1]), at - 2
    at = run.until
    if at >= len(nodes) or nodes[at].text != "," or len(run.words) == 1:
        return "", None
    until = at + 1
    if until + 2 < len(nodes) and nodes[until].lower in _ARTICLES:
        until += 2 if nodes[until + 2].tag == "POS" else 0
        until += nodes[until].tag == "POS"
    while until < len(nodes) and (_is_title(nodes[until].text) or nodes[until].lower in _ARTICLES):
        until += 1
    titled = [node.lower for node in nodes[at + 1 : until] if _is_title(node.text)]
    is_one = bool(titled) and _is_office(titled[-1])
    return (" ".join(titled), until - 1) if is_one else ("", None)
