"""What became of each event when groups of mentions changed: the rows of the change list."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from service.timeline.model import EventId, MentionId
from service.timeline.plan import Change

Members = Mapping[EventId, Collection[MentionId]]

ORDER = ("created", "updated", "merged", "split", "removed")
"""The order of one commit's changes: what `into` names is there before it is named."""


@dataclass(frozen=True, slots=True)
class Fates:
    """Changes in the order of their revisions, and the new address of every vanished id."""

    changes: tuple[Change, ...]
    aliases: tuple[tuple[EventId, EventId], ...]


def fates(before: Members, after: Members, touched: Collection[EventId]) -> Fates:
    """How the events `before` became the events `after`; `touched` are among the latter.

    A vanished event merged into the one that holds all its remaining members, was split when they
    lie in several, and is removed when none remain. Its id then answers under the event of its
    first remaining member (members are given in order). An id that stays is updated when touched.
    Who took part of another, or gave one away, says so in its own row.
    """
    home = {member: event for event, members in after.items() for member in members}
    parts = {event: {home[each] for each in before[event] if each in home} for event in before}
    ended = sorted(set(before) - set(after))
    changes = [
        Change(
            type="updated" if event in before else "created",
            event_id=event,
            merged_from=tuple(each for each in ended if event in parts[each]),
            split_into=tuple(sorted(parts.get(event, set()) - {event})),
        )
        for event in touched
    ]
    aliases = []
    for event in ended:
        into = tuple(sorted(parts[event]))
        fate = ("removed", "merged", "split")[min(len(into), 2)]
        split = into if fate == "split" else ()
        changes.append(Change(type=fate, event_id=event, into=into, split_into=split))
        if into:
            aliases.append((event, _heir(before[event], home)))
    changes.sort(key=lambda change: (ORDER.index(change.type), change.event_id))
    return Fates(tuple(changes), tuple(aliases))


def _heir(members: Collection[MentionId], home: Mapping[MentionId, EventId]) -> EventId:
    return next(home[member] for member in members if member in home)
