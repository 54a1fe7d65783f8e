"""What a mention carries besides its words: who took part, where, and how many."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from service.temporal.interval import Day


class Part(StrEnum):
    """What somebody has to do with what happened."""

    AGENT = "agent"
    """Did it: a subject, or the "by" of a passive."""
    PATIENT = "patient"
    """It was done to: an object, or the subject of a passive."""
    OTHER = "other"


class Being(StrEnum):
    """What a participant is, as far as its name and title say."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    """A country or town that acts: "Iran rejected the offer"."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody or something with a name.

    `name` is the fullest that its article gives ("Harold Finn" where the clause has "Finn" or "the
    minister"), `keys` are folded spellings by which other articles may call it, sorted: the name,
    its acronym or expansion, of a person the family name. `office` is the title that goes with it
    ("minister"), empty without one.
    """

    name: str
    keys: tuple[str, ...]
    part: Part = Part.OTHER
    being: Being = Being.UNKNOWN
    office: str = ""


EVERY_PART = frozenset(Part)
EVERY_BEING = frozenset(Being)


def keys_of(
    participants: Iterable[Participant],
    *,
    parts: Collection[Part] = EVERY_PART,
    beings: Collection[Being] = EVERY_BEING,
) -> frozenset[str]:
    """The folded spellings of those who take such a part, and are such a being."""
    return frozenset(
        key
        for each in participants
        if each.part in parts and each.being in beings
        for key in each.keys
    )


class Comparator(StrEnum):
    """How a figure stands to the number that is written."""

    EXACT = "exact"
    ABOUT = "about"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    LESS_THAN = "less_than"
    AT_MOST = "at_most"
    RANGE = "range"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that a clause tells, written at [start, end) of the text (or title).

    `what` is counted, by its head in the singular ("person", "house"; of money or a measure what
    it is of, or empty); `unit` is "count", "percent", a currency code or a measure. `scope` is what
    the number is limited to or what became of the counted ("killed", "injured", "arrested").
    `most` is the upper end of a range. `as_of` is the day on which it was told.
    """

    what: str
    value: float
    most: float | None = None
    comparator: Comparator = Comparator.EXACT
    unit: str = "count"
    scope: str = ""
    as_of: Day
    attributed_to: str = ""
    start: int
    end: int
