"""The page of a timeline: by month, filtered, and no surer of anything than the record."""

import re
from dataclasses import replace
from html import unescape

import pytest

from service.store.shelf import TimelineTraits
from service.temporal.interval import Day
from service.timeline.model import Certainty, EventId, Kind, Status
from tests.contract import storevalues as values
from tests.contract.test_api_timelines import day, tell
from tests.servers.api import crowded

PAGE = "/timelines/demo"
OWN_SCRIPT = r'<script type="module" src="/assets/page\.[0-9a-f]+\.js">'
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def shown(api, query: str = "") -> str:
    response = api.get(PAGE + query)
    assert response.status_code == 200, response.text
    assert response.content_type == "text/html; charset=utf-8"
    return response.text


def row(page: str, event: str) -> str:
    """The row of an event, its statements left out."""
    found = re.search(rf'<li class="event [^"]*" id="{event}">.*?</details>', page, re.DOTALL)
    assert found is not None
    return found[0]


def listed(page: str) -> list[str]:
    return re.findall(r'<li class="event [^"]*" id="([^"]+)"', page)


def words(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def test_events_stand_under_their_years_and_months(api):
    tell(api, "2026-01-27")
    tell(api, "2025-12-21")
    page = shown(api)
    places = [page.index(f'id="{each}"') for each in ("2025", "2025-12", "2026", "2026-01")]
    assert places == sorted(places)
    assert "December 2025</h3>" in page
    assert page.index("evt_") < page.index('id="2026"')


def test_a_row_says_when_what_and_how_many_tell_it(api):
    event = tell(api, "2026-01-27", headline="Bridge closed", source_count=3)
    found = row(shown(api), event)
    assert '<time datetime="2026-01-27">27 January 2026</time>' in found
    assert '<span class="headline" dir="auto">Bridge closed</span>' in found
    assert "3 sources, 1 independent" in found
    assert "Something happened on Tuesday" in found
    assert '<circle cx="85.5%"/>' in found


@pytest.mark.parametrize(
    "said, label",
    [
        ({"kind": Kind.PLANNED, "status": Status.PLANNED}, "planned"),
        ({"status": Status.DID_NOT_HAPPEN}, "did not happen"),
        ({"status": Status.CANCELLED}, "cancelled"),
        ({"status": Status.POSSIBLE}, "possible"),
        ({"status": Status.DISPUTED}, "disputed"),
        ({"certainty": Certainty.ALLEGED}, "alleged"),
        ({"kind": Kind.STATEMENT}, "said"),
    ],
)
def test_what_is_no_plain_happening_says_so_in_a_word(api, said, label):
    event = tell(api, "2026-01-27", **said)
    assert f'<span class="label">{label}</span>' in row(shown(api), event)


def test_what_did_not_happen_is_drawn_as_a_cross(api):
    event = tell(api, "2026-01-27", status=Status.DID_NOT_HAPPEN)
    found = row(shown(api), event)
    assert '<use href="#off" x="85.5%"/>' in found
    assert "<circle" not in found


def test_a_date_of_several_months_stands_under_its_year(api):
    event = tell(api, "2025-01-01", "2025-12-31")
    page = shown(api)
    assert '<h3 id="2025-open">Month not known</h3>' in page
    assert 'class="soft" x="0.0%" width="100.0%"' in row(page, event)


def test_uncertain_dates_keep_their_words(api):
    event = tell(api, "2025-12-21", "2025-12-31")
    assert "late December 2025</time>" in row(shown(api), event)


def test_a_statement_folds_under_what_it_is_about(api):
    about = tell(api, "2026-01-27")
    said = tell(api, "2026-03-02", kind=Kind.STATEMENT, about=(EventId(about),))
    page = shown(api)
    assert listed(page) == [about, said]
    assert 'id="2026-03"' not in page
    assert '<details class="said"><summary>1 statement</summary>' in page


def test_a_statement_about_a_statement_folds_with_it(api):
    about = tell(api, "2026-01-27")
    first = tell(api, "2026-02-02", kind=Kind.STATEMENT, about=(EventId(about),))
    tell(api, "2026-03-02", kind=Kind.STATEMENT, about=(EventId(first),))
    assert "<summary>2 statements</summary>" in shown(api)


def test_statements_about_one_another_are_not_lost(api):
    first = tell(api, "2026-01-01", kind=Kind.STATEMENT, about=(EventId("evt_gone"),))
    second = tell(api, "2026-01-02", kind=Kind.STATEMENT, about=(EventId(first),))
    third = tell(api, "2026-01-03")
    assert sorted(listed(shown(api))) == sorted([first, second, third])


def test_statements_asked_for_alone_are_plain_rows(api):
    said = tell(api, "2026-01-27", kind=Kind.STATEMENT)
    tell(api, "2026-01-28")
    page = shown(api, "?kind=statement")
    assert listed(page) == [said]
    assert 'class="said"' not in page


def test_filters_are_those_of_the_api_and_stay_in_the_form(api):
    tell(api, "2026-01-27")
    later = tell(api, "2026-03-02")
    page = shown(api, "?from=2026-02&q=&kind=&order=date&granularity=day")
    assert listed(page) == [later]
    assert 'name="from" size="10" placeholder="2025-12" value="2026-02"' in page
    assert '<input type="hidden" name="granularity" value="day">' in page
    assert "1 event</p>" in page


def test_the_newest_first_has_the_newest_month_first(api):
    first, last = tell(api, "2026-01-27"), tell(api, "2026-03-02")
    page = shown(api, "?order=-date")
    assert listed(page) == [last, first]
    assert '<option value="-date" selected>' in page


@pytest.mark.parametrize("order", ["salience", "-updated"])
def test_other_orders_have_no_months(api, order):
    tell(api, "2026-01-27")
    tell(api, "2026-03-02")
    page = shown(api, f"?order={order}")
    assert len(listed(page)) == 2
    assert "<h3" not in page
    assert 'class="overview"' not in page


@pytest.mark.parametrize(
    "query, field",
    [
        ("?from=yesterday", "from"),
        ("?min_sources=many", "min_sources"),
        ("?kind=rumour", "kind"),
        ("?q=%22", "q"),
        ("?colour=red", "colour"),
        ("?kind=state&kind=planned", "kind"),
    ],
)
def test_a_filter_that_is_wrong_is_told_in_the_page(api, query, field):
    tell(api, "2026-01-27")
    response = api.get(PAGE + query)
    assert response.status_code == 422
    assert response.content_type == "text/html; charset=utf-8"
    assert f"<code>{field}</code>" in response.text
    assert "ETag" not in response.headers
    assert listed(response.text) == []


def test_nothing_told_and_nothing_found_are_told_apart(api):
    api.post()
    assert "Nothing has been told here yet." in shown(api)
    assert "No event fits these filters." in shown(api, "?q=bridge")


def test_the_overview_links_to_the_months_and_says_their_counts(api):
    tell(api, "2025-01-27")
    tell(api, "2026-01-27")
    tell(api, "2026-01-28")
    tell(api, "2026-03-02")
    page = shown(api)
    nav = page[page.index("<nav id=") : page.index('<div id="list"')]
    assert re.findall('href="#([^"]+)"', nav) == ["2025-01", "2026-01", "2026-03"]
    assert words(nav).count("January 2026: 2 events") == 1
    assert "11 months without" in words(nav)
    assert all(f'id="{each}"' in page for each in re.findall('href="#([^"]+)"', nav))


def test_a_script_gets_the_list_alone(api):
    event = tell(api, "2026-01-27")
    part = shown(api, "?part=list&from=2026")
    assert listed(part) == [event]
    assert "<html" not in part
    assert '<div id="list" data-revision="1">' in part


def test_whatever_is_told_is_text(api):
    tell(
        api,
        "2026-01-27",
        headline=HOSTILE,
        told={"quote": HOSTILE},
        by={"publisher": HOSTILE, "title": HOSTILE},
    )
    traits = TimelineTraits(public=True, title=HOSTILE, description=HOSTILE)
    api.store.put_timeline("demo", traits)
    page = shown(api, "?kind=-statement&publisher=-%22%3E%3Cscript%3E")
    assert re.findall("<script[^>]*>", page) == re.findall(OWN_SCRIPT, page)
    assert "<img" not in page
    assert page.count("&lt;script&gt;") >= 6


def test_a_page_is_asked_for_again_cheaply(api):
    tell(api, "2026-01-27")
    first = api.get(PAGE)
    tag = first.headers["ETag"]
    assert api.get(PAGE, If_None_Match=tag).status_code == 304
    assert api.get(f"{PAGE}?kind=state", If_None_Match=tag).status_code == 200
    tell(api, "2026-01-28")
    assert api.get(PAGE, If_None_Match=tag).status_code == 200


def test_more_events_than_a_page_has_are_said_to_be_more(api):
    tell(api, "2026-01-27")
    assert "The first 1,000 events of more." in crowded(api, 1_001).get(PAGE).text
    assert "1,000 events</p>" in crowded(api, 1_000).get(PAGE).text


def test_the_page_runs_and_loads_nothing_from_elsewhere(api):
    tell(api, "2026-01-27")
    response = api.get(PAGE)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "style=" not in response.text
    assert len(re.findall("<script", response.text)) == len(re.findall(OWN_SCRIPT, response.text))
    assert set(re.findall(r"\w+://[\w.]+", response.text)) == {"http://localhost"}  # to be copied


def test_an_unknown_timeline_is_told_in_a_page(api):
    response = api.get("/timelines/nowhere", Accept="text/html")
    assert response.status_code == 404
    assert "<h1>" in response.text


def test_a_private_timeline_has_no_page_for_strangers(api):
    tell(api, "2026-01-27")
    api.store.put_timeline("demo", TimelineTraits(public=False))
    assert api.get(PAGE).status_code == 200
    stranger = api.get(PAGE, Origin="https://elsewhere.example", Accept="text/html")
    assert stranger.status_code == 404
    assert "Something happened" not in stranger.text


def test_each_event_links_to_its_page(api):
    event = tell(api, "2026-01-27")
    address = f"{PAGE}/events/{event}"
    assert f'<a class="sources" href="{address}">' in row(shown(api), event)
    assert api.get(address).status_code == 200


def test_a_far_year_has_a_place(api):
    event = tell(api, "44-03-15")
    assert listed(shown(api)) == [event]


def test_a_date_of_one_side_says_so(api):
    mention_date = replace(values.date(day("2026-01-27")), start=None, end=Day(day("2026-01-27")))
    event = tell(api, "2026-01-27", date=mention_date)
    assert "by 27 January 2026" in words(row(shown(api), event))
