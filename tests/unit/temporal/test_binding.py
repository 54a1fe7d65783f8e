"""What is told from an event: the answer that waits, and where it lies once the event has a day."""

from __future__ import annotations

import pytest

from service.errors import UnresolvableError
from service.temporal.algebra import After, Before, Coming, Here, Leaf, PartOf
from service.temporal.binding import EVENT, bind, unbound
from service.temporal.edtf import interval_edtf
from service.temporal.engine import resolve
from service.temporal.grammar import Meaning
from service.temporal.interval import Day, Granularity, Interval, Point, days, midnight
from service.temporal.lexicon import lexicon
from service.temporal.parts import Part
from service.temporal.publication import read_publication
from service.temporal.scanner import scan
from service.temporal.tagger import Timex
from service.temporal.timex import Context, Span
from service.temporal.units import Period, Unit

CONTEXT = Context(publication=read_publication("2026-01-27T10:00:00-05:00"))
TUESDAY = Day(20480)
END = PartOf(Part.END, EVENT)
JANUARY = Interval(
    start=midnight(Day(20454)), end=midnight(Day(20485)), granularity=Granularity.MONTH
)


def read(text: str):
    (found,) = resolve(text, CONTEXT)
    return found


def test_the_answer_has_a_tree_and_the_words_that_name_the_event():
    text = "The mayor resigned two days after the verdict."
    found = read(text)
    assert found.unbound.expr == After(Period(Unit.DAY, 2), END)
    assert text[found.unbound.event.start : found.unbound.event.end] == found.unbound.text
    assert found.unbound.text == "the verdict"
    assert (found.interval, found.anchor, found.candidates) == (None, None, ())


def test_words_of_time_are_told_apart_from_those_of_the_event():
    text = "The mayor resigned two days after the verdict."
    words = read(text).time_words
    assert text[words.start : words.end] == "two days"
    assert read("He fled during the protests.").time_words is None
    assert read("He fled on Tuesday.").time_words == Span(11, 18)


def test_derivation_says_what_it_waits_for():
    says = [step.says for step in read("They met the day after the vote.").derivation]
    assert says[0] == "it is told from 'the vote', an event whose day the words lack"
    assert says[1].endswith("is read as the day after the end of the event, and waits for its day")


def test_it_is_no_anchor_of_what_follows():
    named, waiting, counted = resolve(
        "He came on 3 March 2025. The day after the vote he spoke. A day later he left.", CONTEXT
    )
    assert (named.interval, waiting.interval) != (None, waiting.unbound)
    assert interval_edtf(counted.interval) == "2025-03-04"


def test_an_event_of_some_day_in_a_month_leaves_every_day_that_is_possible():
    found = bind(After(Period(Unit.DAY, 2), END), JANUARY)
    assert interval_edtf(found) == "2026-01-03/2026-02-02"


def test_one_that_lasted_is_left_at_its_end():
    found = bind(After(Period(Unit.DAY, 2), END), JANUARY, lasting=True)
    assert interval_edtf(found) == "2026-02-02"


def test_hours_from_a_day_may_end_on_the_next():
    found = bind(After(Period(Unit.HOUR, 3), END), days(TUESDAY, TUESDAY))
    assert (found.first_day, found.last_day) == (TUESDAY, TUESDAY + 1)


def test_an_open_side_stays_open():
    before = Interval(start=None, end=midnight(TUESDAY), granularity=Granularity.DAY)
    found = bind(After(Period(Unit.DAY, 2), END), before)
    assert (found.first_day, found.last_day) == (None, TUESDAY + 1)
    since = Interval(start=midnight(TUESDAY), end=None, granularity=Granularity.DAY)
    found = bind(Before(Period(Unit.DAY, 2), PartOf(Part.START, EVENT)), since)
    assert (found.first_day, found.last_day) == (TUESDAY - 2, None)


def test_a_tree_that_needs_the_open_side_of_what_lasted_has_no_place():
    since = Interval(start=midnight(TUESDAY), end=None, granularity=Granularity.DAY)
    with pytest.raises(UnresolvableError):
        bind(Coming(Period(Unit.DAY, 2), END), since, lasting=True)


def test_the_event_itself_is_its_interval():
    assert bind(Here(Leaf.EVENT), JANUARY) == JANUARY


def test_what_waits_for_nothing_is_refused():
    scanned = scan("today", lexicon("en"))
    timex = Timex(Span(0, 5), Meaning(says="a day", expr=EVENT), "today", 0, 1)
    with pytest.raises(ValueError, match="waits for no event"):
        unbound(timex, scanned)


def test_the_second_at_which_a_day_ends_is_inside_it():
    found = bind(END, days(TUESDAY, TUESDAY), lasting=True)
    assert found.bounds == (Point((TUESDAY + 1) * 86_400 - 1), Point((TUESDAY + 1) * 86_400))
