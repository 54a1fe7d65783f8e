"""What each draft of an article carries besides its words: participants, places, figures.

Read over the whole article first (who is who), then sentence by sentence; of the drafts of one
sentence each word belongs to the shortest that holds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from service.temporal.interval import Day
from service.timeline.details import Being, Figure, Part, Participant
from workers.details.deeds import UNTOLD, Deed, read_deed
from workers.details.figures import Saying, read_figures
from workers.details.nameruns import find_names
from workers.details.participants import participant, refer, take_part
from workers.details.places import Place, find_places
from workers.details.register import SENTENCES_BACK, Reference, Register, learn
from workers.details.roles import coming
from workers.grammar.clauses import Clause, noun_phrase, read_clauses
from workers.grammar.trees import Tree
from workers.telling.drafts import Draft
from workers.telling.tellings import Telling
from workers.text.words import fold_word


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The participants, places and figures of one draft, and its deed."""

    participants: tuple[Participant, ...] = ()
    places: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    deed: Deed = UNTOLD


NOTHING = Carried()


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrying:
    """One sentence as read: its tree, clauses and drafts, its references and its places."""

    tree: Tree
    clauses: tuple[Clause, ...]
    drafts: tuple[Draft, ...]
    references: tuple[Reference, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class CarryingArticle:
    """The sentences of an article by where they stand, and who is who in it."""

    sentences: Mapping[tuple[str, int], Carrying]
    register: Register

    def of(self, draft: Draft, published: Day, subject: str = "") -> Carried:
        """What the draft carries; `subject` are the words that its headline has for a pronoun."""
        where = draft.telling.within, draft.telling.start
        found = _carry(draft, self.sentences[where], published)
        known = self.register.called(subject) if subject else None
        if known is None or any(each.name == known.name for each in found.participants):
            return found
        part = Part.PATIENT if draft.clause.passive else Part.AGENT
        return replace(found, participants=(participant(known, part), *found.participants))


def read_carrying(
    sentences: Sequence[tuple[Telling, Tree, Sequence[Draft]]], known: frozenset[str]
) -> CarryingArticle:
    """What an article's sentences name; `known` are folded words that are written as names."""
    trees = [tree for _, tree, _ in sentences]
    plain = frozenset(
        fold_word(node.text) for tree in trees for node in tree.nodes if node.text[0].islower()
    )
    runs = [find_names(tree, known, plain) for tree in trees]
    register = learn(runs)
    found: dict[tuple[str, int], Carrying] = {}
    before: list[tuple[Reference, ...]] = []
    following = coming(runs, register)
    for (telling, tree, drafts), named, later in zip(sentences, runs, following, strict=True):
        before = [*before[1 - SENTENCES_BACK :], refer(tree, named, register, before, later)]
        dated = _dated(telling, tree)
        places = find_places(tree, named, register, dated)
        found[telling.within, telling.start] = Carrying(
            tree=tree,
            clauses=read_clauses(tree) if drafts else (),
            drafts=tuple(drafts),
            references=_who(before[-1], places, dated),
            places=places,
        )
    return CarryingArticle(found, register)


def _dated(telling: Telling, tree: Tree) -> frozenset[int]:
    """The nodes inside expressions of time."""
    spans = [each.time_words or each.span for each in telling.resolutions]
    return frozenset(
        at
        for at, node in enumerate(tree.nodes)
        if any(span.start <= node.start < span.end for span in spans)
    )


def _who(
    references: Iterable[Reference], places: Iterable[Place], dated: frozenset[int]
) -> tuple[Reference, ...]:
    """Without words of time, and unknown names that turned out to be where it happened."""
    where = {each.at for each in places}
    return tuple(
        each
        for each in references
        if each.at not in dated and (each.at not in where or each.known.being is Being.PLACE)
    )


def _carry(draft: Draft, carrying: Carrying, published: Day) -> Carried:
    tree = carrying.tree
    mine = _own_words(draft, carrying)
    saying = Saying(as_of=_told_on(draft, published), by=draft.sayers[0] if draft.sayers else "")
    spans = [each.time_words or each.span for each in draft.telling.resolutions]
    figures = read_figures(tree, carrying.clauses, spans, saying)
    starts = {tree.nodes[at].start for at in mine}
    named = (each for each in carrying.references if each.at in mine)
    return Carried(
        participants=take_part(tree, carrying.clauses, draft.clause, named),
        places=tuple(dict.fromkeys(each.name for each in carrying.places if each.at in mine)),
        figures=tuple(each for each in figures if each.start in starts),
        deed=read_deed(draft.tree, draft.clause, draft.told, draft.words),
    )


def _own_words(draft: Draft, carrying: Carrying) -> frozenset[int]:
    """The nodes that no shorter draft inside this one has, and its subject wherever it stands."""
    size = draft.end - draft.start
    inner = [
        each
        for each in carrying.drafts
        if draft.start <= each.start and each.end <= draft.end and each.end - each.start < size
    ]
    mine = {
        at
        for at, node in enumerate(carrying.tree.nodes)
        if draft.start <= node.start < draft.end
        and not any(each.start <= node.start < each.end for each in inner)
    }
    subject = draft.clause.subject
    return frozenset(mine if subject is None else mine.union(noun_phrase(draft.tree, subject)))


def _told_on(draft: Draft, published: Day) -> Day:
    """The day of the saying where one is named, else of publication."""
    said = draft.said_on
    interval = None if said is None else said.interval
    if interval is None or interval.last_day is None or interval.first_day != interval.last_day:
        return published
    return min(interval.last_day, published)
