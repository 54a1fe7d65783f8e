"""Who calls: by key, feed token or session; keys and tokens are remembered for a moment."""

from __future__ import annotations

import logging
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from hmac import compare_digest
from threading import Lock

from flask import request

from service.api.access.cookies import session_shown
from service.api.access.door import TOKEN
from service.api.wire.problems import ProblemError
from service.errors import StoreUnavailableError
from service.keyring import digest_of, may, mint_session
from service.store.base import Store
from service.store.credentials import Credential
from service.store.shelf import EVERYTHING, Reader

REMEMBERED_SECONDS = 5.0
"""How long a process may go on trusting a key that was revoked meanwhile."""
MOST_REMEMBERED = 1_000
USE_SECONDS = 3_600.0
"""Uses of a key are noted this far apart at least."""
CHALLENGE = 'Bearer realm="event-timelines"'
BEARER = re.compile(r"bearer +([!-~]+)", re.IGNORECASE | re.ASCII)
"""RFC 6750, section 2.1, and any other sign that a secret in a file of one's own may have."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: someone with a key, with a feed token, or nobody known."""

    credential: Credential | None = None
    feeds: bool = False
    """Whether it is a feed token, which reads its timeline and nothing else."""
    trusted: bool = False
    """Whether all is allowed, for keys are off."""

    @property
    def is_known(self) -> bool:
        """Whether a key or token was given, or none is needed."""
        return self.trusted or self.credential is not None

    @property
    def id(self) -> str | None:
        """The id of the key or token; None of whoever has none."""
        return None if self.credential is None else self.credential.id

    def has(self, scope: str) -> bool:
        """Whether the caller's key includes `scope`."""
        return self.trusted or (self.credential is not None and may(self.credential, scope))

    def reaches(self, timeline: str) -> bool:
        """Whether the caller's key or token is for `timeline`, or for all."""
        if self.trusted or self.credential is None:
            return self.trusted
        return self.credential.timeline in {None, timeline}

    def reads(self, timeline: str) -> bool:
        """Whether the caller may read `timeline` although it is private."""
        return self.has("read") and self.reaches(timeline)

    @property
    def reader(self) -> Reader:
        """Which private timelines a list shows to the caller."""
        if self.trusted or (self.has("read") and self.only is None):
            return EVERYTHING
        return Reader(own=self.only if self.has("read") else None)

    @property
    def only(self) -> str | None:
        """The one timeline that the caller's key or token is for; None: no such bound."""
        return None if self.credential is None else self.credential.timeline


NOBODY = Caller()
TRUSTED = Caller(trusted=True)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a request shows to be let in: the header Authorization, a feed token, or a session."""

    header: str | None = field(repr=False)
    token: str | None = field(repr=False)
    session: str | None = field(default=None, repr=False)


def shown_now(*, by_session: bool) -> Shown:
    """What the request at hand shows; its session counts only where nothing else is shown.

    `by_session` says whether one may count at all: browsers bring it along unasked.
    """
    header, token = request.environ.get("HTTP_AUTHORIZATION"), request.environ.get(TOKEN)
    counts = by_session and header is None and token is None
    return Shown(header, token, session_shown() if counts else None)


class Doorkeeper:
    """Knows callers by what they present. Safe between threads."""

    def __init__(
        self, store: Store, file_key: Credential | None, clock: Callable[[], float]
    ) -> None:
        self._store = store
        self._file_key = file_key
        self._clock = clock
        self._lock = Lock()
        self._remembered: OrderedDict[str, tuple[float, Credential]] = OrderedDict()

    def caller(self, shown: Shown) -> Caller:
        """Who shows this; ProblemError for a key or token that opens nothing."""
        header, token = shown.header, shown.token
        if header is None and token is None:
            return Caller(self._holder_of(shown.session)) if shown.session else NOBODY
        if header is not None and token is not None:
            raise ProblemError("bad-request", "give a key or a token, not both")
        if header is not None:
            found = BEARER.fullmatch(header.strip())
            if found is None:
                raise key_refused("the header Authorization must be 'Bearer' and a key")
            return Caller(self.holder(found[1]))
        return Caller(self._open(token or "", self._store.find_token, "token"), feeds=True)

    def holder(self, key: str) -> Credential:
        """What a key opens; ProblemError for one that opens nothing."""
        return self._open(key, self._store.find_key, "key")

    def begin(self, key: Credential) -> str:
        """The secret of a new session of whoever holds `key`."""
        secret, new = mint_session(key, self._clock())
        self._store.add_session(new)
        return secret

    def end(self, session: str) -> None:
        """End a session, for every process and host at once."""
        self._store.end_session(digest_of(session))

    def _holder_of(self, session: str) -> Credential | None:
        """The key that a session stands for; None when it is over, or opens nothing any more.

        That is no refusal: a browser brings an old session along until it is closed.
        """
        digest = digest_of(session)
        found = self._store.find_session(digest)
        if found is None or not compare_digest(found.digest, digest):
            return None
        if self._clock() >= found.expires_at:
            return None
        return self._live(found.key_digest, self._store.find_key, "key")

    def _open(self, secret: str, find: Callable[[str], Credential | None], what: str) -> Credential:
        found = self._live(digest_of(secret), find, what)
        if found is None:
            raise key_refused(f"the {what} is unknown, revoked or expired")
        return found

    def _live(
        self, digest: str, find: Callable[[str], Credential | None], what: str
    ) -> Credential | None:
        now = self._clock()
        own = self._file_key
        if own is not None and what == "key" and compare_digest(own.digest, digest):
            return own
        found = self._recall(what + digest, now) or find(digest)
        if found is None or not compare_digest(found.digest, digest) or not found.is_live(now):
            return None
        self._remember(what + digest, now, found)
        return found

    def _recall(self, named: str, now: float) -> Credential | None:
        with self._lock:
            until, found = self._remembered.get(named, (0.0, None))
            return found if now < until else None

    def _remember(self, named: str, now: float, found: Credential) -> None:
        with self._lock:
            if now < self._remembered.get(named, (0.0, found))[0]:
                return
            self._remembered[named] = (now + REMEMBERED_SECONDS, found)
            self._remembered.move_to_end(named)
            while len(self._remembered) > MOST_REMEMBERED:
                self._remembered.popitem(last=False)
        if found.last_used_at is None or now - found.last_used_at > USE_SECONDS:
            self._note(found)

    def _note(self, found: Credential) -> None:
        try:
            self._store.note_use(found.id)
        except StoreUnavailableError as error:
            logger.info("use of %s not noted: %s", found.id, error)


def key_needed(detail: str) -> ProblemError:
    """The problem of a request that needs a key and has none."""
    return ProblemError("key-needed", detail, headers={"WWW-Authenticate": CHALLENGE})


def key_refused(detail: str) -> ProblemError:
    """The problem of a key or token that opens nothing."""
    challenge = f'{CHALLENGE}, error="invalid_token"'
    return ProblemError("key-refused", detail, headers={"WWW-Authenticate": challenge})


def scope_missing(scope: str, detail: str) -> ProblemError:
    """The problem of a key that lacks `scope`."""
    challenge = f'{CHALLENGE}, error="insufficient_scope", scope="{scope}"'
    return ProblemError("not-allowed", detail, headers={"WWW-Authenticate": challenge})
