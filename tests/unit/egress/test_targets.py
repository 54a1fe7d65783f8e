"""What requests may be sent to: addresses are read strictly, and ranges refused by name."""

import ipaddress
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.egress.addresses import refused_range
from service.egress.targets import (
    MOST_SIGNS,
    EgressError,
    Policy,
    RefusedTargetError,
    admit,
    read_target,
)

CASES = tomllib.loads(Path(__file__).with_name("targets.toml").read_text(encoding="utf-8"))
REFUSED = [(url, case["kind"]) for case in CASES["refused"] for url in case["urls"]]
STRICT = Policy()
OPEN = Policy(loopback=True)


def addresses(*texts):
    return tuple(map(ipaddress.ip_address, texts))


@pytest.mark.parametrize("case", CASES["plain"], ids=lambda case: case["url"])
def test_an_address_on_the_internet_is_taken_in_its_parts(case):
    target = read_target(case["url"], STRICT)
    assert [target.scheme, target.host, target.port, target.resource] == case["is"]


@pytest.mark.parametrize("url,kind", REFUSED)
def test_what_leads_elsewhere_is_refused_in_one_sentence(url, kind):
    with pytest.raises(RefusedTargetError) as refused:
        read_target(url, STRICT)
    assert refused.value.kind == kind
    assert str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_refusals_of_every_kind_of_range_name_it():
    with pytest.raises(RefusedTargetError, match=r"^64:ff9b::a00:1 is not public \(NAT64\): use"):
        read_target("http://[64:ff9b::10.0.0.1]/", STRICT)


def test_an_address_has_a_bounded_length():
    fitting = "https://news.example/".ljust(MOST_SIGNS, "a")
    assert read_target(fitting, STRICT).host == "news.example"
    with pytest.raises(RefusedTargetError, match=f"{MOST_SIGNS + 1} signs: use at most"):
        read_target(fitting + "a", STRICT)


def test_further_ports_can_be_allowed_and_the_usual_ones_taken_away():
    policy = Policy(ports=(8443,))
    assert read_target("https://news.example:8443/", policy).port == 8443
    with pytest.raises(RefusedTargetError, match="port 443 is not allowed: use one of 8443"):
        read_target("https://news.example/", policy)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8123/x", "http://[::1]:9/", "http://localhost:6379/"]
)
def test_a_developer_can_let_this_machine_be_reached_at_any_port(url):
    target = read_target(url, OPEN)
    admit(target, addresses("127.0.0.1", "::1"), OPEN)


@pytest.mark.parametrize(
    "url",
    ["http://127.1/", "http://[::ffff:127.0.0.1]/", "http://10.0.0.1/", "http://user@localhost/"],
)
def test_other_forms_and_other_ranges_stay_refused_for_a_developer(url):
    with pytest.raises(RefusedTargetError):
        read_target(url, OPEN)


def test_one_address_that_is_not_public_is_enough_to_refuse_a_name():
    target = read_target("https://news.example/", STRICT)
    admit(target, addresses("1.1.1.1", "2606:4700::1111"), STRICT)
    for policy in (STRICT, OPEN):
        with pytest.raises(RefusedTargetError, match=r"^'news\.example' leads to an"):
            admit(target, addresses("1.1.1.1", "127.0.0.1"), policy)


def test_the_other_port_that_loopback_may_have_is_refused_once_the_name_leads_elsewhere():
    target = read_target("http://news.example:8123/", OPEN)
    admit(target, addresses("127.0.0.1"), OPEN)
    with pytest.raises(RefusedTargetError, match="port 8123 is not allowed"):
        admit(target, addresses("1.1.1.1"), OPEN)


@given(st.ip_addresses())
def test_no_address_that_python_takes_for_private_is_public(address):
    if not address.is_global:
        assert refused_range(address) is not None


@given(st.ip_addresses(v=4), st.sampled_from(["::", "::ffff:0:0", "64:ff9b::", "::ffff:0:0:0"]))
def test_no_address_of_version_4_is_reached_within_one_of_version_6(address, prefix):
    within = ipaddress.IPv6Address(int(ipaddress.IPv6Address(prefix)) + int(address))
    assert refused_range(within) is not None


@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://", "http://[", "https://a@"]))
def test_any_text_is_taken_or_refused(text, prefix):
    try:
        target = read_target(prefix + text, STRICT)
    except EgressError as error:
        assert error.kind in {"refused-url", "refused-address"}  # noqa: PT017  # either is right
    else:
        assert target.port in STRICT.ports
        assert target.host.isascii()
        assert target.resource.isascii()
