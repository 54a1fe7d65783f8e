"""Twice the text costs twice the work: in steps, which can be counted, and in the tokens' time."""

from __future__ import annotations

import cProfile
import time

import pytest

from service.temporal.engine import resolve
from service.temporal.publication import read_publication
from service.temporal.timex import Context

GROWTH = 2.1
LONG = 256 * 1024
SHORT = 2 * 1024
FLOOR = 0.1
"""Seconds that a slow machine may add."""
PUBLICATION = read_publication("2026-01-27T10:00:00+00:00")

ARTICLES = {
    "plain": "The committee asked whether the harbour and all of its roads could be kept open. ",
    "dense": "On Tuesday, 3 March 2020 at 5 p.m. the talks began, weeks after the February vote. ",
    "persian": "دولت روز شنبه گفت که مردم شهر از سال ۱۴۰۲ باید از راه‌های تازه استفاده کنند. ",
}
REPEATED = {
    "in": "in ",
    "the day of": "the day of the ",
    "last": "last ",
    "from": "from ",
    "early": "early ",
    "May": "May ",
    "opened May": "(May ",
    "Monday and": "Monday and ",
    "May to": "May to ",
    "was Monday": "was Monday ",
    "Monday night": "Monday night ",
    "that day": "that day ",
    "2020": "2020 ",
    "1404": "in 1404 ",
    "line ends": "May\n",
    "abbreviations": "Jan. 5, ",
    "for the year": "for the year ",
    "quarters": "the first quarter ",
    "hundreds": "two hundred ",
}
RUNS = {
    "1": "1 ",
    "digits": "7",
    "commas in a number": "1,",
    "groups of a number": ",111",
    "points in a number": "1.",
    "dashes in a number": "1-",
    "slashes in a number": "1/",
    "clocks": "1:",
    "pluses": "+1",
    "dollars": "$1",
    "brackets": "(",
    "square brackets": "[",
    "apostrophes": "'",
    "Persian digits": "۱,",
    "joiners": "م\u200c",
}


def filled(unit: str, size: int) -> str:
    """`size` characters of the unit, with a letter at the end, so that no run ends well."""
    return (unit * (size // len(unit) + 1))[: size - 1] + "x"


def context(text: str) -> Context:
    language = "fa" if any("\u0600" <= char < "\u0700" for char in text[:10]) else "en"
    return Context(publication=PUBLICATION, language=language)


def steps(text: str) -> int:
    """The calls that reading the text makes."""
    profile = cProfile.Profile()
    profile.runcall(resolve, text, context(text))
    return sum(entry.callcount for entry in profile.getstats())


def seconds(text: str) -> float:
    started = time.process_time()
    resolve(text, context(text))
    return time.process_time() - started


@pytest.mark.parametrize("name", ARTICLES)
def test_steps_double_with_an_article_up_to_the_longest(name):
    unit = ARTICLES[name]
    steps(unit)  # words, rules and calendars are read once
    assert steps(filled(unit, LONG)) <= GROWTH * steps(filled(unit, LONG // 2))


@pytest.mark.parametrize("name", [*REPEATED, *RUNS])
def test_steps_double_with_what_is_repeated(name):
    unit = (REPEATED | RUNS)[name]
    steps(filled(unit, 200))
    assert steps(filled(unit, 2 * SHORT)) <= GROWTH * steps(filled(unit, SHORT))


@pytest.mark.parametrize("name", RUNS)
def test_time_is_not_lost_inside_regular_expressions(name):
    short, long = filled(RUNS[name], 4 * SHORT), filled(RUNS[name], 16 * SHORT)
    # The best of a few: what else the machine does only ever adds time.
    tries = (seconds(long) <= 2 * GROWTH**2 * seconds(short) + FLOOR for _ in range(4))
    assert any(tries)
