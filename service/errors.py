"""The family of errors. Each has a stable `code`; `service/api/wire/problems.py` makes HTTP of it.

Messages are lower case, name the value and say what would be right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


class TimelineError(Exception):
    """Root of all errors that this project raises on purpose."""

    code: ClassVar[str] = "internal-error"


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing wrong with what a client sent.

    `pointer` is a JSON pointer (RFC 6901) into the body, or the bare name of a query parameter,
    header or path part; `place` says which: "body", "query", "header" or "path".
    """

    pointer: str
    detail: str
    place: str = "body"


class InvalidInputError(TimelineError):
    """What was sent can be read but breaks the contract; `violations` say where and how."""

    code = "invalid-input"

    def __init__(self, *violations: Violation) -> None:
        super().__init__("; ".join(f"{each.pointer}: {each.detail}" for each in violations))
        self.violations = violations


class NotFoundError(TimelineError):
    """The thing asked for is not in the record (which could be read)."""

    code = "not-found"


class TimelineClosingError(TimelineError):
    """A timeline of that name was deleted and its rows are still being removed."""

    code = "timeline-closing"

    def __init__(self, timeline: str) -> None:
        super().__init__(
            f"timeline '{timeline}' was deleted and is being removed: try again in a moment"
        )


class ArticleDiffersError(TimelineError):
    """The article is known with other content; `article_id` names what is there.

    `external_id` is what both are called; None when the content was corrected since it was posted.
    """

    code = "article-differs"

    def __init__(self, article_id: str, external_id: str | None) -> None:
        known = (
            f"external_id '{external_id}' is known as {article_id} with other content"
            if external_id is not None
            else f"this was posted as {article_id}, which was corrected since"
        )
        super().__init__(f"{known}: PUT /v1/articles/{article_id} replaces what is there")
        self.article_id = article_id


class ArticleTakenError(TimelineError):
    """A correction would make an article say just what another one says, `article_id`."""

    code = "article-taken"

    def __init__(self, article_id: str) -> None:
        super().__init__(
            f"{article_id} has just this content, or had it a moment ago: retract one of the two"
        )
        self.article_id = article_id


class StaleVersionError(TimelineError):
    """A correction was meant for another version of the article than the present one."""

    code = "precondition-failed"

    def __init__(self, article_id: str, version: int, reading: int) -> None:
        super().__init__(
            f'article {article_id} is at "{version}-{reading}" by now: read it again, and send '
            "that ETag in If-Match"
        )


class NotFailedError(TimelineError):
    """Another attempt was asked for at an article that did not fail."""

    code = "not-failed"

    def __init__(self, article_id: str, status: str) -> None:
        super().__init__(
            f"article {article_id} is {status}, not failed: PUT corrects it, and "
            "`timelines reprocess` has whole timelines read again"
        )


class HistoryGoneError(TimelineError):
    """Changes were asked for from a revision after which the record does not have them all.

    `members` say what to go on from, beside what every problem says.
    """

    code = "history-gone"

    def __init__(self, timeline: str, *, since: int, revision: int) -> None:
        super().__init__(
            f"timeline '{timeline}' cannot tell all that came after revision {since}: read the "
            f"timeline anew and go on from its revision, which is {revision} now"
        )
        self.timeline = timeline
        self.members = {"timeline": timeline, "revision": revision}


class TooManySubscriptionsError(TimelineError):
    """A timeline has as many subscriptions as it may have."""

    code = "too-many-subscriptions"

    def __init__(self, timeline: str, most: int) -> None:
        super().__init__(
            f"timeline '{timeline}' has {most} subscriptions, and no more are taken: delete one "
            "that is not needed, or have one receiver pass messages on"
        )
        self.timeline = timeline


class UnresolvableError(TimelineError):
    """An expression has no place on the line with the anchor it was given."""

    code = "unresolvable"


class StaleRevisionError(TimelineError):
    """Another commit moved the timeline's revision first; merge again on a new snapshot."""

    code = "stale-revision"


class LostClaimError(TimelineError):
    """The claim on an article ran out or the article has a new version; drop the work."""

    code = "lost-claim"


class StoreUnavailableError(TimelineError):
    """The database cannot be reached or is busy beyond patience; nothing was written."""

    code = "store-unavailable"


class ReadingFailedError(TimelineError):
    """One attempt to read an article failed for a reason that belongs to the article."""

    code = "reading-failed"


class UnreadableArticleError(ReadingFailedError):
    """An article that no further attempt would read; it fails at once.

    `problem` and `title` name the kind of problem that it then shows.
    """

    def __init__(
        self,
        detail: str,
        *,
        problem: str = "reading-failed",
        title: str = "The article could not be read",
    ) -> None:
        super().__init__(detail)
        self.problem = problem
        self.title = title


class SetupError(TimelineError):
    """Something the service needs is missing or taken; the message says how to get it."""

    code = "setup"
