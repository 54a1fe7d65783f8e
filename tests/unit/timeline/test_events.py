from dataclasses import replace

import pytest

from service.temporal.interval import Granularity
from service.timeline.clusters import cluster
from service.timeline.dates import agree
from service.timeline.details import Being, Participant
from service.timeline.events import build_event
from service.timeline.ids import event_id
from service.timeline.links import find_link
from service.timeline.model import Basis, Certainty, Kind, Link, Status
from service.timeline.salience import salience
from tests.making import day, head, mention, on, reported, since

HEADS = [head(f"a{n}", f"2026-01-2{n}") for n in range(5)]
KNOWN = {each.id: each for each in HEADS}


def told(number, date=None, **fields):
    return mention(HEADS[number], quote=f"quote {number}", date=date, **fields)


def linked(mentions):
    pairs = [(one, other) for at, one in enumerate(mentions) for other in mentions[at + 1 :]]
    return [link for one, other in pairs if (link := find_link(one, other))]


def test_an_undated_report_cannot_bridge_two_named_days():
    early, late = told(1, on("2026-01-20")), told(3, on("2026-01-23"))
    between = told(2, reported("2026-01-22"))
    mentions = [early, between, late]
    groups = cluster(mentions, linked(mentions))
    assert sorted(len(group) for group in groups) == [1, 2]
    assert cluster(mentions[::-1], linked(mentions)[::-1]) == groups


def test_the_heavier_link_wins_when_both_cannot_hold():
    early, late = told(1, on("2026-01-21")), told(3, on("2026-01-23"))
    between = told(2, reported("2026-01-23"))
    first, second = sorted((between.id, late.id))
    low, high = sorted((between.id, early.id))
    links = [Link(low, high, 0.6), Link(first, second, 0.9)]
    groups = cluster([early, between, late], links)
    assert {frozenset(group) for group in groups} == {
        frozenset({early}),
        frozenset({between, late}),
    }


def test_stretches_are_intersected():
    coarse = on("2025-09-01", "2025-12-31", granularity=Granularity.YEAR_PART)
    fine = on("2025-12-21", "2025-12-31", granularity=Granularity.MONTH_PART)
    date = agree([told(1, coarse), told(2, fine)], KNOWN).date
    assert (date.start, date.end) == (day("2025-12-21"), day("2025-12-31"))
    assert date.granularity is Granularity.MONTH_PART


def test_a_named_day_beats_reports_and_keeps_their_bound():
    date = agree([told(1, on("2026-01-20")), told(2, reported("2026-01-22"))], KNOWN).date
    assert (date.start, date.end, date.inferred) == (day("2026-01-20"), day("2026-01-20"), False)
    assert date.latest == day("2026-01-20")


def test_the_earliest_report_wins():
    date = agree([told(1, reported("2026-01-21")), told(2, reported("2026-01-22"))], KNOWN).date
    assert (date.start, date.end) == (day("2026-01-21"), day("2026-01-21"))
    assert date.latest == day("2026-01-22")
    assert date.inferred


def inherited(iso):
    return replace(reported(iso), basis=Basis.INHERITED)


def test_the_likely_day_that_most_articles_take_is_shown_without_a_conflict():
    tellings = [told(n, inherited(f"2026-01-{day}")) for n, day in ((1, 14), (2, 21), (3, 21))]
    consensus = agree(tellings, KNOWN)
    assert consensus.date.start == day("2026-01-21")
    assert consensus.conflicts == ()
    assert consensus.date.confidence < inherited("2026-01-21").confidence


def test_of_likely_days_with_equal_support_the_earlier_publication_wins():
    tellings = [told(1, inherited("2026-01-20")), told(2, inherited("2026-01-21"))]
    assert agree(tellings, KNOWN).date.start == day("2026-01-20")


