"""TimelineJS3 (Knight Lab): the JSON that its loader reads, with dates in parts.

Left out: events of which neither side of the date is known, for a slide needs a place. Its dates
have parts, never ISO text, which its parser would read in local time; the uncertainty is said in
words (`display_date`), for it has no mark of its own. All text is escaped: its sanitiser lets
frames through.
"""

from __future__ import annotations

import re

from service.documents.exports.exported import Export
from service.documents.exports.markup import address, escaped, gist, line
from service.documents.exports.precision import Parts, span
from service.documents.exports.told import Picture, Told
from service.documents.jsontext import JsonObject, dumps, known

GROUPS = {
    "happening": "What happened",
    "statement": "What was said",
    "planned": "What is planned",
    "state": "What is so",
}
"""The rows of the picture, by kind of event."""

EARLIEST_YEAR, LATEST_YEAR = -271_820, 275_759
"""What JavaScript has dates for; beyond them the library counts in years only."""

PART_NAMES = ("year", "month", "day")
_IS_PICTURE = re.compile(r"(?:jpg|jpeg|png|gif|svg|webp)(?:\?.*)?$", re.IGNORECASE)


def render(export: Export) -> str:
    """The timeline as TimelineJS3 JSON."""
    slides = [slide for event in export.events if (slide := _slide(export, event)) is not None]
    return dumps(
        {
            "title": _title(export),
            "scale": _scale(export),
            "events": slides,
        }
    )


def _title(export: Export) -> JsonObject:
    timeline = export.timeline
    told = f'<p dir="auto">{escaped(timeline.description)}</p>' if timeline.description else ""
    link = f'<a href="{escaped(export.address)}">{len(export.events)} events</a>'
    return {
        "unique_id": f"timeline-{timeline.name}",
        "text": {"headline": escaped(export.title), "text": f"{told}<p>{link}</p>"},
    }


def _slide(export: Export, event: Told) -> JsonObject | None:
    first, last = span(event.date)
    if not first:
        return None
    more = f'<p><a href="{escaped(export.event_address(event))}">All evidence</a></p>'
    return known(
        {
            "unique_id": event.id,
            "start_date": _date(first),
            "end_date": _date(last) if last and last != first else None,
            "display_date": event.date.display,
            "group": _group(event, export.options.group),
            "text": {
                "headline": line(event.headline),
                "text": gist(event) + more,
            },
            "media": None if event.picture is None else _media(event.picture),
        }
    )


def _group(event: Told, by: str) -> str | None:
    """The row of a slide, escaped twice: once is undone before it is set as HTML."""
    names = {"kind": GROUPS.get(event.kind), "publisher": event.best and event.best.outlet}
    name = names.get(by)
    return escaped(line(name)) if name else None


def _date(parts: Parts) -> JsonObject:
    return dict(zip(PART_NAMES, parts, strict=False))


def _media(picture: Picture) -> JsonObject:
    url = address(picture.url)
    if _IS_PICTURE.search(url) is None:
        url += "#.jpg"  # by the end of an address it tells pictures from pages
    return known(
        {
            "url": url,
            "alt": picture.alt or None,
            "caption": escaped(picture.alt) or None,
            "credit": escaped(picture.credit) or None,
        }
    )


def _scale(export: Export) -> str:
    years = [part[0] for event in export.events for part in span(event.date) if part]
    within = all(EARLIEST_YEAR <= year <= LATEST_YEAR for year in years)
    return "human" if within else "cosmological"
