"""Metrics: right, in both formats, without names of timelines, whatever is away."""

import re
from pathlib import Path

import pytest
from prometheus_client.openmetrics.parser import (
    text_string_to_metric_families as open_families,
)
from prometheus_client.parser import text_string_to_metric_families

from service.stages import DELIVERIES, OUTCOMES, STAGES, Stages
from service.store.subscribing import NewSubscription
from tests.servers.api import article

SUBSCRIPTIONS = "timelines_subscriptions"
ROOT = Path(__file__).resolve().parents[2]
OPEN = "application/openmetrics-text; version=1.0.0"


def samples(response) -> dict[tuple[str, ...], float]:
    """Every sample by its name and the values of its labels."""
    assert response.status_code == 200
    parse = open_families if "openmetrics" in response.content_type else None
    families = (parse or text_string_to_metric_families)(response.text)
    found = [each for family in families for each in family.samples]
    names = [(each.name, *(value for _, value in sorted(each.labels.items()))) for each in found]
    assert len(set(names)) == len(names)
    return dict(zip(names, (each.value for each in found), strict=True))


@pytest.mark.parametrize("accept", ["", "text/plain", OPEN, "application/openmetrics-text"])
def test_metrics_can_be_parsed_in_the_format_asked_for(api, accept):
    response = api.get("/metrics", Accept=accept)
    assert samples(response)[("timelines_record_up",)] == 1
    assert response.mimetype == (
        "application/openmetrics-text" if "open" in accept else "text/plain"
    )
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("accept", ["text/plain; version=x", f"{OPEN}x; escaping=y", "a;;=,\u00e9"])
def test_no_wish_for_a_format_is_a_fault(api, accept):
    samples(api.get("/metrics", Accept=accept))


def test_what_the_record_keeps_is_told(api):
    before = samples(api.get("/metrics"))
    assert before["timelines_queue_age_seconds",] == 0
    api.post([article("a"), article("b")])
    api.post(article("c"), "/v1/timelines/other/articles")
    api.store.claim("t", limit=1, characters=1, lease=60)
    after = samples(api.get("/metrics"))
    assert after["timelines_timelines",] == 2
    assert after["timelines_articles", "accepted"] == 2
    assert after["timelines_articles", "processing"] == 1
    assert after["timelines_articles", "failed"] == 0
    assert after["timelines_articles_waiting",] == 2
    assert 0 < after["timelines_queue_age_seconds",] < 60
    assert after["timelines_events", "happening"] == 0


def test_what_workers_told_is_told(api):
    api.tallies.add({"article:told": 5, "stage:parse:2": 3, "stage:parse:13": 1})
    api.tallies.add({"stage:parse:us": 12_500_000, "of a later version": 1})
    found = samples(api.get("/metrics"))
    assert found["timelines_workers",] == 1
    assert found["timelines_articles_read_total", "told"] == 5
    assert found["timelines_stage_seconds_bucket", "0.0025", "parse"] == 0
    assert found["timelines_stage_seconds_bucket", "0.005", "parse"] == 3
    assert found["timelines_stage_seconds_bucket", "10.0", "parse"] == 3
    assert found["timelines_stage_seconds_bucket", "+Inf", "parse"] == 4
    assert found["timelines_stage_seconds_count", "parse"] == 4
    assert found["timelines_stage_seconds_sum", "parse"] == 12.5
    assert {name[1] for name in found if name[0] == "timelines_stage_seconds_count"} == set(STAGES)
    assert {name[1] for name in found if name[0] == "timelines_articles_read_total"} == set(
        OUTCOMES
    )


def test_requests_are_counted_by_operation_method_and_status(api):
    api.post()
    api.get("/v1/timelines/demo")
    api.get("/v1/timelines/demo")
    api.get("/v1/timelines/none")
    api.client.head("/v1/timelines/demo")
    api.get("/nowhere/at/all")
    api.client.open("/v1/timelines", method="BREW")
    api.client.patch("/v1/timelines/demo/subscriptions/sub_0", json={})
    found = samples(api.get("/metrics"))
    counted = "timelines_http_requests_total"
    assert found[counted, "POST", "post_articles", "202"] == 1
    assert found[counted, "GET", "get_timeline", "200"] == 2
    assert found[counted, "GET", "get_timeline", "404"] == 1
    assert found[counted, "HEAD", "get_timeline", "200"] == 1
    assert found[counted, "GET", "none", "404"] == 1
    assert found[counted, "other", "none", "405"] == 1
    assert found[counted, "PATCH", "patch_subscription", "404"] == 1
    assert found["timelines_http_request_seconds_count", "get_timeline"] == 4
    assert 0 < found["timelines_http_request_seconds_sum", "get_timeline"] < 4


def test_subscriptions_are_counted_by_how_they_do(api):
    api.post(article("a"))
    new = NewSubscription(timeline="demo", url="https://news.example/", secret="whsec_")  # noqa: S106  # no key
    first, _ = (api.store.add_subscription(new, most=9) for _ in range(2))
    api.store.change_subscription("demo", first.id, {"status": "paused"})
    found = samples(api.get("/metrics"))
    counts = {name[1]: count for name, count in found.items() if name[0] == SUBSCRIPTIONS}
    assert counts == {"active": 1, "paused": 1, "disabled": 0}
    assert found["timelines_subscriptions_behind",] == 0


def test_what_became_of_messages_is_told(api):
    stages = Stages()
    stages.delivery("delivered", 2)
    stages.delivery("disabled")
    stages.took("send", 0.2)
    stages.took("lag", 0.05)
    api.tallies.add(stages.take())
    found = samples(api.get("/metrics"))
    sent = {name[1]: count for name, count in found.items() if "deliveries_total" in name[0]}
    assert sent == dict.fromkeys(DELIVERIES, 0) | {"delivered": 2, "disabled": 1}
    assert found["timelines_delivery_seconds_sum",] == pytest.approx(0.2)
    assert found["timelines_delivery_lag_seconds_bucket", "0.05"] == 1
    assert found["timelines_senders",] == 0


def test_posted_articles_are_counted_by_what_became_of_them(api):
    api.post(article("a"))
    api.post(article("a"))
    api.post(article("a", title="other"))
    api.post([article("b"), article("a"), 1])
    found = samples(api.get("/metrics"))
    posted = {name[1]: count for name, count in found.items() if "articles_posted" in name[0]}
    assert posted == {"accepted": 2, "known": 2, "differs": 1, "refused": 1}


def test_no_name_of_a_timeline_or_word_of_an_article_is_in_them(api):
    api.post(article("aardvark", title="aardvark"), "/v1/timelines/aardvark/articles")
    api.get("/v1/timelines/aardvark")
    api.get("/aardvark")
    assert "aardvark" not in api.get("/metrics").text


def test_the_table_of_the_metrics_is_complete(api):
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^# TYPE (timelines_\w+) ", api.get("/metrics").text, re.MULTILINE))
    assert set(re.findall(r"`(timelines_\w+)`", page)) == told


def test_without_redis_the_rest_is_told(api):
    api.tallies.answers = False
    found = samples(api.get("/metrics"))
    assert found["timelines_redis_up",] == 0
    assert found["timelines_record_up",] == 1
    assert ("timelines_workers",) not in found


def test_without_the_record_the_rest_is_told(without_record):
    found = samples(without_record.get("/metrics"))
    assert found["timelines_record_up",] == 0
    assert found["timelines_redis_up",] == 1
    assert ("timelines_timelines",) not in found
