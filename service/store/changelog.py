"""The changes of a whole timeline, in the record's words: what every way of listening reads."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from service.store.lineage import StoredChange


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePage:
    """Changes by revision, as of one moment; none is missing between two of them.

    `revision` is the timeline's last then. Changes up to `kept_after` are not kept any more: who
    knows a revision below it must read the timeline anew.
    """

    revision: int
    kept_after: int
    changes: tuple[StoredChange, ...]

    @property
    def until(self) -> int:
        """The revision up to which this page tells all: where the next one goes on."""
        return self.changes[-1].revision if self.changes else self.revision

    def reaches(self, since: int) -> bool:
        """Whether all that came after the revision `since` can be told; not of one ahead."""
        return self.kept_after <= since <= self.revision


class ChangeLog(Protocol):
    """Reading the changes of a timeline."""

    def read_changes(self, timeline: str, *, after: int, limit: int) -> ChangePage | None:
        """Changes strictly after the revision `after`, at most `limit`, in one snapshot.

        The page is empty when it does not reach back to `after`. None when there is no such
        timeline, or it is closing.
        """

    def find_revisions(self, timelines: Collection[str]) -> Mapping[str, int]:
        """The revision of each of these timelines that is there."""

    def read_former(
        self, timeline: str, changes: Sequence[StoredChange]
    ) -> Mapping[int, str | None]:
        """Of each change, by its revision: the event's document before it.

        None where the event was not there; a revision is missing where the record does not say
        any more what the event was.
        """


class Trimming(Protocol):
    """Letting old changes go."""

    def trim_changes(self, *, seconds: float, rows: int) -> bool:
        """Let one bounded piece of old changes go, and move `kept_after`; whether there was none.

        Kept are those of the last `seconds`, and the last `rows` of each timeline; up to
        `kept_after`, the last one of each event that lived then.
        """
