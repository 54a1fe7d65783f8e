"""A house that tells and that is listened to, in one process: Flask's client, no Redis."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from urllib.parse import urlencode

from prometheus_client.parser import text_string_to_metric_families

from service.api.app import create_app
from service.api.wire.metrics import EXTENSION as METRICS
from service.api.wire.parts import stop_waiting
from service.settings import Settings
from service.wakeups import Wakeup
from service.wiring import Parts
from tests.contract.test_api_events import House
from tests.making import TIMELINE
from tests.servers.api import NOW, Bell, Counting
from tests.servers.eventstream import EventStream

STREAM = f"/v1/timelines/{TIMELINE}/stream"
CHANGES = f"/v1/timelines/{TIMELINE}/changes"


class Clock:
    """The clock of receipts, which stands still."""

    now = NOW

    def __call__(self):
        return self.now


class Whispers:
    """Wake-ups within a process; `is_deaf`: they are told and nobody hears them."""

    def __init__(self):
        self.is_deaf = False
        self._said = SimpleQueue()

    def publish(self, timeline, revision):
        if not self.is_deaf or not revision:
            self.say(Wakeup(timeline, revision))
        return not self.is_deaf

    def say(self, something):
        self._said.put(something)

    def waiter(self):
        return self

    def open(self):
        return True

    def wait(self, seconds):
        try:
            return self._said.get(timeout=seconds)
        except Empty:
            return None

    def close(self):
        """Nothing is to be given back."""


class Stream:
    """A stream as it comes in; `pieces` are what one write each would send."""

    def __init__(self, response):
        assert response.status_code == 200, response.text
        self.response = response
        self.read = EventStream()

    def next(self, count=1):
        """The next `count` events, waited for."""
        found = []
        while len(found) < count:
            found.extend(self.read.feed(next(self.response.response)))
        assert len(found) == count, found
        return found

    def revisions(self, count):
        return [(int(each.id), each.event) for each in self.next(count)]

    def rest(self):
        """All events until it ends."""
        return [each for piece in self.response.response for each in self.read.feed(piece)]

    def close(self):
        self.response.close()


class Listening(House):
    """A house whose changes are listened to."""

    def __init__(self, store, **settings):
        super().__init__(store)
        self.whispers = Whispers()
        self.parts = Parts(store, Bell(), self.whispers, Counting())
        self.clock = Clock()
        self.app = create_app(Settings(**settings), self.parts, clock=self.clock)
        self.client = self.app.test_client()

    def tell(self, key, published, *tellings):
        told = super().tell(key, published, *tellings)
        self.whispers.publish(TIMELINE, self.revision)
        return told

    def stop(self):
        """Let everybody go, and the feed end."""
        stop_waiting(self.app)
        self.whispers.publish(TIMELINE, 0)
        for thread in threading.enumerate():
            if thread.name == "feed":
                thread.join(10)

    @property
    def revision(self):
        return self.store.find_revision(TIMELINE).revision

    def waiting(self, kind):
        """How many requests of that kind wait, as the metrics say."""
        return self.measured("timelines_waiting", kind)

    def measured(self, name, label):
        """The sample of a metric with that one label."""
        text, _ = self.app.extensions[METRICS].text("")
        families = text_string_to_metric_families(text.decode())
        found = {
            (each.name, *each.labels.values()): each.value for of in families for each in of.samples
        }
        return found[name, label]

    def get(self, address, headers=None, **query):
        return self.client.get(f"{address}?{urlencode(query)}", headers=headers)

    @contextmanager
    def listen(self, headers=None, **query) -> Iterator[Stream]:
        """An open stream, whose first frame was read."""
        stream = Stream(self.get(STREAM, headers, **query))
        try:
            assert not list(stream.read.feed(next(stream.response.response)))
            yield stream
        finally:
            stream.close()
