"""What a request may be sent to: an address (URL) read strictly, before any name is looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import ClassVar
from urllib.parse import quote, urlsplit

from service.egress.addresses import Address, is_loopback, refused_range
from service.errors import TimelineError

MOST_SIGNS = 2_000
"""Signs that a URL may have."""
PORTS = {"http": 80, "https": 443}
LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
# Letters that IDNA 2003 turns into others and IDNA 2008 keeps: two names, by who is asked.
DEVIATIONS = re.compile("[ßς\u200c\u200d]")


class EgressError(TimelineError):
    """A request that was not sent or not answered; the message says why in one line.

    `kind` is one stable word for it: refused-url, refused-address, unresolvable, connect, tls,
    too-slow, too-large or broken.
    """

    code: ClassVar[str] = "egress"

    def __init__(self, kind: str, says: str) -> None:
        super().__init__(says)
        self.kind = kind


class RefusedTargetError(EgressError):
    """A target that nothing is ever sent to: its URL or its address is not allowed."""

    code: ClassVar[str] = "refused-target"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What is let out: the `ports`, and `loopback` (on any port) for development alone."""

    ports: tuple[int, ...] = (80, 443)
    loopback: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A URL in its parts. `host` is lower case and ASCII; `address` is the host when it is one.

    `resource` is path and query as they go into the request line.
    """

    scheme: str
    host: str
    port: int
    resource: str
    address: Address | None


def read_target(url: str, policy: Policy) -> Target:
    """The target that `url` names; RefusedTargetError unless something may be sent there.

    A name is only looked up when something is sent; `admit` then judges its addresses.
    """
    _check_signs(url)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _refused(f"'{url}' is no address: use one like https://news.example/hook") from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise _refused("use an address that begins with https:// or http:// and a host")
    if "@" in parts.netloc:
        raise _refused("leave out name and password: messages are signed instead")
    host, address = _read_host(parts.netloc, parts.hostname)
    target = Target(
        scheme=parts.scheme,
        host=host,
        port=PORTS[parts.scheme] if port is None else port,
        resource=_resource(parts.path, parts.query),
        address=address,
    )
    _check_name(target, policy)
    if address is not None:
        admit(target, (address,), policy)
    return target


def admit(target: Target, addresses: tuple[Address, ...], policy: Policy) -> None:
    """Pass over `addresses` of `target`; RefusedTargetError unless every one may be reached."""
    if policy.loopback and all(is_loopback(each) for each in addresses):
        return
    for address in addresses:
        name = refused_range(address)
        if name is not None:
            raise RefusedTargetError("refused-address", _not_public(target, address, name))
    if target.port not in policy.ports:
        raise _refused(_other_port(target.port, policy))


def _check_signs(url: str) -> None:
    if len(url) > MOST_SIGNS:
        raise _refused(f"the address has {len(url)} signs: use at most {MOST_SIGNS}")
    # urlsplit drops tabs and line ends in silence; readers differ about what a backslash is.
    if re.search(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\ud800-\udfff]", url):
        raise _refused("leave out spaces, backslashes and control characters")
    if "#" in url:
        raise _refused("leave out the fragment (what begins with #)")


def _read_host(netloc: str, hostname: str) -> tuple[str, Address | None]:
    """The host in ASCII, and the address that it is."""
    if "[" in netloc:
        return _read_six(netloc, hostname)
    host = _ascii(hostname)
    if host.endswith("."):
        raise _refused("leave out the dot at the end of the host")
    if len(host) > 253 or not all(LABEL.fullmatch(each) for each in host.split(".")):
        raise _refused(f"'{hostname}' is no name of a host: use letters, digits, '-' and dots")
    # A last part that is a number makes an address of it, in forms that readers tell differently.
    if re.fullmatch(r"[0-9]+|0x[0-9a-f]*", host.rpartition(".")[2]):
        return host, _read_four(host)
    return host, None


def _read_six(netloc: str, hostname: str) -> tuple[str, IPv6Address]:
    # No zone (%eth0), and nothing around the brackets but a port.
    written = re.fullmatch(r"\[[0-9A-Fa-f:.]+\](?::[0-9]*)?", netloc)
    try:
        address = IPv6Address(hostname if written else "")
    except ValueError as error:
        raise _refused(f"'{netloc}' is no address: use one like [2606:4700::1111]") from error
    return str(address), address


def _read_four(host: str) -> IPv4Address:
    try:
        return IPv4Address(host)
    except ValueError as error:
        raise _refused(
            f"'{host}' is no address: write its four numbers in decimal, as in 192.0.2.1"
        ) from error


def _ascii(hostname: str) -> str:
    if hostname.isascii():
        return hostname.lower()
    if DEVIATIONS.search(hostname):
        raise _refused(f"write '{hostname}' in its ASCII form, which begins with xn--")
    try:
        return hostname.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise _refused(
            f"'{hostname}' cannot be read as a name: write its ASCII form, which begins with xn--"
        ) from error


def _check_name(target: Target, policy: Policy) -> None:
    """Refuse what is wrong whatever the name turns out to be; the rest waits for `admit`."""
    if target.port == 0:
        raise _refused(_other_port(0, policy))
    if policy.loopback or target.address is not None:
        return
    if target.host == "localhost" or target.host.endswith(".localhost"):
        raise RefusedTargetError(
            "refused-address",
            f"'{target.host}' is this machine itself: use an address on the internet",
        )
    if target.port not in policy.ports:
        raise _refused(_other_port(target.port, policy))


def _resource(path: str, query: str) -> str:
    # Every ASCII sign stays as it was written; what is not ASCII is coded as browsers do.
    kept = "".join(map(chr, range(0x21, 0x7F)))
    said = quote(path or "/", safe=kept)
    return f"{said}?{quote(query, safe=kept)}" if query else said


def _other_port(port: int, policy: Policy) -> str:
    allowed = ", ".join(map(str, policy.ports))
    return f"port {port} is not allowed: use one of {allowed}"


def _not_public(target: Target, address: Address, name: str) -> str:
    if target.address is None:
        # Where a name leads inside our network is not for whoever asks.
        return f"'{target.host}' leads to an address that is not public"
    return f"{address} is not public ({name}): use an address on the internet"


def _refused(says: str) -> RefusedTargetError:
    return RefusedTargetError("refused-url", says)
