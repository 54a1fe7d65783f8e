"""Which Host names are ours."""

import pytest

from service.api.wire.hosts import allowed_hosts, host_name
from service.settings import Settings


@pytest.mark.parametrize(
    "host, name",
    [
        ("localhost", "localhost"),
        ("Example.ORG.:8000", "example.org"),
        ("127.0.0.1:80", "127.0.0.1"),
        ("[::1]:8000", "[::1]"),
        ("[::1]", "[::1]"),
        ("::1", ""),
        (":80", ""),
        ("[::1].evil.example", ""),
        ("localhost:80:90", ""),
        ("localhost:http", ""),
    ],
)
def test_a_host_is_a_name_without_its_port(host, name):
    assert host_name(host) == name


def test_loopback_the_bound_address_and_the_named_ones_are_allowed():
    settings = Settings(host="::1", allowed_hosts=("News.example",))
    assert allowed_hosts(settings) == {
        "localhost",
        "127.0.0.1",
        "[::1]",
        "news.example",
    }
    bound = Settings(host="10.0.0.5", insecure=True)
    assert "10.0.0.5" in allowed_hosts(bound)
