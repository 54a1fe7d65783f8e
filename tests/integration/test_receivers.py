"""The receivers and listeners of the tests do what they are there for."""

import http.client
import socket
import time
from urllib.parse import urlsplit

import pytest

from tests.servers import endless, receivers
from tests.servers.receivers import Answer
from tests.servers.waiting import wait_until


def post(url, id_="a", body=b"{}", seconds=5.0):
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=seconds)
    try:
        connection.request("POST", parts.path, body, {"Webhook-Id": id_})
        return connection.getresponse().status
    except http.client.RemoteDisconnected:
        return None
    finally:
        connection.close()


def test_a_receiver_keeps_what_came_in_order(open_receiver):
    receiver = open_receiver()
    assert [post(receiver.url, id_, f'{{"n":"{id_}"}}'.encode()) for id_ in "ab"] == [204, 204]
    assert [(each.id, each.message["n"]) for each in receiver.arrivals] == [("a", "a"), ("b", "b")]
    assert abs(receiver.arrivals[0].at - time.time()) < 5


@pytest.mark.parametrize(
    "answer, statuses",
    [
        (receivers.failing_first(2), [500, 500, 204]),
        (receivers.always(status=410), [410, 410, 410]),
        (receivers.asking_to_wait(7), [429, 204, 204]),
        (receivers.moved_to("http://elsewhere/"), [301, 301, 301]),
        (receivers.slow(0.05), [204, 204, 204]),
        (receivers.always(hangs_up=True), [None, None, None]),
    ],
)
def test_receivers_answer_as_they_were_told(open_receiver, answer, statuses):
    receiver = open_receiver(answer)
    assert [post(receiver.url) for _ in statuses] == statuses


def test_a_receiver_that_fails_now_and_then_fails_no_message_twice(open_receiver):
    receiver = open_receiver(receivers.failing_now_and_then(1, 3))
    assert [post(receiver.url, id_) for id_ in "aabccd"] == [500, 204, 204, None, 204, 204]


def test_answers_carry_their_headers_and_bodies(open_receiver):
    receiver = open_receiver(lambda _arrivals: Answer(status=200, body=b"ok"))
    parts = urlsplit(receiver.url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=5)
    connection.request("POST", "/elsewhere", b"")
    assert connection.getresponse().read() == b"ok"
    connection.close()
    assert receiver.arrivals[0].path == "/elsewhere"


@pytest.mark.parametrize("manner", endless.ENDLESS)
def test_endless_receivers_never_end_an_answer(manner):
    with endless.endless(manner) as receiver:
        parts = urlsplit(receiver.url)
        address = (parts.hostname, parts.port)
        connections = [socket.create_connection(address, timeout=0.4) for _ in range(3)]
        for each in connections:
            each.sendall(b"POST /hook HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}")
        for each in connections:
            assert not came_to_an_end(each)
            each.close()
        wait_until(lambda: not receiver.open, 2, "those that left are let go")
        assert receiver.taken == 3


def came_to_an_end(connection):
    until = time.monotonic() + 0.4
    try:
        while time.monotonic() < until:
            if not connection.recv(1_000_000):
                return True
    except TimeoutError:
        pass
    return False
