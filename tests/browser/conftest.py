"""What tests of pages ask for: a browser, running services with stories, watched pages."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.browser.places import Place
from tests.browser.sites import Site, serve
from tests.browser.watching import Watched, watched

Address = Callable[..., str]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for all tests; each opens contexts of its own."""
    program = chromium.find()
    if program is None:
        required = os.environ.get("TIMELINES_TEST_REQUIRE", "").replace(",", " ").split()
        missing = pytest.fail if {"browser", "all"} & set(required) else pytest.skip
        missing(f"no Chromium: put one on PATH, or name it in {chromium.CHOSEN}")
    with chromium.launched(program) as launched:
        yield launched


@pytest.fixture(scope="package")
def site(browser, tmp_path_factory) -> Iterator[Site]:
    """A service with keys off and its stories, and another with keys on over the same record."""
    with serve(tmp_path_factory.mktemp("browser")) as served:
        yield served


@pytest.fixture
def watch(browser, site) -> Iterator[Watched]:
    with watched(browser, site.open, site.guarded) as watch:
        yield watch


@pytest.fixture(scope="session")
def axe(npm_modules) -> str:
    """The script of axe-core."""
    return (Path(npm_modules) / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


@pytest.fixture
def address(site) -> Address:
    """The address of a place, in the story unless other names are given."""

    def of(place: Place, **names: str) -> str:
        origin = site.guarded if place.guarded else site.open
        return origin + place.path.format(**{**site.story, **names})

    return of
