import pytest

from service.timeline.details import Comparator, Figure, Part, Participant
from service.timeline.events import build_event
from service.timeline.figures import agree, figure_conflicts, figure_text, told_figures
from tests.making import day, head, mention, on

HEADS = [head(f"a{n}", "2026-01-27") for n in range(4)]
KNOWN = {each.id: each for each in HEADS}
TODAY = day("2026-01-27")


def figure(value, comparator="exact", **fields):
    base = {"what": "person", "scope": "killed", "as_of": TODAY, "start": 0, "end": 4}
    return Figure(value=value, comparator=Comparator(comparator), **(base | fields))


def told(number, *figures, **fields):
    return mention(
        HEADS[number],
        quote=f"quote {number}",
        date=on("2026-01-26"),
        figures=tuple(figures),
        **fields,
    )


@pytest.mark.parametrize(
    "one, other",
    [
        (figure(14), figure(14)),
        (figure(14), figure(10, "at_least")),
        (figure(14), figure(13, "more_than")),
        (figure(14), figure(12, "range", most=20)),
        (figure(14), figure(15, "less_than")),
        (figure(14), figure(14, "at_most")),
        (figure(2870), figure(3000)),
        (figure(2870), figure(3000, "about")),
        (figure(37), figure(40, "about")),
        (figure(2000, "at_least"), figure(20_000, "more_than")),
        (figure(1.2e6), figure(1_240_000)),
    ],
)
def test_a_figure_agrees_with_what_contains_it(one, other):
    assert agree(one, other)
    assert agree(other, one)


@pytest.mark.parametrize(
    "one, other",
    [
        (figure(14), figure(12)),
        (figure(10), figure(12)),
        (figure(8), figure(10, "at_least")),
        (figure(25), figure(12, "range", most=20)),
        (figure(3600), figure(3000)),
        (figure(6.1), figure(6.3)),
    ],
)
def test_a_figure_that_nothing_leaves_room_for_disagrees(one, other):
    assert not agree(one, other)
    assert not agree(other, one)


def test_two_tolls_of_one_day_are_a_conflict_with_their_articles():
    (conflict,) = figure_conflicts([told(0, figure(14)), told(1, figure(12)), told(2, figure(12))])
    assert conflict.field == "figures"
    assert conflict.values == (
        ("12 (person, killed)", (HEADS[1].id, HEADS[2].id)),
        ("14 (person, killed)", (HEADS[0].id,)),
    )


def test_a_toll_that_rises_from_day_to_day_is_no_conflict():
    later = figure(19, as_of=TODAY + 1)
    assert figure_conflicts([told(0, figure(14)), told(1, later)]) == ()


def test_other_things_counted_are_no_conflict():
    others = (figure(9, scope="injured"), figure(9, what="miner"), figure(9, unit="hectare"))
    assert figure_conflicts([told(0, figure(14)), told(1, *others)]) == ()


def test_terms_of_prison_conflict_on_whatever_day_they_are_told():
    term = {"what": "", "unit": "year", "scope": "sentence"}
    tellings = [told(0, figure(10, **term)), told(1, figure(12, **term, as_of=TODAY + 3))]
    (conflict,) = figure_conflicts(tellings)
    assert [value for value, _ in conflict.values] == ["10 year (sentence)", "12 year (sentence)"]


def test_an_article_that_tells_a_part_and_the_whole_agrees_with_either():
    both = told(0, figure(14), figure(2))
    assert figure_conflicts([both, told(1, figure(14))]) == ()
    assert figure_conflicts([both, told(1, figure(2))]) == ()


def test_one_article_never_disagrees_with_itself():
    assert figure_conflicts([told(0, figure(14)), told(0, figure(12), ordinal=1)]) == ()


def test_what_an_article_repeats_is_told_once():
    repeated = [told(0, figure(14)), told(0, figure(14, start=90, end=92), ordinal=1)]
    (only,) = told_figures(repeated)
    assert (only.article_id, only.figure.start) == (HEADS[0].id, 0)


def test_a_figure_is_written_with_its_comparator():
    assert figure_text(figure(3000, "more_than")) == "more than 3,000 (person, killed)"
    assert figure_text(figure(20, "range", most=30)) == "20-30 (person, killed)"
    assert figure_text(figure(2.5, unit="percent", what="", scope="")) == "2.5 percent"


def test_an_event_names_its_people_once_by_their_fullest_names():
    short = Participant(name="Finn", keys=("finn",), part=Part.AGENT)
    full = Participant(name="Harold Finn", keys=("finn", "harold finn"), part=Part.PATIENT)
    tellings = [
        told(0, participants=(short,), places=("Lima",), attribution="police"),
        told(1, participants=(full,), places=("Peru", "Lima"), attribution="Police"),
    ]
    event = build_event(tellings, KNOWN)
    assert event.participants == ("Harold Finn",)
    assert event.places == ("Lima", "Peru")
    assert event.attribution == ("police",)
