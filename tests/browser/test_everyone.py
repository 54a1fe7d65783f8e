"""Pages are for everyone: axe finds nothing, a phone needs no sideways scroll, keys reach all."""

import pytest

from tests.browser.places import PLACES
from tests.browser.watching import settle

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AUDIT = """tags => axe.run(document, {runOnly: {type: "tag", values: tags}}).then(found =>
  found.violations.map(each => `${each.id}: ${each.help}: ` +
    each.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(" | ")))"""
UNFOLD = """() => [...document.querySelectorAll("main details:not([open]) > summary")]
  .filter(each => each.checkVisibility()).slice(0, 12).forEach(each => each.click())"""
SIDEWAYS = """() => [...document.querySelectorAll("body, body *")]
  .filter(each => each.getBoundingClientRect().right > innerWidth + 1
    && !each.closest("svg") && !(function scrolls(box) {
      return box !== document.body && box !== document.documentElement
        && (getComputedStyle(box).overflowX !== "visible" || scrolls(box.parentElement));
    })(each))
  .map(each => each.outerHTML.slice(0, 120))"""
REACHABLE = """() => [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter(each => each.checkVisibility({visibilityProperty: true}) && !each.disabled
    && each.type !== "hidden" && each.tabIndex >= 0 && !each.closest("[inert]")).length"""
FOCUSED = """() => {
  const at = document.activeElement, style = getComputedStyle(at);
  const around = at.getBoundingClientRect();
  const found = {
    body: at === document.body,
    new: !at.dataset.seen,
    visible: around.width > 0 && around.height > 0,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    html: at.outerHTML.slice(0, 120),
  };
  at.dataset.seen = "yes";
  return found;
}"""
MOST_STOPS = 60
"""Elements that are walked through with the Tab key; further ones are like them."""
INNER_STOPS = 12
"""Stops inside fields, such as the parts of a date."""

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("place", PLACES, ids=str)]


def audit(page, axe):
    page.evaluate(axe)
    return page.evaluate(AUDIT, TAGS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_in_either_scheme(watch, address, axe, place, scheme, width):
    page = watch.open(address(place), color_scheme=scheme, viewport={"width": width, "height": 800})
    assert audit(page, axe) == []


def test_axe_finds_nothing_in_what_unfolds(watch, address, axe, place):
    page = watch.open(address(place))
    page.evaluate(UNFOLD)
    settle(page)
    assert audit(page, axe) == []


@pytest.mark.parametrize("width", [320, 768, 2560])
def test_nothing_needs_to_be_scrolled_sideways(watch, address, place, width):
    page = watch.open(address(place), viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(SIDEWAYS) == []


def test_words_without_end_are_broken(watch, address, place, site):
    page = watch.context(viewport={"width": 320, "height": 800}).new_page()
    page.goto(address(place, **site.hostile[-1]))
    page.evaluate(UNFOLD)
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(SIDEWAYS) == []


def test_everything_can_be_read_at_twice_the_text_size(watch, address, place):
    page = watch.open(address(place), viewport={"width": 640, "height": 800})
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_the_tab_key_reaches_everything_and_shows_where_it_is(watch, address, place):
    page = watch.open(address(place))
    wanted = min(page.evaluate(REACHABLE), MOST_STOPS)
    assert wanted > 0
    reached = 0
    for _ in range(wanted + INNER_STOPS):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at["body"] or reached == wanted:
            break
        assert at["visible"], at["html"]
        # The browser itself shows which part of a date has the focus.
        assert at["outlined"] or not at["new"], at["html"]
        reached += at["new"]
    assert reached == wanted


def test_whoever_wants_no_motion_gets_none(watch, address, place):
    page = watch.open(address(place), reduced_motion="reduce")
    moving = "document.getAnimations().map(each => each.effect.target.outerHTML.slice(0, 120))"
    assert page.evaluate(moving) == []
    smooth = "getComputedStyle(document.documentElement).scrollBehavior"
    assert page.evaluate(smooth) == "auto"


def test_print_shows_what_is_told_on_white_without_navigation(watch, address, place):
    page = watch.open(address(place), color_scheme="dark")
    told = page.locator("main h1").inner_text()
    page.emulate_media(media="print", color_scheme="light")
    assert page.locator("main h1").inner_text() == told
    for each in page.locator("nav").all():
        assert not each.is_visible()
    assert len(page.pdf()) > 1_000
