"""The record's protocol, in domain words, and the rows that cross it.

`SqlStore` serves it on SQLite and PostgreSQL; one contract suite holds both. All times are
seconds since 1970 UTC by the *database's* clock. Every method is one transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from service.store.amendments import Amending
from service.store.answers import Answering
from service.store.changelog import ChangeLog, Trimming
from service.store.credentials import KeyCabinet
from service.store.delivering import Delivering
from service.store.eventquery import EventQuery
from service.store.eventrows import EventRow, StoredEvent
from service.store.lineage import Ending, Lineage, StoredChange
from service.store.sessions import SessionBook
from service.store.shelf import EVERYTHING, Reader, TimelineShelf
from service.store.subscribing import Subscribing
from service.store.vitals import Totals, Vitals
from service.temporal.interval import Day
from service.timeline.model import ArticleHead, ArticleId, EventId
from service.timeline.plan import MergePlan, Snapshot

ATTEMPTS = 3
"""Attempts that an article gets before it is `failed`."""

MOST_COUNTED = 10_000
"""Waiting articles are counted up to here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """An article that passed the door. `posted` is the canonical JSON of the fields as posted.

    `image` is that of its picture: {url, alt?, credit?}.
    """

    id: ArticleId
    key: str
    external_id: str | None
    posted: str
    text: str
    title: str | None
    publisher: str | None
    url: str | None
    language: str | None
    published_at: str
    published_utc: int
    timezone: str | None
    image: str | None = None
    html: str | None = None
    """The page that the text is to be read from; `text` is empty then, `posted` has its hash."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one posted article: `outcome` is accepted, known or differs.

    What was retracted is accepted again, as a further version.

    `received_at` is when it was accepted, the same for all that one transaction accepted in a
    timeline; for known and differing ones the moment of this look.
    """

    id: ArticleId
    outcome: str
    received_at: float
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """An article with its state. `reading` is None until it was processed.

    `status` is accepted, processing, processed, failed or retracted; `reading_number` counts the
    readings of this version (the second part of the ETag); `problem` is a problem document as JSON.
    """

    id: ArticleId
    timeline: str
    key: str
    posted: str
    status: str
    outcome: str | None
    version: int
    reading_number: int
    attempts: int
    received_at: float
    language: str | None
    level: str | None
    expressions: tuple[str, ...]
    mentions: tuple[str, ...]
    notices: str
    skipped: str
    problem: str | None
    page: str | None = None
    """What was read in its page, as JSON; None for an article without one."""
    copy_of: ArticleId | None = None
    """The earliest article here that this one is a copy of; looked up for a single article."""
    told_version: int | None = None
    """The former version that the timeline tells until the present one was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """An article that this token holds until the lease runs out. `attempt` counts from 1.

    One beyond ATTEMPTS is `spent`: it is not to be read again, only to be failed.
    """

    id: ArticleId
    timeline: str
    key: str
    version: int
    attempt: int
    posted: str
    head: ArticleHead
    timezone: str | None
    """The article's zone, else the timeline's."""
    html: str | None = None
    """The page to read; None for an article that was posted as text."""
    received_at: float = 0.0
    again: tuple[str, str | None] | None = None
    """Of an article that is read again: the status and outcome that it keeps meanwhile."""

    @property
    def spent(self) -> bool:
        """Whether every attempt that an article gets was cut short before this claim."""
        return self.attempt > ATTEMPTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one finished attempt found in an article; every string is canonical JSON.

    `mentions` are the documents of the article's own list, without `event_id`, each paired with
    its mention id. `outcome` is told or nothing_to_tell. With a `problem` the article failed:
    outcome and level are None then, and nothing was found.
    """

    outcome: str | None
    language: str | None
    """None leaves the language as it was posted or read before."""
    level: str | None
    expressions: tuple[str, ...]
    mentions: tuple[tuple[str, str], ...]
    notices: str
    skipped: str
    signature: tuple[int, ...] = ()
    credits: tuple[str, ...] = ()
    problem: str | None = None
    page: str | None = None
    """What was read in the article's page; None leaves what was read there before."""


