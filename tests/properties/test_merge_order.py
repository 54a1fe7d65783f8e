"""The content of a timeline depends on the present readings only, never on the way there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.timeline.links import blocks, weigh
from service.timeline.plan import BOUNDS, Bounds
from service.timeline.twins import place, twin_key
from tests.making import World
from tests.properties.tellings import ARTICLES, ways

SMALL = Bounds(block=3, told=2, component=5)
BOTH = pytest.mark.parametrize("bounds", [BOUNDS, SMALL], ids=["usual bounds", "small bounds"])


def told(way, bounds=BOUNDS):
    """The timeline after all of `way`."""
    world = World(bounds)
    for about, mentions in way:
        world.tell(about, mentions)
    return world


def expected_links(world, most):
    """The links by their definition: those who stand for twins, block by block, the lowest ids."""
    standing, held = {}, {}
    for each in sorted(world.bodies.values(), key=place):
        standing.setdefault(twin_key(each), each)
    for each in standing.values():
        for key in blocks(each):
            held.setdefault(key, []).append(each.id)
    found = set()
    for ids in held.values():
        for low in sorted(ids)[:most]:
            pairs = ((world.bodies[low], world.bodies[other]) for other in ids if other != low)
            found |= {link for pair in pairs if (link := weigh(*pair))}
    return found


@BOTH
@given(case=ways())
@settings(max_examples=100, deadline=None)
def test_any_way_to_the_same_readings_gives_the_same_content(bounds, case):
    last, way = case
    wandering, straight = told(way, bounds), told(last, bounds)
    assert wandering.content() == straight.content()
    assert wandering.all_links == straight.all_links
    assert wandering.sources == straight.sources
    assert wandering.blocks == straight.blocks
    assert wandering.all_links == expected_links(wandering, bounds.block)


@BOTH
@given(case=ways(), gone=st.sets(st.integers(0, ARTICLES - 1)))
@settings(max_examples=60, deadline=None)
def test_what_is_retracted_was_never_there(bounds, case, gone):
    last, way = case
    world = told(way, bounds)
    for number in sorted(gone):
        world.tell(last[number][0], ())
    others = told([each for number, each in enumerate(last) if number not in gone], bounds)
    assert world.content() == others.content()
    assert world.all_links == others.all_links
    assert world.blocks == others.blocks


@BOTH
@given(case=ways())
@settings(max_examples=30, deadline=None)
def test_telling_again_changes_no_event(bounds, case):
    last, _ = case
    world = told(last, bounds)
    before = world.content()
    for about, mentions in last:
        plan = world.tell(about, mentions)
        assert [*plan.added, *plan.removed, *plan.links_added, *plan.links_removed] == []
        assert {change.type for change in plan.changes} <= {"updated"}
    assert world.content() == before


@given(ways())
@settings(max_examples=30, deadline=None)
def test_every_id_that_was_ever_shown_answers_or_was_removed(case):
    _, way = case
    world = World()
    shown = set()
    for about, mentions in way:
        world.tell(about, mentions)
        shown |= set(world.sources)
    removed = {each.event_id for each in world.changes if each.type == "removed"}
    for event in shown - set(world.sources):
        at, seen = event, set()
        while at not in world.sources and at in world.aliases and at not in seen:
            seen.add(at)
            at = world.aliases[at]
        assert at in world.sources or at in removed


@given(ways())
@settings(max_examples=60, deadline=None)
def test_what_one_change_says_of_another_event_is_said_there_too(case):
    _, way = case
    world = World()
    for about, mentions in way:
        rows = {each.event_id: each for each in world.tell(about, mentions).changes}
        for event, row in rows.items():
            for ended in row.merged_from:
                assert event in rows[ended].into
            if row.type in {"merged", "split"}:
                assert all(event in rows[heir].merged_from for heir in row.into)


@BOTH
@given(case=ways())
@settings(max_examples=30, deadline=None)
def test_retracting_every_article_leaves_nothing(bounds, case):
    last, way = case
    world = told(way, bounds)
    for about, _ in reversed(last):
        world.tell(about, ())
    assert (world.content(), world.all_links, world.bodies, world.blocks) == ([], set(), {}, {})
