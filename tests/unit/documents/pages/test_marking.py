"""Quotes cut into runs: whatever the offsets are, the runs are the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.documents.pages.marking import cut

TEXT = "It fell on Friday, he said."


def shown(runs):
    """Runs as text, clauses in brackets and expressions in braces."""
    marks = {(True, False): "[%s]", (False, True): "{%s}", (True, True): "[{%s}]"}
    return "".join(
        marks.get((run.in_clause, run.expression is not None), "%s") % run.text for run in runs
    )


@pytest.mark.parametrize(
    "clauses, expressions, start, told",
    [
        ([(0, 17)], [(11, 17)], 0, "[It fell on ][{Friday}], he said."),
        ([(100, 117)], [(111, 117)], 100, "[It fell on ][{Friday}], he said."),
        ([(0, 7)], [(11, 17)], 0, "[It fell] on {Friday}, he said."),
        ([], [], 0, TEXT),
        ([(0, 999)], [], 0, f"[{TEXT}]"),
        ([], [(-5, -1), (900, 901), (4, 4), (9, 3)], 0, TEXT),
        ([], [(3, 7), (5, 10)], 0, "It {fell}{ on} Friday, he said."),
        ([], [(8, 17), (11, 17)], 0, "It fell {on Friday}, he said."),
        ([], [(11, 17), (8, 17)], 0, "It fell {on Friday}, he said."),
    ],
)
def test_clauses_and_expressions_are_marked_where_they_stand(clauses, expressions, start, told):
    assert shown(cut(TEXT, clauses, expressions, start=start)) == told


def test_a_run_says_which_expression_it_is():
    assert [run.expression for run in cut("ab", [], [(1, 2), (0, 1)])] == [1, 0]


def test_an_empty_text_has_no_runs():
    assert cut("", [(0, 4)], [(0, 2)]) == ()


STRETCHES = st.lists(st.tuples(st.integers(-9, 40), st.integers(-9, 40)), max_size=6)


@given(st.text(max_size=30), STRETCHES, STRETCHES, st.integers(-9, 20))
def test_no_offset_loses_or_doubles_a_character(text, clauses, expressions, start):
    runs = cut(text, clauses, expressions, start=start)
    assert "".join(run.text for run in runs) == text
    assert all(run.text for run in runs)
