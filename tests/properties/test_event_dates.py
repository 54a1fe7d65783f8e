"""What an event shows as its date follows from its members' own bounds, and stays inside them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from service.temporal.interval import Granularity
from service.timeline.dates import agree
from service.timeline.model import Basis, Certainty, Kind
from tests.making import day, head, mention, on, reported, since

PUBLISHED = ("2026-01-20", "2026-01-22", "2026-01-25", "2026-02-01")
ARTICLES = [
    head(f"a{number}", published, publisher=f"outlet {number % 3}")
    for number, published in enumerate(PUBLISHED)
]
HEADS = {each.id: each for each in ARTICLES}
PUNCTUAL = ("day", "day", "stretch", "by", "after", "reported", "said", "inherited", "anchored")
LASTING = ("since", "until", "range", "closed range", "begun")


def iso(number):
    return f"2026-01-{number:02}"


FORMS = {
    "day": lambda whole, _: replace(whole, end=whole.start, latest=whole.start),
    "anchored": lambda whole, _: replace(
        whole, end=whole.start, latest=whole.start, basis=Basis.ANCHORED
    ),
    "stretch": lambda whole, _: replace(whole, granularity=Granularity.MONTH_PART),
    "by": lambda whole, _: replace(whole, start=None, earliest=None),
    "after": lambda whole, _: replace(whole, end=None, latest=None),
    "reported": lambda _, published: reported(published),
    "said": lambda whole, published: reported(
        published, start=whole.end, end=whole.end, latest=whole.end
    ),
    "inherited": lambda whole, published: reported(
        published, start=whole.end, end=whole.end, basis=Basis.INHERITED
    ),
    "since": lambda whole, published: replace(
        since(published, published, published),
        start=whole.start,
        start_latest=whole.end,
        earliest=whole.earliest,
    ),
    "until": lambda whole, _: replace(whole, start=None, earliest=None, durative=True),
    "range": lambda whole, published: replace(
        whole,
        start_latest=whole.start,
        end=day(published),
        latest=day(published) + 1,
        durative=True,
    ),
    "closed range": lambda whole, _: replace(whole, start_latest=whole.start, durative=True),
    "begun": lambda whole, _: replace(
        whole, start_latest=whole.end, end=None, latest=None, durative=True
    ),
}


@st.composite
def claims(draw, published, forms):
    first = draw(st.integers(1, 20))
    whole = on(iso(first), iso(draw(st.integers(first, 20))))
    return FORMS[draw(st.sampled_from(forms))](whole, published)


@st.composite
def members(draw, forms):
    found = []
    for number in range(draw(st.integers(1, 5))):
        article = draw(st.sampled_from(ARTICLES))
        found.append(
            mention(
                article,
                quote=f"sentence {number}",
                start=number,
                date=draw(claims(article.published_at, forms)),
                certainty=draw(st.sampled_from((Certainty.ASSERTED,) * 4 + (Certainty.DENIED,))),
            )
        )
    return sorted(found, key=lambda each: each.order)


def hull(mentions):
    """The days from the least to the greatest that any member allows; None is open."""
    earliest = [each.date.earliest for each in mentions]
    latest = [each.date.latest for each in mentions]
    return (
        None if None in earliest else min(earliest),
        None if None in latest else max(latest),
    )


def is_inside(date, bounds):
    first, last = bounds
    known = [each for each in (date.start, date.start_latest, date.end) if each is not None]
    return all(
        (first is None or first <= each) and (last is None or each <= last) for each in known
    )


@given(members(PUNCTUAL))
@settings(max_examples=300, deadline=None)
def test_a_shown_day_lies_inside_the_hull_of_the_members_bounds(mentions):
    date = agree(mentions, HEADS).date
    assert is_inside(date, hull(mentions))
    assert date.start is None or date.end is None or date.start <= date.end
    assert is_inside(date, (date.earliest, date.latest))


@given(members(LASTING + PUNCTUAL[:2]))
@settings(max_examples=300, deadline=None)
def test_a_shown_span_lies_inside_the_hull_of_the_members_bounds(mentions):
    date = agree(mentions, HEADS).date
    assert is_inside(date, hull(mentions))
    assert date.start is None or date.end is None or date.start <= date.end
    assert date.ongoing == (date.as_of is not None)


@given(members(PUNCTUAL))
@settings(max_examples=200, deadline=None)
def test_only_named_days_that_differ_are_a_conflict(mentions):
    named = {Basis.EXPLICIT, Basis.ANCHORED}
    for conflict in agree(mentions, HEADS).conflicts:
        tellers = {article for _, articles in conflict.values for article in articles}
        for teller in tellers:
            bases = {each.date.basis for each in mentions if each.article_id == teller}
            assert bases & named
        assert len(conflict.values) > 1


@given(members(("day", "stretch")))
@settings(max_examples=200, deadline=None)
def test_a_date_without_a_conflict_fits_every_source(mentions):
    heard = [each for each in mentions if each.certainty is not Certainty.DENIED] or mentions
    consensus = agree(mentions, HEADS)
    if not consensus.conflicts:
        for each in heard:
            assert each.date.start <= consensus.date.start
            assert consensus.date.end <= each.date.end


def test_the_kind_of_a_plan_leaves_its_end_ahead():
    told = mention(
        ARTICLES[0],
        kind=Kind.PLANNED,
        date=on("2026-03-02", "2026-03-09", durative=True, start_latest=day("2026-03-02")),
    )
    date = agree([told], HEADS).date
    assert (date.end, date.ongoing) == (day("2026-03-09"), False)
