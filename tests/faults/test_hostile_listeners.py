"""Listeners that mean no good, or no longer mean anything: they cost themselves, nobody else."""

import json
import socket
import struct
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from tests.servers.changerows import assert_told, change_rows, expected
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
LONGEST = 4 * len(LONG)
"""What a frame of it has at most."""
MORE_THAN_FITS = 40
"""So many long events fill every buffer between the API and who does not read (4 MB and more)."""


@pytest.fixture
def server(quick_committer, sqlite_url, redis_url, tmp_path):
    quick_committer.commit("Towna market burned stalls")
    settings = {"database_url": sqlite_url, "redis_url": redis_url}
    with serving(tmp_path, waiters=ROOM, heartbeat_seconds=BEAT, **settings) as running:
        yield running


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
    return int(connection.recv(4096).split()[1])


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


def is_stuck(connection):
    """Whether the other end has sent far more than was read here (proc(5), /proc/net/tcp)."""
    port = f":{connection.getsockname()[1]:04X}"
    rows = [line.split() for line in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]]
    return any(int(row[4].split(":")[0], 16) > 1_000_000 for row in rows if row[2].endswith(port))


def reset_on_close(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def test_streams_that_nobody_reads_hold_nobody_up(server, quick_committer):
    with (
        crowd(server, 10, buffer=4096) as silent,
        StreamListener(server.port, TIMELINE) as listener,
    ):
        for number in range(MORE_THAN_FITS):
            quick_committer.commit(f"Townc{number} {LONG} {number}")
        begun = time.monotonic()
        listener.await_revision(quick_committer.revision)
        assert time.monotonic() - begun < SOON
        assert_answers(server)
        assert all(is_stuck(each) for each in silent)
    assert_told(listener.told, map(expected, change_rows(quick_committer.store, TIMELINE)))


def test_a_reader_that_was_slow_is_told_everything_all_the_same(server, quick_committer):
    with crowd(server, 1, buffer=4096) as (slow,):
        for number in range(MORE_THAN_FITS):
            quick_committer.commit(f"Townc{number} {LONG} {number}")
        last, came = quick_committer.revision, b""
        while f"id: {last}\nevent: ".encode() not in came[-2 * LONGEST :]:
            piece = slow.recv(65_536)
            assert piece, "it was cut off"
            came += piece
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
