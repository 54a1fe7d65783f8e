"""A timeline of a thousand made-up events, committed as a worker's are, in a second."""

from __future__ import annotations

import random
from collections.abc import Iterator

from service.documents.event import event_document
from service.documents.jsontext import dumps
from service.merging import event_row
from service.store.base import Claimed, NewArticle, Reading
from service.store.sql import SqlStore
from service.timeline.events import build_event
from service.timeline.links import blocks
from service.timeline.model import ArticleHead, Kind, Mention, Status
from service.timeline.plan import Change, MergePlan
from tests.making import head, mention, on

TIMELINE = "thousand"
EVENTS, EACH = 1_000, 100
TOKEN = "thousand"  # noqa: S105  # of a claim, not a secret
OUTLETS = ("Harbour Post", "Meridian Wire", "Northern Ledger", "Pacific Current", "Evening Echo")
DOERS = ("council", "ministry", "union", "police", "court", "hospital", "port authority")
DEEDS = ("closed", "opened", "inspected", "sold", "repaired", "approved", "evacuated")
THINGS = ("bridge", "harbour", "tunnel", "market hall", "pumping station", "archive", "stadium")
PLACES = ("Aldern", "Harrowick", "Marran", "Lenn", "Osterby", "Quilmere", "Vensted", "Zelhof")
KINDS = (
    *((Kind.HAPPENING, Status.HAPPENED),) * 13,
    *((Kind.STATEMENT, Status.HAPPENED),) * 3,
    (Kind.PLANNED, Status.PLANNED),
    (Kind.PLANNED, Status.CANCELLED),
    (Kind.STATE, Status.ONGOING),
    (Kind.HAPPENING, Status.DID_NOT_HAPPEN),
)


def fill(store: SqlStore, events: int = EVENTS) -> None:
    """Write so many events, a hundred an article, the same in every run."""
    chance = random.Random(11)  # noqa: S311  # the same in every run
    for number in range(events // EACH):
        about = _head(number)
        _commit(store, about, tuple(_mentions(about, chance)))


def _head(number: int) -> ArticleHead:
    outlet = OUTLETS[number % len(OUTLETS)]
    return head(
        f"a{number}",
        "2026-07-01",
        external_id=f"a{number}",
        publisher=outlet,
        title=f"The months in review, part {number + 1}",
        url=f"https://{outlet.lower().replace(' ', '-')}.example.org/review/{number + 1}",
    )


def _mentions(about: ArticleHead, chance: random.Random) -> Iterator[Mention]:
    for number in range(EACH):
        doer, deed, thing, place, other = map(chance.choice, (DOERS, DEEDS, THINGS, PLACES, PLACES))
        words = (
            f"The {doer} of {place} {deed} the {thing} near {other} "
            f"after {chance.randrange(2, 900)} complaints"
        )
        kind, status = chance.choice(KINDS)
        yield mention(
            about,
            quote=f"{words}, said {about.publisher} in report {about.key}-{number}.",
            headline=words,
            kind=kind,
            status=status,
            date=_date(chance),
            terms=tuple(sorted({doer, deed, thing, f"{about.key}{number}"})),
            names=tuple(sorted({place.lower(), other.lower()})),
        )


def _date(chance: random.Random):
    year, month, day = (
        chance.randrange(2024, 2026),
        chance.randrange(1, 13),
        chance.randrange(1, 28),
    )
    first, form = f"{year}-{month:02}-{day:02}", chance.random()
    if form < 0.7:
        return on(first, confidence=round(chance.uniform(0.4, 0.98), 2))
    last = f"{year}-{month:02}-28"
    if form < 0.85:  # once, somewhere within
        return on(first, last, confidence=0.7)
    if form < 0.95:  # lasting, from about then
        return on(first, last, durative=True, start_latest=None, approximate=True)
    return on(first, earliest=None, inferred=True, confidence=0.5)


def _commit(store: SqlStore, about: ArticleHead, told: tuple[Mention, ...]) -> None:
    claimed = _claimed(store, about)
    heads = {about.id: about}
    events = sorted((build_event((each,), heads) for each in told), key=lambda event: event.id)
    standing = store.find_revision(TIMELINE)
    assert standing is not None
    store.commit(
        claimed,
        TOKEN,
        reading=_reading(told),
        plan=MergePlan(
            article_id=about.id,
            added=told,
            blocks=tuple((each.id, block) for each in told for block in blocks(each)),
            events=tuple(events),
            changes=tuple(Change(type="created", event_id=each.id) for each in events),
        ),
        rows=[event_row(each, event_document(each, heads), None) for each in events],
        expected_revision=standing.revision,
    )


def _claimed(store: SqlStore, about: ArticleHead) -> Claimed:
    """The article, posted and claimed."""
    said = {name: getattr(about, name) for name in ("external_id", "title", "publisher", "url")}
    posted = {name: value for name, value in said.items() if value}
    article = NewArticle(
        id=about.id,
        key=about.key,
        posted=dumps({**posted, "text": "x", "published_at": about.published_at}),
        text="x",
        published_at=about.published_at,
        published_utc=about.published_utc,
        language=None,
        timezone=None,
        **said,
    )
    store.add_articles(TIMELINE, [article])
    (claimed,) = store.claim(TOKEN, limit=1, characters=1_000, lease=600)
    return claimed


def _reading(told: tuple[Mention, ...]) -> Reading:
    return Reading(
        outcome="told",
        language="en",
        level="full",
        expressions=(),
        mentions=tuple((each.id, dumps({"quote": each.quote})) for each in told),
        notices="[]",
        skipped="[]",
    )
