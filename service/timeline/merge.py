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
    gone, found = _changed_links(neighbourhood.links, removed, added, present)
    kept = [link for link in neighbourhood.links if link not in gone]
    heads = {each.id: each for each in neighbourhood.heads} | {head.id: head}
    before_groups = {
        event: tuple(sorted(members, key=lambda each: before[each].order))
        for event, members in neighbourhood.events
    }
    groups = {event_id(group[0].id): group for group in cluster(present.values(), [*kept, *found])}
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
    removed: Sequence[MentionId],
    added: Sequence[Mention],
    present: Mapping[MentionId, Mention],
) -> tuple[frozenset[Link], frozenset[Link]]:
    """(links that go, links that come)."""
    leaving = set(removed)
    gone = frozenset(link for link in links if link.first in leaving or link.second in leaving)
    pairs = _candidates(added, present)
    return gone, frozenset(link for one, other in pairs if (link := weigh(one, other)))


def _candidates(
    added: Sequence[Mention], present: Mapping[MentionId, Mention]
) -> Iterator[tuple[Mention, Mention]]:
    """Pairs of an added mention and another that share a block, each once."""
    holders: dict[str, set[MentionId]] = {}
    for mention in present.values():
        for key in blocks(mention):
            holders.setdefault(key, set()).add(mention.id)
    done: set[MentionId] = set()
    for mention in added:
        near = set().union(*(holders[key] for key in blocks(mention)))
        done.add(mention.id)
        yield from ((mention, present[other]) for other in near - done)


def _is_touched(
    group: Sequence[Mention], before: Collection[MentionId] | None, head: ArticleHead
) -> bool:
    tells = any(mention.article_id == head.id for mention in group)
    return tells or before is None or {mention.id for mention in group} != set(before)
