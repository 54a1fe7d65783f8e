"""The stream over real connections: gunicorn, Redis, both stores, one and several processes."""

import os
import signal
import socket
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from service.merging import Read, commit_reading
from service.store.base import Reading
from service.store.sql import SqlStore
from service.wakeups import Wakeups
from tests.making import mention
from tests.servers.house import new_article
from tests.servers.listeners import LongPoller, StreamListener
from tests.servers.waiting import children_of, is_alive, wait_for_end, wait_until
from tests.servers.web import Server, serving

TIMELINE = "drill"
STREAM = f"/v1/timelines/{TIMELINE}/stream"


class Teller:
    """Commits articles as a worker would, and tells whoever waits."""

    def __init__(self, url: str, redis_url: str) -> None:
        self.store = SqlStore(url)
        self.wakeups = Wakeups(redis_url)
        self.told = 0

    def tell(self, events: int = 1, words: int = 0) -> int:
        """One more article with so many events of so many words; the revision after it."""
        self.told += 1
        new = new_article(f"Story number {self.told}", TIMELINE)
        self.store.add_articles(TIMELINE, [new])
        (claimed,) = self.store.claim("token", limit=1, characters=10_000, lease=60.0)
        mentions = tuple(
            mention(
                claimed.head,
                quote=f"Happening {self.told} of {at}" + " again" * words,
                terms=(f"t{self.told}x{at}",),
                start=50 * at,
            )
            for at in range(events)
        )
        reading = Reading(
            outcome="told",
            language="en",
            level="full",
            expressions=(),
            mentions=tuple((each.id, "{}") for each in mentions),
            notices="[]",
            skipped="[]",
        )
        revision = commit_reading(self.store, claimed, "token", Read(reading, mentions))
        self.wakeups.publish(TIMELINE, revision)
        return revision

    def close(self) -> None:
        self.wakeups.close()
        self.store.close()


@contextmanager
def place(data: Path, url: str, redis_url: str, **settings: object):
    """A server over the record, and who tells."""
    with serving(data, database_url=url, redis_url=redis_url, **settings) as server:
        teller = Teller(url, redis_url)
        try:
            teller.tell()
            yield server, teller
        finally:
            teller.close()


