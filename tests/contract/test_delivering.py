"""The job that sends webhooks, on a real record of each kind, with receivers in memory."""

import json
import logging
import threading
import time
from dataclasses import dataclass, field, replace

import pytest
from sqlalchemy import create_engine, text
from standardwebhooks import Webhook

from service import wiring
from service.egress.sending import Answer
from service.egress.targets import EgressError
from service.errors import StoreUnavailableError
from service.jobqueue import DELIVERIES_QUEUE
from service.settings import Settings
from service.store.engine import read_url
from service.store.eventquery import EventQuery, Search
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
    def publish(self, _timeline, _revision):
        return True


def tell(store, *texts):
    """Let the timeline `demo` tell one more event for each text."""
    store.add_articles("demo", [new_article(text, "demo") for text in texts])
    parts = wiring.Parts(store, Bell(), Silence(), Counting())
    jobs.Shift(jobs.Workshop(Settings(), parts, hazards.read), StopSign()).work()


@pytest.fixture
def demo(store):
    """A store in which the timeline `demo` stands at revision 3."""
    tell(store, "Lima flooded", "Oslo burned", "Quito shaken")
    assert store.find_revision("demo").revision == 3
    return store


@pytest.fixture
def work(demo, post):
    """`work()` does the work of one job; what it told is kept."""
    yield Office(demo, post)
    post.gate.set()
    wait_until(no_threads, 5, "the threads of the job ended")


def no_threads() -> bool:
    return not any(each.name == deliver.THREAD for each in threading.enumerate())


@dataclass
class Office:
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


def test_every_change_is_sent_in_order_and_kept(work, demo, post):
    subscription = subscribe(demo)
    work()
    assert post.types() == TYPES
    assert [each["data"]["revision"] for each in post.bodies()] == [1, 2, 3]
    assert [each["data"]["timeline"] for each in post.bodies()] == ["demo"] * 3
    told = deliveries(demo, subscription)
    assert [each.id for each in told] == post.ids()
    assert [each.status for each in told] == ["delivered"] * 3
    assert now(demo, subscription).position == 3
    assert work.tallies.counts["delivery:delivered"] == 3


def test_nothing_due_is_one_look_at_the_record(work, demo, post):
    subscribe(demo, behind=False)

    class Looked:
        looks = 0

        def has_deliveries(self):
            self.looks += 1
            return demo.has_deliveries()

    looked = Looked()
    work(looked)
    assert (looked.looks, post.sent, work.bell.rings) == (2, [], [])


def test_receivers_can_verify_what_comes_with_either_secret(work, demo, post):
    subscription = subscribe(demo)
    demo.rotate_secret("demo", subscription.id, SECOND, seconds=60)
    work()
    for _, body, headers in post.sent:
        for known in (FIRST, SECOND):
            assert Webhook(known).verify(body, headers)["type"] == "event.created"


def test_a_replaced_secret_signs_no_longer_when_its_time_is_over(work, demo, post):
    subscription = subscribe(demo)
    demo.rotate_secret("demo", subscription.id, SECOND, seconds=0)
    work()
    assert {len(headers["webhook-signature"].split()) for *_, headers in post.sent} == {1}
    Webhook(SECOND).verify(post.sent[0][1], post.sent[0][2])


def test_cloud_events_are_sent_as_such(work, demo, post):
    subscribe(demo, format="cloudevents")
    work()
    _, body, headers = post.sent[0]
    assert headers["Content-Type"].startswith("application/cloudevents+json")
    said = Webhook(FIRST).verify(body, headers)
    assert (said["id"], said["source"]) == (headers["webhook-id"], "/v1/timelines/demo")
    assert said["subject"] == said["data"]["event_id"]


def test_only_the_types_asked_for_are_sent(work, demo, post):
    none, all_of = subscribe(demo, types=("removed",)), subscribe(demo, types=("created",))
    work()
    assert post.types() == TYPES
    assert (now(demo, none).position, now(demo, all_of).position) == (3, 3)
    assert deliveries(demo, none) == ()


def test_what_does_not_fit_the_filter_is_passed(work, demo, post):
    query = EventQuery(search=Search(words=("burned",)))
    subscription = subscribe(demo, query=query)
    work()
    assert [each["data"]["revision"] for each in post.bodies()] == [2]
    assert now(demo, subscription).position == 3


