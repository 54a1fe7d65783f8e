"""Pages are whole without scripts: they only make them quicker."""

import pytest

from tests.browser.places import PLACES

TOLD = """() => [...document.querySelectorAll("main :is(h1, h2, h3, dt, dd, li, article) ")]
  .filter(each => each.checkVisibility())
  .map(each => each.id + "|" + each.textContent.replace(/\\s+/g, " ").trim())"""

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("place", PLACES, ids=str)]


def test_the_same_is_told_without_scripts(watch, address, place):
    without = watch.open(address(place), java_script_enabled=False).evaluate(TOLD)
    with_scripts = watch.open(address(place)).evaluate(TOLD)
    assert without
    assert [each for each in without if each not in with_scripts] == []


def test_no_button_or_field_waits_for_a_script(watch, address, place):
    """Without scripts a button is in a form, or opens what the browser itself opens."""
    page = watch.open(address(place), java_script_enabled=False)
    idle = """() => [...document.querySelectorAll("button, input, select")]
      .filter(each => each.checkVisibility() && !each.form && !each.popoverTargetElement)
      .map(each => each.outerHTML.slice(0, 120))"""
    assert page.evaluate(idle) == []


def test_links_lead_somewhere(watch, address, place, site):
    origin = site.guarded if place.guarded else site.open
    page = watch.open(address(place))
    links = page.evaluate("[...document.links].map(each => each.href)")
    ours = {each for each in links if each.startswith(f"{origin}/")}
    for link in sorted(ours)[:40]:
        answer = page.request.get(link, headers={"Accept": "text/html, */*"})
        assert answer.status < 400, link
    anchors = """() => [...document.querySelectorAll("a[href^='#']")]
      .filter(each => each.hash.length > 1
        && !document.getElementById(decodeURIComponent(each.hash.slice(1))))
      .map(each => each.outerHTML.slice(0, 120))"""
    assert page.evaluate(anchors) == []
