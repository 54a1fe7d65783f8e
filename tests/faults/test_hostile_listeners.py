"""Listeners that mean no good, or no longer mean anything: they cost themselves, nobody else."""

import json
import socket
import struct
import time
from contextlib import ExitStack, contextmanager, suppress

import pytest

from tests.servers.committing import TIMELINE
from tests.servers.listeners import StreamListener
from tests.servers.waiting import wait_until
from tests.servers.web import serving

ROOM = 210
BEAT = 0.5
STREAM = f"/v1/timelines/{TIMELINE}/stream"
WAITING = 'timelines_waiting{kind="stream"}'
SOON = 2.0
"""Seconds in which anything is told, however many others do not read."""
RUBBISH = (
    *("-1", "1e3", "0x10", "1, 2", "9" * 40, "9" * 7_000, "null"),
    *("'; DROP TABLE changes", "é", "٣"),
)
LONG = "1" * 90_000
"""Of an article, so that events are long."""
MORE_THAN_FITS = 40
"""So many long events fill every buffer between the API and who does not read (4 MB and more)."""


@pytest.fixture
def open_server(quick_committer, sqlite_url, redis_url, tmp_path):
    """`open_server(heartbeat_seconds)`."""
    quick_committer.commit("Towna market burned stalls")
    settings = {"database_url": sqlite_url, "redis_url": redis_url, "waiters": ROOM}
    with ExitStack() as held:
        yield lambda beat: held.enter_context(serving(tmp_path, heartbeat_seconds=beat, **settings))


@pytest.fixture
def server(open_server):
    return open_server(BEAT)


@pytest.fixture
def patient_server(open_server):
    """It lets nobody go while a test lasts."""
    return open_server(60)


def ask_for_stream(server, *, buffer=None, **headers):
    """A connection that asked for the stream and read nothing yet."""
    connection = socket.socket()
    if buffer is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    connection.settimeout(20)
    connection.connect(("127.0.0.1", server.port))
    named = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    request = f"GET {STREAM}?since=0 HTTP/1.1\r\nHost: 127.0.0.1\r\n{named}\r\n"
    connection.sendall(request.encode())
    return connection


def status_of(connection):
    return int(connection.recv(len("HTTP/1.1 200")).split()[1])  # and nothing of what follows


@contextmanager
def crowd(server, count, **options):
    """So many streams, all of which were answered."""
    with ExitStack() as held:
        many = [held.enter_context(ask_for_stream(server, **options)) for _ in range(count)]
        assert {status_of(each) for each in many} == {200}
        yield many


def open_streams(server):
    _, text = server.ask_text("GET", "/metrics")
    (line,) = (each for each in text.splitlines() if each.startswith(WAITING))
    return float(line.split()[-1])


def assert_answers(server):
    """That the API does all else as if nobody listened."""
    begun = time.monotonic()
    assert server.ask("GET", f"/v1/timelines/{TIMELINE}")[0] == 200
    body = json.dumps({"text": "Townb flooded.", "published_at": "2026-01-27"})
    posted = server.ask(
        "POST", f"/v1/timelines/{TIMELINE}/articles", body, Content_Type="application/json"
    )
    assert posted[0] in {200, 202}
    assert server.ask("GET", "/readyz")[0] == 200
    assert time.monotonic() - begun < SOON


def reset_on_close(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def test_a_reader_that_was_slow_is_told_everything_all_the_same(patient_server, quick_committer):
    with crowd(patient_server, 1, buffer=4096) as (slow,):
        for number in range(MORE_THAN_FITS):
            quick_committer.commit(f"Townc{number} {LONG} {number}")
        last, pieces = quick_committer.revision, [b""]
        while f"id: {last}\nevent: ".encode() not in b"".join(pieces[-2:]):
            pieces.append(slow.recv(65_536))
            assert pieces[-1], "it was cut off"
    came = b"".join(pieces)
    ids = [int(each.split(b"\n")[0]) for each in came.split(b"id: ")[1:] if b"event: " in each]
    assert ids == list(range(1, last + 1))


@pytest.mark.parametrize("leave", [lambda _connection: None, reset_on_close], ids=["fin", "rst"])
def test_200_streams_dropped_at_once_leave_their_room_to_others(server, quick_committer, leave):
    with crowd(server, 200) as many:
        for each in many:
            leave(each)
    with StreamListener(server.port, TIMELINE) as listener:
        wait_until(lambda: open_streams(server) <= 1, 10 * BEAT, "their room is free")
        listener.await_revision(quick_committer.commit("Townd flooded roads"), SOON)
        with crowd(server, 200):
            assert_answers(server)


def test_streams_dropped_while_they_are_opened_leave_nothing_behind(server):
    for _ in range(200):
        ask_for_stream(server).close()
    wait_until(lambda: open_streams(server) == 0, 20 * BEAT, "nobody listens")
    with crowd(server, 200):
        assert_answers(server)


def test_a_client_that_only_half_hangs_up_is_let_go(server):
    with crowd(server, 20) as many:
        for each in many:
            each.shutdown(socket.SHUT_WR)
        wait_until(lambda: open_streams(server) == 0, 10 * BEAT, "they are let go")


def test_what_a_listener_goes_on_to_send_is_none_of_ours(server, quick_committer):
    with crowd(server, 5) as many, StreamListener(server.port, TIMELINE) as listener:
        for each in many:
            with suppress(OSError):
                each.sendall(b"GET /healthz HTTP/1.1\r\n\r\n" * 1_000)
        listener.await_revision(quick_committer.commit("Towne flooded roads"), SOON)
        assert_answers(server)


def test_when_there_is_no_room_left_the_rest_of_the_api_answers(server, quick_committer):
    with crowd(server, ROOM) as many:
        with ask_for_stream(server) as refused:
            head = refused.recv(4096).lower()
        assert b" 503 " in head
        assert b"\r\nretry-after: " in head
        path = f"/v1/timelines/{TIMELINE}/changes?since={quick_committer.revision}&wait=5"
        assert server.ask("GET", path)[0] == 503
        assert_answers(server)
        assert server.ask("GET", path.replace("wait=5", "wait=0"))[0] == 200
        many[0].close()
        with StreamListener(server.port, TIMELINE) as patient:
            revision = quick_committer.commit("Townf flooded roads")
            patient.await_revision(revision, 20 * BEAT)


def test_rubbish_for_a_last_event_id_is_refused(server):
    for rubbish in RUBBISH:
        with ask_for_stream(server, Last_Event_ID=rubbish) as connection:
            assert status_of(connection) == 422, rubbish
    assert_answers(server)
