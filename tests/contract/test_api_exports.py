"""Timelines in other formats: which one is given, of which events, with which headers."""

import csv
import gzip
import io
import json
import re

import feedparser
import pytest
from icalendar import Calendar

from service.api.app import create_app
from service.api.reading.exports import MOST
from service.documents.exports.formats import FORMATS
from service.documents.exports.instants import rfc3339
from service.keyring import mint_token
from service.settings import Settings
from service.store.shelf import TimelineTraits
from service.timeline.model import EventId, Kind
from service.timeline.plan import Change
from service.wiring import Parts
from tests.contract import storevalues as values
from tests.contract.test_api_timelines import tell
from tests.servers.api import NOW, crowded

TIMELINE = "/v1/timelines/demo"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
TYPES = {
    "ics": "text/calendar; charset=utf-8",
    "atom": "application/atom+xml",
    "feed.json": "application/feed+json",
    "csv": "text/csv; charset=utf-8; header=present",
    "timelinejs.json": "application/vnd.timelinejs+json",
    "jsonld": "application/ld+json",
    "md": "text/markdown; charset=utf-8",
}


READERS = {
    "ics": lambda text: [
        str(each["UID"]).partition("@")[0] for each in Calendar.from_ical(text).walk("VEVENT")
    ],
    "atom": lambda text: [
        each.id.rpartition("/")[2] for each in feedparser.parse(text.encode()).entries
    ],
    "feed.json": lambda text: [each["id"].rpartition("/")[2] for each in json.loads(text)["items"]],
    "csv": lambda text: [row["id"] for row in csv.DictReader(io.StringIO(text, newline=""))],
    "timelinejs.json": lambda text: [each["unique_id"] for each in json.loads(text)["events"]],
    "jsonld": lambda text: [
        each["item"]["identifier"] for each in json.loads(text)["itemListElement"]
    ],
    "md": lambda text: re.findall(r"/events/(\w+)\)", text),
}


def ids_of(name, text):
    """The ids of the events in an export, in its order."""
    return READERS[name](text)


def test_every_format_holds_all_events_under_its_own_address(api):
    told = [tell(api, f"20{number}-01-01") for number in range(20, 75)]
    for name in FORMATS:
        response = api.get(f"{TIMELINE}.{name}")
        assert response.status_code == 200
        assert response.headers["Content-Type"] == TYPES[name]
        assert ids_of(name, response.text) == (told[::-1] if FORMATS[name].is_feed else told)


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_takes_the_filters(api, name):
    tell(api, "2026-01-01")
    wanted = tell(api, "2026-01-02", kind=Kind.STATEMENT)
    tell(api, "2026-02-03", kind=Kind.STATEMENT)
    response = api.get(f"{TIMELINE}.{name}?kind=statement&to=2026-01")
    assert ids_of(name, response.text) == [wanted]


@pytest.mark.parametrize("name", FORMATS)
def test_parameter_and_accept_give_what_the_suffix_gives(api, name):
    tell(api, "2026-01-01")
    named = api.get(f"{TIMELINE}?format={name}&kind=happening")
    accepted = api.get(f"{TIMELINE}?kind=happening", Accept=FORMATS[name].media_type)
    assert named.headers["Content-Type"] == accepted.headers["Content-Type"] == TYPES[name]
    assert len(ids_of(name, named.text)) == len(ids_of(name, accepted.text)) == 1
    assert "Accept" in named.vary
    assert "Accept" in accepted.vary


@pytest.mark.parametrize(
    "accept, kind",
    [
        (None, "application/json"),
        ("", "application/json"),
        ("*/*", "application/json"),
        (BROWSER, "application/json"),
        ("application/json", "application/json"),
        ("application/*", "application/json"),
        ("application/json, application/problem+json", "application/json"),
        ("text/csv;q=0.5, application/json;q=0.9", "application/json"),
        ("text/csv;q=0.9, application/json;q=0.5", "text/csv"),
        ("text/csv, */*;q=0.1", "text/csv"),
        ("application/atom+xml, application/feed+json;q=0.9", "application/atom+xml"),
        ("text/csv;q=0, */*", "application/json"),
        ("text/*", "text/calendar"),
        ("Text/CSV", "text/csv"),
        ("text/csv;q=NaN", "application/json"),
        ("text/csv," * 600, "text/csv"),
    ],
)
def test_accept_is_weighed(api, accept, kind):
    tell(api, "2026-01-01")
    response = api.get(TIMELINE) if accept is None else api.get(TIMELINE, Accept=accept)
    assert (response.status_code, response.mimetype) == (200, kind)
    assert "Accept" in response.vary


