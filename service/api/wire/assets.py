"""Files that our pages load, from this service alone: named by their content, compressed once."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Response, request

from service.api.wire.answers import digest

FOLDER = Path(__file__).parents[1] / "files"
SWAGGER_UI = "5.35.0"
"""The version of swagger-ui-dist in `files/swagger_ui`."""
SCRIPT, STYLE = "text/javascript; charset=utf-8", "text/css; charset=utf-8"
PICTURE = "image/svg+xml"
FILES: Mapping[str, tuple[str, str]] = {
    "pages.css": ("pages.css", STYLE),
    "icon.svg": ("icon.svg", PICTURE),
    "page.js": ("page.js", SCRIPT),
    "docs.js": ("docs.js", SCRIPT),
    "swagger-ui.css": ("swagger_ui/swagger-ui.css", STYLE),
    "swagger-ui-bundle.js": ("swagger_ui/swagger-ui-bundle.js", SCRIPT),
}
"""What a page may load: its name, the file, its type."""
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent: as it is and compressed, under a tag that its content gives it."""

    plain: bytes
    packed: bytes
    tag: str
    content_type: str


def address_of(name: str) -> str:
    """Where a page finds the file `name`; another content has another address."""
    stem, _, suffix = name.rpartition(".")
    return f"/assets/{stem}.{load(name).tag}.{suffix}"


def asset(called: str) -> Response | None:
    """The file that an address's last part names, or None when there is no such file now."""
    name = _plain_name(called)
    if name is None or address_of(name) != f"/assets/{called}":
        return None
    found = load(name)
    packs = request.accept_encodings.quality("gzip") > 0
    etag = f'"{found.tag}-gzip"' if packs else f'"{found.tag}"'
    known = request.if_none_match.contains(etag.strip('"'))
    body = b"" if known else found.packed if packs else found.plain
    response = Response(body, 304 if known else 200, content_type=found.content_type)
    response.headers.update({"ETag": etag, "Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"})
    if packs and not known:
        response.headers["Content-Encoding"] = "gzip"
    return response


@cache
def load(name: str) -> Asset:
    """The file, read and compressed once a process (a tenth of a second for the largest)."""
    path, content_type = FILES[name]
    plain = (FOLDER / path).read_bytes()
    return Asset(plain, gzip.compress(plain, 9, mtime=0), digest(plain), content_type)


def _plain_name(called: str) -> str | None:
    """`pages.css` of `pages.<tag>.css`."""
    stem, _, suffix = called.rpartition(".")
    name = f"{stem.rpartition('.')[0]}.{suffix}"
    return name if name in FILES else None
