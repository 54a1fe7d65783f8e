"""Commits, on both stores: fences, revisions, change rows, aliases, what a merge sees next."""

import json

import pytest

from service.errors import LostClaimError, StaleRevisionError
from service.store.engine import Database
from service.store.eventquery import EventQuery
from service.store.eventtables import changes
from service.timeline.model import Kind, Link
from service.timeline.plan import Change
from tests.contract.storevalues import (
    article,
    claim_one,
    date,
    event,
    grown,
    mention,
    plan,
    reading,
    row,
    tell,
)
from tests.servers.waiting import wait_until

ONE, TWO, THREE = article(1), article(2), article(3)
A, B, C = mention("a", ONE), mention("b", TWO), mention("c", THREE)


def changed(store_url, timeline="demo"):
    database = Database(store_url)
    rows = changes.select().where(changes.c.timeline == timeline).order_by(changes.c.revision)
    with database.reading() as connection:
        found = connection.execute(rows).all()
    database.close()
    return found


def commit(store, claimed, made, expected, *, by="token"):
    return store.commit(
        claimed,
        by,
        reading=reading(*made.added),
        plan=made,
        rows=[row(each) for each in made.events],
        expected_revision=expected,
    )


def own(store, of):
    with store.snapshot("demo") as near:
        return near.own(of.id)


def links(store):
    with store.snapshot("demo") as near:
        return near.links({A.id, B.id})


def test_a_commit_tells_the_event_and_closes_the_article(store):
    assert tell(store, ONE, event(A)) == 1
    found = store.find_article(ONE.id)
    assert (found.status, found.outcome, found.reading_number) == ("processed", "told", 1)
    assert found.expressions == ('{"text":"Tuesday"}', '{"text":"1404"}')
    assert json.loads(found.mentions[0]) == {"quote": A.quote, "event_id": "evt_m_a"}
    assert (found.notices, found.level) == ('[{"code":"too_short"}]', "full")
    (told,) = store.list_events("demo", EventQuery())
    assert (told.id, told.revision, told.sort_start) == ("evt_m_a", 1, A.date.start)
    assert store.find_event("demo", "evt_m_a") == told


def test_mentions_are_listed_in_the_order_of_the_reading(store):
    told = [mention(name, ONE, start=start) for start, name in enumerate("zMa")]
    tell(store, ONE, *(event(each) for each in told))
    listed = [json.loads(each)["event_id"] for each in store.find_article(ONE.id).mentions]
    assert listed == ["evt_m_z", "evt_m_M", "evt_m_a"]


def test_a_mention_comes_back_as_it_was(store):
    open_side = mention(
        "open", ONE, date=date(None, 20_001, earliest=None, start_latest=19_000, as_of=20_001)
    )
    tell(store, ONE, event(A, open_side, when=date()))
    assert own(store, ONE) == (A, open_side)


def test_ids_of_mentions_and_events_may_be_the_same_in_two_timelines(store):
    tell(store, ONE, event(A))
    twin = article(1, timeline="other")
    tell(store, twin, event(mention("a", twin)), timeline="other")
    assert store.find_revision("other")[:2] == (1, 0)
    with store.snapshot("demo") as near:
        assert near.holders("b") == (A.id,)


def test_an_article_with_nothing_to_tell_leaves_the_revision_alone(store):
    tell(store, ONE, event(A))
    before = store.find_timeline("demo")
    assert tell(store, TWO) == 1
    after = store.find_timeline("demo")
    assert (after.revision, after.updated_at) == (before.revision, before.updated_at)
    assert (after.articles["processed"], after.articles["nothing_to_tell"]) == (2, 1)


