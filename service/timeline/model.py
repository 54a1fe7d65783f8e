"""Values of the chronology: articles as told, mentions, events, and what a merge changes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from service.temporal.interval import Day, Granularity
from service.timeline.details import Figure, Participant

ArticleId = NewType("ArticleId", str)
MentionId = NewType("MentionId", str)
EventId = NewType("EventId", str)


class Kind(StrEnum):
    """What a mention or an event is, as told."""

    HAPPENING = "happening"
    STATEMENT = "statement"
    PLANNED = "planned"
    STATE = "state"


class Status(StrEnum):
    """How far it came."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    PLANNED = "planned"
    POSSIBLE = "possible"
    CANCELLED = "cancelled"
    DID_NOT_HAPPEN = "did_not_happen"
    DISPUTED = "disputed"


class Certainty(StrEnum):
    """How firmly a source says it."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    ALLEGED = "alleged"
    DENIED = "denied"


class Basis(StrEnum):
    """Which rung of the dating ladder gave the date, strongest first."""

    EXPLICIT = "explicit"
    PLANNED = "planned"
    ANCHORED = "anchored"
    """By an event that its words name: "during the protests"."""
    SEQUENCE = "sequence"
    """By what was told before it: "a week later"."""
    INHERITED = "inherited"
    REPORTED = "reported"


class Pointing(StrEnum):
    """How a mention lies to the one that it points at."""

    WITHIN = "within"
    """Somewhere in its span: "during the protests"."""
    AFTER = "after"
    """On its last day or later, up to the telling: "after the verdict"."""
    BEFORE = "before"
    """On its first day or earlier: "before the verdict"."""
    SINCE = "since"
    """Lasting from it on: "since the verdict"."""
    APART = "apart"
    """So many days from it: "two days after the verdict"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateClaim:
    """When something was, in days, both ends included; None is an open side.

    `earliest` and `latest` are bounds that the text proves; `start` and `end` are the reading that
    is shown. `durative`: it lasted from about `start` to about `end`; otherwise it happened once
    within them. `start_latest` bounds the start of a durative one. `as_of` is the publication day
    that an `ongoing` one was still told on. `inferred`: shown by likelihood, not by proof.
    """

    start: Day | None
    end: Day | None
    earliest: Day | None
    latest: Day | None
    start_latest: Day | None = None
    granularity: Granularity
    basis: Basis
    confidence: float
    approximate: bool = False
    inferred: bool = False
    durative: bool = False
    ongoing: bool = False
    as_of: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """What a mention is dated from: the mention `target` of the same article.

    It happened from `least` to `most` days after the target's day, negative before it, when it is
    `apart`; both are None otherwise. No chain of pointers leads back to its start.
    """

    target: MentionId
    relation: Pointing
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of an article: where it is, what it shows in words, who made it."""

    url: str
    alt: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleHead:
    """What an event says of an article: its outlet, not its text.

    `published_at` is as posted; `published_utc` is its instant in seconds for ordering (midnight
    UTC for a bare date). `key` is the external_id, else the hash of the posted fields. By its
    `signature` copies are known (none before it was read), `credits` are the outlets that it says
    it retells.
    """

    id: ArticleId
    key: str
    external_id: str | None
    publisher: str | None
    title: str | None
    url: str | None
    published_at: str
    published_utc: int
    signature: tuple[int, ...] = ()
    credits: tuple[str, ...] = ()
    image: Image | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One clause of one article that tells of something.

    `quote` is the whole sentence as posted, at [start, end) of the text (or of the title when
    `within` is "title"), the clause at [clause_start, clause_end). `terms` are folded content
    words, `names` folded proper names of the clause, `sentence` both of the whole sentence, each
    sorted, for linking. `evidence` are JSON texts of the expressions that dated it, opaque here.
    `trigger` is the lemma that tells what happened, in the class `trigger_class` (empty: in none);
    `attribution` is who says so, and `relayed_by` are those who pass that on, nearest first.
    `participants` stand in the order of the clause, `places` too, each by one spelling ("Britain",
    "Tehran"), `figures` by offset. One that does not `open` an event only joins one that another
    mention tells. `language` is that of its article, `glosses` are English stems for words of it,
    by which what is told in two languages may meet. `pointer` is what its date was counted from,
    `derivation` in plain sentences how its date was found; `about` are mentions of the same article
    that a statement speaks of.
    `deeds` are the classes of all that the clause tells, by its trigger and by its nouns ("a quake
    killed 14"), `parties` the stems of the nouns that head its subject and objects, both sorted.
    """

    id: MentionId
    article_id: ArticleId
    article_key: str
    published_utc: int
    published_day: Day
    quote: str
    within: str
    start: int
    end: int
    clause_start: int
    clause_end: int
    role: str
    kind: Kind
    status: Status
    certainty: Certainty
    date: DateClaim
    terms: tuple[str, ...]
    names: tuple[str, ...]
    headline: str
    lead: bool
    evidence: tuple[str, ...]
    trigger: str = ""
    trigger_class: str = ""
    attribution: str = ""
    opens: bool = True
    pointer: Pointer | None = None
    about: tuple[MentionId, ...] = ()
    derivation: tuple[str, ...] = ()
    relayed_by: tuple[str, ...] = ()
    participants: tuple[Participant, ...] = ()
    places: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    sentence: tuple[str, ...] = ()
    language: str = "en"
    glosses: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()

    def __hash__(self) -> int:
        # What is remembered of a mention is asked for with every pair: all its fields take longer.
        return hash(self.id)

    @property
    def order(self) -> tuple[int, str, int, str]:
        """The order that decides ids: publication, article key, offset, id."""
        return (self.published_utc, self.article_key, self.start, self.id)


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Two mentions that may tell the same event; `first` < `second` by id."""

    first: MentionId
    second: MentionId
    weight: float

    @classmethod
    def between(cls, one: MentionId, other: MentionId, weight: float) -> Link:
        """The link of two mentions, whichever comes first."""
        return cls(min(one, other), max(one, other), weight)

    def __post_init__(self) -> None:
        if self.first >= self.second:
            raise ValueError(f"link {self.first} - {self.second} must be in id order")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A field on which sources disagree: each value with the articles that say it."""

    field: str
    values: tuple[tuple[str, tuple[ArticleId, ...]], ...]


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """A figure with the article that tells it; its offsets count in the part `within`."""

    figure: Figure
    article_id: ArticleId
    within: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What one or more mentions tell; `mentions` in their order, the first gives the id.

    `participants`, `places` and `attribution` (who says so) are names in that order, each once.
    `about` are the events that a statement speaks of, `fulfilled_by` is the one that a plan became.
    """

    id: EventId
    headline: str
    kind: Kind
    status: Status
    certainty: Certainty
    date: DateClaim
    mentions: tuple[Mention, ...]
    conflicts: tuple[Conflict, ...]
    source_count: int
    independent_source_count: int
    salience: float
    participants: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    attribution: tuple[str, ...] = ()
    figures: tuple[ToldFigure, ...] = ()
    about: tuple[EventId, ...] = ()
    fulfilled_by: EventId | None = None
