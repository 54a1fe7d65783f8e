"""Stories of our own against the timelines expected of them, each expectation a check of its own.

A check that is not met yet stands in unmet/gold.toml with what is shown instead. One that is met
now fails here until `python benchmarks/events.py --settle` has taken it out.
"""

from functools import cache

import pytest
from storycase import checks, judge, stories, tell, unmet

STORIES = stories()
UNMET = unmet()
FEWEST = 10


@cache
def told(name):
    return tell(STORIES[name])


@cache
def complaints(name):
    return judge(told(name))


def named_checks():
    for name, story in STORIES.items():
        for check in checks(story):
            reason = UNMET.get(name, {}).get(check)
            why = f"{reason} (met now? benchmarks/events.py --settle)"
            marks = [pytest.mark.xfail(reason=why)] if reason else []
            yield pytest.param(name, check, marks=marks, id=f"{name}-{check}")


@pytest.mark.parametrize("name,check", list(named_checks()))
def test_story_shows_what_is_expected(name, check):
    complaint = complaints(name)[check]
    assert not complaint, complaint


@pytest.mark.parametrize("name", list(STORIES))
def test_story_is_the_same_told_backwards(name):
    assert told(name).timeline.events == tell(STORIES[name], backwards=True).timeline.events


@pytest.mark.parametrize("name", list(STORIES))
def test_every_quote_of_a_story_stands_in_its_text(name):
    texts = {each["external_id"]: each["text"] for each in STORIES[name]["article"]}
    for event in told(name).timeline.events:
        for source in event["sources"]:
            text = texts[source["external_id"]]
            assert text[source["start"] : source["end"]] == source["quote"]


def test_there_are_stories_enough():
    assert len(STORIES) >= FEWEST
    assert all(3 <= len(story["article"]) <= 6 for story in STORIES.values())


def test_what_is_not_met_yet_is_a_check_of_a_story():
    known = {(name, check) for name, story in STORIES.items() for check in checks(story)}
    assert {(name, check) for name, rows in UNMET.items() for check in rows} <= known
