"""For each kind of problem one that really came, and what brought it about.

A test brings each about and compares: a page never shows a document that the service would not
send.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.api.wire.negotiation import offered
from service.api.wire.problem_types import PROBLEM_TYPES
from service.documents.jsontext import Json, JsonObject
from service.errors import Violation

ARTICLES = "/v1/timelines/harbour/articles"
ARTICLE_ID = "art_ca434212f333a795554065e1"
ARTICLE = f"/v1/articles/{ARTICLE_ID}"
NO_DATE = (
    "'yesterday' is no date: use RFC 3339 with offset, 2026-01-27T10:00:00-05:00, or a bare date, "
    "2026-01-27"
)
REUSED = "came with another request: give each request a key of its own"
REQUEST_ID = "8f14e45fceea467a9b7c1f0e3d2a6b58"


@dataclass(frozen=True, slots=True)
class ProblemExample:
    """What was asked (`after`), and what the problem said of it."""

    after: str
    detail: str
    instance: str = ARTICLES
    violations: tuple[Violation, ...] = ()
    members: JsonObject = field(default_factory=dict)
    request_id: str | None = REQUEST_ID
    """None where it is a part of another document, which belongs to no request."""


PROBLEM_EXAMPLES: Mapping[str, ProblemExample] = {
    "bad-request": ProblemExample(
        "a POST whose connection ended before its body did",
        "the body breaks off after 20 of 46 bytes",
    ),
    "unreadable-json": ProblemExample(
        'a POST of {"text": "The bridge was closed.", "text": "The bridge is open."}',
        "/text: is there twice: give each field once",
        violations=(Violation("/text", "is there twice: give each field once"),),
    ),
    "key-needed": ProblemExample(
        "a POST of an article without a key, where keys are on",
        "this needs a key with the scope 'write': send Authorization: Bearer",
    ),
    "key-refused": ProblemExample(
        "a POST with a key that was revoked",
        "the key is unknown, revoked or expired",
    ),
    "not-allowed": ProblemExample(
        "a POST with a key that was made to read",
        "the key lacks the scope 'write'",
    ),
    "not-found": ProblemExample(
        "a GET of a timeline that nobody made",
        "no timeline 'harbor': it exists from its first article or PUT",
        "/v1/timelines/harbor",
    ),
    "method-not-allowed": ProblemExample(
        "a PATCH where articles are posted and listed", f"PATCH is not for {ARTICLES}"
    ),
    "not-acceptable": ProblemExample(
        "a GET of a timeline with Accept: application/pdf",
        "nothing here is 'application/pdf': use one of json, ics, atom, feed.json, csv, "
        "timelinejs.json, jsonld, md",
        "/v1/timelines/harbour",
        members={"formats": offered("harbour")},
    ),
    "article-differs": ProblemExample(
        "a POST of an article whose external_id is there with another title",
        f"external_id 'courier-1' is known as {ARTICLE_ID} with other content: PUT {ARTICLE} "
        "replaces what is there",
    ),
    "article-taken": ProblemExample(
        "a PUT that gave one article the content of another",
        "art_251bddb5f7153e52c56516c4 has just this content, or had it a moment ago: retract one "
        "of the two",
        "/v1/articles/art_53622818251209df566240d2",
    ),
    "not-failed": ProblemExample(
        "a POST to retry an article that still waited to be read",
        f"article {ARTICLE_ID} is accepted, not failed: PUT corrects it, and `timelines reprocess` "
        "has whole timelines read again",
        f"{ARTICLE}/retry",
    ),
    "history-gone": ProblemExample(
        "a GET of the changes since a revision that the timeline never had",
        "timeline 'harbour' cannot tell all that came after revision 900: read the timeline anew "
        "and go on from its revision, which is 0 now",
        "/v1/timelines/harbour/changes",
        members={"timeline": "harbour", "revision": 0},
    ),
    "too-many-subscriptions": ProblemExample(
        "a POST of one subscription more than a timeline may have",
        "timeline 'harbour' has 100 subscriptions, and no more are taken: delete one that is not "
        "needed, or have one receiver pass messages on",
        "/v1/timelines/harbour/subscriptions",
    ),
    "precondition-failed": ProblemExample(
        'a DELETE with If-Match: "7-1"',
        f'article {ARTICLE_ID} is at "1-0" by now: read it again, and send that ETag in If-Match',
        ARTICLE,
    ),
    "precondition-required": ProblemExample(
        "a DELETE without If-Match",
        "the header If-Match is missing: send the article's ETag, or * for any version",
        ARTICLE,
    ),
    "timeline-closing": ProblemExample(
        "a POST to a timeline that was deleted a moment before",
        "timeline 'harbour' was deleted and is being removed: try again in a moment",
    ),
    "request-in-progress": ProblemExample(
        'a POST with the Idempotency-Key "a-1" while the first one still ran',
        "the request with the Idempotency-Key 'a-1' is being answered: send it again in a moment",
    ),
    "idempotency-key-reused": ProblemExample(
        'a POST of another article with the Idempotency-Key "a-1"',
        f"the Idempotency-Key 'a-1' {REUSED}",
        violations=(Violation("Idempotency-Key", REUSED, "header"),),
    ),
    "too-large": ProblemExample(
        "a POST of eleven million bytes", "the body is longer than 10,000,000 bytes"
    ),
    "unsupported-media-type": ProblemExample(
        "a POST of an HTML form",
        "content-type 'application/x-www-form-urlencoded' is not read here: use application/json "
        "or application/ld+json or application/x-ndjson",
    ),
    "unknown-host": ProblemExample(
        "a GET of http://news.example/v1/timelines, a name that the operator did not allow",
        "host 'news.example' is not allowed: use localhost or 127.0.0.1, or name it in "
        "TIMELINES_ALLOWED_HOSTS",
        "/v1/timelines",
    ),
    "invalid-input": ProblemExample(
        "a POST of an article that was published 'yesterday'",
        f"/published_at {NO_DATE}",
        violations=(Violation("/published_at", NO_DATE),),
    ),
    "too-many-events": ProblemExample(
        "a GET of a calendar with 10,001 events",
        "more than 10,000 events were asked for: ask for fewer by the filters",
        "/v1/timelines/harbour.ics",
    ),
    "too-many-requests": ProblemExample(
        "a POST right behind a batch of 60 articles, where 60 a minute are allowed",
        "60 articles in 60 s are used up: go on in 1 s",
    ),
    "internal-error": ProblemExample(
        "a fault of the service while it took an article",
        "the fault was logged under the request_id",
    ),
    "store-unavailable": ProblemExample(
        "a POST while another program held the lock of the SQLite file", "the database is locked"
    ),
    "too-many-waiting": ProblemExample(
        "a GET of a stream where each place was taken by another one",
        "no more requests can wait here now: try again in 5 s",
        "/v1/timelines/harbour/stream",
    ),
    "publication-date-missing": ProblemExample(
        "a page without a date in its markup (in the field `problem` of the article)",
        "neither the post nor the page says when the article was published: post it again with "
        "'published_at'",
        request_id=None,
    ),
    "page-without-text": ProblemExample(
        "a page that is built by a script (in the field `problem` of the article)",
        "no text of an article was found in the page: post it in the field 'text'",
        request_id=None,
    ),
    "html-not-supported": ProblemExample(
        "a page for workers without the extra (in the field `problem` of the article)",
        "the workers cannot read HTML: install event-timelines[html] beside them, then retry",
        request_id=None,
    ),
    "reading-failed": ProblemExample(
        "an article whose reading needed more memory than there was (in the field `problem` of the "
        "article)",
        "Reading it ended in an error (MemoryError).",
        request_id=None,
    ),
}


def example_of(code: str) -> JsonObject:
    """The example as the document that was sent."""
    problem, example = PROBLEM_TYPES[code], PROBLEM_EXAMPLES[code]
    document: dict[str, Json] = {"type": f"/problems/{code}", "title": problem.title}
    if example.request_id is not None:
        document["status"] = problem.status
    document["detail"] = example.detail
    if example.violations:
        document["errors"] = [
            {"pointer": each.pointer, "in": each.place, "detail": each.detail}
            for each in example.violations
        ]
    document |= example.members
    if example.request_id is not None:
        document |= {"request_id": example.request_id, "instance": example.instance}
    return document