def test_a_message_that_failed_is_sent_again_before_all_later_ones(work, demo, post):
    post.answers[HOOK] = [answer(503), EgressError("too-slow", "no answer"), answer(204)]
    subscription = subscribe(demo)
    work.until_idle()
    assert [each["data"]["revision"] for each in post.bodies()] == [1, 1, 1, 2, 3]
    assert len(set(post.ids())) == 3
    first = deliveries(demo, subscription)[0]
    assert (first.status, first.attempts) == ("delivered", 3)
    tried = json.loads(first.tries)
    assert [each.get("status") for each in tried] == [503, None, 204]
    assert tried[1]["error"] == "too-slow: no answer"


def test_a_failing_receiver_holds_up_itself_alone(work, demo, post):
    other = "https://other.example/"
    post.answers[other] = [answer(500)]
    failing, well = subscribe(demo, url=other), subscribe(demo)
    work.pauses = (60.0,)
    work()
    assert post.types() == TYPES
    assert (now(demo, failing).position, now(demo, failing).attempts) == (0, 1)
    assert now(demo, well).position == 3


def test_what_a_receiver_asks_for_is_waited(work, demo, post):
    post.answers[HOOK] = [answer(429, retry_after=600)]
    subscription = subscribe(demo)
    work()
    waiting = now(demo, subscription)
    assert waiting.due_at - waiting.failing_since == pytest.approx(600, abs=1)


def test_after_the_last_try_it_is_disabled_and_goes_on_without_loss(work, demo, post):
    post.answers[HOOK] = [answer(204), answer(500, excerpt="broken")]
    subscription = subscribe(demo)
    work.until_idle()
    ended = now(demo, subscription)
    assert (ended.status, ended.position) == ("disabled", 1)
    reason = json.loads(ended.reason)
    assert reason["code"] == "failing"
    assert reason["says"] == "3 tries in 0 hours failed, the last with status 500."
    assert reason["at"]
    post.answers[HOOK] = [answer(200)]
    demo.change_subscription("demo", subscription.id, {"status": "active"})
    work.until_idle()
    assert [each["data"]["revision"] for each in post.bodies()] == [1, 2, 2, 2, 2, 3]
    assert len(set(post.ids())) == 3
    assert now(demo, subscription).reason is None


def test_a_receiver_that_is_gone_is_sent_nothing_more(work, demo, post):
    post.answers[HOOK] = [answer(410)]
    subscription = subscribe(demo)
    work()
    ended = now(demo, subscription)
    assert (ended.status, json.loads(ended.reason)["code"]) == ("disabled", "gone")
    assert len(post.sent) == 1
    assert work.tallies.counts["delivery:disabled"] == 1


def test_a_redirection_is_a_failure(work, demo, post):
    post.answers[HOOK] = [answer(302)]
    work.pauses = (60.0,)
    subscription = subscribe(demo)
    work()
    assert now(demo, subscription).attempts == 1


def test_a_paused_subscription_is_told_later_and_misses_nothing(work, demo, post):
    subscription = subscribe(demo)
    demo.change_subscription("demo", subscription.id, {"status": "paused"})
    work()
    assert post.sent == []
    demo.change_subscription("demo", subscription.id, {"status": "active"})
    work()
    assert post.types() == TYPES


def test_a_test_is_sent_before_all_else_also_to_a_paused_one(work, demo, post):
    subscription = subscribe(demo)
    demo.change_subscription("demo", subscription.id, {"status": "paused"})
    asked = demo.ask_test("demo", subscription.id, "nonce")
    work()
    assert post.ids() == [asked.id]
    (said,) = post.bodies()
    assert said["type"] == "subscription.test"
    assert said["data"] == {"timeline": "demo", "subscription_id": subscription.id}
    assert demo.find_delivery(asked.id).status == "delivered"


def test_a_test_that_failed_is_not_sent_again(work, demo, post):
    post.answers[HOOK] = [answer(500)]
    subscription = subscribe(demo, behind=False)
    asked = demo.ask_test("demo", subscription.id, "nonce")
    work()
    work()
    assert len(post.sent) == 1
    assert demo.find_delivery(asked.id).status == "failed"
    assert now(demo, subscription).attempts == 0


def test_a_message_is_sent_once_more_as_it_was(work, demo, post):
    subscription = subscribe(demo)
    work()
    again = deliveries(demo, subscription)[1]
    demo.redeliver(again.id)
    work()
    assert post.ids()[3:] == [again.id]
    assert post.bodies()[3] == post.bodies()[1]
    assert now(demo, subscription).position == 3
    assert demo.find_delivery(again.id).attempts == 2


