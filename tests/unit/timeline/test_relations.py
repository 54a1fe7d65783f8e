"""What events have to do with one another: dates from others, statements, plans and their end."""

from dataclasses import replace

import pytest

from service.documents.jsontext import loads
from service.timeline.ids import event_id
from service.timeline.model import Basis, Kind, Pointer, Pointing, Status
from tests.making import World, day, head, mention, on, reported, since

EARLY, LATER, LAST = (head(f"a{n}", f"2026-01-{n}") for n in (21, 23, 28))
TRIAL = {"trigger": "try", "trigger_class": "try", "terms": ("court", "trial"), "names": ("finn",)}
ARREST = {
    "trigger": "arrest",
    "trigger_class": "arrest",
    "terms": ("arrest", "man"),
    "names": ("aldwick",),
}


def shown(world, of):
    return loads(world.documents[event_id(of.id)])


def dated_from(target, relation=Pointing.WITHIN, least=None, most=None):
    return Pointer(target=target.id, relation=relation, least=least, most=most)


def anchored(first, last):
    return on(first, last, basis=Basis.ANCHORED)


def arrest_told(date, pointer):
    """The arrest, told behind the trial of the early article and counted from another mention."""
    return mention(EARLY, quote="arrest", start=50, date=date, pointer=pointer, **ARREST)


@pytest.mark.parametrize(
    "relation,least,start,end",
    [
        (Pointing.WITHIN, None, "2026-01-10", "2026-01-10"),
        (Pointing.AFTER, None, "2026-01-10", "2026-01-20"),
        (Pointing.BEFORE, None, "2026-01-01", "2026-01-10"),
        (Pointing.APART, 2, "2026-01-12", "2026-01-12"),
        (Pointing.APART, -1, "2026-01-09", "2026-01-09"),
    ],
)
def test_an_event_is_narrowed_by_the_day_of_the_one_it_points_at(relation, least, start, end):
    world = World()
    trial = mention(EARLY, quote="trial", date=on("2026-01-10"), **TRIAL)
    arrest = arrest_told(
        anchored("2026-01-01", "2026-01-20"), dated_from(trial, relation, least, least)
    )
    world.tell(EARLY, [trial, arrest])
    date = shown(world, arrest)["date"]
    assert (date["start"], date["end"]) == (start, end)


def test_a_source_that_dates_the_other_event_better_dates_this_one_too():
    world = World()
    trial = mention(EARLY, quote="trial", date=on("2026-01-05", "2026-01-15"), **TRIAL)
    arrest = arrest_told(anchored("2026-01-05", "2026-01-15"), dated_from(trial))
    world.tell(EARLY, [trial, arrest])
    exact = mention(LATER, quote="trial there", date=on("2026-01-12"), **TRIAL)
    plan = world.tell(LATER, [exact])
    assert ("updated", event_id(arrest.id)) in [(each.type, each.event_id) for each in plan.changes]
    assert shown(world, arrest)["date"]["start"] == "2026-01-12"
    world.tell(LATER, [])
    assert shown(world, arrest)["date"]["start"] == "2026-01-05"


def test_a_narrowing_that_leaves_nothing_is_dropped_and_listed():
    world = World()
    trial = mention(EARLY, quote="trial", date=on("2026-01-10"), **TRIAL)
    pointing = arrest_told(
        anchored("2026-01-10", "2026-01-20"), dated_from(trial, Pointing.APART, 2, 2)
    )
    named = mention(LATER, quote="arrest there", date=on("2026-01-15"), **ARREST)
    world.tell(EARLY, [trial, pointing])
    world.tell(LATER, [named])
    event = shown(world, pointing)
    assert event["date"]["start"] == "2026-01-15"
    (conflict,) = event["conflicts"]
    assert [each["value"] for each in conflict["values"]] == ["2026-01-15", "2026-01-12"]


def test_a_likely_day_gives_way_to_what_it_is_counted_from():
    world = World()
    trial = mention(EARLY, quote="trial", date=on("2026-01-10"), **TRIAL)
    pointing = arrest_told(
        anchored("2026-01-12", "2026-01-12"), dated_from(trial, Pointing.APART, 2, 2)
    )
    lead = mention(EARLY, quote="arrest in Aldwick", start=90, **ARREST)
    world.tell(EARLY, [trial, pointing, replace(lead, date=reported("2026-01-21"))])
    date = shown(world, pointing)["date"]
    assert (date["start"], date["end"], date["inferred"]) == ("2026-01-12", "2026-01-12", False)


def test_one_that_points_elsewhere_does_not_move_a_likely_day():
    world = World()
    likely = replace(reported("2026-01-20"), basis=Basis.INHERITED)
    for each in (EARLY, LATER):
        world.tell(each, [mention(each, quote=f"arrest {each.key}", date=likely, **ARREST)])
    trial = mention(LAST, quote="trial", date=on("2026-01-18"), **TRIAL)
    arrest = mention(
        LAST,
        quote="arrest there",
        start=50,
        date=anchored("2026-01-18", "2026-01-18"),
        pointer=dated_from(trial),
        **ARREST,
    )
    world.tell(LAST, [trial, arrest])
    (event,) = [shown(world, mention(EARLY, quote=f"arrest {EARLY.key}"))]
    assert event["source_count"] == 3
    assert event["date"]["start"] == "2026-01-20"


def test_pointers_go_one_hop():
    world = World()
    trial = mention(EARLY, quote="trial", date=on("2026-01-05", "2026-01-15"), **TRIAL)
    second = arrest_told(anchored("2026-01-05", "2026-01-15"), dated_from(trial))
    third = mention(
        EARLY,
        quote="flood",
        start=90,
        date=anchored("2026-01-01", "2026-01-20"),
        pointer=dated_from(second),
        terms=("flood", "street"),
        names=("norland",),
    )
    world.tell(EARLY, [trial, second, third])
    world.tell(LATER, [mention(LATER, quote="trial there", date=on("2026-01-12"), **TRIAL)])
    assert shown(world, second)["date"]["start"] == "2026-01-12"
    assert shown(world, third)["date"]["start"] == "2026-01-05"


