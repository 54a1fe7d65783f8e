"""Signing in and out by form, as a person does it."""

import pytest

from tests.browser.sites import PRIVATE

SEALED = f"/v1/timelines/{PRIVATE}"

pytestmark = pytest.mark.slow


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(request, watch, site):
    """The form, where keys are on."""
    return watch.open(f"{site.guarded}/sign-in?next=/problems", java_script_enabled=request.param)


def sign_in(page, key):
    page.get_by_label("Key").fill(key)
    page.get_by_role("button", name="Sign in").click()


def test_a_session_opens_what_is_private_until_it_is_ended(page, site):
    private = site.guarded + SEALED
    assert page.request.get(private).status == 404
    sign_in(page, site.key)
    assert page.url == f"{site.guarded}/problems"
    assert page.request.get(private).status == 200
    page.goto(f"{site.guarded}/sign-in")
    page.get_by_role("button", name="Sign out").click()
    assert page.request.get(private).status == 404


def test_no_script_can_read_the_session_and_the_key_is_not_in_it(page, site):
    sign_in(page, site.key)
    (cookie,) = page.context.cookies()
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Strict"
    assert site.key not in cookie["value"]
    assert page.evaluate("document.cookie") == ""


def test_a_wrong_key_is_told_beside_its_field(page, site, watch):
    sign_in(page, "tlk_wrong")
    watch.forgive("the server responded with a status of 401")
    field = page.get_by_label("Key")
    assert field.get_attribute("aria-invalid") == "true"
    told = page.locator(f"#{field.get_attribute('aria-describedby')}")
    assert "unknown here" in told.inner_text()
    assert field.input_value() == ""
    assert page.request.get(site.guarded + SEALED).status == 404
