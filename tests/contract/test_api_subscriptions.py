"""Subscriptions over HTTP: made, read, changed, ended, told again from a revision."""

import logging
from contextlib import closing

import pytest
from sqlalchemy import update

from service.api.schemas.subscriptions import MOST_SUBSCRIPTIONS
from service.store.engine import Database
from service.store.shelf import TimelineTraits
from service.store.tables import timelines
from service.store.updatetables import subscriptions
from tests.contract.test_api_problems import check_problem
from tests.contract.test_api_timelines import tell
from tests.servers.api import violations

HOOKS = "/v1/timelines/demo/subscriptions"
URL = "https://desk.example/hook"


@pytest.fixture
def demo(api):
    """The API with a timeline `demo` at a revision above 0."""
    tell(api, "2026-01-27")
    api.bell.rings.clear()
    return api


def ask(api, **said):
    return api.client.post(HOOKS, json={"url": URL, **said})


def make(api, **said) -> dict:
    response = ask(api, **said)
    assert response.status_code == 201, response.text
    return response.json


def change(api, made, **said):
    return api.client.patch(made["links"]["self"], json=said)


def read(api, made) -> dict:
    return api.get(made["links"]["self"]).json


def standing(api) -> int:
    return api.get("/v1/timelines/demo").json["revision"]


def write(api, made, **columns) -> None:
    """As who delivers would write it."""
    api.write(update(subscriptions).where(subscriptions.c.id == made["id"]).values(columns))


def test_a_subscription_is_made_and_begins_now(demo):
    made = ask(demo)
    assert made.status_code == 201
    assert made.headers["Location"] == made.json["links"]["self"]
    assert made.headers["Cache-Control"] == "no-store"
    assert made.json["url"] == URL
    assert (made.json["status"], made.json["format"]) == ("active", "standard")
    assert (made.json["position"], made.json["behind"]) == (standing(demo), 0)
    absent = {"types", "filter", "description", "reason", "attempts", "failing_since"}
    assert not absent & made.json.keys()
    assert demo.bell.rings == ["deliveries"]


def test_what_was_asked_for_is_shown_as_it_was_given(demo):
    said = {
        "types": ["removed", "created"],
        "filter": {"min_sources": 2, "kind": "-statement", "from": "2025", "q": "bridge"},
        "format": "cloudevents",
        "description": "the desk's board",
    }
    made = make(demo, **said)
    shown = read(demo, made)
    assert {name: shown[name] for name in said} == {**said, "types": ["created", "removed"]}


def test_a_filter_asks_what_the_same_parameters_ask(demo):
    """Who delivers takes the query that reading takes."""
    said = {"kind": "happening,-state", "publisher": "Some Post", "min_confidence": 0.5}
    made = make(demo, filter=said)
    query = demo.store.find_subscription("demo", made["id"]).query
    assert (query.kind.only, query.kind.but) == (("happening",), ("state",))
    assert (query.publisher.only, query.min_confidence) == (("some post",), 0.5)
    assert demo.store.find_subscription("demo", make(demo, filter={})["id"]).query is None


def test_the_secret_is_shown_once_and_nowhere_else(demo, caplog):
    caplog.set_level(logging.DEBUG)
    made = make(demo)
    secret = made["secret"]
    assert secret.startswith("whsec_")
    assert len(secret) == len("whsec_") + 44
    rotated = demo.client.post(f"{made['links']['self']}/rotate-secret").json["secret"]
    change(demo, made, description="x")
    demo.client.post(f"{made['links']['self']}/test")
    addresses = (
        HOOKS,
        made["links"]["self"],
        made["links"]["deliveries"],
        "/metrics",
        "/v1/timelines",
    )
    told = [demo.get(each).text for each in addresses] + [caplog.text]
    for each in (secret, rotated):
        assert not any(each in text for text in told)
    assert "deliver" in told[0]


