"""The record in SQL: joins the rooms of this folder to what `base.Store` promises."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import cast

from service.store import (
    accepting,
    amending,
    claims,
    endings,
    events,
    eventsearch,
    histories,
    merges,
    pages,
    removals,
    rereading,
    timelines,
    withdrawals,
)
from service.store import articles as article_rows
from service.store.amendments import Marked, Replaced, StoredVersion, Traces, Withdrawal
from service.store.base import (
    MOST_COUNTED,
    Added,
    Claimed,
    NewArticle,
    Reading,
    Standing,
    StoredArticle,
    StoredTimeline,
)
from service.store.engine import Database
from service.store.eventquery import EventQuery
from service.store.eventrows import EventRow, StoredEvent
from service.store.gathering import Gathering
from service.store.keycabinet import SqlKeys
from service.store.lineage import Ending, Lineage, StoredChange
from service.store.schema import check_version
from service.store.shelf import EVERYTHING, Home, Reader, TimelineTraits
from service.store.snapshots import open_snapshot
from service.store.sqlanswers import SqlAnswers
from service.store.sqlchanges import SqlChanges
from service.store.sqldelivering import SqlDelivering
from service.store.sqlsessions import SqlSessions
from service.store.sqlsubscribing import SqlSubscribing
from service.store.vitals import Totals, Vitals
from service.store.watching import read_totals, read_vitals
from service.timeline.model import ArticleId, EventId
from service.timeline.plan import MergePlan, Snapshot


class SqlStore(SqlAnswers, SqlChanges, SqlDelivering, SqlKeys, SqlSessions, SqlSubscribing):
    """`base.Store` on SQLite or PostgreSQL; each method is one transaction."""

    def __init__(self, url: str) -> None:
        super().__init__(Database(url))
        self._intake = Gathering(self._add_all)

    def ping(self) -> None:
        """Return when the database answers and is migrated, else StoreUnavailableError."""
        with self._database.reading() as connection:
            check_version(connection)

    def close(self) -> None:
        """Give back every connection; the store can be used again."""
        self._database.close()

    def add_articles(self, timeline: str, articles: Sequence[NewArticle]) -> tuple[Added, ...]:
        """Commit the new ones; what became of each, in order."""
        return self._intake.ask((timeline, tuple(articles)))

    def replace_article(self, article_id: str, new: NewArticle, expected_version: int) -> Replaced:
        """Commit a new version that waits to be read."""
        with self._database.writing() as connection:
            return amending.replace(connection, article_id, new, expected_version)

    def retry_article(self, article_id: str) -> bool:
        """Let a failed article wait again; False when it did not fail."""
        with self._database.writing() as connection:
            return amending.retry(connection, article_id)

    def mark_again(
        self, timeline: str | None, *, after: int = 0, failed_only: bool = False
    ) -> Marked | None:
        """Mark a piece of all articles that were read to be read again; None after the last."""
        with self._database.writing() as connection:
            return rereading.mark(connection, timeline, after=after, failed_only=failed_only)

    def count_again(self, timeline: str | None, *, at_most: int) -> int:
        """How many are still to be read again, counted up to `at_most`."""
        with self._database.reading() as connection:
            return rereading.count_left(connection, timeline, at_most)

    def has_work(self) -> bool:
        """Whether anything can be claimed now, new or to be read again."""
        return bool(cast("tuple[int]", self._database.look_up(claims.ANY))[0])

    def withdraw(
        self,
        of: Withdrawal,
        *,
        plan: MergePlan,
        rows: Sequence[EventRow],
        expected_revision: int,
    ) -> int:
        """Retract or erase an article; StaleRevisionError or LostClaimError otherwise."""
        with self._database.writing() as connection:
            return withdrawals.withdraw(
                connection, of, plan=plan, rows=rows, expected_revision=expected_revision
            )

    def find_traces(self, timeline: str, article_id: str) -> Traces:
        """The change rows that quote the article."""
        return withdrawals.find_traces(self._database, timeline, article_id)

    def list_versions(
        self, article_id: str, *, limit: int, after: int
    ) -> tuple[StoredVersion, ...]:
        """The versions of an article by number."""
        with self._database.reading() as connection:
            return amending.list_versions(connection, article_id, limit=limit, after=after)

    def find_version(self, article_id: str, version: int) -> StoredVersion | None:
        """One version, or None."""
        with self._database.reading() as connection:
            return amending.find_version(connection, article_id, version)

    def find_article(self, article_id: str) -> StoredArticle | None:
        """The article, or None."""
        with self._database.reading() as connection:
            return article_rows.find(connection, article_id)

    def find_html(self, article_id: str) -> str | None:
        """The page as posted, or None."""
        with self._database.reading() as connection:
            return pages.find_html(connection, article_id)

    def list_articles(
        self, timeline: str, *, limit: int, after: tuple[float, str] | None
    ) -> tuple[StoredArticle, ...]:
        """Articles by (received_at, id), strictly after `after`."""
        with self._database.reading() as connection:
            return article_rows.list_after(connection, timeline, limit=limit, after=after)

    def find_timeline(self, timeline: str) -> StoredTimeline | None:
        """The timeline, or None."""
        with self._database.reading() as connection:
            return timelines.find(connection, timeline)

    def find_revision(self, timeline: str) -> Standing | None:
        """(revision, pending, state, public), or None."""
        row = self._database.look_up(timelines.STANDING, at_name=timeline)
        if row is None:
            return None
        revision, pending, state, public = cast("tuple[int, int, int, int]", row)
        return Standing(revision, pending, state, bool(public))

    def put_timeline(self, timeline: str, traits: TimelineTraits) -> bool:
        """Make the timeline or give it exactly these traits; whether it was made by this."""
        with self._database.writing() as connection:
            return timelines.put(connection, timeline, traits)

    def close_timeline(self, timeline: str) -> int | None:
        """End a timeline for everyone; its last revision, None without one."""
        with self._database.writing() as connection:
            return removals.close(connection, timeline)

    def clear_timeline(self, timeline: str) -> bool:
        """Remove one piece of a closing timeline; whether nothing is left of it."""
        with self._database.writing() as connection:
            return removals.clear(connection, timeline)

    def find_closing(self) -> str | None:
        """The name of a timeline that is closing, or None."""
        row = self._database.look_up(removals.CLOSING)
        return None if row is None else str(row[0])

    def find_home(self, article_id: str) -> Home | None:
        """The timeline of an article; None when either is not there."""
        row = self._database.look_up(timelines.HOME, article=article_id)
        return None if row is None else Home(str(row[0]), bool(row[1]))

    def list_timelines(
        self, *, limit: int, after: str | None, reader: Reader = EVERYTHING
    ) -> tuple[StoredTimeline, ...]:
        """Timelines by name, strictly after `after`, that `reader` may read."""
        with self._database.reading() as connection:
            return timelines.list_after(connection, limit=limit, after=after, reader=reader)

    def list_events(self, timeline: str, query: EventQuery) -> tuple[StoredEvent, ...]:
        """Events by (sort_start, sort_end, id)."""
        with self._database.reading() as connection:
            return eventsearch.find_page(connection, timeline, query)

    def read_page(
        self, timeline: str, query: EventQuery
    ) -> tuple[StoredTimeline, tuple[StoredEvent, ...]] | None:
        """The timeline with its events, in one snapshot, or None."""
        with self._database.reading() as connection:
            found = timelines.find(connection, timeline)
            if found is None:
                return None
            return found, eventsearch.find_page(connection, timeline, query)

    @contextmanager
    def open_events(
        self, timeline: str, query: EventQuery
    ) -> Iterator[tuple[StoredTimeline, Iterator[StoredEvent]] | None]:
        """The timeline with all events that fit, in one snapshot while it is open, or None."""
        with self._database.reading() as connection:
            found = timelines.find(connection, timeline)
            yield (
                None
                if found is None
                else (
                    found,
                    eventsearch.stream(connection, timeline, query),
                )
            )

    def find_event(self, timeline: str, event_id: str) -> StoredEvent | EventId | None:
        """The event, or the id it answers under now, or None."""
        with self._database.reading() as connection:
            return events.find(connection, timeline, event_id)

    def read_event(
        self, timeline: str, event_id: str
    ) -> tuple[StoredEvent, Lineage] | EventId | None:
        """`find_event` with how the event came to be, in one snapshot."""
        with self._database.reading() as connection:
            found = events.find(connection, timeline, event_id)
            if not isinstance(found, StoredEvent):
                return found
            return found, histories.read_lineage(connection, timeline, event_id)

    def list_changes(
        self, timeline: str, event_id: str, *, limit: int, after: int
    ) -> tuple[StoredChange, ...]:
        """What became of an event, by revision."""
        with self._database.reading() as connection:
            return histories.list_changes(connection, timeline, event_id, limit=limit, after=after)

    def list_endings(self, timeline: str, *, limit: int) -> tuple[Ending, ...]:
        """Events that are no more, the latest end first."""
        with self._database.reading() as connection:
            return endings.list_endings(connection, timeline, limit=limit)

    def find_times(self, timeline: str, revisions: Collection[int]) -> Mapping[int, float]:
        """When each of these revisions was written, of those still known."""
        with self._database.reading() as connection:
            return endings.find_times(connection, timeline, revisions)

    def waiting(self, *, at_most: int = MOST_COUNTED) -> int:
        """How many articles can be claimed now, counted up to `at_most`."""
        row = self._database.look_up(claims.WAITING, at_most=at_most)
        return cast("tuple[int]", row)[0]

    def vitals(self) -> Vitals:
        """What waits, since when, and what room is left."""
        return read_vitals(self._database, at_most=MOST_COUNTED)

    def totals(self) -> Totals:
        """The kept counts of all timelines together."""
        return read_totals(self._database)

    def claim(
        self, token: str, *, limit: int, characters: int, lease: float
    ) -> tuple[Claimed, ...]:
        """Claim the oldest waiting articles of one timeline."""
        with self._database.writing() as connection:
            return claims.claim(connection, token, limit=limit, characters=characters, lease=lease)

    def renew(self, token: str, lease: float) -> tuple[ArticleId, ...]:
        """Extend what `token` still holds; the ids."""
        with self._database.writing() as connection:
            return claims.renew(connection, token, lease)

    def release(self, token: str) -> int:
        """Give back what `token` still holds, uncounted as attempts; how many."""
        with self._database.writing() as connection:
            return claims.release(connection, token)

    def give_up(self, token: str, article_id: ArticleId) -> None:
        """End this attempt unfinished; LostClaimError when `token` no longer holds it."""
        with self._database.writing() as connection:
            claims.give_up(connection, token, article_id)

    @contextmanager
    def snapshot(self, timeline: str) -> Iterator[Snapshot]:
        """One consistent view of a timeline while it is open."""
        with self._database.reading() as connection:
            yield open_snapshot(connection, timeline)

    def commit(
        self,
        claimed: Claimed,
        token: str,
        *,
        reading: Reading,
        plan: MergePlan,
        rows: Sequence[EventRow],
        expected_revision: int,
    ) -> int:
        """Write reading, plan and change rows; StaleRevisionError or LostClaimError otherwise."""
        with self._database.writing() as connection:
            return merges.commit(
                connection,
                claimed,
                token,
                reading=reading,
                plan=plan,
                rows=rows,
                expected_revision=expected_revision,
            )

    def find_merger(self, timeline: str) -> str | None:
        """The token that holds the timeline's merge lease, or None."""
        row = self._database.look_up(timelines.MERGER, at_name=timeline)
        return None if row is None else str(row[0])

    def take_merge_lease(self, timeline: str, token: str, seconds: float) -> bool:
        """Whether `token` now holds the timeline's merge lease."""
        with self._database.writing() as connection:
            return timelines.take_merge_lease(connection, timeline, token, seconds)

    def drop_merge_lease(self, timeline: str, token: str) -> None:
        """End the merge lease if `token` holds it."""
        with self._database.writing() as connection:
            timelines.drop_merge_lease(connection, timeline, token)

    def _add_all(self, batches: Sequence[accepting.Batch]) -> Sequence[tuple[Added, ...]]:
        with self._database.writing() as connection:
            return accepting.add(connection, batches)
