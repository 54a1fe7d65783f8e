"""Keys: making secrets, knowing them by their digest, and what a start without any is told.

A secret is 256 random bits behind a prefix that tells what it is (and lets scanners of leaked
secrets know it). SHA-256 suffices to keep it: there is nothing to guess from.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import stat
from collections.abc import Collection
from pathlib import Path

from service.errors import SetupError, StoreUnavailableError
from service.settings import PREFIX, Settings
from service.store.base import Store
from service.store.credentials import FEED, Credential, NewCredential
from service.store.sessions import Session

SCOPES = ("read", "write", "subscribe", "admin")
"""What a key may do; admin includes all others."""
KEY_PREFIX, TOKEN_PREFIX, SESSION_PREFIX = "tlk_", "tlt_", "tls_"
SESSION_SECONDS = 12 * 3_600
"""How long someone stays signed in."""
SHOWN = 8
"""Characters of a secret that are kept as they are, its prefix among them."""
LONGEST_NAME = 100
SHORTEST_FILE = 32
"""Characters that the secret in a file must have at least."""
FILE_KEY_ID = "key_file"


def mint_key(
    name: str,
    scopes: Collection[str],
    *,
    timeline: str | None = None,
    expires_at: float | None = None,
) -> tuple[str, NewCredential]:
    """A new key as its secret, which is nowhere else, and what the record keeps of it."""
    secret = KEY_PREFIX + secrets.token_urlsafe(32)
    return secret, NewCredential(
        id=f"key_{secrets.token_hex(10)}",
        name=name,
        shown=secret[:SHOWN],
        digest=digest_of(secret),
        scopes=frozenset(scopes),
        timeline=timeline,
        expires_at=expires_at,
    )


def mint_token(
    name: str, timeline: str, *, expires_at: float | None = None
) -> tuple[str, NewCredential]:
    """A new feed token of a timeline, in the same two parts."""
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    return secret, NewCredential(
        id=f"tok_{secrets.token_hex(10)}",
        name=name,
        shown=secret[:SHOWN],
        digest=digest_of(secret),
        scopes=FEED,
        timeline=timeline,
        expires_at=expires_at,
    )


def mint_session(key: Credential, now: float) -> tuple[str, Session]:
    """A new session of whoever holds `key`, in the same two parts."""
    secret = SESSION_PREFIX + secrets.token_urlsafe(32)
    return secret, Session(
        digest=digest_of(secret),
        key_digest=key.digest,
        created_at=now,
        expires_at=now + SESSION_SECONDS,
    )


def digest_of(secret: str) -> str:
    """The SHA-256 of a secret, in hexadecimal digits."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def may(credential: Credential | NewCredential, scope: str) -> bool:
    """Whether the key's scopes include `scope`."""
    return not credential.scopes.isdisjoint({scope, "admin"})


def file_key(settings: Settings) -> Credential | None:
    """The admin key of TIMELINES_ADMIN_KEY_FILE, None without one; SetupError says what is wrong.

    It is in no table: whoever takes the file away and starts again has revoked it.
    """
    path = settings.admin_key_file
    if path is None:
        return None
    secret = _read_secret(path)
    return Credential(
        id=FILE_KEY_ID,
        name=str(path),
        shown="",
        digest=digest_of(secret),
        scopes=frozenset({"admin"}),
    )


def refuse_keyless(settings: Settings, store: Store) -> None:
    """Raise SetupError when keys are on and nobody has one that could make others.

    A record that is away or not migrated is no reason: nothing opens without a key meanwhile.
    """
    if not settings.keys_on or file_key(settings) is not None:
        return
    try:
        kept = store.list_keys()
    except StoreUnavailableError:
        return
    if not any(each.revoked_at is None and "admin" in each.scopes for each in kept):
        where = f"binding {settings.host}" if settings.keys == "auto" else f"{PREFIX}KEYS=on"
        raise SetupError(
            f"{where} needs a key and there is none: make one with `timelines keys create --name "
            f"me --scopes admin` or name a file with one in {PREFIX}ADMIN_KEY_FILE; without keys "
            f"use {PREFIX}HOST=127.0.0.1, or {PREFIX}INSECURE=1 behind a proxy that guards it"
        )


def _read_secret(path: Path) -> str:
    setting = f"{PREFIX}ADMIN_KEY_FILE"
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise SetupError(f"{setting} {path} cannot be read ({reason})") from error
    if mode & (stat.S_IROTH | stat.S_IWOTH):
        raise SetupError(f"{setting} {path} is open to every user: run `chmod o= {path}`")
    secret = text.strip()
    if re.fullmatch(rf"[!-~]{{{SHORTEST_FILE},}}", secret) is None:
        raise SetupError(
            f"{setting} {path} must hold one secret of {SHORTEST_FILE} signs or more, without "
            f"spaces: make one with `openssl rand -hex 32 > {path}`"
        )
    return secret
