"""The change rows of a timeline: a page of them, and what each of its events was before."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import BindParameter, Connection, bindparam, func, select

from service.store.changelog import ChangePage
from service.store.engine import pieces
from service.store.eventtables import changes
from service.store.histories import stored_change
from service.store.lineage import DOCUMENTED, StoredChange
from service.store.tables import timelines
from service.store.timelines import HERE as OPEN

HERE: BindParameter[str] = bindparam("timeline")

earlier = changes.alias("earlier")
_before = (
    select(func.max(earlier.c.revision))
    .where(
        earlier.c.timeline == changes.c.timeline,
        earlier.c.event_id == changes.c.event_id,
        earlier.c.revision < changes.c.revision,
    )
    .correlate(changes)
    .scalar_subquery()
)
# Building a statement costs more than running it: each is built once.
REACH = select(timelines.c.revision, timelines.c.kept_after).where(OPEN)
MANY = select(timelines.c.name, timelines.c.revision).where(
    timelines.c.name.in_(bindparam("names", expanding=True)), timelines.c.life == "open"
)
AFTER = (
    select(changes)
    .where(changes.c.timeline == HERE, changes.c.revision > bindparam("after"))
    .order_by(changes.c.revision)
    .limit(bindparam("most"))
)
THESE = (
    changes.c.timeline == HERE,
    changes.c.revision.in_(bindparam("revisions", expanding=True)),
)
BEFORE = select(changes.c.revision, _before.label("former")).where(*THESE)
FORMER = select(changes.c.revision, changes.c.type, changes.c.document).where(*THESE)


def read_page(
    connection: Connection, timeline: str, *, after: int, limit: int
) -> ChangePage | None:
    """Up to `limit` changes after the revision `after`; none where some of those were let go."""
    reach = connection.execute(REACH, {"at_name": timeline}).one_or_none()
    if reach is None:
        return None
    page = ChangePage(revision=reach.revision, kept_after=reach.kept_after, changes=())
    if not page.reaches(after):
        return page
    asked = {"timeline": timeline, "after": after, "most": limit}
    found = tuple(stored_change(row) for row in connection.execute(AFTER, asked))
    return ChangePage(revision=reach.revision, kept_after=reach.kept_after, changes=found)


def find_revisions(connection: Connection, names: Collection[str]) -> Mapping[str, int]:
    """The revision of each of these timelines that is open."""
    found: dict[str, int] = {}
    for some in pieces(names):
        found.update((row.name, row.revision) for row in connection.execute(MANY, {"names": some}))
    return found


def read_former(
    connection: Connection, timeline: str, of: Sequence[StoredChange]
) -> Mapping[int, str | None]:
    """What each event was before its change; what the record does not say any more is left out."""
    was: dict[int, str | None] = {each.revision: None for each in of if each.type == "created"}
    asked = sorted({each.revision for each in of} - was.keys())
    for some in pieces(asked):
        # Two looks by key: one statement may be planned as a join over the whole timeline.
        before = connection.execute(BEFORE, {"timeline": timeline, "revisions": some})
        at = {row.former: row.revision for row in before if row.former is not None}
        for row in connection.execute(FORMER, {"timeline": timeline, "revisions": list(at)}):
            if row.type not in DOCUMENTED:
                was[at[row.revision]] = None
            elif row.document is not None:
                was[at[row.revision]] = row.document
    return was
