"""The banded index, on both stores: the earliest article here that one is a copy of."""

from service.timeline.copies import sign
from tests.contract.storevalues import article, claim_one, plan, reading
from tests.unit.timeline.test_copies import OTHER, REPORT


def read(store, of, text, **said):
    store.add_articles("demo", [of])
    store.commit(
        claim_one(store),
        "token",
        reading=reading(signature=sign(text), **said),
        plan=plan(of),
        rows=[],
        expected_revision=store.find_revision("demo")[0],
    )


def copied(store, of):
    return store.find_article(of.id).copy_of


EARLY, LATE = article("early", published_utc=5), article("late", published_utc=9)
APART = article("apart", published_utc=1)


def test_a_copy_names_the_earliest_in_any_order_of_arrival(store):
    read(store, LATE, f"{REPORT} By our staff.")
    assert copied(store, LATE) is None
    read(store, EARLY, REPORT)
    read(store, APART, OTHER)
    assert [copied(store, each) for each in (EARLY, LATE, APART)] == [None, EARLY.id, None]


def test_an_original_that_was_rewritten_is_one_no_more(store):
    read(store, EARLY, REPORT)
    read(store, LATE, REPORT)
    store.replace_article(EARLY.id, article("early", text="Corrected.", published_utc=5), 1)
    assert copied(store, LATE) is None
    store.commit(
        claim_one(store),
        "token",
        reading=reading(signature=sign(OTHER)),
        plan=plan(EARLY),
        rows=[],
        expected_revision=0,
    )
    assert (copied(store, LATE), copied(store, EARLY)) == (None, None)


def test_a_copy_in_another_timeline_is_none(store):
    read(store, EARLY, REPORT)
    other = article("late", timeline="other")
    store.add_articles("other", [other])
    store.commit(
        claim_one(store),
        "token",
        reading=reading(signature=sign(REPORT)),
        plan=plan(other),
        rows=[],
        expected_revision=0,
    )
    assert copied(store, other) is None


def test_an_article_without_a_signature_is_no_copy(store):
    read(store, EARLY, "Few words.")
    read(store, LATE, "Few words.")
    assert copied(store, LATE) is None


def test_heads_carry_what_tells_copies(store):
    read(store, EARLY, REPORT, credits=("reuters",))
    with store.snapshot("demo") as near:
        head = near.heads([EARLY.id])[EARLY.id]
    assert (head.signature, head.credits) == (sign(REPORT), ("reuters",))
