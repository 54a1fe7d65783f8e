"""Which one is meant when a weekday, month or season comes without its week or year."""

from __future__ import annotations

from typing import NamedTuple

from service.errors import UnresolvableError
from service.temporal.algebra import (
    Between,
    Coming,
    Last,
    Next,
    This,
    TimeExpr,
    Undirected,
)
from service.temporal.calendars import GREGORIAN, weekday
from service.temporal.evaluation import evaluate
from service.temporal.interval import SECONDS_A_DAY, Granularity, Interval, Point, day_of
from service.temporal.timex import Tense
from service.temporal.trees import substituted, undirected
from service.temporal.units import Cycle, Repeating, Unit, neighbours

_REPORTED = 100
_FAR_DAYS = 260
_NEAR_DAYS = 75
_STEP_BACK = 200
_STEP_ON = 130


class Directed(NamedTuple):
    """A tree whose direction is decided, and its interval; `own` if it is the anchor's own one."""

    expr: TimeExpr
    interval: Interval
    own: bool = False


def directed(
    expr: TimeExpr,
    anchor: Interval,
    tense: Tense | None,
    *,
    in_year: bool = False,
    loose: bool = False,
    apart: bool = False,
) -> tuple[Directed, ...]:
    """The readings of `expr`, the one that `tense` points at first, then the other way.

    Past: the last one that has begun; future: the first that is not over; no cue: past for
    weekdays, else the nearest. `in_year` is for narrative: the one in the year of the anchor.
    A `loose` cue stands off: it does not pass over a day of weeks away for one of a year away;
    one that is `apart` belongs to something else, and does not pass over a month either.
    Raises UnresolvableError when there is no reading at all.
    """
    leaf = undirected(expr)
    if leaf is None:
        return (Directed(expr, evaluate(expr, anchor)),)
    options = _options(expr, leaf, anchor)
    if not options:
        raise UnresolvableError(f"{expr}: no reading near the anchor")
    best = _of_year(options, anchor, leaf) if in_year else _choose(options, anchor, tense, leaf)
    if (
        (apart or (loose and _is_stated_day(leaf.what)))
        and not in_year
        and not is_weekly(leaf.what)
    ):
        best = _close_by(best, options, anchor)
    rest = [option for option in options if option is not best]
    rest.sort(key=lambda option: _distance(option.interval, anchor))
    return (best, *rest)


def _options(expr: TimeExpr, leaf: Undirected, anchor: Interval) -> list[Directed]:
    """The occurrence before, the one that holds the anchor, the one after, where they exist."""
    of = evaluate(leaf.of, anchor)
    try:
        before, current, after = neighbours(leaf.what, of)
    except ValueError as error:  # the calendar does not reach the anchor
        raise UnresolvableError(f"{leaf}: {error}") from error
    trees: list[TimeExpr] = [
        Last(leaf.what, leaf.of, including=False),
        Next(leaf.what, leaf.of, including=False),
    ]
    if current is not None:
        trees.insert(1, This(leaf.what, leaf.of))
    own = trees[1] if current is not None else None
    if expr is leaf:
        places = (before, after) if current is None else (before, current, after)
        pairs = zip(trees, places, strict=True)
        return [Directed(tree, place, tree is own) for tree, place in pairs]
    if isinstance(expr, Between):
        trees.insert(0, Last(leaf.what, trees[0]))
        trees.append(Next(leaf.what, trees[-1]))
    options = []
    for tree in trees:
        whole = substituted(expr, leaf, tree)
        try:
            options.append(Directed(whole, evaluate(whole, anchor), tree is own))
        except UnresolvableError:
            continue
    return options


def _of_year(options: list[Directed], anchor: Interval, leaf: Undirected) -> Directed:
    """The one in the year of the anchor, else the first one after it; a weekday comes after it."""
    if is_weekly(leaf.what):
        return options[-1]
    year = GREGORIAN.from_day(day_of(_start(anchor))).year
    for option in options:
        first = option.interval.first_day
        if first is not None and GREGORIAN.from_day(first).year == year:
            return option if _goes_on(option, options[-1], anchor) else options[-1]
    return options[-1]


