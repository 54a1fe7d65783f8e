"""Following a timeline through connections that break."""

import json
from contextlib import contextmanager
from itertools import islice, pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.cli.client import Answer, AwayError, RefusedError
from service.cli.following import LONG_POLL, LONGEST_PAUSE, POLLS, Follower

CROWDED = Answer(503, {"detail": "too many wait"}, retry_after=5)
GONE = Answer(410, {"detail": "not kept"})


def change(revision):
    return {"revision": revision, "type": "updated", "event_id": "evt_1"}


def frame(revision, document=None, event="updated"):
    data = json.dumps(document or change(revision))
    return [f"id: {revision}\n", f"event: {event}\n", f"data: {data}\n", "\n"]


def position(revision):
    return ["retry: 2000\n", f"id: {revision}\n", "\n"]


class Scripted:
    """A service that plays its turns; after the last one the test is over (IndexError).

    A turn is the answer to one question, or the lines of a stream; an error in it is raised.
    """

    def __init__(self, *turns, revision=0):
        self.turns = list(turns)
        self.asked = []
        self.revision = revision

    @contextmanager
    def listen(self, path, **headers):
        self.asked.append((path, headers["Last-Event-ID"]))
        turn = self.turns.pop(0)
        if isinstance(turn, Answer):
            raise RefusedError(turn)
        if isinstance(turn, Exception):
            raise turn
        yield self._lines(turn)

    def _lines(self, turn):
        for each in turn:
            if isinstance(each, Exception):
                raise each
            yield each.encode()

    def ask(self, _method, path):
        self.asked.append(path)
        turn = self.turns.pop(0)
        if isinstance(turn, Exception):
            raise turn
        return turn

    def read(self, path):
        self.asked.append(path)
        return {"revision": self.revision}


def follow(service, *, since=0, filters=()):
    said, pauses = [], []
    follower = Follower(
        service, "mine", filters=filters, position=since, say=said.append, pause=pauses.append
    )
    seen = []
    with pytest.raises(IndexError):
        seen.extend(_kept(follower.changes(), seen))
    return seen, said, pauses


def _kept(changes, seen):
    for each in changes:
        seen.append(each.get("revision") if each["type"] != "reset" else each)
    return ()


def test_the_stream_is_read_from_where_the_caller_stands():
    service = Scripted([*position(4), *frame(5), *frame(6)])
    assert follow(service, since=4, filters=(("kind", "-statement"),))[0] == [5, 6]
    assert service.asked[0] == ("/v1/timelines/mine/stream?kind=-statement", "4")


def test_without_a_revision_it_begins_at_the_present_one():
    service = Scripted([*position(7), *frame(8)], revision=7)
    assert follow(service, since=None)[0] == [8]
    assert service.asked[:2] == [
        "/v1/timelines/mine?limit=1&view=brief",
        ("/v1/timelines/mine/stream", "7"),
    ]


def test_a_broken_connection_is_made_again_behind_the_last_change():
    broken = AwayError("gone")
    service = Scripted([*frame(1), *frame(2), *frame(3)[:2], broken], [*frame(2), *frame(3)])
    seen, said, pauses = follow(service)
    assert seen == [1, 2, 3]
    assert service.asked[1] == ("/v1/timelines/mine/stream", "2")
    assert said[:2] == ["the connection ended: trying until it is back", "connected again"]
    assert 2 <= pauses[0] <= 2.6


def test_what_a_filter_passes_over_is_not_asked_for_again():
    service = Scripted([*frame(1), *position(90)], [])
    assert follow(service)[0] == [1]
    assert service.asked[1] == ("/v1/timelines/mine/stream", "90")


def test_a_change_that_comes_twice_is_given_once():
    assert follow(Scripted([*frame(1), *frame(1), *frame(2), *frame(1)]))[0] == [1, 2]


def test_a_reset_is_told_and_moves_the_position_also_backwards():
    there = {"timeline": "mine", "revision": 3, "links": {}}
    service = Scripted([*frame(9), *frame(3, there, "reset"), *frame(4)], [])
    assert follow(service)[0] == [9, {"type": "reset", **there}, 4]
    assert service.asked[1] == ("/v1/timelines/mine/stream", "4")


def test_pauses_grow_to_their_limit_and_begin_anew_once_something_came():
    away = [AwayError("gone")] * 8
    service = Scripted(position(0), *away, [*frame(1)], AwayError("gone"))
    _, said, pauses = follow(service)
    assert all(first <= then * 1.3 for first, then in pairwise(pauses[:9]))
    assert max(pauses) <= LONGEST_PAUSE * 1.3
    assert pauses[8] >= LONGEST_PAUSE
    assert pauses[9] <= 2.6
    assert said.count("connected again") == 1


