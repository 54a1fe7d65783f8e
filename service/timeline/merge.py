"""The merge: what one article's reading changes in a timeline. Pure; the store writes it.

The result is a function of the mentions that are there afterwards, never of the order in which
they came: links know two mentions only, clusters one component only, events their mentions only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from service.timeline.candidates import Relinked, relink
from service.timeline.changes import fates
from service.timeline.classes import Classes, read_classes
from service.timeline.clusters import cluster
from service.timeline.events import build_event
from service.timeline.ids import event_id
from service.timeline.links import blocks
from service.timeline.model import ArticleHead, Event, EventId, Link, Mention, MentionId
from service.timeline.plan import BOUNDS, Bounds, MergePlan, Snapshot
from service.timeline.relations import done_keys, held_keys
from service.timeline.surroundings import Changed, Groups, Surroundings


def plan_merge(
    near: Snapshot, head: ArticleHead, mentions: Sequence[Mention], bounds: Bounds = BOUNDS
) -> MergePlan:
    """What changes when the article `head` tells `mentions` now, and nothing else any more.

    A first reading, a reading again, a correction and a retraction (no mentions) are one case.
    `events` are those whose members changed, and all that hold this article's mentions, whose
    text may have changed with its head.
    """
    old = {each.id: each for each in near.own(head.id)}
    now = {each.id: each for each in mentions}
    added = [each for key, each in sorted(now.items()) if old.get(key) != each]
    removed = sorted(key for key, each in old.items() if now.get(key) != each)
    classes = read_classes(near, old, now, bounds.told)
    unblocked = sorted(classes.leaving.keys() - set(removed))
    relinked = relink(near, classes.leaving, classes.entering, bounds.block)
    part = _cut_anew(near, classes, relinked, bounds)
    after = _events(near, part, classes, now, bounds.told)
    before = _before(near, part.gone, old)
    changed = Changed(
        before=before,
        after=after,
        now=now,
        removed=frozenset(removed),
        stood=classes.stood,
        stand=classes.stand,
        most=bounds.block,
    )
    around = Surroundings(near, head, changed)
    redated = around.concerned()
    fate = fates(_ids(before | redated), _ids(after | redated), sorted(after | redated))
    return MergePlan(
        article_id=head.id,
        added=tuple(added),
        removed=tuple(removed),
        blocks=_blocked(classes, added) + _found(classes, added, unblocked),
        unblocked=tuple(unblocked),
        links_added=tuple(sorted(relinked.found)),
        links_removed=tuple(sorted(relinked.gone)),
        events=tuple(
            _counted(event, near, head, classes, bounds.told)
            for event in _build(near, head, after | redated, around)
        ),
        events_removed=tuple(sorted(before.keys() - after.keys())),
        aliases=fate.aliases,
        changes=fate.changes,
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


@dataclass(frozen=True, slots=True)
class _Part:
    """The touched part of a timeline, as far as it did not stay as it was.

    `groups` hold those who stand for twins; `gone` are the events that held such before.
    """

    groups: tuple[tuple[Mention, ...], ...]
    gone: tuple[EventId, ...]


def _cut_anew(near: Snapshot, classes: Classes, relinked: Relinked, bounds: Bounds) -> _Part:
    """Cluster every component that a change touches, and leave out what stayed as it was.

    A component that vetoes cut into several events is cut anew as a whole, else order would
    matter.
    """
    seeds = {end for link in relinked.gone | relinked.found for end in (link.first, link.second)}
    reached, links = _reach(near, seeds | classes.stood | classes.stand.keys())
    links = links - relinked.gone | relinked.found
    there = (reached - classes.leaving.keys()) | classes.stand.keys()
    bodies = near.mentions(there - classes.stand.keys())
    groups = cluster([*bodies, *classes.stand.values()], links, most=bounds.component)
    held = near.events(reached)
    members: dict[EventId, set[MentionId]] = {}
    for each, event in held.items():
        members.setdefault(event, set()).add(each)
    same = {
        frozenset(ids): event
        for event, ids in members.items()
        if ids.isdisjoint(classes.stood) and ids.isdisjoint(classes.stand)
    }
    sets = [frozenset(each.id for each in group) for group in groups]
    stay = {same[ids] for ids in sets if ids in same}
    return _Part(
        tuple(group for group, ids in zip(groups, sets, strict=True) if ids not in same),
        tuple(sorted(members.keys() - stay)),
    )


def _reach(
    near: Snapshot, seeds: Iterable[MentionId]
) -> tuple[frozenset[MentionId], frozenset[Link]]:
    """The components that hold `seeds`, and their links."""
    reached = set(seeds)
    fresh, links = frozenset(reached), frozenset[Link]()
    while fresh:
        found = near.links(fresh)
        links |= found
        fresh = frozenset(end for link in found for end in (link.first, link.second)) - reached
        reached |= fresh
    return frozenset(reached), links


def _events(
    near: Snapshot, part: _Part, classes: Classes, now: Mapping[MentionId, Mention], most: int
) -> dict[EventId, tuple[Mention, ...]]:
    """The touched events with their members in order, twins among them."""
    groups = [group for group in part.groups if any(each.opens for each in group)]
    keys = {each.id: classes.key(each) for group in groups for each in group}
    twins = classes.first(near, frozenset(keys.values()), most)
    ids = {each for places in twins.values() for each in places}
    bodies = {each.id: each for each in near.mentions(ids - now.keys())} | dict(now)
    found = {}
    for group in groups:
        of = frozenset(keys[each.id] for each in group)
        told = sorted(
            (bodies[twin] for key in of for twin in twins[key]), key=lambda mention: mention.order
        )
        found[event_id(told[0].id)] = tuple(told)
    return found


def _before(
    near: Snapshot, events: Collection[EventId], old: Mapping[MentionId, Mention]
) -> dict[EventId, tuple[Mention, ...]]:
    """What the touched events held so far, in order."""
    members = near.members(events)
    ids = frozenset[MentionId]().union(*members.values())
    bodies = {each.id: each for each in near.mentions(ids - old.keys())} | dict(old)
    return {
        event: tuple(sorted((bodies[each] for each in held), key=lambda mention: mention.order))
        for event, held in members.items()
    }


def _ids(groups: Groups) -> dict[EventId, tuple[MentionId, ...]]:
    return {event: tuple(each.id for each in group) for event, group in groups.items()}


def _build(
    near: Snapshot, head: ArticleHead, groups: Groups, around: Surroundings
) -> Iterator[Event]:
    articles = {each.article_id for group in groups.values() for each in group}
    heads = dict(near.heads(articles - {head.id})) | {head.id: head}
    for event in sorted(groups):
        yield build_event(groups[event], heads, around.around(groups[event]))


def _counted(event: Event, near: Snapshot, head: ArticleHead, classes: Classes, most: int) -> Event:
    """The event with all its sources counted, where only the first of many twins are listed."""
    listed = Counter(classes.key(each) for each in event.mentions)
    if max(listed.values()) < most:
        return event
    count = near.count_articles(listed.keys(), head.id) + classes.is_told(listed.keys())
    return replace(event, source_count=count)


def _found(
    classes: Classes, added: Iterable[Mention], unblocked: Iterable[MentionId]
) -> tuple[tuple[MentionId, str], ...]:
    """The keys by which what is written anew, or stays and loses its blocks, is found."""
    written = {each: classes.leaving[each] for each in unblocked} | {
        each.id: each for each in added
    }
    return tuple((key, held) for key in sorted(written) for held in sorted(held_keys(written[key])))


def _blocked(classes: Classes, added: Iterable[Mention]) -> tuple[tuple[MentionId, str], ...]:
    """The blocks of all who stand for their class and are written or do so from now on."""
    written = {each.id for each in added}
    standing = {key: each for key, each in classes.stand.items() if key in written}
    return tuple(
        (each.id, key)
        for each in sorted((standing | dict(classes.entering)).values(), key=lambda one: one.id)
        for key in sorted(blocks(each) | done_keys(each))
    )
