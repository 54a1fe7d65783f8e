"""Corrections as the record takes them: the values that cross its border, and its protocol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from service.timeline.model import ArticleId

if TYPE_CHECKING:
    from service.store.base import NewArticle
    from service.store.eventrows import EventRow
    from service.timeline.plan import MergePlan


@dataclass(frozen=True, slots=True)
class Replaced:
    """What became of a replacement.

    `outcome` is replaced; known (the article says just that already); stale (it is at another
    version); or taken (`article_id` is another one that says just that). `version` is its version.
    """

    outcome: str
    article_id: ArticleId
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredVersion:
    """One version of an article. `type` is posted, replaced or retracted.

    `posted` are the fields as JSON text; those of a retraction are what it retracted.
    """

    article_id: ArticleId
    timeline: str
    version: int
    type: str
    received_at: float
    posted: str
    page: str | None = None
    """What was read in its page, as JSON."""


@dataclass(frozen=True, slots=True)
class Traces:
    """The change rows whose event quotes an article, as far as the revision `until`."""

    revisions: tuple[int, ...]
    until: int


@dataclass(frozen=True, slots=True)
class Marked:
    """How many articles were marked to be read again, and the place to go on behind."""

    count: int
    last: int


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An article that is to tell nothing any more, at the version that was looked at.

    With `traces` it is erased: its text, versions and quotes go, out of history as well.
    """

    article_id: ArticleId
    timeline: str
    version: int
    traces: Traces | None = None


class Amending(Protocol):
    """What the record promises of corrections; each method is one transaction."""

    def replace_article(self, article_id: str, new: NewArticle, expected_version: int) -> Replaced:
        """Commit a new version that waits to be read; NotFoundError when there is no article.

        What the timeline tells of the former version stays until the new one was read.
        """

    def retry_article(self, article_id: str) -> bool:
        """Let a failed article wait again, with all its attempts; False when it did not fail."""

    def mark_again(
        self, timeline: str | None, *, after: int = 0, failed_only: bool = False
    ) -> Marked | None:
        """Mark a piece of all articles that were read to be read again; None after the last.

        They stay as they are, and told, until each new reading commits; new articles go first.
        """

    def count_again(self, timeline: str | None, *, at_most: int) -> int:
        """How many are still to be read again, counted up to `at_most`."""

    def has_work(self) -> bool:
        """Whether anything can be claimed now, new or to be read again."""

    def withdraw(
        self,
        of: Withdrawal,
        *,
        plan: MergePlan,
        rows: Sequence[EventRow],
        expected_revision: int,
    ) -> int:
        """Retract or erase an article with what `plan` changes by that; the new revision.

        StaleRevisionError when another commit came first, LostClaimError when the article is gone
        or at another version. Whoever works on it loses its claim.
        """

    def find_traces(self, timeline: str, article_id: str) -> Traces:
        """The change rows that quote the article; it looks at every kept row, piece by piece."""

    def list_versions(
        self, article_id: str, *, limit: int, after: int
    ) -> tuple[StoredVersion, ...]:
        """The versions of an article by number, strictly after `after`."""

    def find_version(self, article_id: str, version: int) -> StoredVersion | None:
        """One version, or None."""
