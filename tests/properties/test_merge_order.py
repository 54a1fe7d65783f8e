"""The content of a timeline depends on the present readings only, never on the way there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.timeline.links import blocks, weigh
from service.timeline.model import Kind, Pointer, Pointing, Status
from service.timeline.plan import BOUNDS, Bounds
from service.timeline.twins import place, twin_key
from tests.making import World, head, mention, on, reported, since

KINDS = (*(Kind.HAPPENING,) * 4, Kind.STATEMENT, Kind.PLANNED)
SMALL = Bounds(block=3, told=2, component=5)

NAMES = ("lima", "cusco", "peru")
TERMS = ("quak", "kill", "dozen", "hit", "rescu", "trial")
DAYS = ("2026-01-20", "2026-01-21", "2026-01-22", "2026-01-25")
ARTICLES = [
    head(f"a{number}", published)
    for number, published in enumerate(
        ("2026-01-21", "2026-01-22", "2026-01-22", "2026-01-25", "2026-01-26")
    )
]


@st.composite
def dates(draw, published):
    form = draw(st.sampled_from(("day", "day", "reported", "reported", "span", "since")))
    first = draw(st.sampled_from(DAYS))
    if form == "reported":
        return reported(published)
    if form == "since":
        return since(first, first, "2026-01-27")
    return on(first, "2026-01-31" if form == "span" else None)


@st.composite
def pointers(draw, targets):
    """Dated from one of `targets`, in any way."""
    relation = draw(st.sampled_from(Pointing))
    least = draw(st.integers(-3, 3)) if relation is Pointing.APART else None
    return Pointer(
        target=draw(st.sampled_from(targets)), relation=relation, least=least, most=least
    )


@st.composite
def tellings(draw, article):
    """The mentions of one reading of `article`; they may point at one another in chains, too."""
    found = []
    for number in range(draw(st.integers(0, 3))):
        undone = draw(st.integers(0, 5)) == 0
        kind = draw(st.sampled_from(KINDS))
        status = Status.PLANNED if kind is Kind.PLANNED else Status.HAPPENED
        earlier = [each.id for each in found]
        found.append(
            mention(
                article,
                quote=f"sentence {number} {draw(st.integers(0, 1))}",
                start=number * 20,
                date=draw(dates(article.published_at)),
                kind=kind,
                status=Status.CANCELLED if undone else status,
                pointer=draw(st.none() | pointers(earlier)) if earlier else None,
                about=tuple(earlier) if kind is Kind.STATEMENT else (),
                names=tuple(sorted(draw(st.sets(st.sampled_from(NAMES), max_size=2)))),
                terms=tuple(sorted(draw(st.sets(st.sampled_from(TERMS), min_size=2)))),
                lead=number == 0,
            )
        )
    if len(found) > 1 and draw(st.booleans()):
        found[0] = replace(found[0], pointer=draw(pointers([each.id for each in found[1:]])))
    return tuple(found)


@st.composite
def ways(draw):
    """(final readings, a way there): stale readings, repeats and retractions in any order."""
    final = {each: draw(tellings(each)) for each in ARTICLES}
    steps = []
    for article, last in final.items():
        stale = draw(st.lists(tellings(article), max_size=2))
        repeats = draw(st.integers(1, 2))
        steps.append([(article, each) for each in (*stale, *([last] * repeats))])
    way = []
    while any(steps):
        waiting = [own for own in steps if own]
        way.append(draw(st.sampled_from(waiting)).pop(0))
    return final, way


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


@pytest.mark.parametrize("bounds", [BOUNDS, SMALL], ids=["usual bounds", "small bounds"])
@given(case=ways())
@settings(max_examples=100, deadline=None)
def test_any_way_to_the_same_readings_gives_the_same_content(bounds, case):
    final, way = case
    wandering, straight = World(bounds), World(bounds)
    for article, mentions in way:
        wandering.tell(article, mentions)
    for article, mentions in final.items():
        straight.tell(article, mentions)
    assert wandering.content() == straight.content()
    assert wandering.all_links == straight.all_links
    assert wandering.sources == straight.sources
    assert wandering.blocks == straight.blocks
    assert wandering.all_links == expected_links(wandering, bounds.block)


@given(ways())
@settings(max_examples=30, deadline=None)
def test_telling_again_changes_no_event(case):
    world = World()
    final, _ = case
    for article, mentions in final.items():
        world.tell(article, mentions)
    before = world.content()
    for article, mentions in final.items():
        plan = world.tell(article, mentions)
        assert [*plan.added, *plan.removed, *plan.links_added, *plan.links_removed] == []
        assert {change.type for change in plan.changes} <= {"updated"}
    assert world.content() == before


@given(ways())
@settings(max_examples=30, deadline=None)
def test_every_id_that_was_ever_shown_answers_or_was_removed(case):
    _, way = case
    world = World()
    shown = set()
    for article, mentions in way:
        world.tell(article, mentions)
        shown |= set(world.sources)
    removed = {each.event_id for each in world.changes if each.type == "removed"}
    for event in shown - set(world.sources):
        at, seen = event, set()
        while at not in world.sources and at in world.aliases and at not in seen:
            seen.add(at)
            at = world.aliases[at]
        assert at in world.sources or at in removed


@pytest.mark.parametrize("bounds", [BOUNDS, SMALL], ids=["usual bounds", "small bounds"])
@given(case=ways())
@settings(max_examples=30, deadline=None)
def test_retracting_every_article_leaves_nothing(bounds, case):
    _, way = case
    world = World(bounds)
    for article, mentions in way:
        world.tell(article, mentions)
    for article in reversed(ARTICLES):
        world.tell(article, ())
    assert (world.content(), world.all_links, world.bodies, world.blocks) == ([], set(), {}, {})
