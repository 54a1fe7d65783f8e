"""Those who listen to a timeline, each in a thread of its own, coming back after every drop.

They keep what they were told, in the order in which it came. `drop()` breaks the connection off
at whatever it is; what was told until then is known, what was under way is lost, as with a client
whose network went.
"""

import json
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Self

from tests.servers.eventstream import EventStream
from tests.servers.waiting import wait_until

PAUSE = 0.05
"""Seconds before a listener comes back."""
PIECE = 65_536


@dataclass
class Listener:
    """What all of them have; `query` is of filters: `publisher=Courier`."""

    port: int
    timeline: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    told: list[dict] = field(default_factory=list)
    """Changes, the first one first."""
    resets: list[dict] = field(default_factory=list)
    """What was said instead of a gap."""
    refusals: list[int] = field(default_factory=list)
    """Statuses of answers other than 200."""
    calls: int = 0

    def __post_init__(self):
        self._over = threading.Event()
        self._socket: socket.socket | None = None
        self._thread = threading.Thread(target=self._live, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self.drop()
        self._thread.join(10)
        assert not self._thread.is_alive(), f"{self} does not stop"

    def drop(self) -> None:
        """Break the present connection off; the listener comes back by itself."""
        connected = self._socket
        if connected is not None:
            with suppress(OSError):
                connected.shutdown(socket.SHUT_RDWR)

    @property
    def revisions(self) -> list[int]:
        return [each["revision"] for each in self.told]

    def await_revision(self, revision: int, seconds: float = 30) -> None:
        """Wait until it knows everything up to there."""
        wait_until(lambda: self.known >= revision, seconds, f"{self.named} knows {revision}")

    @property
    def known(self) -> int:
        """The revision up to which everything was told."""
        raise NotImplementedError

    @property
    def named(self) -> str:
        return f"{type(self).__name__} {self.query} of {self.timeline}"

    def listen(self) -> None:
        """Listen once, until the connection or the answer ends."""
        raise NotImplementedError

    def _live(self) -> None:
        while not self._over.is_set():
            with suppress(OSError, HTTPException, json.JSONDecodeError):  # cut off in the middle
                self.listen()
            self._over.wait(PAUSE)

    @contextmanager
    def _asked(self, path: str, query: str, headers: Mapping[str, str]) -> Iterator[HTTPResponse]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=90)
        try:
            connection.connect()
            self._socket = connection.sock
            self.calls += 1
            target = f"/v1/timelines/{self.timeline}{path}?{query}"
            connection.request("GET", target, headers={**self.headers, **headers})
            response = connection.getresponse()
            if response.status not in {200, 304}:
                self.refusals.append(response.status)
            yield response
            response.close()
        finally:
            self._socket = None
            connection.close()


@dataclass
class StreamListener(Listener):
    """Reads the event stream and resumes with Last-Event-ID; begins after the revision `since`."""

    since: int = 0
    comments: int = 0
    first_headers: Mapping[str, str] = field(default_factory=dict)
    last_event_id: str = ""

    @property
    def known(self) -> int:
        return int(self.last_event_id or -1)

    def listen(self) -> None:
        resumed = {"Last-Event-ID": self.last_event_id} if self.last_event_id else {}
        with self._asked("/stream", f"since={self.since}&{self.query}", resumed) as response:
            self.first_headers = self.first_headers or dict(response.getheaders())
            stream = EventStream(self.last_event_id)
            while response.status == 200 and (piece := response.read1(PIECE)):
                self._take(stream, piece)

    def _take(self, stream: EventStream, piece: bytes) -> None:
        before = stream.comments
        for frame in stream.feed(piece):
            said = json.loads(frame.data)
            (self.resets if frame.event == "reset" else self.told).append(said)
            assert frame.event in {"reset", said.get("type")}
            assert frame.id == str(said["revision"])
        self.last_event_id = stream.last_event_id
        self.comments += stream.comments - before


@dataclass
class LongPoller(Listener):
    """Asks for changes and waits, going on from `until`."""

    since: int = 0
    wait: float = 20
    limit: int = 7

    @property
    def known(self) -> int:
        return self.since

    def listen(self) -> None:
        query = f"since={self.since}&wait={self.wait}&limit={self.limit}&{self.query}"
        with self._asked("/changes", query, {}) as response:
            answer = json.loads(response.read())
            if response.status == 200:
                self.told.extend(answer["changes"])
                self.since = answer["until"]
            elif response.status == 410:
                self.resets.append(answer)


@dataclass
class FeedReader(Listener):
    """Reads a feed again and again with the tag that it got, and keeps each entry's last state."""

    path: str = ".feed.json"
    every: float = 0.2
    living: dict[str, int] = field(default_factory=dict)
    """The revision of each event when it was read last."""
    ended: dict[str, int] = field(default_factory=dict)
    """The same of those that were said to be no more: only calendars say so."""
    tag: str = ""

    @property
    def known(self) -> int:
        return max((*self.living.values(), *self.ended.values()), default=-1)

    def listen(self) -> None:
        tagged = {"If-None-Match": self.tag} if self.tag else {}
        with self._asked(self.path, self.query, tagged) as response:
            body = response.read()
            if response.status == 200:
                self._read(body.decode())
                self.tag = response.headers["ETag"]
        self._over.wait(self.every)

    def _read(self, text: str) -> None:
        said = [each["_event_timelines"] for each in json.loads(text)["items"]]
        self.living.update({each["event"]: each["revision"] for each in said})


@dataclass
class CalendarReader(FeedReader):
    """Reads the calendar again and again."""

    path: str = ".ics"

    def _read(self, text: str) -> None:
        for entry in text.replace("\r\n ", "").split("BEGIN:VEVENT")[1:]:
            lines = (line.partition(":") for line in entry.splitlines())
            said = {name: value for name, _, value in lines}
            event_id, revision = said["UID"].partition("@")[0], int(said["SEQUENCE"])
            is_over = said["STATUS"] == "CANCELLED"
            (self.living if is_over else self.ended).pop(event_id, None)
            (self.ended if is_over else self.living)[event_id] = revision
