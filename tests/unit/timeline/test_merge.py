from dataclasses import replace

from service.timeline.changes import fates
from service.timeline.ids import event_id
from service.timeline.merge import without
from service.timeline.plan import Bounds
from tests.making import World, head, mention, on, reported

FIRST, SECOND, THIRD = (head(f"a{n}", f"2026-01-2{n}") for n in (1, 2, 3))


def types(plan):
    return [(change.type, change.event_id) for change in plan.changes]


def test_a_first_mention_creates_an_event():
    world = World()
    one = mention(FIRST)
    plan = world.tell(FIRST, [one])
    assert types(plan) == [("created", event_id(one.id))]
    assert [event.id for event in plan.events] == [event_id(one.id)]


def test_a_second_source_updates_it():
    world = World()
    one = mention(FIRST)
    world.tell(FIRST, [one])
    plan = world.tell(SECOND, [mention(SECOND)])
    assert types(plan) == [("updated", event_id(one.id))]
    assert plan.events[0].source_count == 2


def test_an_earlier_source_gives_the_event_its_id_and_leaves_an_alias():
    world = World()
    late, early = mention(SECOND), mention(FIRST)
    world.tell(SECOND, [late])
    plan = world.tell(FIRST, [early])
    old, new = event_id(late.id), event_id(early.id)
    assert types(plan) == [("created", new), ("merged", old)]
    assert plan.changes[1].into == (new,)
    assert plan.aliases == ((old, new),)
    assert plan.events_removed == (old,)


def test_retracting_the_bridge_splits_the_event():
    world = World()
    one = mention(FIRST, quote="one", terms=("quak",), names=("lima",))
    two = mention(THIRD, quote="two", terms=("rescu",), names=("lima",))
    both = ("quak", "rescu")
    bridge = mention(SECOND, quote="both", terms=both)
    world.tell(FIRST, [one])
    world.tell(THIRD, [two])
    world.tell(SECOND, [bridge])
    assert len(world.sources) == 1
    plan = world.tell(SECOND, [])
    assert types(plan) == [("created", event_id(two.id)), ("updated", event_id(one.id))]
    assert len(world.sources) == 2


def test_retracting_the_smallest_mention_of_a_bridge_splits_its_id():
    world = World()
    both = ("quak", "rescu")
    bridge = mention(FIRST, quote="both", terms=both)
    one = mention(SECOND, quote="one", terms=("quak",))
    date = reported("2026-01-22")
    two = mention(THIRD, quote="two", terms=("rescu",), date=date)
    for article, each in ((FIRST, bridge), (SECOND, one), (THIRD, two)):
        world.tell(article, [each])
    plan = world.tell(FIRST, [])
    new = (event_id(one.id), event_id(two.id))
    assert plan.changes[-1].type == "split"
    assert plan.changes[-1].into == tuple(sorted(new))
    assert plan.aliases == ((event_id(bridge.id), new[0]),)


def test_retracting_the_only_source_removes_the_event():
    world = World()
    one = mention(FIRST)
    world.tell(FIRST, [one])
    plan = world.tell(FIRST, [])
    assert types(plan) == [("removed", event_id(one.id))]
    assert (plan.aliases, world.sources, world.all_links) == ((), {}, set())


def test_the_same_reading_again_writes_nothing_but_possible_updates():
    world = World()
    one = mention(FIRST)
    world.tell(FIRST, [one])
    before = world.content()
    plan = world.tell(FIRST, [one])
    assert (plan.added, plan.removed, plan.blocks) == ((), (), ())
    assert types(plan) == [("updated", event_id(one.id))]
    assert world.content() == before
    assert without(plan, {event_id(one.id)}).changes == ()
    assert without(plan, {event_id(one.id)}).events == ()


def test_a_mention_with_a_new_date_is_replaced_with_its_links():
    world = World()
    one, two = mention(FIRST), mention(SECOND)
    world.tell(FIRST, [one])
    world.tell(SECOND, [two])
    plan = world.tell(SECOND, [replace(two, date=on("2026-01-22"))])
    assert plan.removed == (two.id,)
    assert [each.id for each in plan.added] == [two.id]
    assert (plan.links_removed, plan.links_added) == ((), ())
    assert len(world.all_links) == 1
    moved = world.tell(SECOND, [replace(two, date=on("2026-01-02"))])
    assert moved.links_added == ()
    assert len(world.sources) == 2


def test_copies_cost_no_link_and_stand_in_no_block():
    world = World()
    articles = [head(f"copy-{number}") for number in range(12)]
    for article in articles:
        world.tell(article, [mention(article)])
    assert (len(world.sources), len(world.all_links), len(world.blocks)) == (1, 0, 1)
    plan = world.tell(articles[0], [])
    assert (len(world.sources), len(world.blocks)) == (1, 1)
    assert plan.events[0].source_count == 11


def test_of_many_copies_the_earliest_are_listed_and_all_are_counted():
    world = World(Bounds(told=3))
    articles = [head(f"copy-{n}", f"2026-01-{n:02}") for n in (25, 22, 24, 21, 23)]
    for article in articles:
        plan = world.tell(article, [mention(article, date=on("2026-01-20"))])
    (event,) = plan.events
    assert [each.article_key for each in event.mentions] == ["copy-21", "copy-22", "copy-23"]
    assert event.source_count == 5
    plan = world.tell(articles[3], [])
    assert [each.article_key for each in plan.events[0].mentions] == [
        *("copy-22", "copy-23", "copy-24")
    ]
    assert plan.events[0].source_count == 4
    assert types(plan)[-1][0] == "merged"


def test_an_article_without_mentions_changes_nothing():
    plan = World().tell(FIRST, [])
    assert (plan.changes, plan.events, plan.added) == ((), (), ())


def test_two_mentions_of_one_article_may_be_one_event():
    world = World()
    date = reported("2026-01-21")
    pair = [mention(FIRST, ordinal=n, date=date, lead=True, start=n * 20) for n in (0, 1)]
    plan = world.tell(FIRST, pair)
    assert len(plan.events) == 1
    assert plan.events[0].source_count == 1


def test_fates_name_each_vanished_id_once():
    told = fates({"e1": ("m1", "m2"), "e2": ("m3",)}, {"e3": ("m1", "m3"), "e4": ("m2",)}, ["e3"])
    assert [(each.type, each.event_id, each.into) for each in told.changes] == [
        ("created", "e3", ()),
        ("merged", "e2", ("e3",)),
        ("split", "e1", ("e3", "e4")),
    ]
    assert told.aliases == (("e1", "e3"), ("e2", "e3"))


def test_history_says_what_an_event_was_made_of_and_what_it_became():
    world = World()
    one = mention(FIRST, quote="one", terms=("quak",), names=("lima",))
    two = mention(THIRD, quote="two", terms=("rescu",), names=("lima",))
    both = ("quak", "rescu")
    world.tell(FIRST, [one])
    world.tell(THIRD, [two])
    joined = world.tell(SECOND, [mention(SECOND, quote="both", terms=both)])
    whole, part = event_id(one.id), event_id(two.id)
    by_id = {change.event_id: change for change in joined.changes}
    assert (by_id[whole].merged_from, by_id[whole].split_into) == ((part,), ())
    assert by_id[part].into == (whole,)
    parted = {change.event_id: change for change in world.tell(SECOND, []).changes}
    assert (parted[whole].merged_from, parted[whole].split_into) == ((), (part,))