def test_the_suffix_goes_before_the_parameter_and_the_parameter_before_accept(api):
    tell(api, "2026-01-01")
    assert api.get(f"{TIMELINE}.md", Accept="text/csv").mimetype == "text/markdown"
    assert api.get(f"{TIMELINE}?format=md", Accept="text/csv").mimetype == "text/markdown"
    assert api.get(f"{TIMELINE}?format=json", Accept="text/csv").mimetype == "application/json"
    assert api.get(f"{TIMELINE}?%66ormat=md").mimetype == "text/markdown"
    assert "Accept" not in api.get(f"{TIMELINE}.md").vary


@pytest.mark.parametrize("asked", ["?format=pdf", "?format=", "image/png", "text/html", "nonsense"])
def test_what_there_is_not_lists_what_there_is(api, asked):
    tell(api, "2026-01-01")
    given = api.get(f"{TIMELINE}{asked}") if "=" in asked else api.get(TIMELINE, Accept=asked)
    assert given.status_code == 406
    assert given.json["type"] == "/problems/not-acceptable"
    assert "Accept" in given.vary
    offered = {each["format"]: each for each in given.json["formats"]}
    assert list(offered) == ["json", *FORMATS]
    for each in offered.values():
        assert api.get(each["address"]).mimetype == each["type"]
        assert api.get(TIMELINE, Accept=each["type"]).mimetype == each["type"]


@pytest.mark.parametrize("path", ["", *(f".{name}" for name in FORMATS)])
def test_every_answer_names_the_other_formats(api, path):
    tell(api, "2026-01-01")
    response = api.get(f"{TIMELINE}{path}?kind=happening")
    links = [each for each in response.headers["Link"].split(", ") if 'rel="alternate"' in each]
    own = [] if path == "" else ['</v1/timelines/demo?kind=happening>; rel="alternate"']
    wanted = own + [
        f'</v1/timelines/demo.{name}?kind=happening>; rel="alternate"; '
        f'type="{FORMATS[name].media_type}"; title="{FORMATS[name].title}"'
        for name in FORMATS
        if path != f".{name}"
    ]
    assert [each[: len(start)] for each, start in zip(links, wanted, strict=True)] == wanted
    for each in links:
        assert api.get(each.partition(">")[0][1:]).status_code == 200


def test_alternates_choose_the_same_events_and_carry_no_page_and_no_secret(api):
    tell(api, "2026-01-01")
    tell(api, "2026-01-02")
    link = api.get(f"{TIMELINE}?limit=1&view=brief&kind=happening").headers["Link"]
    assert "</v1/timelines/demo.ics?kind=happening>" in link
    long = f"q=word&publisher={'x' * 150}"
    assert "alternate" not in api.get(f"{TIMELINE}?{long}").headers["Link"]


@pytest.mark.parametrize("name", FORMATS)
def test_an_unchanged_export_is_not_sent_again(api, name):
    tell(api, "2026-01-01")
    first = api.get(f"{TIMELINE}.{name}")
    tag = first.headers["ETag"]
    assert tag.startswith('W/"1-')
    again = api.get(f"{TIMELINE}.{name}", If_None_Match=tag)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    tell(api, "2026-01-02")
    assert api.get(f"{TIMELINE}.{name}", If_None_Match=tag).status_code == 200


def test_format_query_and_host_change_the_tag(api):
    tell(api, "2026-01-01")
    tags = {
        api.get(path, **headers).headers["ETag"]
        for path, headers in [
            (f"{TIMELINE}.ics", {}),
            (f"{TIMELINE}.md", {}),
            (f"{TIMELINE}.ics?coarse=true", {}),
            (f"{TIMELINE}.ics?kind=happening", {}),
            (f"{TIMELINE}.ics", {"Host": "127.0.0.1:8000"}),
            (TIMELINE, {}),
        ]
    }
    assert len(tags) == 6


