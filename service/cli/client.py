"""A small HTTP client for the service's own API, with its problems as values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import OpenerDirector, ProxyHandler, Request, build_opener

from service.errors import SetupError, TimelineError
from service.settings import CLIENT_KEY, is_loopback

PATIENCE = 30.0
"""Seconds that one answer may take."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A status with the JSON document that came with it (RFC 9457 problems are 400 and up).

    `location` is where the thing answered about is, `retry_after` how many seconds to stay away;
    None when the service did not say.
    """

    status: int
    document: Mapping[str, Any]
    location: str | None = None
    retry_after: int | None = None

    @property
    def refused(self) -> bool:
        """Whether the document is a problem."""
        return self.status >= 400


class RefusedError(TimelineError):
    """The service answered a read with a problem; the message is the problem in one line."""

    code = "refused"

    def __init__(self, answer: Answer) -> None:
        super().__init__(problem_line(answer))
        self.answer = answer


class AwayError(SetupError):
    """Nothing answered, or what answered fell silent."""


@dataclass(frozen=True, slots=True)
class Client:
    """One service by its address, without a trailing slash."""

    server: str
    opener: OpenerDirector = field(repr=False)
    patience: float = PATIENCE
    key: str | None = field(default=None, repr=False)

    def read(self, path: str) -> Mapping[str, Any]:
        """The document at `path`; RefusedError for a problem, AwayError when nothing answers."""
        answer = self.ask("GET", path)
        if answer.refused:
            raise RefusedError(answer)
        return answer.document

    def fetch(self, path: str, media_type: str) -> bytes:
        """What is at `path` in a format that is not ours; raises as `read` does."""
        request = Request(self.server + path, headers={"Accept": media_type})  # noqa: S310  # checked
        status, body, headers = self._send(request)
        answer = _answer(status, body if status >= 400 else b"", headers)
        if answer.refused:
            raise RefusedError(answer)
        return body

    def ask(self, method: str, path: str, document: object = None) -> Answer:
        """What the service says to one request; AwayError when nothing answers."""
        body = None if document is None else json.dumps(document).encode("ascii")
        headers = {"Accept": "application/json, application/problem+json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        request = Request(self.server + path, body, headers, method=method)  # noqa: S310  # checked
        return _answer(*self._send(request))

    @contextmanager
    def listen(self, path: str, **headers: str) -> Iterator[Iterator[bytes]]:
        """The lines of the event stream at `path`, as they come, while the context lasts.

        Raises RefusedError for a problem, AwayError when nothing answers; the lines raise AwayError
        when nothing came for as long as `patience`, or the connection broke.
        """
        named = {"Accept": "text/event-stream, application/problem+json", **headers}
        request = Request(self.server + path, headers=named)  # noqa: S310  # checked
        with self._opened(request) as response:
            if response.status >= 400:
                raise RefusedError(_answer(response.status, response.read(), response.headers))
            yield self._lines(response)

    def _lines(self, response: HTTPResponse) -> Iterator[bytes]:
        while True:
            with self._answering():
                line = response.readline()
            if not line:
                return
            yield line

    def _send(self, request: Request) -> tuple[int, bytes, Message]:
        with self._answering(), self._opened(request) as response:
            return response.status, response.read(), response.headers

    @contextmanager
    def _opened(self, request: Request) -> Iterator[HTTPResponse]:
        if self.key is not None:
            request.add_unredirected_header("Authorization", f"Bearer {self.key}")
        with self._answering():
            try:
                response = self.opener.open(request, timeout=self.patience)
            except HTTPError as error:  # a problem: it has a body like any answer
                response = error
        with response:
            yield response

    @contextmanager
    def _answering(self) -> Iterator[None]:
        try:
            yield
        except (HTTPException, OSError) as error:
            raise AwayError(
                f"nothing answers at {self.server}: start the service with `timelines up`, "
                "or name another with --server"
            ) from error


def client(
    server: str, *, patience: float = PATIENCE, environ: Mapping[str, str] | None = None
) -> Client:
    """A client of `server` that waits `patience` seconds for an answer.

    It carries the key that TIMELINES_API_KEY names in `environ`. Raises SetupError unless the
    server is an http or https address. Loopback is reached directly, whatever proxy the
    environment names.
    """
    try:
        parts = urlsplit(server)
        host = parts.hostname if parts.port != 0 and parts.scheme in {"http", "https"} else None
    except ValueError:
        host = None
    if not host:
        raise SetupError(f"server '{server}' is no address: use one like http://127.0.0.1:8000")
    direct = (ProxyHandler({}),) if is_loopback(host) else ()
    key = (environ or {}).get(CLIENT_KEY, "").strip() or None
    if key is not None and not (key.isascii() and key.isprintable()):
        raise SetupError(f"{CLIENT_KEY} is no key: copy it whole, without line ends")
    return Client(server.rstrip("/"), build_opener(*direct), patience, key)


def problem_line(answer: Answer) -> str:
    """A problem in one line: each violation with its pointer, else detail, else title."""
    problem = answer.document
    errors = problem.get("errors")
    if isinstance(errors, Sequence) and not isinstance(errors, str) and errors:
        return "; ".join(_violation(each) for each in errors)
    said = problem.get("detail") or problem.get("title") or "no reason was given"
    return f"{said} (HTTP {answer.status})"


def _violation(error: object) -> str:
    if not isinstance(error, Mapping):
        return str(error)
    where = str(error.get("pointer") or "")
    place = error.get("in")
    if place not in {None, "body"}:
        where = f"{place} {where}".strip()
    return f"{where or 'the article'}: {error.get('detail', 'is refused')}"


def _answer(status: int, body: bytes, headers: Message) -> Answer:
    try:
        document = json.loads(body)
    except ValueError:
        document = None
    known = document if isinstance(document, dict) else {}
    wait = headers.get("Retry-After", "")
    seconds = int(wait) if wait.isascii() and wait.isdigit() else None
    return Answer(status, known, headers.get("Location"), seconds)
