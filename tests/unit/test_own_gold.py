"""The gold of benchmarks/own/ is sound: its spans, its weekdays, its size."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks" / "own"
NAMES = ("ranges", "parts", "anaphora", "clock", "calendars")
LEAST, LEAST_IN_HALF = 60, 30
_DAYS = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")


def passages(name: str) -> list[dict]:
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("name", NAMES)
def test_spans_hold_the_words_that_they_name(name):
    for passage in passages(name):
        for each in (*passage["timexes"], *passage.get("nothing", ())):
            assert passage["text"][each["start"] : each["end"]] == each["text"], passage["id"]


@pytest.mark.parametrize("name", NAMES)
def test_both_halves_hold_enough_expressions(name):
    every = passages(name)
    halves = [sum(len(each["timexes"]) for each in every[half::2]) for half in (0, 1)]
    assert sum(halves) >= LEAST
    assert min(halves) >= LEAST_IN_HALF


@pytest.mark.parametrize("name", NAMES)
def test_a_weekday_in_the_words_is_that_of_the_value(name):
    for passage in passages(name):
        for each in passage["timexes"]:
            named = set(re.findall(rf"\b({'|'.join(_DAYS)})day\b", each["text"]))
            days = re.findall(r"\d{4}-\d\d-\d\d", each["value"])
            assert named <= {_DAYS[dt.date.fromisoformat(day).weekday()] for day in days}


@pytest.mark.parametrize("name", NAMES)
def test_dates_have_both_ends_and_clock_times_have_none(name):
    for passage in passages(name):
        for each in passage["timexes"]:
            if each["type"] == "TIME":
                assert "earliest" not in each
            else:
                assert each["earliest"] <= each["latest"], passage["id"]
