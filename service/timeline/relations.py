"""What mentions have to do with one another beyond telling the same event.

A mention may be dated from another of its article, speak of others, or fulfil a plan. Each is a
function of two mentions; the keys here, kept among the blocks, find the other one.
"""

from __future__ import annotations

from functools import lru_cache

from service.temporal.interval import Day
from service.timeline import crossing
from service.timeline.likenesses import by_words, is_told_alike, words
from service.timeline.model import Basis, Kind, Mention, MentionId, Status
from service.timeline.weights import rarest
from service.timeline.windows import shown_day

PROMPT = 7
"""Days of a planned time up to which what fulfils it is looked for day by day."""
SOON = 3
"""Days after its first one in which a plan of a longer time is looked for day by day, too."""
PATIENCE = 60
"""Days after its telling in which a plan without a day is looked for."""
FARTHEST = 400
"""Days after the first one in which a plan with a last day is looked for."""
MONTH = 30
RAREST = 3
LIKE = 0.15
"""Likeness from which one trigger fulfils a plan for no single day, or of other names."""
LIKE_ON_ITS_DAY = 0.05
"""The same for a plan of one day."""
LIKE_UNTOLD = 0.35
"""The same for another trigger."""
SAME_DEED = 0.25
"""What one trigger adds to the likeness of a plan and what fulfils it."""

_DONE = frozenset({Status.HAPPENED, Status.ONGOING})


def targets(mention: Mention) -> tuple[MentionId, ...]:
    """The mentions of its article that it is dated from or speaks of."""
    pointed = () if mention.pointer is None else (mention.pointer.target,)
    return (*pointed, *mention.about)


def held_keys(mention: Mention) -> frozenset[str]:
    """The keys under which a mention is found when what it speaks of or plans changes."""
    told = {f"@to:{target}" for target in targets(mention)}
    return frozenset(told | {f"@plan:{key}" for key in plan_keys(mention)})


@lru_cache(maxsize=1024)  # asked for by every commit that touches its event
def wanted_keys(mention: Mention) -> frozenset[str]:
    """The keys of the mentions that say something else when this one changes."""
    plans = {f"@plan:{key.removeprefix('@done:')}" for key in done_keys(mention)}
    return frozenset({f"@to:{mention.id}", *plans})


def done_keys(mention: Mention) -> frozenset[str]:
    """The keys of what happened on its day and in its month; of twins the first alone has them."""
    day = shown_day(mention)
    if mention.kind is not Kind.HAPPENING or mention.status not in _DONE or day is None:
        return frozenset()
    tag = _tag(mention)
    words = _words(mention)
    months = {f"@done:{day // MONTH}:{tag}:{word}" for word in words}
    return frozenset(months | {f"@done:{day}:{word}" for word in (*words, f"={tag}")})


def plan_keys(mention: Mention) -> frozenset[str]:
    """The keys of what would fulfil it, without their mark."""
    if mention.kind is not Kind.PLANNED or mention.status is not Status.PLANNED:
        return frozenset()
    first, last = planned_for(mention)
    tag = _tag(mention)
    short = last - first <= PROMPT
    days = range(first, (last if short else first + SOON) + 1)
    words = (*_words(mention), f"={tag}")
    keys = {f"{day}:{word}" for day in days for word in words}
    months = range(first // MONTH, 0 if short else last // MONTH + 1)
    return frozenset(keys | {f"{month}:{tag}:{word}" for month in months for word in words[:-1]})


def planned_for(plan: Mention) -> tuple[Day, Day]:
    """First and last day on which it may be fulfilled."""
    date = plan.date
    if date.end is None or date.basis is Basis.PLANNED:
        first = plan.published_day if date.start is None else date.start
        return first, Day(first + PATIENCE)
    first = Day(plan.published_day + 1) if date.start is None else date.start
    return first, max(first, min(date.end, Day(first + FARTHEST)))


def fulfilment(plan: Mention, done: Mention) -> float:
    """How surely `done` is what was planned, above 0; 0 when it is not.

    What an article tells as done is not what the same article tells as still to come.
    """
    first, last = planned_for(plan)
    day = shown_day(done)
    earlier = done.published_utc < plan.published_utc or done.article_id == plan.article_id
    if day is None or earlier or not first <= day <= last:
        return 0.0
    if plan.language != done.language:
        return SAME_DEED if crossing.may_be_one(plan, done) else 0.0
    alike = by_words(plan, done)
    if not is_told_alike(plan, done):
        return alike if alike >= LIKE_UNTOLD else 0.0
    of_others = plan.names and done.names and set(plan.names).isdisjoint(done.names)
    least = LIKE if of_others or last > first else LIKE_ON_ITS_DAY
    return SAME_DEED + alike if alike >= least else 0.0


def _tag(mention: Mention) -> str:
    return mention.trigger_class or mention.trigger


def _words(mention: Mention) -> tuple[str, ...]:
    """The names and rarest words of its sentence and of its clause."""
    told = {*words(mention), *mention.terms}
    return tuple(dict.fromkeys((*mention.names, *rarest(told, 2 * RAREST))))
