"""What a merge sees of a timeline, on both stores: bounded, consistent, in a fixed order."""

import pytest

from service.errors import NotFoundError
from service.timeline.model import Link
from service.timeline.twins import place, twin_key
from tests.contract.storevalues import article, event, grown, mention, tell

ONE, TWO, THREE = article(1), article(2), article(3, published_utc=0)
A, B, C = mention("a", ONE), mention("b", TWO), mention("c", THREE, published_utc=0)
OTHER = mention("d", THREE, terms=("something", "else"))


@pytest.fixture
def near(store):
    """The view of a timeline with two events, one of three twins."""
    tell(store, ONE, event(A), blocks=((A.id, "soldier"), (A.id, "protest")))
    both = grown(event(A), B)
    tell(store, TWO, both, blocks=((B.id, "protest"),), links_added=(Link(A.id, B.id, 0.75),))
    tell(store, THREE, grown(both, C), event(OTHER), blocks=((OTHER.id, "protest"),))
    with store.snapshot("demo") as opened:
        yield opened


def test_an_article_shows_its_own_mentions(near):
    assert near.own(THREE.id) == (C, OTHER)
    assert near.own("nowhere") == ()


def test_mentions_come_by_id_and_those_that_are_not_there_do_not(near):
    assert near.mentions({B.id, "nobody", A.id}) == (A, B)
    assert near.mentions({C.id, A.id}) == (A, C)


def test_twins_come_by_publication_as_many_as_asked(near):
    key, alone = twin_key(A), twin_key(OTHER)
    assert near.twins([key, alone, "none"], 2) == {
        key: (place(C), place(A)),
        alone: (place(OTHER),),
        "none": (),
    }
    assert near.twins([key], 9)[key] == (place(C), place(A), place(B))


def test_the_articles_of_twins_are_counted_once_each(near):
    assert near.count_articles([twin_key(A), twin_key(OTHER)], besides="nobody") == 3
    assert near.count_articles([twin_key(A)], besides=TWO.id) == 2


def test_a_block_gives_its_lowest_ids_or_all(near):
    assert near.lowest(["protest", "soldier", "none"], 2) == {
        "protest": (A.id, B.id),
        "soldier": (A.id,),
        "none": (),
    }
    assert near.holders("protest") == (A.id, B.id, OTHER.id)


def test_links_are_found_from_either_end(near):
    assert near.links({A.id}) == near.links({B.id}) == {Link(A.id, B.id, 0.75)}
    assert near.links({C.id}) == frozenset()


def test_events_and_their_members_are_found(near):
    assert near.events({A.id, OTHER.id, "nobody"}) == {A.id: "evt_m_a", OTHER.id: "evt_m_d"}
    assert near.members({"evt_m_a"}) == {"evt_m_a": {A.id, B.id, C.id}}


def test_heads_come_by_article(near):
    found = near.heads({ONE.id, TWO.id, "nobody"})
    assert {key: head.external_id for key, head in found.items()} == {ONE.id: "1", TWO.id: "2"}


def test_thousands_of_keys_are_taken_at_once(near):
    keys = [f"block {number}" for number in range(4000)]
    assert near.lowest([*keys, "soldier"], 3)["soldier"] == (A.id,)


def test_a_snapshot_of_no_timeline_is_not_found(store):
    with pytest.raises(NotFoundError), store.snapshot("none"):
        pass


def test_who_stands_in_blocks_no_longer_leaves_them_and_keeps_its_row(store):
    tell(store, ONE, event(A), blocks=((A.id, "soldier"),))
    tell(store, TWO, grown(event(A), B), blocks=((B.id, "soldier"),), unblocked=(A.id,))
    with store.snapshot("demo") as near:
        assert near.holders("soldier") == (B.id,)
        assert near.own(ONE.id) == (A,)


def test_a_mention_that_its_event_does_not_list_is_found_with_its_twins(store):
    tell(store, ONE, event(A))
    tell(store, TWO, added=(B,))
    (listed,) = store.find_article(TWO.id).mentions
    assert '"event_id":"evt_m_a"' in listed
