"""What the engine is given and what it answers: context, timexes, resolutions, derivations."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from service.temporal.interval import Day, Granularity, Interval, Point, day_of

if TYPE_CHECKING:
    from service.temporal.algebra import TimeExpr


class Calendar(StrEnum):
    """Calendar systems by their CLDR key, as JSON spells them; CLDR has none for Julian."""

    GREGORIAN = "gregory"
    SOLAR_HIJRI = "persian"
    LUNAR_HIJRI = "islamic-umalqura"
    BUDDHIST = "buddhist"
    JAPANESE = "japanese"
    MINGUO = "roc"
    HEBREW = "hebrew"
    ETHIOPIC = "ethiopic"
    INDIAN = "indian"
    JULIAN = "julian"


class TimexType(StrEnum):
    """The four types of TIMEX3 (TimeML 1.2.1, section 2.2)."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Relation(StrEnum):
    """How a preposition beside the span bounds the clause; the span leaves the word out."""

    SINCE = "since"
    UNTIL = "until"
    BY = "by"
    BEFORE = "before"
    AFTER = "after"
    FROM = "from"
    TO = "to"


class Tense(StrEnum):
    """The direction in which an expression without a year or week is to be read."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points [start, end) of the text as posted."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"span [{self.start}, {self.end}) is empty or negative")


@dataclass(frozen=True, slots=True)
class Hint:
    """What clause analysis says of a stretch of the text, as plain data.

    `span` is the clause, `tense` its tense, `governor` the verb that an expression inside hangs
    on. A hint decides only where the words around an expression give no cue, or two.
    """

    span: Span
    tense: Tense
    governor: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """When and in whose civil day an article was published.

    `point` is on the outlet's civil clock (midnight when `has_clock` is false: a bare date);
    `offset` is seconds east of UTC, None for a bare date; `zone_known` is false when the instant
    was given with `Z` and no time zone said whose day it is.
    """

    point: Point
    has_clock: bool
    offset: int | None = None
    zone_known: bool = True

    @property
    def day(self) -> Day:
        """Publication day: "today" for every expression of the article."""
        return day_of(self.point)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """What is known of who published: IANA zone, domain of the address, name; all may be None."""

    zone: str | None = None
    domain: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """All that the engine knows besides the text. No clock, no environment."""

    publication: Publication
    language: str = "en"
    title: str | None = None
    hints: tuple[Hint, ...] = ()
    outlet: Outlet = Outlet()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a derivation: the rule's name and one plain sentence."""

    rule: str
    says: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """What an expression was counted from: `kind` is "publication" or "expression"."""

    kind: str
    interval: Interval
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Unbound:
    """What an expression waits for: the day of an event that the text names and nobody dated.

    `expr` is the tree over Here(Leaf.EVENT), which `binding.bind` places once the event has its
    interval. `event` is where the text names it, `text` the words there. `words` are those of the
    expression that TIMEX3 labels ("two days" of "two days after the verdict"), None when there
    are none ("during the protests").
    """

    expr: TimeExpr
    event: Span
    text: str
    words: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Another reading of the same words, with the chance that it is the right one."""

    interval: Interval
    calendar: Calendar = Calendar.GREGORIAN
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """One expression and what it says; the three kinds of saying are kept apart.

    `value`, `mod`, `quant` and `freq` are the TIMEX3 label and name the whole unit ("late
    December": 2025-12 with mod END). `interval` is what the words denote (21 to 31 December), None
    for durations, sets and vague references; `implies` is the stretch that an anchored duration
    covers. `relation` is the bound that the preposition outside the span sets on the clause.
    `parts` are the ends of a joined range. `confidence` is the chance that this reading is right;
    `candidates` are the others, best first. `derivation` lists the steps that led here. What is
    told from an event has `unbound` instead of an interval; its label is that of its words of time.
    """

    span: Span
    text: str
    type: TimexType
    value: str
    mod: str | None = None
    quant: str | None = None
    freq: str | None = None
    interval: Interval | None = None
    implies: Interval | None = None
    relation: Relation | None = None
    parts: tuple[Resolution, ...] = ()
    granularity: Granularity
    calendar: Calendar = Calendar.GREGORIAN
    anchor: Anchor | None = None
    confidence: float
    candidates: tuple[Candidate, ...] = ()
    derivation: tuple[Step, ...] = ()
    unbound: Unbound | None = None

    @property
    def time_words(self) -> Span | None:
        """The words that TIMEX3 labels, without those that name an event; None without any."""
        return self.span if self.unbound is None else self.unbound.words
