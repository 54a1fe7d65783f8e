from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from zoneinfo import ZoneInfo

import pytest

from seeds.samples import FOLDER, read_samples

SAMPLES = read_samples()
FIELDS = {
    "text",
    "published_at",
    "title",
    "url",
    "publisher",
    "author",
    "language",
    "external_id",
    "timezone",
}


def articles():
    return [pytest.param(json.loads(each.body), id=each.name) for each in SAMPLES]


def test_at_least_twelve_articles_tell_three_stories_by_several_outlets():
    outlets = {
        timeline: {each.publisher for each in SAMPLES if each.timeline == timeline}
        for timeline in {each.timeline for each in SAMPLES}
    }
    assert len(SAMPLES) >= 12
    assert len(outlets) == 3
    assert all(len(names) >= 4 for names in outlets.values())


def test_every_file_is_read():
    assert len(SAMPLES) == len(list(FOLDER.iterdir()))


@pytest.mark.parametrize("article", articles())
def test_an_article_has_only_fields_that_the_api_takes(article):
    assert article.keys() <= FIELDS
    assert 100 <= len(article["text"].split()) <= 300


@pytest.mark.parametrize("article", articles())
def test_addresses_are_reserved_for_examples(article):
    host = article["url"].split("/")[2]
    assert article["url"].startswith("https://")
    assert host.endswith((".example.org", ".example.com"))


@pytest.mark.parametrize("article", articles())
def test_publication_and_zone_can_be_read(article):
    assert dt.datetime.fromisoformat(article["published_at"])
    assert ZoneInfo(article.get("timezone", "UTC"))


def test_external_ids_are_unique():
    counts = Counter(json.loads(each.body)["external_id"] for each in SAMPLES)
    assert counts.most_common(1)[0][1] == 1


def test_publication_comes_bare_with_z_and_with_an_offset():
    ends = [each.published_at for each in SAMPLES]
    assert any(len(each) == 10 for each in ends)
    assert any(each.endswith("Z") for each in ends)
    assert any(each.endswith("-05:00") for each in ends)


def test_a_file_that_holds_no_sample_is_named(tmp_path):
    (tmp_path / "odd.json").write_text("[]")
    with pytest.raises(ValueError, match=r"odd\.json holds no sample"):
        read_samples(tmp_path)
