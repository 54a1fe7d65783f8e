"""Timelines to export in tests: events as they are stored, and texts that mean harm."""

from dataclasses import dataclass, field
from itertools import count

from service.documents.dates import date_document
from service.documents.event import event_document
from service.documents.exports.exported import Export, Withdrawn
from service.documents.exports.told import read_event
from service.documents.jsontext import read_object
from service.timeline.events import build_event
from tests.making import head, mention, on

SITE = "https://timelines.example"
CHANGED = 1_769_700_000.0
"""2026-01-29T15:20:00Z, when the first event changed; each later one a second later."""

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(1)</script>",
    "<iframe src='javascript:alert(1)'></iframe>",
    '=HYPERLINK("http://evil.example","click")',
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\t=1+1",
    "a, b; c: \\n \\, done",
    'he said "stop", twice ""',
    "first line\nsecond line\r\nthird",
    "]]> & &amp; &lt;b&gt; &#x41;",
    "END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:evil",
    "*bold* _under_ `code` [link](javascript:alert(1)) ![img](x) ~~no~~ | a | b |",
    "# heading\n- item\n1. one\n> quote\n---",
    "www.evil.example <https://evil.example> &copy; $x$",
    "یکشنبه ۷ بهمن ۱۴۰۴، «اعتراض‌ها» در تهران",
    "\u202eright to left\u202c 🚨👩‍👩‍👧 x\u0301",
    "controls \x01\x08\x0b\x0c\x1b\x7f\u0085\u2028\u2029 end",
    "{{ 7*7 }} ${7*7} %s %(x)s",
    "نقل " + "word " * 999 + "end",
)


@dataclass
class State:
    """A timeline's state as the store gives it."""

    name: str = "harbour"
    title: str | None = None
    description: str | None = None
    timezone: str | None = None
    revision: int = 3
    updated_at: float = CHANGED
    articles: dict = field(default_factory=lambda: {"processed": 4})
    events: dict = field(default_factory=lambda: {"happening": 2})
    first_day: int | None = None
    last_day: int | None = None


NUMBERS = count(1)


def told(date=None, *, revision=1, source=None, sources=1, **fields):
    """An event of `date` (a claim, or its document); `source` goes over each of its sources."""
    number = next(NUMBERS)
    heads = [
        head(
            f"a{number}.{each}",
            publisher=f"Post {each}",
            title=f"Title {each}",
            url=f"https://post{each}.example/{number}",
        )
        for each in range(sources)
    ]
    mentions = [mention(each) for each in heads]
    known = {each.id: each for each in heads}
    document = dict(read_object(event_document(build_event(mentions, known), known)))
    document["date"] = date if isinstance(date, dict) else date_document(date or on("2026-01-27"))
    document["sources"] = [{**each, **(source or {})} for each in document["sources"]]
    document.update({"id": f"evt_{number:020x}", **fields})
    return read_event(document, revision=revision, changed_at=CHANGED + revision - 1)


def export(*events, withdrawn=(), here="/v1/timelines/harbour.x", state=None, **more) -> Export:
    return Export(
        timeline=state or State(),
        events=events,
        withdrawn=tuple(Withdrawn(event=each) for each in withdrawn),
        site=SITE,
        here=here,
        **more,
    )


def hostile_events():
    """Each hostile text as headline, quote, outlet, title, place, participant and picture."""
    return tuple(
        told(
            headline=text,
            source={"quote": text, "publisher": text, "title": text, "attributed_to": text},
            participants=[text],
            places=[text],
            conflicts=[{"field": "date", "values": [{"value": text, "article_ids": ["x"]}]}],
            image={"url": "https://pic.example/a?b=<c>\"'", "alt": text, "credit": text},
            revision=number,
        )
        for number, text in enumerate(HOSTILE, 1)
    )
