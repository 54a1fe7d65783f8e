"""Choosing events of a timeline: filters, words, orders, the top, brief pages, cursors."""

from urllib.parse import quote

import pytest

from service.timeline.model import Kind, Status
from tests.contract.test_api_timelines import TIMELINE, ids, tell


@pytest.fixture
def told(api) -> dict[str, str]:
    """Four events of different kinds, by a letter each."""
    return {
        "a": tell(
            api,
            "2026-01-01",
            headline="The old bridge was closed",
            places=("Zürich",),
            salience=0.9,
            independent_source_count=3,
        ),
        "b": tell(
            api,
            "2026-01-02",
            kind=Kind.STATEMENT,
            headline="Minister speaks of the bridge",
            told={"quote": "The bridge, he said, is old.", "language": "en"},
            by={"publisher": "Harbour Courier"},
            salience=0.4,
        ),
        "c": tell(
            api,
            "2026-01-03",
            kind=Kind.PLANNED,
            status=Status.PLANNED,
            headline="پل علی بسته مى‌شود",
            told={"quote": "پل بسته می‌شود.", "language": "fa"},
            by={"publisher": "L'Écho, quotidien"},
            salience=0.7,
        ),
        "d": tell(
            api,
            "2026-01-04",
            headline="東京都で橋が閉鎖",
            told={"quote": "東京都で橋が閉鎖された。", "language": "ja"},
            salience=0.5,
        ),
    }


def letters(told, response) -> str:
    names = {event: letter for letter, event in told.items()}
    return "".join(names[each] for each in ids(response))


@pytest.mark.parametrize(
    "query, found",
    [
        ("kind=statement", "b"),
        ("kind=statement,planned", "bc"),
        ("kind=-statement", "acd"),
        ("kind=-statement,-planned", "ad"),
        ("status=planned", "c"),
        ("basis=explicit", "abcd"),
        ("basis=-explicit", ""),
        ("granularity=day", "abcd"),
        ("granularity=month,year", ""),
        ("publisher=harbour%20courier", "b"),
        ("publisher=HARBOUR-COURIER", "b"),
        ("publisher=-Example Post", "bc"),
        ("publisher=l%27echo quotidien", "c"),
        ("lang=fa", "c"),
        ("lang=EN", "ab"),
        ("lang=-en", "cd"),
        ("min_sources=2", "a"),
        ("min_sources=4", ""),
        ("min_confidence=0.9", "abcd"),
        ("min_confidence=.91", ""),
        ("min_salience=0.5", "acd"),
        ("min_salience=1", ""),
        ("kind=happening&lang=ja&min_salience=0.3&from=2026", "d"),
        ("q=bridge", "ab"),
        ("q=BRIDGE old", "ab"),
        ('q="old bridge"', "a"),
        ('q="bridge he said"', "b"),
        ('q="old bridge', "a"),
        ("q=zurich", "a"),
        ("q=ZÜRICH", "a"),
        ("q=courier", "b"),
        ("q=bridges", ""),
        ("q=علي", "c"),
        ("q=می‌شود", "c"),
        ("q=میشود", "c"),
        ("q=東京", "d"),
        ("q=京都", "d"),
        ("q=都東", ""),
        ("q=橋 閉鎖", "d"),
        ("q=bridge OR zurich", ""),
        ("q=%25", None),
        ("q=brid%25", ""),
        ("q=bridge*", "ab"),
        ("order=-date", "dcba"),
        ("order=salience", "acdb"),
        ("order=-updated", "dcba"),
        ("top=2", "ac"),
        ("top=2&order=-date", "ca"),
        ("top=9&order=salience&kind=-happening", "cb"),
    ],
)
def test_filters_words_and_orders_choose_events(api, told, query, found):
    response = api.get(f"{TIMELINE}?{query}")
    if found is None:
        assert response.status_code == 422
    else:
        assert letters(told, response) == found


