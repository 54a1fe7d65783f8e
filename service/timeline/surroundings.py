"""What lies around the events that a commit touches: whom they point at, and who points at them.

Asked of the snapshot for single keys and ids only, and of the commit for what it changes, so the
answer is that of the timeline after the commit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from service.timeline.events import Around, core_date
from service.timeline.model import ArticleHead, DateClaim, EventId, Kind, Mention, MentionId
from service.timeline.plan import Snapshot
from service.timeline.pointing import Pointed
from service.timeline.relations import done_keys, fulfilment, plan_keys, targets, wanted_keys

Groups = Mapping[EventId, tuple[Mention, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What a commit changes: the events `before` that are no more as they were, those `after` it.

    `now` is what the article tells, `removed` what it told with other words or tells no longer.
    Twins `stood` for their class before, others `stand` for it now. Of what happened under one
    key, the `most` lowest ids may fulfil a plan.
    """

    before: Groups
    after: Groups
    now: Mapping[MentionId, Mention]
    removed: frozenset[MentionId]
    stood: frozenset[MentionId]
    stand: Mapping[MentionId, Mention]
    most: int


class Surroundings:
    """The timeline as it is after a commit, as far as its touched events concern it."""

    def __init__(self, near: Snapshot, head: ArticleHead, changed: Changed) -> None:
        self._near = near
        self._head = head
        self._changed = changed
        self._home = {each.id: event for event, group in changed.after.items() for each in group}
        self._others: dict[EventId, tuple[Mention, ...]] = {}
        self._cores: dict[EventId, DateClaim] = {}
        self._done_now: dict[str, set[MentionId]] | None = None

    def concerned(self) -> dict[EventId, tuple[Mention, ...]]:
        """The other events, whose members stay but which say something of the changed ones."""
        groups = (*self._changed.before.values(), *self._changed.after.values())
        moved = [*(each for group in groups for each in group), *self._changed.now.values()]
        keys = frozenset(key for each in moved for key in wanted_keys(each))
        ids = frozenset(self._near.holders(*sorted(keys)))
        homes = self._homes(ids - self._changed.removed)
        return {
            event: self._group(event)
            for event in sorted(set(homes.values()) - self._changed.after.keys())
        }

    def around(self, mentions: Collection[Mention]) -> Around:
        """What other events give to the one that `mentions`, in order, tell."""
        mine = {each.id for each in mentions}
        told = [target for each in mentions for target in targets(each) if target not in mine]
        homes = self._homes(told)
        return Around(
            pointed=tuple(self._pointed(mentions, homes)),
            about=tuple(
                dict.fromkeys(
                    homes[target] for each in mentions for target in each.about if target in homes
                )
            ),
            fulfilled_by=self._fulfilled_by(mentions),
        )

    def _pointed(
        self, mentions: Iterable[Mention], homes: Mapping[MentionId, EventId]
    ) -> Iterator[Pointed]:
        for each in mentions:
            if each.pointer is not None and each.pointer.target in homes:
                yield Pointed(each, each.pointer, self._core(homes[each.pointer.target]))

    def _fulfilled_by(self, mentions: Iterable[Mention]) -> EventId | None:
        """The event that tells best what was planned; the earliest of equals."""
        plans = [each for each in mentions if each.kind is Kind.PLANNED]
        keys = frozenset(key for each in plans for key in plan_keys(each))
        done = self._done(keys) if keys else ()
        ranked = [
            (-surely, each.order, each.id)
            for each in done
            if (surely := max(fulfilment(plan, each) for plan in plans))
        ]
        homes = self._homes([key for _, _, key in ranked])
        return next((homes[key] for _, _, key in sorted(ranked) if key in homes), None)

    def _done(self, keys: Collection[str]) -> tuple[Mention, ...]:
        """What happened under these keys: of each the lowest ids, as they are after the commit."""
        gone, come = self._changed.stood, self._changed.stand
        if self._done_now is None:
            self._done_now = _by_key(come.values())
        marked = [f"@done:{key}" for key in sorted(keys)]
        there = self._near.lowest(marked, self._changed.most + len(gone))
        ids: set[MentionId] = set()
        for key in marked:
            new = self._done_now.get(key, set())
            ids.update(sorted((set(there.get(key, ())) - gone) | new)[: self._changed.most])
        others = self._near.mentions(ids - come.keys())
        return (*others, *(come[each] for each in sorted(ids & come.keys())))

    def _homes(self, ids: Iterable[MentionId]) -> dict[MentionId, EventId]:
        """The events that hold these mentions now; those that none holds are left out."""
        wanted = set(ids)
        mine = {each: self._home[each] for each in wanted if each in self._home}
        others = self._near.events(wanted - mine.keys() - self._changed.removed)
        return mine | {
            each: event for each, event in others.items() if event not in self._changed.before
        }

    def _group(self, event: EventId) -> tuple[Mention, ...]:
        if event in self._changed.after:
            return self._changed.after[event]
        if event not in self._others:
            members = self._near.mentions(self._near.members([event])[event])
            self._others[event] = tuple(sorted(members, key=lambda mention: mention.order))
        return self._others[event]

    def _core(self, event: EventId) -> DateClaim:
        if event not in self._cores:
            group = self._group(event)
            articles = {each.article_id for each in group}
            heads = dict(self._near.heads(articles - {self._head.id}))
            self._cores[event] = core_date(group, heads | {self._head.id: self._head}).date
        return self._cores[event]


def _by_key(mentions: Iterable[Mention]) -> dict[str, set[MentionId]]:
    """What happened, by the keys under which a plan looks for it."""
    found: dict[str, set[MentionId]] = {}
    for each in mentions:
        for key in done_keys(each):
            found.setdefault(key, set()).add(each.id)
    return found
