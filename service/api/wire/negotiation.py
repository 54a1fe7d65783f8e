"""Which format of a timeline a request asks for: by its address, by `format`, by Accept."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Response, request
from werkzeug.datastructures import MIMEAccept

from service.api.wire.addresses import timeline_address
from service.api.wire.answers import JSON
from service.api.wire.problems import ProblemError, printable
from service.documents.exports.formats import FORMATS, Format
from service.documents.jsontext import JsonObject

OWN = "json"
"""The value of `format` that asks for our own document."""
ANYTHING = {None, "", "*/*", JSON}
"""What Accept is most often; each gets our own document."""
NOT_KEPT = frozenset({"format", "limit", "cursor", "view"})
"""Parameters that choose no events."""
LONGEST_QUERY = 160
"""Characters of a query that the header Link repeats for each format."""
BY_TYPE = {each.media_type: each for each in FORMATS.values()}


def chosen_format(timeline: str) -> Format | None:
    """The format that the request at hand asks for; None for our own JSON.

    `format` goes before Accept. Raises ProblemError (406) for what there is not.
    """
    if request.query_string and "format" in request.args:
        return _named(request.args["format"], timeline)
    accept = request.environ.get("HTTP_ACCEPT")
    return None if accept in ANYTHING else _accepted(timeline)


def vary(response: Response) -> Response:
    """`response` of an address whose format Accept may decide."""
    response.vary.add("Accept")
    return response


def export_address(timeline: str, form: Format) -> str:
    """Where the timeline is read in that format."""
    return f"{timeline_address(timeline)}{form.suffix}"


def alternates(timeline: str, besides: Format | None = None) -> str:
    """The other formats of what is asked for, as values of the header Link (RFC 8288).

    Empty for a long query: seven times that would be more header than proxies take.
    """
    query = choosing_query()
    if len(query) > LONGEST_QUERY:
        return ""
    own = () if besides is None else ((timeline_address(timeline), JSON, "Timeline (JSON)"),)
    others = [
        (export_address(timeline, form), form.media_type, form.title)
        for form in FORMATS.values()
        if form is not besides
    ]
    return ", ".join(
        f'<{path}{f"?{query}" if query else ""}>; rel="alternate"; type="{kind}"; title="{title}"'
        for path, kind, title in (*own, *others)
    )


def offered(timeline: str) -> list[JsonObject]:
    """What there is, with media types and addresses."""
    own = {"format": OWN, "type": JSON, "address": timeline_address(timeline)}
    others = [
        {"format": name, "type": form.media_type, "address": export_address(timeline, form)}
        for name, form in FORMATS.items()
    ]
    return [own, *others]


def choosing_query() -> str:
    """What of the query at hand chooses events."""
    left_out = NOT_KEPT.union(*(form.options for form in FORMATS.values()))
    return urlencode([each for each in request.args.items() if each[0] not in left_out])


def _named(name: str, timeline: str) -> Format | None:
    if name == OWN:
        return None
    found = FORMATS.get(name)
    if found is None:
        raise _not_acceptable(f"there is no format '{printable(name)}'", timeline)
    return found


def _accepted(timeline: str) -> Format | None:
    accepted: MIMEAccept = request.accept_mimetypes
    if not accepted:
        return None  # it says nothing that can be read: the same as none
    best = accepted.best_match((JSON, *BY_TYPE))
    if best is None:
        asked = printable(request.headers.get("Accept", ""))
        raise _not_acceptable(f"nothing here is '{asked}'", timeline)
    return BY_TYPE.get(best)


def _not_acceptable(why: str, timeline: str) -> ProblemError:
    names = ", ".join((OWN, *FORMATS))
    return ProblemError(
        "not-acceptable",
        f"{why}: use one of {names}",
        headers={"Vary": "Accept"},
        members={"formats": offered(timeline)},
    )
