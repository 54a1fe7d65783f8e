"""What an article tells, or tells no more, on its way into the record.

It is a snapshot, a pure merge and a short fenced write.

The merge happens on a snapshot at one revision, before any write. When another commit came first
it is redone from the snapshot on, and who lost that race takes the timeline's merge lease: others
wait for its holder a moment. Without a race the lease costs one key look-up and no write.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from service.documents.event import changed_fields, event_document
from service.documents.jsontext import read_object
from service.documents.traits import days_of, traits_of
from service.errors import (
    LostClaimError,
    NotFoundError,
    StaleRevisionError,
    StoreUnavailableError,
)
from service.stages import Stages
from service.store.amendments import Withdrawal
from service.store.base import Claimed, Reading, Store
from service.store.eventrows import EventRow, StoredEvent
from service.timeline.merge import plan_merge, without
from service.timeline.model import ArticleHead, ArticleId, Event, Mention
from service.timeline.plan import MergePlan, Snapshot

ATTEMPTS = 12
"""Merges that are tried before the timeline counts as busy beyond patience."""
FIRST_PAUSE = 0.005
"""Seconds before the second attempt; they double up to 64 times that."""
LEASE = 2.0
"""Seconds that a merge holds its timeline at most; a dead holder delays others by no more."""
LEASE_LOOKS = 20
LEASE_PAUSE = 0.02


@dataclass(frozen=True, slots=True)
class Read:
    """What one finished attempt found: the article's own record, and its mentions to merge."""

    reading: Reading
    mentions: tuple[Mention, ...]
    head: ArticleHead | None = None
    """What the article's page says of it; None when the claim's head says all."""


def commit_reading(
    store: Store,
    claimed: Claimed,
    token: str,
    read: Read,
    *,
    stages: Stages | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> int:
    """Merge and write what `token` read in its claimed article; the timeline's revision after it.

    Raises LostClaimError when the claim is gone, StoreUnavailableError when the record is away or
    the timeline stays busy; nothing was written then.
    """
    found, stages = read.reading, stages or Stages()
    if read.head is not None:
        claimed = replace(claimed, head=read.head)
    head = replace(claimed.head, signature=found.signature, credits=found.credits)

    def once() -> int:
        with stages.timed("merge"):
            merged = _merge(store, claimed.timeline, head, read.mentions)
        with stages.timed("commit"):
            return store.commit(
                claimed,
                token,
                reading=found,
                plan=merged.plan,
                rows=merged.rows,
                expected_revision=merged.revision,
            )

    return _until_first(store, claimed.timeline, token, once, pause)


def commit_failure(
    store: Store,
    claimed: Claimed,
    token: str,
    problem: str,
    *,
    pause: Callable[[float], None] = time.sleep,
) -> int:
    """Leave the claimed article `failed` with `problem` (a JSON text); the revision after it.

    What an earlier version or reading of it told is withdrawn from the timeline with that. Raises
    as `commit_reading` does.
    """
    nothing = Reading(
        outcome=None,
        language=None,
        level=None,
        expressions=(),
        mentions=(),
        notices="[]",
        skipped="[]",
        problem=problem,
    )
    return commit_reading(store, claimed, token, Read(nothing, ()), pause=pause)


def commit_withdrawal(
    store: Store,
    of: Withdrawal,
    token: str,
    *,
    pause: Callable[[float], None] = time.sleep,
) -> int:
    """Retract or erase an article, with what that changes in its timeline; the revision after it.

    Raises LostClaimError when the article is gone or at another version by now, else as
    `commit_reading`.
    """

    def once() -> int:
        merged = _merge(store, of.timeline, of.article_id, ())
        return store.withdraw(
            of, plan=merged.plan, rows=merged.rows, expected_revision=merged.revision
        )

    return _until_first(store, of.timeline, token, once, pause)


def event_row(event: Event, document: str, before: str | None) -> EventRow:
    """The event as the record keeps it; `before` is its text so far, None when it is new."""
    published = event.mentions[0].published_day
    date = event.date
    known = [day for day in (date.start, date.end) if day is not None] or [published]
    said = read_object(document)
    earliest, latest = days_of(said)
    return EventRow(
        id=event.id,
        sort_start=known[0],
        sort_end=known[-1],
        earliest=earliest,
        latest=latest,
        traits=traits_of(said),
        document=document,
        changed_fields=changed_fields(before, document),
    )


def _until_first(
    store: Store,
    timeline: str,
    token: str,
    once: Callable[[], int],
    pause: Callable[[float], None],
) -> int:
    """What `once` gives, done again as long as another commit comes first."""
    lost = 0
    try:
        while lost < ATTEMPTS:
            _await_merger(store, timeline, token, pause)
            try:
                return once()
            except NotFoundError as error:
                raise LostClaimError(f"timeline '{timeline}' was deleted: drop the work") from error
            except StaleRevisionError:
                store.take_merge_lease(timeline, token, LEASE)
                pause(FIRST_PAUSE * 2 ** min(lost, 6))
                lost += 1
    finally:
        if lost:
            store.drop_merge_lease(timeline, token)
    raise StoreUnavailableError(
        f"timeline '{timeline}' changed under {ATTEMPTS} merges: try again later"
    )


def _await_merger(store: Store, timeline: str, token: str, pause: Callable[[float], None]) -> None:
    """Wait a moment for another's merge, then go on all the same: the compare-and-set decides."""
    for _ in range(LEASE_LOOKS):
        if store.find_merger(timeline) in {None, token}:
            return
        pause(LEASE_PAUSE)


@dataclass(frozen=True, slots=True)
class _Merged:
    """What a merge on the snapshot at `revision` changes, with the texts of its events."""

    plan: MergePlan
    rows: tuple[EventRow, ...]
    revision: int


def _merge(
    store: Store, timeline: str, article: ArticleHead | ArticleId, mentions: Sequence[Mention]
) -> _Merged:
    """The merge by which the article (its id: with the head that it has) tells `mentions` only."""
    with store.snapshot(timeline) as near:
        head = article if isinstance(article, ArticleHead) else _head(near, article)
        plan = plan_merge(near, head, mentions)
        telling = {each.article_id for event in plan.events for each in event.mentions}
        heads = dict(near.heads(telling - {head.id})) | {head.id: head}
    old = _texts(store, timeline, plan)
    new = {event.id: event_document(event, heads) for event in plan.events}
    plan = without(plan, {event for event, text in new.items() if old.get(event) == text})
    rows = tuple(event_row(event, new[event.id], old.get(event.id)) for event in plan.events)
    return _Merged(plan, rows, near.revision)


def _head(near: Snapshot, article: ArticleId) -> ArticleHead:
    found = near.heads([article]).get(article)
    if found is None:
        raise LostClaimError(f"article {article} is gone: look again")
    return found


def _texts(store: Store, timeline: str, plan: MergePlan) -> Mapping[str, str]:
    """The present text of every event that the plan updates.

    Read after the snapshot; a commit in between makes the write stale anyway.
    """
    updated = [each.event_id for each in plan.changes if each.type == "updated"]
    found = ((event, store.find_event(timeline, event)) for event in updated)
    return {event: each.document for event, each in found if isinstance(each, StoredEvent)}
