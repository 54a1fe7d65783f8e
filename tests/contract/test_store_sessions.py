"""Sessions, on both stores."""

from service.keyring import SESSION_SECONDS, digest_of, mint_key, mint_session


def test_a_session_is_found_by_its_digest_until_it_is_ended(store):
    _, new = mint_key("reader", ["read"])
    secret, session = mint_session(store.add_key(new), 1_000.0)
    store.add_session(session)
    assert store.find_session(digest_of(secret)) == session
    assert session.expires_at == 1_000.0 + SESSION_SECONDS
    assert store.find_session(secret) is None
    assert store.end_session(session.digest)
    assert not store.end_session(session.digest)
    assert store.find_session(session.digest) is None


def test_what_is_over_goes_when_another_session_begins(store):
    key = store.add_key(mint_key("reader", ["read"])[1])
    first, second, third = (
        mint_session(key, at)[1] for at in (0.0, SESSION_SECONDS - 1.0, float(SESSION_SECONDS))
    )
    for each in (first, second):
        store.add_session(each)
    assert store.find_session(first.digest) == first
    store.add_session(third)
    assert store.find_session(first.digest) is None
    assert store.find_session(second.digest) == second