def test_two_likely_days_do_not_outvote_a_named_one_but_more_do():
    named, likely = told(1, on("2026-01-20")), [told(n, inherited("2026-01-19")) for n in (0, 2, 3)]
    assert agree([named, *likely[:2]], KNOWN).date.start == day("2026-01-20")
    outvoted = agree([named, *likely], KNOWN)
    assert (outvoted.date.start, outvoted.date.inferred) == (day("2026-01-19"), True)
    assert (outvoted.date.earliest, outvoted.conflicts) == (None, ())


def test_days_that_differ_are_voted_on_and_all_listed():
    tellings = [told(1, on("2026-01-20")), told(2, on("2026-01-19")), told(3, on("2026-01-19"))]
    consensus = agree(tellings, KNOWN)
    assert consensus.date.start == day("2026-01-19")
    (conflict,) = consensus.conflicts
    assert conflict.field == "date"
    assert conflict.values == (
        ("2026-01-19", (HEADS[2].id, HEADS[3].id)),
        ("2026-01-20", (HEADS[1].id,)),
    )


def test_what_articles_differ_on_is_not_proved():
    date = agree(
        [told(n, on(f"2026-01-{day}")) for n, day in ((1, 20), (2, 19), (3, 19))], KNOWN
    ).date
    assert (date.start, date.end) == (day("2026-01-19"), day("2026-01-19"))
    assert (date.earliest, date.latest) == (day("2026-01-19"), day("2026-01-20"))
    date = agree([told(1, on("2026-01-20")), told(2, inherited("2026-01-18"))], KNOWN).date
    assert (date.earliest, date.latest) == (day("2026-01-18"), day("2026-01-20"))


def test_of_two_readings_with_equal_support_the_earlier_publication_wins():
    assert agree([told(1, on("2026-01-20")), told(2, on("2026-01-19"))], KNOWN).date.start == day(
        "2026-01-20"
    )


def test_an_outlet_votes_once_and_by_its_correction():
    post, other = ({"publisher": name} for name in ("Example Post", "Other Wire"))
    heads = [
        head("b1", "2026-01-21", **post),
        head("b2", "2026-01-22", **post),
        head("b3", "2026-01-23", **post),
        head("b4", "2026-01-24", **other),
    ]
    days = ("2026-01-20", "2026-01-20", "2026-01-19", "2026-01-19")
    tellings = [mention(about, date=on(iso)) for about, iso in zip(heads, days, strict=True)]
    known = {each.id: each for each in heads}
    assert agree(tellings, known).date.start == day("2026-01-19")
    assert agree(tellings[:3], known).date.start == day("2026-01-19")
    assert len(agree(tellings[:3], known).conflicts[0].values) == 2


def test_a_lasting_event_intersects_its_starts_and_lasts_until_it_was_last_told():
    one = since("2025-12-21", "2025-12-31", "2026-01-21")
    other = since("2025-12-28", "2026-01-05", "2026-01-24")
    date = agree([told(1, one), told(4, other)], KNOWN).date
    assert (date.start, date.start_latest) == (day("2025-12-28"), day("2025-12-31"))
    assert (date.end, date.as_of, date.ongoing) == (day("2026-01-24"), day("2026-01-24"), True)


def test_an_end_after_the_last_telling_is_cut_there():
    spring = {"start_latest": day("2025-12-31"), "durative": True}
    date = agree([told(4, on("2025-09-01", "2026-04-30", approximate=True, **spring))], KNOWN).date
    assert (date.end, date.ongoing, date.as_of) == (day("2026-01-24"), True, day("2026-01-24"))


def test_what_happens_within_a_span_changes_neither_of_its_ends():
    lasting = since("2025-12-21", "2025-12-31", "2026-01-21")
    date = agree([told(1, lasting), told(2, on("2026-01-05"))], KNOWN).date
    assert (date.start, date.start_latest) == (day("2025-12-21"), day("2025-12-31"))
    assert (date.end, date.ongoing) == (day("2026-01-21"), True)


