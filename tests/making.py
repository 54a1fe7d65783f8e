"""Values for tests: an article's head, mentions, claims, and a timeline held in memory."""

from __future__ import annotations

from dataclasses import replace

from service.documents.event import event_document
from service.documents.jsontext import canonical
from service.store.base import Claimed
from service.temporal.calendars import GREGORIAN
from service.temporal.interval import Granularity, days
from service.temporal.publication import utc_seconds
from service.temporal.timex import Resolution, Span, TimexType
from service.timeline.ids import article_id, article_key, mention_ids
from service.timeline.merge import plan_merge
from service.timeline.model import (
    ArticleHead,
    Basis,
    Certainty,
    DateClaim,
    Kind,
    Mention,
    Status,
)
from service.timeline.plan import BOUNDS
from service.timeline.twins import place, twin_key

TIMELINE = "story"


def day(iso):
    year, month, of_month = map(int, iso.split("-"))
    return GREGORIAN.to_day(year, month, of_month)


def head(key="a1", published="2026-01-27", **fields):
    empty = {"external_id": key, "publisher": None, "title": None, "url": None}
    return ArticleHead(
        id=article_id(TIMELINE, key),
        key=key,
        published_at=published,
        published_utc=utc_seconds(published),
        **(empty | fields),
    )


def on(first, last=None, **fields):
    """An explicit claim from `first` to `last`, both included."""
    end = day(last or first)
    base = {
        "start": day(first),
        "end": end,
        "earliest": day(first),
        "latest": end,
        "granularity": Granularity.DAY,
        "basis": Basis.EXPLICIT,
        "confidence": 0.9,
    }
    return DateClaim(**(base | fields))


def reported(published, **fields):
    """An undated happening, reported on `published`."""
    shown = day(published)
    bounds = {"earliest": None, "latest": shown + 1, "basis": Basis.REPORTED, "inferred": True}
    return on(published, **(bounds | {"confidence": 0.55} | fields))


def since(first, last, as_of, **fields):
    """Lasting since somewhere from `first` to `last`, told as going on on `as_of`."""
    lasting = {"start_latest": day(last), "end": day(as_of), "latest": None, "durative": True}
    return on(first, last, **(lasting | {"ongoing": True, "as_of": day(as_of)} | fields))


def mention(article=None, *, quote="Quake hits Lima", ordinal=0, date=None, **fields):
    article = article or head()
    ids = mention_ids(article.key, [quote] * (ordinal + 1))
    base = Mention(
        id=ids[-1],
        article_id=article.id,
        article_key=article.key,
        published_utc=article.published_utc,
        published_day=article.published_utc // 86_400,
        quote=quote,
        within="text",
        start=0,
        end=len(quote),
        clause_start=0,
        clause_end=len(quote),
        role="prose",
        kind=Kind.HAPPENING,
        status=Status.HAPPENED,
        certainty=Certainty.ASSERTED,
        date=date or reported(article.published_at[:10]),
        terms=("dozen", "hit", "kill", "quak"),
        names=("lima",),
        headline=quote,
        lead=False,
        evidence=(),
    )
    return replace(base, **fields)


def resolution(text, phrase, first, last=None, **fields):
    """A date for the first `phrase` in `text`, as an engine would give it."""
    start = text.index(phrase)
    base = {
        "span": Span(start, start + len(phrase)),
        "text": phrase,
        "type": TimexType.DATE,
        "value": first,
        "interval": days(day(first), day(last or first)),
        "granularity": Granularity.DAY,
        "confidence": 0.9,
    }
    return Resolution(**(base | fields))


def claimed(**posted):
    """A claimed article as the record hands it to a worker."""
    fields = {"published_at": "2026-01-27T10:00:00-05:00"} | posted
    text = canonical(fields)
    key = article_key(fields.get("external_id"), text)
    known = {name: fields.get(name) for name in ("external_id", "publisher", "title", "url")}
    about = head(key, fields["published_at"], **known)
    return Claimed(
        id=about.id,
        timeline=TIMELINE,
        key=key,
        version=1,
        attempt=1,
        posted=text,
        head=about,
        timezone=fields.get("timezone"),
    )


class World:
    """A timeline in memory that answers as a snapshot of the store does and carries out plans."""

    def __init__(self, bounds=BOUNDS):
        self.bounds = bounds
        self.bodies, self.all_links, self.blocks = {}, set(), {}
        self.sources, self.documents, self.articles, self.aliases = {}, {}, {}, {}
        self.changes = []

    def tell(self, about, mentions):
        """Merge one reading of the article `about`; no mentions retract it. Gives the plan."""
        self.articles[about.id] = about
        plan = plan_merge(self, about, tuple(mentions), self.bounds)
        self.carry_out(plan)
        return plan

    @property
    def revision(self):
        return len(self.changes)

    def own(self, article):
        return tuple(each for _, each in sorted(self.bodies.items()) if each.article_id == article)

    def mentions(self, ids):
        return tuple(self.bodies[key] for key in sorted(ids) if key in self.bodies)

    def twins(self, keys, most):
        return {key: tuple(sorted(place(each) for each in self._class(key)))[:most] for key in keys}

    def count_articles(self, keys, besides):
        telling = {each.article_id for key in keys for each in self._class(key)}
        return len(telling - {besides})

    def lowest(self, blocks, most):
        return {key: self.holders(key)[:most] for key in blocks}

    def holders(self, *blocks):
        return tuple(sorted(key for key, own in self.blocks.items() if own.intersection(blocks)))

    def links(self, ids):
        return frozenset(link for link in self.all_links if link.first in ids or link.second in ids)

    def events(self, ids):
        home = {key: event for event, members in self.sources.items() for key in members}
        return {key: home[key] for key in ids if key in home}

    def members(self, events):
        return {event: frozenset(self.sources[event]) for event in events}

    def heads(self, articles):
        return {each: self.articles[each] for each in articles}

    def carry_out(self, plan):
        self.all_links -= set(plan.links_removed)
        for key in (*plan.removed, *plan.unblocked):
            self.blocks.pop(key, None)
        for key in plan.removed:
            del self.bodies[key]
        for each in plan.added:
            self.bodies[each.id] = each
        for key, block in plan.blocks:
            self.blocks.setdefault(key, set()).add(block)
        self.all_links |= set(plan.links_added)
        for event in plan.events_removed:
            del self.sources[event], self.documents[event]
        for event in plan.events:
            self.sources[event.id] = tuple(each.id for each in event.mentions)
            self.documents[event.id] = event_document(event, self.articles)
            self.aliases.pop(event.id, None)
        self.aliases.update(plan.aliases)
        self.changes.extend(plan.changes)

    def content(self):
        return sorted(self.documents.values())

    def _class(self, key):
        return [each for each in self.bodies.values() if twin_key(each) == key]
