"""The merge: what one article's reading changes in a timeline. Pure; the store writes it.

The result is a function of the mentions that are there afterwards, never of the order in which
they came: links know two mentions only, clusters one component only, events their mentions only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from service.timeline.changes import fates
from service.timeline.clusters import cluster
from service.timeline.events import build_event
from service.timeline.ids import event_id
from service.timeline.links import blocks, weigh
from service.timeline.model import ArticleHead, EventId, Link, Mention, MentionId
from service.timeline.plan import MergePlan, Neighbourhood
from service.timeline.twins import Twins


def block_keys(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """All blocks of `mentions`, sorted: what a neighbourhood is asked for."""
    return tuple(sorted({key for mention in mentions for key in blocks(mention)}))


def plan_merge(
    neighbourhood: Neighbourhood, head: ArticleHead, mentions: Sequence[Mention]
) -> MergePlan:
    """What changes when the article `head` tells `mentions` now, and nothing else any more.

    A first reading, a reading again, a correction and a retraction (no mentions) are one case.
    `events` are those whose members changed, and all that hold this article's mentions, whose
    text may have changed with its head.
    """
    before = {each.id: each for each in neighbourhood.mentions}
    now = {each.id: each for each in mentions}
    old = {key: each for key, each in before.items() if each.article_id == head.id}
    added = [each for key, each in sorted(now.items()) if old.get(key) != each]
    removed = sorted(key for key, each in old.items() if now.get(key) != each)
    present = {key: each for key, each in before.items() if key not in removed} | now
    gone, found = _changed_links(neighbourhood.links, before, present, added)
    kept = [link for link in neighbourhood.links if link not in gone]
    heads = {each.id: each for each in neighbourhood.heads} | {head.id: head}
    before_groups = {
        event: tuple(sorted(members, key=lambda each: before[each].order))
        for event, members in neighbourhood.events
    }
    clusters = cluster(present.values(), [*kept, *found])
    groups = {
        event_id(group[0].id): group
        for group in clusters
        if any(mention.opens for mention in group)
    }
    members = {event: tuple(each.id for each in group) for event, group in groups.items()}
    touched = [
        event
        for event, group in groups.items()
        if _is_touched(group, before_groups.get(event), head)
    ]
    told = fates(before_groups, members, touched)
    return MergePlan(
        article_id=head.id,
        added=tuple(added),
        removed=tuple(removed),
        blocks=tuple((each.id, key) for each in added for key in sorted(blocks(each))),
        links_added=tuple(sorted(found)),
        links_removed=tuple(sorted(gone)),
        events=tuple(build_event(groups[event], heads) for event in sorted(touched)),
        events_removed=tuple(sorted(set(before_groups) - set(groups))),
        aliases=told.aliases,
        changes=told.changes,
    )


def without(plan: MergePlan, unchanged: Collection[EventId]) -> MergePlan:
    """The plan without the updates of events whose text turned out to stay as it was."""
    return replace(
        plan,
        events=tuple(event for event in plan.events if event.id not in unchanged),
        changes=tuple(
            each
            for each in plan.changes
            if each.type != "updated" or each.event_id not in unchanged
        ),
    )


def _changed_links(
    links: Iterable[Link],
    before: Mapping[MentionId, Mention],
    present: Mapping[MentionId, Mention],
    added: Sequence[Mention],
) -> tuple[frozenset[Link], frozenset[Link]]:
    """(links that go, links that come)."""
    links = frozenset(links)
    old, new = Twins(before.values()), Twins(present.values())
    changed = {each.id for each in added} | {
        key for key in present if old.representative(key) != new.representative(key)
    }
    stale = changed | (before.keys() - present.keys())
    pairs = _candidates(changed, present, new)
    found = frozenset(link for one, other in pairs if (link := weigh(one, other)))
    gone = {each for each in links if each.first in stale or each.second in stale} - found
    return frozenset(gone), found - links


def _candidates(
    changed: Collection[MentionId], present: Mapping[MentionId, Mention], twins: Twins
) -> Iterator[tuple[Mention, Mention]]:
    """Pairs of a changed mention and another that share a block and may link, each once."""
    holders: dict[str, set[MentionId]] = {}
    for mention in present.values():
        for key in blocks(mention):
            holders.setdefault(key, set()).add(mention.id)
    done: set[MentionId] = set()
    for mention in (present[key] for key in sorted(changed)):
        near = set().union(*(holders[key] for key in blocks(mention)))
        done.add(mention.id)
        others = (present[other] for other in near - done)
        yield from ((mention, other) for other in others if twins.may_link(mention, other))


def _is_touched(
    group: Sequence[Mention], before: Collection[MentionId] | None, head: ArticleHead
) -> bool:
    tells = any(mention.article_id == head.id for mention in group)
    return tells or before is None or {mention.id for mention in group} != set(before)
