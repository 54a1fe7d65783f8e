"""Which events of a timeline are asked for: the parameters of pages and exports."""

from __future__ import annotations

from collections.abc import Iterable

from marshmallow.validate import Length, OneOf, Range

from service.api.schemas.base import Messages, Query, Text
from service.api.schemas.numbers import Decimal, Whole
from service.api.schemas.posted import DEFAULT_LIMIT, HIGHEST_LIMIT
from service.documents.exports.formats import FORMATS
from service.store.eventquery import Order
from service.temporal.interval import Granularity
from service.timeline.model import Basis, Kind, Status

LONGEST_SEARCH = 200
"""Code points of `q`."""
MOST_WORDS = 16
"""Words of `q`, and in it of phrases."""
MOST_LETTERS = 32
"""Letters of scripts without spaces in `q`."""
MOST_VALUES = 20
"""Values of one list."""
LONGEST_LIST = 2_000
"""Code points of one list."""
MOST_TOP = HIGHEST_LIMIT

NUMBER: Messages = dict.fromkeys(("invalid", "special"), "must be a number")
WHOLE: Messages = {"invalid": "must be a whole number"}
AT_MOST = "is too long: use at most {max} code points"
BETWEEN = "must be from {min} to {max}"

WORDS: dict[str, tuple[str, ...]] = {
    "kind": tuple(each.value for each in Kind),
    "status": tuple(each.value for each in Status),
    "basis": tuple(each.value for each in Basis),
    "granularity": tuple(each.word for each in Granularity),
}
"""The values of each list that is closed."""

LISTS = "Several by comma; one with `-` before it is left out: `{example}`."


def _list(says: str, example: str, words: Iterable[str] = (), *, shape: str = "[^,]+") -> Text:
    closed = " One of " + ", ".join(f"`{word}`" for word in words) + "." if words else ""
    said = f"{says}{closed} {LISTS.format(example=example)}"
    value = "(?:" + "|".join(words) + ")" if words else shape
    pattern = f"^ *-? *{value}(?: *, *-? *{value}){{0,{MOST_VALUES - 1}}} *$"
    return Text(
        said,
        limit=LONGEST_LIST,
        validate=Length(max=LONGEST_LIST, error=AT_MOST),
        metadata={"pattern": pattern},
    )


def _share(says: str) -> Decimal:
    return Decimal(
        validate=Range(0, 1, error=BETWEEN),
        error_messages=NUMBER,
        metadata={"description": says},
    )


class EventFilters(Query):
    """Which events of a timeline."""

    from_ = Text(
        "First day: events that end before it are left out. A day, month or year (2026-01-27, "
        "2026-01, 2026). Events match by overlap of their `start` to `end`; where one of them is "
        "absent, `earliest` or `latest` stands for it, and without that the side is open.",
        data_key="from",
        metadata={"example": "2025-12"},
    )
    to = Text("Last day, included. A day, month or year.", metadata={"example": "2026-01-31"})
    q = Text(
        "Words that all must stand in headline, quotes, participants, places or publishers, "
        'without regard to case, accents and spelling of Arabic letters; `"words in quotes"` must '
        f"stand together. At most {LONGEST_SEARCH} code points and {MOST_WORDS} words; Chinese, "
        f"Japanese, Korean and Thai are found by any run of up to {MOST_LETTERS} letters. "
        "The first 20,000 characters of an event are searched.",
        limit=LONGEST_SEARCH,
        validate=Length(max=LONGEST_SEARCH, error=AT_MOST),
        metadata={"example": 'bridge "swing bridge"'},
    )
    publisher = _list(
        "Outlets that tell the event, by name without regard to case, accents and punctuation.",
        "Harbour Courier,-Example Post",
    )
    lang = _list("Languages in which it is told (`en`, `fa`).", "-fa", shape="[A-Za-z]{2,8}")
    kind = _list("What it is.", "-statement", WORDS["kind"])
    status = _list("How far it came.", "happened,ongoing", WORDS["status"])
    basis = _list("What its date rests on.", "-reported", WORDS["basis"])
    granularity = _list("How fine its date is.", "day,week", WORDS["granularity"])
    min_sources = Whole(
        validate=Range(1, 1_000_000, error=BETWEEN),
        error_messages=WHOLE,
        metadata={"description": "How many independent sources it has at least."},
    )
    min_confidence = _share("How sure its date is at least.")
    min_salience = _share("How salient it is at least.")


class EventsQuery(EventFilters):
    """Which events of a timeline, in which order."""

    order = Text(
        "`date`: by start, end and id. `-date`: the reverse. `salience`: the most salient first. "
        "`-updated`: what changed last first.",
        load_default=Order.DATE.value,
        validate=OneOf([each.value for each in Order], error="is no order: use one of {choices}"),
    )
    top = Whole(
        validate=Range(1, MOST_TOP, error=BETWEEN),
        error_messages=WHOLE,
        metadata={"description": "Only the most salient so many, shown in `order`, on one page."},
    )


class TimelineQuery(EventsQuery):
    """One page of the events asked for."""

    limit = Whole(
        validate=Range(1, HIGHEST_LIMIT, error=BETWEEN),
        error_messages=WHOLE,
        metadata={"description": "How many at most.", "default": DEFAULT_LIMIT},
    )
    cursor = Text("Where the last page ended: take it from `next`, as it is.")
    view = Text(
        "`brief`: of each event id, headline, kind, status, date, best quote, counts, salience "
        "and image only.",
        validate=OneOf(("full", "brief"), error="is no view: use one of {choices}"),
        load_default="full",
    )
    format = Text(
        f"`json`, or the name of another format: {', '.join(f'`{name}`' for name in FORMATS)}. "
        "Goes before Accept.",
        metadata={"enum": ["json", *FORMATS]},
    )
