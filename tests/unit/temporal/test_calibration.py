"""Confidence as measured: one factor a rule, order and sums of the readings kept."""

from __future__ import annotations

import pytest

from service.temporal.calibration import moved, rule_of, step_of
from service.temporal.engine import resolve
from service.temporal.lexicon import measures
from service.temporal.publication import read_publication
from service.temporal.rules import en
from service.temporal.timex import Context

CHANCES = (0.05, 0.3, 0.5, 0.59, 0.75, 0.9, 0.97, 0.99)


def read(text: str):
    return resolve(text, Context(publication=read_publication("2026-01-27T10:00:00-05:00")))


def test_every_measure_is_of_a_rule_that_there_is():
    names = {rule.name for stage in en.stages() for rule in stage.rules}
    assert set(measures("en")) - names == set()


def test_every_measure_counts_no_more_right_than_seen():
    for rule, told in measures("en").items():
        assert 0 < told.claimed < 1, rule
        assert 0 <= told.right <= told.seen, rule


@pytest.mark.parametrize("rule", sorted(measures("en")))
def test_more_evidence_gives_more_confidence_within_a_rule(rule):
    found = [moved(chance, step_of(rule)) for chance in CHANCES]
    assert found == sorted(found)
    assert all(0 < chance < 1 for chance in found)


def test_a_rule_that_was_never_measured_keeps_its_claim():
    assert step_of("<no such rule>") == 0
    assert moved(0.7, 0.0) == 0.7


def test_a_rule_is_moved_towards_what_was_measured():
    for rule, told in measures("en").items():
        towards = told.right / told.seen - told.claimed
        assert (moved(told.claimed, step_of(rule)) - told.claimed) * towards >= 0, rule


def test_the_rule_is_the_one_that_read_and_not_the_preposition():
    (found,) = read("The road has been shut since Tuesday.")
    assert rule_of(found) == "<weekday>"


def test_other_readings_stay_below_the_best_and_sum_to_one_at_most():
    for text in ("The vote is next Friday.", "He came in March.", "Signed on 3/2/2026 there."):
        (found,) = read(text)
        chances = [found.confidence, *(each.confidence for each in found.candidates)]
        assert chances == sorted(chances, reverse=True)
        assert sum(chances) <= 1.001


def test_a_verb_beside_a_weekday_makes_it_surer_than_none():
    (told,) = read("The dam burst on Sunday.")
    (bare,) = read("Sunday at the dam.")
    assert bare.confidence < told.confidence