def test_negotiated_answers_have_tags_of_their_own(api):
    tell(api, "2026-01-01")
    tag = api.get(TIMELINE).headers["ETag"]
    assert api.get(TIMELINE, Accept="text/csv", If_None_Match=tag).status_code == 200
    unchanged = api.get(TIMELINE, If_None_Match=tag)
    assert unchanged.status_code == 304
    assert "Accept" in unchanged.vary


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_goes_out_with_the_guards_of_every_answer(api, name):
    tell(api, "2026-01-01")
    response = api.get(f"{TIMELINE}.{name}")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert response.headers["Cache-Control"] == "no-cache"
    saved = {"ics", "csv", "md"}
    wanted = f'inline; filename="demo.{name}"' if name in saved else None
    assert response.headers.get("Content-Disposition") == wanted
    head = api.client.head(f"{TIMELINE}.{name}")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == response.headers["ETag"]


@pytest.mark.parametrize("name", ["json", *FORMATS])
def test_a_private_timeline_is_exported_to_its_token_which_is_told_to_nobody(api, name):
    told = tell(api, "2026-01-01")
    api.store.put_timeline("demo", TimelineTraits(public=False))
    parts = Parts(api.store, api.bell, api.wakeups, api.tallies)
    client = create_app(Settings(keys="on"), parts, clock=lambda: NOW).test_client()
    secret, new = mint_token("calendar", "demo")
    api.store.add_token(new)
    path = TIMELINE if name == "json" else f"{TIMELINE}.{name}"
    assert client.get(path).status_code == 404
    response = client.get(f"{path}?kind=happening&token={secret}")
    assert response.status_code == 200
    assert told in response.text
    assert secret not in f"{response.headers}{response.text}"
    assert "private" in response.headers["Cache-Control"]


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_is_sent_compressed_and_to_other_sites(api, name):
    for number in range(1, 6):
        tell(api, f"2026-01-0{number}")
    plain = api.get(f"{TIMELINE}.{name}")
    packed = api.get(f"{TIMELINE}.{name}", Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] == plain.headers["ETag"]
    assert plain.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "path, accept",
    [
        (".feed.json?kind=happening", "*/*"),
        ("?kind=happening&format=feed.json", "*/*"),
        ("?kind=happening", "application/feed+json"),
    ],
)
def test_an_export_names_the_address_that_gives_it_without_a_header(api, path, accept):
    tell(api, "2026-01-01")
    feed = api.get(f"{TIMELINE}{path}", Accept=accept).json
    assert feed["feed_url"] == f"http://localhost{TIMELINE}.feed.json?kind=happening"
    assert feed["home_page_url"] == f"http://localhost{TIMELINE}?kind=happening"


@pytest.mark.parametrize("name", ["nowhere", "%ED%A0%80", "%22%3E"])
def test_what_there_is_not_is_first_of_all_not_there(api, name):
    assert api.get(f"/v1/timelines/{name}?format=pdf").status_code == 404
    assert api.get(f"/v1/timelines/{name}", Accept="image/png").status_code == 404


def test_addresses_name_the_host_that_was_asked(api):
    told = tell(api, "2026-01-01")
    text = api.get(f"{TIMELINE}.csv?kind=happening", Host="127.0.0.1:8123").text
    assert f"http://127.0.0.1:8123{TIMELINE}/events/{told}" in text


@pytest.mark.parametrize(
    "path, pointer",
    [
        (".ics?limit=5", "limit"),
        (".ics?cursor=x", "cursor"),
        (".csv?view=brief", "view"),
        (".csv?coarse=true", "coarse"),
        (".md?bom=true", "bom"),
        (".ics?group=kind", "group"),
        (".timelinejs.json?group=colour", "group"),
        (".ics?format=csv", "format"),
        (".ics?coarse=perhaps", "coarse"),
        (".ics?coarse=", "coarse"),
        (".ics?kind=happening&kind=state", "kind"),
        ("?format=csv&limit=5", "limit"),
        ("?format=csv&format=ics", "format"),
        ("?coarse=true", "coarse"),
        (".md?from=yesterday", "from"),
    ],
)
def test_a_parameter_that_would_change_nothing_is_refused(api, path, pointer):
    tell(api, "2026-01-01")
    response = api.get(f"{TIMELINE}{path}")
    assert response.status_code == 422, response.text
    assert [each["pointer"] for each in response.json["errors"]] == [pointer]


