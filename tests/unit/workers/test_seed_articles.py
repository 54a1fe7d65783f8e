"""Three real articles, when they lie beside the project: no furniture told, no prose lost.

Their texts are not ours, so they are not part of the project; own texts hold the same rules in
`test_layout.py`.
"""

import json
from pathlib import Path

import pytest

from service.documents.jsontext import loads
from tests.making import claimed
from workers.grammar.analysis import build
from workers.pipeline import read_batch

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
EXPECTED = SEEDS / "expected-timeline.json"

pytestmark = pytest.mark.skipif(
    not EXPECTED.is_file(), reason=f"the three real articles are not in {SEEDS}"
)


@pytest.fixture(scope="module")
def expected():
    return json.loads(EXPECTED.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def texts(expected):
    # As they are: a changed line end would shift the offsets.
    return {
        each["id"]: (SEEDS / each["file"]).read_bytes().decode() for each in expected["articles"]
    }


@pytest.fixture(scope="module")
def reads(expected, texts):
    posts = [
        claimed(
            text=texts[each["id"]],
            external_id=each["id"],
            published_at=f"{each['published_at']}T10:00:00-05:00",
        )
        for each in expected["articles"]
    ]
    return {post.key: read for post, read in read_batch(posts, build())}


def overlaps(one, other):
    return one["start"] < other["end"] and other["start"] < one["end"]


def test_every_stretch_of_furniture_is_recognised(expected, reads):
    for stretch in expected["furniture"] + expected["credits_to_strip"]:
        skipped = loads(reads[stretch["article_id"]].reading.skipped)
        whole = range(stretch["start"], stretch["end"])
        left = set(whole)
        for each in skipped:
            left -= set(range(each["start"], each["end"]))
        # Between a caption and its credit stands white space, which belongs to neither.
        assert len(left) <= 1, stretch


def test_no_source_sentence_is_taken_for_furniture(expected, reads):
    for event in expected["events"]:
        for source in event["sources"]:
            for each in loads(reads[source["article_id"]].reading.skipped):
                captions = each["why"] == "caption without a date"
                assert captions or not overlaps(each, source), source


def test_quotes_are_verbatim_and_no_commentary(expected, reads, texts):
    commentary = expected["commentary_not_events"]
    for name, read in reads.items():
        for mention in read.mentions:
            assert texts[name][mention.start : mention.end] == mention.quote
            place = {"start": mention.start, "end": mention.end}
            assert not [
                each for each in commentary if each["article_id"] == name and overlaps(each, place)
            ]


def test_the_expressions_of_the_case_are_dated(reads):
    found = {
        document["text"]: (document["earliest"], document["latest"])
        for read in reads.values()
        for document in map(loads, read.reading.expressions)
        if "earliest" in document
    }
    wanted = {
        "Tuesday": ("2026-01-27", "2026-01-27"),
        "Sunday": ("2026-01-25", "2026-01-25"),
        "late December": ("2025-12-21", "2025-12-31"),
        "1404": ("2025-03-21", "2026-03-20"),
        "from late 2025 to early 2026": ("2025-09-01", "2026-04-30"),
    }
    assert {words: found.get(words) for words in wanted} == wanted
