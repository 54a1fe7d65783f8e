"""Timelines as things, on both stores: made, named, gone, made again."""

import pytest
from sqlalchemy import select

from service.errors import LostClaimError, NotFoundError, TimelineClosingError
from service.merging import Read, commit_reading
from service.removing import remove_leftover, remove_timeline
from service.store import removals
from service.store.base import EventQuery
from service.store.columns import metadata
from service.store.engine import Database
from service.store.shelf import TimelineTraits
from service.store.sql import SqlStore
from tests.contract.storevalues import (
    article,
    claim_one,
    event,
    mention,
    plan,
    reading,
    row,
    tell,
)
from tests.contract.test_store_concurrency import at_once

TRAITS = TimelineTraits(title="Harbour", timezone="Europe/Oslo", public=False)


def remove(store, timeline="demo"):
    revision = store.close_timeline(timeline)
    assert remove_timeline(store, timeline, seconds=30, pause=lambda _: None)
    return revision


def fill(store, *timelines):
    """Three articles told, each one event, and more than one piece of articles that wait."""
    for timeline in timelines:
        for name in range(3):
            posted = article(f"{timeline}{name}", timeline=timeline)
            said = mention(f"{timeline}{name}", posted)
            tell(store, posted, event(said), timeline=timeline)
    for timeline in timelines:
        more = range(removals.PIECE_OF_ARTICLES + 1)
        store.add_articles(timeline, [article(f"w{each}", timeline=timeline) for each in more])


def left_of(url, timeline):
    """How many rows of each table belong to the timeline."""
    database = Database(url)
    with database.reading() as connection:
        found = {
            table.name: len(
                connection.execute(select(table).where(table.c.timeline == timeline)).all()
            )
            for table in metadata.tables.values()
            if "timeline" in table.c
        }
        for name in ("article_versions", "expressions"):
            table = metadata.tables[name]
            mine = table.c.article_id.like(f"art_{timeline}_%")
            found[name] = len(connection.execute(select(table).where(mine)).all())
    database.close()
    return found


def test_a_timeline_is_made_named_and_said_anew(store):
    assert store.put_timeline("demo", TRAITS)
    found = store.find_timeline("demo")
    assert (found.title, found.description, found.timezone) == ("Harbour", None, "Europe/Oslo")
    assert (found.public, found.revision, set(found.articles.values())) == (False, 0, {0})
    assert not store.put_timeline("demo", TimelineTraits(description="All of it."))
    found = store.find_timeline("demo")
    assert (found.title, found.description, found.timezone) == (None, "All of it.", None)
    assert found.public
    assert store.find_revision("demo").public


def test_the_state_moves_only_where_a_timeline_says_something_new(store):
    store.put_timeline("demo", TRAITS)
    before = store.find_revision("demo")
    assert before.public is False
    store.put_timeline("demo", TRAITS)
    assert store.find_revision("demo") == before
    store.put_timeline("demo", TimelineTraits(title="Harbour", public=False))
    assert store.find_revision("demo").state > before.state


def test_articles_read_after_it_take_the_zone_of_their_timeline(store):
    store.add_articles("demo", [article(1), article(2, timezone="Asia/Tehran")])
    store.put_timeline("demo", TRAITS)
    claimed = store.claim("token", limit=2, characters=1000, lease=15)
    assert [each.timezone for each in claimed] == ["Europe/Oslo", "Asia/Tehran"]


def test_one_of_sixteen_makes_the_timeline(store):
    assert sorted(at_once(lambda _: store.put_timeline("demo", TRAITS)))[-2:] == [False, True]


def test_a_timeline_that_is_deleted_leaves_nothing_but_its_counter(store, store_url):
    fill(store, "demo", "other")
    kept = left_of(store_url, "other")
    assert all(left_of(store_url, "demo")[name] for name in ("articles", "events", "expressions"))
    remove(store)
    assert set(left_of(store_url, "demo").values()) == {0}
    assert left_of(store_url, "other") == kept
    assert store.find_timeline("demo") is store.find_revision("demo") is None
    assert [each.name for each in store.list_timelines(limit=9, after=None)] == ["other"]
    assert store.close_timeline("demo") is None
    assert store.close_timeline("never") is None


def test_every_table_with_a_timeline_is_cleared():
    owned = {table.name for table in removals.OWNED}
    assert owned >= {"articles", "events", "changes", "aliases", "mentions", "article_bands"}