def test_a_replay_sends_the_same_messages_under_their_ids(work, demo, post):
    subscription = subscribe(demo)
    work()
    demo.replay("demo", subscription.id, 1)
    work()
    assert post.ids()[3:] == post.ids()[1:3]


def test_changes_that_are_not_kept_are_told_as_a_reset(work, demo, post, store_url):
    subscription = subscribe(demo, types=("created",))
    forget(store_url, up_to=2)
    work()
    (said,) = post.bodies()
    assert said["type"] == "timeline.reset"
    assert said["data"]["revision"] == 3
    assert now(demo, subscription).position == 3


def test_what_is_asked_for_and_not_kept_fails_with_its_reason(work, demo, post, store_url):
    subscription = subscribe(demo)
    work()
    first = deliveries(demo, subscription)[0]
    demo.redeliver(first.id)
    forget(store_url, up_to=2)
    work()
    kept = demo.find_delivery(first.id)
    assert kept.status == "failed"
    assert json.loads(kept.tries)[-1]["error"].startswith("history-gone: change 1 of")
    assert len(post.sent) == 3


def forget(url, *, up_to):
    """Let changes go, as if they were older than what is kept."""
    engine = create_engine(read_url(url))
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM changes WHERE revision <= :to"), {"to": up_to})
        connection.execute(text("UPDATE timelines SET kept_after = :to"), {"to": up_to})
    engine.dispose()


def test_a_stop_gives_back_what_is_held_without_a_try(work, demo, post):
    post.slow = "news.example"
    subscription = subscribe(demo)
    job = threading.Thread(target=work)
    job.start()
    wait_until(lambda: post.sent, 5)
    begun = time.monotonic()
    work.sign.is_up = True
    job.join()
    assert time.monotonic() - begun < 1
    assert now(demo, subscription).attempts == 0
    assert demo.has_deliveries(), "somebody else can send it at once"
    assert work.tallies.counts["delivery:given_back"] == 1


def test_what_was_given_back_is_not_moved_on_by_a_late_answer(work, demo, post):
    post.slow = "news.example"
    subscription = subscribe(demo)
    job = threading.Thread(target=work)
    job.start()
    wait_until(lambda: post.sent, 5)
    work.sign.is_up = True
    job.join()
    post.gate.set()
    wait_until(no_threads, 5)
    assert now(demo, subscription).position == 0


def test_an_answer_that_is_on_its_way_is_waited_for_a_moment(work, demo, post):
    post.slow = "news.example"
    subscription = subscribe(demo)
    job = threading.Thread(target=work)
    job.start()
    wait_until(lambda: post.sent, 5)
    work.sign.is_up = True
    post.gate.set()
    job.join()
    assert now(demo, subscription).position == 1


def test_slow_receivers_leave_room_and_call_for_help_when_there_is_none(work, demo, post):
    post.slow = "slow.example"
    slow = [subscribe(demo, url=f"https://slow.example/{each}") for each in range(32)]
    job = threading.Thread(target=work)
    job.start()
    wait_until(lambda: len(post.sent) == 32, 5)
    good = subscribe(demo)
    wait_until(lambda: work.bell.rings, 5)
    assert set(work.bell.rings) == {DELIVERIES_QUEUE}
    work()  # the other worker, who heard it
    assert post.types() == TYPES
    assert now(demo, good).position == 3
    post.gate.set()
    job.join()
    assert {now(demo, each).position for each in slow} == {3}


def test_a_record_that_is_away_ends_the_job_quietly(work, demo, post, caplog):
    class Away:
        def __getattr__(self, name):
            return getattr(demo, name)

        def settle_delivery(self, *_given, **_options):
            raise StoreUnavailableError("away")

    subscribe(demo)
    work(Away())
    assert "job ends, the record is away" in caplog.text
    assert len(post.sent) == 1


def test_a_subscription_that_breaks_the_job_harms_no_other(work, demo, post, caplog):
    broken, well = subscribe(demo, format="strange"), subscribe(demo)
    work()
    assert now(demo, well).position == 3
    assert f"subscription {broken.id} cannot be told: KeyError in messages.py" in caplog.text


def test_no_line_tells_addresses_secrets_or_text(work, demo, post, caplog):
    caplog.set_level(logging.DEBUG)
    post.answers[HOOK] = [answer(410, excerpt="private words")]
    subscribe(demo)
    work()
    said = caplog.text + "".join(str(vars(each)) for each in caplog.records)
    assert "message disabled" in said
    for hidden in ("sesame", FIRST, "private words", "flooded", "news.example"):
        assert hidden not in said
