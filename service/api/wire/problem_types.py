"""The kinds of problems as data: what each means and how a client cures it.

`GET /problems/{type}` shows one; `problems.py` makes the answers. Codes of `service.errors` that
can reach a client have the same spelling here. `problem_examples.py` shows one of each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemType:
    """One kind of problem: its HTTP status, a title that never varies, what it means, the cure."""

    status: int
    title: str
    means: str
    cure: str


PROBLEM_TYPES: Mapping[str, ProblemType] = {
    "bad-request": ProblemType(
        status=400,
        title="The request cannot be understood",
        means="The request breaks the rules of HTTP or was cut off on its way.",
        cure="Send the request again, whole; compare it with the example in /openapi.yaml.",
    ),
    "unreadable-json": ProblemType(
        status=400,
        title="The body is not JSON",
        means=(
            "The body is no JSON text in UTF-8, is nested deeper than 32 levels, names a field "
            "twice, or holds a number that JSON does not know (NaN, Infinity, 1e400)."
        ),
        cure="Look at the position or pointer in the problem; let a JSON library write the body.",
    ),
    "key-needed": ProblemType(
        status=401,
        title="This needs a key",
        means=(
            "Keys are on here, and the request has none. Public timelines are read without; all "
            "else takes a key with the scope that the detail names."
        ),
        cure="Send the header Authorization: Bearer with a key. Who runs the service makes one: "
        "timelines keys create --name NAME --scopes read,write.",
    ),
    "key-refused": ProblemType(
        status=401,
        title="The key or token opens nothing",
        means=(
            "The key in Authorization (or the feed token in the address) is unknown here, was "
            "revoked or is past its day, or the header is not 'Bearer' and one key."
        ),
        cure="Look for a cut or a line end in what was copied; else ask for a new one: secrets are "
        "shown once and not kept.",
    ),
    "not-allowed": ProblemType(
        status=403,
        title="The key may not do this",
        means="The key is good, but lacks the scope, or is for another timeline. Or no keys are "
        "needed here, and a web page of another site asked for more than to read.",
        cure="Use a key with the scope that the detail and WWW-Authenticate name. A private "
        "timeline that a key may not read answers 404, as if it were not there.",
    ),
    "not-found": ProblemType(
        status=404,
        title="There is no such thing here",
        means="The address is unknown, or the timeline, article or event is not in the record.",
        cure="GET / lists the addresses, GET /v1/timelines the timelines. A timeline exists from "
        "its first article or PUT. Where keys are on, a private one is not there for whoever may "
        "not read it: send a key or a feed token of it.",
    ),
    "method-not-allowed": ProblemType(
        status=405,
        title="The address does not take this method",
        means="The address exists, but not for the HTTP method of the request.",
        cure="Use one of the methods in the header Allow.",
    ),
    "not-acceptable": ProblemType(
        status=406,
        title="The timeline is not given in that format",
        means="The parameter `format`, or the header Accept, names no format that there is.",
        cure="`formats` lists those that there are with their media types and addresses. An "
        "address that ends with the name of a format needs neither parameter nor header.",
    ),
    "article-differs": ProblemType(
        status=409,
        title="The article is known with other content",
        means=(
            "An article with this external_id is in the timeline already, and its fields differ "
            "from the ones posted; or, without an external_id, what was posted is the former "
            "version of an article that was corrected since. Nothing was changed."
        ),
        cure="The header Location names the article that is there. To correct it, PUT the whole "
        "article there with its ETag in If-Match; post another article under another external_id.",
    ),
    "article-taken": ProblemType(
        status=409,
        title="Another article says just that",
        means=(
            "The correction would give the article the very content of another article of its "
            "timeline, which has no external_id either. Nothing was changed."
        ),
        cure="The header Location names the other one. DELETE one of the two, or give the "
        "articles an external_id when you post them.",
    ),
    "not-failed": ProblemType(
        status=409,
        title="The article did not fail",
        means="Only a failed article can be tried again. Nothing was changed.",
        cure="Look at its `status`: one that waits will be read. To correct an article, PUT it; "
        "to have it read by a newer engine, use `timelines reprocess`.",
    ),
    "history-gone": ProblemType(
        status=410,
        title="The changes since then are not kept any more",
        means=(
            "Changes are kept for a time that the operator sets (90 days, and the last 10,000 of "
            "each timeline, unless told otherwise), and the revision in `since` lies before it. "
            "Or it is one that the timeline never had: it is ahead, or from before the timeline "
            "was deleted and made again."
        ),
        cure="Read the timeline anew (the header Link leads there), keep the `revision` of its "
        "first page, and go on with the changes since that.",
    ),
    "too-many-subscriptions": ProblemType(
        status=409,
        title="The timeline has all the subscriptions that it may have",
        means="A timeline may have 100 subscriptions, paused and disabled ones among them. "
        "Nothing was changed.",
        cure="GET the list: `status`, `reason` and `delivered_at` tell which ones nobody needs, "
        "and DELETE those. One receiver can pass messages on to many; the stream takes as many "
        "readers as the operator allows.",
    ),
    "precondition-failed": ProblemType(
        status=412,
        title="The article is at another version",
        means=(
            "If-Match names no version that the article is at: it was corrected or retracted "
            "since its ETag was seen, or the tag is weak (W/). Nothing was changed."
        ),
        cure="GET the article, look at what changed, and send its ETag in If-Match.",
    ),
    "timeline-closing": ProblemType(
        status=409,
        title="A timeline of that name is being removed",
        means="It was deleted a moment ago, and not all of its articles and events are gone yet.",
        cure="Send the same request again after the seconds in Retry-After.",
    ),
    "request-in-progress": ProblemType(
        status=409,
        title="The same request is being answered",
        means=(
            "A request with this Idempotency-Key came before and has no answer yet. One whose "
            "server died is given up after half a minute, and what it was ready to wait."
        ),
        cure="Send the request again after the seconds in Retry-After: it gets the same answer.",
    ),
    "idempotency-key-reused": ProblemType(
        status=422,
        title="The Idempotency-Key belongs to another request",
        means=(
            "A request with this key came within the last 24 hours, and its method, address, type "
            "or body was another. Nothing was changed."
        ),
        cure="Give each request a key of its own, such as a UUID, and keep it for repetitions.",
    ),
    "too-large": ProblemType(
        status=413,
        title="The body is too large",
        means=(
            "One article may have 2,500,000 bytes, another document 1,000,000, one request "
            "10,000,000 bytes and 1,000 articles."
        ),
        cure="Split the request; leave out what is not text of the article.",
    ),
    "unsupported-media-type": ProblemType(
        status=415,
        title="The body has a type or coding that is not read here",
        means=(
            "Bodies need a Content-Type that the address takes (the header Accept-Post lists "
            "them), in UTF-8 and without Content-Encoding."
        ),
        cure="Send Content-Type: application/json, application/ld+json for JSON-LD, or "
        "application/x-ndjson for one article a line.",
    ),
    "unknown-host": ProblemType(
        status=421,
        title="This service does not answer under that name",
        means=(
            "The Host of the request is not one that the operator allowed. The check keeps web "
            "pages from reaching services on loopback by rebinding a name."
        ),
        cure="Use localhost or 127.0.0.1, or name the host in TIMELINES_ALLOWED_HOSTS.",
    ),
    "invalid-input": ProblemType(
        status=422,
        title="Some of what was sent breaks the contract",
        means="The request was read, but fields or parameters are missing, unknown or wrong.",
        cure="Each entry of errors names the place (a JSON pointer, or a parameter) and the cure.",
    ),
    "too-many-events": ProblemType(
        status=422,
        title="There are too many events for one export",
        means="An export holds all events asked for, at most 10,000 of them; none is left out "
        "silently.",
        cure="Ask for fewer by the filters (from, to, kind, min_sources ...), or read the timeline "
        "page by page as JSON.",
    ),
    "precondition-required": ProblemType(
        status=428,
        title="If-Match is missing",
        means=(
            "A correction must say which version it is meant for, lest it undo another one that "
            "came in between. Nothing was changed."
        ),
        cure="GET the article and send its ETag in If-Match; If-Match: * fits any version.",
    ),
    "too-many-requests": ProblemType(
        status=429,
        title="The caller asks too often",
        means=(
            "Where keys are on, each key, each feed token and each address without either may ask "
            "so often a minute. The header RateLimit-Policy says how often, RateLimit what is left "
            "and when all is back. Posting costs one for each article."
        ),
        cure="Send the same request again after the seconds in Retry-After. Readers save requests "
        "by the change list and longer intervals; many articles cost fewer requests in one batch.",
    ),
    "internal-error": ProblemType(
        status=500,
        title="The service failed",
        means="The fault is in the service, not in the request. It was logged with the request_id.",
        cure="Try again; posting the same article again is safe. Report it with the request_id.",
    ),
    "store-unavailable": ProblemType(
        status=503,
        title="The record cannot be reached",
        means="The database is away or busy beyond patience. Nothing was written.",
        cure="Send the same request again after the seconds in Retry-After.",
    ),
    "too-many-waiting": ProblemType(
        status=503,
        title="No more requests can wait here",
        means=(
            "Streams and long polls each hold a place while they wait, and all places of this "
            "process are taken (TIMELINES_WAITERS). Requests that wait for nothing are answered "
            "as always."
        ),
        cure="Send the same request again after the seconds in Retry-After, or ask without `wait`. "
        "Browsers do not open a refused stream again by themselves.",
    ),
    "publication-date-missing": ProblemType(
        status=422,
        title="The page does not say when it was published",
        means=(
            "The article was posted as HTML without `published_at`, and neither its JSON-LD, its "
            "meta elements nor its <time> elements say when it was published; a date ahead of the "
            "receipt counts for none. It stands as `problem` in the article."
        ),
        cure="Post the page with `published_at`: every relative date is counted from it.",
    ),
    "page-without-text": ProblemType(
        status=422,
        title="The page holds no article",
        means=(
            "The article was posted as HTML, and nothing in it could be told from menus, scripts "
            "and footers as text of an article. It stands as `problem` in the article."
        ),
        cure="Look whether the page builds its text by script; post the text in the field `text`.",
    ),
    "html-not-supported": ProblemType(
        status=503,
        title="The workers cannot read HTML",
        means="The article was posted as HTML, and the workers run without the extra `html`.",
        cure="Install event-timelines[html] beside the workers, then retry the article.",
    ),
    "reading-failed": ProblemType(
        status=500,
        title="The article could not be read",
        means=(
            "The article was accepted and is kept, but three attempts to read it did not end. "
            "It stands as `problem` in the article, and none of its content is in the timeline."
        ),
        cure="POST to its address with /retry to have it tried again, or look at the text for what "
        "is unusual and PUT it mended.",
    ),
}
"""Every problem that this service names, by the last part of its `type`."""
