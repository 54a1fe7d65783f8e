"""The watch over pages notices what it is there for."""

from contextlib import contextmanager

import pytest

from tests.browser.watching import watched

ORIGIN = "http://127.0.0.1:1"
POLICY = "default-src 'none'; script-src 'self' 'nonce-x'; style-src 'self'; img-src *"
WRONG = {
    "a script inside the page": ("<script>1</script>", "policy violated"),
    "a style inside the page": ("<p style='color: red'>x</p>", "policy violated"),
    "a handler": ("<svg onload='1'></svg>", "policy violated"),
    "a picture from elsewhere": ("<img src='https://elsewhere.example/x'>", "to elsewhere"),
    "an error": ("<script nonce=x>console.error('oh')</script>", "console: oh"),
    "a fault": ("<script nonce=x>throw new Error('oh')</script>", "page error"),
    "a dialog": ("<script nonce=x>alert('oh')</script>", "dialog: oh"),
}

pytestmark = pytest.mark.slow


@contextmanager
def page_of(browser, body):
    """A page that no server gave, and what was complained of at the end."""
    with watched(browser, ORIGIN) as watch:
        context = watch.context()
        headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html"}
        answer = {"headers": headers, "body": f"<!doctype html><title>x</title>{body}"}
        context.route("**/*", lambda route: route.fulfill(**answer))
        context.new_page().goto(f"{ORIGIN}/")
        yield


@pytest.mark.parametrize("body, words", WRONG.values(), ids=WRONG)
def test_what_a_page_must_not_do_fails_its_test(browser, body, words):
    with pytest.raises(AssertionError, match=words), page_of(browser, body):
        pass


def test_a_good_page_passes(browser):
    with page_of(browser, "<p>well</p>"):
        pass


def test_axe_and_the_corpus_would_notice(browser, axe):
    with watched(browser, ORIGIN) as watch:
        page = watch.context().new_page()
        page.set_content("<!doctype html><title>x</title><img><p>x")
        page.evaluate(axe)
        found = page.evaluate("axe.run().then(found => found.violations.map(each => each.id))")
    assert {"image-alt", "html-has-lang"} <= set(found)
