"""What the documents say is so: settings, links, commands."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from service.settings import PREFIX, READERS, Settings

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
ROW = re.compile(r"^\| `(TIMELINES_\w+)` \| (?:`([^`]*)`)? ?\|", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


def documented() -> dict[str, str]:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    return {name: default or "" for name, default in ROW.findall(page)}


def as_text(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return "" if value is None else str(value)


def test_every_setting_is_in_the_table_with_its_default():
    defaults = {
        PREFIX + f.name.upper(): as_text(getattr(Settings(), f.name)) for f in fields(Settings)
    }
    assert documented() == defaults


def test_every_setting_has_a_reader():
    assert {f.name for f in fields(Settings)} == set(READERS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page):
    targets = [
        target for target in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in target
    ]
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_make_targets_in_the_readme_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    used = set(re.findall(r"`?make ([a-z-]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert used <= targets


def test_decisions_are_numbered_without_a_gap_and_short():
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [page.name[:4] for page in decisions] == [
        f"{n:04}" for n in range(1, len(decisions) + 1)
    ]
    assert all(len(page.read_text(encoding="utf-8").splitlines()) < 40 for page in decisions)
