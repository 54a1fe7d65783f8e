"""Reading timelines and events: order, pages, days, tags."""

from dataclasses import replace
from itertools import count

import pytest

from service.documents.event import event_document
from service.merging import event_row
from service.store.base import NewArticle
from service.temporal.calendars import GREGORIAN
from service.timeline.model import ArticleHead, EventId, Kind
from service.timeline.plan import Change
from tests.contract import storevalues as values
from tests.servers.api import article

TIMELINE = "/v1/timelines/demo"


def day(text: str) -> int:
    return GREGORIAN.to_day(*map(int, text.split("-")))


def head(of: NewArticle) -> ArticleHead:
    return ArticleHead(
        id=of.id,
        key=of.key,
        external_id=of.external_id,
        publisher=of.publisher,
        title=of.title,
        url=of.url,
        published_at=of.published_at,
        published_utc=of.published_utc,
    )


NUMBERS = count()


def tell(api, start: str, end: str | None = None, *, told=None, by=None, **said) -> str:
    """One article that tells one event from `start` to `end`; the event's id.

    `told` is said of its mention, `by` of its article.
    """
    number = next(NUMBERS)
    of = values.article(f"a{number}", **(by or {}))
    when = values.date(day(start), day(end or start))
    mention = values.mention(number, of, date=when, **(told or {}))
    event = replace(values.event(mention, name=f"e{number}", when=when), **said)
    document = event_document(event, {of.id: head(of)})
    api.store.add_articles("demo", [of])
    claimed = values.claim_one(api.store)
    api.store.commit(
        claimed,
        "token",
        reading=values.reading(mention),
        plan=values.plan(of, event),
        rows=[event_row(event, document, None)],
        expected_revision=api.store.find_revision("demo")[0],
    )
    return f"evt_e{number}"


def ids(response) -> list[str]:
    assert response.status_code == 200, response.text
    return [each["id"] for each in response.json["events"]]


def test_a_timeline_exists_from_its_first_article(api):
    assert api.get(TIMELINE).status_code == 404
    api.post()
    response = api.get(TIMELINE)
    assert response.status_code == 200
    body = response.json
    assert (body["timeline"], body["revision"], body["pending"]) == ("demo", 0, 1)
    assert body["events"] == []
    assert body["counts"]["articles"]["accepted"] == 1
    assert body["links"]["articles"] == "/v1/timelines/demo/articles"
    assert "span" not in body
    assert "next" not in body


@pytest.mark.parametrize("name", ["nowhere", "Wrong", "a%00b", "%ED%A0%80"])
def test_an_unknown_timeline_is_not_found(api, name):
    assert api.get(f"/v1/timelines/{name}").status_code == 404


def test_events_come_in_the_order_of_their_days(api):
    late, early = tell(api, "2026-01-27"), tell(api, "2025-12-21", "2026-01-28")
    response = api.get(TIMELINE)
    assert ids(response) == [early, late]
    body = response.json
    assert body["span"] == {"start": "2025-12-21", "end": "2026-01-28"}
    assert (body["revision"], body["pending"]) == (2, 0)
    first = body["events"][0]
    assert first["revision"] == 2
    assert first["links"]["self"] == f"/v1/timelines/demo/events/{early}"
    assert first["sources"][0]["quote"] == "Something happened on Tuesday — «یکشنبه»."
    assert first["date"]["start"] == "2025-12-21"


def test_pages_hold_every_event_once_and_keep_the_filters(api):
    told = [tell(api, f"2026-01-{number:02}") for number in range(1, 8)]
    first = path = f"{TIMELINE}?limit=2&from=2026-01-02&to=2026-01-31"
    seen, sizes = [], []
    while path:
        response = api.get(path)
        seen += ids(response)
        sizes.append(len(response.json["events"]))
        path = response.json.get("next")
        links = f'<{first}>; rel="first"'
        pages = response.headers["Link"].partition(", </v1/timelines/demo.ics?")[0]
        assert pages == (f'<{path}>; rel="next", {links}' if path else links)
    assert (seen, sizes) == (told[1:], [2, 2, 2])


