"""Links: which two mentions may tell the same event.

A link is a function of the two mentions and fixed numbers only, never of the timeline, so the set
of links cannot depend on the order of arrival (EVENTS section 4).
"""

from __future__ import annotations

from itertools import chain
from math import exp

from service.timeline import crossing
from service.timeline.deeds import told_as_one
from service.timeline.likenesses import Likeness, compare, words
from service.timeline.model import Kind, Link, Mention, MentionId, Pointing
from service.timeline.sayings import said_as_one, speakers
from service.timeline.vetoes import is_vetoed
from service.timeline.weights import rarest
from service.timeline.windows import DISAGREE_WITHIN, shape, window

BIAS = -2.53
WEIGHTS = Likeness(
    sentence=2.25,
    clause=0.24,
    trigger=1.01,
    echo=0.22,
    name=0.19,
    near=-0.11,
    leads=6.57,
    follow_ups=4.38,
    led=1.50,
)
"""Fitted by `python -m training.links` on topics of EventStoryLine, copies and unrelated pairs."""
LINKED = 0.38
"""Probability that two mentions tell one event from which they are linked."""
RAREST_WORDS = 3
"""How many of its rarest words a mention is looked for by."""
DAYS_OF_A_BLOCK = 30
DAYS_OF_A_YEAR = 366


def blocks(mention: Mention) -> frozenset[str]:
    """The keys under which a mention is looked for: each bucket of days with each of its names.

    The rarest words of its sentence and of its clause are keys, too. Two mentions are compared
    exactly when they share a key, so this alone bounds the cost.
    """
    first, last = window(mention)
    ends = (first - DISAGREE_WITHIN, last + DISAGREE_WITHIN, *crossing.ends(mention))
    buckets = sorted({day // DAYS_OF_A_BLOCK for day in ends})
    rare = (rarest(told, RAREST_WORDS) for told in (words(mention), mention.terms))
    keys = {*mention.names, *chain.from_iterable(rare)}
    if mention.kind is Kind.STATEMENT:
        keys |= speakers(mention)
    keys |= crossing.keys(mention)
    kind = mention.kind.value
    years = sorted({day // DAYS_OF_A_YEAR for day in ends})
    near = {f"{bucket}:{kind}:{word}" for bucket in buckets for word in sorted(keys)}
    near |= {f"y{year}:{kind}:{deed}" for year in years for deed in mention.deeds}
    return frozenset(near | {f"@{mention.id}", f"@{_named(mention)}"})


def find_link(one: Mention, other: Mention) -> Link | None:
    """The link between two mentions, or None when they are not known to tell the same."""
    if blocks(one).isdisjoint(blocks(other)):
        return None
    return weigh(one, other)


def weigh(one: Mention, other: Mention) -> Link | None:
    """`find_link` for two mentions that share a block."""
    if is_vetoed(one, other):
        return None
    if one.language != other.language:
        return crossing.link(one, other)
    found = max(_names(one, other), told_as_one(one, other), said_as_one(one, other))
    found = max(found, _told_alike(one, other))
    if found < LINKED:
        return None
    return Link.between(one.id, other.id, found)


def _names(one: Mention, other: Mention) -> float:
    """1 where one of them only speaks of what the other tells."""
    return float(_named(one) == other.id or _named(other) == one.id)


def _named(mention: Mention) -> MentionId:
    """The mention of its article that it speaks of by a noun: "*the robbery* was over soon"."""
    pointer = mention.pointer
    names = pointer is not None and not mention.opens and pointer.relation is Pointing.WITHIN
    return pointer.target if pointer is not None and names else mention.id


def _told_alike(one: Mention, other: Mention) -> float:
    """How likely words alone make the two one, where nothing keeps their days apart."""
    if shape(one).is_unlike(shape(other)) or not _may_name_the_same(one, other):
        return 0.0
    return probability(compare(one, other))


def _may_name_the_same(one: Mention, other: Mention) -> bool:
    """Whether one sentence holds most of the names of the other's clause; so where one has none."""
    if not one.names or not other.names:
        return True
    fewer = min(len(one.names), len(other.names))
    mine = len(set(one.names) & set(words(other)))
    yours = len(set(other.names) & set(words(one)))
    return 2 * max(mine, yours) > fewer


def probability(alike: Likeness) -> float:
    """How likely two mentions that are so alike tell one event, to three decimals."""
    pairs = zip(WEIGHTS, alike, strict=True)
    return round(1 / (1 + exp(-BIAS - sum(weight * value for weight, value in pairs))), 3)
