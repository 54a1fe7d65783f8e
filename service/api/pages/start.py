"""The first page: which timelines there are, and the form to paste an article."""

from __future__ import annotations

from flask import Response

from service.api.access.guard import admit_by, the_caller
from service.api.access.needs import READING_PAGE
from service.api.pages.pasted import empty_form
from service.api.wire.htmlpages import page
from service.api.wire.paging import link_next, read_part
from service.api.wire.parts import the_parts
from service.documents.pages.shelf import timeline_card


def start_page() -> Response:
    """The timelines that the caller may read, one page of them, and the form where he may write."""
    admit_by(READING_PAGE)
    part = read_part(str)
    found = the_parts().store.list_timelines(
        limit=part.most,
        after=None if part.after is None else str(part.after[0]),
        reader=the_caller().reader,
    )
    some, following = part.cut(found, lambda last: (last.name,))
    whole = page(
        "start.html",
        timelines=[timeline_card(each) for each in some],
        following=following,
        is_first=part.after is None,
        may_write=the_caller().has("write"),
        form=empty_form(),
    )
    return link_next(whole, following)