class Standing(NamedTuple):
    """How far a timeline is: what is read of it can differ only when (revision, state) differs."""

    revision: int
    pending: int
    """Articles accepted and not told yet."""
    state: int
    """Moves with every change of the counts, the revision or what the timeline says of itself."""
    public: bool
    """Whether everyone may read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTimeline:
    """A timeline with its kept counts (never counted at reading)."""

    name: str
    title: str | None
    description: str | None
    timezone: str | None
    public: bool
    revision: int
    state: int
    updated_at: float
    articles: Mapping[str, int]
    """accepted, processing, processed, failed, nothing_to_tell (a part of processed), retracted."""
    events: Mapping[str, int]
    """happening, statement, planned, state."""
    first_day: Day | None
    last_day: Day | None


class Store(
    Amending,
    Answering,
    ChangeLog,
    Trimming,
    TimelineShelf,
    KeyCabinet,
    SessionBook,
    Subscribing,
    Delivering,
    Protocol,
):
    """The only record. Implementations raise StoreUnavailableError when the database is away."""

    def ping(self) -> None:
        """Return when the database answers and is migrated to the version this code needs."""

    def close(self) -> None:
        """Give back every connection; the store can be used again (before and after a fork)."""

    def add_articles(self, timeline: str, articles: Sequence[NewArticle]) -> tuple[Added, ...]:
        """Commit the new ones as `accepted`, in order; known ids are compared by `posted`.

        Raises TimelineClosingError while a timeline of that name is being removed.
        """

    def find_article(self, article_id: str) -> StoredArticle | None:
        """The article, or None when it is not there."""

    def find_html(self, article_id: str) -> str | None:
        """The page that the article's present version was posted as; None for text."""

    def list_articles(
        self, timeline: str, *, limit: int, after: tuple[float, str] | None
    ) -> tuple[StoredArticle, ...]:
        """Articles by (received_at, id), up to `limit`, strictly after `after`."""

    def find_timeline(self, timeline: str) -> StoredTimeline | None:
        """The timeline, or None. A timeline exists from its first article or `put_timeline`."""

    def find_revision(self, timeline: str) -> Standing | None:
        """(revision, pending, state, public) by one key look-up, or None."""

    def list_timelines(
        self, *, limit: int, after: str | None, reader: Reader = EVERYTHING
    ) -> tuple[StoredTimeline, ...]:
        """Timelines by name, strictly after `after`, that `reader` may read."""

    def list_events(self, timeline: str, query: EventQuery) -> tuple[StoredEvent, ...]:
        """Events that fit, in the query's order, by keyset, up to `query.limit`."""

    def read_page(
        self, timeline: str, query: EventQuery
    ) -> tuple[StoredTimeline, tuple[StoredEvent, ...]] | None:
        """`find_timeline` with its `list_events`, in one consistent snapshot."""

    def open_events(
        self, timeline: str, query: EventQuery
    ) -> AbstractContextManager[tuple[StoredTimeline, Iterator[StoredEvent]] | None]:
        """`read_page` without pages: all that fit, read in pieces while the one snapshot is open.

        `query.limit` is not heeded.
        """

    def find_event(self, timeline: str, event_id: str) -> StoredEvent | EventId | None:
        """The event; the id it now answers under when `event_id` is an alias; else None."""

    def read_event(
        self, timeline: str, event_id: str
    ) -> tuple[StoredEvent, Lineage] | EventId | None:
        """`find_event` with how the event came to be, in one consistent snapshot."""

    def list_changes(
        self, timeline: str, event_id: str, *, limit: int, after: int
    ) -> tuple[StoredChange, ...]:
        """What became of an event, by revision, strictly after `after`; also of one that ended."""

    def list_endings(self, timeline: str, *, limit: int) -> tuple[Ending, ...]:
        """Events that are no more, the latest end first; at most `limit` ends are looked at."""

    def find_times(self, timeline: str, revisions: Collection[int]) -> Mapping[int, float]:
        """When each of these revisions was written, of those that the record still knows."""

    def waiting(self, *, at_most: int = MOST_COUNTED) -> int:
        """How many articles wait to be claimed now: accepted ones and expired claims.

        Counted up to `at_most`, so that the cost does not grow with the backlog.
        """

    def vitals(self) -> Vitals:
        """What waits, since when, and what room is left; a few index steps."""

    def totals(self) -> Totals:
        """The kept counts of all timelines together (never counted)."""

    def claim(
        self, token: str, *, limit: int, characters: int, lease: float
    ) -> tuple[Claimed, ...]:
        """Claim the oldest waiting articles of one timeline, at most `limit` and `characters`.

        Only when none waits, some that were marked to be read again (`Claimed.again`), which keep
        their status and their reading meanwhile. Timelines take turns: of those where articles
        wait, the one last claimed from longest ago.

        Each gets `token`, `claimed_until` = database clock + lease, status processing and one more
        attempt. One with an unfinished attempt behind it comes alone; one whose ATTEMPTS are used
        up comes `spent`, for its failure to be committed.
        """

    def renew(self, token: str, lease: float) -> tuple[ArticleId, ...]:
        """Extend what `token` still holds; the ids still held."""

    def release(self, token: str) -> int:
        """Give back what `token` still holds, uncounted as attempts; how many."""

    def give_up(self, token: str, article_id: ArticleId) -> None:
        """End this attempt unfinished: the article waits again, and the attempt counts."""

    def snapshot(self, timeline: str) -> AbstractContextManager[Snapshot]:
        """One consistent view of a timeline while it is open; NotFoundError when there is none."""

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
        """Write reading, plan and change rows in one short transaction; the new revision.

        The article is `processed` afterwards, or `failed` when the reading has a problem.
        Begins with the compare-and-set of the timeline's revision: StaleRevisionError when another
        commit came first, LostClaimError when token or version no longer fit. A plan without
        changes leaves the revision alone.
        """

    def find_merger(self, timeline: str) -> str | None:
        """The token that holds the timeline's merge lease now, by one key look-up, or None."""

    def take_merge_lease(self, timeline: str, token: str, seconds: float) -> bool:
        """Whether `token` now holds the timeline's merge lease; it only makes stale merges rare."""

    def drop_merge_lease(self, timeline: str, token: str) -> None:
        """End the merge lease if `token` holds it."""