def _goes_on(option: Directed, following: Directed, anchor: Interval) -> bool:
    """Whether it is no step back of months: "in December 1988 ... in February" is that of 1989."""
    if anchor.granularity > Granularity.QUARTER or option.interval.overlaps(anchor):
        return True
    ahead = (following.interval.start or 0) - anchor.bounds[1]
    behind = anchor.bounds[0] - _until(option)
    return behind < _STEP_BACK * SECONDS_A_DAY or ahead > _STEP_ON * SECONDS_A_DAY


def _choose(
    options: list[Directed], anchor: Interval, tense: Tense | None, leaf: Undirected
) -> Directed:
    weekly = is_weekly(leaf.what)
    options = _on_weekday(options, leaf.what)
    told = _told_of(options, anchor, leaf)
    if told is not None:
        return told
    if tense is Tense.FUTURE:
        ahead = [option for option in options if _until(option) > _start(anchor)]
        if isinstance(options[0].expr, Between | Coming):
            ahead = [
                each for each in ahead if (each.interval.start or 0) >= _start(anchor)
            ] or ahead
        return ahead[0] if ahead else options[-1]
    if tense is Tense.PAST or (weekly and tense is None):
        return _past(options, anchor, leaf)
    return min(options, key=lambda option: _distance(option.interval, anchor))


def _close_by(best: Directed, options: list[Directed], anchor: Interval) -> Directed:
    """The nearest one, when `best` is most of a year away and the other is not."""
    nearest = min(options, key=lambda option: _distance(option.interval, anchor))
    far = _distance(best.interval, anchor) > _FAR_DAYS * SECONDS_A_DAY
    near = _distance(nearest.interval, anchor) < _NEAR_DAYS * SECONDS_A_DAY
    return nearest if far and near else best


def _told_of(options: list[Directed], anchor: Interval, leaf: Undirected) -> Directed | None:
    """A quarter that is just over: what is said of it, even of a report to come, is that one."""
    if not isinstance(leaf.what, Repeating) or leaf.what.cycle is not Cycle.QUARTER:
        return None
    just_over = (
        option
        for option in options
        if 0 <= _start(anchor) - _until(option) < _REPORTED * SECONDS_A_DAY
    )
    return next(just_over, None)


def _past(options: list[Directed], anchor: Interval, leaf: Undirected) -> Directed:
    """The last that has begun; a range has reached its last end, a stated day may be tomorrow."""
    limit = anchor.end or _start(anchor)
    if _is_stated_day(leaf.what):
        limit = Point(limit + SECONDS_A_DAY)
    begun = [option for option in options if (option.interval.start or 0) < limit]
    reached = [option for option in begun if _last_start(option, anchor) < limit]
    if isinstance(options[0].expr, Between) and reached:
        return reached[-1]
    return begun[-1] if begun else options[0]


def _last_start(option: Directed, anchor: Interval) -> int:
    """Where the last end of a joined range begins."""
    if not isinstance(option.expr, Between):
        return 0
    return evaluate(option.expr.last, anchor).start or 0


def _on_weekday(options: list[Directed], what: Unit | Repeating) -> list[Directed]:
    """Those that fall on the weekday which the text says; all of them when none does."""
    if not isinstance(what, Repeating) or what.weekday is None:
        return options
    fitting = [
        option
        for option in options
        if option.interval.first_day is not None
        and weekday(option.interval.first_day) == what.weekday
    ]
    return fitting or options


def is_weekly(what: Unit | Repeating) -> bool:
    """Whether it comes round every week: a weekday, a weekend, the week itself."""
    if isinstance(what, Unit):
        return what in {Unit.WEEKEND, Unit.WEEK}
    return what.cycle in {Cycle.WEEKDAY, Cycle.WEEK, Cycle.WEEKEND}


def _is_stated_day(what: Unit | Repeating) -> bool:
    return isinstance(what, Repeating) and what.cycle is Cycle.MONTH_DAY


def _distance(interval: Interval, anchor: Interval) -> int:
    if interval.overlaps(anchor):
        return 0
    start, end = interval.start or 0, interval.end or 0
    return max(_start(anchor) - end, start - (anchor.end or 0)) + 1


def _start(interval: Interval) -> Point:
    return interval.start if interval.start is not None else Point(0)


def _until(option: Directed) -> Point:
    return option.interval.end if option.interval.end is not None else Point(2**62)
