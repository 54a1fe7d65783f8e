"""Many articles in one request: a result for each, and no line that harms its neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias, cast

from service.api.access.limits import charge
from service.api.intake.drafts import Withdrawn, external_id_of, read_posted
from service.api.intake.retracting import withdraw
from service.api.schemas.posted import MOST_ARTICLES
from service.api.wire.bodies import LONGEST_ARTICLE, parse, too_large
from service.api.wire.metrics import the_metrics
from service.api.wire.parts import received_now, the_parts
from service.api.wire.problems import ProblemError, problem_of
from service.documents.jsontext import Json, JsonObject
from service.errors import (
    ArticleDiffersError,
    InvalidInputError,
    NotFoundError,
    TimelineError,
    Violation,
)
from service.intake import Intake
from service.store.base import Added, NewArticle

Read: TypeAlias = "NewArticle | Withdrawn | TimelineError"
"""What a line of a batch is: an article, the withdrawal of one, or why it is neither."""
Line: TypeAlias = "Json | ProblemError"
"""A document of a batch as read, or why it cannot be read."""


def batch_of(document: Json) -> Sequence[Json] | None:
    """The articles of an array or of `{"articles": [...]}`; None when `document` is neither.

    Raises InvalidInputError for an envelope that holds anything else.
    """
    if isinstance(document, list):
        return document
    if not isinstance(document, Mapping) or "articles" not in document:
        return None
    wrong = [
        Violation(f"/{name}", "is no field beside `articles`")
        for name in document
        if name != "articles"
    ]
    articles = document["articles"]
    if wrong or not isinstance(articles, list):
        raise InvalidInputError(*wrong, *_unless_list(articles))
    return articles


def lines_of(body: bytes) -> Iterator[Line]:
    """The documents of an NDJSON body; blank lines do not count."""
    for line in body.removeprefix(b"\xef\xbb\xbf").split(b"\n"):
        if line.strip():
            yield _line(line)


def accept_many(timeline: str, lines: Iterable[Line]) -> list[JsonObject]:
    """The results of a batch, one for each line in order.

    One commit takes all that is right; withdrawals among the lines are done in their order.

    Raises ProblemError for more than MOST_ARTICLES lines, before anything is written.
    """
    taken = tuple(lines)
    if len(taken) > MOST_ARTICLES:
        raise too_large(f"{len(taken):,} articles: send at most {MOST_ARTICLES:,} in one request")
    charge(len(taken))
    received = received_now()
    read = [_draft(timeline, line, received) for line in taken]
    results: list[JsonObject] = []
    for is_withdrawn, some in groupby(read, key=lambda each: isinstance(each, Withdrawn)):
        take = _withdraw if is_withdrawn else _accept
        results += take(timeline, tuple(some))
    return [
        {"index": index, **_named(taken[index]), **result} for index, result in enumerate(results)
    ]


def batch_document(results: Sequence[JsonObject]) -> JsonObject:
    """The answer to a batch: its results, and how many there are of each kind."""
    counts = Counter(str(result["status"]) for result in results)
    for status, count in counts.items():
        the_metrics().posted(status, count)
    return {
        "results": results,
        **{status: counts[status] for status in ("accepted", "known", "retracted", "refused")},
    }


def _unless_list(articles: Json) -> tuple[Violation, ...]:
    return () if isinstance(articles, list) else (Violation("/articles", "must be an array"),)


def _line(line: bytes) -> Line:
    if len(line) > LONGEST_ARTICLE:
        return too_large(f"the line is longer than {LONGEST_ARTICLE:,} bytes")
    try:
        return parse(line)
    except ProblemError as error:
        return error


def _draft(timeline: str, line: Line, received: float) -> Read:
    if isinstance(line, ProblemError):
        return line
    try:
        return read_posted(timeline, line, received)
    except (ProblemError, InvalidInputError) as error:
        return error


def _named(line: Line) -> JsonObject:
    """The external_id that a line gave, for whoever reads the results."""
    name = None if isinstance(line, ProblemError) else external_id_of(line)
    return {} if name is None else {"external_id": name}


def _accept(timeline: str, read: Sequence[Read]) -> Iterable[JsonObject]:
    drafts = [each for each in read if isinstance(each, NewArticle)]
    parts = the_parts()
    added = iter(Intake(parts.store, parts.queue).accept(timeline, drafts))
    return [
        _result(each, next(added)) if isinstance(each, NewArticle) else _refused(each)
        for each in read
    ]


def _withdraw(timeline: str, read: Sequence[Read]) -> Iterable[JsonObject]:
    for each in read:
        try:
            gone = withdraw(timeline, cast("Withdrawn", each))
        except NotFoundError as error:
            yield _refused(error)
        else:
            yield {"status": "retracted", "id": gone.id}


def _refused(read: Read) -> JsonObject:
    return {"status": "refused", "problem": problem_of(cast("TimelineError", read))}


def _result(read: NewArticle, became: Added) -> JsonObject:
    if became.outcome != "differs":
        return {"status": became.outcome, "id": became.id}
    problem = problem_of(ArticleDiffersError(became.id, read.external_id))
    return {"status": "refused", "id": became.id, "problem": problem}
