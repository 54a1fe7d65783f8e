"""What calendars and feeds ask of the record besides events, on both stores."""

from service.documents.jsontext import dumps
from service.timeline.model import EventId
from service.timeline.plan import Change
from tests.contract.storevalues import article, claim_one, event, mention, plan, reading, row

ONE, TWO = article(1), article(2)
A, B = event(mention("a", ONE)), event(mention("b", ONE))


def tell(store, of, *events, changes=None, documents=(), **said) -> None:
    store.add_articles("demo", [of])
    told = dict(documents)
    store.commit(
        claim_one(store),
        "token",
        reading=reading(),
        plan=plan(of, *events, **({} if changes is None else {"changes": changes}), **said),
        rows=[row(each, document=dumps({"id": told.get(each.id, each.id)})) for each in events],
        expected_revision=store.find_revision("demo")[0],
    )


def ended(kind, of, **more):
    return Change(type=kind, event_id=of.id, **more)


def test_an_event_that_is_no_more_is_told_as_it_was_last(store):
    tell(store, ONE, A, B)
    tell(
        store, TWO, A, changes=(Change(type="updated", event_id=A.id),), documents=[(A.id, "later")]
    )
    tell(store, article(3), changes=(ended("removed", A),), events_removed=(A.id,))
    (found,) = store.list_endings("demo", limit=10)
    assert (found.event_id, found.revision, found.document) == (A.id, 4, '{"id":"later"}')
    assert found.at == store.find_times("demo", [4])[4]


def test_every_kind_of_end_counts_the_latest_first(store):
    tell(store, ONE, A, B)
    merged = ended("merged", B, into=(A.id,))
    tell(store, TWO, changes=(merged,), events_removed=(B.id,))
    split = ended("split", A, into=(EventId("evt_x"), EventId("evt_y")))
    tell(store, article(3), changes=(split,), events_removed=(A.id,))
    assert [each.event_id for each in store.list_endings("demo", limit=10)] == [A.id, B.id]
    assert [each.event_id for each in store.list_endings("demo", limit=1)] == [A.id]


def test_what_lives_again_has_not_ended(store):
    tell(store, ONE, A, B)
    tell(store, TWO, changes=(ended("removed", A),), events_removed=(A.id,))
    tell(store, article(3), A, added=(), blocks=())
    assert store.list_endings("demo", limit=10) == ()
    tell(store, article(4), changes=(ended("removed", A),), events_removed=(A.id,))
    assert [(each.event_id, each.revision) for each in store.list_endings("demo", limit=10)] == [
        (A.id, 5)
    ]


def test_endings_are_those_of_one_timeline(store):
    tell(store, ONE, A)
    tell(store, TWO, changes=(ended("removed", A),), events_removed=(A.id,))
    assert store.list_endings("other", limit=10) == ()


def test_times_are_those_of_the_revisions_that_are_known(store):
    tell(store, ONE, A, B)
    found = store.find_times("demo", [2, 1, 2, 99])
    assert sorted(found) == [1, 2]
    assert found[1] == found[2] > 1_700_000_000
    assert store.find_times("other", [1]) == store.find_times("demo", []) == {}


def test_an_end_of_which_no_word_is_kept_is_left_out(store):
    tell(store, ONE, changes=(ended("removed", A),))
    assert store.list_endings("demo", limit=10) == ()
