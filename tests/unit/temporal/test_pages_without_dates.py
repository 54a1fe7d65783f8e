"""Whole pages that hold no date at all yield none, and neither does any of their lines."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from service.temporal.engine import resolve
from service.temporal.publication import read_publication
from service.temporal.timex import Context

FILE = Path(__file__).resolve().parents[2] / "corpus" / "pages_without_dates.toml"
CONTENT = tomllib.loads(FILE.read_text(encoding="utf-8"))
CONTEXT = Context(publication=read_publication(CONTENT["reference"]), language=CONTENT["language"])
PAGES = [pytest.param(page["text"], id=page["what"]) for page in CONTENT["page"]]


def texts_of(found):
    return [each.text for each in found]


@pytest.mark.parametrize("text", PAGES)
def test_a_page_without_dates_yields_none(text):
    assert texts_of(resolve(text, CONTEXT)) == []


@pytest.mark.parametrize("text", PAGES)
def test_its_lines_yield_none_by_themselves(text):
    hits = [(line, texts_of(resolve(line, CONTEXT))) for line in text.splitlines()]
    assert [(line, found) for line, found in hits if found] == []


def test_all_pages_as_one_text_yield_none():
    whole = "\n\n".join(page["text"] for page in CONTENT["page"])
    assert texts_of(resolve(whole, CONTEXT)) == []
