"""The page of a timeline in the Chromium of this machine: first paint, size, answers to filters.

    python benchmarks/pages.py [--events 1000] [--rounds 15]

Each round opens the page in a fresh context, which has nothing cached. A timed filter goes from the
moment that the form is sent to the frame that shows the other list.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Browser, Page
from running import service

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from service.settings import Settings
from service.store.schema import migrate
from service.store.sql import SqlStore
from tests.browser import chromium, thousand

PAINT = """async () => {
  const [loading] = performance.getEntriesByType("navigation");
  const named = () => performance.getEntriesByName("first-contentful-paint")[0];
  while (!named() || !loading.loadEventEnd) await new Promise(requestAnimationFrame);
  const painted = named();
  return {
    "first byte": loading.responseStart,
    "first paint": painted.startTime,
    "loaded": loading.loadEventEnd,
  };
}"""
FILTER = """async ([name, value]) => {
  const form = document.querySelector("form.filters"), list = document.getElementById("list");
  const field = form.elements.namedItem(name);
  const frame = () => new Promise(requestAnimationFrame);
  const begun = performance.now();
  field.value = value;
  form.requestSubmit();
  while (list.isConnected && performance.now() - begun < 5000) await frame();
  await frame();
  return performance.now() - begun;
}"""
FILTERS = (("q", "harbour"), ("q", ""), ("from", "2025-01"), ("from", ""), ("q", "court tunnel"))
"""Filters asked for one after the other; an empty one shows all events again."""


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=thousand.EVENTS)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    program = chromium.find()
    if program is None:
        raise SystemExit(f"no Chromium: put one on PATH, or name it in {chromium.CHOSEN}")
    with tempfile.TemporaryDirectory(prefix="pages-") as folder:
        _fill(Path(folder), options.events)
        with service(data_dir=str(folder)) as address, chromium.launched(program) as browser:
            page = f"{address}/timelines/{thousand.TIMELINE}"
            print(f"{options.events:,} events, Chromium {browser.version}, {options.rounds} rounds")
            _loading(browser, page, options.rounds)
            _filtering(browser, page, options.rounds)


def _fill(folder: Path, events: int) -> None:
    url = Settings(data_dir=folder).sql_url
    migrate(url)
    with closing(SqlStore(url)) as store:
        thousand.fill(store, events)


def _loading(browser: Browser, address: str, rounds: int) -> None:
    """Print paint and sizes; the first round is not counted."""
    _load(browser, address)
    found = [_load(browser, address) for _ in range(rounds)]
    for name in found[0][0]:
        _print(name, [times[name] for times, _ in found])
    sizes = found[-1][1]
    for name, size in sizes.items():
        print(f"  {size / 1000:7.1f} kB  {name}")
    print(f"{sum(sizes.values()) / 1000:.1f} kB over the wire, heads and compression included")


def _load(browser: Browser, address: str) -> tuple[Mapping[str, float], Mapping[str, int]]:
    """Milliseconds since the visit began, and bytes by path, of one visit."""
    with closing(browser.new_context(viewport={"width": 1280, "height": 900})) as context:
        page = context.new_page()
        sizes = _weighed(page)
        page.goto(address)
        return page.evaluate(PAINT), dict(sizes)


def _weighed(page: Page) -> dict[str, int]:
    """The bytes of each answer by its path, as they arrive."""
    sizes: dict[str, int] = {}
    paths: dict[str, str] = {}
    told = page.context.new_cdp_session(page)
    told.send("Network.enable")

    def named(event: Mapping[str, Mapping[str, str]]) -> None:
        paths[str(event["requestId"])] = event["response"]["url"].split("/", 3)[-1]

    def finished(event: Mapping[str, float]) -> None:
        name = paths.get(str(event["requestId"]), "?")
        sizes[name] = sizes.get(name, 0) + int(event["encodedDataLength"])

    told.on("Network.responseReceived", named)
    told.on("Network.loadingFinished", finished)
    return sizes


def _filtering(browser: Browser, address: str, rounds: int) -> None:
    """Print how long filters take in one open page."""
    with closing(browser.new_context(viewport={"width": 1280, "height": 900})) as context:
        page = context.new_page()
        page.goto(address)
        page.wait_for_load_state()
        for name, value in FILTERS:
            page.evaluate(FILTER, [name, value])
        spent: dict[str, list[float]] = {}
        for _ in range(rounds):
            for name, value in FILTERS:
                took = page.evaluate(FILTER, [name, value])
                spent.setdefault(f"filter {name}={value}", []).append(took)
            page.evaluate(FILTER, [FILTERS[-1][0], ""])
    for name, times in spent.items():
        _print(name, times)


def _print(name: str, times: Sequence[float]) -> None:
    middle, most = statistics.median(times), max(times)
    print(f"{name:24} median {middle:7.1f} ms, longest {most:7.1f} ms")


if __name__ == "__main__":
    main()
