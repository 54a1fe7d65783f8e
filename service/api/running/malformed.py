"""Requests that are no HTTP: gunicorn's own refusals, given as problems like all others.

gunicorn would answer with a page of HTML and log what it could not read. That may be text of an
article: whatever follows a body that was announced too short is taken for the next request.
"""

from __future__ import annotations

import errno
import logging
import os
import socket
import uuid
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus

from flask import Flask
from gunicorn import util  # type: ignore[import-untyped]  # ships no types
from gunicorn.http import errors  # type: ignore[import-untyped]  # the same
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]  # the same

from service.api.wire.hosts import SECURITY_HEADERS
from service.api.wire.parts import stop_waiting
from service.api.wire.problems import CONTENT_TYPE, http_problem
from service.api.wire.requestids import HEADER
from service.documents.jsontext import dumps

REFUSALS: Mapping[type[Exception], tuple[int, str]] = {
    errors.InvalidRequestLine: (400, "the first line is no request line of HTTP/1.1"),
    errors.InvalidRequestMethod: (400, "the method is none of HTTP: it is upper case"),
    errors.InvalidHTTPVersion: (400, "the version of HTTP is neither 1.0 nor 1.1"),
    errors.InvalidHeaderName: (400, "a header field has a name that HTTP does not allow"),
    errors.InvalidHeader: (400, "a header field has a value that HTTP does not allow, or is twice"),
    errors.ObsoleteFolding: (400, "a header field goes over more than one line"),
    errors.LimitRequestLine: (414, "the address is too long: 4,000 bytes are read"),
    errors.LimitRequestHeaders: (431, "use at most 100 header fields of 8,000 bytes"),
    errors.ExpectationFailed: (417, "the only expectation that is met is 100-continue"),
    errors.UnsupportedTransferCoding: (501, "the only transfer coding that is read is chunked"),
}
"""What gunicorn could not read: the status, and what to tell the client."""
FAULTS = (
    errors.ConfigurationProblem,
    errors.InvalidResponseHeader,
    errors.InvalidResponseHeaderName,
)
"""Errors of its parser that are not the client's."""

logger = logging.getLogger(__name__)


class ProblemWorker(ThreadWorker):  # type: ignore[misc]  # the base class ships no types
    """gunicorn's threads, with problems for requests that never reach the application.

    Its process ends when its grace is over: a client that never finishes its request holds a
    thread, and Python waits for its threads.
    """

    def run(self) -> None:
        """Serve until asked to stop, or until gunicorn's parent process is gone."""
        super().run()
        logging.shutdown()
        os._exit(0)

    def handle_exit(self, sig: int, frame: object) -> None:
        """Stop, and let those who wait for an article answer within the grace."""
        super().handle_exit(sig, frame)
        app = getattr(self, "wsgi", None)  # none yet while it loads
        if isinstance(app, Flask):
            stop_waiting(app)

    def handle_request(self, req: object, conn: object) -> bool:
        """Answer a request; a client that does not take its answer is gone, and that no fault."""
        try:
            return bool(super().handle_request(req, conn))
        except TimeoutError as error:
            raise BrokenPipeError(errno.EPIPE, "the client takes nothing") from error

    def handle_error(
        self, req: object, client: socket.socket, addr: object, exc: Exception
    ) -> None:
        """Tell the client what was wrong with its request; the connection is closed after it."""
        del req, addr
        identity = uuid.uuid4().hex
        status, detail = refusal(exc)
        if status == 500:
            logger.error("request %s failed", identity, exc_info=exc)
        else:
            logger.info("request %s is malformed: %s", identity, type(exc).__name__)
        with suppress(OSError):
            util.write_nonblock(client, answer(status, detail, identity))


def refusal(error: Exception) -> tuple[int, str]:
    """Status and detail for what gunicorn could not read; 500 for anything else."""
    if isinstance(error, FAULTS) or not isinstance(error, errors.ParseException):
        return 500, "the fault was logged under the request_id"
    found = (said for kind, said in REFUSALS.items() if isinstance(error, kind))
    return next(found, (400, "the request breaks the rules of HTTP"))


def answer(status: int, detail: str, identity: str) -> bytes:
    """The whole HTTP answer with the problem document, after which the connection ends."""
    body = dumps(http_problem(status, detail, identity)).encode()
    headers = {
        "Connection": "close",
        "Content-Type": CONTENT_TYPE,
        "Content-Length": str(len(body)),
        HEADER: identity,
        **SECURITY_HEADERS,
    }
    lines = (f"{name}: {value}\r\n" for name, value in headers.items())
    first = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n"
    return "".join((first, *lines, "\r\n")).encode() + body