@pytest.mark.parametrize(
    "said,pointer,detail",
    [
        ({"url": None}, "/url", "is null"),
        ({"url": 5}, "/url", "must be a string"),
        ({"url": ""}, "/url", "begins with https"),
        ({"url": "ftp://desk.example/"}, "/url", "begins with https"),
        ({"url": "desk.example"}, "/url", "begins with https"),
        ({"url": "http://127.0.0.1/"}, "/url", "is not public"),
        ({"url": "http://169.254.169.254/latest"}, "/url", "is not public"),
        ({"url": "http://[::1]/"}, "/url", "is not public"),
        ({"url": "https://localhost/"}, "/url", "this machine itself"),
        ({"url": "https://desk.example:8443/"}, "/url", "port 8443 is not allowed"),
        ({"url": "https://a:b@desk.example/"}, "/url", "leave out name and password"),
        ({"url": "https://desk.example/#a"}, "/url", "leave out the fragment"),
        ({"url": "https://desk.example/\x00"}, "/url", "leave out spaces"),
        ({"url": "https://desk.example/\ud800"}, "/url", "leave out spaces"),
        ({"url": f"{URL}?{'a' * 2000}"}, "/url", "use at most 2000"),
        ({"types": []}, "/types", "is empty"),
        ({"types": "created"}, "/types", "must be a list"),
        ({"types": ["event.created"]}, "/types/0", "is no change: use created"),
        ({"types": ["created", None]}, "/types/1", "is null"),
        ({"types": None}, "/types", "is null"),
        ({"filter": "kind=happening"}, "/filter", "must be an object"),
        ({"filter": None}, "/filter", "is null"),
        ({"filter": {"kind": "accident"}}, "/filter/kind", "has no value 'accident'"),
        ({"filter": {"kind": ["happening"]}}, "/filter/kind", "must be a string"),
        ({"filter": {"min_sources": 0}}, "/filter/min_sources", "must be from 1"),
        ({"filter": {"min_sources": "2"}}, "/filter/min_sources", "must be a whole number"),
        ({"filter": {"min_sources": True}}, "/filter/min_sources", "must be a whole number"),
        ({"filter": {"min_salience": 1.5}}, "/filter/min_salience", "must be from 0 to 1"),
        ({"filter": {"min_salience": "0.5"}}, "/filter/min_salience", "must be a number"),
        ({"filter": {"from": "soon"}}, "/filter/from", "is no day"),
        ({"filter": {"from": "2026", "to": "2025"}}, "/filter/to", "ends before"),
        ({"filter": {"q": "!"}}, "/filter/q", "holds no word"),
        ({"filter": {"q": "\ud800 a"}}, "/filter/q", "a lone surrogate"),
        ({"filter": {"publisher": "a\x00"}}, "/filter/publisher", "a NUL"),
        ({"filter": {"lang": "e n"}}, "/filter/lang", "is no language"),
        ({"filter": {"order": "date"}}, "/filter/order", "is no field"),
        ({"filter": {"top": 5}}, "/filter/top", "is no field"),
        ({"filter": {"limit": 5}}, "/filter/limit", "is no field"),
        ({"format": "xml"}, "/format", "is no format: use standard, cloudevents"),
        ({"description": " "}, "/description", "is empty"),
        ({"description": "a" * 501}, "/description", "use at most 500"),
        ({"secret": "whsec_mine"}, "/secret", "is no field"),
        ({"status": "paused"}, "/status", "is no field"),
    ],
    ids=lambda each: str(each)[:60] if isinstance(each, dict) else None,
)
def test_what_cannot_be_is_refused_at_its_place(demo, said, pointer, detail):
    refused = ask(demo, **said)
    check_problem(refused, 422, "invalid-input")
    assert list(violations(refused)) == [pointer]
    assert detail in violations(refused)[pointer]
    assert demo.bell.rings == []
    assert demo.get(HOOKS).json["subscriptions"] == []


