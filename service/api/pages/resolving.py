"""The page that shows how the dates of a text are read: the same answer as POST /v1/resolve.

Its form posts: an address holds some 4,000 bytes, which is 700 Persian letters, and stays in
histories and logs. The page is also read by GET, so that an example can be a link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast
from urllib.parse import quote

from flask import Blueprint, Response, request

from service.api.access.forms import read_form
from service.api.access.guard import demand, the_caller, the_visitor
from service.api.reading.resolve import resolved
from service.api.wire.htmlpages import page
from service.api.wire.parts import received_now
from service.documents.dates import iso_instant
from service.documents.jsontext import JsonObject
from service.documents.pages.resolved import pieces, shown
from service.errors import InvalidInputError
from service.intake import RESOLVE_LIMITS

resolve_page = Blueprint("resolve_page", __name__)

FIELDS = ("text", "reference_time", "language")
EXAMPLES: Sequence[Mapping[str, str]] = (
    {
        "text": "The bridge was closed on Tuesday. It had opened in late December 2025, two days "
        "after the vote, and is to open again next month.",
        "reference_time": "2026-01-29",
    },
    {"text": "قطار روز سه‌شنبه ۷ بهمن ۱۴۰۴ متوقف شد.", "reference_time": "2026-01-29"},
)
"""What people can look at with one click: English, and Persian with the Solar Hijri calendar."""


@resolve_page.get("/resolve")
def get_resolve() -> Response:
    """See how the dates of a text are read; where keys are on a stranger signs in first.

    Without a text it is an empty form. What breaks the contract is said at its field (422).
    """
    caller = the_caller()
    if caller.feeds or not caller.is_known:
        way = quote(the_visitor().here, safe="/")
        return Response(status=303, headers={"Location": f"/sign-in?next={way}"})
    demand("read")
    if not request.args.get("text") and not request.args.get("reference_time"):
        return _page({"reference_time": iso_instant(received_now())[:10]})
    return _answered(request.args)


@resolve_page.post("/resolve")
def post_resolve() -> Response:
    """The same for a form, which may be as long as a text that is posted."""
    return _answered(read_form())


def _answered(given: Mapping[str, str]) -> Response:
    fields = {name: given[name] for name in FIELDS if given.get(name)}
    try:
        found = resolved(dict(fields))
    except InvalidInputError as error:
        faults = {each.pointer.strip("/"): _told(each.detail) for each in error.violations}
        response = _page(fields, faults=faults)
        response.status_code = 422
        return response
    expressions = cast("list[JsonObject]", found["expressions"])
    return _page(
        fields,
        language=str(found["language"]),
        pieces=pieces(fields["text"], expressions),
        readings=shown(expressions),
    )


def _told(detail: str) -> str:
    """What is wrong with a field as a sentence: some begin with the value, others say "is"."""
    return detail if detail.startswith("'") else f"This field {detail}"


def _page(
    fields: Mapping[str, str],
    *,
    faults: Mapping[str, str] | None = None,
    **answer: object,
) -> Response:
    response = page(
        "resolve.html",
        fields=fields,
        faults=faults or {},
        answer=answer,
        limits=RESOLVE_LIMITS,
        examples=EXAMPLES,
    )
    response.headers["Cache-Control"] = "no-store"
    return response
