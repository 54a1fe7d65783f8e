"""What is said to subscribers, in both envelopes."""

import json

import pytest

from service.documents.messages import (
    CLOUD,
    MOST_BYTES,
    STANDARD,
    Message,
    change_body,
    reset_body,
    trial_body,
)
from service.store.lineage import StoredChange
from service.timeline.model import EventId

AT = 1_772_292_000.0
MOMENT = "2026-02-28T15:20:00.000+00:00"
MESSAGE = Message(id="dlv_1", type="event.updated", timeline="demo", at=AT, subject="evt_1")
SOURCE = {
    "article_id": "art_1",
    "publisher": "Harbour Courier",
    "quote": "The bridge was closed.",
    "independent": True,
    "certainty": "asserted",
}
EVENT = {
    "id": "evt_1",
    "headline": "Bridge closed",
    "kind": "happening",
    "status": "happened",
    "date": {"start": "2026-01-27"},
    "sources": [SOURCE],
    "source_count": 1,
    "independent_source_count": 1,
    "salience": 0.5,
}


def change(**said):
    given = {"revision": 7, "at": AT, "type": "updated", "event_id": EventId("evt_1")}
    return StoredChange(**{**given, "fields": ("date",), **said})


def told(event=EVENT, form=STANDARD):
    document = None if event is None else json.dumps(event)
    text = change_body(MESSAGE, change(), document, form=form)
    return text, json.loads(text)


def test_the_standard_body_is_type_timestamp_and_data():
    _, said = told()
    assert list(said) == ["type", "timestamp", "data"]
    assert (said["type"], said["timestamp"]) == ("event.updated", MOMENT)
    assert said["data"]["timeline"] == "demo"
    assert (said["data"]["revision"], said["data"]["fields"]) == (7, ["date"])
    assert said["data"]["event"]["revision"] == 7
    assert said["data"]["event"]["links"]["self"] == "/v1/timelines/demo/events/evt_1"
    assert "brief" not in said["data"]


def test_a_cloud_event_says_the_same():
    _, said = told(form=CLOUD)
    assert said.pop("data") == told()[1]["data"]
    assert said == {
        "specversion": "1.0",
        "id": "dlv_1",
        "source": "/v1/timelines/demo",
        "type": "event.updated",
        "time": MOMENT,
        "subject": "evt_1",
        "datacontenttype": "application/json",
    }


@pytest.mark.parametrize("form", [STANDARD, CLOUD])
def test_a_long_event_is_told_in_brief(form):
    many = [{**SOURCE, "quote": f"{number} closed." * 20} for number in range(200)]
    text, said = told({**EVENT, "sources": many, "source_count": 200}, form)
    assert len(text) <= MOST_BYTES
    assert said["data"]["brief"] is True
    assert "sources" not in said["data"]["event"]
    assert said["data"]["event"]["source_count"] == 200
    assert said["data"]["event"]["links"]["self"] == "/v1/timelines/demo/events/evt_1"


def test_a_change_that_ends_an_event_tells_no_event():
    _, said = told(None)
    assert "event" not in said["data"]


def test_a_reset_says_where_to_read_and_from_where_to_go_on():
    message = Message(id="dlv_2", type="timeline.reset", timeline="demo", at=AT)
    said = json.loads(reset_body(message, 12))
    assert said["data"] == {
        "timeline": "demo",
        "revision": 12,
        "links": {"timeline": "/v1/timelines/demo", "changes": "/v1/timelines/demo/changes"},
    }


def test_a_test_names_the_subscription_and_no_event():
    message = Message(id="dlv_3", type="subscription.test", timeline="demo", at=AT)
    said = json.loads(trial_body(message, "sub_1", form=CLOUD))
    assert said["data"] == {"timeline": "demo", "subscription_id": "sub_1"}
    assert "subject" not in said
