"""The phrase corpus is the specification: every phrase as one expression, every near miss as none.

A phrase stands in its frame (a sentence with {} where it goes) and must be read as exactly one
expression over exactly its own characters; other expressions of the frame are not looked at.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from service.temporal.binding import bind
from service.temporal.calendars import GREGORIAN
from service.temporal.edtf import interval_edtf
from service.temporal.engine import resolve
from service.temporal.grammar import Item, Rule, Rulebook, apply
from service.temporal.interval import Day, days
from service.temporal.languages import beside_english
from service.temporal.lexicon import lexicon
from service.temporal.publication import read_publication
from service.temporal.rules import en
from service.temporal.scanner import LATIN, scan
from service.temporal.timex import Context, Outlet, Resolution, Unbound

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
FIELDS = frozenset(
    [
        "value", "mod", "quant", "freq", "type", "edtf", "calendar", "relation", "granularity",
        "earliest", "latest", "candidates", "interval", "implies", "parts", "event", "bound",
        "bound_lasting",
    ]
)  # fmt: skip
OTHER_KEYS = frozenset(
    [
        "texts", "frame", "xfail", "source", "language", "title", "zone", "domain", "publisher",
        "because",
    ]
)  # fmt: skip


@cache
def files() -> dict[str, dict]:
    return {
        path.name: tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted(CORPUS.glob("*.toml"))
    }


def examples():
    for name, content in files().items():
        for number, example in enumerate(content.get("example", ()), start=1):
            marks = [pytest.mark.xfail(reason=example["xfail"])] if "xfail" in example else []
            for text in example["texts"]:
                label = f"{name}-{number}-{text}"
                yield pytest.param(name, example, text, id=label, marks=marks)


def near_misses():
    for name, content in files().items():
        for group in content.get("group", ()):
            for text in group["texts"]:
                yield pytest.param(name, group, text, id=f"{name}-{group['why']}-{text}")


def context(content: dict, entry: dict) -> Context:
    return Context(
        publication=read_publication(entry.get("reference", content["reference"])),
        language=entry.get("language", content["language"]),
        title=entry.get("title"),
        outlet=Outlet(**{key: entry.get(key) for key in ("zone", "domain", "publisher")}),
    )


def iso(day: Day | None) -> str | None:
    if day is None:
        return None
    date = GREGORIAN.from_day(day)
    year = f"{date.year:04}" if date.year >= 0 else f"-{-date.year:04}"
    return f"{year}-{date.month:02}-{date.day:02}"


def said(resolution: Resolution) -> dict[str, object]:
    """What a resolution says, by the names that the corpus uses."""
    interval = resolution.interval
    found: dict[str, object] = {
        "value": resolution.value,
        "mod": resolution.mod,
        "quant": resolution.quant,
        "freq": resolution.freq,
        "type": resolution.type.value,
        "calendar": resolution.calendar.value,
        "relation": None if resolution.relation is None else resolution.relation.value,
        "granularity": resolution.granularity.word,
        "interval": interval is not None,
        "parts": [part.value for part in resolution.parts],
        "candidates": [interval_edtf(each.interval) for each in resolution.candidates],
        "implies": None if resolution.implies is None else interval_edtf(resolution.implies),
    }
    if resolution.unbound is not None:
        found |= bound(resolution.unbound)
    if interval is not None:
        found["edtf"] = interval_edtf(interval)
        found["earliest"] = iso(interval.first_day)
        found["latest"] = iso(interval.last_day)
    return found


def bound(waits: Unbound) -> dict[str, object]:
    """Its event, and where it lies once that was on 27 January 2026, or from 20 to 30 January."""
    return {
        "event": waits.text,
        "bound": interval_edtf(bind(waits.expr, days(Day(20480), Day(20480)))),
        "bound_lasting": interval_edtf(
            bind(waits.expr, days(Day(20473), Day(20483)), lasting=True)
        ),
    }


@pytest.mark.parametrize("name,example,text", list(examples()))
def test_phrase_is_one_expression_with_its_meaning(name, example, text):
    unknown = set(example) - FIELDS - OTHER_KEYS
    assert not unknown, f"{name}: unknown keys {unknown}"
    before, _, after = example.get("frame", "{}").partition("{}")
    whole = before + text + after
    found = [
        each
        for each in resolve(whole, context(files()[name], example))
        if each.span.start < len(before) + len(text) and each.span.end > len(before)
    ]
    assert [each.text for each in found] == [text]
    expected = {key: value for key, value in example.items() if key in FIELDS}
    actual = said(found[0])
    listed = expected.pop("candidates", [])
    assert {key: actual.get(key) for key in expected} == expected
    assert set(listed) <= set(actual["candidates"])
    assert example.get("because", "") in " ".join(step.says for step in found[0].derivation)


@pytest.mark.parametrize("name,group,text", list(near_misses()))
def test_near_miss_is_no_expression(name, group, text):
    found = resolve(text, context(files()[name], group))
    assert [each.text for each in found] == group.get("only", [])


def stages_of(language: str) -> tuple[Rulebook, ...]:
    own = beside_english(language)
    return en.stages() if own is None else own.stages()


def rules_that_fire(language: str) -> set[tuple[str, str]]:
    """Name and pattern of every rule of the language that makes something of some of its texts."""
    fired: set[tuple[str, str]] = set()

    def watched(rule: Rule) -> Rule:
        def build(match):
            made = rule.build(match)
            if made is not None:
                fired.add((rule.name, rule.pattern))
            return made

        return replace(rule, build=build)

    own = beside_english(language)
    script = LATIN if own is None else own.script
    stages = [Rulebook([watched(rule) for rule in stage.rules]) for stage in stages_of(language)]
    phrases = [param.values for param in (*examples(), *near_misses())]
    for name, entry, text in phrases:
        if context(files()[name], entry).language != language:
            continue
        whole = entry.get("frame", "{}").replace("{}", text)
        scanned = scan(whole, lexicon(language), script)
        items = [
            Item(char, index, index + 1, scanned.values[index])
            for index, char in enumerate(scanned.codes)
        ]
        apply(items, stages, scanned)
    return fired


@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_rule_has_a_phrase_in_the_corpus(language):
    every = {(rule.name, rule.pattern) for stage in stages_of(language) for rule in stage.rules}
    assert every - rules_that_fire(language) == set()


def test_corpus_is_large_enough_to_be_a_specification():
    phrases = sum(
        len(each["texts"]) for file in files().values() for each in file.get("example", ())
    )
    misses = sum(len(each["texts"]) for file in files().values() for each in file.get("group", ()))
    assert phrases >= 1500
    assert misses >= 400
