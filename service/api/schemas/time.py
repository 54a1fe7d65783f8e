"""Expressions of time and dates of events, as they are read."""

from __future__ import annotations

from marshmallow import fields

from service.api.schemas import shapes
from service.api.schemas.base import Answer
from service.documents.tree import OPERATORS
from service.temporal.interval import Granularity
from service.temporal.timex import Calendar, Relation, TimexType
from service.timeline.model import Basis

EARLIEST = "First day, included; absent when that side is open."
LATEST = "Last day, included; absent when that side is open."
GRANULARITIES = tuple(each.word for each in Granularity)


class BoundsRead(Answer):
    """A stretch of days."""

    earliest = shapes.day(EARLIEST)
    latest = shapes.day(LATEST)


class AnchorRead(BoundsRead):
    """What an expression was counted from."""

    kind = shapes.word(
        "The article's publication, an expression, or an event whose day the words lack.",
        ("publication", "expression", "event"),
    )
    text = shapes.text(
        "The words of that expression, or those that name the event.", required=False
    )
    start = shapes.whole("Code point at which the event's name starts.", required=False)
    end = shapes.whole("Code point after it.", required=False)


class TreeRead(Answer):
    """What is told from an event, as a tree; it becomes days once the event has some."""

    op = shapes.word("The node; `event` is the leaf that waits for its days.", OPERATORS)
    count = shapes.whole("How many units away, or long.", required=False)
    unit = shapes.text("The unit, or what comes round: day, weekday, season.", required=False)
    number = shapes.whole("Which weekday (1 Monday) or season (1 spring).", required=False)
    part = shapes.text("The part: start, end, morning, night.", required=False)
    approximate = shapes.flag("The count is about right, or the most of many.", required=False)
    of = fields.Nested("TreeRead", metadata={"description": "The tree that the node is built on."})
    first = fields.Nested("TreeRead", metadata={"description": "Where it begins, for `between`."})
    last = fields.Nested("TreeRead", metadata={"description": "Where it ends, for `between`."})


class CandidateRead(BoundsRead):
    """Another reading of the same words."""

    edtf = shapes.text("The reading in EDTF (ISO 8601-2).")
    calendar = shapes.word("The calendar that it is counted in (CLDR key).", Calendar)
    confidence = shapes.share("The chance that this reading is the right one.")


class StepRead(Answer):
    """One step of a derivation."""

    rule = shapes.text("The rule's name.")
    says = shapes.text("What it did, in one sentence.")


class ExpressionPartRead(BoundsRead):
    """Words that say when, and what they say."""

    text = shapes.text("The words as written.")
    start = shapes.whole("Code point of the text at which they start.")
    end = shapes.whole("Code point after their last.")
    type = shapes.word("Type of TIMEX3.", TimexType)
    value = shapes.text("Value of TIMEX3: the whole unit (2025-12 for 'late December').")
    mod = shapes.text("Modifier of TIMEX3: START, MID, END, APPROX and so on.", required=False)
    quant = shapes.text("Quantifier of a set: EVERY, EACH.", required=False)
    freq = shapes.text("How often, for a set: 2X.", required=False)
    edtf = shapes.text("What the words denote, in EDTF.", required=False)
    implies = fields.Nested(
        BoundsRead, metadata={"description": "What an anchored duration covers ('for two weeks')."}
    )
    relation = shapes.word(
        "How a word beside them bounds the clause: since, until, by ...", Relation, required=False
    )
    granularity = shapes.word("How fine the words are.", GRANULARITIES)
    calendar = shapes.word("The calendar that they are counted in (CLDR key).", Calendar)
    anchor = shapes.part(AnchorRead, "What they were counted from.", required=False)
    tree = shapes.part(
        TreeRead, "What they say of the event that the anchor names.", required=False
    )
    confidence = shapes.share("The chance that this reading is the right one.")
    candidates = shapes.many(CandidateRead, "The other readings, best first.")
    derivation = shapes.many(StepRead, "The steps that led here, in order.")


class ExpressionRead(ExpressionPartRead):
    """An expression of time, explained."""

    id = shapes.text("Its id.")
    parts = shapes.many(ExpressionPartRead, "The ends of a joined range.", required=False)


class DateRead(BoundsRead):
    """When something was: what is shown (`start`, `end`) and what the text proves."""

    start = shapes.day("First day shown, included; absent when open.")
    end = shapes.day("Last day shown, included; absent when open.")
    start_latest = shapes.day("Last day on which something durative can have begun.")
    earliest = shapes.day("First day that the sources allow.")
    latest = shapes.day("Last day that the sources allow.")
    as_of = shapes.day("The publication day on which something ongoing was still told.")
    durative = shapes.flag("It lasted from about start to about end; else it was once within them.")
    ongoing = shapes.flag("It had not ended on `as_of`.", required=False)
    approximate = shapes.flag("The days shown are about right.")
    inferred = shapes.flag("The days shown are likely, not proven.")
    edtf = shapes.text("The same in EDTF.")
    granularity = shapes.word("How fine the sources tell it.", GRANULARITIES)
    basis = shapes.word("What the date rests on, strongest first.", Basis)
    confidence = shapes.share("The chance that the days shown are right.")
    display = shapes.text("The same in words.")


class ToldDateRead(DateRead):
    """When something was, as one source tells it."""

    derivation = shapes.texts("How the date was found, in plain sentences.")


class Resolved(Answer):
    """The dates of a text."""

    expressions = shapes.many(ExpressionRead, "In the order of the text.")
    language = shapes.text("The language that the text was read in.")
    engine = shapes.text("The engine and its version.")
