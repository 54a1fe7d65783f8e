"""Laws of binding: what is told from an event moves with it and widens with what is unknown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.temporal.algebra import After, Before, Between, Coming, Last, Next, PartOf, Past, This
from service.temporal.binding import EVENT, bind
from service.temporal.interval import Day, Granularity, Interval, midnight
from service.temporal.parts import Part
from service.temporal.units import Cycle, Period, Repeating, Unit

START, END = PartOf(Part.START, EVENT), PartOf(Part.END, EVENT)
DAYS = st.integers(-200_000, 200_000)
LENGTHS = st.integers(1, 800)
PERIODS = st.builds(
    Period,
    st.sampled_from([Unit.HOUR, Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR]),
    st.integers(1, 40),
)
CYCLES = st.one_of(
    st.builds(Repeating, st.just(Cycle.WEEKDAY), st.integers(0, 6)),
    st.builds(Repeating, st.just(Cycle.SEASON), st.integers(0, 3)),
)
TREES = st.one_of(
    st.builds(After, PERIODS, st.just(END)),
    st.builds(After, PERIODS, st.just(START)),
    st.builds(Before, PERIODS, st.just(START)),
    st.builds(Next, CYCLES, st.just(END)),
    st.builds(Last, CYCLES, st.just(START)),
    st.builds(This, st.sampled_from([Unit.DAY, Unit.WEEK, Unit.YEAR]), st.just(EVENT)),
    st.builds(lambda period: Coming(period, END), PERIODS),
    st.builds(lambda period: Past(period, START), PERIODS),
    st.builds(lambda period: Between(EVENT, After(period, END)), PERIODS),
    st.builds(lambda part: PartOf(part, EVENT), st.sampled_from([Part.MORNING, Part.NIGHT])),
)


def event(first: int, length: int) -> Interval:
    return Interval(
        start=midnight(Day(first)), end=midnight(Day(first + length)), granularity=Granularity.DAY
    )


@given(TREES, DAYS, LENGTHS, st.data())
def test_knowing_less_of_the_event_never_rules_a_day_out(tree, first, length, data):
    offset = data.draw(st.integers(0, length - 1))
    inner = bind(tree, event(first + offset, data.draw(st.integers(1, length - offset))))
    outer = bind(tree, event(first, length))
    assert outer.bounds[0] <= inner.bounds[0]
    assert inner.bounds[1] <= outer.bounds[1]


@given(TREES, DAYS, LENGTHS, LENGTHS)
def test_a_later_event_is_never_followed_by_an_earlier_day(tree, first, length, later):
    one, other = bind(tree, event(first, length)), bind(tree, event(first + later, length))
    assert one.bounds[0] <= other.bounds[0]
    assert one.bounds[1] <= other.bounds[1]


@given(st.integers(1, 1000), DAYS, st.integers(1, 60), st.integers(-500, 500))
def test_days_from_an_event_move_with_it(count, first, length, shift):
    tree = After(Period(Unit.DAY, count), END)
    here, there = (bind(tree, event(first + by, length)) for by in (0, shift))
    assert there.bounds[0] - here.bounds[0] == shift * 86_400
    assert here.bounds[1] - here.bounds[0] == length * 86_400


@given(PERIODS, DAYS, LENGTHS)
def test_after_lies_behind_and_before_ahead_of_what_lasted(period, first, length):
    whole = event(first, length)
    assert bind(After(period, END), whole, lasting=True).bounds[1] > whole.bounds[1]
    assert bind(Before(period, START), whole, lasting=True).bounds[0] < whole.bounds[0]


@given(DAYS, LENGTHS, st.booleans())
def test_the_event_itself_is_its_own_interval(first, length, lasting):
    assert bind(EVENT, event(first, length), lasting=lasting) == event(first, length)
