"""The Chromium of this machine. None is ever downloaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

CHOSEN = "TIMELINES_TEST_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome")


def find() -> str | None:
    """The program that TIMELINES_TEST_CHROMIUM names, else the first of its names on PATH."""
    chosen = os.environ.get(CHOSEN)
    if chosen:
        return shutil.which(chosen)
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def launched(program: str) -> Iterator[Browser]:
    """A browser without a window, gone afterwards."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program)
        try:
            yield browser
        finally:
            browser.close()