def test_all_that_is_wrong_is_said_at_once(demo):
    refused = ask(demo, url="http://10.0.0.1/", filter={"q": "!"}, description=" ")
    assert set(violations(refused)) == {"/url", "/filter/q", "/description"}


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b'{"url": "https://a.example/"'])
def test_what_is_no_object_is_refused(demo, body):
    for send in (
        lambda: demo.client.post(HOOKS, data=body, content_type="application/json"),
        lambda: demo.client.patch(f"{HOOKS}/sub_0", data=body, content_type="application/json"),
    ):
        assert send().status_code in {400, 422}


def test_nothing_is_found_where_nothing_is(demo):
    hidden = make(demo)
    demo.store.put_timeline("other", TimelineTraits())
    body = {"url": URL}
    for timeline in ("none", "none.ics", "UPPER"):
        hooks = f"/v1/timelines/{timeline}/subscriptions"
        check_problem(demo.client.post(hooks, json=body), 404, "not-found")
        check_problem(demo.get(hooks), 404, "not-found")
    for timeline in ("demo", "other", "none", "UPPER"):
        for name in ("sub_0", "nothing", "a" * 300, hidden["id"]):
            if (timeline, name) == ("demo", hidden["id"]):
                continue
            one = f"/v1/timelines/{timeline}/subscriptions/{name}"
            check_problem(demo.get(one), 404, "not-found")
            check_problem(demo.get(f"{one}/deliveries"), 404, "not-found")
            check_problem(demo.client.patch(one, json={"status": "paused"}), 404, "not-found")
            check_problem(demo.client.patch(one, json={}), 404, "not-found")
            check_problem(demo.client.post(f"{one}/replay", json={"since": 0}), 404, "not-found")
            for action in ("test", "rotate-secret"):
                check_problem(demo.client.post(f"{one}/{action}"), 404, "not-found")
            check_problem(demo.client.delete(one), 404, "not-found")


def test_subscriptions_come_in_pages(demo):
    made = [make(demo)["id"] for _ in range(3)]
    first = demo.get(f"{HOOKS}?limit=2")
    second = demo.get(first.json["next"]).json
    assert first.headers["Link"] == f'<{first.json["next"]}>; rel="next"'
    assert "next" not in second
    found = [each["id"] for each in first.json["subscriptions"] + second["subscriptions"]]
    assert sorted(found) == sorted(made)
    assert violations(demo.get(f"{HOOKS}?status=active")) == {
        "status": "is no parameter of this address"
    }


def test_a_timeline_has_so_many_subscriptions_and_no_more(demo):
    made = [make(demo) for _ in range(MOST_SUBSCRIPTIONS)]
    check_problem(ask(demo), 409, "too-many-subscriptions")
    demo.client.delete(made[0]["links"]["self"])
    assert ask(demo).status_code == 201


def test_the_same_request_makes_one_subscription(demo):
    def send(key, **said):
        headers = {"Idempotency-Key": key}
        return demo.client.post(HOOKS, json={"url": URL, **said}, headers=headers)

    first, again = send("a-1"), send("a-1")
    assert again.status_code == 201
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.headers["Location"] == first.headers["Location"]
    told = {name: value for name, value in first.json.items() if name != "secret"}
    assert again.json == told, "the secret is shown once, and kept in one place"
    check_problem(send("a-1", format="cloudevents"), 422, "idempotency-key-reused")
    assert len(demo.get(HOOKS).json["subscriptions"]) == 1
    refused = demo.client.post(HOOKS, json={}, headers={"Idempotency-Key": "b-1"})
    assert refused.status_code == 422
    assert send("b-1").status_code == 201, "what was refused is looked at anew"


def test_what_is_named_changes_and_all_else_stays(demo):
    made = make(demo, types=["created"], filter={"q": "bridge"}, description="ours")
    paused = change(demo, made, status="paused").json
    assert paused == {
        **{name: value for name, value in made.items() if name != "secret"},
        "status": "paused",
        "updated_at": paused["updated_at"],
    }
    bare = change(demo, made, types=None, filter=None, description=None).json
    assert not {"types", "filter", "description"} & bare.keys()
    assert bare["status"] == "paused"
    assert demo.store.find_subscription("demo", made["id"]).query is None
    other = change(demo, made, filter={"kind": "state"}, format="cloudevents").json
    assert (other["filter"], other["format"]) == ({"kind": "state"}, "cloudevents")
    assert read(demo, made) == other


