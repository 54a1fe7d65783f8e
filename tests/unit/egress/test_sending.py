"""Sending to receivers on this machine: which are reached, and how each exchange ends."""

import gzip
import ipaddress
import ssl
import time
import tomllib
from pathlib import Path

import pytest
import trustme

from service.egress.sending import EXCHANGE_SECONDS, MOST_READ, MOST_SHOWN, Sender
from service.egress.targets import EgressError, Policy, RefusedTargetError
from tests.servers.raw import (
    OK,
    answers,
    dribbles,
    pours,
    reads_nothing,
    receiver,
    says_nothing,
)

CASES = tomllib.loads(Path(__file__).with_name("targets.toml").read_text(encoding="utf-8"))
HERE = (ipaddress.ip_address("127.0.0.1"),)
PUBLIC = (ipaddress.ip_address("1.1.1.1"),)
SHORT = 0.3
MARGIN = 10
"""What a busy machine may take, in multiples of the deadline."""
HEAD = b"HTTP/1.1 200 OK\r\n"


class Names:
    """A resolver that gives one answer after another, and counts how often it is asked."""

    def __init__(self, *found):
        self.found = list(found)
        self.asked = []

    def __call__(self, name, port):
        self.asked.append((name, port))
        if not self.found:
            raise OSError(-2, "Name or service not known")
        return self.found.pop(0)


def sender(*found, seconds=EXCHANGE_SECONDS, **options):
    options.setdefault("policy", Policy(loopback=True))
    options.setdefault("trust", ssl.create_default_context())
    return Sender(resolver=Names(*found), seconds=seconds, **options)


def post(to, url, *found, **options):
    url = url.replace("PORT", str(to.port))
    return sender(*(found or (HERE,)), **options).send(url, b"{}", {"webhook-id": "dlv_1"})


def refused(error, url, *found, **options):
    with pytest.raises(EgressError) as failed:
        sender(*found, **options).send(url, b"{}", {})
    assert failed.value.kind == error
    return failed.value


def test_a_message_arrives_whole_under_the_name_that_was_asked_for():
    with receiver(answers(OK)) as it:
        answer = post(it, "http://Hooks.Example:PORT/a%2Fb?c=d")
    [request] = it.requests
    head, _, body = request.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0] == "POST /a%2Fb?c=d HTTP/1.1"
    assert set(lines[1:]) == {
        f"Host: hooks.example:{it.port}",
        "Accept-Encoding: identity",
        "Content-Length: 2",
        "User-Agent: event-timelines (webhooks)",
        "webhook-id: dlv_1",
        "Connection: close",
    }
    assert body == b"{}"
    assert (answer.status, answer.excerpt, answer.retry_after) == (200, "ok", None)
    assert 0 < answer.seconds < EXCHANGE_SECONDS


def test_loopback_is_not_reached_in_any_of_its_forms():
    with receiver(answers(OK)) as canary:
        policy = Policy(ports=(canary.port,))
        for host in CASES["here"]["hosts"]:
            with pytest.raises(RefusedTargetError):
                Sender(policy=policy).send(f"http://{host}:{canary.port}/", b"{}", {})
        assert canary.connections == 0
        post(canary, "http://127.0.0.1:PORT/")
        post(canary, "http://[::1]:PORT/")
        assert canary.connections == 2  # it does hear of those who may
        assert f"\r\nHost: [::1]:{canary.port}\r\n".encode() in canary.requests[1]


@pytest.mark.parametrize("second", ["127.0.0.1", "::ffff:7f00:1", "64:ff9b::7f00:1", "10.0.0.1"])
def test_a_name_with_one_address_inside_is_refused_whatever_stands_first(second):
    with receiver(answers(OK)) as canary:
        policy = Policy(ports=(canary.port,))
        url = f"http://hooks.example:{canary.port}/"
        for found in ((ipaddress.ip_address(second),), (*PUBLIC, ipaddress.ip_address(second))):
            refused("refused-address", url, found, policy=policy)
    assert canary.connections == 0


def test_the_address_that_was_judged_is_dialled_though_the_name_is_rebound_at_once(monkeypatch):
    names = Names((ipaddress.ip_address("127.0.0.2"),), (ipaddress.ip_address("127.0.0.3"),))
    with (
        receiver(answers(OK), at=("127.0.0.2", 0)) as it,
        receiver(answers(OK), at=("127.0.0.3", it.port)) as canary,
    ):
        for variable in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(variable, f"http://127.0.0.3:{it.port}")
        way = Sender(policy=Policy(loopback=True), resolver=names)
        way.send(f"http://hooks.example:{it.port}/", b"{}", {})
        assert names.asked == [("hooks.example", it.port)]
        assert (it.connections, canary.connections) == (1, 0)


