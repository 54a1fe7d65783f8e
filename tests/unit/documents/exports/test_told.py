"""Events as exports read them from their documents."""

import pytest

from service.documents.exports.formats import FORMATS
from service.documents.exports.told import read_event
from tests.exporting import CHANGED, export, told


def test_the_source_to_quote_is_that_of_the_short_document():
    event = told(sources=2)
    copied = [{**event.document["sources"][0], "independent": False}, event.document["sources"][1]]
    again = read_event({**event.document, "sources": copied}, revision=1, changed_at=0)
    assert (event.best.outlet, again.best.outlet) == ("Post 0", "Post 1")


def test_when_an_event_changed_counts_from_its_latest_source_where_nobody_knows():
    event = told(sources=2, source={"published_at": "2026-01-28T12:00:00+02:00"})
    assert read_event(event.document, revision=1, changed_at=None).changed_at == 1_769_594_400
    assert read_event({}, revision=1, changed_at=None).changed_at == 0
    assert event.changed_at == CHANGED


def test_outlets_and_addresses_come_once_each_by_the_best_name_there_is():
    event = told(sources=2)
    names = [{"publisher": "Post"}, {"publisher": "Post"}, {"title": "Bridge"}, {"article_id": "x"}]
    event = read_event({**event.document, "sources": names}, revision=1, changed_at=0)
    assert event.outlets == ("Post", "Bridge", "x")
    assert event.addresses == ()


def test_what_is_out_of_the_ordinary_is_told_once():
    assert told().remarks == ()
    assert told(status="ongoing").remarks == ()
    plan = told(kind="planned", status="planned", certainty="reported")
    assert plan.remarks == ("planned", "reported")
    assert told(status="did_not_happen").remarks == ("did not happen",)


@pytest.mark.parametrize("document", [{}, {"sources": [{}], "date": {}, "image": {}}])
@pytest.mark.parametrize("name", FORMATS)
def test_what_a_document_of_an_older_version_leaves_out_is_left_out(name, document):
    for changed_at in (CHANGED, None):
        event = read_event(document, revision=1, changed_at=changed_at)
        assert FORMATS[name].render(export(event))
