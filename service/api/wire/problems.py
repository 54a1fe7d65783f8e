"""Errors as HTTP: the one place where they become `application/problem+json` (RFC 9457)."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from http import HTTPStatus

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from service.api.wire.addresses import timeline_address
from service.api.wire.paging import write_links
from service.api.wire.problem_types import PROBLEM_TYPES
from service.api.wire.requestids import request_id
from service.documents.jsontext import Json, JsonObject, dumps
from service.errors import (
    ArticleDiffersError,
    ArticleTakenError,
    HistoryGoneError,
    InvalidInputError,
    StoreUnavailableError,
    TimelineClosingError,
    TimelineError,
    Violation,
)

logger = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"
RETRY_SECONDS = 2
"""What a client is told to wait when the record cannot be reached."""

CODES: Mapping[int, str] = {
    400: "bad-request",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    415: "unsupported-media-type",
    421: "unknown-host",
    422: "invalid-input",
    500: "internal-error",
}
"""The problem type of a plain HTTP error; other statuses have the type about:blank."""


class ProblemError(TimelineError):
    """A request that HTTP itself has a word for; `code` is a key of PROBLEM_TYPES.

    `members` are told beside what every problem has (RFC 9457, section 3.2).
    """

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        violations: Iterable[Violation] = (),
        headers: Mapping[str, str] | None = None,
        members: JsonObject | None = None,
    ) -> None:
        super().__init__(detail)
        self.problem = code
        self.members = dict(members or {})
        self.violations = tuple(violations)
        self.headers = dict(headers or {})


def register_problems(app: Flask) -> None:
    """Answer every error of `app` with a problem document."""
    app.register_error_handler(TimelineError, answer_error)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_unknown)


def answer_error(error: TimelineError) -> Response:
    """The answer to an error of ours; one that names no problem type is a fault of the service."""
    if _code(error) == "internal-error":
        return _answer_unknown(error)
    document = {**problem_of(error), "request_id": request_id()}
    response = _response(document, PROBLEM_TYPES[_code(error)].status)
    response.headers.update(_headers(error))
    return response


def problem_of(error: TimelineError) -> JsonObject:
    """The problem document of an error, as it also stands in the results of a batch."""
    code = _code(error)
    problem = PROBLEM_TYPES[code]
    found: dict[str, Json] = {
        "type": f"/problems/{code}",
        "title": problem.title,
        "status": problem.status,
        "detail": printable(_detail(error)),
    }
    violations = getattr(error, "violations", ())
    if violations:
        found["errors"] = [
            {"pointer": printable(each.pointer), "in": each.place, "detail": printable(each.detail)}
            for each in violations
        ]
    return {**found, **getattr(error, "members", {})}


def http_problem(status: int, detail: str, identity: str) -> JsonObject:
    """The problem document of a plain HTTP status, for the request of that id."""
    code = CODES.get(status)
    return {
        "type": f"/problems/{code}" if code else "about:blank",
        "title": PROBLEM_TYPES[code].title if code else HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "request_id": identity,
    }


def printable(text: str) -> str:
    """`text` with lone surrogates spelt out, so that it can be sent as UTF-8."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _detail(error: TimelineError) -> str:
    if isinstance(error, InvalidInputError):
        return "; ".join(f"{each.pointer or 'the body'} {each.detail}" for each in error.violations)
    return str(error)


def _code(error: TimelineError) -> str:
    code = error.problem if isinstance(error, ProblemError) else error.code
    return code if code in PROBLEM_TYPES else "internal-error"


def _headers(error: TimelineError) -> Mapping[str, str]:
    match error:
        case ProblemError():
            return error.headers
        case ArticleDiffersError() | ArticleTakenError():
            return {"Location": f"/v1/articles/{error.article_id}"}
        case StoreUnavailableError():
            logger.warning("store unavailable in request %s: %s", request_id(), error)
            return {"Retry-After": str(RETRY_SECONDS)}
        case TimelineClosingError():
            return {"Retry-After": str(RETRY_SECONDS)}
        case HistoryGoneError():
            return {"Link": write_links({"up": timeline_address(error.timeline)})}
    return {}


def _answer_http(error: HTTPException) -> Response:
    if error.response is not None and isinstance(error.response, Response):
        return error.response
    status = error.code or 500
    response = _response(http_problem(status, _http_detail(error), request_id()), status)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _http_detail(error: HTTPException) -> str:
    if error.code == 404:
        return f"nothing is at {printable(request.path)}"
    if error.code == 405:
        return f"{request.method} is not for {printable(request.path)}"
    return printable(error.description or HTTPStatus(error.code or 500).phrase)


def _answer_unknown(error: Exception) -> Response:
    # The message may quote what a client sent: the trace goes to the log, never to the client.
    logger.error("request %s failed", request_id(), exc_info=error)
    document: dict[str, Json] = {
        "type": "/problems/internal-error",
        "title": PROBLEM_TYPES["internal-error"].title,
        "status": 500,
        "detail": "the fault was logged under the request_id",
        "request_id": request_id(),
    }
    return _response(document, 500)


def _response(document: JsonObject, status: int) -> Response:
    return Response(
        dumps({**document, "instance": printable(request.path)}), status, content_type=CONTENT_TYPE
    )