def test_ends_that_differ_are_a_conflict_of_their_own():
    one, other = (
        on("2026-01-10", last, start_latest=day("2026-01-10"), durative=True)
        for last in ("2026-01-14", "2026-01-16")
    )
    consensus = agree([told(1, one), told(2, other), told(3, other)], KNOWN)
    assert consensus.date.end == day("2026-01-16")
    assert [conflict.field for conflict in consensus.conflicts] == ["end"]


def test_the_finer_reading_wins_where_as_many_stand_behind_each():
    week = on("2026-01-12", "2026-01-18", granularity=Granularity.WEEK)
    date = agree([told(1, week), told(2, on("2026-01-20"))], KNOWN).date
    assert (date.start, date.end) == (day("2026-01-20"), day("2026-01-20"))


def test_the_article_that_knows_both_readings_decides_between_equals():
    first, second = told(1, on("2026-01-19")), told(2, on("2026-01-20"))
    quoted = mention(HEADS[2], quote="at first", start=1, date=on("2026-01-19"))
    corrected = mention(HEADS[2], quote="in fact", start=2, date=on("2026-01-20"))
    assert agree([first, second], KNOWN).date.start == day("2026-01-19")
    assert agree([first, quoted, corrected], KNOWN).date.start == day("2026-01-20")


def test_a_claim_that_is_repeated_to_be_rejected_is_evidence_of_the_conflict_only():
    denied = [told(n, on("2026-01-19"), certainty=Certainty.DENIED) for n in (2, 3)]
    consensus = agree([told(1, on("2026-01-20")), *denied], KNOWN)
    assert consensus.date.start == day("2026-01-20")
    assert [value for value, _ in consensus.conflicts[0].values] == ["2026-01-19", "2026-01-20"]


def test_a_conflict_costs_confidence():
    agreed = agree([told(1, on("2026-01-20"))], KNOWN).date
    tellings = [told(1, on("2026-01-20")), told(2, on("2026-01-19")), told(3, on("2026-01-19"))]
    assert agree(tellings, KNOWN).date.confidence < agreed.confidence


def test_days_that_are_only_inferred_never_conflict():
    consensus = agree([told(1, reported("2026-01-21")), told(3, reported("2026-01-23"))], KNOWN)
    assert consensus.conflicts == ()


def test_a_likely_day_within_a_wider_reading_is_shown_as_inferred():
    month = on("2026-01-01", "2026-01-31", granularity=Granularity.MONTH)
    date = agree([told(1, month), told(2, reported("2026-01-22"))], KNOWN).date
    assert (date.start, date.end, date.inferred) == (day("2026-01-22"), day("2026-01-22"), True)
    assert (date.earliest, date.latest) == (day("2026-01-01"), day("2026-01-23"))


def test_an_event_has_the_id_of_its_smallest_mention():
    event = build_event((told(1), told(2)), KNOWN)
    assert event.id == event_id(told(1).id)


def test_the_firmest_source_sets_the_certainty_and_the_farthest_the_status():
    hedged = told(1, certainty=Certainty.ALLEGED, status=Status.HAPPENED)
    event = build_event((hedged, told(2, status=Status.ONGOING)), KNOWN)
    assert (event.certainty, event.status) == (Certainty.ASSERTED, Status.ONGOING)


def test_the_headline_of_a_lead_is_preferred():
    body = told(1, headline="A quake of unusual force hit Lima")
    lead = told(2, role="headline", lead=True, headline="Quake kills dozens of people in Lima")
    assert build_event((body, lead), KNOWN).headline == "Quake kills dozens of people in Lima"


@pytest.mark.parametrize("kind", [Kind.STATEMENT, Kind.PLANNED, Kind.STATE])
def test_statements_plans_and_states_matter_less(kind):
    assert salience([told(1, kind=kind)], KNOWN) < salience([told(1)], KNOWN)


def test_salience_grows_with_independent_sources_and_stays_below_one():
    heads = [head(f"b{n}", "2026-01-21") for n in range(40)]
    known = {each.id: each for each in heads}
    tellings = [mention(each, quote=each.key) for each in heads]
    values = [salience(tellings[:count], known) for count in (1, 2, 5, 40)]
    assert values == sorted(values)
    assert values[0] > 0
    assert values[-1] <= 1


