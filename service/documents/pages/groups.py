"""A list of events by year and month, with what was said folded under what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from service.documents.datewords import MONTHS, year_words
from service.documents.pages.rows import Row
from service.documents.pages.scale import Axis, Mark, marks
from service.temporal.calendars import GREGORIAN
from service.timeline.model import Kind

STEPS = 8
"""Statements about statements that are followed to what the first is about."""
DAY_TICKS = (1, 8, 15, 22, 29)
MONTH_TICKS = (1, 4, 7, 10)


@dataclass(frozen=True, slots=True)
class Item:
    """A row, what is drawn of it, and what was said of it."""

    row: Row
    marks: tuple[Mark, ...]
    said: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on a scale, in percent, and its name."""

    at: float
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The events of a month, or those of a year whose month is not known.

    `said` was said in it of nothing else in the list; `number` counts months from year 0 on, and
    is that of the year's first where the month is not known (`is_open`).
    """

    id: str
    title: str
    number: int
    is_open: bool
    ticks: tuple[Tick, ...]
    items: tuple[Item, ...]
    said: tuple[Item, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Year:
    """The months of a year that have events."""

    id: str
    title: str
    months: tuple[Month, ...]


def by_month(rows: Sequence[Row]) -> tuple[Year, ...]:
    """Rows that come by date, forth or back, under their years and months, in their order.

    What has no month stands before the months of its year.
    """
    folded = fold(rows)
    found: dict[int, dict[int, list[Row]]] = {}
    for row in folded.rows:
        year, month = _year_and_month(row)
        found.setdefault(year, {}).setdefault(month, []).append(row)
    return tuple(
        Year(_year_id(year), year_words(year), tuple(_months(year, months, folded)))
        for year, months in found.items()
    )


def in_order(rows: Sequence[Row]) -> tuple[Item, ...]:
    """Rows in an order that is not by date, on one scale for all."""
    if not rows:
        return ()
    folded = fold(rows)
    axis = Axis(min(row.day for row in rows), max(row.last for row in rows))
    return tuple(_item(row, folded.under, axis) for row in folded.rows)


@dataclass(frozen=True, slots=True)
class Folded:
    """Rows that stand for themselves, and those that stand under another, by its id."""

    rows: tuple[Row, ...]
    under: Mapping[str, tuple[Row, ...]]


def fold(rows: Iterable[Row]) -> Folded:
    """Statements under what they are about, as far as the list has it; all else for itself."""
    there = {row.id: row for row in rows}
    homes = {row.id: _home(row, there) for row in there.values()}
    under: dict[str, list[Row]] = {}
    for row in there.values():
        if homes[row.id] != row.id:
            under.setdefault(homes[row.id], []).append(row)
    return Folded(
        tuple(row for row in there.values() if homes[row.id] == row.id),
        {home: tuple(said) for home, said in under.items()},
    )


def _home(row: Row, there: Mapping[str, Row]) -> str:
    """The id of what a statement is about in the end; its own when that is not in the list."""
    here = row
    for _ in range(STEPS):
        if here.kind != Kind.STATEMENT:
            return here.id
        found = next((there[each] for each in here.about if each in there), None)
        if found is None:
            break
        here = found
    return row.id


def _months(year: int, months: Mapping[int, Sequence[Row]], folded: Folded) -> Iterable[Month]:
    for number in sorted(months, key=bool):
        rows = months[number]
        axis = _axis(year, number)
        apart = [row for row in rows if row.kind == Kind.STATEMENT]
        main = [row for row in rows if row.kind != Kind.STATEMENT]
        if not main:
            main, apart = apart, []  # nothing else is there to fold them under
        yield Month(
            id=_month_id(year, number),
            title=f"{MONTHS[number - 1]} {year_words(year)}" if number else "Month not known",
            number=12 * year + max(0, number - 1),
            is_open=number == 0,
            ticks=_ticks(year, number, axis),
            items=tuple(_item(row, folded.under, axis) for row in main),
            said=tuple(_item(row, folded.under, axis) for row in apart),
            count=sum(1 + len(folded.under.get(row.id, ())) for row in rows),
        )


def _item(row: Row, under: Mapping[str, tuple[Row, ...]], axis: Axis) -> Item:
    said = tuple(Item(each, marks(each.date, axis)) for each in under.get(row.id, ()))
    return Item(row, marks(row.date, axis), said)


def _year_and_month(row: Row) -> tuple[int, int]:
    there = GREGORIAN.from_day(row.day)
    return there.year, 0 if row.is_open else there.month


def _axis(year: int, month: int) -> Axis:
    first, last = (month, month) if month else (1, 12)
    length = GREGORIAN.month_length(year, last)
    return Axis(GREGORIAN.to_day(year, first, 1), GREGORIAN.to_day(year, last, length))


def _ticks(year: int, month: int, axis: Axis) -> tuple[Tick, ...]:
    if month:
        return tuple(Tick(axis.place(axis.first + day - 1), str(day)) for day in DAY_TICKS)
    return tuple(
        Tick(axis.place(GREGORIAN.to_day(year, each, 1)), MONTHS[each - 1][:3])
        for each in MONTH_TICKS
    )


def _year_id(year: int) -> str:
    return f"{year:04}" if year >= 0 else f"y{year}"


def _month_id(year: int, month: int) -> str:
    return f"{_year_id(year)}-{month:02}" if month else f"{_year_id(year)}-open"
