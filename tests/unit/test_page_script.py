"""The script of our pages: what it computes, by node; what it must never do, by its text."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = (ROOT / "service" / "api" / "files" / "page.js").read_text(encoding="utf-8")
STAGE = ROOT / "tests" / "consumers" / "pagescript.mjs"
MOST_BYTES = 20_000


def test_what_the_script_computes():
    node = shutil.which("node")
    if node is None:
        required = os.environ.get("TIMELINES_TEST_REQUIRE", "").replace(",", " ").split()
        missing = pytest.fail if {"npm", "all"} & set(required) else pytest.skip
        missing("node is not on PATH")
    done = subprocess.run(
        [node, "--test", str(STAGE)], capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_script_is_small():
    assert len(SCRIPT.encode()) <= MOST_BYTES


@pytest.mark.parametrize(
    "word", ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "style"]
)
def test_the_script_makes_no_markup_and_no_code_of_text(word):
    assert word not in SCRIPT


def test_the_script_loads_nothing_from_elsewhere():
    assert not re.search(r"https?:|^import|import\(", SCRIPT, re.MULTILINE)