def test_a_timeline_made_again_goes_on_from_the_next_revision(store):
    fill(store, "demo")
    before = store.find_revision("demo")
    assert remove(store) == before.revision + 1
    tell(store, again := article("demo0"), event(mention("demo0", again)))
    after = store.find_revision("demo")
    assert after.revision == before.revision + 2
    assert after.state > before.state
    (told,) = store.list_events("demo", EventQuery())
    assert told.revision == after.revision
    assert store.find_timeline("demo").articles["processed"] == 1
    assert remove(store) == after.revision + 1
    assert store.put_timeline("demo", TimelineTraits()), "it is made again"
    assert store.find_revision("demo").revision == after.revision + 1


def test_a_name_that_was_private_stays_private_until_someone_says_otherwise(store):
    store.put_timeline("demo", TRAITS)
    remove(store)
    store.add_articles("demo", [article(1)])
    found = store.find_timeline("demo")
    assert (found.public, found.title, found.timezone) == (False, None, None)


def test_nothing_enters_a_timeline_while_it_is_being_removed(store):
    fill(store, "demo")
    store.close_timeline("demo")
    with pytest.raises(TimelineClosingError, match="'demo' was deleted"):
        store.add_articles("demo", [article("new")])
    with pytest.raises(TimelineClosingError):
        store.add_articles("demo", [article("demo0", timeline="demo")])
    with pytest.raises(TimelineClosingError):
        store.put_timeline("demo", TRAITS)
    with pytest.raises(NotFoundError), store.snapshot("demo"):
        pass
    assert store.add_articles("other", [article("new", timeline="other")])[0].outcome == "accepted"


def test_nothing_of_a_closing_timeline_is_claimed(store):
    fill(store, "demo")
    store.close_timeline("demo")
    assert store.claim("token", limit=9, characters=1000, lease=15) == ()
    remove(store)
    assert store.waiting() == 0


@pytest.mark.parametrize("made_again", [False, True])
def test_a_claim_on_a_timeline_that_went_is_lost(store, made_again):
    store.add_articles("demo", [posted := article(1)])
    claimed = claim_one(store)
    remove(store)
    if made_again:
        store.add_articles("demo", [posted])
        assert claim_one(store, "another").id == posted.id
    said = mention("m", posted)
    standing = store.find_revision("demo")
    with pytest.raises(LostClaimError):
        store.commit(
            claimed,
            "token",
            reading=reading(said),
            plan=plan(posted, event(said)),
            rows=[row(event(said))],
            expected_revision=standing.revision if standing else 0,
        )
    with pytest.raises(LostClaimError):
        commit_reading(store, claimed, "token", Read(reading(said), (said,)))
    with pytest.raises(LostClaimError):
        store.give_up("token", posted.id)
    assert store.renew("token", 15) == ()
    assert store.release("token") == 0
    assert store.find_revision("demo") == standing


def test_what_a_worker_gives_back_while_it_closes_moves_no_count(store):
    store.add_articles("demo", [article(1), article(2)])
    store.claim("token", limit=2, characters=1000, lease=15)
    store.close_timeline("demo")
    store.give_up("token", article(1).id)
    store.release("token")
    remove(store)
    store.put_timeline("demo", TimelineTraits())
    assert set(store.find_timeline("demo").articles.values()) == {0}


def test_a_removal_that_was_cut_short_is_gone_on_with(store, store_url):
    fill(store, "demo")
    store.close_timeline("demo")
    assert not store.clear_timeline("demo"), "one piece, and then the process was killed"
    assert store.find_closing() == "demo"
    other = SqlStore(store_url)
    remove_leftover(other, seconds=30)
    assert other.find_closing() is None
    remove_leftover(other, seconds=30)
    other.close()
    assert set(left_of(store_url, "demo").values()) == {0}


def test_a_removal_stops_when_its_time_is_over(store):
    fill(store, "demo")
    store.close_timeline("demo")
    ticks = iter(range(99))
    assert not remove_timeline(
        store, "demo", seconds=1, clock=lambda: next(ticks), pause=lambda _: None
    )
    assert store.close_timeline("demo") is not None, "deleting again goes on"


def test_posts_and_removals_at_once_leave_whole_timelines(store, store_url):
    """What was accepted after the last removal is there; what came before is gone, all of it."""
    other = SqlStore(store_url)

    def act(thread):
        for number in range(6):
            if thread % 4 == 0:
                if other.close_timeline("demo") is not None:
                    remove_timeline(other, "demo", seconds=30)
                continue
            try:
                store.add_articles("demo", [article(f"{thread}-{number}", timeline="demo")])
            except TimelineClosingError:
                continue

    at_once(act, 8)
    remove_leftover(store, seconds=30)
    other.close()
    rows = left_of(store_url, "demo")
    standing = store.find_timeline("demo")
    assert rows["articles"] == rows["article_versions"]
    assert rows["articles"] == (standing.articles["accepted"] if standing else 0)
