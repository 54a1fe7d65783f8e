"""Single events over HTTP, on both stores: how they were merged, renamed and split."""

import pytest

from service.api.app import create_app
from service.intake import draft
from service.merging import Read, commit_reading
from service.settings import Settings
from service.store.base import Reading
from service.timeline.ids import event_id, mention_ids
from service.wakeups import Wakeups
from service.wiring import Parts
from tests.making import TIMELINE, mention, on, reported
from tests.servers.api import NOW, NOWHERE, Bell, Counting

ONE = {"quote": "one", "terms": ("quak",)}
TWO = {"quote": "two", "terms": ("rescu",)}
BOTH = {"quote": "both", "terms": ("quak", "rescu")}


class House:
    """A timeline whose articles tell what a test says, over HTTP on a real record."""

    def __init__(self, store):
        self.store = store
        parts = Parts(store, Bell(), Wakeups(NOWHERE), Counting())
        self.client = create_app(Settings(), parts, clock=lambda: NOW).test_client()

    def tell(self, key, published, *tellings):
        """Post or correct the article `key`; each telling is one mention. Its event ids."""
        text = f"{key} {[each['quote'] for each in tellings]}"
        fields = {"external_id": key, "text": text, "published_at": published}
        new = draft(TIMELINE, fields, received=2e9)
        (added,) = self.store.add_articles(TIMELINE, [new])
        if added.outcome == "differs":
            version = self.store.find_article(added.id).version
            assert self.store.replace_article(added.id, new, version).version == version + 1
        (claimed,) = self.store.claim("token", limit=1, characters=10_000, lease=60.0)
        told = tuple(
            mention(claimed.head, start=20 * at, **each) for at, each in enumerate(tellings)
        )
        reading = Reading(
            outcome="told" if told else "nothing_to_tell",
            language="en",
            level="full",
            expressions=(),
            mentions=tuple((each.id, "{}") for each in told),
            notices="[]",
            skipped="[]",
        )
        commit_reading(self.store, claimed, "token", Read(reading, told))
        return [event_id(each.id) for each in told]

    def get(self, event, rest=""):
        return self.client.get(f"/v1/timelines/{TIMELINE}/events/{event}{rest}")

    def history(self, event):
        response = self.get(event, "/history")
        assert response.status_code == 200, response.text
        return response.json["history"]


@pytest.fixture
def house(store):
    return House(store)


def rows(history):
    return [(each["type"], each.get("merged_from"), each.get("into")) for each in history]


def test_a_single_event_says_what_joins_its_sources(house):
    (one,) = house.tell("a", "2026-01-21", ONE)
    house.tell("b", "2026-01-22", BOTH)
    found = house.get(one).json
    assert found["source_count"] == 2
    assert found["former_ids"] == []
    (joined,) = found["joined_by"]
    assert joined["sources"] == [0, 1]
    assert 0 < joined["weight"] <= 1
    assert found["links"]["history"] == f"/v1/timelines/{TIMELINE}/events/{one}/history"


def test_copies_word_for_word_are_joined_by_no_pair(house):
    copy = ONE | {"date": on("2026-01-20")}
    (one,) = house.tell("a", "2026-01-21", copy)
    house.tell("b", "2026-01-22", copy)
    found = house.get(one).json
    assert (found["source_count"], found["joined_by"]) == (2, [])


def test_an_event_that_is_renamed_twice_answers_under_all_its_ids(house):
    (last,) = house.tell("c", "2026-01-23", ONE)
    (second,) = house.tell("b", "2026-01-22", ONE)
    (first,) = house.tell("a", "2026-01-21", ONE)
    assert house.get(first).json["former_ids"] == sorted([second, last])
    for former in (second, last):
        moved = house.get(former)
        assert (moved.status_code, moved.json["id"]) == (308, first)
    assert rows(house.history(first)) == [("created", [second], None)]
    assert rows(house.history(second)) == [
        ("created", [last], None),
        ("merged", None, [first]),
    ]
    assert rows(house.history(last)) == [("created", None, None), ("merged", None, [second])]


def test_what_was_merged_by_a_bridge_falls_apart_when_it_is_corrected(house):
    (one,) = house.tell("a", "2026-01-21", ONE)
    (two,) = house.tell("c", "2026-01-23", TWO)
    house.tell("b", "2026-01-22", BOTH)
    merged = house.get(one).json
    assert merged["former_ids"] == [two]
    assert [each["sources"] for each in merged["joined_by"]] in ([[0, 1], [1, 2]], [[1, 2], [0, 1]])
    house.tell("b", "2026-01-22")
    assert house.get(one).json["former_ids"] == []
    assert house.get(two).status_code == 200
    history = house.history(one)
    assert [each["type"] for each in history] == ["created", "updated", "updated"]
    assert history[1]["merged_from"] == [two]
    assert history[2]["split_into"] == [two]
    assert "sources" in history[2]["fields"]
    assert [each["type"] for each in house.history(two)] == ["created", "merged", "created"]
    assert [len(each["event"]["sources"]) for each in history] == [1, 3, 1]


def test_an_event_whose_first_source_goes_is_split_and_answers_for_its_heir(house):
    (bridge,) = house.tell("a", "2026-01-21", BOTH)
    (one,) = house.tell("b", "2026-01-22", ONE)
    (two,) = house.tell("c", "2026-01-23", TWO | {"date": reported("2026-01-22")})
    house.tell("a", "2026-01-21")
    assert house.get(bridge).json["id"] == one
    assert house.get(one).json["former_ids"] == [bridge]
    last = house.history(bridge)[-1]
    assert (last["type"], last["into"], last["split_into"]) == (
        "split",
        sorted([one, two]),
        sorted([one, two]),
    )
    assert "event" not in last


def test_history_comes_in_pages_of_changes_with_the_event_as_it_was(house):
    (one,) = house.tell("a", "2026-01-21", ONE)
    for number in range(2, 5):
        house.tell(f"b{number}", f"2026-01-2{number}", ONE)
    path, seen = f"/v1/timelines/{TIMELINE}/events/{one}/history?limit=3", []
    while path:
        response = house.client.get(path)
        assert response.status_code == 200
        seen += response.json["history"]
        path = response.json.get("next")
    assert [each["revision"] for each in seen] == [1, 2, 3, 4]
    assert [each["event"]["revision"] for each in seen] == [1, 2, 3, 4]
    assert [each["event"]["source_count"] for each in seen] == [1, 2, 3, 4]


def test_a_removed_event_is_gone_and_its_history_stays(house):
    (one,) = house.tell("a", "2026-01-21", ONE)
    house.tell("a", "2026-01-21")
    assert house.get(one).status_code == 404
    assert [each["type"] for each in house.history(one)] == ["created", "removed"]


@pytest.mark.parametrize("event", [event_id(mention_ids("x", ["x"])[0]), "nothing", "a%00b"])
def test_what_was_never_an_event_has_no_history(house, event):
    house.tell("a", "2026-01-21", ONE)
    assert house.get(event, "/history").status_code == 404
    assert house.get(event).status_code == 404
