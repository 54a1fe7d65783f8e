"""Following a timeline over connections that break: each change once, in order, for ever."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from service.cli.client import Answer, AwayError, Client, RefusedError
from service.cli.eventstream import Frame, read_frames
from service.errors import SetupError

Document = Mapping[str, Any]

RETRY_SECONDS = 2.0
"""The first pause after a connection ended, unless the stream says another; each is the double."""
LONGEST_PAUSE = 30.0
LONG_POLL = 30
"""Seconds that a question for changes is left open, where the stream has no place."""
POLLS = 10
"""Such questions before the stream is tried again."""
PAGE = 200
PASSING = frozenset({429, 500, 502, 503, 504})
"""Refusals that pass; any other ends the listening."""


class Follower:
    """Gives the changes of a timeline from `position` on, over the stream or by asking again.

    After a broken connection it goes on from the last change that it gave. `say` is told in one
    sentence what happens to the connection; `pause` waits some seconds.
    """

    def __init__(
        self,
        service: Client,
        timeline: str,
        *,
        filters: tuple[tuple[str, str], ...],
        position: int | None,
        say: Callable[[str], None],
        pause: Callable[[float], None],
    ) -> None:
        self._service = service
        self._path = f"/v1/timelines/{quote(timeline, safe='')}"
        self._filters = filters
        self._say = say
        self._pause = pause
        self._retry = RETRY_SECONDS
        self._failures = 0
        self._heard = False
        self._position = self._revision() if position is None else position

    def changes(self) -> Iterator[Document]:
        """Change documents by revision, without end, and {"type": "reset"} instead of a gap.

        Raises RefusedError when the timeline cannot be read (any more), and AwayError when the
        service was never there.
        """
        while True:
            seconds = None
            try:
                yield from self._streamed()
            except AwayError:
                if not self._heard:
                    raise
            except RefusedError as error:
                self._check(error)
                if error.answer.status == 503:
                    yield from self._polled()
                    continue
                seconds = error.answer.retry_after
            self._wait(seconds)

    def _streamed(self) -> Iterator[Document]:
        """What the stream tells until it ends."""
        at = {"Last-Event-ID": str(self._position)}
        with self._service.listen(f"{self._path}/stream{self._query()}", **at) as lines:
            for frame in read_frames(lines):
                self._hear()
                told = self._take(frame)
                if told is not None:
                    yield told

    def _take(self, frame: Frame) -> Document | None:
        """What a frame tells, None when nothing or nothing new; moves the position on."""
        if frame.retry is not None:
            self._retry = frame.retry / 1000
        if frame.id is None or not frame.id.isdigit():
            return None
        revision = int(frame.id)
        if frame.event == "reset" and frame.data is not None:
            self._position = revision
            return {"type": "reset", **json.loads(frame.data)}
        if revision <= self._position:
            return None
        self._position = revision
        return None if frame.data is None else json.loads(frame.data)

    def _polled(self) -> Iterator[Document]:
        """What asking again and again tells for a while."""
        self._say("the stream has no place left: asking for changes instead")
        wait = LONG_POLL
        for _ in range(POLLS):
            try:
                answer = self._ask(wait)
            except AwayError:
                self._wait()
                continue
            if answer.status == 410:
                yield self._begun_anew()
            elif answer.refused:
                self._check(RefusedError(answer))
                # No place to wait in either: pause here, then ask without waiting.
                self._stay_away(answer.retry_after or LONG_POLL)
                wait = 0
            else:
                yield from self._listed(answer)
                wait = LONG_POLL

    def _ask(self, wait: int) -> Answer:
        asked = {"since": self._position, "wait": wait, "limit": PAGE}
        return self._service.ask("GET", f"{self._path}/changes{self._query(**asked)}")

    def _listed(self, answer: Answer) -> Iterator[Document]:
        self._hear()
        for change in answer.document.get("changes", ()):
            self._position = change["revision"]
            yield change
        self._position = max(self._position, int(answer.document.get("until", 0)))

    def _begun_anew(self) -> Document:
        self._position = self._revision()
        return {"type": "reset", "revision": self._position}

    def _revision(self) -> int:
        """The present revision of the timeline."""
        page = self._service.read(f"{self._path}?{urlencode({'limit': 1, 'view': 'brief'})}")
        if "revision" not in page:
            raise SetupError(f"what answers at {self._service.server} is no such service")
        self._heard = True
        return int(page["revision"])

    def _query(self, **more: object) -> str:
        asked = [*self._filters, *more.items()]
        return f"?{urlencode(asked)}" if asked else ""

    def _check(self, error: RefusedError) -> None:
        """Let pass what passes by itself, in its time."""
        if error.answer.status not in PASSING:
            raise error

    def _hear(self) -> None:
        if self._failures:
            self._say("connected again")
        self._heard, self._failures = True, 0

    def _wait(self, seconds: int | None = None) -> None:
        """Stay away after a failure, each time for longer."""
        if not self._failures:
            self._say("the connection ended: trying until it is back")
        self._stay_away(seconds or min(self._retry * 2**self._failures, LONGEST_PAUSE))
        self._failures = min(self._failures + 1, 10)

    def _stay_away(self, seconds: float) -> None:
        # Not all who were cut off come back at one moment.
        self._pause(seconds * random.uniform(1.0, 1.3))  # noqa: S311  # no secret
