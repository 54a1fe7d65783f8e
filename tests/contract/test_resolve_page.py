"""The page of resolving: the answer of the API, laid out for people."""

import re
from html import unescape

import pytest

from service.api.app import create_app
from service.intake import RESOLVE_LIMITS
from service.keyring import mint_key
from service.settings import Settings
from service.wiring import Parts

TEXT = "The bridge was closed on Tuesday. It had opened in late December 2025."
ASKED = {"text": TEXT, "reference_time": "2026-01-29"}
OWN = {"Origin": "http://localhost"}


def words(page) -> str:
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", unescape(re.sub("<[^>]+>", " ", page.text)))


def ask(api, **fields):
    return api.client.post("/resolve", data={**ASKED, **fields}, headers=OWN)


@pytest.fixture(params=["get", "post"])
def page(request, api):
    if request.param == "post":
        return ask(api)
    return api.client.get("/resolve", query_string=ASKED)


def test_each_expression_is_marked_and_read_as_the_api_reads_it(api, page):
    assert (page.status_code, page.mimetype) == (200, "text/html")
    said = words(page)
    for each in api.post(ASKED, "/v1/resolve").json["expressions"]:
        assert f">{each['text']}</a></mark>" in page.text
        assert f"EDTF {each['edtf']}" in said
        assert f"How sure {each['confidence']:.0%}" in said
        assert all(step["says"] in said for step in each["derivation"])
        assert all(other["edtf"] in said for other in each["candidates"])
    assert "Tuesday : 27 January 2026" in said
    assert "late December 2025 : late December 2025" in said
    assert "Counted from publication, 29 January 2026" in said
    assert TEXT in unescape(re.sub("<[^>]+>", "", page.text)), "the text is whole"


def test_every_mark_leads_to_its_reading(page):
    led = re.findall(r'<mark><a href="#(reading-\d+)">', page.text)
    assert led == re.findall(r'<li id="(reading-\d+)">', page.text)
    assert len(led) == 2


def test_the_form_keeps_what_was_typed(page):
    assert f">\n{TEXT}</textarea>" in page.text
    assert 'value="2026-01-29"' in page.text


def test_without_a_text_there_is_a_form_with_the_day_of_today(api):
    page = api.get("/resolve")
    assert page.status_code == 200
    assert 'value="2026-02-28"' in page.text
    assert "<mark>" not in page.text


def test_every_example_is_a_link_that_shows_dates(api):
    links = re.findall(r'href="(/resolve\?[^"]+)"', api.get("/resolve").text)
    assert links
    for link in links:
        page = api.get(unescape(link))
        assert page.status_code == 200
        assert "<mark>" in page.text


def test_persian_words_stand_in_their_direction_and_name_their_calendar(api):
    page = ask(api, text="قطار روز سه‌شنبه ۷ بهمن ۱۴۰۴ متوقف شد.")
    assert '<blockquote class="asked" lang="fa" dir="auto">' in page.text
    assert "Calendar Solar Hijri" in words(page)


def test_what_names_no_days_says_so(api):
    said = words(ask(api, text="He resigned two days after the verdict and ran for three weeks."))
    assert "waits for the day of an event" in said
    assert "Counted from 'the verdict'" in said
    assert "an amount of time, and names no days by itself" in said


@pytest.mark.parametrize(
    "field, value, says",
    [
        ("text", "", "is missing"),
        ("text", "a" * (RESOLVE_LIMITS["text"] + 1), "20,000"),
        ("reference_time", "", "is missing"),
        ("reference_time", "yesterday", "yesterday"),
        ("reference_time", "2026-01-29T18:30:00", "offset"),
        ("language", "not a tag", "not a tag"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(api, field, value, says):
    page = ask(api, **{field: value})
    assert (page.status_code, page.mimetype) == (422, "text/html")
    (wrong,) = re.findall(r'id="(\w+)"[^>]+aria-invalid="true"', page.text)
    assert wrong == field
    said = re.search(rf'id="{field}-says"><span class="wrong">(.*?)</span>', page.text)[1]
    assert says in unescape(said)
    kept = unescape(page.text)
    assert all(ASKED[other] in kept for other in ASKED if other != field)


def test_long_texts_are_read_in_a_form(api):
    text = "قطار روز سه‌شنبه متوقف شد. " * 400
    assert "<mark>" in ask(api, text=text).text


@pytest.mark.parametrize("way", ["get", "post"])
def test_markup_in_the_text_is_text(api, way):
    text = '<script>alert(1)</script> "on Tuesday" </textarea><img src=x onerror=alert(1)>'
    fields = {"text": text, "reference_time": "'\"><b>", "language": "<i>"}
    for sent in (fields, {**ASKED, "text": text}):
        page = (
            api.client.post("/resolve", data=sent, headers=OWN)
            if way == "post"
            else api.client.get("/resolve", query_string=sent)
        )
        for tag in ("<script>alert", "<img", "<b>", "<i>"):
            assert tag not in page.text


def test_a_form_of_another_site_is_refused(api):
    for headers in ({}, {"Origin": "null"}, {"Origin": "http://evil.example"}):
        assert api.client.post("/resolve", data=ASKED, headers=headers).status_code == 403


def test_the_page_has_its_policy_and_is_kept_by_nobody(page):
    assert "form-action 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["Cache-Control"] == "no-store"


def test_where_keys_are_on_a_stranger_is_led_to_sign_in_and_back(api):
    parts = Parts(api.store, api.bell, api.wakeups, api.tallies)
    browser = create_app(Settings(keys="on"), parts).test_client()
    html = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    led = browser.get("/resolve?text=a%20b&reference_time=2026", headers=html)
    assert led.status_code == 303
    way = led.headers["Location"]
    assert way.startswith("/sign-in?next=/resolve")
    back = unescape(re.search('name="next" value="([^"]+)"', browser.get(way).text)[1])
    assert back == "/resolve?text=a%20b&reference_time=2026"
    assert browser.post("/resolve", data=ASKED, headers=OWN).status_code == 401
    secret, new = mint_key("reader", ["read"])
    api.store.add_key(new)
    signed = browser.post("/sign-in", data={"key": secret, "next": back}, headers=OWN)
    assert signed.headers["Location"] == back
    page = browser.get("/resolve", query_string=ASKED, headers=html)
    token = re.search(r'name="form_token" value="(\w+)"', page.text)[1]
    assert browser.post("/resolve", data=ASKED, headers=OWN).status_code == 403
    shown = browser.post("/resolve", data={**ASKED, "form_token": token}, headers=OWN)
    assert "<mark>" in shown.text
