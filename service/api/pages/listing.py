"""The events that a page of a timeline lists: asked for by the API's own parameters."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from flask import request

from service.api.reading.eventsquery import read_events_query
from service.api.schemas.timelinequery import EventsQuery
from service.api.wire.paging import read_query
from service.api.wire.parts import the_parts
from service.api.wire.paths import no_timeline
from service.documents.jsontext import read_object
from service.documents.pages.groups import Item, Year, by_month, in_order
from service.documents.pages.overview import Bin, overview
from service.documents.pages.rows import Row, read_row
from service.errors import InvalidInputError
from service.store.base import StoredTimeline
from service.store.eventquery import EventQuery, Order
from service.store.eventrows import StoredEvent

MOST = 1_000
"""Events of one page."""
OWN = ("part", "embed", "token")
"""Parameters of the page that are no filters."""
QUERY = EventsQuery()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a page lists: by month, or as `items` where the order is not by date.

    `faults` are what is wrong with each filter; then nothing is listed. `has_more`: the timeline
    has more such events than a page.
    """

    timeline: StoredTimeline
    years: tuple[Year, ...] = ()
    items: tuple[Item, ...] = ()
    bins: tuple[Bin, ...] = ()
    count: int = 0
    has_more: bool = False
    faults: Mapping[str, str]


def given_filters() -> Mapping[str, str]:
    """The filters of the request: forms send empty ones too, which ask for nothing."""
    return {name: text for name, text in request.args.items() if name not in OWN and text.strip()}


def read_listing(timeline: str) -> Listing:
    """The events that the request asks for; raises NotFoundError when there is no such timeline."""
    try:
        query = read_query(QUERY, besides=_besides())
        wanted = read_events_query(query)
    except InvalidInputError as error:
        faults = {each.pointer: each.detail for each in error.violations}
        return Listing(timeline=_read(timeline, EventQuery(top=1))[0], faults=faults)
    standing, found = _read(timeline, replace(wanted))
    rows = tuple(map(_row, found[:MOST]))
    listing = Listing(timeline=standing, count=len(rows), has_more=len(found) > MOST, faults={})
    return _ordered(listing, rows, wanted.order)


def _ordered(listing: Listing, rows: tuple[Row, ...], order: Order) -> Listing:
    if order not in {Order.DATE, Order.LATEST}:
        return replace(listing, items=in_order(rows))
    years = by_month(rows)
    return replace(listing, years=years, bins=overview(years))


def _besides() -> Collection[str]:
    return {*OWN, *request.args} - {*given_filters()}


def _read(timeline: str, wanted: EventQuery) -> tuple[StoredTimeline, tuple[StoredEvent, ...]]:
    with the_parts().store.open_events(timeline, wanted) as opened:
        if opened is None:
            raise no_timeline(timeline)
        standing, events = opened
        return standing, tuple(islice(events, MOST + 1))


def _row(event: StoredEvent) -> Row:
    return read_row(read_object(event.document), day=event.sort_start, last=event.sort_end)
