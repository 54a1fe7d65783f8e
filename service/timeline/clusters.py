"""Clusters: connected components of the links, cut where two members contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from service.timeline.links import is_vetoed
from service.timeline.model import Link, Mention, MentionId


def cluster(mentions: Iterable[Mention], links: Iterable[Link]) -> tuple[tuple[Mention, ...], ...]:
    """The groups that tell one event each, members and groups by `Mention.order`.

    Links join groups from the heaviest to the lightest (then by ids); one that would bring a
    vetoed pair together is passed over. What a component becomes depends on that component alone,
    so components may be recomputed one by one.
    """
    by_id = {mention.id: mention for mention in mentions}
    groups: dict[MentionId, list[Mention]] = {key: [each] for key, each in by_id.items()}
    for link in sorted(links, key=lambda each: (-each.weight, each.first, each.second)):
        mine, yours = groups[link.first], groups[link.second]
        if mine is yours or _contradict(mine, yours):
            continue
        mine.extend(yours)
        groups.update({mention.id: mine for mention in yours})
    found = {id(group): _in_order(group) for group in groups.values()}
    return tuple(sorted(found.values(), key=lambda group: group[0].order))


def _contradict(mine: Sequence[Mention], yours: Sequence[Mention]) -> bool:
    return any(is_vetoed(one, other) for one in mine for other in yours)


def _in_order(group: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted(group, key=lambda mention: mention.order))
