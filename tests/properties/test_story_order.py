"""Our own stories give one timeline in any order, with corrections and deletions between.

What the pipeline reads in an article and in its stale versions is read once; posting, correcting
and deleting it in any order then gives the same content, to the byte. A hundred shuffles in all.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest

from service.timeline.plan import BOUNDS, Bounds
from tests.making import World, claimed
from workers.grammar.analysis import build
from workers.pipeline import read_batch

GOLD = Path(__file__).parents[1] / "stories" / "gold"
STORIES = {path.stem: path for path in sorted(GOLD.glob("*.toml"))}
SHUFFLES = 9
"""Of each story."""
SMALL = Bounds(block=3, told=2, component=5)


analyser = cache(build)


def read(article, **changed):
    """(head, mentions) of an article as it would be posted."""
    of = claimed(**article | changed)
    ((_, found),) = read_batch([of], analyser())
    signed = {"signature": found.reading.signature, "credits": found.reading.credits}
    return replace(of.head, **signed), found.mentions


def versions(article):
    """The last version of an article, and the stale ones: shorter, of another day, gone."""
    text = article["text"]
    last = read(article)
    shorter = read(article, text=text[: text.rindex("\n", 0, len(text) * 2 // 3)])
    earlier = read(article, published_at="2019-05-06", publisher="Another Paper")
    return last, (shorter, earlier, (last[0], ()))


def shuffled(articles, dice):
    """A way to the last versions: of each article some stale ones, then the last once or twice."""
    steps = [
        [*dice.choices(stale, k=dice.randrange(3)), *[last] * dice.choice((1, 1, 2))]
        for last, stale in articles
    ]
    while waiting := [own for own in steps if own]:
        yield dice.choice(waiting).pop(0)


def told(way, bounds):
    world = World(bounds)
    for about, mentions in way:
        world.tell(about, mentions)
    return world


@pytest.fixture(scope="module", params=STORIES)
def story(request):
    articles = tomllib.loads(STORIES[request.param].read_text(encoding="utf-8"))["article"]
    return request.param, [versions(each) for each in articles]


@pytest.mark.parametrize("bounds", [BOUNDS, SMALL], ids=["usual bounds", "small bounds"])
def test_a_story_is_one_timeline_in_any_order(story, bounds):
    name, articles = story
    straight = told([last for last, _ in articles], bounds)
    for number in range(SHUFFLES):
        dice = Random(f"{name} {number}")  # noqa: S311  # the same ways each time
        way = tuple(shuffled(articles, dice))
        world = told(way, bounds)
        assert world.content() == straight.content(), number
        assert world.all_links == straight.all_links


def test_a_story_without_one_article_is_the_story_of_the_others(story):
    _, articles = story
    world = told([last for last, _ in articles], BOUNDS)
    for gone, (last, _) in enumerate(articles):
        world.tell(last[0], ())
        others = [each for number, (each, _) in enumerate(articles) if number != gone]
        assert world.content() == told(others, BOUNDS).content()
        world.tell(*last)