def test_a_calendar_shows_what_is_coarse_when_asked(api):
    tell(api, "2025-01-01", "2025-12-31")
    assert ids_of("ics", api.get(f"{TIMELINE}.ics").text) == []
    assert len(ids_of("ics", api.get(f"{TIMELINE}.ics?coarse=true").text)) == 1
    assert len(ids_of("ics", api.get(f"{TIMELINE}?format=ics&coarse=true").text)) == 1


def test_slides_lie_in_rows_as_asked(api):
    tell(api, "2026-01-01")
    rows = {
        group: api.get(f"{TIMELINE}.timelinejs.json?group={group}").json["events"][0].get("group")
        for group in ("kind", "publisher", "none")
    }
    assert rows == {"kind": "What happened", "publisher": "Example Post", "none": None}


def test_a_table_begins_with_the_mark_of_utf8_when_asked(api):
    tell(api, "2026-01-01")
    assert api.get(f"{TIMELINE}.csv?bom=1").data.startswith(b"\xef\xbb\xbfid,date,")
    assert api.get(f"{TIMELINE}.csv").data.startswith(b"id,date,")


def withdraw(api, *gone, **change) -> None:
    of = values.article(f"withdrawing {gone}")
    api.store.add_articles("demo", [of])
    api.store.commit(
        values.claim_one(api.store),
        "token",
        reading=values.reading(),
        plan=values.plan(
            of,
            events_removed=tuple(map(EventId, gone)),
            changes=tuple(Change(event_id=EventId(each), **change) for each in gone),
        ),
        rows=[],
        expected_revision=api.store.find_revision("demo")[0],
    )


def test_a_calendar_cancels_what_was_withdrawn_unless_it_is_filtered(api):
    stays, gone = tell(api, "2026-01-01"), tell(api, "2026-01-02")
    withdraw(api, gone, type="removed")
    entries = {
        str(each["UID"]).partition("@")[0]: (str(each["STATUS"]), each["SEQUENCE"])
        for each in Calendar.from_ical(api.get(f"{TIMELINE}.ics?coarse=true").text).walk("VEVENT")
    }
    assert entries == {stays: ("CONFIRMED", 1), gone: ("CANCELLED", 3)}
    assert ids_of("ics", api.get(f"{TIMELINE}.ics?kind=happening").text) == [stays]
    for name in set(FORMATS) - {"ics"}:
        assert ids_of(name, api.get(f"{TIMELINE}.{name}").text) == [stays]


def test_feeds_say_when_each_event_changed(api):
    tell(api, "2026-01-01")
    item = api.get(f"{TIMELINE}.feed.json").json["items"][0]
    at = api.store.find_times("demo", [1])[1]
    assert item["date_modified"] == rfc3339(at)


@pytest.mark.parametrize("times, status", [(MOST, 200), (MOST + 1, 422)])
def test_more_events_than_an_export_holds_are_refused_not_cut(api, times, status):
    tell(api, "2026-01-01")
    client = crowded(api, times).client
    response = client.get(f"{TIMELINE}.csv")
    assert response.status_code == status
    if status == 422:
        assert response.json["type"] == "/problems/too-many-events"
    assert len(client.get(f"{TIMELINE}.feed.json").json["items"]) == 200


@pytest.mark.parametrize("name", FORMATS)
def test_an_unknown_timeline_is_not_found(api, name):
    assert api.get(f"/v1/timelines/nowhere.{name}").status_code == 404
    assert api.get(f"/v1/timelines/%ED%A0%80.{name}").status_code == 404
    assert api.get(f"/v1/timelines/.{name}").status_code == 404


@pytest.mark.parametrize("name", FORMATS)
def test_no_timeline_is_called_like_an_export(api, name):
    refused = api.post(path=f"/v1/timelines/demo.{name}/articles")
    assert refused.status_code == 422
    assert refused.json["errors"][0]["pointer"] == "timeline"
    assert f".{name}" in refused.json["errors"][0]["detail"]
    assert api.client.put(f"/v1/timelines/demo.{name}", json={}).status_code == 422


def test_a_name_with_dots_has_exports_too(api):
    api.post(path="/v1/timelines/a.b.json/articles")
    assert api.get("/v1/timelines/a.b.json").json["timeline"] == "a.b.json"
    assert api.get("/v1/timelines/a.b.json.md").text == "# a.b.json\n\nNo events.\n"
