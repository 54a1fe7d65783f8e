"""What a timeline's page offers besides itself: other formats, feeds, a frame for others' pages."""

import re
from html import unescape

import pytest

from service.documents.exports.formats import FORMATS
from service.store.shelf import TimelineTraits
from tests.contract.test_api_timelines import tell

PAGE = "/timelines/demo"
FRAME = f"{PAGE}?embed=1"


@pytest.fixture
def told(api):
    tell(api, "2026-01-27")
    return api


def offered(page: str) -> list[str]:
    """The addresses that follow the filters of the page."""
    return [unescape(each) for each in re.findall(r'href="([^"]+)" data-follows', page)]


def policy(response) -> str:
    return response.headers["Content-Security-Policy"]


def test_every_format_is_offered_once_with_the_filters_of_the_page(told):
    page = told.get(f"{PAGE}?kind=-statement&q=%22on+Tuesday%22&from=&part=").text
    query = "?q=%22on+Tuesday%22&kind=-statement"
    addresses = offered(page)
    found = {each.partition("?")[0] for each in addresses}
    assert found == {
        PAGE,
        "/v1/timelines/demo",
        *(f"/v1/timelines/demo{each.suffix}" for each in FORMATS.values()),
    }
    assert len(addresses) == len(found)
    for each in addresses:
        assert sorted(re.split("[?&]", each.removesuffix("&embed=1"))[1:]) == sorted(
            query[1:].split("&")
        )
        assert told.get(each).status_code == 200


def test_feeds_and_calendars_are_named_to_programs(told):
    page = told.get(f"{PAGE}?q=Tuesday").text
    found = re.findall(r'<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)"', page)
    assert dict(found) == {
        "text/calendar": "/v1/timelines/demo.ics?q=Tuesday",
        "application/atom+xml": "/v1/timelines/demo.atom?q=Tuesday",
        "application/feed+json": "/v1/timelines/demo.feed.json?q=Tuesday",
    }


def test_the_how_to_of_webhooks_and_tokens_is_there(told):
    told.store.put_timeline("demo", TimelineTraits(public=False))
    page = told.get(PAGE).text
    operations = set(
        re.findall(r"^ +operationId: (\w+)$", told.get("/openapi.yaml").text, re.MULTILINE)
    )
    named = re.findall(r'href="/docs#/(\w+)/(\w+)"', page)
    assert {each for _, each in named} == {"post_subscription", "post_token"} <= operations


def test_a_frame_has_the_list_and_nothing_around_it(told):
    page = told.get(FRAME).text
    assert '<li class="event' in page
    assert "<form class=" not in page
    assert 'aria-label="Service"' not in page
    assert "data-follows" not in page
    links = re.findall(r'<a [^>]*href="[^#][^>]*>', page)
    assert links != []
    assert all('target="_blank" rel="noopener"' in each for each in links)


def test_every_site_may_frame_what_is_made_for_it_and_nothing_else(told):
    assert "frame-ancestors *;" in policy(told.get(FRAME))
    assert "form-action 'none'" in policy(told.get(FRAME))
    for each in (PAGE, f"{PAGE}?embed=0", "/problems?embed=1", "/v1/timelines/demo?embed=1"):
        assert "frame-ancestors 'none'" in policy(told.get(each))


def test_a_private_timeline_is_in_no_frame(told):
    told.store.put_timeline("demo", TimelineTraits(public=False))
    assert told.get(PAGE).status_code == 200
    assert told.get(FRAME).status_code == 404
    assert "<iframe" not in unescape(told.get(PAGE).text)


def test_the_lines_to_copy_frame_the_page(told):
    page = unescape(told.get(f"{PAGE}?q=Tuesday").text)
    text = re.sub(r"</?span[^>]*>", "", page)
    assert '<iframe src="http://localhost/timelines/demo?q=Tuesday&embed=1"' in text
