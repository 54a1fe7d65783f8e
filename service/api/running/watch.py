"""Watching requests: each answer is counted and timed; what is out of the ordinary is a log line.

A line is dear beside a 304, so reads are logged at DEBUG, writes and faults always.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask, Response, has_request_context, request

from service import logs
from service.api.access.guard import the_caller
from service.api.wire.metrics import Metrics
from service.api.wire.paths import is_id
from service.api.wire.requestids import request_id
from service.api.wire.waiting import waited
from service.intake import is_timeline_name

BEGUN = "timelines.begun"
"""Where the environment of a request keeps when it began, by `time.perf_counter`."""
READS = frozenset({"GET", "HEAD", "OPTIONS"})
NAMES: Mapping[str, Callable[[str], bool]] = {
    "timeline": is_timeline_name,
    "article_id": is_id,
    "event_id": is_id,
    "subscription_id": is_id,
    "delivery_id": is_id,
}
"""Parts of addresses that a line names, where they are well formed."""
LOCATED: Mapping[str, str] = {
    "articles": "article_id",
    "subscriptions": "subscription_id",
    "deliveries": "delivery_id",
}
"""What an answer's Location leads to, by the part of the address before its id."""

logger = logging.getLogger(__name__)


def register_watch(app: Flask, metrics: Metrics) -> None:
    """Count, time and log what `app` answers."""
    inner: Callable[..., Iterable[bytes]] = app.wsgi_app

    def begin(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        environ[BEGUN] = time.perf_counter()
        return inner(environ, start)

    def note(response: Response) -> Response:
        took = time.perf_counter() - request.environ[BEGUN] - waited()
        status = response.status_code
        metrics.note(request.endpoint, request.method, status, seconds=took)
        level = level_of(request.method, status)
        if logger.isEnabledFor(level):
            logger.log(level, "request", extra=logs.fields(**_line(response, took)))
        return response

    app.wsgi_app = begin  # type: ignore[method-assign, assignment]  # as Flask's documents say
    app.after_request(note)


def level_of(method: str, status: int) -> int:
    """How much a request is worth a line."""
    if status >= 500:
        return logging.WARNING
    return logging.DEBUG if method in READS else logging.INFO


def request_fields() -> Mapping[str, object]:
    """What a line of the log is about while a request is answered."""
    return {"request_id": request_id()} if has_request_context() else {}


def _line(response: Response, took: float) -> Mapping[str, object]:
    """What a line says of a request: the pattern of its address, never the address."""
    return {
        "request_id": request_id(),
        "method": request.method,
        "route": request.url_rule.rule if request.url_rule else None,
        "status": response.status_code,
        "ms": round(took * 1000, 1),
        **_waited(),
        **_asker(),
        **{name: value for name, value in _named().items() if NAMES[name](value)},
        **_located(response),
    }


def _waited() -> Mapping[str, float]:
    """What the client was ready to wait, which `ms` leaves out."""
    return {"waited_ms": round(waited() * 1000, 1)} if waited() else {}


def _asker() -> Mapping[str, str]:
    """The id of the key or feed token, where there is one: never what opens."""
    found = the_caller().id
    return {} if found is None else {"caller": found}


def _named() -> Mapping[str, str]:
    given = request.view_args or {}
    return {name: given[name] for name in NAMES if name in given}


def _located(response: Response) -> Mapping[str, str]:
    """What was posted, made or asked for, which a worker's lines name again."""
    before, _, found = response.headers.get("Location", "").rpartition("/")
    name = LOCATED.get(before.rpartition("/")[2])
    return {name: found} if name is not None and is_id(found) else {}