def test_each_change_has_its_own_revision_and_one_commit_takes_consecutive_ones(store, store_url):
    tell(store, ONE, event(A), event(mention("a2", ONE)))
    both = grown(event(A), B)
    made = {
        "changes": (
            Change(type="updated", event_id=both.id, merged_from=("evt_m_a2",)),
            Change(type="merged", event_id="evt_m_a2", into=(both.id,)),
        ),
        "events_removed": ("evt_m_a2",),
        "aliases": (("evt_m_a2", both.id),),
    }
    assert tell(store, TWO, both, **made) == 4
    rows = changed(store_url)
    assert [(each.revision, each.type, each.event_id) for each in rows] == [
        (1, "created", "evt_m_a"),
        (2, "created", "evt_m_a2"),
        (3, "updated", "evt_m_a"),
        (4, "merged", "evt_m_a2"),
    ]
    assert [json.loads(each.into_ids) for each in rows] == [[], [], [], ["evt_m_a"]]
    assert [json.loads(each.merged_from) for each in rows] == [[], [], ["evt_m_a2"], []]
    assert [json.loads(each.split_into) for each in rows] == [[], [], [], []]
    assert [each.document is not None for each in rows] == [True, True, True, False]
    assert json.loads(rows[2].document)["sources"] == ["m_a", "m_b"]
    assert store.find_event("demo", "evt_m_a").revision == 3
    assert store.find_timeline("demo").updated_at == rows[3].at


def test_an_updated_row_names_the_changed_fields(store, store_url):
    tell(store, ONE, event(A))
    store.add_articles("demo", [TWO])
    both = grown(event(A), B)
    made = plan(TWO, both, changes=(Change(type="updated", event_id=both.id),))
    store.commit(
        claim_one(store),
        "token",
        reading=reading(B),
        plan=made,
        rows=[row(both, changed_fields=("sources", "source_count"))],
        expected_revision=1,
    )
    assert json.loads(changed(store_url)[-1].fields) == ["sources", "source_count"]


def test_a_commit_on_an_old_snapshot_is_stale_and_writes_nothing(store):
    store.add_articles("demo", [ONE, TWO])
    first, second = store.claim("token", limit=2, characters=1000, lease=15)
    commit(store, first, plan(ONE, event(A)), 0)
    with pytest.raises(StaleRevisionError):
        commit(store, second, plan(TWO, event(B)), 0)
    assert store.find_article(TWO.id).status == "processing"
    assert own(store, TWO) == ()
    assert commit(store, second, plan(TWO, event(B)), 1) == 2


def test_a_commit_by_another_token_is_lost_and_writes_nothing(store):
    store.add_articles("demo", [ONE])
    claimed = claim_one(store)
    with pytest.raises(LostClaimError):
        commit(store, claimed, plan(ONE, event(A)), 0, by="other")
    assert store.find_revision("demo")[:2] == (0, 1)
    assert store.list_events("demo", EventQuery()) == ()


def test_a_commit_of_an_old_version_is_lost(store):
    store.add_articles("demo", [ONE])
    claimed = claim_one(store)
    store.replace_article(ONE.id, article(1, text="Corrected."), 1)
    with pytest.raises(LostClaimError):
        commit(store, claimed, plan(ONE, event(A)), 0)
    again = claim_one(store)
    with pytest.raises(LostClaimError):
        commit(store, claimed, plan(ONE, event(A)), 0)
    assert commit(store, again, plan(ONE, event(A)), 0) == 1


def test_a_commit_twice_is_lost_the_second_time(store):
    store.add_articles("demo", [ONE])
    claimed = claim_one(store)
    commit(store, claimed, plan(ONE, event(A)), 0)
    with pytest.raises(LostClaimError):
        commit(store, claimed, plan(ONE), 1)


def test_an_expired_claim_that_nobody_took_may_still_commit(store):
    store.add_articles("demo", [ONE])
    claimed = claim_one(store, lease=0.05)
    wait_until(store.waiting, 1)
    assert commit(store, claimed, plan(ONE, event(A)), 0) == 1
    assert store.waiting() == 0


def test_an_expired_claim_that_somebody_took_is_lost(store):
    store.add_articles("demo", [ONE])
    claimed = claim_one(store, lease=0.05)
    wait_until(store.waiting, 1)
    claim_one(store, "other")
    with pytest.raises(LostClaimError):
        commit(store, claimed, plan(ONE, event(A)), 0)


def test_rows_and_plan_must_name_the_same_events(store):
    store.add_articles("demo", [ONE])
    claimed = claim_one(store)
    with pytest.raises(ValueError, match="one row for each event"):
        store.commit(
            claimed,
            "token",
            reading=reading(A),
            plan=plan(ONE, event(A)),
            rows=[],
            expected_revision=0,
        )
    assert store.find_revision("demo")[:2] == (0, 1)