def test_a_change_that_names_nothing_changes_nothing(demo):
    made = make(demo)
    demo.bell.rings.clear()
    assert change(demo, made).json == read(demo, made)
    assert read(demo, made)["updated_at"] == made["updated_at"]
    assert demo.bell.rings == []


@pytest.mark.parametrize(
    "said,pointer",
    [
        ({"status": "disabled"}, "/status"),
        ({"status": None}, "/status"),
        ({"url": None}, "/url"),
        ({"url": "http://10.1.2.3/"}, "/url"),
        ({"format": None}, "/format"),
        ({"types": []}, "/types"),
        ({"filter": {"kind": "x"}}, "/filter/kind"),
        ({"position": 0}, "/position"),
        ({"secret": "whsec_mine"}, "/secret"),
    ],
    ids=str,
)
def test_a_change_that_cannot_be_is_refused(demo, said, pointer):
    made = make(demo)
    refused = change(demo, made, **said)
    check_problem(refused, 422, "invalid-input")
    assert list(violations(refused)) == [pointer]
    assert read(demo, made)["status"] == "active"


def test_of_two_changes_of_one_field_the_later_stays_and_others_are_kept(demo):
    made = make(demo)
    change(demo, made, description="one", format="cloudevents")
    after = change(demo, made, description="two").json
    assert (after["description"], after["format"]) == ("two", "cloudevents")


REASON = '{"code":"gone","says":"the receiver answered 410","at":"2026-02-28T15:20:00.000+00:00"}'


CLAIMED = {"claim_token": "t", "claimed_until": 3e9}


def failing(api, made, **more) -> None:
    write(api, made, attempts=3, failing_since=1e9, due_at=2e9, **more)


def test_a_failing_subscription_says_since_when_and_when_it_is_tried_again(demo):
    made = make(demo)
    failing(demo, made, position=0)
    shown = read(demo, made)
    assert (shown["attempts"], shown["behind"]) == (3, standing(demo))
    assert shown["failing_since"] == "2001-09-09T01:46:40.000+00:00"
    assert shown["next_attempt_at"] == "2033-05-18T03:33:20.000+00:00"
    change(demo, made, status="paused")
    assert "next_attempt_at" not in read(demo, made)


def test_a_disabled_subscription_says_why_and_goes_on_when_it_is_made_active(demo):
    made = make(demo)
    failing(demo, made, status="disabled", reason=REASON, position=0)
    shown = change(demo, made, description="x").json
    assert shown["status"] == "disabled", "who changes something else does not enable it"
    assert shown["reason"]["code"] == "gone"
    assert "next_attempt_at" not in shown
    demo.bell.rings.clear()
    woken = change(demo, made, status="active", url="https://desk.example/new").json
    assert woken["status"] == "active"
    assert not {"reason", "attempts", "failing_since"} & woken.keys()
    assert woken["position"] == 0
    assert demo.bell.rings == ["deliveries"]


def test_a_disabled_subscription_that_is_paused_has_no_reason_any_more(demo):
    made = make(demo)
    failing(demo, made, status="disabled", reason=REASON)
    assert "reason" not in change(demo, made, status="paused").json


def test_a_failing_subscription_is_tried_at_once_where_it_is_moved(demo):
    made = make(demo)
    failing(demo, made, **CLAIMED)
    assert "attempts" in change(demo, made, description="x", url=URL).json
    moved = change(demo, made, url="https://desk.example/new").json
    assert not {"attempts", "failing_since", "next_attempt_at"} & moved.keys()
    with closing(Database(demo.url)) as database, database.reading() as connection:
        (row,) = connection.execute(subscriptions.select())
    assert row.claim_token is None, "who sends to the old address writes nothing over this"


