"""Which links hold an event together: the explanation of why its sources are one event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from service.timeline.model import Link, MentionId


def holding(members: Sequence[MentionId], links: Iterable[Link]) -> tuple[Link, ...]:
    """The heaviest links that join `members` without a circle, heaviest first, then by ids.

    They are those by which clustering joined them; a member in none of them is a twin of another.
    """
    group = {each: {each} for each in members}
    found = []
    for link in sorted(links, key=lambda each: (-each.weight, each.first, each.second)):
        mine, yours = group[link.first], group[link.second]
        if mine is not yours:
            mine |= yours
            group.update(dict.fromkeys(yours, mine))
            found.append(link)
    return tuple(found)
