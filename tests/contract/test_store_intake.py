"""Taking articles in, on both stores."""

import pytest

from service.errors import NotFoundError
from service.intake import draft
from service.store.amendments import Replaced
from service.store.base import Added
from service.timeline.model import Image
from tests.contract.storevalues import article, claim_one, reading, tell
from tests.contract.storevalues import event as event_of
from tests.contract.storevalues import mention as mention_of
from tests.contract.storevalues import plan as plan_of


def test_a_new_article_is_accepted_and_kept_as_posted(store):
    new = article(1, text="«یکشنبه» — Sunday")
    (added,) = store.add_articles("demo", [new])
    kept = store.find_article(new.id)
    assert added == Added(new.id, "accepted", kept.received_at)
    assert (kept.posted, kept.timeline, kept.status, kept.version) == (
        *(new.posted, "demo", "accepted", 1),
    )
    assert (kept.reading_number, kept.attempts, kept.mentions, kept.outcome) == (0, 0, (), None)


def test_the_same_article_again_is_known_and_changes_nothing(store):
    store.add_articles("demo", [article(1)])
    before = store.find_timeline("demo"), store.find_article(article(1).id)
    (again,) = store.add_articles("demo", [article(1)])
    assert (again.outcome, again.received_at) == ("known", before[1].received_at)
    assert before == (store.find_timeline("demo"), store.find_article(article(1).id))


def test_a_known_id_with_other_content_differs_and_is_not_overwritten(store):
    store.add_articles("demo", [article(1)])
    (other,) = store.add_articles("demo", [article(1, text="Other.")])
    assert other.outcome == "differs"
    assert store.find_article(article(1).id).posted == article(1).posted


def test_one_batch_may_hold_an_article_twice(store):
    batch = [article(1), article(2), article(1), article(2, text="Other.")]
    outcomes = [added.outcome for added in store.add_articles("demo", batch)]
    assert outcomes == ["accepted", "accepted", "known", "differs"]
    assert store.find_timeline("demo").articles["accepted"] == 2


def test_an_empty_batch_makes_no_timeline(store):
    assert store.add_articles("demo", []) == ()
    assert store.find_timeline("demo") is None


def test_what_is_not_there_is_none(store):
    assert store.find_article("art_none") is None
    assert store.find_timeline("none") is None
    assert store.find_revision("none") is None
    assert store.find_event("none", "evt_none") is None


def test_a_timeline_exists_from_its_first_article_at_revision_zero(store):
    store.add_articles("demo", [article(1)])
    found = store.find_timeline("demo")
    assert (found.revision, found.first_day, found.last_day) == (0, None, None)
    assert store.find_revision("demo")[:2] == (0, 1)


def test_a_large_batch_is_one_commit_in_order(store):
    many = [article(f"{number:04}") for number in range(1200)]
    assert {added.outcome for added in store.add_articles("demo", many)} == {"accepted"}
    first = store.claim("token", limit=20, characters=10**6, lease=15)
    assert [claimed.id for claimed in first] == [each.id for each in many[:20]]
    assert store.waiting() == 1180
    assert store.waiting(at_most=100) == 100


def test_articles_are_listed_by_time_and_id_page_by_page(store):
    for name in ("b", "a", "C"):
        store.add_articles("demo", [article(name)])
    store.add_articles("demo", [article("z"), article("Y")])
    store.add_articles("other", [article("x", timeline="other")])
    seen, after = [], None
    while page := store.list_articles("demo", limit=2, after=after):
        seen += page
        after = (page[-1].received_at, page[-1].id)
    assert [(each.received_at, each.id) for each in seen] == sorted(
        (each.received_at, each.id) for each in map(store.find_article, {each.id for each in seen})
    )
    assert sorted(each.key for each in seen) == ["C", "Y", "a", "b", "z"]
    assert [each.key for each in seen if each.key in "Yz"] == ["Y", "z"], (
        "by code point, whatever the database's language"
    )


def test_timelines_are_listed_by_code_point_page_by_page(store):
    for name in ("b", "A", "a", "B"):
        store.add_articles(name, [article(1, timeline=name)])
    first = store.list_timelines(limit=3, after=None)
    rest = store.list_timelines(limit=3, after=first[-1].name)
    assert [each.name for each in (*first, *rest)] == ["A", "B", "a", "b"]


def test_a_replaced_article_waits_again_with_the_next_version(store):
    old, new = article(1), article(1, text="Corrected.", title="New title")
    tell(store, old, event_of(mention_of("a", old)))
    assert store.replace_article(old.id, new, expected_version=1) == Replaced("replaced", old.id, 2)
    found = store.find_article(old.id)
    assert (found.version, found.status, found.attempts) == (2, "accepted", 0)
    assert (found.posted, found.mentions, found.expressions) == (new.posted, (), ())
    assert claim_one(store).head.title == "New title"
    counts = store.find_timeline("demo").articles
    assert counts == {
        **dict.fromkeys(("accepted", "processed", "failed", "nothing_to_tell", "retracted"), 0),
        "processing": 1,
    }


def test_a_replacement_at_another_version_is_refused(store):
    store.add_articles("demo", [article(1)])
    stale = store.replace_article(article(1).id, article(1, text="New."), 2)
    assert stale == Replaced("stale", article(1).id, 1)
    with pytest.raises(NotFoundError):
        store.replace_article("art_none", article(1), 1)


def test_a_replaced_article_shows_its_mentions_to_the_next_merge(store):
    old = article(1)
    told = mention_of("a", old)
    tell(store, old, event_of(told))
    store.replace_article(old.id, article(1, text="Corrected."), 1)
    with store.snapshot("demo") as near:
        assert near.own(old.id) == (told,)
    claimed = claim_one(store)
    gone = plan_of(old, removed=(told.id,), events_removed=("evt_m_a",))
    store.commit(claimed, "token", reading=reading(), plan=gone, rows=[], expected_revision=1)
    found = store.find_article(old.id)
    assert (found.reading_number, found.outcome) == (1, "nothing_to_tell")
    assert store.find_timeline("demo").events["happening"] == 0


def test_the_state_moves_with_whatever_a_reader_would_see(store):
    states = []

    def note():
        states.append((store.find_revision("demo").state, store.find_timeline("demo")))

    store.add_articles("demo", [article(1)])
    note()
    claimed = claim_one(store)
    note()
    store.release("token")
    note()
    claimed = claim_one(store)
    note()
    store.commit(
        *(claimed, "token"),
        reading=reading(),
        plan=plan_of(article(1)),
        rows=[],
        expected_revision=0,
    )
    note()
    tell(store, article(2), event_of(mention_of("a", article(2))))
    note()
    assert [state for state, _ in states] == [found.state for _, found in states]
    assert sorted({state for state, _ in states}) == [state for state, _ in states]


def test_knowing_renewing_and_leasing_leave_the_state_alone(store):
    store.add_articles("demo", [article(1)])
    claim_one(store)
    before = store.find_revision("demo")
    store.add_articles("demo", [article(1)])
    store.renew("token", 15)
    store.take_merge_lease("demo", "token", 15)
    store.drop_merge_lease("demo", "token")
    assert store.find_revision("demo") == before


def test_a_claimed_article_has_the_picture_that_was_posted(store):
    fields = {
        "text": "It burned.",
        "published_at": "2026-01-27",
        "image": {"url": "https://a.example/1.jpg", "credit": "آ. نام"},
    }
    store.add_articles("demo", [draft("demo", fields, received=2e9)])
    (claimed,) = store.claim("token", limit=1, characters=100, lease=15)
    assert claimed.head.image == Image(url="https://a.example/1.jpg", credit="آ. نام")
