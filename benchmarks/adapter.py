"""What outside scorers call: our readings in the habits of TimeML.

A range whose two ends are each complete is given as its parts, one with an elliptical end
("5-8 October") as one expression. One rule for all corpora.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from service.temporal.engine import resolve
from service.temporal.publication import read_publication
from service.temporal.timex import Context, Resolution


def tag(text: str, reference: dt.date) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, TIMEX3 type, TIMEX3 value) of each expression; offsets in code points."""
    context = Context(publication=read_publication(reference.isoformat()))
    for resolution in resolve(text, context):
        for each in _timeml(resolution):
            yield each.span.start, each.span.end, each.type.value, each.value


def _timeml(resolution: Resolution) -> tuple[Resolution, ...]:
    complete = len(resolution.parts) == 2 and all(
        any(character.isalpha() for character in part.text) or len(part.text) == 4
        for part in resolution.parts
    )
    return resolution.parts if complete else (resolution,)
