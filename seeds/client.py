"""A plain HTTP client for the three calls that loading samples needs. Standard library only."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import OpenerDirector, ProxyHandler, Request, build_opener

PATIENCE = 30.0
"""Seconds that one answer may take."""
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class ServerError(Exception):
    """Nothing answers at the address, or what answers is not this service; says what to do."""


class RefusedError(Exception):
    """The service answered with a problem; the message is its detail, `status` the HTTP code."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


@dataclass(frozen=True, slots=True)
class Taken:
    """An article that is in the record: its id, its state, and whether it was there before."""

    id: str
    status: str
    was_known: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a timeline is: articles in all, those not yet told, and those that failed."""

    articles: int
    pending: int
    failed: int


class Client:
    """One service by its address; ServerError when that is no http or https address.

    It carries the key in TIMELINES_API_KEY, if there is one.
    """

    def __init__(self, server: str) -> None:
        self.server = server.rstrip("/")
        self._opener = _opener(_host(server))
        self._key = os.environ.get("TIMELINES_API_KEY", "").strip()

    def post(self, timeline: str, body: bytes) -> Taken:
        """Post one article (JSON); RefusedError when the service does not take it."""
        status, document = self._ask("POST", f"{_address(timeline)}/articles", body)
        return Taken(
            id=str(document.get("id", "")),
            status=str(document.get("status", "")),
            was_known=status != 202,
        )

    def find_progress(self, timeline: str) -> Progress | None:
        """How far the timeline is; None when there is no such timeline."""
        try:
            _, document = self._ask("GET", f"{_address(timeline)}?limit=1")
        except RefusedError as error:
            if error.status == 404:
                return None
            raise
        counts = document.get("counts", {}).get("articles", {})
        return Progress(
            articles=sum(counts.get(state, 0) for state in _STATES),
            pending=int(document.get("pending", 0)),
            failed=int(counts.get("failed", 0)),
        )

    def _ask(
        self, method: str, path: str, body: bytes | None = None
    ) -> tuple[int, Mapping[str, Any]]:
        headers = {"Accept": "application/json, application/problem+json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        request = Request(self.server + path, body, headers, method=method)  # noqa: S310  # checked
        if self._key:
            request.add_unredirected_header("Authorization", f"Bearer {self._key}")
        try:
            with self._opener.open(request, timeout=PATIENCE) as response:
                return response.status, _document(response.read(), self.server)
        except HTTPError as error:  # a problem: it has a body like any answer
            with error:
                raise RefusedError(error.code, _detail(error.code, error.read())) from error
        except (HTTPException, OSError) as error:
            raise ServerError(
                f"nothing answers at {self.server} ({_reason(error)}): start the service, "
                "or name another with --server"
            ) from error


_STATES = ("accepted", "processing", "processed", "failed")


def _host(server: str) -> str:
    try:
        parts = urlsplit(server)
        usable = parts.scheme in {"http", "https"} and parts.port != 0
    except ValueError:  # half a bracket, a port that is no number
        usable = False
    if not usable or not parts.hostname:
        raise ServerError(f"server '{server}' is no address: use one like http://127.0.0.1:8000")
    return parts.hostname


def _opener(host: str) -> OpenerDirector:
    """Loopback is reached directly, whatever proxy the environment names."""
    return build_opener(*((ProxyHandler({}),) if host in _LOOPBACK else ()))


def _address(timeline: str) -> str:
    return f"/v1/timelines/{quote(timeline, safe='')}"


def _document(body: bytes, server: str) -> Mapping[str, Any]:
    try:
        document = json.loads(body)
    except ValueError as error:
        raise ServerError(f"what answers at {server} is not this service: no JSON") from error
    if not isinstance(document, dict):
        raise ServerError(f"what answers at {server} is not this service: no JSON object")
    return document


def _detail(status: int, body: bytes) -> str:
    try:
        problem = json.loads(body)
    except ValueError:
        problem = None
    if not isinstance(problem, dict):
        return f"HTTP {status} without a reason"
    places = [
        f"{each.get('pointer', '')}: {each.get('detail', '')}"
        for each in problem.get("errors", ())
        if isinstance(each, dict)
    ]
    said = problem.get("detail") or problem.get("title") or "no reason was given"
    return f"{'; '.join(places) or said} (HTTP {status})"


def _reason(error: Exception) -> str:
    return str(getattr(error, "reason", error)) or type(error).__name__
