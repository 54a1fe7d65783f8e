"""Which addresses of the internet protocol are public: everything else is refused by its range.

`ipaddress.is_global` is asked as well, but alone lets through ways to carry a private address of
version 4 within one of version 6 (NAT64, 6to4, Teredo), and multicast. Ranges are those of the
IANA special-purpose address registries (RFC 6890) and of the notes beside them.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_network

Address = IPv4Address | IPv6Address

# The first range that holds an address gives its name, so narrow ones stand before wide ones.
RANGES = tuple(
    (ip_network(text), name)
    for text, name in (
        ("0.0.0.0/8", "unspecified"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "platform"),  # public by its number, the host's own service on Azure
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),  # protocol assignments
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "reserved"),  # AS112
        ("192.52.193.0/24", "reserved"),  # AMT relays
        ("192.88.99.0/24", "6to4"),  # its former relays
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "reserved"),  # AS112
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("255.255.255.255/32", "broadcast"),
        ("240.0.0.0/4", "reserved"),
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::ffff:0:0/96", "IPv4-mapped"),
        ("::ffff:0:0:0/96", "IPv4-translated"),
        ("::/96", "IPv4-compatible"),
        ("64:ff9b::/96", "NAT64"),
        ("64:ff9b:1::/48", "NAT64"),
        ("100::/64", "discard"),
        ("2001::/32", "Teredo"),
        ("2001:2::/48", "benchmarking"),
        ("2001:db8::/32", "documentation"),
        ("2001::/23", "reserved"),  # protocol assignments, ORCHID among them
        ("2002::/16", "6to4"),
        ("2620:4f:8000::/48", "reserved"),  # AS112
        ("3ffe::/16", "reserved"),  # the 6bone, given back
        ("3fff::/20", "documentation"),
        ("fc00::/7", "private"),  # unique local
        ("fe80::/10", "link-local"),
        ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"),
    )
)
UNICAST = ip_network("2000::/3")
"""The one part of version 6 out of which public addresses are given."""
ISATAP = 0x5EFE
"""The last 64 bits of a tunnel that carries version 4: 0000:5efe or 0200:5efe, then the address."""


def refused_range(address: Address) -> str | None:
    """The name of the range that keeps `address` from being public; None when it is public."""
    for network, name in RANGES:
        if address in network:  # never true across versions
            return name
    if isinstance(address, IPv6Address):
        if address not in UNICAST:
            return "unassigned"
        if (int(address) >> 32) & 0xFDFF_FFFF == ISATAP:
            return "ISATAP"
    return None if address.is_global else "reserved"


def is_loopback(address: Address) -> bool:
    """Whether `address` is this machine itself, written as such (not within another range)."""
    return refused_range(address) == "loopback"
