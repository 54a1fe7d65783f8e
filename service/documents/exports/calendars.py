"""iCalendar (RFC 5545, with the names of RFC 7986): one all-day entry an event.

Left out unless `coarse` is asked for: what is known less finely than by the month or has no first
day. Always left out: what has no day at all, and years before 1 or after 9999, which the format
cannot write. What an entry's days do not say stands in its SUMMARY in words, and exactly in X-EDTF.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from service.documents.exports.exported import PRODUCT, Export
from service.documents.exports.instants import rfc3339
from service.documents.exports.markup import address, isolated, one_line, printable
from service.documents.exports.precision import is_coarse
from service.documents.exports.told import CivilDate, Date, Source, Told

FOLD = 75
"""Octets that a line may have (section 3.1)."""
STATUSES = {
    "planned": "TENTATIVE",
    "possible": "TENTATIVE",
    "cancelled": "CANCELLED",
    "did_not_happen": "CANCELLED",
}
"""What is not CONFIRMED."""
GONE = "Withdrawn, or told as a part of another event."
"""What is left of an event that is no more: what its sources said may be why it went."""
REFRESH = "PT1H"
"""How often a calendar program should ask again; an unchanged answer costs next to nothing."""
_TEXT = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def render(export: Export) -> str:
    """The timeline as a calendar to subscribe to."""
    lines = [*_head(export), *_entries(export), "END:VCALENDAR"]
    return "".join(_folded(line) for line in lines)


def days(when: Date) -> tuple[date, date] | None:
    """First day, and the day after the last; None where there are none or no way to write them."""
    first = _day(when.start or when.end)
    last = _day(when.end) if when.start and when.end else first
    if first is None or last is None or last == date.max:
        return None
    return first, last + timedelta(days=1)


def _head(export: Export) -> Iterator[str]:
    timeline = export.timeline
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//{PRODUCT}//EN"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    for name in ("NAME", "X-WR-CALNAME"):
        yield f"{name}:{_text(export.title)}"
    if timeline.description:
        for name in ("DESCRIPTION", "X-WR-CALDESC"):
            yield f"{name}:{_text(timeline.description)}"
    yield f"LAST-MODIFIED:{_instant(timeline.updated_at)}"
    yield f"URL:{address(export.address)}"
    yield f"SOURCE;VALUE=URI:{address(export.own_address)}"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}"
    yield f"X-PUBLISHED-TTL:{REFRESH}"


def _entries(export: Export) -> Iterator[str]:
    for event in export.events:
        status = STATUSES.get(event.status, "CONFIRMED")
        yield from _entry(export, event, status, _description(event))
    for each in export.withdrawn:
        yield from _entry(export, each.event, "CANCELLED", GONE)


def _entry(export: Export, event: Told, status: str, says: str) -> Iterator[str]:
    span = days(event.date)
    if span is None or (is_coarse(event.date) and not export.options.coarse):
        return
    first, after = span
    yield "BEGIN:VEVENT"
    yield f"UID:{event.id}@{export.timeline.name}.event-timelines"
    yield f"DTSTAMP:{_instant(event.changed_at)}"
    yield f"LAST-MODIFIED:{_instant(event.changed_at)}"
    yield f"SEQUENCE:{event.revision}"
    yield f"DTSTART;VALUE=DATE:{_written(first)}"
    yield f"DTEND;VALUE=DATE:{_written(after)}"
    yield f"SUMMARY:{_text(_summary(event))}"
    yield f"DESCRIPTION:{_text(says)}"
    if event.places:
        yield f"LOCATION:{_text('; '.join(event.places))}"
    yield f"CATEGORIES:{_text(event.kind)}"
    yield f"STATUS:{status}"
    yield "TRANSP:TRANSPARENT"
    yield f"URL:{address(export.event_address(event))}"
    yield f"X-EDTF:{_text(event.date.edtf)}"
    yield "END:VEVENT"


def _summary(event: Told) -> str:
    """The headline, with the date in words where the days of the entry say more than is known."""
    when = event.date
    known = when.start is not None and when.start_latest in {None, when.start}
    single = known and when.end == when.start
    sure = not (when.inferred or when.approximate)
    plain = sure and (single or (known and when.durative and when.end and not when.ongoing))
    headline = one_line(event.headline)
    return headline if plain else f"{isolated(headline)} ({when.display})"


def _description(event: Told) -> str:
    said = [event.date.display, ", ".join(event.remarks), *map(_told, event.sources)]
    return "\n\n".join(part for part in (*said, *event.conflicts) if part)


def _told(source: Source) -> str:
    who = (isolated(one_line(source.outlet)), source.published_day)
    quote = isolated(one_line(source.quote))
    lines = (f"“{quote}”", f"— {', '.join(filter(None, who))}", address(source.url))
    return "\n".join(line for line in lines if line)


def _day(day: CivilDate | None) -> date | None:
    if day is None or not 1 <= day.year <= date.max.year:
        return None
    return date(*day)


def _written(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _instant(seconds: float) -> str:
    return rfc3339(seconds).replace("-", "").replace(":", "")


def _text(text: str) -> str:
    """`text` as a value of type TEXT (section 3.3.11)."""
    lines = "\n".join(printable(text).splitlines())
    return lines.translate(_TEXT)


def _folded(line: str) -> str:
    """`line` in lines of at most FOLD octets, never within a character."""
    octets = line.encode()
    folded, begin, room = [], 0, FOLD
    while len(octets) - begin > room:
        end = begin + room
        while octets[end] & 0xC0 == 0x80:  # within a character of UTF-8
            end -= 1
        folded.append(octets[begin:end].decode())
        begin, room = end, FOLD - 1  # the space that begins the next line counts
    folded.append(octets[begin:].decode())
    return "\r\n ".join(folded) + "\r\n"
