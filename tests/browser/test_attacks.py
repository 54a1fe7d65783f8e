"""No text of an article, outlet or address becomes code, on any page."""

import json
from urllib.parse import quote

import pytest

from tests.browser import hostile
from tests.browser.places import PLACES
from tests.browser.watching import settle

TROUBLE = """() => {
  const found = [];
  if (window.ran !== undefined) found.push("a script ran");
  const foreign = `script:not([src^="/assets/"]), iframe, base, object, embed, math, plaintext,
    link[rel=stylesheet]:not([href^="/assets/"]), meta[content*="elsewhere"],
    :is(link[href], a[href], form[action]):is([href^="//elsewhere"], [href^="https://elsewhere"],
      [action^="//elsewhere"], [action^="https://elsewhere"]),
    img:not([src^="/assets/"]), animate`;
  for (const each of document.querySelectorAll(foreign)) found.push(each.outerHTML.slice(0, 160));
  for (const each of document.querySelectorAll("*"))
    for (const {name, value} of each.attributes)
      if (/^on|^style$|^srcdoc$/.test(name) || /^\\s*(javascript|data|vbscript):/i.test(value)
          && /href|src|action/.test(name))
        found.push(each.outerHTML.slice(0, 160));
  return found;
}"""
STIR = """() => {
  for (const each of document.querySelectorAll("main summary")) each.click();
  for (const each of [...document.querySelectorAll("main *")].slice(0, 2000)) {
    for (const kind of ["mouseover", "mouseenter", "focus", "toggle", "load", "error"])
      each.dispatchEvent(new Event(kind));
    if (each.matches("input, a, button, [tabindex]")) each.focus();
  }
}"""

pytestmark = pytest.mark.slow


def look(page):
    """Move over everything, unfold everything, and say what is wrong then."""
    page.evaluate(STIR)
    settle(page)
    return page.evaluate(TROUBLE)


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_no_text_of_the_corpus_becomes_code(watch, address, place, site):
    addresses = {address(place, **names): None for names in site.hostile}
    page = watch.context().new_page()
    for each in addresses:
        page.goto(each)
        assert look(page) == [], each


@pytest.mark.parametrize("place", [each for each in PLACES if each.asks], ids=str)
def test_no_words_of_an_address_become_code(watch, address, place):
    page = watch.context().new_page()
    for text in hostile.TEXTS:
        query = "&".join(f"{name}={quote(text[:200])}" for name in place.asks)
        page.goto(f"{address(place)}?{query}")
        assert look(page) == [], text
    watch.forgive("the server responded with a status of 422")


@pytest.mark.parametrize("text", hostile.NO_ADDRESSES)
def test_an_address_that_is_none_is_refused(site, text):
    article = {**hostile.article("words", 0), "url": text}
    status, answer = site.api.ask(
        "POST",
        f"/v1/timelines/{hostile.TIMELINE}/articles",
        json.dumps(article),
        Content_Type="application/json",
    )
    assert status == 422
    assert [each["pointer"] for each in answer["errors"]] == ["/url"]


@pytest.mark.parametrize("path", ["/{}", "/problems/{}", "/assets/{}", "/timelines/{}"])
def test_nothing_runs_where_nothing_is(watch, site, path):
    page = watch.context().new_page()
    for text in hostile.TEXTS:
        page.goto(site.open + path.format(quote(text, safe="")))
        assert page.evaluate("window.ran") is None
    watch.forgive("the server responded with a status of 4")
