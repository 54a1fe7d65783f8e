"""One of our own stories on both stores: the same content in any order, corrected and retracted."""

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest

from service.intake import draft
from service.merging import commit_reading
from service.store.eventquery import EventQuery
from workers.grammar.analysis import build
from workers.pipeline import read_batch

STORY = Path(__file__).parents[1] / "stories" / "gold" / "rail_strike.toml"
ARTICLES = tomllib.loads(STORY.read_text(encoding="utf-8"))["article"]
NOTHING = "Nothing."
SHUFFLES = 4

analyser = cache(build)


@cache
def read(posted):
    """What the pipeline finds in a claimed article, whatever the timeline."""
    ((_, found),) = read_batch([posted], analyser())
    return found


def tell(store, timeline, article):
    """Post or correct an article, and let a worker read it."""
    new = draft(timeline, article, received=2e9)
    (added,) = store.add_articles(timeline, [new])
    if added.outcome == "known":
        return
    if added.outcome == "differs":
        version = store.find_article(added.id).version
        assert store.replace_article(added.id, new, version).version == version + 1
    (claimed,) = store.claim("token", limit=1, characters=100_000, lease=60.0)
    found = read(replace(claimed, version=1, attempt=1))
    commit_reading(store, claimed, "token", found)


def content(store, timeline):
    """The documents of the events, with the articles by their own names."""
    documents = [each.document for each in store.list_events(timeline, EventQuery(limit=200))]
    names = {each.id: each.key for each in store.list_articles(timeline, limit=99, after=None)}
    for article, name in names.items():
        documents = [each.replace(article, name) for each in documents]
    return documents


def versions(article, dice):
    """Stale versions of an article and its last one, as they are posted."""
    cut = article["text"].rindex("\n", 0, len(article["text"]) * 2 // 3)
    stale = (article | {"text": article["text"][:cut]}, article | {"text": NOTHING})
    return [*dice.sample(stale, dice.randrange(3)), article]


@pytest.mark.parametrize("number", range(SHUFFLES))
def test_a_story_is_one_timeline_in_any_order(store, number):
    dice = Random(number)  # noqa: S311  # the same ways each time
    steps = [versions(each, dice) for each in ARTICLES]
    while waiting := [own for own in steps if own]:
        tell(store, "wandering", dice.choice(waiting).pop(0))
    for article in ARTICLES:
        tell(store, "straight", article)
    assert len(content(store, "straight")) > 10
    assert content(store, "wandering") == content(store, "straight")


def test_what_is_retracted_was_never_there(store):
    for article in ARTICLES:
        tell(store, "whole", article)
    tell(store, "whole", ARTICLES[1] | {"text": NOTHING})
    for article in (*ARTICLES[2:], ARTICLES[0]):
        tell(store, "others", article)
    assert content(store, "whole") == content(store, "others")
    for article in ARTICLES:
        tell(store, "whole", article | {"text": NOTHING})
    assert content(store, "whole") == []
