"""What sources of one event disagree on besides its date: whether it happened, names, places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from service.timeline.details import Being, Participant
from service.timeline.model import ArticleId, Certainty, Conflict, Kind, Mention, Status
from service.timeline.votes import articles_of

SO = frozenset({Status.HAPPENED, Status.ONGOING})
NOT_SO = frozenset({Status.CANCELLED, Status.DID_NOT_HAPPEN})


def disputes(mentions: Sequence[Mention]) -> tuple[Conflict, ...]:
    """The conflicts of `mentions`, each value with its articles in their order."""
    return (*_whether(mentions), *_names(mentions), *_whereabouts(mentions))


def is_disputed(mentions: Sequence[Mention]) -> bool:
    """Whether some say that it happened and others that it did not."""
    return any(True for _ in _whether(mentions))


def _whether(mentions: Sequence[Mention]) -> Iterator[Conflict]:
    said = [each for each in mentions if each.status in SO and not _is_denial(each)]
    denied = [each for each in mentions if each.status in NOT_SO or _is_denial(each)]
    if said and denied:
        values = ((Status.HAPPENED, said), (Status.DID_NOT_HAPPEN, denied))
        yield Conflict(
            field="status", values=tuple((value.value, articles_of(some)) for value, some in values)
        )


def _is_denial(mention: Mention) -> bool:
    return mention.certainty is Certainty.DENIED and mention.status in SO


def _names(mentions: Sequence[Mention]) -> Iterator[Conflict]:
    """Organisations of one acronym that are called otherwise by others."""
    called: dict[str, dict[str, list[Mention]]] = {}
    for mention in mentions:
        for each in mention.participants:
            for key in _acronyms(each):
                called.setdefault(key, {}).setdefault(each.name, []).append(mention)
    told = set()
    for key in sorted(called):
        apart = _apart(called[key])
        if len(apart) > 1 and tuple(apart) not in told:
            told.add(tuple(apart))
            yield _conflict("name", {name: called[key][name] for name in apart})


def _acronyms(participant: Participant) -> tuple[str, ...]:
    """The short names under which several organisations may go."""
    if participant.being is not Being.ORGANISATION:
        return ()
    whole = participant.name.casefold()
    return tuple(key for key in participant.keys if key.isalpha() and key != whole)


def _apart(names: Iterable[str]) -> list[str]:
    """The names none of which is a part of another by its words."""
    words = {name: frozenset(name.casefold().split()) for name in names}
    return sorted(
        name
        for name, own in words.items()
        if len(own) > 1 and not any(own < other for other in words.values())
    )


def _whereabouts(mentions: Sequence[Mention]) -> Iterator[Conflict]:
    """Places in which something is that have nothing to do with one another."""
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.kind is Kind.STATE and mention.places:
            found.setdefault(", ".join(mention.places), []).append(mention)
    places = {value: frozenset(value.casefold().split(", ")) for value in found}
    apart = all(
        one == other or places[one].isdisjoint(places[other]) for one in places for other in places
    )
    if len(found) > 1 and apart:
        yield _conflict("whereabouts", found)


def _conflict(field: str, values: Mapping[str, Sequence[Mention]]) -> Conflict:
    told: list[tuple[str, tuple[ArticleId, ...]]] = [
        (value, articles_of(values[value])) for value in sorted(values)
    ]
    return Conflict(field=field, values=tuple(told))
