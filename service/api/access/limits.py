"""Limits: each request is paid for from its caller's bucket, and says how that stands.

Only where keys are on. Callers are keys and tokens; whoever has none is an address. Reads and
writes have buckets of their own; a write costs as many as it brings articles.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, Response, current_app, g, request

from service.api.access.callers import Caller
from service.api.access.needs import Need
from service.api.wire.problems import ProblemError
from service.ratelimits import Grant, Rate, RateLimits
from service.settings import Settings

READS, WRITES = "reads", "writes"
OF_READS = frozenset({"read", None})
"""Scopes whose operations read; None: pages that need none."""
UNITS: Mapping[str, str] = {READS: "requests", WRITES: "articles"}
ADDRESS_BITS = 64
"""Of an IPv6 address: what one household or machine has for itself."""
EXTENSION = "timelines-limits"


@dataclass(frozen=True, slots=True)
class Meter:
    """What the requests of an application are paid from."""

    limits: RateLimits
    rates: Mapping[str, Rate]
    proxies: int
    """Proxies of ours in front, each of which adds the address that it saw."""

    def pay(self, caller: Caller, need: Need) -> None:
        """Take one from the caller's bucket; ProblemError `too-many-requests` when it is empty."""
        rate = self.rates.get(READS if need.scope in OF_READS else WRITES)
        if rate is None:
            return
        g.payer = caller.id or f"address:{self._address()}"
        grant = self.limits.take(g.payer, rate)
        g.grant = grant
        if not grant.allowed:
            raise ProblemError(
                "too-many-requests",
                f"{rate.quota:,} {UNITS[rate.name]} in {rate.seconds} s are used up: go on in "
                f"{grant.retry_seconds} s",
                headers={"Retry-After": str(grant.retry_seconds)},
            )

    def _address(self) -> str:
        """Who asks: the network's address, or what the outermost proxy of ours saw."""
        found = request.remote_addr or ""
        if self.proxies:
            said = ",".join(request.headers.getlist("X-Forwarded-For")).split(",")
            hops = [each.strip() for each in said if each.strip()]
            found = hops[-min(self.proxies, len(hops))] if hops else found
        return household(found)


def register_limits(app: Flask, settings: Settings, limits: RateLimits) -> Meter:
    """Show on each answer of `app` how its caller's bucket stands; the meter that fills it."""
    wished = {READS: settings.reads_per_minute, WRITES: settings.writes_per_minute}
    rates = {name: Rate(name, quota) for name, quota in wished.items() if quota}
    meter = Meter(limits, rates, settings.trusted_proxies)
    app.extensions[EXTENSION] = meter
    app.after_request(_tell)
    return meter


def charge(articles: int) -> None:
    """Let a request of many articles cost what it brings; the first one is paid already.

    What the bucket lacks is owed: a batch is taken whole, and the next one waits.
    """
    grant: Grant | None = g.get("grant")
    if grant is not None and articles > 1:
        meter: Meter = current_app.extensions[EXTENSION]
        g.grant = meter.limits.owe(g.payer, grant.rate, articles - 1)


def policy(rate: Rate) -> str:
    """A policy as the header RateLimit-Policy has it.

    >>> policy(Rate("reads", 600))
    '"reads";q=600;w=60'
    """
    return f'"{rate.name}";q={rate.quota};w={rate.seconds}'


def household(address: str) -> str:
    """An address as one caller: of IPv6 the first half; of none, nothing.

    >>> household("2001:db8::1"), household("192.0.2.7"), household("::ffff:192.0.2.7")
    ('2001:db8::', '192.0.2.7', '192.0.2.7')
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    whole = ipaddress.ip_network((found.packed, ADDRESS_BITS), strict=False)
    return str(whole.network_address)


def _tell(response: Response) -> Response:
    grant: Grant | None = g.get("grant")
    if grant is not None:
        response.headers["RateLimit-Policy"] = policy(grant.rate)
        stands = f'"{grant.rate.name}";r={grant.remaining};t={grant.full_seconds}'
        response.headers["RateLimit"] = stands
    return response