def test_a_service_that_was_never_there_ends_it():
    with pytest.raises(AwayError):
        next(Follower(Scripted(AwayError("gone")), "mine", **options()).changes())


@pytest.mark.parametrize("status", [401, 403, 404, 422])
def test_a_refusal_that_does_not_pass_ends_it(status):
    service = Scripted([*position(0)], Answer(status, {"detail": "no"}))
    with pytest.raises(RefusedError, match=f"no \\(HTTP {status}\\)"):
        next(Follower(service, "mine", **options()).changes())


@pytest.mark.parametrize("status", [429, 500, 502, 504])
def test_a_refusal_that_passes_is_waited_for(status):
    busy = Answer(status, {"detail": "not now"}, retry_after=7)
    seen, _, pauses = follow(Scripted(busy, [*frame(1)]))
    assert seen == [1]
    assert 7 <= pauses[0] <= 7 * 1.3


def options():
    return {"filters": (), "position": 0, "say": str, "pause": str}


def listed(*revisions, until):
    changes = [change(each) for each in revisions]
    return Answer(200, {"revision": until, "until": until, "changes": changes})


def test_without_a_place_in_the_stream_changes_are_asked_for():
    service = Scripted(CROWDED, listed(1, 2, until=2), listed(until=40), listed(41, until=41))
    seen, said, pauses = follow(service, filters=(("kind", "planned"),))
    assert seen == [1, 2, 41]
    assert service.asked[1:4] == [
        f"/v1/timelines/mine/changes?kind=planned&since={since}&wait={LONG_POLL}&limit=200"
        for since in (0, 2, 40)
    ]
    assert said == ["the stream has no place left: asking for changes instead"]
    assert pauses == []


def test_without_a_place_to_wait_in_either_it_pauses_and_asks_without_waiting():
    service = Scripted(CROWDED, CROWDED, listed(1, until=1), CROWDED, listed(2, until=2))
    seen, _, pauses = follow(service)
    assert seen == [1, 2]
    waits = [parse_qs(urlsplit(each).query)["wait"] for each in service.asked[1:5]]
    assert waits == [["30"], ["0"], ["30"], ["0"]]
    assert len(pauses) == 2
    assert all(5 <= each <= 6.5 for each in pauses)


def test_the_stream_is_tried_again_after_a_while():
    polls = [listed(each, until=each) for each in range(1, POLLS + 1)]
    seen, _, _ = follow(Scripted(CROWDED, *polls, [*frame(POLLS + 1)]))
    assert seen == list(range(1, POLLS + 2))


def test_a_question_for_changes_that_are_not_kept_is_a_reset():
    service = Scripted(CROWDED, GONE, listed(51, until=51), revision=50)
    assert follow(service)[0] == [{"type": "reset", "revision": 50}, 51]


def test_questions_go_on_after_a_broken_connection():
    seen, _, pauses = follow(Scripted(CROWDED, AwayError("gone"), listed(1, until=1)))
    assert seen == [1]
    assert len(pauses) == 1


class Lossy:
    """A service with so many changes that breaks each connection where it was told to."""

    def __init__(self, last, breaks):
        self.last = last
        self.breaks = iter(breaks)

    @contextmanager
    def listen(self, _path, **headers):
        keeps, crowded = next(self.breaks, (1_000, False))
        if crowded:
            raise RefusedError(CROWDED)
        yield self._lines(int(headers["Last-Event-ID"]), keeps)

    def _lines(self, since, keeps):
        lines = [line for each in range(since + 1, self.last + 1) for line in frame(each)]
        for line in [*position(since), *lines][:keeps]:
            yield line.encode()
        raise AwayError("gone")

    def ask(self, _method, path):
        since = int(parse_qs(urlsplit(path).query)["since"][0])
        keeps, away = next(self.breaks, (1_000, False))
        if away:
            raise AwayError("gone")
        until = min(since + keeps, self.last)
        return listed(*range(since + 1, until + 1), until=until)

    def read(self, _path):
        return {"revision": 0}


@given(st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=30))
def test_wherever_connections_break_each_change_comes_once_and_in_order(breaks):
    follower = Follower(Lossy(20, breaks), "mine", **{**options(), "position": None})
    assert [each["revision"] for each in islice(follower.changes(), 20)] == list(range(1, 21))
