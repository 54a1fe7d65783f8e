"""Keys and feed tokens, on both stores."""

import pytest

from service.keyring import digest_of, mint_key, mint_token
from service.removing import remove_timeline
from service.store.shelf import EVERYTHING, Home, Reader, TimelineTraits
from tests.contract.storevalues import article


def test_a_key_is_found_by_its_digest_and_by_nothing_else(store):
    secret, new = mint_key("crawler", ["write", "read"], timeline="iran", expires_at=9e9)
    made = store.add_key(new)
    assert store.find_key(digest_of(secret)) == made
    assert (made.name, made.timeline, made.expires_at) == ("crawler", "iran", 9e9)
    assert made.scopes == {"read", "write"}
    assert made.last_used_at is made.revoked_at is None
    for other in (secret, new.shown, digest_of("x"), ""):
        assert store.find_key(other) is None
    assert store.find_token(new.digest) is None


def test_keys_are_listed_as_they_were_made_and_kept_when_revoked(store):
    made = [store.add_key(mint_key(name, ["read"])[1]) for name in "ba"]
    assert store.list_keys() == tuple(made)
    assert store.revoke_key(made[0].id)
    assert not store.revoke_key(made[0].id), "it is revoked once"
    assert not store.revoke_key("key_none")
    revoked = store.find_key(made[0].digest)
    assert not revoked.is_live(revoked.revoked_at + 1)
    assert store.find_key(made[1].digest).is_live(9e9)


def test_the_use_of_a_key_and_of_a_token_is_noted(store):
    store.put_timeline("demo", TimelineTraits())
    key = store.add_key(mint_key("k", ["read"])[1])
    token = store.add_token(mint_token("t", "demo")[1])
    for each, find in ((key, store.find_key), (token, store.find_token)):
        store.note_use(each.id)
        assert find(each.digest).last_used_at >= each.created_at
    store.note_use("key_none")


def test_a_token_belongs_to_a_timeline_and_goes_with_it(store):
    _, new = mint_token("calendar", "demo")
    assert store.add_token(new) is None, "there is no such timeline"
    store.put_timeline("demo", TimelineTraits())
    kept = store.add_token(new)
    assert (kept.timeline, kept.scopes) == ("demo", {"read"})
    key = store.add_key(mint_key("k", ["read"], timeline="demo")[1])
    store.close_timeline("demo")
    assert store.add_token(mint_token("late", "demo")[1]) is None
    assert remove_timeline(store, "demo", seconds=30)
    assert store.find_token(new.digest) is None
    assert store.find_key(key.digest) == key, "a key is for the name, whatever bears it"


def test_tokens_are_listed_and_revoked_within_their_timeline(store):
    for name in ("demo", "other"):
        store.put_timeline(name, TimelineTraits())
    made = [store.add_token(mint_token(str(each), "demo")[1]) for each in range(3)]
    first = store.list_tokens("demo", limit=2, after=None)
    last = first[-1]
    rest = store.list_tokens("demo", limit=2, after=(last.created_at, last.id))
    assert {each.id for each in (*first, *rest)} == {each.id for each in made}
    assert store.list_tokens("other", limit=2, after=None) == ()
    assert not store.revoke_token("other", made[0].id)
    assert store.revoke_token("demo", made[0].id)
    assert not store.revoke_token("demo", made[0].id)
    assert store.find_token(made[0].digest).revoked_at is not None


@pytest.mark.parametrize(
    "reader,seen",
    [
        (EVERYTHING, ["a", "b", "c"]),
        (Reader(), ["b"]),
        (Reader(own="c"), ["b", "c"]),
        (Reader(own="none"), ["b"]),
    ],
)
def test_a_list_of_timelines_holds_what_its_reader_may_read(store, reader, seen):
    for name in "abc":
        store.put_timeline(name, TimelineTraits(public=name == "b"))
    found = store.list_timelines(limit=9, after=None, reader=reader)
    assert [each.name for each in found] == seen


def test_an_article_is_at_home_in_its_timeline_until_that_is_gone(store):
    posted = article(1)
    store.add_articles("demo", [posted])
    assert store.find_home(posted.id) == Home("demo", public=True)
    store.put_timeline("demo", TimelineTraits(public=False))
    assert store.find_home(posted.id) == Home("demo", public=False)
    assert store.find_home("art_none") is None
    store.close_timeline("demo")
    assert store.find_home(posted.id) is None
