"""Laws of the engine's cost and of its use from threads: linear, shared safely, light to import."""

from __future__ import annotations

import cProfile
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from service.temporal.engine import resolve
from service.temporal.languages import beside_english
from service.temporal.publication import read_publication
from service.temporal.rules import en
from service.temporal.scanner import code
from service.temporal.timex import Context

PUBLICATION = read_publication("2026-01-27T10:00:00-05:00")
LARGEST, LARGE = 256 * 1024, 16 * 1024
NEWS = (
    "The council met on Tuesday, two days after the vote, and will decide by 5 March 2026. Prices "
    "rose 3 percent in the third quarter, from $4 a year ago; a Monday in late December 2025 was "
    "the coldest day since 1947.\n"
)
PERSIAN_NEWS = (
    "شورا روز سه‌شنبه، دو روز پس از رأی‌گیری، تشکیل جلسه داد و تا ۱۵ اسفند ۱۴۰۴ تصمیم خواهد گرفت. "
    "قیمت‌ها در سه ماهه دوم سال گذشته ۳ درصد رشد کرد.\n"
)
# What a rule might go through again from every word on.
REPEATED = {
    "en": [
        NEWS, "the ", "after the ", "day of the ", "two days and ", "a day before ", "1999 2000 ",
        "two days after he ", "during the ", "5 p.m. ", "in 19", "([", "1.1.1.1.", "the first of ",
        "since the start of ", "\n", "\x00", "e\u0301", "12345", "12:30 ", "the week of ",
    ],
    "fa": [
        PERSIAN_NEWS, "روز ", "یک روز و ", "پس از ", "۱۴۰۴ ", "ماه گذشته ", "\u200c", "ی ", "۱ ",
        "بین ",
    ],
    "und": [NEWS + PERSIAN_NEWS, "2021年3月3日", "Am 3. März 2021 "],
}  # fmt: skip
LISTED = {
    "en": ["Jan. 1, ", "May, ", "the 17th, ", "Monday to ", "3 and ", "between May and "],
    "fa": ["یک روز و ", "شنبه تا ", "فروردین و "],
}
CASES = [(language, text) for language, texts in REPEATED.items() for text in texts]
LISTS = [(language, text) for language, texts in LISTED.items() for text in texts]


def read(language: str, text: str):
    return resolve(text, Context(publication=PUBLICATION, language=language))


def filled(text: str, size: int) -> str:
    return (text * (size // len(text) + 1))[:size]


def steps(language: str, text: str) -> int:
    """Calls of functions, those of the interpreter's own included."""
    profile = cProfile.Profile()
    profile.enable()
    read(language, text)
    profile.disable()
    return sum(each.callcount for each in profile.getstats())


def seconds(language: str, text: str) -> float:
    """CPU time, the less of two runs."""
    runs = []
    for _ in range(2):
        started = time.process_time()
        read(language, text)
        runs.append(time.process_time() - started)
    return min(runs)


@pytest.mark.parametrize("language, text", CASES, ids=[repr(text[:12]) for _, text in CASES])
def test_twice_the_text_takes_at_most_twice_the_steps(language, text):
    """News up to 256 KB; what repeats itself without end up to 16."""
    size = LARGEST if text in {NEWS, PERSIAN_NEWS} else LARGE
    steps(language, filled(text, 4096))  # so that every cache is filled
    once, twice = (steps(language, filled(text, each)) for each in (size // 2, size))
    assert twice <= 2.1 * once


@pytest.mark.parametrize("language, text", LISTS, ids=[repr(text[:12]) for _, text in LISTS])
def test_a_list_without_end_takes_no_square_inside_a_step(language, text):
    """Patterns run inside one step: four times the text is four times the time, not sixteen."""
    once, fourfold = (seconds(language, filled(text, size)) for size in (4096, 16384))
    assert fourfold <= 9 * once + 0.05


@pytest.mark.parametrize("language", ["en", "fa"])
def test_no_rule_reaches_without_end(language):
    own = beside_english(language)
    stages = en.stages() if own is None else own.stages()
    endless = [
        rule.pattern for stage in stages for rule in stage.rules if {"*", "+"} & {*rule.pattern}
    ]
    assert endless == []


def test_many_threads_get_the_answers_of_one():
    texts = [
        (language, filled(text, 2000 + 37 * index)) for index, (language, text) in enumerate(CASES)
    ]
    expected = [read(*each) for each in texts]
    with ThreadPoolExecutor(16) as threads:
        for _ in range(3):
            assert list(threads.map(lambda each: read(*each), texts)) == expected


def test_a_class_that_two_threads_name_at_once_has_one_code():
    """Both miss the cache and name it; the second must be told what the first was."""
    assert code.__wrapped__("unit") == code("unit") == code.__wrapped__("unit")


COLD = """
import sys, threading
sys.setswitchinterval(1e-6)
from service.temporal.engine import resolve
from service.temporal.publication import read_publication
from service.temporal.timex import Context
texts = {"en": "He left on Tuesday, two days after the vote.", "fa": "او سه‌شنبه ۷ بهمن ۱۴۰۴ رفت."}
start, answers = threading.Barrier(12), []
def read(language):
    start.wait()
    context = Context(publication=read_publication("2026-01-27"), language=language)
    answers.append((language, resolve(texts[language], context)))
threads = [threading.Thread(target=read, args=(language,)) for language in [*texts] * 6]
for each in threads: each.start()
for each in threads: each.join()
assert len(answers) == 12
for language in texts:
    found = [answer for name, answer in answers if name == language]
    assert found[0] and all(answer == found[0] for answer in found), found
"""
LIGHT = """
import sys
from service.temporal.engine import resolve
from service.temporal.publication import read_publication
from service.temporal.timex import Context
for language, text in (("en", "He left on Tuesday."), ("fa", "او سه‌شنبه رفت."), ("und", "Tuesday")):
    resolve(text, Context(publication=read_publication("2026-01-27"), language=language))
heavy = {"spacy", "dateparser", "numpy", "regex", "sqlalchemy", "flask", "redis"}
assert not heavy & {name.partition(".")[0] for name in sys.modules}
"""


@pytest.mark.parametrize("program", [COLD, LIGHT], ids=["cold", "light"])
def test_a_process_of_its_own_holds(program):
    """Threads that come first of all agree, and nothing heavy is loaded."""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