def test_an_address_is_never_looked_up():
    with receiver(answers(OK)) as it:
        names = Names()
        Sender(policy=Policy(loopback=True), resolver=names).send(
            f"http://127.0.0.1:{it.port}/", b"{}", {}
        )
    assert names.asked == []


def test_the_next_address_of_a_name_is_tried_when_the_first_takes_no_connection():
    nobody = (ipaddress.ip_address("127.9.9.9"),)
    with receiver(answers(OK), at=("127.0.0.1", 0)) as it:
        assert post(it, "http://hooks.example:PORT/", nobody + HERE).status == 200
        error = refused("connect", f"http://hooks.example:{it.port}/", nobody)
    assert str(error) == "the connection failed: connection refused"


@pytest.mark.parametrize("place", ["http://127.0.0.1:PORT/inside", "//127.0.0.1:PORT/", "/again"])
def test_a_redirect_is_an_answer_and_not_followed(place):
    with receiver(answers(OK)) as canary:
        where = place.replace("PORT", str(canary.port)).encode()
        moved = b"HTTP/1.1 307 Moved\r\nLocation: " + where + b"\r\nContent-Length: 0\r\n\r\n"
        with receiver(answers(moved)) as it:
            assert post(it, "http://hooks.example:PORT/").status == 307
            assert it.connections == 1
    assert canary.connections == 0


def test_no_cookie_is_kept():
    baked = b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n"
    with receiver(answers(baked)) as it:
        way = sender(HERE, HERE)
        for _ in range(2):
            way.send(f"http://hooks.example:{it.port}/", b"{}", {})
    assert not [each for each in it.requests if b"cookie" in each.lower()]


