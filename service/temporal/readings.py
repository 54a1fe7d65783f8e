"""The trees that a tagged expression may stand for: calendars of a bare year, orders of d/m.

Directions are not decided here; see `directions`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from service.temporal.algebra import Between, Date, TimeExpr, Years
from service.temporal.calendar_names import CALENDAR_NAMES
from service.temporal.calendars import GREGORIAN
from service.temporal.calendars_latent import THAI_YEARS
from service.temporal.cues import sentence_around
from service.temporal.discourse import Discourse
from service.temporal.evaluation import evaluate
from service.temporal.gates import (
    Passage,
    Surroundings,
    YearReading,
    following_text,
    in_slot,
    is_count,
    year_readings,
)
from service.temporal.grammar import Meaning
from service.temporal.interval import Interval
from service.temporal.languages import beside_english
from service.temporal.lexicon import cues
from service.temporal.outlets import Origin
from service.temporal.scanner import Scan
from service.temporal.tagger import Timex
from service.temporal.timex import Anchor, Calendar, Context, Step
from service.temporal.trees import calendar_of, in_calendar, leaves
from service.temporal.units import Unit
from service.temporal.year_slots import opens_entry

_LONGEST_YEARS = 1000
_BEFORE = 16
_YEARS_PLANNED, _YEARS_TOLD = 30, 150
"""A range from further back to further ahead is one of numbers: "1380-2075"."""
_ERA_RULES = frozenset(["<year> <era>", "<era> <year>"])


@dataclass(frozen=True, slots=True)
class Setting:
    """What every expression of a text is read against; `history` when the whole text tells one.

    `today` is publication day, or the day that a diary says it is; `told` is what said so.
    """

    scan: Scan
    context: Context
    passage: Passage
    origin: Origin
    today: Interval
    history: bool = False
    told: Anchor | None = None

    @property
    def year(self) -> int:
        """The year of publication."""
        return GREGORIAN.from_day(self.context.publication.day).year


class Reading(NamedTuple):
    """One tree with its calendar, its chance and the steps that led to it."""

    expr: TimeExpr
    calendar: Calendar
    chance: float
    steps: tuple[Step, ...] = ()


def is_supported(timex: Timex, setting: Setting) -> bool:
    """Whether a latent expression stands where the words around make it one."""
    own = beside_english(setting.passage.language)
    if own is not None:
        return own.is_supported(timex, setting.scan)
    expr = timex.meaning.expr
    if isinstance(expr, Date):
        entry = setting.history and opens_entry(timex, expr.year, setting.scan, setting.year)
        return entry or in_slot(timex, expr.year, setting.scan, setting.year)
    if isinstance(expr, Between) and isinstance(expr.first, Date) and isinstance(expr.last, Date):
        if setting.scan.word(timex.first - 1) in {":", "/", "-", "–"}:
            return False
        ordered = expr.first.year < expr.last.year <= expr.first.year + _LONGEST_YEARS
        if expr.last.year > setting.year + _YEARS_PLANNED >= expr.first.year + _YEARS_TOLD:
            return False
        return ordered and not is_count(timex, setting.scan, last=expr.last.year)
    return False


def readings(
    timex: Timex, tree: TimeExpr, setting: Setting, discourse: Discourse
) -> tuple[Reading, ...]:
    """The readings of an expression, best first; their chances sum to 1 at most."""
    tree = _of_one_calendar(tree)
    years = (_latent_year(leaf) for leaf in leaves(tree))
    year = next((each for each in years if each is not None), None)
    if year is not None and timex.rule not in _ERA_RULES:
        return _by_calendar(timex, tree, year, _surroundings(timex, setting, discourse))
    return _by_order(timex.meaning, tree, setting)


def _of_one_calendar(tree: TimeExpr) -> TimeExpr:
    """A range whose last year has its era gives it to the first: "between 1440 and 1447 AH"."""
    if not isinstance(tree, Between) or not isinstance(tree.last, Date):
        return tree
    first, last = tree.first, tree.last
    if not isinstance(first, Date) or not _is_bare_year(first) or last.month is not None:
        return tree
    return Between(replace(first, calendar=last.calendar), last)


def _by_order(meaning: Meaning, tree: TimeExpr, setting: Setting) -> tuple[Reading, ...]:
    calendar = calendar_of(tree)
    first = Reading(tree, calendar, meaning.confidence)
    if meaning.others_within is not None and _days_ahead(tree, setting) > meaning.others_within:
        return (first,)
    return first, *_others(meaning, calendar, 1 - meaning.confidence)


def _others(meaning: Meaning, calendar: Calendar, chance: float) -> tuple[Reading, ...]:
    share = chance / max(len(meaning.others), 1)
    return tuple(
        Reading(other, calendar_of(other) if isinstance(other, Date) else calendar, share)
        for other in meaning.others
    )


def _days_ahead(tree: TimeExpr, setting: Setting) -> int:
    start = evaluate(tree, setting.today).first_day
    return 0 if start is None else start - setting.context.publication.day


def _surroundings(timex: Timex, setting: Setting, discourse: Discourse) -> Surroundings:
    return Surroundings(
        passage=setting.passage,
        publication=setting.context.publication.day,
        sentence=sentence_around(setting.scan, timex.first),
        following=following_text(timex, setting.scan),
        preceding=setting.scan.text[max(timex.span.start - _BEFORE, 0) : timex.span.start],
        happening=cues("en").has("happenings", setting.scan.word(timex.until)),
        settled=discourse.calendars,
    )


def _by_calendar(
    timex: Timex, tree: TimeExpr, year: int, around: Surroundings
) -> tuple[Reading, ...]:
    meaning = timex.meaning
    found = year_readings(year, around)
    if len(found) == 1:
        chance = min(meaning.confidence, found[0].chance)
        calendar = calendar_of(tree)
        return Reading(tree, calendar, chance), *_others(meaning, calendar, 1 - chance)
    return tuple(
        Reading(
            in_calendar(tree, each.calendar),
            each.calendar,
            each.chance,
            (_calendar_step(year, each),),
        )
        for each in found
    )


def _calendar_step(year: int, found: YearReading) -> Step:
    name = CALENDAR_NAMES[found.calendar]
    return Step("calendar", f"{year} is a year of the {name}: {found.because}")


def _latent_year(leaf: TimeExpr) -> int | None:
    """The number that may count otherwise: a bare year's, the first of a decade's.

    Also that of a day or month of ours in a year that Thailand counts: "27 January 2569".
    """
    if not isinstance(leaf, Date | Years) or leaf.calendar is not Calendar.GREGORIAN:
        return None
    if isinstance(leaf, Years):
        return leaf.first if leaf.unit is Unit.DECADE else None
    return leaf.year if leaf.month is None or leaf.year in THAI_YEARS else None


def _is_bare_year(leaf: TimeExpr) -> bool:
    return isinstance(leaf, Date) and leaf.month is None and leaf.calendar is Calendar.GREGORIAN
