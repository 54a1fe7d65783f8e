"""The change list over HTTP, on both stores."""

from urllib.parse import urlencode

import pytest

from service.documents.jsontext import loads
from tests.contract.test_api_events import BOTH, ONE, TWO, House
from tests.contract.test_api_problems import check_problem
from tests.making import TIMELINE
from tests.servers.api import violations

ADDRESS = f"/v1/timelines/{TIMELINE}/changes"


class Listening(House):
    """A house whose changes are read."""

    def changes(self, **query):
        return self.client.get(f"{ADDRESS}?{urlencode(query)}")

    def told(self, **query):
        response = self.changes(**query)
        assert response.status_code == 200, response.text
        return response.json


@pytest.fixture
def house(store):
    return Listening(store)


def rows(document):
    return [(each["revision"], each["type"], each["event_id"]) for each in document["changes"]]


def test_changes_are_told_by_revision_with_the_event_after_each(house):
    one, two = house.tell("a", "2026-01-21", ONE, TWO)
    found = house.told()
    assert (found["timeline"], found["revision"], found["until"]) == (TIMELINE, 2, 2)
    assert rows(found) == [(at, "created", event) for at, event in enumerate(sorted((one, two)), 1)]
    assert [each["event"]["id"] for each in found["changes"]] == sorted((one, two))
    assert [each["event"]["revision"] for each in found["changes"]] == [1, 2]
    assert "next" not in found
    assert found["links"] == {"self": ADDRESS, "timeline": f"/v1/timelines/{TIMELINE}"}


def test_an_answer_is_kept_by_no_cache(house):
    house.tell("a", "2026-01-21", ONE)
    response = house.changes()
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


def test_pages_follow_one_another_without_a_gap(house):
    house.tell("a", "2026-01-21", ONE, TWO)
    house.tell("b", "2026-01-22", BOTH)
    house.tell("c", "2026-01-22", {"quote": "three", "terms": ("parad",)})
    whole = house.told()
    assert "merged" in [each["type"] for each in whole["changes"]]
    seen, since = [], 0
    while True:
        response = house.changes(since=since, limit=1)
        page = response.json
        seen += page["changes"]
        since = page["until"]
        assert page["revision"] == whole["revision"]
        if "next" not in page:
            assert "Link" not in response.headers
            break
        assert page["next"] == f"{ADDRESS}?limit=1&since={since}"
        assert response.headers["Link"] == f'<{page["next"]}>; rel="next"'
    assert seen == whole["changes"]
    assert since == whole["revision"]


def test_nothing_new_is_an_empty_list(house):
    house.tell("a", "2026-01-21", ONE)
    found = house.told(since=1)
    assert (found["changes"], found["until"], found["revision"]) == ([], 1, 1)
    assert "next" not in found


def test_an_event_that_comes_to_fit_and_leaves_again_is_told_so(house):
    (one,) = house.tell("a", "2026-01-21", ONE)
    asked = {"min_sources": 2, "since": 1}
    assert rows(house.told(**asked)) == []
    house.tell("b", "2026-01-22", ONE | {"quote": "again"})
    came = house.told(**asked)
    assert rows(came) == [(2, "updated", one)]
    assert came["changes"][0]["event"]["independent_source_count"] == 2
    house.tell("b", "2026-01-22")
    left = house.told(**asked | {"since": 2})
    assert rows(left) == [(3, "left", one)]
    assert "event" not in left["changes"][0]
    assert "sources" in left["changes"][0]["fields"]
    house.tell("a", "2026-01-21")
    assert rows(house.told(**asked | {"since": 3})) == []
    assert rows(house.told(since=3)) == [(4, "removed", one)]


def test_a_filter_is_passed_on_to_the_next_page(house):
    for number in range(3):
        house.tell(f"a{number}", "2026-01-21", {"quote": f"one {number}", "terms": (f"t{number}",)})
    page = house.told(q="one", limit=2)
    assert len(page["changes"]) == 2
    assert page["next"] == f"{ADDRESS}?q=one&limit=2&since=2"
    rest = house.client.get(page["next"]).json
    assert [each["revision"] for each in rest["changes"]] == [3]


@pytest.mark.parametrize("since", [2, 10**14])
def test_a_revision_ahead_is_gone_with_the_way_back(house, since):
    house.tell("a", "2026-01-21", ONE)
    response = house.changes(since=since)
    check_problem(response, 410, "history-gone")
    assert response.json["revision"] == 1
    assert response.headers["Link"] == f'</v1/timelines/{TIMELINE}>; rel="up"'
    assert house.told(since=response.json["revision"])["changes"] == []


def test_the_revisions_of_a_deleted_timeline_are_gone(house):
    house.tell("a", "2026-01-21", ONE, TWO)
    house.store.close_timeline(TIMELINE)
    while not house.store.clear_timeline(TIMELINE):
        pass
    assert house.changes(since=2).status_code == 404
    house.tell("a", "2026-01-21", ONE)
    for since in (0, 1, 2):
        check_problem(house.changes(since=since), 410, "history-gone")
    assert len(house.told(since=3)["changes"]) == 1


@pytest.mark.parametrize(
    "name, value, detail",
    [
        ("since", "-1", "must be from 0 to 1000000000000000"),
        ("since", "x", "must be a whole number"),
        ("limit", "0", "must be from 1 to 200"),
        ("limit", "201", "must be from 1 to 200"),
        ("order", "date", "is no parameter of this address"),
        ("top", "5", "is no parameter of this address"),
        ("cursor", "5", "is no parameter of this address"),
        ("kind", "planed", None),
        ("q", "!", None),
        ("from", "yesterday", None),
    ],
)
def test_a_parameter_that_is_wrong_is_named(house, name, value, detail):
    house.tell("a", "2026-01-21", ONE)
    response = house.changes(**{name: value})
    check_problem(response, 422, "invalid-input")
    said = violations(response)
    assert set(said) == {name}
    assert detail is None or said[name] == detail


def test_a_timeline_that_is_not_there_has_no_changes(house):
    check_problem(house.changes(), 404, "not-found")


def test_an_empty_timeline_has_changed_nothing(house):
    assert house.client.put(f"/v1/timelines/{TIMELINE}", json={}).status_code == 201
    found = house.told()
    assert (found["changes"], found["until"], found["revision"]) == ([], 0, 0)


def test_the_timeline_names_the_address_of_its_changes(house):
    house.tell("a", "2026-01-21", ONE)
    links = house.client.get(f"/v1/timelines/{TIMELINE}").json["links"]
    assert links["changes"] == ADDRESS
    assert house.client.get(links["changes"]).status_code == 200


def test_an_event_in_a_change_is_the_event_as_it_is_read(house):
    (one,) = house.tell("a", "2026-01-21", ONE)
    (change,) = house.told()["changes"]
    (read,) = loads(house.client.get(f"/v1/timelines/{TIMELINE}").data)["events"]
    assert change["event"] == read
    assert change["event_id"] == one
