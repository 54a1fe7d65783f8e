"""Where an article comes from decides its seasons and its order of day and month."""

import json

import pytest

from tests.making import claimed
from workers.grammar.analysis import build
from workers.pipeline import read_batch


@pytest.fixture(scope="module")
def analyser():
    return build()


@pytest.fixture
def values(analyser):
    def read(text, **posted):
        ((_, found),) = read_batch([claimed(text=text, **posted)], analyser)
        return [json.loads(each)["value"] for each in found.reading.expressions]

    return read


SEASON = "The ministry said the reservoir had been full last winter, the wettest on record."


def test_the_zone_of_the_article_says_whose_winter_it_was(values):
    assert values(SEASON) == ["2024-WI"]
    assert values(SEASON, timezone="Australia/Hobart") == ["2025-WI"]


def test_the_domain_of_the_address_says_whose_winter_it_was(values):
    assert values(SEASON, url="https://news.example.co.nz/reservoir") == ["2025-WI"]
    assert values(SEASON, url="https://news.example.co.uk/reservoir") == ["2024-WI"]


def test_the_name_of_the_outlet_says_whose_winter_it_was(values):
    assert values(SEASON, publisher="The Adelaide Lamp") == ["2025-WI"]


ORDER = "The council said the permit of 02/03/2025 had been lost by a clerk."


@pytest.mark.parametrize(
    "posted, value",
    [
        ({}, "2025-02-03"),
        ({"timezone": "Europe/London"}, "2025-03-02"),
        ({"url": "https://example.ie/permit"}, "2025-03-02"),
        ({"language": "en-GB"}, "2025-03-02"),
        ({"language": "en-US", "publisher": "The London Lamp"}, "2025-02-03"),
        ({"url": "https://example.us/permit", "language": "en-GB"}, "2025-02-03"),
    ],
)
def test_the_outlet_says_which_number_is_the_day(values, posted, value):
    assert values(ORDER, **posted) == [value]
