"""Who and where an event is about, and who says so, from its mentions in their order."""

from __future__ import annotations

from collections.abc import Sequence

from service.timeline.details import Participant
from service.timeline.model import Mention


def participants(mentions: Sequence[Mention]) -> tuple[str, ...]:
    """The names of all who take part, those left out that are short for another one."""
    every: dict[str, Participant] = {}
    for mention in mentions:
        for each in mention.participants:
            every.setdefault(each.name, each)
    return tuple(
        name
        for name, one in every.items()
        if not any(_is_short(one, other) for other in every.values())
    )


def places(mentions: Sequence[Mention]) -> tuple[str, ...]:
    """The places, each once."""
    return tuple(dict.fromkeys(place for mention in mentions for place in mention.places))


def sayers(mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Who says so and who passes it on, each once, whatever the case of the first letter."""
    found: dict[str, str] = {}
    for mention in mentions:
        for each in (mention.attribution, *mention.relayed_by):
            if each:
                found.setdefault(each.casefold(), each)
    return tuple(found.values())


def _is_short(one: Participant, other: Participant) -> bool:
    """Whether the first name is a part of the other, or its acronym."""
    mine, yours = one.name.casefold().split(), other.name.casefold().split()
    if len(mine) >= len(yours):
        return False
    return set(mine) < set(yours) or (len(mine) == 1 and mine[0] in other.keys)
