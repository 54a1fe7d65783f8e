"""Answers made smaller for clients that take them so: which types, which codings, how well.

A text that is kept ready is kept compressed too (`pages`), so that sending it again costs nothing.
The strong tag of a resource differs by coding, as RFC 9110 (8.8.3.3) asks: `"1-1"` becomes
`"1-1--gzip"`, and is read as `"1-1"` when it comes back, in If-Match as in If-None-Match.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Protocol

import brotli  # type: ignore[import-untyped]  # ships no types
from flask import Flask, Response, g, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from service.documents.exports.formats import FORMATS

TYPES = frozenset(
    {
        "application/json",
        "application/problem+json",
        "application/yaml",
        *(form.media_type for form in FORMATS.values()),
        "text/html",
        "text/plain",
        "text/css",
        "text/javascript",
    }
)
"""What is compressed; event streams never are, for each event must leave at once."""
SMALLEST = 800
"""Bytes below which an answer fits one packet either way."""
GZIP_LEVEL = 6
BROTLI_QUALITY = 5
IDENTITY = "identity"
CODINGS = ("br", "gzip")
"""Codings, the better one first."""
_SUFFIX = re.compile(rf'--({"|".join(CODINGS)})"')


class Packer(Protocol):
    """Compresses what is put in, piece by piece."""

    def put(self, piece: bytes) -> bytes:
        """What comes out so far."""

    def end(self) -> bytes:
        """The rest."""


class _Gzip:
    """Gzip without a time stamp: the same bytes for the same text."""

    def __init__(self) -> None:
        self._packer = zlib.compressobj(GZIP_LEVEL, wbits=31)

    def put(self, piece: bytes) -> bytes:
        return self._packer.compress(piece)

    def end(self) -> bytes:
        return self._packer.flush()


class _Brotli:
    """Brotli for text."""

    def __init__(self) -> None:
        self._packer = brotli.Compressor(mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)

    def put(self, piece: bytes) -> bytes:
        return bytes(self._packer.process(piece))

    def end(self) -> bytes:
        return bytes(self._packer.finish())


PACKERS: dict[str, Callable[[], Packer]] = {"gzip": _Gzip, "br": _Brotli}


def register_compression(app: Flask) -> None:
    """Compress what `app` answers, where the client takes it and it is worth the while."""
    app.before_request(take_plain_tags)
    app.after_request(compress)


def the_coding() -> str:
    """The coding that the request at hand gets: the best that its client takes, or `identity`."""
    return coding_of(request.environ.get("HTTP_ACCEPT_ENCODING", ""))


@lru_cache(maxsize=256)
def coding_of(accepted: str) -> str:
    """The best coding for an Accept-Encoding.

    >>> coding_of("gzip, deflate, br"), coding_of("gzip;q=1.0, br;q=0.5"), coding_of("")
    ('br', 'gzip', 'identity')
    """
    wanted = parse_accept_header(accepted, Accept)
    best = max(CODINGS, key=lambda coding: wanted[coding], default=IDENTITY)
    return best if wanted[best] > 0 and wanted[best] >= _asked(wanted) else IDENTITY


def packed(text: bytes, coding: str) -> bytes:
    """`text` in that coding."""
    if coding == IDENTITY:
        return text
    packer = PACKERS[coding]()
    return packer.put(text) + packer.end()


def is_worthwhile(size: int) -> bool:
    """Whether so many bytes are worth compressing."""
    return size >= SMALLEST


def marked(response: Response, coding: str) -> Response:
    """`response`, whose body is in that coding, saying so."""
    if coding != IDENTITY:
        response.headers["Content-Encoding"] = coding
        response.headers["Vary"] = "Accept-Encoding"
    return response


def take_plain_tags() -> None:
    """Let views see the tags of resources without the coding that they were sent in."""
    for name in ("HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH"):
        given: str = request.environ.get(name, "")
        found = _SUFFIX.search(given)
        if found is not None:
            g.tag_coding = found[1]
            request.environ[name] = _SUFFIX.sub('"', given)


def compress(response: Response) -> Response:
    """`response`, compressed when that is right, and saying on what it hangs."""
    if response.status_code == 304:
        _vary(response)
        return _tag_as_coded(response, g.get("tag_coding", IDENTITY))
    if response.mimetype not in TYPES or response.status_code in {204, 206}:
        return response
    _vary(response)
    coding = the_coding()
    if coding == IDENTITY or "Content-Encoding" in response.headers:
        return response
    if response.is_streamed:
        response.response = _streamed(response.response, PACKERS[coding]())
    elif is_worthwhile(len(response.get_data())):
        response.set_data(packed(response.get_data(), coding))
    else:
        return response
    response.headers["Content-Encoding"] = coding
    return _tag_as_coded(response, coding)


def _tag_as_coded(response: Response, coding: str) -> Response:
    """`response` with a strong tag that is the coding's own; weak ones are for all codings."""
    tag = response.headers.get("ETag", "")
    if tag.startswith('"') and coding != IDENTITY:
        response.headers["ETag"] = f'{tag[:-1]}--{coding}"'
    return response


def _asked(wanted: Accept) -> float:
    """How much the client wants the plain text: less than any coding, unless it says so."""
    said = [quality for value, quality in wanted if value == IDENTITY]
    return said[0] if said else 0.0


def _vary(response: Response) -> None:
    said = response.headers.get("Vary", "")
    if "Accept-Encoding" not in said:
        response.headers["Vary"] = f"{said}, Accept-Encoding" if said else "Accept-Encoding"


def _streamed(pieces: Iterable[bytes | str], packer: Packer) -> Iterator[bytes]:
    try:
        for piece in pieces:
            found = packer.put(piece.encode() if isinstance(piece, str) else piece)
            if found:
                yield found
        yield packer.end()
    finally:
        close = getattr(pieces, "close", None)
        if close is not None:
            close()
