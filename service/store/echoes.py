"""What receivers answered, as far as it may be kept: an answer can repeat the message it is to.

So it goes where the event goes: an answer is kept only as long as the change that the message told
is in the record and carries what it carried then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, select, update

from service.documents.tries import without_answers
from service.store.engine import pieces
from service.store.eventtables import changes
from service.store.lineage import DOCUMENTED
from service.store.updatetables import deliveries

# Who erases waits for this lock, and finds the answer that is written under it.
TOLD = (
    select(changes.c.type, changes.c.document.is_not(None).label("is_told"))
    .where(changes.c.timeline == bindparam("timeline"), changes.c.revision == bindparam("revision"))
    .with_for_update(read=True)
)
ANSWERED = select(deliveries.c.id, deliveries.c.tries).where(
    deliveries.c.timeline == bindparam("timeline"),
    deliveries.c.revision.in_(bindparam("revisions", expanding=True)),
)
FORGET = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("delivery"))
    .values(tries=bindparam("to_tries"))
)


def may_keep(connection: Connection, timeline: str, revision: int) -> bool:
    """Whether an answer to the message of a change may be written in this transaction."""
    here = {"timeline": timeline, "revision": revision}
    row = connection.execute(TOLD, here).one_or_none()
    return row is not None and (row.is_told or row.type not in DOCUMENTED)


def forget(connection: Connection, timeline: str, revisions: Iterable[int]) -> None:
    """Take the answers to the messages of these changes out of their tries.

    The changes themselves were written before in this transaction, so that no answer comes anew.
    """
    for some in pieces(revisions):
        rows = connection.execute(ANSWERED, {"timeline": timeline, "revisions": some}).all()
        _write([(row.id, row.tries, without_answers(row.tries)) for row in rows], connection)


def _write(found: Sequence[tuple[str, str, str]], connection: Connection) -> None:
    told = [{"delivery": name, "to_tries": now} for name, before, now in found if now != before]
    if told:
        connection.execute(FORGET, told)
