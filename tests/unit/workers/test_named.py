"""A sentence that only speaks of an event by its noun joins that event, and opens none."""

import pytest

from tests.making import claimed
from workers.grammar.analysis import build
from workers.pipeline import read_batch

LEAD = "Thieves stole nine paintings from a museum in Aldwick on Sunday, police said."


@pytest.fixture(scope="module")
def analyser():
    return build()


@pytest.mark.parametrize(
    "sentence",
    [
        "The entire robbery was over in a matter of minutes.",
        "The heist near the harbour is the latest to hit Aldwick.",
        "The operation was the third of its kind in a month.",
    ],
)
def test_what_is_named_again_joins_what_was_told(analyser, sentence):
    ((_, read),) = read_batch([claimed(text=f"{LEAD}\n\n{sentence}", language="en")], analyser)
    told, named = read.mentions
    assert not named.opens
    assert named.pointer.target == told.id


def test_what_is_named_alone_is_nothing(analyser):
    text = "The entire robbery was over in a matter of minutes."
    ((_, read),) = read_batch([claimed(text=text, language="en")], analyser)
    assert [each.opens for each in read.mentions] == [False]
