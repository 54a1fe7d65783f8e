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

    `content_type` is what is sent; `saved` says that programs keep it as a file; `options` are the
    names of its parameters.
    """

    name: str
    title: str
    media_type: str
    content_type: str
    render: Callable[[Export], str]
    saved: bool = False
    options: frozenset[str] = frozenset()

    @property
    def suffix(self) -> str:
        """What an address ends with."""
        return f".{self.name}"


_FORMATS = (
    Format(
        name="ics",
        title="Calendar (iCalendar)",
        media_type="text/calendar",
        content_type="text/calendar; charset=utf-8",
        render=calendars.render,
        saved=True,
        options=frozenset({"coarse"}),
    ),
    Format(
        name="atom",
        title="Feed (Atom)",
        media_type="application/atom+xml",
        content_type="application/atom+xml",
        render=feeds.render_atom,
    ),
    Format(
        name="feed.json",
        title="Feed (JSON Feed)",
        media_type="application/feed+json",
        content_type="application/feed+json",
        render=feeds.render_json,
    ),
    Format(
        name="csv",
        title="Table (CSV)",
        media_type="text/csv",
        content_type="text/csv; charset=utf-8; header=present",
        render=table.render,
        saved=True,
        options=frozenset({"bom"}),
    ),
    Format(
        name="timelinejs.json",
        title="TimelineJS",
        media_type="application/vnd.timelinejs+json",
        content_type="application/vnd.timelinejs+json",
        render=timelinejs.render,
    ),
    Format(
        name="jsonld",
        title="schema.org events (JSON-LD)",
        media_type="application/ld+json",
        content_type="application/ld+json",
        render=jsonld.render,
    ),
    Format(
        name="md",
        title="Text (Markdown)",
        media_type="text/markdown",
        content_type="text/markdown; charset=utf-8",
        render=markdown.render,
        saved=True,
    ),
)

FORMATS: Mapping[str, Format] = MappingProxyType({each.name: each for each in _FORMATS})
"""Every format by its name, in the order in which they are offered."""
SUFFIXES = tuple(each.suffix for each in _FORMATS)
