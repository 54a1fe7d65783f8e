"""The stream over Flask's client, on both stores: what is told, to whom, and from where on."""

import json
from contextlib import closing
from itertools import dropwhile

import pytest
from sqlalchemy import delete, update

from service.api.wire.parts import stop_waiting
from service.keyring import mint_key, mint_token
from service.store.engine import Database
from service.store.eventtables import changes
from service.store.shelf import TimelineTraits
from service.store.tables import timelines
from tests.contract.test_api_events import BOTH, ONE, TWO
from tests.contract.test_api_problems import check_problem
from tests.making import TIMELINE
from tests.servers.api import violations
from tests.servers.listening import CHANGES, STREAM, Listening

LATE = {"quote": "three", "terms": ("parad",)}


@pytest.fixture
def open_house(store):
    """`open_house(**settings)`: a house with one article told, which stops at the end."""
    opened = []

    def open_one(**settings) -> Listening:
        opened.append(Listening(store, **settings))
        opened[-1].tell("a", "2026-01-21", ONE, TWO)
        return opened[-1]

    yield open_one
    for each in opened:
        each.stop()


@pytest.fixture
def house(open_house):
    return open_house()


def test_a_stream_begins_with_where_it_begins(house):
    with house.listen() as stream:
        assert (stream.read.last_event_id, stream.read.retry) == ("2", 2000)
        headers = stream.response.headers
        assert stream.response.content_type == "text/event-stream"
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Accel-Buffering"] == "no"
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert "Content-Encoding" not in headers


def test_a_change_is_told_as_in_the_change_list(house):
    with house.listen() as stream:
        house.tell("b", "2026-01-22", LATE)
        (frame,) = stream.next()
    (change,) = house.get(CHANGES, since=2).json["changes"]
    assert (frame.id, frame.event, json.loads(frame.data)) == ("3", "created", change)


@pytest.mark.parametrize("since", [0, 1, 2])
def test_a_stream_goes_on_from_a_revision_also_within_a_commit(house, since):
    house.tell("b", "2026-01-22", LATE)
    for asked in ({"since": since}, {"headers": {"Last-Event-ID": str(since)}}):
        with house.listen(**asked) as stream:
            assert [at for at, _ in stream.revisions(3 - since)] == list(range(since + 1, 4))


def test_a_stream_that_went_on_is_told_what_comes_then(house):
    with house.listen(since=1) as stream:
        assert stream.revisions(1) == [(2, "created")]
        house.tell("b", "2026-01-22", LATE)
        assert stream.revisions(1) == [(3, "created")]
        house.tell("b", "2026-01-22")
        assert stream.revisions(1) == [(4, "removed")]


def test_the_header_goes_before_the_parameter(house):
    with house.listen(headers={"Last-Event-ID": "1"}, since=0) as stream:
        assert stream.revisions(1) == [(2, "created")]


def test_an_empty_header_says_nothing(house):
    with house.listen(headers={"Last-Event-ID": ""}, since=1) as stream:
        assert stream.revisions(1) == [(2, "created")]


@pytest.mark.parametrize("header", ["x", "-1", "1.0", "\xb2", "9" * 17])
def test_an_id_that_is_none_is_refused(house, header):
    response = house.get(STREAM, {"Last-Event-ID": header})
    check_problem(response, 422, "invalid-input")
    assert violations(response) == {
        "Last-Event-ID": "is no id of this stream: send the last `id` seen"
    }
    assert response.json["errors"][0]["in"] == "header"


@pytest.mark.parametrize(
    "query", [{"since": "-1"}, {"since": "x"}, {"order": "date"}, {"kind": "no"}, {"limit": 3}]
)
def test_a_wrong_parameter_is_refused(house, query):
    response = house.get(STREAM, **query)
    check_problem(response, 422, "invalid-input")
    assert list(violations(response)) == list(query)


def test_what_is_not_there_has_no_stream(house):
    check_problem(house.get("/v1/timelines/nowhere/stream"), 404, "not-found")


def test_head_tells_what_a_stream_would_be_and_opens_none(open_house):
    house = open_house(waiters=1)
    for _ in range(3):
        response = house.client.head(STREAM)
        assert (response.status_code, response.data) == (200, b"")
        assert response.headers["Content-Type"] == "text/event-stream"
    with house.listen():
        assert house.client.head(STREAM).status_code == 200


def test_a_filter_shows_what_fits_and_what_has_left(house):
    with house.listen(min_sources=2) as stream, house.listen(kind="planned") as other:
        house.tell("b", "2026-01-22", BOTH)
        house.tell("b", "2026-01-22")
        assert [kind for _, kind in stream.revisions(2)] == ["updated", "left"]
        stop_waiting(house.app)
        assert other.rest() == []


