"""Timelines and events as they are read."""

from __future__ import annotations

from marshmallow import fields

from service.api.schemas import shapes
from service.api.schemas.articles import ROLES_SAY, ClauseRead
from service.api.schemas.base import Answer, Text
from service.api.schemas.carried import (
    ATTRIBUTION_SAY,
    FIGURES_SAY,
    PARTICIPANTS_SAY,
    PLACES_SAY,
    ToldFigureRead,
)
from service.api.schemas.time import DateRead, ExpressionRead, ToldDateRead
from service.timeline.model import Certainty, Kind, Status


class SourceRead(Answer):
    """One sentence of one article that tells the event."""

    article_id = shapes.text("The article.")
    external_id = shapes.text("The client's own name for it.", required=False)
    publisher = shapes.text("The outlet.", required=False)
    title = shapes.text("The article's headline.", required=False)
    url = Text("Where it can be read.", metadata={"format": "uri"})
    published_at = shapes.text("When it was published, as posted.")
    language = shapes.text("BCP 47 tag of its language, as posted or told.", required=False)
    quote = shapes.text("The whole sentence, verbatim.")
    in_ = shapes.word(
        "Whether start and end count in the text or in the title.",
        ("text", "title"),
        required=False,
        name="in",
    )
    start = shapes.whole("Code point at which the quote starts.")
    end = shapes.whole("Code point after its last.")
    clause = shapes.part(ClauseRead, "The part of it that tells.")
    role = shapes.text(ROLES_SAY)
    independent = shapes.flag("The outlet's own, or a copy of another source's text.")
    certainty = shapes.word("How firmly it is said.", Certainty)
    attributed_to = shapes.text("Who says so, in its words.", required=False)
    date = shapes.part(ToldDateRead, "When, as this source tells it.")
    expressions = shapes.many(ExpressionRead, "The words that dated it, explained.")


class ConflictValueRead(Answer):
    """One of several values."""

    value = shapes.text("What is said.")
    article_ids = shapes.texts("Who says so.")


class ConflictRead(Answer):
    """A field on which the sources disagree."""

    field = shapes.text("The field.")
    values = shapes.many(ConflictValueRead, "What each side says.")


class ImageRead(Answer):
    """A picture."""

    url = Text("Where it is.", required=True, metadata={"format": "uri"})
    alt = shapes.text("What it shows, in words.", required=False)
    credit = shapes.text("Who made it.", required=False)


class EventRead(Answer):
    """Something that happened, was said, is planned or is so, with everything that tells of it."""

    id = shapes.text("Its id; when it becomes part of another event, the old id redirects there.")
    headline = shapes.text("What happened, in the words of a source.")
    kind = shapes.word("What it is.", Kind)
    status = shapes.word("How far it came.", Status)
    certainty = shapes.word("How firmly it is told.", Certainty)
    date = shapes.part(DateRead, "When, by all sources together.")
    sources = shapes.many(SourceRead, "Who tells it, oldest first.")
    about = shapes.texts("Of a statement: the events that it speaks of.", required=False)
    fulfilled_by = shapes.text("Of a plan: the event that it became.", required=False)
    conflicts = shapes.many(ConflictRead, "Where they disagree.")
    participants = shapes.texts(PARTICIPANTS_SAY, required=False)
    places = shapes.texts(PLACES_SAY, required=False)
    attribution = shapes.texts(ATTRIBUTION_SAY, required=False)
    figures = shapes.many(ToldFigureRead, FIGURES_SAY, required=False)
    image = shapes.part(
        ImageRead, "The picture of the first independent article that has one.", required=False
    )
    source_count = shapes.whole("How many articles tell it.")
    independent_source_count = shapes.whole("How many outlets tell it by themselves.")
    salience = shapes.share("How much of the timeline turns on it.")
    revision = shapes.whole("The timeline's revision at which it changed last.")
    links = shapes.links()


class QuotedFromRead(Answer):
    """Where a quote stands."""

    article_id = shapes.text("The article.")
    publisher = shapes.text("The outlet.", required=False)
    title = shapes.text("The article's headline.", required=False)
    url = Text("Where it can be read.", metadata={"format": "uri"})
    published_at = shapes.text("When it was published, as posted.")


class BriefEventRead(Answer):
    """An event in a few words."""

    id = shapes.text("Its id.")
    headline = shapes.text("What happened, in the words of a source.")
    kind = shapes.word("What it is.", Kind)
    status = shapes.word("How far it came.", Status)
    date = shapes.part(DateRead, "When, by all sources together.")
    quote = shapes.text("The sentence that tells it best, verbatim.")
    quoted_from = shapes.part(QuotedFromRead, "The source of the quote.")
    image = fields.Nested(ImageRead, metadata={"description": "A picture of a source."})
    source_count = shapes.whole("How many articles tell it.")
    independent_source_count = shapes.whole("How many outlets tell it by themselves.")
    salience = shapes.share("How much of the timeline turns on it.")
    revision = shapes.whole("The timeline's revision at which it changed last.")
    links = shapes.links()


