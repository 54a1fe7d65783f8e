"""Who took part, and how many, as they are read."""

from __future__ import annotations

from marshmallow import fields

from service.api.schemas import shapes
from service.api.schemas.base import Answer
from service.timeline.details import Being, Comparator, Part

PARTICIPANTS_SAY = "Who takes part, by the fullest name that its article gives."
PLACES_SAY = "Where, each place by one spelling."
ATTRIBUTION_SAY = "Who says so, nearest first; empty where the source says it by itself."
FIGURES_SAY = "The numbers that are told."


class ParticipantRead(Answer):
    """Somebody or something with a name."""

    name = shapes.text("The fullest name that the article gives.")
    part = shapes.word("What it has to do with what happened.", Part)
    being = shapes.word("What it is, as far as its name and title say.", Being)
    office = shapes.text("The title that goes with the name.", required=False)


class FigureRead(Answer):
    """A number that is told."""

    what = shapes.text("What is counted, in the singular; empty where the words do not say.")
    value = fields.Float(
        required=True, metadata={"description": "The number, or the lower end of a range."}
    )
    max = fields.Float(metadata={"description": "The upper end of a range."})
    comparator = shapes.word("How the number stands to the truth.", Comparator)
    unit = shapes.text("`count`, `percent`, a currency (ISO 4217) or a measure.")
    scope = shapes.text("What became of the counted, or what the number is of.", required=False)
    as_of = shapes.day("The day on which it was told.", required=True)
    attributed_to = shapes.text("Who says so.", required=False)
    start = shapes.whole("Code point at which the number with its comparator starts.")
    end = shapes.whole("Code point after it.")


class ToldFigureRead(FigureRead):
    """A number that an article tells of an event."""

    article_id = shapes.text("The article.")
    in_ = shapes.word(
        "Whether start and end count in the text or in the title.",
        ("text", "title"),
        required=False,
        name="in",
    )
