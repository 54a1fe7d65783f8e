"""Corrections: another version of an article, its retraction, its erasure, another attempt.

Each is one commit, and the same for whoever asks for it: the API, or a feed that says that an
article was withdrawn.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from service.announcing import announce
from service.documents.jsontext import read_object
from service.errors import (
    ArticleTakenError,
    InvalidInputError,
    LostClaimError,
    NotFailedError,
    NotFoundError,
    StaleVersionError,
    StoreUnavailableError,
    Violation,
)
from service.intake import draft, fields_of
from service.jobqueue import ARTICLES_QUEUE, JobQueue
from service.merging import commit_withdrawal
from service.store.amendments import Withdrawal
from service.store.base import NewArticle, Store, StoredArticle
from service.wakeups import Wakeups

LOOKS = 12
"""How often an article is looked at again that others change at the same moment."""


def any_version(_version: int) -> bool:
    """Fits every version."""
    return True


@dataclass(frozen=True, slots=True)
class Corrections:
    """Corrects articles in `store`, wakes the workers behind `queue` and who waits for news.

    `fits` says of which version of the article a correction is meant; StaleVersionError is raised
    at another one. NotFoundError is raised for an article that is not there.
    """

    store: Store
    queue: JobQueue
    wakeups: Wakeups

    def replace(
        self,
        article: StoredArticle,
        new: NewArticle,
        *,
        received: float,
        fits: Callable[[int], bool] = any_version,
    ) -> bool:
        """Whether `new` is a further version of `article`; False when it says just that already.

        A retracted article lives again. Raises InvalidInputError for another external_id, and
        ArticleTakenError when another article says just that.
        """
        new = _named(new, article, received)
        for _ in range(LOOKS):
            found = self._find(article.id)
            if not fits(found.version):
                raise StaleVersionError(found.id, found.version, found.reading_number)
            became = self.store.replace_article(found.id, new, found.version)
            if became.outcome == "taken":
                raise ArticleTakenError(became.article_id)
            if became.outcome == "known":
                return False
            if became.outcome == "replaced":
                self.queue.ring(ARTICLES_QUEUE)
                return True
        raise _too_busy(article.id)

    def retract(
        self, article_id: str, *, fits: Callable[[int], bool] = any_version
    ) -> StoredArticle:
        """The article, retracted: it tells nothing from now on; its text and versions stay.

        One that is retracted already is left alone, whatever version was meant.
        """
        for _ in range(LOOKS):
            found = self._find(article_id)
            if found.status == "retracted":
                return found
            if not fits(found.version):
                raise StaleVersionError(found.id, found.version, found.reading_number)
            self._withdraw(Withdrawal(found.id, found.timeline, found.version))
        raise _too_busy(article_id)

    def erase(self, article_id: str, *, fits: Callable[[int], bool] = any_version) -> None:
        """Remove an article with its text, its versions and its quotes, out of history as well."""
        found = self._find(article_id)
        traces = self.store.find_traces(found.timeline, found.id)
        for _ in range(LOOKS):
            if not fits(found.version):
                raise StaleVersionError(found.id, found.version, found.reading_number)
            if self._withdraw(Withdrawal(found.id, found.timeline, found.version, traces)):
                return
            found = self._find(article_id)
        raise _too_busy(article_id)

    def retry(self, article_id: str) -> StoredArticle:
        """The failed article, waiting to be read again; NotFailedError for any other."""
        if not self.store.retry_article(article_id):
            raise NotFailedError(article_id, self._find(article_id).status)
        self.queue.ring(ARTICLES_QUEUE)
        return self._find(article_id)

    def _find(self, article_id: str) -> StoredArticle:
        found = self.store.find_article(article_id)
        if found is None or self.store.find_revision(found.timeline) is None:
            raise NotFoundError(f"no article '{article_id}'")
        return found

    def _withdraw(self, of: Withdrawal) -> bool:
        """Whether it was written; else another version came first."""
        try:
            revision = commit_withdrawal(self.store, of, secrets.token_hex(16))
        except LostClaimError:
            return False
        announce(self.store, self.queue, self.wakeups, timeline=of.timeline, revision=revision)
        return True


def _named(new: NewArticle, article: StoredArticle, received: float) -> NewArticle:
    """`new` under the external_id of the article, which it may leave out and cannot change."""
    name = read_object(article.posted).get("external_id")
    if new.external_id == name:
        return new
    if new.external_id is None:
        fields = {**fields_of(new), "external_id": name}
        return draft(article.timeline, fields, received=received)
    there = f"is '{name}'" if name is not None else "has none"
    raise InvalidInputError(
        Violation("/external_id", f"cannot change, and the article {there}: leave it out")
    )


def _too_busy(article_id: str) -> StoreUnavailableError:
    return StoreUnavailableError(f"article {article_id} changes all the time: try again")
