"""Twins: mentions of several articles that no link could tell apart, as copies of a report are.

Each class of twins has one representative, its smallest id. Twins are linked to it, and it alone
is linked to other classes, so that n copies cost n links and not n squared. What represents a
class depends on the mentions that are there, never on the order in which they came.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from service.timeline.links import Shape, shape
from service.timeline.model import Mention, MentionId

Likes: TypeAlias = tuple[Shape, tuple[str, ...], tuple[str, ...]]
"""All that `links.weigh` looks at in a mention of another article."""


class Twins:
    """The classes among some mentions, which must hold whole classes."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._class_of: dict[MentionId, Likes] = {}
        self._representative: dict[Likes, MentionId] = {}
        for mention in mentions:
            words = (mention.trigger, mention.trigger_class, *mention.terms)
            likes = (shape(mention), mention.names, words)
            self._class_of[mention.id] = likes
            self._representative[likes] = min(
                mention.id, self._representative.get(likes, mention.id)
            )

    def representative(self, mention: MentionId) -> MentionId | None:
        """Who stands for `mention`, itself perhaps; None for one that is not among these."""
        likes = self._class_of.get(mention)
        return None if likes is None else self._representative[likes]

    def may_link(self, one: Mention, other: Mention) -> bool:
        """Whether the pair is looked at: one article, two representatives, a twin and its own."""
        mine, yours = self.representative(one.id), self.representative(other.id)
        if one.article_id == other.article_id:
            return True
        if mine == yours:
            return mine in {one.id, other.id}
        return mine == one.id and yours == other.id
