"""Answers made of ready JSON text, with entity tags and 304 for whoever has them already."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from flask import Response, request

from service.documents.jsontext import JsonObject, dumps

JSON = "application/json"


def answer(
    document: bytes | str | JsonObject, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """A JSON answer from a document or from its ready text."""
    text = document if isinstance(document, str | bytes) else dumps(document)
    return Response(text, status, dict(headers or {}), content_type=JSON)


def answer_read(document: str | JsonObject) -> Response:
    """The answer to a read whose text says best whether it changed: 304 when the client has it."""
    text = document if isinstance(document, str) else dumps(document)
    etag = weak_etag(text)
    return not_modified(etag) or tagged(answer(text), etag)


def not_modified(etag: str) -> Response | None:
    """A 304 when `If-None-Match` names `etag`; else None. Compared weakly (RFC 9110, 8.8.3.2)."""
    named = request.environ.get("HTTP_IF_NONE_MATCH")
    if named is None:
        return None
    if named == etag or request.if_none_match.contains_weak(etag.removeprefix("W/").strip('"')):
        return tagged(Response(status=304), etag)
    return None


def tagged(response: Response, etag: str) -> Response:
    """`response` with its tag; caches may keep it and must ask before they use it."""
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache"
    return response


def weak_etag(*parts: str) -> str:
    """A weak tag that changes with any of `parts`."""
    said = digest("\n".join(parts).encode())
    return f'W/"{said}"'


def digest(text: bytes) -> str:
    """Sixteen hexadecimal digits that stand for `text`."""
    return hashlib.blake2b(text, digest_size=8).hexdigest()