@pytest.mark.parametrize(
    "query, pointer, says",
    [
        ("kind=other", "kind", "happening, statement, planned, state"),
        ("kind=", "kind", "empty"),
        ("kind=statement,,planned", "kind", "empty"),
        ("kind=-", "kind", "empty"),
        ("status=Happened", "status", "happened"),
        ("basis=guess", "basis", "explicit"),
        ("granularity=days", "granularity", "day_part"),
        ("lang=english%20please", "lang", "en or fa"),
        ("publisher=" + ",".join("x" * 21), "publisher", "at most 20"),
        ("min_sources=0", "min_sources", "from 1"),
        ("min_sources=two", "min_sources", "whole number"),
        ("min_confidence=nan", "min_confidence", "number"),
        ("min_confidence=1.1", "min_confidence", "from 0 to 1"),
        ("min_salience=-1", "min_salience", "from 0 to 1"),
        ("order=alphabet", "order", "-updated"),
        ("top=0", "top", "from 1"),
        ("top=5&limit=2", "limit", "top"),
        ("view=long", "view", "brief"),
        ("q=", "q", "no word"),
        ("q=!!!", "q", "no word"),
        ("q=" + "+".join("abcdefghijklmnopq"), "q", "at most 16"),
        ("q=" + quote("東" * 33), "q", "32 letters"),
        ("q=" + "x" * 201, "q", "200"),
        ("sort=date", "sort", "no parameter"),
    ],
)
def test_a_wrong_choice_is_named_with_what_would_be_right(api, query, pointer, says):
    api.post()
    response = api.get(f"{TIMELINE}?{query}")
    assert response.status_code == 422
    (error,) = response.json["errors"]
    assert (error["pointer"], error["in"]) == (pointer, "query")
    assert says in error["detail"]


@pytest.mark.parametrize("order", ["date", "-date", "salience", "-updated"])
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_of_every_order_hold_every_event_once(api, told, order, limit):
    whole = ids(api.get(f"{TIMELINE}?order={order}&kind=-state"))
    path, seen = f"{TIMELINE}?order={order}&kind=-state&limit={limit}", []
    while path:
        response = api.get(path)
        seen += ids(response)
        assert "moved_from" not in response.json
        path = response.json.get("next")
    assert seen == whole
    assert len(whole) == 4


def test_a_page_after_a_change_goes_on_and_says_that_the_timeline_moved(api, told):
    first = api.get(f"{TIMELINE}?limit=2").json
    tell(api, "2026-01-01")
    new = tell(api, "2026-01-09")
    second = api.get(first["next"]).json
    assert [each["id"] for each in second["events"]] == [told["c"], told["d"]]
    assert (second["moved_from"], second["revision"]) == (first["revision"], 6)
    third = api.get(second["next"]).json
    assert [each["id"] for each in third["events"]] == [new]
    assert third["moved_from"] == first["revision"]


def test_a_cursor_of_other_filters_or_another_order_is_refused(api, told):
    cursor = api.get(f"{TIMELINE}?limit=1&order=-date").json["next"].rpartition("cursor=")[2]
    assert ids(api.get(f"{TIMELINE}?order=-date&view=brief&limit=3&cursor={cursor}"))
    for other in ("order=date", "order=salience", "", "order=-date&kind=statement"):
        response = api.get(f"{TIMELINE}?{other}&cursor={cursor}")
        assert response.status_code == 422
        assert "other filters or another order" in response.json["detail"]


def test_a_brief_page_says_what_happened_when_and_in_whose_words(api, told):
    full, brief = (api.get(f"{TIMELINE}?view={view}") for view in ("full", "brief"))
    assert full.headers["ETag"] != brief.headers["ETag"]
    for whole, short in zip(full.json["events"], brief.json["events"], strict=True):
        source = whole["sources"][0]
        assert short["quote"] == source["quote"]
        assert short["quoted_from"]["article_id"] == source["article_id"]
        assert set(short) - set(whole) == {"quote", "quoted_from"}
        assert {name: whole[name] for name in whole if name in short}.items() <= short.items()
    assert "sources" not in brief.text


def test_head_tells_the_same_as_get_without_a_body(api, told):
    path = f"{TIMELINE}?limit=1"
    head, got = api.client.head(path), api.get(path)
    assert (head.status_code, head.data) == (200, b"")
    assert [head.headers[name] for name in ("ETag", "Link", "Content-Length")] == [
        got.headers[name] for name in ("ETag", "Link", "Content-Length")
    ]
    assert api.client.head(path, headers={"If-None-Match": got.headers["ETag"]}).status_code == 304


def test_addresses_leave_out_what_lets_a_reader_in():
    """A token stands in no document and no header that is passed on."""
    from flask import Flask

    from service.api.wire.paging import next_address, same_query

    app = Flask("x")
    with app.test_request_context("/a?kind=state&token=secret&limit=1"):
        assert next_address("c") == "/a?kind=state&limit=1&cursor=c"
        assert same_query("/b", limit=None) == "/b?kind=state"
