"""Sending one message to an address that someone else chose, and what came back."""

from __future__ import annotations

import re
import ssl
import time
from codecs import getincrementaldecoder
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Protocol

from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError
from urllib3.exceptions import SSLError as BrokenTlsError

from service.egress.connections import TooLargeError, open_connection
from service.egress.deadline import Deadline
from service.egress.resolving import Addresses, Resolver, addresses_of, ask_system
from service.egress.targets import EgressError, Policy, Target, read_target

EXCHANGE_SECONDS = 15.0
"""What one exchange may take in all: looking up, connecting, sending and the whole answer."""
RESOLVE_SECONDS = 5.0
MOST_READ = 64 * 1024
"""Bytes of an answer's body that are read; the connection is closed on what follows."""
MOST_SHOWN = 1024
"""Bytes of it that are kept as the excerpt."""
UNKEPT = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
AGENT = "event-timelines (webhooks)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a receiver said: a redirect is an answer like another, and is not followed.

    `excerpt` is the beginning of its body, without control characters. `retry_after` is in seconds
    from now, None when it did not say.
    """

    status: int
    excerpt: str
    seconds: float
    retry_after: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent, as it goes over the wire."""

    body: bytes
    headers: Mapping[str, str]


class Sending(Protocol):
    """What deliveries need of the way out."""

    def send(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """What the receiver at `url` says to a POST of `body`; EgressError when it does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The way out under a policy; safe between threads, and across a fork.

    Names are looked up once a message, and the connection goes to the very addresses that were
    judged; no proxy of the environment is asked. `trust` are the authorities that may vouch for
    a name: those of the system.
    """

    policy: Policy = field(default_factory=Policy)
    resolver: Resolver = ask_system
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False)
    seconds: float = EXCHANGE_SECONDS

    def send(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """What the receiver at `url` says to a POST of `body`; EgressError when it does not."""
        target = read_target(url, self.policy)
        begun = time.monotonic()
        with Deadline(self.seconds) as deadline:
            found = addresses_of(
                target, self.policy, self.resolver, seconds=min(RESOLVE_SECONDS, self.seconds)
            )
            try:
                response, said = self._exchange(target, found, deadline, Message(body, headers))
            except (OSError, HTTPException, HTTPError, EgressError) as error:
                raise _failure(error, target, deadline) from error
            if deadline.over:  # what was cut looks like an end
                raise _too_slow(deadline)
        return Answer(
            status=response.status,
            excerpt=_excerpt(response, said),
            seconds=time.monotonic() - begun,
            retry_after=_retry_after(response.headers.get("Retry-After"), time.time()),
        )

    def _exchange(
        self,
        target: Target,
        addresses: Addresses,
        deadline: Deadline,
        message: Message,
    ) -> tuple[BaseHTTPResponse, bytes]:
        connection = open_connection(target, addresses, deadline, trust=self.trust)
        try:
            connection.request(
                "POST",
                target.resource,
                message.body,
                {"User-Agent": AGENT, **message.headers, "Connection": "close"},
                preload_content=False,
                decode_content=False,  # what unpacks to gigabytes stays packed
            )
            response = connection.getresponse()
            return response, _read(response)
        finally:
            connection.close()


def _read(response: BaseHTTPResponse) -> bytes:
    said = b""
    # A body that ends too early shows when more is asked for.
    while len(said) < MOST_READ and (piece := response.read(8192, decode_content=False)):
        said += piece
    return said


def _failure(
    error: OSError | HTTPException | HTTPError | EgressError, target: Target, deadline: Deadline
) -> EgressError:
    """One of our kinds for what went wrong on the way."""
    if deadline.over or isinstance(error, TimeoutError):
        return _too_slow(deadline)
    if isinstance(error, EgressError):
        return error
    if isinstance(error, ssl.SSLCertVerificationError):
        said = error.verify_message.rstrip(".")
        return EgressError("tls", f"the certificate of '{target.host}' is refused: {said}")
    if isinstance(error, (ssl.SSLError, BrokenTlsError)):
        return EgressError("tls", f"'{target.host}' does not speak TLS as it should")
    if isinstance(error, TooLargeError) or isinstance(error.__cause__, TooLargeError):
        return EgressError("too-large", "the answer has more before its body than is read")
    return EgressError("broken", "the connection ended before an answer that could be read")


def _too_slow(deadline: Deadline) -> EgressError:
    return EgressError("too-slow", f"no whole answer came within {deadline.seconds:g} s")


def _excerpt(response: BaseHTTPResponse, said: bytes) -> str:
    coding = response.headers.get("Content-Encoding", "identity").lower()
    if said and coding != "identity":
        return "(packed, and not unpacked)"
    # A sign that is cut in the middle is left out, one that cannot be kept is replaced.
    text = getincrementaldecoder("utf-8")("replace").decode(said[:MOST_SHOWN])
    return UNKEPT.sub("\N{REPLACEMENT CHARACTER}", text)


def _retry_after(said: str | None, now: float) -> int | None:
    """Seconds to wait, by a header that has seconds or a date (RFC 9110, 10.2.3)."""
    if said is None:
        return None
    if re.fullmatch("[0-9]{1,9}", said.strip()):
        return int(said)
    try:
        return max(0, round(parsedate_to_datetime(said).timestamp() - now))
    except (ValueError, OverflowError):
        return None
