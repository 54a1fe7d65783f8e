"""When events changed, and those that are no more: what calendars and feeds say besides events."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, bindparam, exists, not_, select, text

from service.store.engine import pieces
from service.store.eventtables import ENDED, changes, events
from service.store.lineage import Ending
from service.timeline.model import EventId

earlier = changes.alias("earlier")
_LAST = (
    select(earlier.c.document)
    .where(
        earlier.c.timeline == changes.c.timeline,
        earlier.c.event_id == changes.c.event_id,
        earlier.c.revision < changes.c.revision,
        earlier.c.document.is_not(None),
    )
    .order_by(earlier.c.revision.desc())
    .limit(1)
    .correlate(changes)
    .scalar_subquery()
)
_LIVES = exists().where(events.c.timeline == changes.c.timeline, events.c.id == changes.c.event_id)

# Building a statement costs more than running it: each is built once.
WITHDRAWN = (
    select(changes.c.revision, changes.c.at, changes.c.event_id, _LAST.label("document"))
    .where(changes.c.timeline == bindparam("timeline"), text(ENDED), not_(_LIVES))
    .order_by(changes.c.revision.desc())
    .limit(bindparam("most"))
)
TIMES = select(changes.c.revision, changes.c.at).where(
    changes.c.timeline == bindparam("timeline"),
    changes.c.revision.in_(bindparam("revisions", expanding=True)),
)


def list_endings(connection: Connection, timeline: str, *, limit: int) -> tuple[Ending, ...]:
    """What ended last and is no more, the latest end first; at most `limit` ends are looked at.

    One of which the record no longer says what it was is left out.
    """
    found: dict[str, Ending] = {}
    for row in connection.execute(WITHDRAWN, {"timeline": timeline, "most": limit}):
        if row.document is not None and row.event_id not in found:
            found[row.event_id] = Ending(
                event_id=EventId(row.event_id),
                revision=row.revision,
                at=row.at,
                document=row.document,
            )
    return tuple(found.values())


def find_times(
    connection: Connection, timeline: str, revisions: Collection[int]
) -> Mapping[int, float]:
    """When each of these revisions was written, of those that the record still knows."""
    return {
        row.revision: row.at
        for some in pieces(sorted(set(revisions)))
        for row in connection.execute(TIMES, {"timeline": timeline, "revisions": some})
    }
