"""Sending steps into an index with every statement on SQLite, however many are sent to."""

import pytest
from sqlalchemy import event

from service.store.shelf import TimelineTraits
from service.store.sql import SqlStore
from tests.contract.test_store_deliveries import BAD, NEW, sent
from tests.contract.test_store_plans import explained, planned

OF_TIMELINE = "ix_subscriptions_timeline_created_at_id (timeline=?)"
MEANT = {
    "SCAN CONSTANT ROW",
    "SCAN deliveries USING INDEX ix_deliveries_asked",  # those that wait out of turn, no other
    f"SEARCH subscriptions USING COVERING INDEX {OF_TIMELINE}",  # counted when one is made
}


def send(store) -> None:
    """Every kind of statement that runs for a message."""
    store.put_timeline("demo", TimelineTraits())
    for number in range(3):
        made = store.add_subscription(NEW, most=9)
        asked = store.ask_test("demo", made.id, str(number))
    claimed = store.claim_deliveries("t", limit=9, failing=9, lease=60)
    assert len(claimed) == 3
    out = sent(None, BAD, id=asked.id, type=asked.type, position=None)
    store.settle_delivery("t", made, out, lease=60)
    store.settle_delivery("t", claimed[0].subscription, sent(1, BAD, pause=1.0), lease=60)
    store.settle_delivery("t", claimed[0].subscription, sent(1, reason="{}"), lease=60)
    store.pass_changes("t", claimed[1].subscription, 0, lease=60)
    store.release_deliveries("t")
    store.trim_deliveries(seconds=60)


def whole(plans) -> set[str]:
    """Of the steps of plans those that read a table, or all that a timeline has in one."""
    read = {each for each in plans if each.startswith("SCAN") or each.endswith("(timeline=?)")}
    return {each for each in read - MEANT if not each.startswith("SCAN (subquery")}


def test_sending_reads_no_whole_table(sqlite_url):
    plans = explained(sqlite_url, send)
    assert "SEARCH subscriptions USING INDEX ix_subscriptions_active (due_at<?)" in plans
    assert whole(plans) == set()


@pytest.mark.parametrize(
    "look",
    [
        lambda store: store.has_deliveries(),
        lambda store: store.has_deliveries(failing=False),
    ],
    ids=["anyone", "those that are well"],
)
def test_whether_anything_is_due_is_looked_up_in_active_subscriptions(sqlite_url, look):
    plan = looked(sqlite_url, look)
    assert "SEARCH subscriptions USING INDEX ix_subscriptions_active (due_at<?)" in plan
    assert whole(plan) == set()


def test_whether_a_timeline_is_followed_is_looked_up_in_its_own_subscriptions(sqlite_url):
    plan = looked(sqlite_url, lambda store: store.is_followed("demo"))
    assert whole(plan) == {f"SEARCH subscriptions USING INDEX {OF_TIMELINE}"}


def looked(store_url, look) -> list[str]:
    """The plan of the one statement that `look` asks."""
    store, said = SqlStore(store_url), []
    engine = store._database._engine  # noqa: SLF001  # no public way to its statements
    event.listen(engine, "connect", lambda driver, _: driver.set_trace_callback(said.append))
    look(store)
    store.close()
    (statement,) = [each for each in said if not each.startswith("PRAGMA")]
    return planned(store_url, statement)
