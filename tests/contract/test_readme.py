"""The README's request gives the README's answer."""

import json
import re
from pathlib import Path

import pytest

from service.merging import commit_reading
from workers.grammar.analysis import build
from workers.pipeline import read_batch

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
REQUEST = re.compile(r"-d '(\{.*?\})'", re.DOTALL)
ANSWER = re.compile(r"```json\n(.*?)```", re.DOTALL)


@pytest.fixture
def tell(api):
    """Post the README's article through the API, work, and read the timeline's events."""

    def told(article: object) -> list[object]:
        assert api.post(article, "/v1/timelines/iran/articles").status_code == 202
        claimed = api.store.claim("token", limit=20, characters=200_000, lease=60.0)
        for each, read in read_batch(claimed, build()):
            commit_reading(api.store, each, "token", read)
        return api.get("/v1/timelines/iran").json["events"]

    return told


def lies_in(part: object, whole: object) -> bool:
    """Whether `whole` says all that `part` says; lists may hold more, in the same order."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(
            key in whole and lies_in(value, whole[key]) for key, value in part.items()
        )
    if isinstance(part, list):
        rest = iter(whole) if isinstance(whole, list) else iter(())
        return all(any(lies_in(value, other) for other in rest) for value in part)
    return part == whole


def test_the_request_gives_the_answer(tell):
    request, answer = REQUEST.search(README), ANSWER.search(README)
    assert request
    assert answer
    events = tell(json.loads(request.group(1)))
    assert len(events) == 2
    assert any(lies_in(json.loads(answer.group(1)), event) for event in events)


def test_a_wrong_answer_would_be_noticed(tell):
    request = REQUEST.search(README)
    assert request
    events = tell(json.loads(request.group(1)))
    assert not any(lies_in({"date": {"start": "2026-01-24"}}, event) for event in events)
