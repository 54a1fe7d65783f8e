"""The changes of timelines, in SQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from service.store import changerows, trimming
from service.store.changelog import ChangePage
from service.store.engine import Database
from service.store.lineage import StoredChange


class SqlChanges:
    """`changelog.ChangeLog` and `Trimming` on SQLite or PostgreSQL."""

    _database: Database

    def read_changes(self, timeline: str, *, after: int, limit: int) -> ChangePage | None:
        """Changes strictly after the revision `after`, in one snapshot."""
        with self._database.reading() as connection:
            return changerows.read_page(connection, timeline, after=after, limit=limit)

    def find_revisions(self, timelines: Collection[str]) -> Mapping[str, int]:
        """The revision of each of these timelines that is there."""
        with self._database.reading() as connection:
            return changerows.find_revisions(connection, timelines)

    def read_former(
        self, timeline: str, changes: Sequence[StoredChange]
    ) -> Mapping[int, str | None]:
        """What each event was before its change."""
        with self._database.reading() as connection:
            return changerows.read_former(connection, timeline, changes)

    def trim_changes(self, *, seconds: float, rows: int) -> bool:
        """Let one bounded piece of old changes go; whether there was none."""
        return trimming.trim(self._database, trimming.Kept(seconds, rows))
