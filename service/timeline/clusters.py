"""Clusters: connected components of the links, cut where they are thin or contradict themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from service.timeline.model import Link, Mention, MentionId
from service.timeline.vetoes import is_vetoed
from service.timeline.windows import Shape, shape

MOST = 500
"""Mentions of one event: who links to hundreds of others is too vague to join them."""
SMALL = 8
"""Mentions up to which one link is enough to take a group in."""
SUPPORT = 0.05
"""Share of the pairs across two groups that must be linked where one is larger."""


def cluster(
    mentions: Iterable[Mention], links: Iterable[Link], *, most: int = MOST
) -> tuple[tuple[Mention, ...], ...]:
    """The groups that tell one event each, members and groups by `Mention.order`.

    Links join groups from the heaviest to the lightest (then by ids); one is passed over that
    would bring a vetoed pair together, or more than `most` mentions, or that hangs a large group
    on too few links: so a chain of likenesses breaks at its bridges. What a component becomes
    depends on that component alone, so components may be recomputed one by one.
    """
    groups = {mention.id: _Group({shape(mention): [mention]}) for mention in mentions}
    ranked = sorted(links, key=lambda each: (-each.weight, each.first, each.second))
    near = _neighbours(ranked)
    for link in ranked:
        mine, yours = groups[link.first], groups[link.second]
        if mine is yours or len(mine) + len(yours) > most:
            continue
        if not mine.supports(yours, near) or mine.contradicts(yours):
            continue
        small, large = sorted((mine, yours), key=len)
        large.take_in(small)
        groups.update({mention.id: large for mention in small.everyone()})
    different = {id(group): group for group in groups.values()}.values()
    found = (group.members for group in different)
    return tuple(sorted(found, key=lambda members: members[0].order))


def _neighbours(links: Iterable[Link]) -> Mapping[MentionId, frozenset[MentionId]]:
    found: dict[MentionId, set[MentionId]] = {}
    for link in links:
        found.setdefault(link.first, set()).add(link.second)
        found.setdefault(link.second, set()).add(link.first)
    return {each: frozenset(near) for each, near in found.items()}


class _Group:
    """Mentions on their way to an event, by shape: what contradicts is mostly told by shapes."""

    def __init__(self, by_shape: dict[Shape, list[Mention]]) -> None:
        self._by_shape = by_shape

    def __len__(self) -> int:
        return sum(len(some) for some in self._by_shape.values())

    @property
    def members(self) -> tuple[Mention, ...]:
        """All mentions, in order."""
        return tuple(sorted(self.everyone(), key=lambda mention: mention.order))

    def everyone(self) -> Iterator[Mention]:
        """All mentions, in no order."""
        return (mention for some in self._by_shape.values() for mention in some)

    def supports(self, other: _Group, near: Mapping[MentionId, frozenset[MentionId]]) -> bool:
        """Whether enough of the pairs across the two are linked."""
        few, many = sorted((self, other), key=len)
        if len(many) <= SMALL:
            return True
        those = frozenset(mention.id for mention in many.everyone())
        linked = sum(len(near[mention.id] & those) for mention in few.everyone())
        return linked >= SUPPORT * len(few) * len(many)

    def contradicts(self, other: _Group) -> bool:
        """Whether some pair across the two is vetoed."""
        return any(
            _clash(mine, yours, some, others)
            for mine, some in self._by_shape.items()
            for yours, others in other._by_shape.items()
        )

    def take_in(self, other: _Group) -> None:
        """Make the other's mentions members of this group."""
        for form, some in other._by_shape.items():
            self._by_shape.setdefault(form, []).extend(some)


def _clash(mine: Shape, yours: Shape, some: Sequence[Mention], others: Sequence[Mention]) -> bool:
    if mine.clashes(yours):
        return True
    return any(is_vetoed(one, other) for one in some for other in others)
