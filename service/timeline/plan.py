"""What a merge reads and what it changes: the border between the pure merge and the store."""

from __future__ import annotations

from dataclasses import dataclass

from service.timeline.model import ArticleHead, ArticleId, Event, EventId, Link, Mention, MentionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """A snapshot of the part of a timeline that one article's mentions can touch.

    `mentions` start from the article's present mentions and those sharing a block with its new
    ones, and are closed under events *and under links* (whole connected components: a component
    that vetoes cut into several events is cut anew as a whole, else order would matter);
    `links` are those among them; `events` maps each touched event's id to its members' ids;
    `heads` are the articles behind.
    """

    revision: int
    mentions: tuple[Mention, ...] = ()
    links: tuple[Link, ...] = ()
    events: tuple[tuple[EventId, tuple[MentionId, ...]], ...] = ()
    heads: tuple[ArticleHead, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of one event: created, updated, merged, split or removed.

    `into` is the event that it became part of (merged), or the events it fell into (split).
    """

    type: str
    event_id: EventId
    into: tuple[EventId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePlan:
    """What one commit changes, each list sorted, nothing named that stays as it was.

    A mention that keeps its id with other content is in `removed` and in `added`, and so are its
    links: removals come first. `blocks` are (mention, block) pairs of the added mentions.
    `changes` come in the order of their revisions. `aliases` are (old id, id it now answers under).
    """

    article_id: ArticleId
    added: tuple[Mention, ...] = ()
    removed: tuple[MentionId, ...] = ()
    blocks: tuple[tuple[MentionId, str], ...] = ()
    links_added: tuple[Link, ...] = ()
    links_removed: tuple[Link, ...] = ()
    events: tuple[Event, ...] = ()
    events_removed: tuple[EventId, ...] = ()
    aliases: tuple[tuple[EventId, EventId], ...] = ()
    changes: tuple[Change, ...] = ()