def test_a_page_that_is_just_full_has_no_next(api):
    tell(api, "2026-01-01")
    tell(api, "2026-01-02")
    assert "next" not in api.get(f"{TIMELINE}?limit=2").json


@pytest.mark.parametrize(
    "query, found",
    [
        ("from=2026-01-10", "bc"),
        ("from=2026-01-11", "c"),
        ("to=2026-01-10", "abc"),
        ("to=2026-01-01", "a"),
        ("from=2025-12&to=2025-12", ""),
        ("from=2025&to=2026-01", "abc"),
        ("from=2026-01-02&to=2026-01-04", "c"),
        ("from=2026-02", "c"),
        ("to=2025", ""),
        ("from=-0044&to=9999", "abc"),
    ],
)
def test_days_months_and_years_choose_events_by_overlap(api, query, found):
    told = {
        tell(api, "2026-01-01"): "a",
        tell(api, "2026-01-10"): "b",
        tell(api, "2026-01-03", "2026-03-01"): "c",
    }
    assert "".join(sorted(told[each] for each in ids(api.get(f"{TIMELINE}?{query}")))) == found


@pytest.mark.parametrize(
    "query, pointer",
    [
        ("from=yesterday", "from"),
        ("to=2026-02-30", "to"),
        ("to=", "to"),
        ("from=2026-01/2026-02", "from"),
        ("from=" + "9" * 30, "from"),
        ("from=Y99999999999999999999", "from"),
        ("from=2026-01-02&to=2026-01-01", "to"),
        ("from=%00", "from"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=ten", "limit"),
        ("limit=1.5", "limit"),
        ("limit=1&limit=2", "limit"),
        ("limit=" + "9" * 5000, "limit"),
        ("cursor=x", "cursor"),
        ("cursor=", "cursor"),
        ("cursor=WzEsMl0", "cursor"),
        ("cursor=WzEsMiwzXQ", "cursor"),
        ("cursor=WzFlOTk5LDIsImUiXQ", "cursor"),
        ("cursor=WzEwMDAwMDAwMDAwMDAwMDAwLDIsImUiXQ", "cursor"),
        ("cursor=" + "A" * 5000, "cursor"),
        ("cursor=%ED%A0%80", "cursor"),
        ("form=2026", "form"),
    ],
)
def test_a_wrong_parameter_is_named(api, query, pointer):
    api.post()
    response = api.get(f"{TIMELINE}?{query}")
    assert response.status_code == 422
    assert [(each["pointer"], each["in"]) for each in response.json["errors"]] == [
        (pointer, "query")
    ]


def test_an_unchanged_timeline_is_not_sent_again(api):
    tell(api, "2026-01-01")
    first = api.get(TIMELINE)
    tag = first.headers["ETag"]
    assert tag.startswith('W/"1-')
    assert first.headers["Cache-Control"] == "no-cache"
    again = api.get(TIMELINE, If_None_Match=f'"other", {tag}')
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag


def test_a_change_an_article_and_another_query_change_the_tag(api):
    tell(api, "2026-01-01")
    tags = [api.get(TIMELINE).headers["ETag"], api.get(f"{TIMELINE}?limit=1").headers["ETag"]]
    tell(api, "2026-01-02")
    tags.append(api.get(TIMELINE).headers["ETag"])
    api.post()
    tags.append(api.get(TIMELINE).headers["ETag"])
    assert len(set(tags)) == 4


def test_an_article_without_anything_to_tell_changes_the_tag(api):
    """It moves the counts of the body, but neither revision nor, in the end, pending."""
    tell(api, "2026-01-01")
    tag = api.get(TIMELINE).headers["ETag"]
    silent = values.article("silent")
    api.store.add_articles("demo", [silent])
    claimed = values.claim_one(api.store)
    api.store.commit(
        claimed,
        "token",
        reading=values.reading(),
        plan=values.plan(silent),
        rows=[],
        expected_revision=1,
    )
    response = api.get(TIMELINE, If_None_Match=tag)
    assert response.status_code == 200
    assert (response.json["revision"], response.json["pending"]) == (1, 0)
    assert response.json["counts"]["articles"]["nothing_to_tell"] == 1


def test_a_page_sent_again_is_the_same_page_with_its_tag_and_next(api):
    tell(api, "2026-01-01")
    tell(api, "2026-01-02")
    first, second = (api.get(f"{TIMELINE}?limit=1") for _ in range(2))
    assert first.data == second.data
    assert all(
        first.headers[name] == second.headers[name]
        for name in ("ETag", "Link", "Cache-Control", "Content-Type")
    )


def test_a_page_is_read_anew_after_each_change(api):
    for number in range(1, 4):
        told = tell(api, f"2026-01-0{number}")
        assert ids(api.get(TIMELINE))[-1] == told
    for number in range(1, 4):
        api.post(article(str(number)))
        assert api.get(TIMELINE).json["pending"] == number


def test_timelines_are_listed_by_name_page_by_page(api):
    for name in ("c", "a", "b"):
        api.post(path=f"/v1/timelines/{name}/articles")
    first = api.get("/v1/timelines?limit=2")
    second = api.get(first.json["next"])
    names = [each["timeline"] for page in (first, second) for each in page.json["timelines"]]
    assert names == ["a", "b", "c"]
    assert "next" not in second.json
    assert first.json["timelines"][0]["links"]["self"] == "/v1/timelines/a"
    assert api.get("/v1/timelines", If_None_Match=first.headers["ETag"]).status_code == 200


def test_an_event_is_read_alone(api):
    told = tell(api, "2026-01-01", kind=Kind.STATEMENT)
    response = api.get(f"{TIMELINE}/events/{told}")
    explained = {"former_ids": [], "joined_by": []}
    assert response.json == api.get(TIMELINE).json["events"][0] | explained
    assert response.json["kind"] == "statement"
    tag = response.headers["ETag"]
    assert api.get(f"{TIMELINE}/events/{told}", If_None_Match=tag).status_code == 304


def end(api, lost: str, kept: str) -> None:
    """One event becomes part of another."""
    of = values.article(f"merging {lost}")
    api.store.add_articles("demo", [of])
    claimed = values.claim_one(api.store)
    api.store.commit(
        claimed,
        "token",
        reading=values.reading(),
        plan=values.plan(
            of,
            events_removed=(EventId(lost),),
            aliases=((EventId(lost), EventId(kept)),),
            changes=(Change(type="merged", event_id=EventId(lost), into=(EventId(kept),)),),
        ),
        rows=[],
        expected_revision=api.store.find_revision("demo")[0],
    )


def test_an_event_that_became_part_of_another_redirects(api):
    kept, lost = tell(api, "2026-01-01"), tell(api, "2026-01-02")
    end(api, lost, kept)
    response = api.get(f"{TIMELINE}/events/{lost}")
    assert response.status_code == 308
    assert response.headers["Location"] == f"{TIMELINE}/events/{kept}"
    assert response.json["id"] == kept
    assert api.client.get(f"{TIMELINE}/events/{lost}", follow_redirects=True).json["id"] == kept
    assert ids(api.get(TIMELINE)) == [kept]


def test_an_event_that_ended_twice_over_redirects_at_once_and_keeps_the_query(api):
    first, second, third = (tell(api, f"2026-01-0{number}") for number in (1, 2, 3))
    end(api, first, second)
    end(api, second, third)
    response = api.get(f"{TIMELINE}/events/{first}?page=2&back=%2Fa")
    assert response.status_code == 308
    assert response.headers["Location"] == f"{TIMELINE}/events/{third}?page=2&back=%2Fa"
    assert api.get(f"{TIMELINE}/events/{third}").json["former_ids"] == sorted([first, second])
    assert api.get(f"{TIMELINE}/events/{first}/history").json["event_id"] == first


@pytest.mark.parametrize("event_id", ["evt_0", "x", "evt_%00", "a" * 300, "%ED%A0%80"])
def test_an_event_that_is_not_there_is_not_found(api, event_id):
    api.post()
    assert api.get(f"{TIMELINE}/events/{event_id}").status_code == 404
