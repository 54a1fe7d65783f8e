"""Twenty awkward sentences: what a reader of the terminal sees is right, and says why."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from service.cli.explain import explanation
from service.cli.terminal import Terminal
from service.otherlanguages import resolve_any
from service.temporal.publication import read_publication
from service.temporal.timex import Context

FILE = Path(__file__).resolve().parents[2] / "corpus" / "explained.toml"
STORY = tomllib.loads(FILE.read_text(encoding="utf-8"))
SENTENCES = [pytest.param(each, id=each["text"]) for each in STORY["sentence"]]
WIDE = Terminal(width=500)
JARGON = re.compile(r"clause|span|granularity|anchor(?!\])|EVENT|TIMEX|undirected|tree|None")


def shown(sentence):
    """What is printed for each expression: the text above the line, its meaning, the reasons."""
    context = Context(publication=read_publication(STORY["reference"]), language=STORY["language"])
    found = resolve_any(sentence["text"], context).expressions
    printed = list(explanation(sentence["text"], context, found, WIDE))
    said = []
    for number, line in enumerate(printed):
        if "─" in line:
            start, end = line.index("─"), line.rindex("─") + 1
            said.append({"phrase": printed[number - 1][start:end], "because": []})
        elif line.startswith("   means"):
            said[-1]["means"] = line[len("   means") :].rpartition(" (")[0].strip()
        elif (reason := re.fullmatch(r".*? \d+\. (.*) \[[^]]*\]", line)) is not None:
            said[-1]["because"].append(reason[1])
    return said


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_terminal_says_what_is_right_and_why(sentence):
    assert shown(sentence) == [
        {key: each[key] for key in ("phrase", "because", "means")}
        for each in sentence.get("said", ())
    ]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_reasons_are_in_words_that_a_reporter_uses(sentence):
    for each in shown(sentence):
        assert [reason for reason in each["because"] if JARGON.search(reason)] == []


def test_there_are_twenty():
    assert len(SENTENCES) == 20
