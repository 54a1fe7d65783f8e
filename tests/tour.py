"""The tour of docs/api.md, walked: every command of the page is run against a service of its own.

    python -m tests.tour            says whether the page shows what the service answers
    python -m tests.tour --write    writes the answers into the page

Blocks that begin with ```console hold commands after `$ ` and what came of them. An answer in JSON
is laid out; what is left out of an answer is marked with … and nothing else is changed.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers.waiting import wait_until
from tests.servers.web import ROOT, environment, free_port

PAGE = ROOT / "docs" / "api.md"
SHOWN = "localhost:8000"
"""The address in the page; the tour's own service has another port."""
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DONE = "tour: done"
LONGEST_TEXT, MOST_LINES, WIDEST = 90, 72, 120
DEEPEST = 5
CHANGING = (
    (re.compile(r"\b(art|evt|key|tok|men|exp|sub|dlv)_[0-9a-z]{8,}"), r"\1_"),
    (re.compile(r"\btlk_[A-Za-z0-9_-]+"), "tlk_"),
    (re.compile(r"\bwhsec_[A-Za-z0-9+/=]+"), "whsec_"),
    (re.compile(r" 20\d\d-\d\d-\d\d  never"), " day  never"),
    (re.compile(r"20\d\d-\d\d-\d\dT[0-9:.]+(Z|[+-]\d\d:\d\d)"), "instant"),
    (re.compile(r"20\d\d-\d\d-\d\d \d\d:\d\d"), "instant"),
    (re.compile(r"\b[0-9a-f]{16,32}\b"), "digest"),
    (re.compile(r"\d{8}T\d{6}Z"), "instant"),
    (re.compile(r'("(?:revision|until|position|state|ms)": )\d+'), r"\1 n"),
    (re.compile(r'(W/)?"\d+-\d+(-digest)?"'), "tag"),
    (re.compile(r"\d+\.\d+"), "number"),
)
"""What differs from one walk to the next: ids, instants, revisions."""


@dataclass(frozen=True)
class Service:
    """A whole service that answers at `address`, and the environment that its commands have."""

    address: str
    environ: dict[str, str]


def main(words: list[str]) -> int:
    """Walk; 1 when the page differs and was not written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the answers into the page")
    options = parser.parse_args(words)
    page = PAGE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="tour-") as folder, up(Path(folder)) as service:
        found = walked(page, service)
    if options.write:
        PAGE.write_text(found, encoding="utf-8")
    elif settled(found) != settled(page):
        sys.stderr.write("docs/api.md differs: run python -m tests.tour --write\n")
        return 1
    return 0


def walked(page: str, service: Service) -> str:
    """The page with what its commands answer now."""
    address = service.address

    def walk(block: re.Match[str]) -> str:
        shown = []
        for command in commands(block[1]):
            await_nothing(address)
            answer = run(command.replace(SHOWN, address)).replace(address, SHOWN)
            shown.append(f"$ {command}\n{short(answer)}")
        return "```console\n" + "".join(shown) + "```"

    with shell(service.environ) as run:
        return BLOCK.sub(walk, page)


def settled(page: str) -> str:
    """The page without what differs from one walk to the next."""
    for pattern, instead in CHANGING:
        page = pattern.sub(instead, page)
    return page


def commands(block: str) -> Iterator[str]:
    """The commands of a block; one that goes on ends its line with a backslash or inside quotes."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    for part in parts:
        lines = part.splitlines()
        count = next(
            number
            for number in range(1, len(lines) + 1)
            if not lines[number - 1].endswith("\\")
            and "\n".join(lines[:number]).count("'") % 2 == 0
        )
        yield "\n".join(lines[:count])


@contextmanager
def up(folder: Path, **settings: object) -> Iterator[Service]:
    """A service of its own, with workers."""
    port = free_port()
    environ = environment(folder, port, redis_url="", **settings)
    environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environ['PATH']}"
    command = [sys.executable, "-m", "service.cli.main", "up", "--no-seeds"]
    with (folder / "up.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)
    try:
        wait_until(lambda: _status(f"localhost:{port}") == "ready", 60, "the service is ready")
        yield Service(f"localhost:{port}", environ)
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def shell(environ: dict[str, str]) -> Iterator:
    """Runs one command after the other in one shell, so that variables stay."""
    process = subprocess.Popen(
        ["bash", "--norc"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        env=environ,
    )

    def run(command: str) -> str:
        process.stdin.write(f'{command}\nprintf "\\n{DONE}\\n"\n')
        process.stdin.flush()
        lines = []
        for line in process.stdout:
            if line.strip() == DONE:
                break
            lines.append(line)
        return "".join(lines).rstrip("\n")

    try:
        yield run
    finally:
        process.stdin.close()
        process.stdout.close()
        process.wait(10)


def await_nothing(address: str) -> None:
    """Return when no article waits: the tour shows what was read."""
    wait_until(lambda: not _pending(address), 60, "everything is read")


def short(answer: str) -> str:
    """The answer as shown: JSON laid out, long texts and lists cut with …, ending a line."""
    try:
        document = json.loads(answer)
    except ValueError:
        return _lines(answer.splitlines())
    return _lines(json.dumps(cut(document), indent=2, ensure_ascii=False).splitlines())


def cut(value: object, depth: int = 0) -> object:
    """The value with its long texts, further entries of lists and deep parts marked as left out."""
    if isinstance(value, str):
        return value if len(value) <= LONGEST_TEXT else value[:LONGEST_TEXT] + "…"
    if isinstance(value, dict):
        if depth >= DEEPEST and value:
            return "{…}"
        return {name: cut(each, depth + 1) for name, each in value.items()}
    if isinstance(value, list):
        if depth >= DEEPEST and value:
            return "[…]"
        rest = [f"… {len(value) - 1} more"] if len(value) > 1 else []
        return [*(cut(each, depth + 1) for each in value[:1]), *rest]
    return value


def _lines(lines: list[str]) -> str:
    shown = [line if len(line) <= WIDEST else line[:WIDEST] + "…" for line in lines[:MOST_LINES]]
    if len(lines) > MOST_LINES:
        shown.append(f"… {len(lines) - MOST_LINES} more lines")
    return "".join(f"{line}\n" for line in shown)


def _get(address: str, path: str) -> dict:
    with urllib.request.urlopen(f"http://{address}{path}", timeout=5) as answer:  # ours
        return json.load(answer)


def _status(address: str) -> str:
    try:
        return _get(address, "/readyz")["status"]
    except OSError:
        time.sleep(0.1)
        return ""


def _pending(address: str) -> int:
    return sum(each["pending"] for each in _get(address, "/v1/timelines")["timelines"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
