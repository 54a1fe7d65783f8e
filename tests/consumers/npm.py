"""Programs from npm that read what we give: TimelineJS's loader, ical.js, an EventSource, axe.

They are installed by exact version, once, into the user's cache folder. `npm_reader` talks to one
node process that lives as long as the tests do. Without npm its tests are skipped, unless
TIMELINES_TEST_REQUIRE names `npm` or `all`.
"""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PACKAGE = HERE / "package.json"
INSTALL = ("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock")


class NpmReader:
    """A node process that reads what it is given with programs from npm."""

    def __init__(self, modules: Path) -> None:
        self._process = subprocess.Popen(
            ["node", str(HERE / "reader.mjs"), str(modules)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def read(self, as_: str, text: str) -> dict:
        """What the program made of `text`; fails when it refused it."""
        self._process.stdin.write(json.dumps({"as": as_, "text": text}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert "failed" not in answer, answer
        return answer["read"]

    def stop(self) -> None:
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(timeout=10)


@pytest.fixture(scope="session")
def npm_modules() -> Path:
    """The folder whose `node_modules` has the programs."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        required = os.environ.get("TIMELINES_TEST_REQUIRE", "").replace(",", " ").split()
        missing = pytest.fail if {"npm", "all"} & set(required) else pytest.skip
        missing("node and npm are not on PATH")
    return _installed()


@pytest.fixture(scope="session")
def npm_reader(npm_modules) -> Iterator[NpmReader]:
    reader = NpmReader(npm_modules)
    yield reader
    reader.stop()


def _installed() -> Path:
    """The folder with the packages, which is there whole or not at all."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "event-timelines"
    folder = cache / f"npm-{hashlib.sha256(PACKAGE.read_bytes()).hexdigest()[:16]}"
    if not folder.exists():
        cache.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=cache))
        shutil.copy(PACKAGE, made)
        subprocess.run(INSTALL, cwd=made, check=True, capture_output=True, timeout=110)
        try:
            made.rename(folder)
        except OSError:  # another run was quicker
            shutil.rmtree(made)
    return folder
