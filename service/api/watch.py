"""Watching requests: each answer is counted and timed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask, Response, request

from service.api.metrics import Metrics

BEGUN = "timelines.begun"
"""Where the environment of a request keeps when it began, by `time.perf_counter`."""


def register_watch(app: Flask, metrics: Metrics) -> None:
    """Count and time what `app` answers."""
    inner: Callable[..., Iterable[bytes]] = app.wsgi_app

    def begin(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        environ[BEGUN] = time.perf_counter()
        return inner(environ, start)

    def note(response: Response) -> Response:
        took = time.perf_counter() - request.environ[BEGUN]
        metrics.note(request.endpoint, request.method, response.status_code, seconds=took)
        return response

    app.wsgi_app = begin  # type: ignore[method-assign, assignment]  # as Flask's documents say
    app.after_request(note)