def test_an_outlet_that_tells_twice_adds_nothing_but_one_that_comes_back_to_it_does():
    first, again, later = (
        head(key, published, publisher=outlet)
        for key, published, outlet in (
            ("b1", "2026-01-21", "Example Post"),
            ("b2", "2026-01-21", "Example Post"),
            ("b3", "2026-01-24", "Other Wire"),
        )
    )
    same = replace(later, published_at=first.published_at, published_utc=first.published_utc)
    once = [mention(first, quote="one")]
    known = {each.id: each for each in (first, again, later)}
    assert salience([*once, mention(again, quote="two")], known) == salience(once, known)
    at_once = salience([*once, mention(same, quote="three")], known)
    assert salience([*once, mention(later, quote="three")], known) > at_once


def test_what_a_title_tells_matters_more():
    plain, titled = (head("b1", "2026-01-21", title=title) for title in ("News", "Lima quake"))
    assert salience([mention(titled)], {titled.id: titled}) > salience(
        [mention(plain)], {plain.id: plain}
    )


def test_an_event_that_some_deny_is_disputed_and_says_who():
    event = build_event((told(1), told(2, certainty=Certainty.DENIED)), KNOWN)
    assert event.status is Status.DISPUTED
    (conflict,) = event.conflicts
    assert conflict.field == "status"
    assert conflict.values == (("happened", (HEADS[1].id,)), ("did_not_happen", (HEADS[2].id,)))


def test_an_event_that_all_deny_is_no_dispute():
    event = build_event((told(1, certainty=Certainty.DENIED),), KNOWN)
    assert (event.status, event.certainty) == (Status.HAPPENED, Certainty.DENIED)
    assert event.conflicts == ()


def organisation(name, *keys):
    folded = tuple(sorted((*keys, name.casefold())))
    return (Participant(name=name, keys=folded, being=Being.ORGANISATION),)


def test_one_acronym_with_two_names_is_a_conflict_of_names():
    event = build_event(
        (
            told(1, participants=organisation("Centre for Water and Land", "cwl")),
            told(2, participants=organisation("Council of Wells and Locks", "cwl")),
        ),
        KNOWN,
    )
    (conflict,) = event.conflicts
    assert (conflict.field, len(conflict.values)) == ("name", 2)


def test_a_longer_name_is_no_other_name():
    event = build_event(
        (
            told(1, participants=organisation("Water Council", "wc")),
            told(2, participants=organisation("Water Council Aldwick", "wc")),
        ),
        KNOWN,
    )
    assert event.conflicts == ()


def test_two_places_of_what_is_so_are_a_conflict_of_whereabouts():
    held = {"kind": Kind.STATE, "status": Status.ONGOING}
    event = build_event(
        (told(1, places=("Aldwick",), **held), told(2, places=("Port Amara",), **held)), KNOWN
    )
    assert [conflict.field for conflict in event.conflicts] == ["whereabouts"]
    same = (told(1, places=("Aldwick",), **held), told(2, places=("Aldwick", "Norland"), **held))
    assert build_event(same, KNOWN).conflicts == ()


def test_a_clause_that_needs_the_one_before_it_gives_no_headline():
    fragment = told(1, lead=True, headline="Which broke all the windows of the old harbour")
    whole = told(2, headline="A blast broke all the windows of the harbour")
    assert build_event((fragment, whole), KNOWN).headline == whole.headline


def test_the_headline_is_the_one_that_other_articles_tell_too():
    odd = told(1, role="headline", headline="Lima mourns after its darkest night in years")
    two = [
        told(n, role="headline", headline=f"Quake kills dozens of people in Lima {n}")
        for n in (2, 3)
    ]
    odd = replace(odd, terms=("dark", "mourn", "night", "year"))
    assert build_event((odd, *two), KNOWN).headline == two[0].headline