@pytest.mark.parametrize("since", [3, 10**14])
def test_a_revision_ahead_is_told_to_begin_again(house, since):
    with house.listen(since=since) as stream:
        (frame,) = stream.next()
        assert (frame.id, frame.event) == ("2", "reset")
        assert json.loads(frame.data) == {
            "timeline": TIMELINE,
            "revision": 2,
            "links": {"timeline": f"/v1/timelines/{TIMELINE}", "changes": CHANGES},
        }
        house.tell("b", "2026-01-22", LATE)
        assert stream.revisions(1) == [(3, "created")]


def forget(store_url, revision):
    """Let go the changes up to `revision`."""
    with closing(Database(store_url)) as database, database.writing() as connection:
        connection.execute(update(timelines).values(kept_after=revision))
        connection.execute(delete(changes).where(changes.c.revision <= revision))


def test_a_revision_that_is_not_kept_any_more_is_told_to_begin_again(house, store_url):
    house.tell("b", "2026-01-22", LATE)
    forget(store_url, 2)
    with house.listen(since=1) as stream:
        assert stream.revisions(1) == [(3, "reset")]
    with house.listen(since=2) as stream:
        assert stream.revisions(1) == [(3, "created")]


def test_a_quiet_stream_gives_signs_of_life(open_house):
    house = open_house(heartbeat_seconds=0.1)
    with house.listen() as stream:
        assert next(stream.response.response) == b":\n\n"


def test_a_sign_of_life_moves_on_who_filters(open_house):
    house = open_house(heartbeat_seconds=0.5)
    with house.listen(kind="planned") as stream:
        house.tell("b", "2026-01-22", LATE)
        signs = dropwhile(b":\n\n".__eq__, stream.response.response)  # there may be one before
        assert next(signs) == b"id: 3\n\n"
        assert next(signs) == b":\n\n"


def test_a_lost_wakeup_costs_a_poll_and_no_change(house):
    house.whispers.is_deaf = True
    with house.listen() as stream:
        house.tell("b", "2026-01-22", LATE)
        assert stream.revisions(1) == [(3, "created")]


def test_who_finds_no_room_is_told_when_to_come_back(open_house):
    house = open_house(waiters=1)
    with house.listen():
        for address in (STREAM, f"{CHANGES}?since=2&wait=9"):
            response = house.client.get(address)
            check_problem(response, 503, "too-many-waiting")
            assert response.headers["Retry-After"] == "5"
        assert house.get(CHANGES, since=2).status_code == 200
    with house.listen():
        pass


def test_streams_end_when_the_service_stops(house):
    with house.listen() as stream:
        stop_waiting(house.app)
        assert stream.rest() == []
    check_problem(house.get(STREAM), 503, "too-many-waiting")


def test_a_stream_ends_with_its_timeline(house):
    with house.listen() as stream:
        house.whispers.publish(TIMELINE, 3)
        assert house.client.delete(f"/v1/timelines/{TIMELINE}").status_code == 204
        assert stream.rest() == []


def named(secret):
    return {"Authorization": f"Bearer {secret}"}


PRIVATE = TimelineTraits(title=None, description=None, timezone=None, public=False)


@pytest.fixture
def private(open_house):
    house = open_house(keys="on", heartbeat_seconds=0.1)
    house.store.put_timeline(TIMELINE, PRIVATE)
    return house


def test_a_private_timeline_is_listened_to_with_a_key_or_a_token(private):
    secret, new = mint_key("reader", ["read"])
    private.store.add_key(new)
    token, made = mint_token("page", TIMELINE)
    private.store.add_token(made)
    check_problem(private.get(STREAM), 404, "not-found")
    for asked in ({"headers": named(secret)}, {"token": token}):
        with private.listen(**asked) as stream:
            assert next(stream.response.response) == b":\n\n"
            assert stream.response.headers["Cache-Control"] == "private, no-store"


def test_a_stream_ends_when_its_key_is_revoked(private):
    secret, new = mint_key("reader", ["read"])
    key = private.store.add_key(new)
    with private.listen(headers=named(secret)) as stream:
        assert private.store.revoke_key(key.id)
        private.clock.now += 6  # a process remembers a key for so long
        assert stream.rest() == []


def test_a_stream_ends_when_its_timeline_is_made_private(open_house):
    house = open_house(keys="on", heartbeat_seconds=0.1)
    with house.listen() as stream:
        house.store.put_timeline(TIMELINE, PRIVATE)
        assert stream.rest() == []
