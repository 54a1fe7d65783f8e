"""Deliveries over HTTP: what was sent, and sending by hand."""

import pytest
from sqlalchemy import insert, update

from service.store.tables import timelines
from service.store.updatetables import deliveries
from service.timeline.ids import delivery_id
from tests.contract.test_api_problems import check_problem
from tests.contract.test_api_timelines import tell
from tests.servers.api import violations

HOOKS = "/v1/timelines/demo/subscriptions"


@pytest.fixture
def demo(api):
    """The API with a timeline `demo` at a revision above 0."""
    tell(api, "2026-01-27")
    return api


@pytest.fixture
def hook(demo) -> dict:
    """A subscription, paused: what is asked for by hand is sent all the same."""
    made = demo.client.post(HOOKS, json={"url": "https://desk.example/hook"}).json
    demo.client.patch(made["links"]["self"], json={"status": "paused"})
    demo.bell.rings.clear()
    return made


def test_a_test_is_taken_and_can_be_followed(demo, hook):
    taken = demo.client.post(f"{hook['links']['self']}/test")
    assert taken.status_code == 202
    assert taken.headers["Location"] == taken.json["links"]["self"]
    assert (taken.json["type"], taken.json["status"]) == ("subscription.test", "waiting")
    assert (taken.json["attempts"], taken.json["tries"]) == (0, [])
    assert taken.json["out_of_turn"] is True
    assert "revision" not in taken.json
    assert demo.get(taken.headers["Location"]).json == taken.json
    assert demo.get(hook["links"]["deliveries"]).json["deliveries"] == [taken.json]
    assert demo.bell.rings == ["deliveries"]


def test_two_tests_are_two_messages(demo, hook):
    ids = {demo.client.post(f"{hook['links']['self']}/test").json["id"] for _ in range(2)}
    assert len(ids) == 2


TRIES = '[{"at":"2026-01-29T17:31:03.118+00:00","ms":41,"status":503,"answer":"down"}]'


def sent(api, hook, revision, **said) -> str:
    """A message of this revision, as who delivers writes it; its id."""
    made = delivery_id(hook["id"], "event.created", str(revision))
    row = {
        "id": made,
        "timeline": "demo",
        "subscription_id": hook["id"],
        "type": "event.created",
        "revision": revision,
        "status": "delivered",
        "out_of_turn": False,
        "attempts": 1,
        "tries": TRIES,
        "created_at": 1e9 + revision,
        "updated_at": 1e9 + revision,
    }
    api.write(insert(deliveries), **{**row, **said})
    return made


def ids(response) -> list[str]:
    return [each["id"] for each in response.json["deliveries"]]


def test_deliveries_are_listed_with_the_latest_first(demo, hook):
    made = [sent(demo, hook, each) for each in range(1, 4)]
    first = demo.get(f"{hook['links']['deliveries']}?limit=2")
    second = demo.get(first.json["next"])
    assert ids(first) + ids(second) == made[::-1]
    assert first.headers["Link"] == f'<{first.json["next"]}>; rel="next"'
    assert "next" not in second.json
    assert second.json["deliveries"][0]["tries"][0]["answer"] == "down"


def test_deliveries_are_chosen_by_what_became_of_them(demo, hook):
    good, bad = sent(demo, hook, 1), sent(demo, hook, 2, status="failed")
    worse = sent(demo, hook, 3, status="failed")
    address = hook["links"]["deliveries"]
    assert ids(demo.get(f"{address}?status=delivered")) == [good]
    page = demo.get(f"{address}?status=failed&limit=1")
    assert "status=failed" in page.json["next"]
    assert ids(page) + ids(demo.get(page.json["next"])) == [worse, bad]
    assert ids(demo.get(f"{address}?status=waiting")) == []


@pytest.mark.parametrize(
    "query,name", [("status=lost", "status"), ("cursor=x", "cursor"), ("order=date", "order")]
)
def test_a_list_of_deliveries_refuses_what_it_does_not_know(demo, hook, query, name):
    refused = demo.get(f"{hook['links']['deliveries']}?{query}")
    check_problem(refused, 422, "invalid-input")
    assert list(violations(refused)) == [name]


def test_a_message_is_sent_once_more_under_its_own_id(demo, hook):
    made = sent(demo, hook, 1)
    again = demo.client.post(f"/v1/deliveries/{made}/redeliver")
    assert again.status_code == 202
    assert again.headers["Location"] == f"/v1/deliveries/{made}"
    assert (again.json["id"], again.json["status"]) == (made, "waiting")
    assert again.json["out_of_turn"] is True
    assert again.json["attempts"] == 1
    assert demo.bell.rings == ["deliveries"]


def test_a_change_that_is_not_kept_is_not_told_again(demo, hook):
    made = sent(demo, hook, 1)
    demo.write(update(timelines).values(kept_after=1))
    gone = demo.client.post(f"/v1/deliveries/{made}/redeliver")
    check_problem(gone, 410, "history-gone")
    assert demo.get(f"/v1/deliveries/{made}").json["status"] == "delivered"
    assert demo.bell.rings == []


@pytest.mark.parametrize("name", ["dlv_0", "nothing", "a" * 300])
def test_no_delivery_is_found_where_none_is(demo, name):
    check_problem(demo.get(f"/v1/deliveries/{name}"), 404, "not-found")
    check_problem(demo.client.post(f"/v1/deliveries/{name}/redeliver"), 404, "not-found")
