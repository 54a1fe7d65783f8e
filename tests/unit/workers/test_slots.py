"""Which expression dates a sentence: published on Tuesday 27 January 2026."""

import pytest

from service.timeline.model import Basis, Kind, Status
from tests.making import claimed, day
from workers.grammar.analysis import build
from workers.pipeline import read_batch

LEAD = "The river is wide and slow, and the valley is a quiet place in every season."


@pytest.fixture(scope="module")
def analyser():
    return build()


@pytest.fixture
def tell(analyser):
    """The mentions of sentences that stand below a lead that tells nothing."""

    def tell_all(sentences, **posted):
        text = f"{LEAD}\n\n{sentences}"
        ((_, read),) = read_batch([claimed(text=text, language="en", **posted)], analyser)
        return read.mentions

    return tell_all


@pytest.mark.parametrize(
    "sentence",
    [
        "On 8 January Norland shut down the mines.",
        "Norland forbade the march on 8 January.",
        "The mines were dug out again on 8 January.",
        "Two men have been freed since they fled on 8 January.",
        "The price of salt hit a peak on 8 January.",
    ],
)
def test_every_past_tells_of_a_happening(tell, sentence):
    happenings = [each for each in tell(sentence) if each.kind is Kind.HAPPENING]
    assert day("2026-01-08") in {each.date.start for each in happenings}


@pytest.mark.parametrize(
    "sentence",
    [
        "Their report recommended repairs by 31 December 2026, and none were made.",
        "Two shops warned that fruit would run short by Sunday, and people laughed.",
        "The figure covers the third week of October too, when the yard was full.",
        "They have since fallen back to where they were in late September.",
        "The town warned that the dam could fail by last Sunday.",
        "More salt was sold than in October 2025.",
        "An earlier version of this article said that the mine closed on Monday.",
        "We wrongly reported that the mine closed on Monday.",
        "Correction, 26 January: the mine is owned by the town.",
        "It was Saturday.",
        "The town should have closed the mine on Monday.",
        "In January 2026 the valley is a quiet place.",
    ],
)
def test_a_day_that_is_not_the_day_of_what_is_told_dates_no_happening(tell, sentence):
    told = [each for each in tell(sentence) if each.kind is not Kind.PLANNED]
    assert [each.headline for each in told if each.date.basis is Basis.EXPLICIT] == []


@pytest.mark.parametrize(
    "sentence,start,end",
    [
        (
            "Police cleared the gate on Thursday and held men who had blocked it since Monday.",
            22,
            22,
        ),
        ("Charges against the men held on 9 January were dropped on Thursday.", 22, 22),
        ("The man who fell on Sunday was buried on Monday.", 26, 26),
        ("The last strike, in 2014, ended on 12 January.", 12, 12),
        ("NORTHPORT, Jan. 20 (Wire) - Police cleared the gate on Thursday.", 22, 22),
    ],
)
def test_the_main_clause_has_its_own_day(tell, sentence, start, end):
    shown = [(each.date.start, each.date.end) for each in tell(sentence)]
    assert (day(f"2026-01-{start}"), day(f"2026-01-{end}")) in shown


def test_a_dateline_dates_nothing(tell):
    (found,) = tell("NORTHPORT, Jan. 20 (Wire) - The gate will be mended on 3 February.")
    assert (found.kind, found.date.start) == (Kind.PLANNED, day("2026-02-03"))


@pytest.mark.parametrize(
    "sentence,start,end",
    [
        ("The fair opens on Friday.", "2026-01-30", "2026-01-30"),
        ("Two shops warned that fruit would run short by Sunday.", None, "2026-02-01"),
        ("Trains will not run before next Monday.", "2026-02-02", None),
        ("The trial was postponed until 9 March 2026.", "2026-03-09", "2026-03-09"),
        ("Elections were called for 9 March 2026.", "2026-03-09", "2026-03-09"),
        ("A march is planned in Northport on 3 February.", "2026-02-03", "2026-02-03"),
    ],
)
def test_what_is_to_come_is_planned(tell, sentence, start, end):
    (found,) = tell(sentence)
    assert (found.kind, found.status) == (Kind.PLANNED, Status.PLANNED)
    assert found.date.start == (day(start) if start else None)
    assert found.date.end == (day(end) if end else None)


def test_a_past_that_lasts_until_a_day_ahead_goes_on(tell):
    (found,) = tell("The road was closed until 3 February 2026.")
    assert (found.status, found.date.ongoing) == (Status.ONGOING, True)
    assert (found.date.end, found.date.as_of) == (day("2026-01-27"), day("2026-01-27"))


@pytest.mark.parametrize(
    "sentence,kind",
    [
        ("On Monday the town announced a public inquiry.", Kind.HAPPENING),
        ("On Monday the town announced that it had no money.", Kind.STATEMENT),
        ("On Monday the town said the mine was safe.", Kind.STATEMENT),
    ],
)
def test_announcing_a_thing_is_a_deed_and_announcing_words_is_not(tell, sentence, kind):
    (found,) = tell(sentence)
    assert found.kind is kind


def test_a_plan_inside_a_clause_about_someone_is_no_plan(analyser):
    text = "Campaigners are calling for the release of a man who will be tried in Norland."
    ((_, read),) = read_batch([claimed(text=text, language="en")], analyser)
    (found,) = read.mentions
    assert (found.kind, found.date.basis) == (Kind.STATEMENT, Basis.REPORTED)


def test_a_headline_that_the_text_does_not_tell_is_no_event(analyser):
    body = "The council of Aldwick closed the old bridge, and the ferry took its place at once."
    for headline, told in (("A rope cut, a river lost", 1), ("Aldwick council closes bridge", 2)):
        text = f"{headline}\n\n{body}"
        ((_, read),) = read_batch([claimed(text=text, language="en")], analyser)
        assert len(read.mentions) == told


PAST = ("closed the gate", "was seen", "had fallen", "shut the mine", "were told to leave")
WHEN = (
    *("by the end of the year", "until Friday", "since Monday", "on Friday", "next Friday"),
    *("by Sunday", "in February", "on 3 March 2026", "before next Monday", "from Friday"),
)


@pytest.mark.parametrize("past", PAST)
@pytest.mark.parametrize("when", WHEN)
def test_nothing_past_is_dated_wholly_after_publication(tell, past, when):
    for each in tell(f"The warden {past} {when}."):
        last = each.published_day + 1
        begun = each.date.start if each.date.start is not None else each.date.end
        assert each.kind is Kind.PLANNED or begun <= last
