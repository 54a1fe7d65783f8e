"""The scorer of stories says what is wrong with a timeline, and nothing when it is right."""

import pytest
from merged import Told
from passages import Passage, best_match, told_by_each
from storycase import Case, checks

TEXT = "A quake hit Corvane on Sunday and a landslide buried a road. Rescuers came. Share this."

STORY = {
    "most_events": 2,
    "article": [{"external_id": "a", "text": TEXT}, {"external_id": "b", "text": TEXT}],
    "event": [
        {
            "id": "quake",
            "kind": "happening",
            "day": "2026-05-03",
            "told": {"a": ["A quake hit Corvane"], "b": ["A quake hit Corvane"]},
        },
        {
            "id": "slide",
            "between": ["2026-05-03", "2026-05-04"],
            "told": {"a": ["a landslide buried a road"]},
        },
    ],
    "never": {
        "merged": [["quake", "slide"]],
        "furniture": {"a": ["Share this"]},
        "happened": {"a": ["Rescuers came"]},
    },
    "notices": {"b": "commentary_only"},
}


def source(article, quote, clause):
    start = TEXT.index(clause)
    place = {"start": start, "end": start + len(clause)}
    return {"external_id": article, "quote": quote, "clause": place}


def event(day, *sources, kind="happening", status="happened"):
    date = {"start": day, "end": day, "earliest": day, "latest": day}
    return {"kind": kind, "status": status, "date": date, "sources": sources, "conflicts": []}


SENTENCE = TEXT[: TEXT.index(" Rescuers")]
QUAKE = "A quake hit Corvane on Sunday"
SLIDE = "a landslide buried a road"


def judged(*events, notices=("commentary_only",)):
    passages = [
        Passage(
            gold=each["id"],
            article=article,
            start=TEXT.index(words),
            end=TEXT.index(words) + len(words),
            words="".join(words.lower().split()),
        )
        for each in STORY["event"]
        for article, told in each["told"].items()
        for words in told
    ]
    told = told_by_each(events, passages)
    matches = {each["id"]: best_match(each["id"], told) for each in STORY["event"]}
    case = Case(STORY, Told(events, {"a": (), "b": notices}), told, matches)
    return {name for name, test in checks(STORY).items() if test(case)}


RIGHT = (
    event("2026-05-03", source("a", SENTENCE, QUAKE), source("b", SENTENCE, QUAKE)),
    event("2026-05-04", source("a", SENTENCE, SLIDE)),
)


def test_the_expected_timeline_has_no_complaint():
    assert judged(*RIGHT) == set()


def test_two_clauses_of_one_sentence_are_two_events_only_when_told_apart():
    lumped = event("2026-05-03", *RIGHT[0]["sources"], *RIGHT[1]["sources"])
    assert judged(lumped) == {"own:slide", "apart:quake+slide"}


def test_an_event_of_half_its_articles_is_found_and_not_merged():
    assert judged(event("2026-05-03", RIGHT[0]["sources"][0]), RIGHT[1]) == {"merged:quake"}


@pytest.mark.parametrize(
    "day,complaints",
    [
        ("2026-05-04", {"dated:quake", "day:quake", "bounds:quake"}),
        ("2026-05-03", set()),
    ],
)
def test_a_wrong_day_is_wrong_in_what_is_shown_and_in_what_is_proven(day, complaints):
    assert judged(event(day, *RIGHT[0]["sources"]), RIGHT[1]) == complaints


def test_nothing_told_leaves_every_event_unfound():
    assert {"found:quake", "found:slide", "merged:quake", "kind:quake"} <= judged()


def test_furniture_facts_and_notices_are_complained_of():
    extra = event("2026-05-03", source("a", "Rescuers came. Share this.", "Rescuers came"))
    wrong = {"furniture:a:Share this", "happened:a:Rescuers came", "few", "notice:b"}
    assert judged(*RIGHT, extra, notices=()) == wrong


def test_what_did_not_happen_may_be_told_as_such():
    extra = event("2026-05-03", source("a", "Rescuers came.", "Rescuers came"), status="planned")
    assert judged(*RIGHT, extra) == {"few"}
