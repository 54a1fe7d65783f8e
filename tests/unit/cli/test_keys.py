"""`timelines keys` and `timelines tokens`: what they print, what they keep, what they refuse."""

import pytest

from service.cli.keys import credential_lines
from service.cli.main import main
from service.keyring import digest_of
from service.store.credentials import Credential
from service.store.shelf import TimelineTraits
from service.store.sql import SqlStore

DAY = 86_400


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("TIMELINES_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("TIMELINES_DATABASE_URL", raising=False)

    def run_it(*words):
        status = main(list(words))
        said = capsys.readouterr()
        return status, said.out, said.err

    return run_it


@pytest.fixture
def store(run, tmp_path):
    run("keys", "list")
    made = SqlStore(f"sqlite:///{tmp_path / 'timelines.sqlite3'}")
    yield made
    made.close()


def test_a_key_is_made_on_an_empty_machine_and_printed_alone(run, tmp_path):
    status, out, err = run("keys", "create", "--name", "me", "--scopes", "admin")
    assert status == 0
    secret = out.removesuffix("\n")
    assert secret.startswith("tlk_")
    assert "may admin in all timelines; shown this once and kept nowhere" in err
    assert secret not in err
    store = SqlStore(f"sqlite:///{tmp_path / 'timelines.sqlite3'}")
    (kept,) = store.list_keys()
    store.close()
    assert kept.digest == digest_of(secret)


def test_keys_are_listed_without_what_opens(run):
    assert run("keys", "list")[1] == "no keys: make one with `timelines keys create`\n"
    _, secret, _ = run(
        *("keys", "create", "--name", "crawler", "--scopes", "write, read"),
        *("--timeline", "iran", "--days", "90"),
    )
    _, out, _ = run("keys", "list")
    head, row = out.splitlines()
    assert head.split()[:3] == ["ID", "BEGINS", "NAME"]
    for shown in ("crawler", "read,write", "iran", "never", "until 2", secret[:8]):
        assert shown in row
    assert secret.strip() not in out


def test_a_key_is_revoked_once(run, store):
    run("keys", "create", "--name", "me", "--scopes", "admin")
    (kept,) = store.list_keys()
    status, out, _ = run("keys", "revoke", kept.id)
    assert (status, "is revoked" in out) == (0, True)
    status, _, err = run("keys", "revoke", kept.id)
    assert (status, "no living key" in err) == (1, True)
    assert "revoked 2" in run("keys", "list")[1]


def test_tokens_are_made_listed_and_revoked_for_their_timeline(run, store):
    status, _, err = run("tokens", "create", "--timeline", "iran", "--name", "calendar")
    assert (status, err) == (
        1,
        "timelines: no timeline 'iran': it exists from its first article or PUT\n",
    )
    store.put_timeline("iran", TimelineTraits(public=False))
    assert "no tokens of 'iran'" in run("tokens", "list", "--timeline", "iran")[1]
    status, out, err = run("tokens", "create", "--timeline", "iran", "--name", "calendar")
    assert (status, out[:4]) == (0, "tlt_")
    assert "reads the timeline iran, by ?token=" in err
    (kept,) = store.list_tokens("iran", limit=9, after=None)
    assert kept.id in run("tokens", "list", "--timeline", "iran")[1]
    assert run("tokens", "revoke", kept.id, "--timeline", "other")[0] == 1
    assert run("tokens", "revoke", kept.id, "--timeline", "iran")[0] == 0


@pytest.mark.parametrize(
    "words,says",
    [
        (["--scopes", "all"], "scope 'all' is unknown: use some of read, write, subscribe, admin"),
        (["--scopes", " , "], "a key needs a scope"),
        (["--scopes", "read", "--timeline", "No Name"], "'No Name' is no name of a timeline"),
        (["--scopes", "read", "--days", "0"], "--days is 0: use a whole number from 1 to 3650"),
        (["--scopes", "read", "--name", "x" * 101], "--name must have 1 to 100 printable"),
        (["--scopes", "read", "--name", "a\nb"], "--name must have 1 to 100 printable"),
    ],
)
def test_what_a_key_cannot_be_is_refused_in_a_sentence(run, store, words, says):
    status, out, err = run("keys", "create", "--name", "me", *words)
    assert (status, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1
    assert store.list_keys() == ()


def test_a_record_that_was_not_migrated_is_told_what_to_do(run, monkeypatch, tmp_path):
    monkeypatch.setenv("TIMELINES_DATABASE_URL", f"sqlite:///{tmp_path}/other.sqlite3")
    status, _, err = run("keys", "list")
    assert (status, "run 'timelines migrate'" in err) == (2, True)


def test_the_state_of_each_key_is_told_in_a_word():
    def kept(**said):
        given = {"id": "key_1", "name": "x", "shown": "tlk_abcd", "digest": "d"}
        return Credential(**given, scopes=frozenset({"read"}), **said)

    states = [
        line.split("never")[1].strip()
        for line in list(
            credential_lines(
                [
                    kept(),
                    kept(expires_at=20 * DAY),
                    kept(expires_at=5 * DAY),
                    kept(expires_at=20 * DAY, revoked_at=3 * DAY),
                ],
                now=10 * DAY,
            )
        )[1:]
    ]
    assert states == ["live", "until 1970-01-21", "ended 1970-01-06", "revoked 1970-01-04"]
