"""The formats as data: the one list of what a timeline can be exported to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from service.documents.exports import calendars, feeds, jsonld, markdown, table, timelinejs
from service.documents.exports.exported import Export


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format: `suffix` ends its address, `media_type` is what `Accept` asks for.

    `says` tells a reader of the API what is left out and why. `parameters` of the type are what is
    sent besides it; `saved`: programs keep it as a file; `is_feed`: it has what changed last, and
    no more; `cancels`: it tells of events that are no more; `options` are names of its parameters.
    """

    name: str
    title: str
    says: str
    media_type: str
    parameters: str = ""
    render: Callable[[Export], str]
    saved: bool = False
    is_feed: bool = False
    cancels: bool = False
    options: frozenset[str] = frozenset()

    @property
    def suffix(self) -> str:
        """What an address ends with."""
        return f".{self.name}"

    @property
    def content_type(self) -> str:
        """The value of the header Content-Type."""
        return f"{self.media_type}{self.parameters}"

    @property
    def is_json(self) -> bool:
        """Whether its text is JSON."""
        return self.media_type.endswith("+json")


UTF8 = "; charset=utf-8"
FEED_SAYS = (
    f"The {feeds.MOST} events that changed last, newest change first, whatever `order` says. An "
    "entry keeps its id when its event changes. Poll it with If-None-Match."
)
_FORMATS = (
    Format(
        name="ics",
        title="Calendar (iCalendar)",
        says="All-day entries to subscribe to. What is known less finely than by the month, or has "
        "no first day, comes with `coarse=true` only; years before 1 and after 9999 never do. "
        "Without filters, events that ended are there as CANCELLED. `X-EDTF` is the exact date.",
        media_type="text/calendar",
        parameters=UTF8,
        render=calendars.render,
        saved=True,
        cancels=True,
        options=frozenset({"coarse"}),
    ),
    Format(
        name="atom",
        title="Feed (Atom)",
        says=FEED_SAYS,
        media_type="application/atom+xml",
        render=feeds.render_atom,
        is_feed=True,
    ),
    Format(
        name="feed.json",
        title="Feed (JSON Feed)",
        says=FEED_SAYS,
        media_type="application/feed+json",
        render=feeds.render_json,
        is_feed=True,
    ),
    Format(
        name="csv",
        title="Table (CSV)",
        says="One row an event, several values of a cell parted by ` | `; of the sources' own "
        "dates and expressions nothing. A cell that a spreadsheet would take for a formula begins "
        "with an apostrophe.",
        media_type="text/csv",
        parameters=f"{UTF8}; header=present",
        render=table.render,
        saved=True,
        options=frozenset({"bom"}),
    ),
    Format(
        name="timelinejs.json",
        title="TimelineJS",
        says="Give this address to TimelineJS3. Dates have the parts that are known, uncertainty "
        "is said in words (`display_date`). An event without any day is left out.",
        media_type="application/vnd.timelinejs+json",
        render=timelinejs.render,
        options=frozenset({"group"}),
    ),
    Format(
        name="jsonld",
        title="Events (JSON-LD of schema.org)",
        says="An ItemList of Events, each the subject of its articles. `startDate` and `endDate` "
        "are as short as what is known, `temporalCoverage` is exact (EDTF). It can stand in a "
        "script element as it is.",
        media_type="application/ld+json",
        render=jsonld.render,
    ),
    Format(
        name="md",
        title="Text (Markdown)",
        says="By year and month, with all quotes and links: a chronology to publish.",
        media_type="text/markdown",
        parameters=UTF8,
        render=markdown.render,
        saved=True,
    ),
)

FORMATS: Mapping[str, Format] = MappingProxyType({each.name: each for each in _FORMATS})
"""Every format by its name, in the order in which they are offered."""
SUFFIXES = tuple(each.suffix for each in _FORMATS)