def test_removed_mentions_take_their_links_and_blocks_along(store):
    tell(store, ONE, event(A))
    tell(store, TWO, grown(event(A), B), links_added=(Link(A.id, B.id, 0.5),))
    store.replace_article(TWO.id, article(2, text="Corrected."), 1)
    made = plan(TWO, event(A), removed=(B.id,), added=(), blocks=())
    commit(store, claim_one(store), made, 2)
    with store.snapshot("demo") as near:
        assert near.holders("b") == (A.id,)
        assert near.links({A.id, B.id}) == frozenset()
        assert near.members(["evt_m_a"]) == {"evt_m_a": {A.id}}


def test_a_mention_removed_and_added_is_written_over_and_keeps_its_links(store):
    tell(store, ONE, event(A))
    link = Link(A.id, B.id, 0.5)
    tell(store, TWO, grown(event(A), B), links_added=(link,))
    store.replace_article(TWO.id, article(2, text="Corrected."), 1)
    again = mention("b", TWO, headline="Corrected")
    made = plan(TWO, event(A, again), removed=(B.id,), blocks=((B.id, "new"),))
    commit(store, claim_one(store), made, 2)
    with store.snapshot("demo") as near:
        assert (near.holders("new"), near.holders("b")) == ((B.id,), (A.id,))
        assert near.mentions({A.id, B.id}) == (A, again)
        assert near.links({A.id}) == {link}
    assert len(store.find_article(TWO.id).mentions) == 1


def test_links_are_added_changed_and_removed(store):
    tell(store, ONE, event(A))
    tell(store, TWO, grown(event(A), B), links_added=(Link(A.id, B.id, 0.5),))
    tell(store, THREE, links_added=(Link(A.id, B.id, 0.9),))
    assert links(store) == {Link(A.id, B.id, 0.9)}
    tell(store, article(4), links_removed=(Link(A.id, B.id, 0.9),))
    assert links(store) == frozenset()


def test_a_mention_moves_from_one_event_to_another(store):
    tell(store, ONE, event(A), event(mention("a2", ONE)))
    moved = (event(A, name="x"), event(mention("a2", ONE), A, name="m_a2"))
    tell(store, TWO, moved[1], added=(), blocks=(), events_removed=("evt_m_a",))
    with store.snapshot("demo") as near:
        assert near.members(["evt_m_a2", "evt_m_a"]) == {
            "evt_m_a2": {"m_a", "m_a2"},
            "evt_m_a": frozenset(),
        }
    assert store.find_event("demo", "evt_m_a") is None


def test_an_old_id_answers_under_the_new_one_along_the_whole_chain(store):
    tell(store, ONE, event(A, name="third"))
    tell(store, TWO, aliases=(("evt_first", "evt_second"),))
    tell(store, THREE, aliases=(("evt_second", "evt_third"),))
    assert store.find_event("demo", "evt_first") == "evt_third"
    assert store.find_event("demo", "evt_second") == "evt_third"
    assert store.find_event("demo", "evt_none") is None


def test_a_chain_that_ends_nowhere_or_in_itself_finds_nothing(store):
    tell(store, ONE, aliases=(("evt_a", "evt_gone"), ("evt_x", "evt_y"), ("evt_y", "evt_x")))
    assert store.find_event("demo", "evt_a") is None
    assert store.find_event("demo", "evt_x") is None


def test_an_id_that_lives_again_is_no_alias(store):
    tell(store, ONE, event(A), aliases=(("evt_m_b", "evt_m_a"),))
    tell(store, TWO, event(B), events_removed=("evt_m_a",), aliases=(("evt_m_a", "evt_m_b"),))
    assert store.find_event("demo", "evt_m_b").id == "evt_m_b"
    assert store.find_event("demo", "evt_m_a") == "evt_m_b"


def test_counts_follow_an_event_that_changes_its_kind(store):
    tell(store, ONE, event(A))
    tell(store, TWO, event(A, kind=Kind.STATEMENT), added=(), blocks=())
    assert store.find_timeline("demo").events == {
        "happening": 0,
        "statement": 1,
        "planned": 0,
        "state": 0,
    }
