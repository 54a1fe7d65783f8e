"""Cutting a text into runs by marks that overlap."""

from hypothesis import given
from hypothesis import strategies as st

from service.documents.pages.runs import Mark, cut, marks_within, paragraphs

texts = st.text("ab \n\u0633", max_size=40)
marks = st.lists(
    st.builds(
        lambda start, length, key: Mark(start, start + length, "any", key),
        st.integers(-5, 45),
        st.integers(0, 20),
        st.sampled_from("xyz"),
    ),
    max_size=6,
)


@given(texts, marks, st.integers(0, 5))
def test_runs_are_the_text_and_each_lies_under_what_covers_it(text, some, offset):
    runs = cut(text, some, offset=offset)
    assert "".join(run.text for run in runs) == text
    at = offset
    for run in runs:
        covering = [mark for mark in some if mark.start <= at and mark.end >= at + len(run.text)]
        assert sorted(run.marks, key=repr) == sorted(covering, key=repr)
        at += len(run.text)


@given(texts, marks)
def test_what_reaches_into_the_text_begins_once_and_ends_once(text, some):
    there = [m for m in some if text and m.start < len(text) and m.end > 0 and m.start < m.end]
    runs = cut(text, some)
    assert sorted(map(repr, there)) == sorted(repr(m) for run in runs for m in run.begins)
    assert sorted(map(repr, there)) == sorted(repr(m) for run in runs for m in run.ends)


@given(texts)
def test_paragraphs_hold_everything_but_blanks(text):
    places = paragraphs(text)
    assert "".join("".join(text[a:b].split()) for a, b in places) == "".join(text.split())
    assert all(text[a:b] == text[a:b].strip() and a < b for a, b in places)
    assert list(places) == sorted(places)


@given(texts, marks)
def test_each_place_gets_the_marks_that_reach_into_it(text, some):
    places = paragraphs(text)
    for (start, end), found in zip(places, marks_within(places, some), strict=True):
        expected = [mark for mark in some if mark.start < end and mark.end > start]
        assert sorted(map(repr, found)) == sorted(map(repr, expected))


def test_the_longest_mark_comes_first():
    outer, inner = Mark(0, 9, "clause"), Mark(2, 5, "date")
    (_, middle, _) = cut("It fell.x", [inner, outer])
    assert middle.marks == (outer, inner)
