"""What an export of as many events as there may be costs: CPU and size, format by format.

    python benchmarks/exports.py [EVENTS]

Beside our calendar stands one of the same entries written by the icalendar package.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace

from icalendar import Calendar, Event

from service.api.examples import story
from service.api.examples.exports import story_export
from service.api.reading.exports import MOST
from service.documents.exports.calendars import days
from service.documents.exports.exported import Export
from service.documents.exports.formats import FORMATS
from service.documents.exports.told import Told, read_event
from service.documents.jsontext import dumps, read_object


def main() -> None:
    """Print one line a format."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else MOST
    seconds, events = timed(lambda: made(count))
    export = replace(story_export("x"), events=events)
    print(f"{count:,} events of one source each; reading their documents: {seconds:.2f} s of CPU")
    print(f"{'format':16}{'CPU s':>8}{'MB':>8}")
    for name, form in FORMATS.items():
        seconds, text = timed(lambda form=form: form.render(export))
        print(f"{name:16}{seconds:8.2f}{len(text.encode()) / 1e6:8.1f}")
    seconds, text = timed(lambda: by_library(export))
    print(f"{'icalendar':16}{seconds:8.2f}{len(text) / 1e6:8.1f}")


def made(count: int) -> tuple[Told, ...]:
    """The event of the examples, so many times, each read from its own text."""
    texts = [dumps({**story.EVENT, "id": f"evt_{number:020x}"}) for number in range(count)]
    return tuple(
        read_event(read_object(text), revision=number, changed_at=1.77e9 + number)
        for number, text in enumerate(texts)
    )


def by_library(export: Export) -> bytes:
    """The same calendar by the icalendar package, without its head."""
    calendar = Calendar()
    for event in export.events:
        first, after = days(event.date) or (None, None)
        entry = Event()
        for name, value in (
            ("uid", event.id),
            ("sequence", event.revision),
            ("dtstart", first),
            ("dtend", after),
            ("summary", event.headline),
            ("description", event.sources[0].quote),
            ("url", export.event_address(event)),
            ("status", "CONFIRMED"),
            ("transp", "TRANSPARENT"),
        ):
            entry.add(name, value)
        calendar.add_component(entry)
    return calendar.to_ical()


def timed(work: Callable) -> tuple[float, object]:
    """CPU seconds that `work` took, and what it gave."""
    begun = time.process_time()
    made_of_it = work()
    return time.process_time() - begun, made_of_it


if __name__ == "__main__":
    main()
