"""The changes of a whole timeline, and what events were before them, on both stores."""

from dataclasses import replace

from service.store.amendments import Traces, Withdrawal
from service.timeline.model import EventId
from service.timeline.plan import Change
from tests.contract.storevalues import article, claim_one, event, mention, plan, reading, row, tell

ONE, TWO = article(1), article(2)
A, B = event(mention("a", ONE)), event(mention("b", ONE))


def updated(of):
    return Change(type="updated", event_id=of.id)


def ended(kind, of, *into):
    return Change(type=kind, event_id=of.id, into=into)


def told_again(of):
    """The event after another commit: no mention is new."""
    return {"added": (), "blocks": (), "changes": (updated(of),)}


def revisions(page):
    return [each.revision for each in page.changes]


def test_changes_come_by_revision_after_the_one_asked_for(store):
    tell(store, ONE, A, B)
    tell(store, TWO, A, **told_again(A))
    page = store.read_changes("demo", after=0, limit=10)
    assert (page.revision, page.kept_after, page.until) == (3, 0, 3)
    assert [(each.revision, each.type, each.event_id) for each in page.changes] == [
        (1, "created", A.id),
        (2, "created", B.id),
        (3, "updated", A.id),
    ]
    assert page.changes[2].document == row(A).document
    assert revisions(store.read_changes("demo", after=1, limit=1)) == [2]
    assert store.read_changes("demo", after=1, limit=1).until == 2
    assert revisions(store.read_changes("demo", after=3, limit=9)) == []
    assert store.read_changes("demo", after=3, limit=9).until == 3


def test_changes_are_those_of_one_timeline(store):
    tell(store, ONE, A)
    other = article(1, timeline="other")
    tell(store, other, event(mention("c", other)), timeline="other")
    assert revisions(store.read_changes("other", after=0, limit=9)) == [1]
    assert store.read_changes("nowhere", after=0, limit=9) is None


def test_a_revision_ahead_or_let_go_is_out_of_reach(store):
    tell(store, ONE, A)
    page = store.read_changes("demo", after=2, limit=9)
    assert (page.revision, page.changes) == (1, ())
    assert [page.reaches(since) for since in (-1, 0, 1, 2)] == [False, True, True, False]


def test_what_a_former_timeline_of_the_name_told_is_out_of_reach(store):
    tell(store, ONE, A, B)
    assert store.close_timeline("demo") == 3
    assert store.read_changes("demo", after=2, limit=9) is None
    while not store.clear_timeline("demo"):
        pass
    assert store.read_changes("demo", after=2, limit=9) is None
    tell(store, TWO, event(mention("c", TWO)))
    page = store.read_changes("demo", after=2, limit=9)
    assert (page.revision, page.kept_after, page.changes) == (4, 3, ())
    assert [page.reaches(since) for since in (0, 2, 3, 4)] == [False, False, True, True]
    assert revisions(store.read_changes("demo", after=3, limit=9)) == [4]


def test_the_record_says_what_an_event_was_before(store):
    tell(store, ONE, A, B)
    first = row(A).document
    grown = replace(A, headline="more")
    store_document(store, TWO, grown, '{"n":2}')
    tell(store, article(3), changes=(ended("removed", A),), events_removed=(A.id,))
    tell(store, article(4), A, added=(), blocks=())
    tell(store, article(5), changes=(ended("merged", B, A.id),), events_removed=(B.id,))
    page = store.read_changes("demo", after=0, limit=10)
    assert [each.type for each in page.changes] == [
        *("created", "created", "updated", "removed", "created", "merged")
    ]
    former = store.read_former("demo", page.changes)
    assert former == {
        1: None,
        2: None,
        3: first,
        4: '{"n":2}',
        5: None,
        6: row(B).document,
    }


def store_document(store, of, told, document):
    """Commit `of` with another text of an event that is there."""
    store.add_articles("demo", [of])
    store.commit(
        claim_one(store),
        "token",
        reading=reading(),
        plan=plan(of, told, **told_again(told)),
        rows=[row(told, document=document)],
        expected_revision=store.find_revision("demo")[0],
    )


def test_what_was_erased_is_not_said_any_more(store):
    tell(store, ONE, A)
    gone = Withdrawal(article_id=ONE.id, timeline="demo", version=1, traces=Traces((1,), 1))
    store.withdraw(
        gone,
        plan=plan(ONE, changes=(ended("removed", A),), events_removed=(A.id,)),
        rows=(),
        expected_revision=1,
    )
    page = store.read_changes("demo", after=0, limit=10)
    assert [(each.type, each.erased) for each in page.changes] == [
        ("created", True),
        ("removed", False),
    ]
    assert store.read_former("demo", page.changes) == {1: None}


def test_nothing_is_said_of_a_change_without_a_past(store):
    """Such a row is from before documents were kept, or what was before was let go."""
    tell(store, ONE, changes=(ended("split", A, EventId("evt_x")),))
    (change,) = store.read_changes("demo", after=0, limit=10).changes
    assert store.read_former("demo", [change]) == {}
    assert store.read_former("demo", []) == {}
