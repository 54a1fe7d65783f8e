"""Candidates: which mentions are compared, so that a block costs no more as it grows.

Two mentions are compared exactly when some block holds both and one of them is among its lowest
ids now. Ids are hashes, so that is a fair draw which no order of arrival can sway. Whoever enters
or leaves the lowest ids brings or takes links of others with it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from service.timeline.links import blocks, weigh
from service.timeline.model import Link, Mention, MentionId
from service.timeline.plan import Snapshot

Mentions = Mapping[MentionId, Mention]


@dataclass(frozen=True, slots=True)
class Relinked:
    """Links that go and links that come; no link is in both."""

    gone: frozenset[Link]
    found: frozenset[Link]


@dataclass(frozen=True, slots=True)
class _Block:
    """A block before and after; `everyone` reads all that it holds afterwards."""

    low: tuple[MentionId, ...]
    entered: frozenset[MentionId]
    risen: frozenset[MentionId]
    sunk: frozenset[MentionId]
    everyone: Callable[[], Collection[MentionId]]

    def pairs(self) -> Iterator[tuple[MentionId, MentionId]]:
        """What is compared because of this block now and was not before, by ids in order."""
        risen = sorted(self.risen)
        everyone = self.everyone() if risen else ()
        met = [(one, other) for one in risen for other in everyone]
        met += [(one, other) for one in sorted(self.entered - self.risen) for other in self.low]
        return ((one, other) if one < other else (other, one) for one, other in met if one != other)


def relink(near: Snapshot, leaving: Mentions, entering: Mentions, most: int) -> Relinked:
    """What becomes of the links when these leave their blocks and those enter theirs.

    A mention may be in both, with other content. `most` lowest ids of a block count.
    """
    changed = _changed_blocks(near, leaving, entering, most)
    pairs = {pair for each in changed.values() for pair in each.pairs()}
    known = _read(near, {end for pair in pairs for end in pair}, entering)
    weighed = (weigh(known[one], known[other]) for one, other in sorted(pairs))
    found = frozenset(link for link in weighed if link)
    risen = frozenset[MentionId]().union(*(each.risen for each in changed.values()))
    old = near.links({*leaving, *entering, *risen})
    gone = {link for link in old if link.first in leaving or link.second in leaving}
    return Relinked(
        frozenset(gone - found) | (_unheld(near, changed, leaving, most) - found), found - old
    )


def _changed_blocks(
    near: Snapshot, leaving: Mentions, entering: Mentions, most: int
) -> dict[str, _Block]:
    left, entered = _by_block(leaving), _by_block(entering)
    enough = most + len(leaving)
    before = near.lowest({*left, *entered}, enough)
    return {
        key: _block(
            near,
            key,
            before[key],
            left=left.get(key, frozenset()),
            entered=entered.get(key, frozenset()),
            sizes=(most, enough),
        )
        for key in sorted(before)
    }


def _block(
    near: Snapshot,
    key: str,
    before: tuple[MentionId, ...],
    *,
    left: frozenset[MentionId],
    entered: frozenset[MentionId],
    sizes: tuple[int, int],
) -> _Block:
    most, enough = sizes
    now = sorted(frozenset(before) - left | entered)
    low = tuple(now[:most])
    stayed = frozenset(before[:most]) - left

    def everyone() -> Collection[MentionId]:
        return now if len(before) < enough else frozenset(near.holders(key)) - left | entered

    return _Block(
        low=low,
        entered=entered,
        risen=frozenset(low) - stayed,
        sunk=stayed.difference(low),
        everyone=everyone,
    )


def _by_block(mentions: Mentions) -> dict[str, frozenset[MentionId]]:
    found: dict[str, set[MentionId]] = {}
    for mention in mentions.values():
        for key in blocks(mention):
            found.setdefault(key, set()).add(mention.id)
    return {key: frozenset(ids) for key, ids in found.items()}


def _read(near: Snapshot, ids: Iterable[MentionId], entering: Mentions) -> dict[MentionId, Mention]:
    others = near.mentions({each for each in ids if each not in entering})
    return {each.id: each for each in others} | dict(entering)


def _unheld(
    near: Snapshot, changed: Mapping[str, _Block], leaving: Mentions, most: int
) -> frozenset[Link]:
    """Links of those who sank that no block holds any more."""
    sunk = frozenset[MentionId]().union(*(each.sunk for each in changed.values()))
    if not sunk:
        return frozenset()
    old = [
        link
        for link in near.links(sunk)
        if link.first not in leaving and link.second not in leaving
    ]
    own = {
        each.id: blocks(each)
        for each in near.mentions({end for link in old for end in (link.first, link.second)})
    }
    shared = {link: own[link.first] & own[link.second] for link in old}
    further = frozenset[str]().union(*shared.values()) - changed.keys()
    low = {key: each.low for key, each in changed.items()} | dict(near.lowest(further, most))
    return frozenset(
        link
        for link, keys in shared.items()
        if not any(link.first in low[key] or link.second in low[key] for key in keys)
    )
