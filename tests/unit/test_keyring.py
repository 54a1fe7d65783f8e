"""Keys: what is made, what a file may hold, when a start is refused."""

import pytest

from service.errors import SetupError, StoreUnavailableError
from service.keyring import (
    SCOPES,
    digest_of,
    file_key,
    may,
    mint_key,
    mint_token,
    refuse_keyless,
)
from service.settings import Settings
from service.store.credentials import Credential

SECRET = "s3cret-" * 6


class Cabinet:
    def __init__(self, *kept):
        self.kept = kept

    def list_keys(self):
        return self.kept


class Away:
    def list_keys(self):
        raise StoreUnavailableError("no such table")


@pytest.fixture
def key_file(tmp_path):
    path = tmp_path / "admin"
    path.write_text(f"{SECRET}\n")
    path.chmod(0o600)
    return path


def kept(*scopes, revoked_at=None):
    _, new = mint_key("x", scopes)
    said = {name: getattr(new, name) for name in ("id", "name", "shown", "digest", "scopes")}
    return Credential(**said, revoked_at=revoked_at)


def test_a_key_is_256_bits_of_chance_and_kept_as_its_digest():
    secrets = {mint_key("x", ["read"])[0] for _ in range(100)}
    assert len(secrets) == 100
    secret, new = mint_key("x", ["read"])
    assert secret.startswith("tlk_")
    assert len(secret) == 4 + 43
    assert new.digest == digest_of(secret)
    assert secret.startswith(new.shown)
    assert len(new.shown) == 8
    assert secret[8:] not in repr(new)


def test_a_token_reads_its_timeline():
    secret, new = mint_token("x", "iran")
    assert secret.startswith("tlt_")
    assert (new.timeline, may(new, "read"), may(new, "write")) == ("iran", True, False)


def test_admin_includes_all_scopes_and_no_other_does():
    for scope in SCOPES:
        _, new = mint_key("x", [scope])
        assert {each for each in SCOPES if may(new, each)} == (
            set(SCOPES) if scope == "admin" else {scope}
        )


def test_the_key_in_a_file_is_an_admin(key_file):
    found = file_key(Settings(admin_key_file=key_file))
    assert may(found, "admin")
    assert found.digest == digest_of(SECRET)
    assert SECRET not in repr(found)
    assert file_key(Settings()) is None


@pytest.mark.parametrize("mode", [0o604, 0o602, 0o644, 0o666])
def test_a_file_that_others_can_open_is_refused_with_the_cure(key_file, mode):
    key_file.chmod(mode)
    with pytest.raises(SetupError, match=r"is open to every user: run `chmod o= "):
        file_key(Settings(admin_key_file=key_file))


@pytest.mark.parametrize("text", ["", "short", "x" * 31, f"{SECRET} {SECRET}", f"{SECRET}ü"])
def test_a_file_without_one_long_secret_is_refused_without_its_text(key_file, text):
    key_file.write_text(text)
    with pytest.raises(SetupError, match="openssl rand -hex 32") as refused:
        file_key(Settings(admin_key_file=key_file))
    assert not text or text not in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SetupError, match=r"ADMIN_KEY_FILE .*nowhere cannot be read \(No such"):
        file_key(Settings(admin_key_file=tmp_path / "nowhere"))


def test_a_start_beyond_loopback_without_a_key_is_refused_with_what_to_do():
    settings = Settings(host="0.0.0.0")  # noqa: S104  # never bound
    for store in (Cabinet(), Cabinet(kept("read")), Cabinet(kept("admin", revoked_at=1.0))):
        with pytest.raises(SetupError) as refused:
            refuse_keyless(settings, store)
        says = str(refused.value)
        assert says.startswith("binding 0.0.0.0 needs a key and there is none: make one with")
        for cure in ("timelines keys create", "ADMIN_KEY_FILE", "HOST=127.0.0.1", "INSECURE=1"):
            assert cure in says
    with pytest.raises(SetupError, match="TIMELINES_KEYS=on needs a key"):
        refuse_keyless(Settings(keys="on"), Cabinet())


def test_a_start_with_a_key_without_need_or_without_sight_goes_on(key_file):
    beyond = {"host": "0.0.0.0"}  # noqa: S104  # never bound
    refuse_keyless(Settings(**beyond), Cabinet(kept("admin")))
    refuse_keyless(Settings(**beyond, admin_key_file=key_file), Cabinet())
    refuse_keyless(Settings(**beyond), Away())
    refuse_keyless(Settings(**beyond, insecure=True), Cabinet())
    refuse_keyless(Settings(), Cabinet())
