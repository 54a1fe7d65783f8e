"""Many articles in one request: a result for each, and no line that harms its neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from service.api.access.limits import charge
from service.api.bodies import LONGEST_ARTICLE, parse, too_large
from service.api.drafts import external_id_of, read_draft
from service.api.parts import received_now, the_parts
from service.api.problems import ProblemError, problem_of
from service.api.schemas.posted import MOST_ARTICLES
from service.documents.jsontext import Json, JsonObject
from service.errors import ArticleDiffersError, InvalidInputError, TimelineError, Violation
from service.intake import Intake
from service.store.base import Added, NewArticle

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
    """The results of a batch, one for each line in order, after one commit for all that is right.

    Raises ProblemError for more than MOST_ARTICLES lines, before anything is written.
    """
    taken = tuple(lines)
    if len(taken) > MOST_ARTICLES:
        raise too_large(f"{len(taken):,} articles: send at most {MOST_ARTICLES:,} in one request")
    charge(len(taken))
    received = received_now()
    read = [_draft(timeline, line, received) for line in taken]
    drafts = [each for each in read if isinstance(each, NewArticle)]
    parts = the_parts()
    added = iter(Intake(parts.store, parts.queue).accept(timeline, drafts))
    results: list[JsonObject] = [
        {"index": index, **_named(taken[index]), **_result(each, added)}
        for index, each in enumerate(read)
    ]
    return results


def batch_document(results: Sequence[JsonObject]) -> JsonObject:
    """The answer to a batch: its results, and how many there are of each kind."""
    counts = Counter(str(result["status"]) for result in results)
    return {
        "results": results,
        **{status: counts[status] for status in ("accepted", "known", "refused")},
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


def _draft(timeline: str, line: Line, received: float) -> NewArticle | TimelineError:
    if isinstance(line, ProblemError):
        return line
    try:
        return read_draft(timeline, line, received)
    except (ProblemError, InvalidInputError) as error:
        return error


def _named(line: Line) -> JsonObject:
    """The external_id that a line gave, for whoever reads the results."""
    name = None if isinstance(line, ProblemError) else external_id_of(line)
    return {} if name is None else {"external_id": name}


def _result(read: NewArticle | TimelineError, added: Iterator[Added]) -> JsonObject:
    if isinstance(read, TimelineError):
        return {"status": "refused", "problem": problem_of(read)}
    became = next(added)
    if became.outcome != "differs":
        return {"status": became.outcome, "id": became.id}
    problem = problem_of(ArticleDiffersError(became.id, read.external_id))
    return {"status": "refused", "id": became.id, "problem": problem}
