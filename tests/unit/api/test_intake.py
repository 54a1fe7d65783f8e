"""The door: one article checked, many accepted with one ring."""

import pytest

from service.documents.jsontext import loads
from service.errors import InvalidInputError
from service.intake import DAY_SECONDS, LIMITS, Intake, draft, is_timeline_name, text_fault
from service.store.base import Added
from tests.servers.api import ARTICLE, NOW, Bell


def test_a_draft_keeps_the_fields_as_posted():
    made = draft("demo", ARTICLE, received=NOW)
    assert loads(made.posted) == ARTICLE
    assert (made.key, made.external_id) == ("courier-1", "courier-1")
    assert made.text == ARTICLE["text"]
    assert made.published_at == "2026-01-29T10:00:00+01:00"
    assert made.published_utc == 1_769_677_200
    assert made.timezone is None


def test_a_bare_date_counts_from_midnight_utc():
    made = draft("demo", {"text": "a", "published_at": "2026-01-29"}, received=NOW)
    assert made.published_utc == 1_769_644_800
    assert made.external_id is None
    assert len(made.key) == 64


def test_a_zone_moves_no_instant():
    plain = {"text": "a", "published_at": "2026-01-29T10:00:00Z"}
    there = draft("demo", {**plain, "timezone": "Asia/Tehran"}, received=NOW)
    assert there.published_utc == draft("demo", plain, received=NOW).published_utc
    assert there.timezone == "Asia/Tehran"


@pytest.mark.parametrize("ahead, right", [(DAY_SECONDS, True), (DAY_SECONDS + 1, False)])
def test_publication_is_at_most_a_day_ahead_of_receipt(ahead, right):
    fields = {"text": "a", "published_at": "2026-02-28T15:20:00Z"}
    if right:
        assert draft("demo", fields, received=NOW - ahead)
    else:
        with pytest.raises(InvalidInputError, match="a day ahead"):
            draft("demo", fields, received=NOW - ahead)


def test_every_fault_is_named_at_once():
    fields = {"text": "\x00", "published_at": "2026-01-29", "title": " ", "url": "ftp://a"}
    with pytest.raises(InvalidInputError) as caught:
        draft("demo", fields, received=NOW)
    assert [each.pointer for each in caught.value.violations] == ["/text", "/title", "/url"]


@pytest.mark.parametrize(
    "url",
    ["http://a", "https://news.example:8443/a?b=c#d", "https://[::1]/x", "HTTPS://A.example/ü"],
)
def test_addresses_on_the_web_are_taken(url):
    assert draft("demo", {**ARTICLE, "url": url}, received=NOW).url == url


@pytest.mark.parametrize("language", ["en", "fa-IR", "zh-Hant-TW", "EN-us"])
def test_language_tags_are_taken(language):
    assert draft("demo", {**ARTICLE, "language": language}, received=NOW).language == language


@pytest.mark.parametrize(
    "text, fault",
    [
        ("a", None),
        ("", "is empty"),
        ("\u3000\n", "is empty"),
        ("abcdef", "has 6 characters: use at most 5"),
        ("a\x00b", "a NUL at character 1"),
        ("ab\udfff", "a lone surrogate at character 2"),
        ("\U0010ffff\ufffe", None),
    ],
)
def test_what_keeps_a_text_out_is_said(text, fault):
    found = text_fault(text, 5)
    assert (found is None) if fault is None else (fault in found)


def test_indexed_texts_are_short():
    """PostgreSQL refuses index rows above 8 kB."""
    assert LIMITS["external_id"] <= 256


@pytest.mark.parametrize("name", ["a", "0", "iran-protests_2026.v1", "a" * 64])
def test_plain_names_are_timeline_names(name):
    assert is_timeline_name(name)


@pytest.mark.parametrize("name", ["", "A", "-a", "a/b", "a b", "a\n", "é", "٣", "a" * 65])
def test_other_names_are_none(name):
    assert not is_timeline_name(name)


class Taking:
    """A store that says what it is told to say, and when it was asked."""

    def __init__(self, *outcomes: str) -> None:
        self.outcomes = outcomes
        self.batches = []

    def add_articles(self, timeline, articles):
        self.batches.append((timeline, tuple(articles)))
        return tuple(
            Added(each.id, outcome, NOW)
            for each, outcome in zip(articles, self.outcomes, strict=True)
        )


def test_a_batch_is_one_commit_and_one_ring():
    store, bell = Taking("accepted", "known", "accepted"), Bell()
    drafts = [draft("demo", {**ARTICLE, "external_id": name}, received=NOW) for name in "abc"]
    added = Intake(store, bell).accept("demo", drafts)
    assert [each.outcome for each in added] == ["accepted", "known", "accepted"]
    assert store.batches == [("demo", tuple(drafts))]
    assert bell.rings == ["articles"]


def test_nothing_new_rings_no_bell():
    store, bell = Taking("known"), Bell()
    Intake(store, bell).accept("demo", [draft("demo", ARTICLE, received=NOW)])
    assert bell.rings == []


def test_no_articles_ask_no_store():
    store, bell = Taking(), Bell()
    assert Intake(store, bell).accept("demo", []) == ()
    assert store.batches == []


def test_a_bell_that_is_away_loses_nothing():
    added = Intake(Taking("accepted"), Bell(answers=False)).accept(
        "demo", [draft("demo", ARTICLE, received=NOW)]
    )
    assert [each.outcome for each in added] == ["accepted"]
