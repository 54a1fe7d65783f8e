"""Articles in files: JSON, NDJSON, plain text and saved pages become the documents to post.

What cannot be read is returned beside what can, so that one bad line harms no neighbour.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

FORMS = ("json", "ndjson", "txt", "html")
SUFFIXES = {
    ".json": "json",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".txt": "txt",
    ".text": "txt",
    ".md": "txt",
    ".html": "html",
    ".htm": "html",
}


@dataclass(frozen=True, slots=True)
class Found:
    """One article to post: where it stands (`file`, `file:3`, `file[0]`) and its document."""

    source: str
    document: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file or a line that holds no article, and why."""

    source: str
    why: str


Reading = Found | Unreadable


def read_articles(name: str, content: bytes, fields: Mapping[str, object]) -> Iterator[Reading]:
    """The articles in `content`, in their order, completed by `fields`.

    What a JSON article says itself stays; of a text or a page the fields decide. The form follows
    from the name's suffix, else (also for `-`) from how the content begins.
    """
    try:
        text = decode(content)
    except ValueError as error:
        yield Unreadable(name, str(error))
        return
    form = SUFFIXES.get(PurePath(name).suffix.lower()) or guess_form(text)
    for reading in READERS[form](name, text):
        if isinstance(reading, Unreadable):
            yield reading
        elif form in {"json", "ndjson"}:
            yield _dated(Found(reading.source, {**fields, **reading.document}))
        else:
            yield _dated(Found(reading.source, {**reading.document, **fields}))


def decode(content: bytes) -> str:
    """The text behind the bytes: UTF-8, or what a page declares. Raises ValueError otherwise."""
    for encoding in _encodings(content):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise ValueError("is not UTF-8 text: convert it first, for example with iconv")


def guess_form(text: str) -> str:
    """One of FORMS, by the first character that shows."""
    start = text.lstrip()[:1]
    if start == "<":
        return "html"
    if start not in {"{", "["}:
        return "txt"
    first, _, rest = text.strip().partition("\n")
    return "ndjson" if rest and _is_object(first) else "json"


def _encodings(content: bytes) -> tuple[str, ...]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    pattern = rb"<meta[^>]{1,200}charset=[\"']?([\w-]{1,40})"
    declared = re.search(pattern, content[:4096], re.IGNORECASE)
    return ("utf-8-sig", declared[1].decode("ascii")) if declared else ("utf-8-sig",)


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _dated(found: Found) -> Reading:
    # Documents of other forms name it otherwise, pages say it somewhere: the service looks.
    if "text" not in found.document or found.document.keys() & {"published_at", "date"}:
        return found
    return Unreadable(
        found.source, "has no publication date: give it with --published-at 2026-01-27"
    )


def _read_json(name: str, text: str) -> Iterator[Reading]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield Unreadable(name, f"is not JSON: {error}")
        return
    if isinstance(document, dict) and isinstance(document.get("articles"), list):
        document = document["articles"]
    if isinstance(document, list):
        for index, each in enumerate(document):
            yield _article(f"{name}[{index}]", each)
    else:
        yield _article(name, document)


def _read_ndjson(name: str, text: str) -> Iterator[Reading]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            source = f"{name}:{number}"
            try:
                yield _article(source, json.loads(line))
            except (ValueError, RecursionError) as error:
                yield Unreadable(source, f"is not JSON: {error}")


def _article(source: str, document: object) -> Reading:
    if isinstance(document, dict):
        return Found(source, document)
    return Unreadable(source, "is no article: an article is a JSON object")


def _read_text(name: str, text: str) -> Iterator[Reading]:
    if text.strip():
        yield Found(name, {"text": text})
    else:
        yield Unreadable(name, "is empty")


def _read_html(name: str, text: str) -> Iterator[Reading]:
    # The service reads the page; menus, scripts and dates are its workers' business.
    if text.strip():
        yield Found(name, {"html": text})
    else:
        yield Unreadable(name, "is empty")


READERS: Mapping[str, Callable[[str, str], Iterator[Reading]]] = {
    "json": _read_json,
    "ndjson": _read_ndjson,
    "txt": _read_text,
    "html": _read_html,
}