class JoinRead(Answer):
    """Two sources that were taken to tell one event."""

    sources = fields.List(
        fields.Integer(strict=True, metadata={"minimum": 0}),
        required=True,
        metadata={
            "description": "Their places in `sources`, from 0.",
            "minItems": 2,
            "maxItems": 2,
        },
    )
    weight = shapes.share("How likely the two tell one event, from their words, names and days.")


class EventDetailRead(EventRead):
    """An event with how it came to be."""

    former_ids = shapes.texts("Ids that answer under this one now: events that became part of it.")
    joined_by = shapes.many(
        JoinRead,
        "What joins its sources, the likeliest first; a source in no pair tells word for word what "
        "another one tells.",
    )


class ChangeRead(Answer):
    """One change of one event."""

    revision = shapes.whole("Its number in the timeline.")
    at = shapes.instant("When it was written.")
    type = shapes.word(
        "What became of the event. `left` is told where a filter is: it no longer fits.",
        ("created", "updated", "merged", "split", "removed", "left"),
    )
    event_id = shapes.text("The event.")
    fields_ = fields.List(
        fields.String(),
        data_key="fields",
        metadata={"description": "Of an update: the fields that changed."},
    )
    into = shapes.texts(
        "What it became part of (merged), or the events that it fell into (split).", required=False
    )
    merged_from = shapes.texts("The events that ended in it.", required=False)
    split_into = shapes.texts("The other events that got a part of it.", required=False)
    event = fields.Nested(
        EventRead,
        metadata={"description": "The event as it was then; absent when it ended or `left`."},
    )
    erased = shapes.flag(
        "The event quoted an article that was erased since, so it is no longer told.",
        required=False,
    )


class HistoryRead(Answer):
    """One page of what became of an event."""

    event_id = shapes.text("The event that was asked for; it may have ended.")
    history = shapes.many(ChangeRead, "Its changes, oldest first.")
    next = shapes.text("Address of the next page; absent on the last.", required=False)
    links = shapes.links()


class MovedEvent(Answer):
    """Where an event is now."""

    id = shapes.text("The event that it became part of.")
    links = shapes.links()


class ArticleCounts(Answer):
    """Articles by how far they came."""

    accepted = shapes.whole("Waiting to be read.")
    processing = shapes.whole("Being read now.")
    processed = shapes.whole("Read.")
    failed = shapes.whole("Given up; `problem` of the article says why.")
    retracted = shapes.whole("Retracted: they are kept, and tell nothing.")
    nothing_to_tell = shapes.whole("Read, and without anything that has a date; part of processed.")


class EventCounts(Answer):
    """Events by kind."""

    happening = shapes.whole("Things that happened.")
    statement = shapes.whole("Things that were said.")
    planned = shapes.whole("Things that are planned.")
    state = shapes.whole("Things that are so.")


class Counts(Answer):
    """How much is in a timeline."""

    articles = shapes.part(ArticleCounts, "Articles by how far they came.")
    events = shapes.part(EventCounts, "Events by kind.")


class SpanRead(Answer):
    """From the first to the last day of a timeline."""

    start = shapes.day("First day.", required=True)
    end = shapes.day("Last day.", required=True)


class TimelineSummary(Answer):
    """A timeline without its events."""

    timeline = shapes.text("Its name.")
    title = shapes.text("Its title for people.", required=False)
    description = shapes.text("What it is about.", required=False)
    timezone = shapes.text(
        "IANA zone of its outlets: whose day an article's instant falls on, where the article "
        "names no zone of its own.",
        required=False,
    )
    public = shapes.flag("Whether everyone may read it; else only whoever has a key or token.")
    revision = shapes.whole("The number of its last change; each change of one event counts one.")
    updated_at = shapes.instant("When that was.")
    pending = shapes.whole("Articles that were accepted and are not told yet.")
    counts = shapes.part(Counts, "How much is in it.")
    span = fields.Nested(SpanRead, metadata={"description": "Absent without events."})
    links = shapes.links()


class TimelineClosing(Answer):
    """A timeline that was deleted and is still being removed."""

    timeline = shapes.text("Its name.")
    status = shapes.word("How far it is.", ("closing",))


class TimelinePage(TimelineSummary):
    """A timeline with one page of its events, whatever is told of each."""

    moved_from = fields.Integer(
        strict=True,
        metadata={
            "description": "The revision of the first page, when the timeline changed since: begin "
            "again to see all events as of one revision.",
            "minimum": 0,
        },
    )
    next = shapes.text("Address of the next page; absent on the last.", required=False)


class TimelineRead(TimelinePage):
    """One page of the merged timeline."""

    events = shapes.many(EventRead, "In `order`; an open start sorts by its end.")


class BriefTimelineRead(TimelinePage):
    """One page of the merged timeline in brief."""

    events = shapes.many(BriefEventRead, "In `order`; an open start sorts by its end.")


class TimelineList(Answer):
    """A page of timelines, by name."""

    timelines = shapes.many(TimelineSummary, "Without their events.")
    next = shapes.text("Address of the next page; absent on the last.", required=False)
    links = shapes.links()
