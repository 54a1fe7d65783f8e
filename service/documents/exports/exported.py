"""What an export is made from: a timeline, its events as asked for, and where they are served."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.documents.exports.told import Told
from service.documents.timeline import TimelineState

PRODUCT = "Event Timelines"
TAG = "tag:event-timelines,2026:"
"""What ids of feeds begin with (RFC 4151): they stay the same wherever a service is reached."""


GROUPINGS = ("kind", "publisher", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """An event that is no more, as it was last: `event.revision` is that of its end."""

    event: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a client may choose of a format.

    `coarse`: a calendar also has what is known less finely than by the month. `bom`: a table
    begins with the mark by which old spreadsheets know UTF-8. `group`: what slides lie in rows by,
    one of GROUPINGS.
    """

    coarse: bool = False
    bom: bool = False
    group: str = "kind"


PLAIN = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A timeline to export: its state, the events asked for in their order, its addresses.

    `site` is the address of the service without a slash at its end; `here` path and query under
    which this very export is read, `query` what of that query chooses events.
    """

    timeline: TimelineState
    events: Sequence[Told]
    withdrawn: Sequence[Withdrawn] = ()
    site: str
    here: str
    query: str = ""
    options: Options = PLAIN

    @property
    def title(self) -> str:
        """The timeline's title, else its name."""
        return self.timeline.title or self.timeline.name

    @property
    def own_address(self) -> str:
        """Where this export is read."""
        return self.site + self.here

    @property
    def address(self) -> str:
        """Where the timeline is read, with the same choice of events."""
        asked = f"?{self.query}" if self.query else ""
        return f"{self.site}/v1/timelines/{self.timeline.name}{asked}"

    def event_address(self, event: Told) -> str:
        """Where `event` is read with all its evidence."""
        return f"{self.site}/v1/timelines/{self.timeline.name}/events/{event.id}"

    @property
    def tag(self) -> str:
        """The id of this choice of events."""
        asked = f"?{self.query}" if self.query else ""
        return f"{TAG}{self.timeline.name}{asked}"

    def event_tag(self, event: Told) -> str:
        """The id of `event`, the same in every export and for ever."""
        return f"{TAG}{self.timeline.name}/{event.id}"
