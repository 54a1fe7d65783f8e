"""The page of a timeline: what happened when, how sure that is, and how many say so."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Response, render_template, request

from service.api.access.guard import the_standing, the_visitor
from service.api.described import routes
from service.api.pages.filters import form_of
from service.api.pages.listing import MOST, given_filters, read_listing
from service.api.pages.offers import offers_of
from service.api.pages.refusals import refuse_in_pages
from service.api.wire.answers import digest, not_modified, tagged
from service.api.wire.assets import address_of
from service.api.wire.hosts import is_framed
from service.api.wire.htmlpages import HTML, look
from service.api.wire.paths import TIMELINE_PATH, no_timeline

timeline_pages = refuse_in_pages(routes("timeline-pages", "Timelines, for people."))

PAGE = {"type": "string"}
PARTS = {"list": "parts/list.html"}
"""What a script asks for alone."""


@timeline_pages.route("/timelines/<timeline>", parameters=[TIMELINE_PATH])
@timeline_pages.response(200, PAGE, content_type=HTML, description="The page.")
@timeline_pages.alt_response(
    422, schema=PAGE, content_type=HTML, description="The page, with what is wrong with a filter."
)
def get_timeline_page(timeline: str) -> Response:
    """See a timeline: by year and month, filtered by the parameters of the API.

    It lists up to 1,000 events.
    """
    standing = the_standing(timeline)
    if standing is None or (is_framed() and not standing.public):
        raise no_timeline(timeline)
    asked = f"{request.host_url} {request.full_path} {look()} {the_visitor()}"
    shown = digest(asked.encode("utf-8", "surrogatepass"))
    tag = f'W/"{standing.revision}-{standing.state}-{shown}"'
    return not_modified(tag) or _send(timeline, tag)


def _send(timeline: str, tag: str) -> Response:
    listing = read_listing(timeline)
    text = render_template(
        PARTS.get(request.args.get("part", ""), "timeline.html"),
        asset=address_of,
        listing=listing,
        timeline=listing.timeline,
        form=form_of(given_filters()),
        most=MOST,
        embed=is_framed(),
        offers=offers_of(timeline, urlencode(given_filters()), public=listing.timeline.public),
    )
    status = 422 if listing.faults else 200
    response = Response(text, status, content_type=f"{HTML}; charset=utf-8")
    return response if listing.faults else tagged(response, tag)
