"""What a draft is told from: the mention of the same article that its words point at.

An event that its words name ("during the protests", "two days after the verdict"), the clause that
a conjunction joins, or what was told just before ("minutes later", "the warning came ..."). The
nearest earlier mention wins, one that needs no pointer before one that does; a later one is taken
only when it names its own time. So no chain of pointers runs in a circle.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.temporal.binding import EVENT
from service.temporal.interval import Day, Granularity
from service.temporal.timex import Relation, Resolution, Span
from service.timeline.model import DateClaim, Kind, Pointing
from service.timeline.stretches import shown
from workers.dating.anchoring import is_stretch
from workers.dating.dated import Dated
from workers.dating.following import Pointed, counted, follow
from workers.dating.naming import class_of, tells_of
from workers.lexicon.sequences import find_relation, listed
from workers.lexicon.triggers import english
from workers.telling.drafts import Draft, is_happening
from workers.telling.triggering import is_particular
from workers.text.layout import Role

NEAR_SENTENCES = 3
"""How far back "minutes later" and "the warning" reach."""

_RELATIONS = {
    Relation.AFTER: Pointing.AFTER,
    Relation.BEFORE: Pointing.BEFORE,
    Relation.BY: Pointing.BEFORE,
    Relation.UNTIL: Pointing.BEFORE,
    Relation.SINCE: Pointing.SINCE,
}
_NEW = frozenset({"a", "an", "another"})
_MARKERS = {
    "when": Pointing.WITHIN,
    "as": Pointing.WITHIN,
    "while": Pointing.WITHIN,
    "once": Pointing.WITHIN,
    "after": Pointing.AFTER,
    "before": Pointing.BEFORE,
    "since": Pointing.SINCE,
}
_BACK = {
    "when": Pointing.WITHIN,
    "as": Pointing.WITHIN,
    "while": Pointing.WITHIN,
    "after": Pointing.BEFORE,
    "before": Pointing.AFTER,
}
"""How a clause lies to the one that it is joined to."""


def point(
    drafts: Sequence[Draft], alone: Sequence[Dated | None], published: Day
) -> tuple[Dated | None, ...]:
    """What `alone` says of each draft, or what the mention says that it points at."""
    found = list(alone)
    for at, draft in enumerate(drafts):
        base = found[at]
        if base is None or base.told.kind not in {Kind.HAPPENING, Kind.STATEMENT}:
            continue
        if base.by is not None and not _is_wide(base):
            found[at] = counted(base, found[:at])
            continue
        near = [_Near(found, at, each) for each in _order(found, at)]
        if base.by is not None:
            found[at] = _narrowed(base, near, published) or counted(base, found[:at])
            continue
        choice = next(_choices(draft, near), None)
        if choice is not None:
            found[at] = follow(base, choice, published) or base
    return tuple(found)


def _is_wide(base: Dated) -> bool:
    """Whether only a year or more is named: "during the protests of 2019"."""
    return base.date.granularity >= Granularity.YEAR and is_happening(base.draft)


def _narrowed(base: Dated, near: Sequence[_Near], published: Day) -> Dated | None:
    """Within an event that its words name, where that one is dated within the same year."""
    for choice in _by_phrase(base.draft, near):
        followed = follow(base, choice, published)
        if followed is not None and _lies_in(followed.date, base.date):
            return followed
    return None


def _lies_in(date: DateClaim, other: DateClaim) -> bool:
    inner, outer = shown(date), shown(other)
    return inner != outer and outer.holds(inner)


@dataclass(frozen=True, slots=True)
class _Near:
    """A candidate, and where it stands."""

    found: Sequence[Dated | None]
    at: int
    number: int

    @property
    def dated(self) -> Dated:
        """The candidate; only dated ones are listed."""
        dated = self.found[self.number]
        if dated is None:
            raise ValueError(f"draft {self.number} has no day to point at")
        return dated

    @property
    def is_earlier(self) -> bool:
        """Whether it stands before the one that points."""
        return self.number < self.at


def _order(found: Sequence[Dated | None], at: int) -> tuple[int, ...]:
    """Candidates, the best first: free earlier ones, free later ones, earlier ones that point."""
    earlier = [each for each in range(at - 1, -1, -1) if _is_target(found[each])]
    later = [
        each
        for each in range(at + 1, len(found))
        if _is_target(found[each]) and _is_explicit(found[each])
    ]
    free = [each for each in earlier if _is_free(found[each])]
    return (*free, *later, *(each for each in earlier if each not in free))


def _is_target(dated: Dated | None) -> bool:
    return dated is not None and dated.told.kind in {Kind.HAPPENING, Kind.STATEMENT}


def _is_free(dated: Dated | None) -> bool:
    return dated is not None and dated.needs_none


def _is_explicit(dated: Dated | None) -> bool:
    return dated is not None and dated.by is not None


def _choices(draft: Draft, near: Sequence[_Near]) -> Iterator[Pointed]:
    """The targets that the words of the draft point at, the surest first."""
    yield from _by_link(draft, near)
    if not is_happening(draft):
        return
    yield from _by_distance(draft, near)
    yield from _by_expression(draft, near)
    yield from _by_phrase(draft, near)
    yield from _by_conjunction(draft, near)
    yield from _by_subject(draft, near)
    yield from _by_sequence(draft, near)


def _by_distance(draft: Draft, near: Sequence[_Near]) -> Iterator[Pointed]:
    """What the rest of its sentence is counted from: "sat, a day after *jurors convicted him*"."""
    for waits in draft.waits:
        if waits.unbound is None or waits.unbound.expr == EVENT:
            continue
        event, told = waits.unbound.event, draft.tree.nodes[draft.clause.head].start
        if event.start <= told < event.end:
            same = (each for each in near if each.dated.draft.telling is draft.telling)
            for each in same:
                yield Pointed(each.dated, Pointing.APART, waits.text, waits, back=True)


def _by_expression(draft: Draft, near: Sequence[_Near]) -> Iterator[Pointed]:
    """An event that is named: "during the protests", "two days after the verdict"."""
    for waits in draft.waits:
        if waits.unbound is None or _is_own_verb(draft, waits.unbound.event):
            continue
        words = _named(draft, waits)
        for each in near:
            if each.dated.told.kind is Kind.HAPPENING and tells_of(each.dated.draft, *words):
                yield Pointed(each.dated, _relation(waits), waits.text, waits)


def _is_own_verb(draft: Draft, event: Span) -> bool:
    """Whether the event is the clause itself: "a day after *it won*" dates the clause above."""
    return event.start <= draft.tree.nodes[draft.clause.head].start < event.end


def _by_phrase(draft: Draft, near: Sequence[_Near]) -> Iterator[Pointed]:
    """An event that the tree alone shows: "amid nationwide demonstrations", "ongoing protests"."""
    tree = draft.tree
    for at in draft.words:
        node = tree.nodes[at]
        group = class_of(node.lemma.lower())
        beside = {tree.nodes[each].lower for each in tree.of_kind(at, "case", "amod", "det")}
        beside &= listed("within") | listed("ongoing") | _NEW
        if not group or not beside or beside & _NEW:
            continue
        for each in near:
            # A headline's "nine die in raid" tells of that raid, not of one that is told below.
            lasts = draft.telling.role is not Role.HEADLINE or is_stretch(each.dated)
            happened = each.dated.told.kind is Kind.HAPPENING and lasts
            if happened and tells_of(each.dated.draft, (node.lemma.lower(),), group):
                yield Pointed(each.dated, Pointing.WITHIN, f"{min(beside)} {node.text}")


def _by_link(draft: Draft, near: Sequence[_Near]) -> Iterator[Pointed]:
    """What was told before, as what came later: "the move comes after *the mill closed*"."""
    above, table = draft.above, english()
    if draft.joint != "after" or above is None or above.subject is None:
        return
    lemma = draft.tree.nodes[above.subject].lemma.lower()
    if table.is_listed("linking", above.verb) and table.is_listed("anaphors", lemma):
        before = _just_before(draft, near)
        if before is not None:
            yield Pointed(before.dated, Pointing.BEFORE, f"after, of the {lemma},")


def _just_before(draft: Draft, near: Sequence[_Near]) -> _Near | None:
    """The last mention of the sentences before."""
    told = [
        each
        for each in near
        if each.is_earlier
        and each.dated.draft.telling is not draft.telling
        and _is_close(draft, each.dated)
    ]
    return max(told, key=lambda each: each.number, default=None)


def _by_conjunction(draft: Draft, near: Sequence[_Near]) -> Iterator[Pointed]:
    """A clause that a word joins: "they were held *when police raided it on Monday*"."""
    for each in near:
        other = each.dated
        joined = other.draft.telling is draft.telling and other.draft.under == draft.number
        marker = other.draft.joint
        if joined and other.by is not None and marker in _MARKERS:
            yield Pointed(other, _MARKERS[marker], marker)
        inside = other.draft.telling is draft.telling and draft.under == other.draft.number
        if inside and other.by is not None and draft.joint in _BACK:
            yield Pointed(other, _BACK[draft.joint], draft.joint)


def _by_subject(draft: Draft, near: Sequence[_Near]) -> Iterator[Pointed]:
    """A subject told before: "the quake struck at noon", "the warning was issued after"."""
    clause, tree = draft.clause, draft.tree
    if clause.subject is None or not is_particular(tree, clause.subject):
        return
    node = tree.nodes[clause.subject]
    lemma = node.lemma.lower()
    itself = clause.verb in listed("occurring") or draft.told.trigger == lemma
    if node.pos == "PROPN" or not itself:
        return
    words = ((lemma,), class_of(lemma))
    told = [each for each in near if each.is_earlier and _is_told_event(each.dated)]
    for each in told:
        if tells_of(each.dated.draft, *words):
            yield Pointed(each.dated, Pointing.WITHIN, f"the {node.text}")
    if english().is_listed("events", lemma) and not draft.told.opens:
        for each in sorted(told, key=lambda each: each.number):
            if each.dated.draft.telling.leads:
                yield Pointed(each.dated, Pointing.WITHIN, f"the {node.text}")
    if lemma in listed("telling"):
        before = [each for each in near if each.is_earlier and _is_close(draft, each.dated)]
        last = max(before, key=lambda each: each.number, default=None)
        if last is not None:
            yield Pointed(last.dated, Pointing.WITHIN, f"the {node.text}")


def _is_told_event(dated: Dated) -> bool:
    """Whether it is a happening that is told, not only named."""
    return dated.told.kind is Kind.HAPPENING and dated.told.opens


def _by_sequence(draft: Draft, near: Sequence[_Near]) -> Iterator[Pointed]:
    """What was told before it: "since then", "minutes later"."""
    start = draft.telling.start
    found = find_relation(draft.telling.text[draft.start - start : draft.end - start])
    if found is None:
        return
    relation, words = found
    before = [each for each in near if each.is_earlier and _is_close(draft, each.dated)]
    last = max(before, key=lambda each: each.number, default=None)
    if last is not None:
        yield Pointed(last.dated, relation, words, same=relation is Pointing.WITHIN)


def _is_close(draft: Draft, other: Dated) -> bool:
    gap = draft.telling.number - other.draft.telling.number
    same_part = draft.telling.role is other.draft.telling.role
    return same_part and 0 <= gap <= NEAR_SENTENCES


def _named(draft: Draft, waits: Resolution) -> tuple[tuple[str, ...], str]:
    """The lemma of the head of the event's name, and its class."""
    span = waits.span if waits.unbound is None else waits.unbound.event
    nodes = draft.tree.nodes
    inside = [at for at, node in enumerate(nodes) if span.start <= node.start < span.end]
    heads = [at for at in inside if nodes[at].head not in inside or nodes[at].head == at]
    lemmas = tuple(nodes[at].lemma.lower() for at in heads if nodes[at].pos != "ADP")
    groups = (class_of(each) for each in lemmas)
    return lemmas, next((each for each in groups if each), "")


def _relation(waits: Resolution) -> Pointing:
    if waits.unbound is not None and waits.unbound.expr != EVENT:
        return Pointing.APART
    return (
        Pointing.WITHIN
        if waits.relation is None
        else _RELATIONS.get(waits.relation, Pointing.WITHIN)
    )
