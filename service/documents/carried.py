"""What a mention carries besides its words, as JSON: participants, places, figures, sayers."""

from __future__ import annotations

from service.documents.dates import iso_day
from service.documents.jsontext import JsonObject, known
from service.timeline.details import Figure, Participant
from service.timeline.model import Mention, ToldFigure


def carried_document(mention: Mention) -> JsonObject:
    """Who takes part, where, who says so, and the figures of a mention."""
    return {
        "participants": [_participant(each) for each in mention.participants],
        "places": list(mention.places),
        "attribution": [each for each in (mention.attribution, *mention.relayed_by) if each],
        "figures": [_figure(each) for each in mention.figures],
    }


def told_figure_document(told: ToldFigure) -> JsonObject:
    """A figure of an event, with the article that tells it."""
    where = {"article_id": told.article_id, "in": told.within}
    return {**where, **_figure(told.figure)}


def _participant(participant: Participant) -> JsonObject:
    return known(
        {
            "name": participant.name,
            "part": participant.part.value,
            "being": participant.being.value,
            "office": participant.office or None,
        }
    )


def _figure(figure: Figure) -> JsonObject:
    return known(
        {
            "what": figure.what,
            "value": _number(figure.value),
            "max": None if figure.most is None else _number(figure.most),
            "comparator": figure.comparator.value,
            "unit": figure.unit,
            "scope": figure.scope or None,
            "as_of": iso_day(figure.as_of),
            "attributed_to": figure.attributed_to or None,
            "start": figure.start,
            "end": figure.end,
        }
    )


def _number(value: float) -> int | float:
    """A whole number without its point."""
    return int(value) if value == int(value) else value
