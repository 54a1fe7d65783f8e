"""The classes of twins that one article's reading changes, before and after it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from service.timeline.model import Mention, MentionId
from service.timeline.plan import Snapshot
from service.timeline.twins import Place, after, twin_key

Mentions = Mapping[MentionId, Mention]


@dataclass(frozen=True, slots=True, kw_only=True)
class Classes:
    """Who stands for the article's classes: `stood` before, `stand` now, by id.

    `leaving` did with other words or do no longer, `entering` did not or with other words.
    """

    old: Mentions
    now: Mentions
    stood: frozenset[MentionId]
    stand: Mentions
    leaving: Mentions
    entering: Mentions
    places: Mapping[str, tuple[Place, ...]]
    _keys: dict[MentionId, str] = field(default_factory=dict)

    def key(self, mention: Mention) -> str:
        """The class of a mention that is there now."""
        found = self._keys.get(mention.id)
        if found is None:
            found = self._keys[mention.id] = twin_key(mention)
        return found

    def first(
        self, near: Snapshot, keys: Collection[str], most: int
    ) -> dict[str, tuple[MentionId, ...]]:
        """The first `most` of each class now."""
        others = near.twins([key for key in keys if key not in self.places], most)
        places = {key: self.places.get(key) or others[key] for key in sorted(keys)}
        return {key: tuple(each for _, each in found[:most]) for key, found in places.items()}

    def is_told(self, keys: Collection[str]) -> bool:
        """Whether the article tells anything of these classes now."""
        return any(self.key(each) in keys for each in self.now.values())


def read_classes(near: Snapshot, old: Mentions, now: Mentions, told: int) -> Classes:
    """The classes of an article's `old` mentions and of those that it tells `now`.

    `told` members of a class are listed; one more is looked at, to know that there is one.
    """
    was, ever = _by_key(old), _by_key(now)
    before = near.twins({*was, *ever}, told + len(old) + 1)
    places = {
        key: after(found, [each.id for each in was.get(key, ())], ever.get(key, ()))
        for key, found in before.items()
    }
    stood, stand = _first(before), _first(places)
    others = {each for _, each in stood ^ stand if each not in old or each not in now}
    others |= {each for _, each in stand if each not in now}
    read = {each.id: each for each in near.mentions(others)}
    then, at_last = read | dict(old), read | dict(now)
    return Classes(
        old=old,
        now=now,
        stood=frozenset(each for _, each in stood),
        stand={each: at_last[each] for _, each in stand},
        leaving={each: then[each] for _, each in stood - stand},
        entering={each: at_last[each] for _, each in stand - stood},
        places=places,
    )


def _first(classes: Mapping[str, tuple[Place, ...]]) -> frozenset[tuple[str, MentionId]]:
    return frozenset((key, found[0][1]) for key, found in classes.items() if found)


def _by_key(mentions: Mentions) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = {}
    for mention in mentions.values():
        found.setdefault(twin_key(mention), []).append(mention)
    return found
