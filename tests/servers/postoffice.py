"""A post office for tests: the job that sends webhooks, with receivers in memory.

`record` is a real record whose timeline `demo` stands at revision 3, `post` the way out, and
`office()` does the work of one job.
"""

import json
import threading
import time
from dataclasses import dataclass, field, replace

import pytest

from service import wiring
from service.egress.sending import Answer
from service.egress.targets import EgressError
from service.settings import Settings
from service.store.subscribing import NewSubscription
from tests.faults import hazards
from tests.servers.api import Bell, Counting
from tests.servers.house import new_article
from tests.servers.waiting import wait_until
from workers import deliver, jobs
from workers.limits import StopSign

FIRST, SECOND = (f"whsec_{letter * 43}=" for letter in "AB")
HOOK = "https://news.example/hook?key=sesame"
NEW = NewSubscription(timeline="demo", url=HOOK, secret=FIRST)
TYPES = ["event.created"] * 3


@dataclass
class Post:
    """The way out for tests: what was sent, and answers by URL, the last one again and again."""

    answers: dict[str, list[Answer | EgressError]] = field(default_factory=dict)
    sent: list[tuple[str, bytes, dict[str, str]]] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    slow: str = "no URL"

    def send(self, url, body, headers) -> Answer:
        self.sent.append((url, body, dict(headers)))
        if self.slow in url:
            self.gate.wait(20)
        left = self.answers.get(url, [])
        said = (left.pop(0) if len(left) > 1 else left[0]) if left else answer(204)
        if isinstance(said, EgressError):
            raise said
        return said

    def bodies(self, url=HOOK) -> list[dict]:
        return [json.loads(body) for to, body, _ in self.sent if to == url]

    def types(self, url=HOOK) -> list[str]:
        return [each["type"] for each in self.bodies(url)]

    def ids(self, url=HOOK) -> list[str]:
        return [headers["webhook-id"] for to, _, headers in self.sent if to == url]


def answer(status, **said) -> Answer:
    return Answer(**{"status": status, "excerpt": "", "seconds": 0.01, **said})


@pytest.fixture
def post() -> Post:
    return Post()


class Silence:
    """Wakeups that nobody waits for."""

    def publish(self, _timeline, _revision):
        return True


def tell(store, *texts, bell=None):
    """Let the timeline `demo` tell one more event for each text."""
    store.add_articles("demo", [new_article(text, "demo") for text in texts])
    parts = wiring.Parts(store, bell or Bell(), Silence(), Counting())
    jobs.Shift(jobs.Workshop(Settings(), parts, hazards.read), StopSign()).work()


@pytest.fixture
def record(store):
    """A store in which the timeline `demo` stands at revision 3."""
    tell(store, "Lima flooded", "Oslo burned", "Quito shaken")
    assert store.find_revision("demo").revision == 3
    return store


@pytest.fixture
def office(record, post):
    """`office()` does the work of one job; what it told is kept."""
    yield Office(record, post)
    post.gate.set()
    wait_until(no_threads, 5, "the threads of the job ended")


def no_threads() -> bool:
    return not any(each.name == deliver.THREAD for each in threading.enumerate())


@dataclass
class Office:
    """Where jobs are done, over `store`, with `post` for the way out."""

    store: object
    post: Post
    bell: Bell = field(default_factory=Bell)
    tallies: Counting = field(default_factory=Counting)
    sign: StopSign = field(default_factory=StopSign)
    pauses: tuple[float, ...] = (0.02, 0.02)

    def __call__(self, store=None) -> None:
        parts = wiring.Parts(store or self.store, self.bell, None, self.tallies)
        settings = Settings(webhook_pauses=self.pauses, webhook_seconds=3.0)
        workshop = jobs.Workshop(settings, parts, iter, sender=self.post)
        deliver.Dispatch(workshop, self.sign).work()

    def until_idle(self) -> None:
        """Work until nothing will be due, with jobs that come as often as a sweeper rings."""
        until = time.monotonic() + 10
        while self.store.is_followed("demo"):
            self()
            assert time.monotonic() < until


def subscribe(store, *, behind=True, **said):
    made = store.add_subscription(replace(NEW, **said), most=1000)
    return store.replay(made.timeline, made.id, 0) if behind else made


def now(store, subscription):
    return store.find_subscription(subscription.timeline, subscription.id)


def deliveries(store, subscription):
    """Those of a subscription, the oldest first."""
    listed = store.list_deliveries("demo", subscription.id, status=None, limit=99, after=None)
    return tuple(reversed(listed))
