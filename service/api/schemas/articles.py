"""Articles as they are read, and what becomes of posted ones."""

from __future__ import annotations

from marshmallow import fields

from service.api.schemas import shapes
from service.api.schemas.base import Answer, Text
from service.api.schemas.carried import (
    ATTRIBUTION_SAY,
    FIGURES_SAY,
    PARTICIPANTS_SAY,
    PLACES_SAY,
    FigureRead,
    ParticipantRead,
)
from service.api.schemas.posted import ImagePosted
from service.api.schemas.problem import Problem
from service.api.schemas.time import ExpressionRead, ToldDateRead
from service.timeline.model import Certainty, Kind, Status

STATUSES = ("accepted", "processing", "processed", "failed", "retracted")
ROLES_SAY = "Where it stands: headline, prose or caption."


class ArticleProblem(Answer):
    """Why an article could not be read (a problem as of RFC 9457)."""

    type = shapes.text("A page that explains it.")
    title = shapes.text("The kind of problem in a few words.")
    status = fields.Integer()
    detail = shapes.text("What went wrong.", required=False)


class ArticleState(Answer):
    """Who an article is and how far it came."""

    id = shapes.text("The article's id: a hash of timeline and external_id, or of what was posted.")
    timeline = shapes.text("The timeline that it was posted to.")
    status = shapes.word("How far it came.", STATUSES)
    outcome = shapes.word(
        "Whether it told of anything with a date.", ("told", "nothing_to_tell"), required=False
    )
    version = shapes.whole("Counts what was posted, replaced and retracted, from 1.")
    told_version = shapes.whole(
        "Of an article that was corrected and waits: the former version that the timeline still "
        "tells, in which its quotes and offsets hold.",
        required=False,
    )
    received_at = shapes.instant("When it was first accepted.")
    language = shapes.text("The language of the text, as posted or as read.", required=False)
    level = shapes.text(
        "How much of that language is understood: `full`, `clauses` or `dates`.", required=False
    )
    copy_of = shapes.text("The earliest article here that it is a copy of.", required=False)
    problem = shapes.part(ArticleProblem, "Why it failed.", required=False)
    links = shapes.links()


class ArticleTaken(ArticleState):
    """What became of one posted article."""


class ArticleSummary(ArticleState):
    """An article without text and findings."""

    published_at = shapes.text(
        "When it was published: as posted, else as its page says; absent before that was read.",
        required=False,
    )
    title = shapes.text("The headline.", required=False)
    url = Text("Where it can be read.", metadata={"format": "uri"})
    publisher = shapes.text("The outlet.", required=False)
    author = shapes.text("Who wrote it.", required=False)
    external_id = shapes.text("The client's own name for it.", required=False)
    timezone = shapes.text("IANA zone of the outlet.", required=False)
    image = fields.Nested(ImagePosted)


class ClauseRead(Answer):
    """The part of a quote that tells."""

    start = shapes.whole("Code point of the text at which it starts.")
    end = shapes.whole("Code point after its last.")


class MentionRead(Answer):
    """A sentence that tells of something."""

    event_id = shapes.text("The event that it became part of.", required=False)
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
    role = shapes.text(ROLES_SAY, required=False)
    kind = shapes.word("What it tells of.", Kind)
    status = shapes.word("How far that came.", Status)
    certainty = shapes.word("How firmly it is said.", Certainty, required=False)
    participants = shapes.many(ParticipantRead, PARTICIPANTS_SAY, required=False)
    places = shapes.texts(PLACES_SAY, required=False)
    attribution = shapes.texts(ATTRIBUTION_SAY, required=False)
    figures = shapes.many(FigureRead, FIGURES_SAY, required=False)
    date = shapes.part(ToldDateRead, "When, as told here.")


class NoticeRead(Answer):
    """Something a reader of the findings should know."""

    code = shapes.text(
        "Stable name of the notice: `no_happening`, `too_short`, `no_prose`, `commentary_only`, "
        "`unsupported_language`, `language_unknown`, `no_dates`, `dates_unresolved`, "
        "`zone_unknown`, or `too_many_mentions` when only the first 500 sentences "
        "that tell were taken. More may come."
    )
    says = shapes.text("One sentence.")


class SkippedRead(Answer):
    """A stretch of the text that is no prose of the article."""

    start = shapes.whole("Code point at which it starts.")
    end = shapes.whole("Code point after its last.")
    why = shapes.text("Why it was left out.")


class FindingsCount(Answer):
    """How much was found."""

    expressions = shapes.whole("Expressions of time.")
    mentions = shapes.whole("Sentences that tell.")
    skipped = shapes.whole("Stretches left out.")


class ArticleRead(ArticleSummary):
    """An article as posted and as read."""

    text = shapes.text(
        "The text as posted, or as read in the page (absent before); all offsets count its code "
        "points.",
        required=False,
    )
    html = shapes.text("The page as posted; given with `include=html` only.", required=False)
    expressions = shapes.many(ExpressionRead, "Every date found, explained.")
    mentions = shapes.many(MentionRead, "Every sentence that tells, with its event.")
    notices = shapes.many(NoticeRead, "What a reader should know.")
    skipped = shapes.many(SkippedRead, "What was left out, and why.")
    counts = shapes.part(FindingsCount, "How much was found.")


class ArticleList(Answer):
    """A page of articles, by receipt."""

    articles = shapes.many(ArticleSummary, "Without text and findings.")
    next = shapes.text("Address of the next page; absent on the last.", required=False)
    links = shapes.links()


class LineTaken(Answer):
    """What became of one article of a batch."""

    index = shapes.whole("Its place in the request, from 0; blank lines do not count.")
    status = shapes.word("What became of it.", ("accepted", "known", "retracted", "refused"))
    id = shapes.text("The article's id.", required=False)
    state = shapes.word(
        "How far the article came, when the request waited (`Prefer: wait=n`).",
        STATUSES,
        required=False,
    )
    external_id = shapes.text("The name that the client gave it.", required=False)
    problem = shapes.part(Problem, "Why it was refused.", required=False)


class BatchTaken(Answer):
    """What became of many posted articles, in their order."""

    results = shapes.many(LineTaken, "One for each article.")
    accepted = shapes.whole("How many are new and kept.")
    known = shapes.whole("How many were there already.")
    retracted = shapes.whole("How many were taken back (ninjs `pubstatus`).")
    refused = shapes.whole("How many were refused.")