def test_the_start_of_what_lasts_since_an_event_is_the_day_of_that():
    world = World()
    trial = mention(EARLY, quote="trial", date=on("2026-01-10"), **TRIAL)
    lasting = arrest_told(
        since("2026-01-01", "2026-01-20", "2026-01-21"), dated_from(trial, Pointing.SINCE)
    )
    world.tell(EARLY, [trial, lasting])
    assert shown(world, lasting)["date"]["start"] == "2026-01-10"


def test_a_statement_names_the_events_it_speaks_of():
    world = World()
    trial = mention(EARLY, quote="trial", date=on("2026-01-10"), **TRIAL)
    said = mention(
        EARLY, quote="said", start=50, kind=Kind.STATEMENT, about=(trial.id,), names=("council",)
    )
    world.tell(EARLY, [trial, said])
    assert shown(world, said)["about"] == [event_id(trial.id)]
    first = mention(head("a0", "2026-01-11"), quote="trial before", date=on("2026-01-10"), **TRIAL)
    world.tell(head("a0", "2026-01-11"), [first])
    assert shown(world, said)["about"] == [event_id(first.id)]


PLANNED = {"kind": Kind.PLANNED, "status": Status.PLANNED}


def test_a_plan_names_what_it_became_and_is_never_quoted_as_proof():
    world = World()
    plan = mention(EARLY, quote="will be tried", date=on("2026-01-22"), **PLANNED, **TRIAL)
    done = mention(LATER, quote="was tried", date=on("2026-01-22"), **TRIAL)
    world.tell(EARLY, [plan])
    assert "fulfilled_by" not in shown(world, plan)
    world.tell(LATER, [done])
    assert shown(world, plan)["fulfilled_by"] == event_id(done.id)
    assert [each["article_id"] for each in shown(world, done)["sources"]] == [LATER.id]
    world.tell(LATER, [])
    assert "fulfilled_by" not in shown(world, plan)


@pytest.mark.parametrize(
    "fields",
    [
        {"date": on("2026-01-25")},
        {"date": on("2026-01-22"), "status": Status.CANCELLED},
        {"date": on("2026-01-22"), **ARREST},
        {"date": on("2026-01-22"), "kind": Kind.STATEMENT},
    ],
)
def test_another_day_an_end_or_another_deed_fulfils_no_plan(fields):
    world = World()
    plan = mention(EARLY, quote="will be tried", date=on("2026-01-22"), **PLANNED, **TRIAL)
    world.tell(EARLY, [plan])
    world.tell(LAST, [mention(LAST, quote="was tried", **(TRIAL | fields))])
    assert "fulfilled_by" not in shown(world, plan)


def test_a_plan_without_a_day_is_fulfilled_by_the_same_deed_later():
    world = World()
    open_end = on(
        "2026-01-21", end=None, latest=None, basis=Basis.PLANNED, earliest=day("2026-01-21")
    )
    plan = mention(EARLY, quote="will be tried", date=open_end, **PLANNED, **TRIAL)
    world.tell(EARLY, [plan])
    done = mention(LAST, quote="was tried", date=on("2026-01-27"), **TRIAL)
    world.tell(LAST, [done])
    assert shown(world, plan)["fulfilled_by"] == event_id(done.id)


def test_a_plan_in_other_words_is_known_by_what_its_sentence_names():
    world = World()
    plan = mention(
        EARLY,
        quote="handlers at Aldwick airport would stop work",
        date=on("2026-01-22"),
        trigger="stop",
        trigger_class="end",
        terms=("stop", "work"),
        names=(),
        sentence=("airport", "aldwick", "baggag", "handler", "stop", "work"),
        **PLANNED,
    )
    done = mention(
        LATER,
        quote="handlers at Aldwick airport walked out",
        date=on("2026-01-22"),
        trigger="walk out",
        trigger_class="walkout",
        terms=("airport", "baggag", "handler", "walk"),
        names=("aldwick",),
        sentence=("airport", "aldwick", "baggag", "handler", "walk"),
    )
    other = mention(
        LATER, quote="a crowd watched", start=90, date=on("2026-01-22"), **ARREST | {"names": ()}
    )
    world.tell(EARLY, [plan])
    world.tell(LATER, [other])
    assert "fulfilled_by" not in shown(world, plan)
    world.tell(LATER, [other, done])
    assert shown(world, plan)["fulfilled_by"] == event_id(done.id)


def test_what_an_article_tells_as_done_fulfils_no_plan_of_its_own():
    world = World()
    until = on("2026-01-21", "2026-02-20", start=None, earliest=None)
    plan = mention(EARLY, quote="to be tried until", date=until, **PLANNED, **TRIAL)
    begun = mention(EARLY, quote="was tried", start=50, date=on("2026-01-21"), **TRIAL)
    world.tell(EARLY, [plan, begun])
    assert "fulfilled_by" not in shown(world, plan)


def test_a_plan_with_a_far_last_day_waits_for_more_than_a_season():
    world = World()
    until = on("2026-01-21", "2026-07-01", start=None, earliest=None)
    plan = mention(EARLY, quote="to be tried by July", date=until, **PLANNED, **TRIAL)
    late = head("a9", "2026-07-01")
    done = mention(late, quote="was tried", date=on("2026-07-01"), **TRIAL)
    world.tell(EARLY, [plan])
    world.tell(late, [done])
    assert shown(world, plan)["fulfilled_by"] == event_id(done.id)