def opened(server: Server, query: str = "") -> socket.socket:
    """A connection on which a stream has begun."""
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    connection.sendall(f"GET {STREAM}{query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    said = b""
    while b"\n\n" not in said.partition(b"\r\n\r\n")[2]:
        said += connection.recv(4096)
    assert said.startswith(b"HTTP/1.1 200 "), said
    return connection


def measured(server: Server, name: str) -> float:
    _, text = server.ask_text("GET", "/metrics")
    return sum(float(line.split()[-1]) for line in text.splitlines() if line.startswith(name))


def waiting(server: Server) -> float:
    return measured(server, 'timelines_waiting{kind="stream"}')


def test_who_drops_and_comes_back_gets_every_change_once(tmp_path, record_url, redis_url):
    with place(tmp_path, record_url, redis_url) as (server, teller), ExitStack() as listening:
        streams = [listening.enter_context(StreamListener(server.port, TIMELINE)) for _ in range(2)]
        poller = listening.enter_context(LongPoller(server.port, TIMELINE))
        for at in range(12):
            last = teller.tell(events=1 + at % 4)
            streams[0].drop()
            poller.drop()
        for each in (*streams, poller):
            each.await_revision(last)
            assert each.revisions == list(range(1, last + 1)), each.named
            assert not each.resets
        assert streams[0].calls > 1


@pytest.mark.parametrize("since", [1, 2, 3])
def test_a_stream_goes_on_within_a_commit(tmp_path, record_url, redis_url, since):
    with place(tmp_path, record_url, redis_url) as (server, teller):
        assert teller.tell(events=3) == 4
        with StreamListener(server.port, TIMELINE, since=since) as stream:
            stream.await_revision(4)
            assert stream.revisions == list(range(since + 1, 5))


def test_without_redis_a_change_costs_a_poll(tmp_path, record_url, start_redis):
    redis = start_redis("server")
    with (
        place(tmp_path, record_url, redis.url) as (server, teller),
        StreamListener(server.port, TIMELINE) as stream,
    ):
        stream.await_revision(teller.tell())
        redis.process.kill()
        begun = time.monotonic()
        stream.await_revision(teller.tell(), 10)
        assert time.monotonic() - begun < 5
        assert stream.calls == 1


def test_a_wakeup_reaches_a_stream_long_before_the_next_poll(tmp_path, record_url, redis_url):
    with (
        place(tmp_path, record_url, redis_url) as (server, teller),
        StreamListener(server.port, TIMELINE) as stream,
    ):
        stream.await_revision(teller.tell())
        took = []
        for _ in range(9):
            revision, begun = teller.tell(), time.monotonic()
            stream.await_revision(revision)
            took.append(time.monotonic() - begun)
        assert sorted(took)[4] < 0.3


def test_two_processes_tell_the_same(tmp_path, record_url, redis_url):
    with (
        place(tmp_path, record_url, redis_url, web_processes=2) as (server, teller),
        ExitStack() as listening,
    ):
        streams = [
            listening.enter_context(StreamListener(server.port, TIMELINE, since=1))
            for _ in range(6)
        ]
        wait_until(lambda: all(each.last_event_id for each in streams), 10)
        last = [teller.tell(events=2) for _ in range(5)][-1]
        for each in streams:
            each.await_revision(last)
            assert each.revisions == list(range(2, last + 1))
        assert measured(server, "timelines_waiting{") == 6
        victim = children_of(server.process.pid)[0]
        os.kill(victim, signal.SIGKILL)
        wait_for_end([victim], 5)
        for each in streams:
            each.await_revision(teller.tell())
            assert each.revisions == sorted(set(each.revisions))
        wait_until(lambda: measured(server, "timelines_waiting{") == 6, 10)


def test_sigterm_ends_streams_and_polls_at_once(tmp_path, sqlite_url, redis_url):
    with place(tmp_path, sqlite_url, redis_url, waiters=40) as (server, _), ExitStack() as held:
        streams = [held.enter_context(opened(server)) for _ in range(30)]
        poll = held.enter_context(socket.create_connection(("127.0.0.1", server.port), 20))
        asked = f"GET /v1/timelines/{TIMELINE}/changes?since=1&wait=60 HTTP/1.0\r\n\r\n"
        poll.sendall(asked.encode())
        wait_until(lambda: measured(server, "timelines_waiting{") == 31, 10)
        processes = (server.process.pid, *children_of(server.process.pid))
        begun = time.monotonic()
        server.process.terminate()
        ends = [rest_of(each) for each in streams]
        assert time.monotonic() - begun < 1.5
        assert all(end.endswith(b"\r\n0\r\n\r\n") or end == b"0\r\n\r\n" for end in ends), ends
        answer = rest_of(poll)
        assert answer.startswith(b"HTTP/1.0 200 ")
        assert b'"changes":[]' in answer
        assert server.process.wait(10) == 0
        assert time.monotonic() - begun < 3
        assert not any(map(is_alive, processes))


def rest_of(connection: socket.socket) -> bytes:
    said = b""
    while piece := connection.recv(65536):
        said += piece
    return said


def test_a_client_that_is_gone_gives_its_place_back(tmp_path, sqlite_url, redis_url):
    settings = {"waiters": 2, "heartbeat_seconds": 0.5}
    with place(tmp_path, sqlite_url, redis_url, **settings) as (server, _):
        left, stays = opened(server), opened(server)
        assert server.ask("GET", STREAM)[0] == 503
        left.close()
        wait_until(lambda: waiting(server) == 1, 5, "the place of the dead one is free")
        opened(server).close()
        stays.close()
        wait_until(lambda: waiting(server) == 0, 5)


def test_a_client_that_takes_nothing_keeps_up_nobody_and_is_let_go(tmp_path, sqlite_url, redis_url):
    settings = {"stalled_seconds": 2, "log_level": "DEBUG"}
    with place(tmp_path, sqlite_url, redis_url, **settings) as (server, teller):
        stalled = socket.socket()
        stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        stalled.connect(("127.0.0.1", server.port))
        stalled.sendall(f"GET {STREAM}?since=0 HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        with stalled, StreamListener(server.port, TIMELINE) as stream:
            wait_until(lambda: waiting(server) == 2, 10)
            last = [teller.tell(events=20, words=5_000) for _ in range(10)][-1]
            stream.await_revision(last)
            assert stream.revisions == list(range(1, last + 1))
            assert waiting(server) == 2
            wait_until(lambda: waiting(server) == 1, 10, "the stalled one is let go")
            stream.await_revision(teller.tell())
            assert stream.calls == 1
            assert "Traceback" not in (tmp_path / "web.log").read_text()


def test_those_who_wait_keep_nobody_out(tmp_path, sqlite_url, redis_url):
    """With every place taken, and more who ask for one, all else is answered as always."""
    settings = {"waiters": 60}
    with (
        place(tmp_path, sqlite_url, redis_url, **settings) as (server, teller),
        ExitStack() as held,
    ):
        for _ in range(60):
            held.enter_context(opened(server))
        took = []
        for at in range(40):
            assert server.ask("GET", STREAM)[0] == 503
            begun = time.monotonic()
            assert server.ask("GET", f"/v1/timelines/{TIMELINE}?since={at}")[0] == 422
            assert server.ask("GET", f"/v1/timelines/{TIMELINE}")[0] == 200
            took.append(time.monotonic() - begun)
            if at % 10 == 0:
                teller.tell()
        assert sorted(took)[20] < 0.25
        assert waiting(server) == 60
        assert measured(server, "timelines_waiting_refused_total") == 40
