"""One statement in two reports: the same speaker, about the same day, of the same matter."""

from __future__ import annotations

from service.timeline.details import Part, keys_of
from service.timeline.likenesses import words
from service.timeline.model import Kind, Mention
from service.timeline.weights import likeness
from service.timeline.windows import named_day, shown_day

NEAR = 2
"""Days between two reports of one statement, where not both name its day."""
ALIKE = 0.2
"""Likeness of two sentences, but for their speaker, from which they are of one matter."""
VERY_ALIKE = 0.35
"""The same where only a noun tells the speaker: "the judiciary"."""
LEAST = 0.5
"""The weight of a link between two statements of one matter in wholly other words."""


def said_as_one(one: Mention, other: Mention) -> float:
    """The weight, 0.5 to 1, of what lets two statements be one; 0 where nothing does."""
    if one.kind is not Kind.STATEMENT or other.kind is not Kind.STATEMENT:
        return 0.0
    wanted = _wanted(one, other)
    if wanted is None or not _are_near(one, other):
        return 0.0
    spoken = speakers(one) | speakers(other)
    mine, yours = (
        tuple(word for word in words(each) if word not in spoken) for each in (one, other)
    )
    alike = likeness(mine, yours)
    return round(LEAST + alike * (1 - LEAST), 3) if alike >= wanted else 0.0


def _wanted(one: Mention, other: Mention) -> float | None:
    """How alike their matter must be; None where they have different speakers."""
    mine, yours = speakers(one), speakers(other)
    if not mine.isdisjoint(yours):
        return 0.0 if one.article_key == other.article_key else ALIKE
    unnamed = not mine or not yours
    return VERY_ALIKE if unnamed and not set(one.parties).isdisjoint(other.parties) else None


def speakers(mention: Mention) -> frozenset[str]:
    """The folded names of who says it."""
    return keys_of(mention.participants, parts={Part.AGENT})


def _are_near(one: Mention, other: Mention) -> bool:
    named = named_day(one), named_day(other)
    if None not in named:
        return named[0] == named[1]
    mine, yours = shown_day(one), shown_day(other)
    if mine is None or yours is None:
        return False
    apart = abs(mine - yours)
    return apart == 0 if one.article_key == other.article_key else apart <= NEAR