def test_an_ended_subscription_is_gone_with_its_deliveries(demo):
    made = make(demo)
    tested = demo.client.post(f"{made['links']['self']}/test").json
    ended = demo.client.delete(made["links"]["self"])
    assert (ended.status_code, ended.data) == (204, b"")
    assert demo.get(made["links"]["self"]).status_code == 404
    assert demo.get(tested["links"]["self"]).status_code == 404
    assert demo.client.delete(made["links"]["self"]).status_code == 404


def test_subscriptions_go_with_their_timeline(demo):
    made = make(demo)
    tested = demo.client.post(f"{made['links']['self']}/test").json
    assert demo.client.delete("/v1/timelines/demo").status_code == 204
    for gone in (HOOKS, made["links"]["self"], tested["links"]["self"]):
        assert demo.get(gone).status_code == 404
    tell(demo, "2026-01-27")
    assert demo.get(HOOKS).json["subscriptions"] == []


def test_a_new_secret_signs_beside_the_former_one_for_a_day(demo):
    made = make(demo)
    turned = demo.client.post(f"{made['links']['self']}/rotate-secret")
    assert turned.status_code == 200
    assert turned.headers["Cache-Control"] == "no-store"
    assert turned.json["secret"] not in {made["secret"], None}
    kept = demo.store.find_subscription("demo", made["id"])
    assert (kept.secret, kept.former_secret) == (turned.json["secret"], made["secret"])
    write(demo, made, former_until=2e9)
    assert read(demo, made)["former_until"] == "2033-05-18T03:33:20.000+00:00"
    write(demo, made, former_until=1e9)
    assert "former_until" not in read(demo, made)


def replay(api, made, **said):
    return api.client.post(f"{made['links']['self']}/replay", json=said)


def test_a_replay_goes_back_and_is_told_at_once(demo):
    made = make(demo)
    demo.bell.rings.clear()
    back = replay(demo, made, since=0)
    assert back.status_code == 202
    assert (back.json["position"], back.json["behind"]) == (0, standing(demo))
    assert read(demo, made) == back.json
    assert demo.bell.rings == ["deliveries"]
    assert replay(demo, made, since=standing(demo)).json["behind"] == 0


@pytest.mark.parametrize(
    "said", [{}, {"since": -1}, {"since": "0"}, {"since": 1.5}, {"since": True}, {"since": 10**16}]
)
def test_a_replay_from_no_revision_is_refused(demo, said):
    refused = replay(demo, make(demo), **said)
    check_problem(refused, 422, "invalid-input")
    assert list(violations(refused)) == ["/since"]


def test_a_replay_from_ahead_is_refused(demo):
    ahead = replay(demo, make(demo), since=standing(demo) + 1)
    check_problem(ahead, 422, "invalid-input")
    assert f"whose revision is {standing(demo)}" in violations(ahead)["/since"]


def test_a_replay_of_what_is_not_kept_is_refused_with_the_way_to_go_on(demo):
    made = make(demo)
    demo.write(update(timelines).values(kept_after=1))
    gone = replay(demo, made, since=0)
    check_problem(gone, 410, "history-gone")
    assert gone.json["revision"] == standing(demo)
    assert "</v1/timelines/demo>" in gone.headers["Link"]
    assert read(demo, made)["position"] == standing(demo)
    assert replay(demo, made, since=1).status_code == 202


def test_an_unreachable_bell_is_not_the_clients_matter(demo):
    demo.bell.answers = False
    made = make(demo)
    assert replay(demo, made, since=0).status_code == 202
    assert demo.client.post(f"{made['links']['self']}/test").status_code == 202


def test_without_the_record_nothing_is_promised(demo, without_record):
    for method, path, body in (
        ("POST", HOOKS, {"url": URL}),
        ("GET", HOOKS, None),
        ("PATCH", f"{HOOKS}/sub_0", {"status": "paused"}),
        ("POST", f"{HOOKS}/sub_0/test", None),
        ("GET", "/v1/deliveries/dlv_0", None),
    ):
        refused = without_record.open(path, method=method, json=body)
        check_problem(refused, 503, "store-unavailable")
    assert demo.bell.rings == []
