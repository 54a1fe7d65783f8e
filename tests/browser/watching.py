"""Contexts of a browser that note whatever a page of ours must never do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request

OWN_SCHEMES = ("data:", "blob:", "about:")
TELL = """addEventListener("securitypolicyviolation", event =>
  console.error(`policy violated: ${event.effectiveDirective} by ${event.blockedURI}`));"""
PATIENCE = 15_000
"""Milliseconds for anything asked of a page."""

SETTLING = 100
"""Milliseconds in which a page begins what it was asked for."""


@dataclass
class Watched:
    """Contexts opened in one test, and what was wrong in them."""

    browser: Browser
    origins: tuple[str, ...]
    """Addresses that pages may ask."""
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)
    """Words of complaints that the test brings about."""

    def context(self, **options: object) -> BrowserContext:
        """A fresh context; options are those of Playwright's `new_context`."""
        made = self.browser.new_context(**options)
        made.set_default_timeout(PATIENCE)
        made.add_init_script(TELL)
        made.on("console", self._heard)
        made.on("weberror", lambda told: self.complaints.append(f"page error: {told.error}"))
        made.on("dialog", self._asked)
        made.on("request", self._requested)
        self.contexts.append(made)
        return made

    def open(self, address: str, **options: object) -> Page:
        """A page of a fresh context that has loaded `address`."""
        page = self.context(**options).new_page()
        page.goto(address)
        return page

    def forgive(self, words: str) -> None:
        """Have no complaint with these words, also none that is still under way."""
        self.forgiven.append(words)
        self.complaints[:] = [each for each in self.complaints if words not in each]

    def _heard(self, message: ConsoleMessage) -> None:
        if any(words in message.text for words in self.forgiven):
            return
        if message.type == "error" or "Content Security Policy" in message.text:
            where = message.location.get("url", "")
            self.complaints.append(f"console: {message.text} ({where})")

    def _asked(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _requested(self, request: Request) -> None:
        if not request.url.startswith((*self.origins, *OWN_SCHEMES)):
            self.complaints.append(f"request to elsewhere: {request.url}")


def settle(page: Page) -> None:
    """Wait until what the page was asked for is there."""
    page.wait_for_timeout(SETTLING)
    # By selector: a page's policy forbids what `wait_for_function` does.
    page.wait_for_selector("[aria-busy=true]", state="detached")


@contextmanager
def watched(browser: Browser, *origins: str) -> Iterator[Watched]:
    """Contexts that ask `origins` alone; fails at the end when anything was wrong in one."""
    watch = Watched(browser, tuple(f"{each}/" for each in origins))
    try:
        yield watch
        for context in watch.contexts:
            for page in context.pages:
                page.wait_for_load_state()
                page.evaluate("0")  # what the page has told until now is heard before
    finally:
        for context in watch.contexts:
            context.close()
    assert watch.complaints == [], watch.complaints
