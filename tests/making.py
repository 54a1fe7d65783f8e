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
from service.timeline.merge import block_keys, plan_merge
from service.timeline.model import (
    ArticleHead,
    Basis,
    Certainty,
    DateClaim,
    Kind,
    Mention,
    Status,
)
from service.timeline.plan import Neighbourhood

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
    """A timeline in memory that answers for neighbourhoods and carries out plans."""

    def __init__(self):
        self.mentions, self.links, self.blocks = {}, set(), {}
        self.events, self.documents, self.heads, self.aliases = {}, {}, {}, {}
        self.changes = []

    def tell(self, about, mentions):
        """Merge one reading of the article `about`; no mentions retract it. Gives the plan."""
        self.heads[about.id] = about
        near = self.neighbourhood(about.id, block_keys(mentions))
        plan = plan_merge(near, about, tuple(mentions))
        self.carry_out(plan)
        return plan

    def neighbourhood(self, article, blocks):
        wanted = set(blocks)
        ids = {key for key, each in self.mentions.items() if each.article_id == article}
        ids |= {key for key, own in self.blocks.items() if own & wanted}
        ids = self._closed(ids)
        events = {key: members for key, members in self.events.items() if ids & set(members)}
        links = {link for link in self.links if link.first in ids and link.second in ids}
        articles = {self.mentions[key].article_id for key in ids}
        return Neighbourhood(
            revision=len(self.changes),
            mentions=tuple(self.mentions[key] for key in sorted(ids)),
            links=tuple(sorted(links)),
            events=tuple(sorted(events.items())),
            heads=tuple(self.heads[key] for key in sorted(articles)),
        )

    def carry_out(self, plan):
        self.links -= set(plan.links_removed)
        for key in plan.removed:
            del self.mentions[key], self.blocks[key]
        for each in plan.added:
            self.mentions[each.id], self.blocks[each.id] = each, set()
        for key, block in plan.blocks:
            self.blocks[key].add(block)
        self.links |= set(plan.links_added)
        for event in plan.events_removed:
            del self.events[event], self.documents[event]
        for event in plan.events:
            self.events[event.id] = tuple(each.id for each in event.mentions)
            self.documents[event.id] = event_document(event, self.heads)
            self.aliases.pop(event.id, None)
        self.aliases.update(plan.aliases)
        self.changes.extend(plan.changes)

    def content(self):
        return sorted(self.documents.values())

    def _closed(self, ids):
        while True:
            linked = {
                end
                for link in self.links
                for end in (link.first, link.second)
                if link.first in ids or link.second in ids
            }
            joined = {
                key for members in self.events.values() if ids & set(members) for key in members
            }
            if linked | joined <= ids:
                return ids
            ids = ids | linked | joined
