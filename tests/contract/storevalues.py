"""Small articles, mentions, events and plans for the store's contract tests."""

from collections.abc import Sequence
from dataclasses import replace

from service.documents.jsontext import dumps
from service.documents.traits import Traits
from service.store.base import NewArticle, Reading, Store
from service.store.eventrows import EventRow
from service.temporal.interval import Day, Granularity
from service.timeline.model import (
    ArticleId,
    Basis,
    Certainty,
    DateClaim,
    Event,
    EventId,
    Kind,
    Mention,
    MentionId,
    Pointer,
    Pointing,
    Status,
)
from service.timeline.plan import Change, MergePlan

PROBLEM = '{"title":"no"}'


def article(name, *, timeline="demo", text="Something happened on Tuesday.", **said) -> NewArticle:
    given = {
        "id": ArticleId(f"art_{timeline}_{name}"),
        "key": str(name),
        "external_id": str(name),
        "posted": dumps({"external_id": str(name), "text": text}),
        "text": text,
        "title": f"Title of {name}",
        "publisher": "Example Post",
        "url": None,
        "language": "en",
        "published_at": "2026-01-27T10:00:00-05:00",
        "published_utc": 1_769_526_000,
        "timezone": None,
    }
    return NewArticle(**{**given, **said})


def claim_one(store: Store, by="token", lease=15.0):
    """The one article that a batch of one holds."""
    (claimed,) = store.claim(by, limit=1, characters=1000, lease=lease)
    return claimed


def date(start=20_000, end=None, **bounds) -> DateClaim:
    end = start if end is None else end
    days = {"start": start, "end": end, "earliest": start, "latest": end, **bounds}
    return DateClaim(
        **{side: day if day is None else Day(day) for side, day in days.items()},
        granularity=Granularity.DAY,
        basis=Basis.EXPLICIT,
        confidence=0.9,
    )


def mention(name, of: NewArticle, *, start=0, **said) -> Mention:
    given = {
        "id": MentionId(f"m_{name}"),
        "article_id": of.id,
        "article_key": of.key,
        "published_utc": of.published_utc,
        "published_day": Day(20_480),
        "quote": "Something happened on Tuesday — «یکشنبه».",
        "within": "text",
        "start": start,
        "end": start + 30,
        "clause_start": start,
        "clause_end": start + 29,
        "role": "body",
        "kind": Kind.HAPPENING,
        "status": Status.HAPPENED,
        "certainty": Certainty.ASSERTED,
        "date": date(),
        "pointer": Pointer(
            target=MentionId("m_verdict"), relation=Pointing.APART, least=59, most=62
        ),
        "derivation": ("It is counted from the verdict.",),
        "terms": ("happen", "something"),
        "names": ("iran",),
        "headline": "Something happens",
        "lead": False,
        "evidence": ('{"text":"Tuesday"}',),
    }
    return Mention(**{**given, **said})


def event(*members: Mention, name=None, kind=Kind.HAPPENING, when=None) -> Event:
    return Event(
        id=EventId(f"evt_{name or members[0].id}"),
        headline=members[0].headline,
        kind=kind,
        status=Status.HAPPENED,
        certainty=Certainty.ASSERTED,
        date=when or date(),
        mentions=members,
        conflicts=(),
        source_count=1,
        independent_source_count=1,
        salience=0.5,
    )


def row(of: Event, **said) -> EventRow:
    given = {
        "id": of.id,
        "sort_start": of.date.start,
        "sort_end": of.date.end,
        "earliest": of.date.earliest,
        "latest": of.date.latest,
        "traits": traits(of),
        "document": dumps({"id": of.id, "sources": [each.id for each in of.mentions]}),
    }
    return EventRow(**{**given, **said})


def traits(of: Event) -> Traits:
    return Traits(
        kind=of.kind.value,
        status=of.status.value,
        basis=of.date.basis.value,
        granularity=of.date.granularity.word,
        confidence=of.date.confidence,
        salience=of.salience,
        sources=of.independent_source_count,
    )


def reading(*mentions: Mention, **said) -> Reading:
    given = {
        "outcome": "told" if mentions else "nothing_to_tell",
        "language": "en",
        "level": "full",
        "expressions": ('{"text":"Tuesday"}', '{"text":"1404"}'),
        "mentions": tuple((each.id, dumps({"quote": each.quote})) for each in mentions),
        "notices": '[{"code":"too_short"}]',
        "skipped": "[]",
    }
    return Reading(**{**given, **said})


def plan(of: NewArticle, *events: Event, **said) -> MergePlan:
    """The article's own mentions in these events are added, each in the block `b`."""
    added = tuple(each for one in events for each in one.mentions if each.article_id == of.id)
    given = {
        "article_id": of.id,
        "added": added,
        "blocks": tuple((each.id, "b") for each in added),
        "events": tuple(sorted(events, key=lambda one: one.id)),
        "changes": tuple(Change(type="created", event_id=one.id) for one in events),
    }
    return MergePlan(**{**given, **said})


def tell(store: Store, of: NewArticle, *events: Event, timeline="demo", **said) -> int:
    """Post, claim and commit `of` with a plan of these events; the new revision."""
    store.add_articles(timeline, [of])
    claimed = claim_one(store)
    assert claimed.id == of.id
    made = plan(of, *events, **said)
    return store.commit(
        claimed,
        "token",
        reading=reading(*made.added),
        plan=made,
        rows=[row(one) for one in made.events],
        expected_revision=store.find_revision(timeline)[0],
    )


def grown(of: Event, *more: Mention) -> Event:
    """The event with more members."""
    return replace(of, mentions=(*of.mentions, *more))


def statuses(store: Store, articles: Sequence[NewArticle]) -> list[str]:
    return [store.find_article(each.id).status for each in articles]
