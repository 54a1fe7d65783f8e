"""What a merge reads and what it changes: the border between the pure merge and the store."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from service.timeline.model import ArticleHead, ArticleId, Event, EventId, Link, Mention, MentionId
from service.timeline.twins import Place


class Snapshot(Protocol):
    """One consistent view of a timeline, asked for the little that one article can touch."""

    @property
    def revision(self) -> int:
        """The revision that is seen."""

    def own(self, article: ArticleId) -> tuple[Mention, ...]:
        """The mentions of an article, by id."""

    def mentions(self, ids: Collection[MentionId]) -> tuple[Mention, ...]:
        """Those of these mentions that are there, by id."""

    def twins(self, keys: Collection[str], most: int) -> Mapping[str, tuple[Place, ...]]:
        """The first `most` of each class of twins, in their order; no class is left out."""

    def count_articles(self, keys: Collection[str], besides: ArticleId) -> int:
        """How many articles have mentions in these classes of twins, one article left out."""

    def lowest(self, blocks: Collection[str], most: int) -> Mapping[str, tuple[MentionId, ...]]:
        """The `most` lowest ids in each block, sorted; no block is left out."""

    def holders(self, *blocks: str) -> tuple[MentionId, ...]:
        """Every id in these blocks, sorted."""

    def links(self, ids: Collection[MentionId]) -> frozenset[Link]:
        """The links with an end among these."""

    def events(self, ids: Collection[MentionId]) -> Mapping[MentionId, EventId]:
        """Which event each of these is a source of; those of none are left out."""

    def members(self, events: Collection[EventId]) -> Mapping[EventId, frozenset[MentionId]]:
        """The sources of each of these events."""

    def heads(self, articles: Collection[ArticleId]) -> Mapping[ArticleId, ArticleHead]:
        """The heads of these articles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How large things get; the result depends on them, so they are fixed outside tests.

    `block`: of a block, this many lowest ids are compared with all others. `told`: this many twins
    are listed as sources. `component`: mentions that links join to one event at most.
    """

    block: int = 64
    told: int = 24
    component: int = 500


BOUNDS = Bounds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of one event: created, updated, merged, split or removed.

    `into` is the event that it became part of (merged), or the events it fell into (split).
    `merged_from` are the events that ended in it, `split_into` the others that got a part of it.
    """

    type: str
    event_id: EventId
    into: tuple[EventId, ...] = ()
    merged_from: tuple[EventId, ...] = ()
    split_into: tuple[EventId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePlan:
    """What one commit changes, each list sorted, nothing named that stays as it was.

    A mention that keeps its id with other content is in `removed` and in `added`, and so are its
    links: removals come first. `blocks` are the (mention, block) pairs of all added mentions that
    stand for their class, and of others that do so from now on; `unblocked` are mentions that stay
    and do so no longer. `changes` come in the order of their revisions. `aliases` are (old id, id
    it now answers under).
    """

    article_id: ArticleId
    added: tuple[Mention, ...] = ()
    removed: tuple[MentionId, ...] = ()
    blocks: tuple[tuple[MentionId, str], ...] = ()
    unblocked: tuple[MentionId, ...] = ()
    links_added: tuple[Link, ...] = ()
    links_removed: tuple[Link, ...] = ()
    events: tuple[Event, ...] = ()
    events_removed: tuple[EventId, ...] = ()
    aliases: tuple[tuple[EventId, EventId], ...] = ()
    changes: tuple[Change, ...] = ()
