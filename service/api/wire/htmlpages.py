"""Pages of HTML: made from a template, tagged by what they say, read by whoever asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from flask import Response, render_template, request

from service.api.wire.answers import digest, not_modified, tagged, weak_etag
from service.api.wire.assets import address_of

HTML = "text/html"
TEMPLATES = Path(__file__).parents[1] / "templates"
JSON = ("application/json", "application/problem+json")


def wants_data() -> bool:
    """Whether the request asks for the same as data, not as a page."""
    return request.accept_mimetypes.best_match((HTML, *JSON), default=HTML) in JSON


def wants_page() -> bool:
    """Whether the request asks for a page before data, as browsers do."""
    return request.accept_mimetypes.best_match((JSON[0], HTML)) == HTML


def page(template: str, **values: object) -> Response:
    """The page that `template` makes of `values`, or 304 for whoever has it already."""
    text = _text(template, values)
    etag = weak_etag(text)
    found = not_modified(etag) or tagged(_whole(text), etag)
    found.headers["Vary"] = "Accept"
    return found


def page_once(template: str, values: Mapping[str, object], *, status: int = 200) -> Response:
    """The page of one moment or one request, which nobody keeps."""
    whole = _whole(_text(template, values), status)
    whole.headers["Cache-Control"] = "no-store"
    return whole


def _text(template: str, values: Mapping[str, object]) -> str:
    return render_template(template, asset=address_of, **values)


def _whole(text: str, status: int = 200) -> Response:
    return Response(text, status, content_type=f"{HTML}; charset=utf-8")


@cache
def look() -> str:
    """A tag of how pages look now, for those whose own tag is made before them."""
    made = b"".join(path.read_bytes() for path in sorted(TEMPLATES.rglob("*.html")))
    loaded = "".join(map(address_of, ("pages.css", "page.js")))
    return digest(made + loaded.encode())
