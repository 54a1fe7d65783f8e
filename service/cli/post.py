"""`timelines post`: articles from files to the service, one line of result an article."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from service.cli.articlefiles import Found, Reading, Unreadable, read_articles
from service.cli.client import Answer, Client, client, problem_line
from service.cli.terminal import Terminal, clean, terminal_of
from service.errors import SetupError
from service.settings import Settings

FIELDS = ("title", "publisher", "url", "language", "timezone", "external_id", "published_at")
"""Options that fill a field of the same name in the article."""

WAIT_SECONDS = 120.0
"""How long `--wait` waits for one article to be read."""

PAUSE_SECONDS = 0.2
BAD = frozenset({"refused", "differs", "failed", "waiting"})
"""Outcomes that make the exit status 1."""

STYLES = {"refused": "bad", "differs": "bad", "failed": "bad", "waiting": "warning"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one article.

    `word` is accepted, known, differs, refused, processed, failed or waiting; `id` is None for an
    article that the service never took.
    """

    word: str
    source: str
    id: str | None = None
    says: str = ""


def run_post(options: Namespace, environ: Mapping[str, str]) -> int:
    """Post all articles of all files; 1 when any was refused, else 0."""
    service = client(options.server or Settings.from_env(environ).address, environ=environ)
    fields = {name: value for name in FIELDS if (value := getattr(options, name)) is not None}
    if "external_id" in fields and len(options.files) > 1:
        raise SetupError("--external-id names one article: post each file by itself")
    readings = _readings(options.files, fields)
    outcomes = posted(service, options.timeline, readings)
    if options.wait:
        outcomes = (awaited(service, each) for each in tuple(outcomes))
    terminal = terminal_of(sys.stdout, environ)
    worst = 0
    for outcome in outcomes:
        print(outcome_line(outcome, terminal), flush=True)
        worst = max(worst, int(outcome.word in BAD))
    return worst


def posted(service: Client, timeline: str, readings: Iterator[Reading]) -> Iterator[Outcome]:
    """Each article posted by itself, in order: its result is known before the next is sent."""
    path = f"/v1/timelines/{quote(timeline, safe='')}/articles"
    for reading in readings:
        if isinstance(reading, Unreadable):
            yield Outcome(word="refused", source=reading.source, says=reading.why)
        else:
            yield _outcome(reading, service.ask("POST", path, reading.document))


def awaited(service: Client, outcome: Outcome) -> Outcome:
    """The outcome once the article is read: processed or failed, or waiting when it takes long."""
    if outcome.id is None or outcome.word in BAD:
        return outcome
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        article = service.read(f"/v1/articles/{quote(outcome.id, safe='')}")
        if article.get("status") in {"processed", "failed"}:
            return replace(outcome, word=article["status"], says=_told(article))
        time.sleep(PAUSE_SECONDS)
    return replace(outcome, word="waiting", says=f"not read after {WAIT_SECONDS:.0f} s")


def outcome_line(outcome: Outcome, terminal: Terminal) -> str:
    """One line: the word, the source, the id, and what there is to say."""
    word = terminal.paint(f"{outcome.word:<9}", STYLES.get(outcome.word, "good"))
    facts = [clean(outcome.source), outcome.id or "", clean(outcome.says)]
    return f"{word} {'  '.join(fact for fact in facts if fact)}"


def _readings(files: Sequence[str], fields: Mapping[str, object]) -> Iterator[Reading]:
    for name in files:
        shown = "stdin" if name == "-" else name
        try:
            content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            yield Unreadable(shown, f"cannot be read: {error.strerror}")
            continue
        yield from read_articles(shown, content, fields)


def _outcome(found: Found, answer: Answer) -> Outcome:
    word = {200: "known", 202: "accepted", 409: "differs"}.get(answer.status, "refused")
    identifier = answer.document.get("id") or (answer.location or "").rpartition("/")[2]
    says = problem_line(answer) if answer.refused else ""
    return Outcome(word=word, source=found.source, id=identifier or None, says=says)


def _told(article: Mapping[str, object]) -> str:
    problem = article.get("problem")
    if isinstance(problem, Mapping):
        return str(problem.get("detail") or problem.get("title") or "")
    mentions = article.get("mentions")
    number = len(mentions) if isinstance(mentions, list) else 0
    return f"{number} mention{'' if number == 1 else 's'}" if number else "nothing to tell"
