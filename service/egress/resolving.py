"""Looking names up, bounded in time."""

from __future__ import annotations

import socket
from collections.abc import Callable
from concurrent.futures import Future
from ipaddress import ip_address
from threading import Thread

from service.egress.addresses import Address
from service.egress.targets import EgressError, Policy, Target, admit

Addresses = tuple[Address, ...]
Resolver = Callable[[str, int], Addresses]
"""All addresses of a name, for a port; raises OSError when there is none."""


def ask_system(name: str, port: int) -> Addresses:
    """The addresses of `name` by the system's resolver, in the order in which it prefers them."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(ip_address(entry[4][0]) for entry in found))


def addresses_of(
    target: Target, policy: Policy, resolver: Resolver, *, seconds: float
) -> Addresses:
    """The addresses that `target` may be reached at; the resolver is asked once.

    Raises RefusedTargetError unless every address may be reached, EgressError when there is none,
    or none was found in time.
    """
    if target.address is not None:
        return (target.address,)  # read_target passed it
    try:
        found = _within(seconds, lambda: resolver(target.host, target.port))
    except (OSError, UnicodeError) as error:
        says = f"'{target.host}' has no address: {_reason(error)}"
        raise EgressError("unresolvable", says) from error
    if not found:
        raise EgressError("unresolvable", f"'{target.host}' has no address")
    admit(target, found, policy)
    return found


def _within(seconds: float, look_up: Callable[[], Addresses]) -> Addresses:
    """What `look_up` gives; TimeoutError when it takes longer, and then it ends alone.

    The system's resolver cannot be interrupted; it gives up by itself within a minute or so.
    """
    future: Future[Addresses] = Future()

    def run() -> None:
        try:
            future.set_result(look_up())
        except (OSError, UnicodeError) as error:
            future.set_exception(error)

    Thread(target=run, name="resolving", daemon=True).start()
    return future.result(timeout=seconds)


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "its name server does not answer"
    return str(getattr(error, "strerror", None) or "it cannot be looked up").lower()
