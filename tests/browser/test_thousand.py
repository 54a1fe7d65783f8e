"""A timeline of a thousand events is one page, small on the wire and whole."""

import pytest

from tests.browser import thousand
from tests.servers.waiting import wait_until

WIRE = 150_000
"""Bytes that the page and all that it loads may take, compressed."""

pytestmark = pytest.mark.slow


@pytest.fixture
def address(site) -> str:
    return f"{site.open}/timelines/{thousand.TIMELINE}"


def test_the_page_and_what_it_loads_fit_in_the_budget(watch, address):
    page = watch.context().new_page()
    told = page.context.new_cdp_session(page)
    told.send("Network.enable")
    sizes = []
    told.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address)
    assert len(sizes) >= 2
    assert sum(sizes) <= WIRE


@pytest.mark.parametrize("script", [True, False], ids=["scripts", "no scripts"])
def test_every_event_is_on_the_page(watch, address, script):
    page = watch.open(address, java_script_enabled=script)
    ids = page.evaluate("[...document.querySelectorAll('li.event')].map(each => each.id)")
    assert len(ids) == len(set(ids)) == thousand.EVENTS


def test_a_filter_finds_what_the_api_finds_without_scripts(watch, address, site):
    page = watch.open(address, java_script_enabled=False)
    page.locator("form.filters [name=q]").fill("court tunnel")
    page.locator("form.filters button").first.click()
    assert "q=court" in page.url
    shown = page.evaluate("[...document.querySelectorAll('li.event')].map(each => each.id)")
    path = f"/v1/timelines/{thousand.TIMELINE}?q=court+tunnel&limit=200"
    _, found = site.api.ask("GET", path)
    assert set(shown) == {each["id"] for each in found["events"]}
    assert 0 < len(shown) < 200


def test_a_link_to_an_event_leads_to_it(watch, address, site):
    _, found = site.api.ask("GET", f"/v1/timelines/{thousand.TIMELINE}?limit=1&order=-date")
    event = found["events"][0]["id"]
    page = watch.open(f"{address}#{event}")
    wait_until(lambda: page.evaluate("scrollY") > 0, 5, "the page has moved")
    box = page.locator(f"[id='{event}']").bounding_box()
    assert box
    assert -1 <= box["y"] < page.viewport_size["height"]