ENDLESS = {
    "the request is never read": (reads_nothing, 8_000_000),
    "nothing is ever said": (says_nothing, 2),
    "the status has no end": (dribbles(b"HTTP/1.1 200 O", b"K"), 2),
    "a header has no end": (dribbles(HEAD + b"X: ", b"y"), 2),
    "interim answers have no end": (dribbles(b"HTTP/1.1 100 Continue\r\n\r\n"), 2),
    "the body has no end": (dribbles(HEAD + b"\r\n", b"x"), 2),
    "the body is shorter than it says": (
        dribbles(HEAD + b"Content-Length: 60000\r\n\r\n", b"x"),
        2,
    ),
    "pieces have no end": (
        dribbles(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        2,
    ),
    "a piece's size has no end": (dribbles(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0"), 2),
}


@pytest.mark.parametrize("behaviour,length", ENDLESS.values(), ids=ENDLESS)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_receiver_without_end_is_left_at_the_deadline(behaviour, length, scheme, certified):
    served, trust = certified
    with receiver(behaviour, tls=served if scheme == "https" else None) as it:
        way = sender(HERE, seconds=SHORT, trust=trust)
        begun = time.monotonic()
        with pytest.raises(EgressError) as failed:
            way.send(f"{scheme}://hooks.example:{it.port}/", b"x" * length, {})
        assert time.monotonic() - begun < SHORT * MARGIN
        assert it.connections == 1
    assert failed.value.kind == "too-slow"
    assert str(failed.value) == "no whole answer came within 0.3 s"


def test_a_handshake_without_end_is_left_at_the_deadline():
    with receiver(reads_nothing) as it, pytest.raises(EgressError, match="within") as failed:
        post(it, "https://hooks.example:PORT/", seconds=SHORT)
    assert failed.value.kind == "too-slow"


def test_a_resolver_that_does_not_answer_is_left_at_the_deadline():
    with receiver(says_nothing) as it:
        way = Sender(resolver=lambda _name, _port: it.stopped.wait() and PUBLIC, seconds=SHORT)
        with pytest.raises(EgressError, match="its name server does not answer") as failed:
            way.send("https://hooks.example/", b"{}", {})
    assert failed.value.kind == "unresolvable"


def test_a_name_without_an_address_says_so():
    error = refused("unresolvable", "https://hooks.example/")
    assert str(error) == "'hooks.example' has no address: name or service not known"
    refused("unresolvable", "https://hooks.example/", ())


def test_a_large_answer_is_cut_and_counts_as_one():
    size = 50_000_000
    told = HEAD + f"Content-Length: {size}\r\n\r\n".encode()
    with receiver(pours(told, b"x" * 65536)) as it:
        answer = post(it, "http://hooks.example:PORT/")
    assert answer.status == 200
    assert answer.excerpt == "x" * MOST_SHOWN
    assert size > MOST_READ


def test_an_answer_that_never_stops_pouring_is_cut():
    with receiver(pours(HEAD + b"\r\n", b"x" * 65536)) as it:
        assert post(it, "http://hooks.example:PORT/").excerpt == "x" * MOST_SHOWN


@pytest.mark.parametrize(
    "head,piece",
    [
        (HEAD, b"X-%d: " % 1 + b"y" * 30_000 + b"\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\nX: " + b"y" * 30_000 + b"\r\n\r\n"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1;" + b"y" * 30_000 + b"\r\nx\r\n"),
    ],
    ids=["headers", "interim answers", "sizes of pieces"],
)
def test_what_comes_before_a_body_is_bounded_as_well(head, piece):
    with receiver(pours(head, piece)) as it, pytest.raises(EgressError) as failed:
        post(it, "http://hooks.example:PORT/")
    assert failed.value.kind == "too-large"


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 20",
        b"HTTP/1.1 999999 Odd\r\n\r\n",
        HEAD + b"X: " + b"y" * 70_000 + b"\r\n\r\n",
        HEAD + b"X: y\r\n" * 200 + b"\r\n",
        HEAD + b"Content-Length: 10\r\n\r\nhalf",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_what_is_no_answer_is_called_broken(said):
    with receiver(answers(said)) as it, pytest.raises(EgressError) as failed:
        post(it, "http://hooks.example:PORT/")
    assert failed.value.kind == "broken"


def test_a_packed_answer_is_never_unpacked():
    bomb = gzip.compress(b"\0" * 50_000_000)
    told = HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb)
    with receiver(answers(told, bomb)) as it:
        assert post(it, "http://hooks.example:PORT/").excerpt == "(packed, and not unpacked)"


@pytest.mark.parametrize(
    "body,shown",
    [
        (b"", ""),
        ("très bien\n".encode(), "très bien\n"),
        (b"a\0b\x1b[2Jc\xffd", "a�b�[2Jc�d"),
        (b"x" + "é".encode() * 600, "x" + "é" * 511),
    ],
)
def test_the_excerpt_is_text_that_can_be_kept_and_shown(body, shown):
    told = HEAD + b"Content-Length: %d\r\n\r\n" % len(body)
    with receiver(answers(told, body)) as it:
        assert post(it, "http://hooks.example:PORT/").excerpt == shown


@pytest.mark.parametrize(
    "said,seconds",
    [
        (b"120", 120),
        (b" 0 ", 0),
        (b"Fri, 31 Dec 1999 23:59:59 GMT", 0),
        (b"soon", None),
        (b"-5", None),
        (b"1.5", None),
        (b"9" * 40, None),
        (b"Fri, 99 Dec 99999 23:59:59 GMT", None),
    ],
)
def test_a_receiver_may_say_when_to_come_again(said, seconds):
    busy = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nRetry-After: " + said + b"\r\n\r\n"
    with receiver(answers(busy)) as it:
        answer = post(it, "http://hooks.example:PORT/")
    assert (answer.status, answer.retry_after) == (503, seconds)


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def certified(authority):
    """The context of a server that is hooks.example, and of a client that believes it."""
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("hooks.example").configure_cert(served)
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    return served, trust


def test_the_certificate_is_that_of_the_name_though_the_address_is_dialled(certified):
    served, trust = certified
    with receiver(answers(OK), tls=served) as it:
        answer = post(it, "https://hooks.example:PORT/x", trust=trust)
    assert answer.status == 200
    assert it.names == ["hooks.example"]
    assert f"\r\nHost: hooks.example:{it.port}\r\n".encode() in it.requests[0]


def test_a_certificate_for_another_name_is_refused(certified):
    served, trust = certified
    with receiver(answers(OK), tls=served) as it, pytest.raises(EgressError) as failed:
        post(it, "https://other.example:PORT/", trust=trust)
    assert failed.value.kind == "tls"
    assert str(failed.value).startswith("the certificate of 'other.example' is refused: Hostname")
    assert (it.names, it.requests) == (["other.example"], [])


def test_a_certificate_of_nobody_we_trust_is_refused(certified):
    served, _ = certified
    with receiver(answers(OK), tls=served) as it, pytest.raises(EgressError) as failed:
        post(it, "https://hooks.example:PORT/")
    assert failed.value.kind == "tls"
    assert it.requests == []


def test_an_operator_can_name_an_authority_of_their_own(
    authority, certified, monkeypatch, tmp_path
):
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    with receiver(answers(OK), tls=certified[0]) as it:
        way = Sender(policy=Policy(loopback=True), resolver=Names(HERE))
        assert way.send(f"https://hooks.example:{it.port}/", b"{}", {}).status == 200


def test_an_address_has_a_certificate_of_its_own(authority):
    served, trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("127.0.0.1").configure_cert(served)
    authority.configure_trust(trust)
    with receiver(answers(OK), tls=served) as it:
        assert post(it, "https://127.0.0.1:PORT/", trust=trust).status == 200


def test_what_speaks_no_tls_is_told_so():
    with receiver(lambda sock, _: sock.sendall(OK)) as it, pytest.raises(EgressError) as failed:
        post(it, "https://hooks.example:PORT/")
    assert failed.value.kind == "tls"
