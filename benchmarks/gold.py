"""Gold expressions of time: any folder of TimeML files, or JSON lines, and how an answer is scored.

Precision divides by all answers, recall by all gold expressions (the rules of TempEval-3):
strict     the offsets are equal
relaxed    the spans share a character; each is used once, equal spans first
value      relaxed, and the TIMEX3 values are equal

JSON lines: {"id", "text", "reference", "timexes": [{"start", "end", "type", "value"}]}.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

MEASURES = ("strict", "relaxed", "value")
_TAG = re.compile(r"<(/?)([A-Za-z0-9_]+)([^<>]*?)/?>|<!--.*?-->", re.DOTALL)
_ATTRIBUTE = re.compile(r"([A-Za-z]+)\s*=\s*[\"']([^\"']*)[\"']")
_CREATED = re.compile(r"<TIMEX3[^>]*functionInDocument=\"(?:CREATION|PUBLICATION)_TIME\"[^>]*>")


@dataclass(frozen=True, slots=True, order=True)
class Expression:
    """Code points [start, end) of a text with their TIMEX3 type and value."""

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text, the day it was made, and its gold expressions."""

    name: str
    text: str
    reference: dt.date
    gold: tuple[Expression, ...]


@dataclass(slots=True)
class Tally:
    """Running counts over documents."""

    gold: int = 0
    found: int = 0
    hits: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MEASURES, 0))

    def add(self, gold: Sequence[Expression], found: Sequence[Expression]) -> None:
        """Count one document."""
        self.gold += len(gold)
        self.found += len(found)
        for one, other in pairs(gold, found):
            self.hits["relaxed"] += 1
            self.hits["strict"] += (one.start, one.end) == (other.start, other.end)
            self.hits["value"] += one.value.upper() == other.value.upper()

    def f1(self, measure: str) -> float:
        """Harmonic mean of precision and recall, in per cent."""
        return 200 * self.hits[measure] / max(self.gold + self.found, 1)


def pairs(
    gold: Sequence[Expression], found: Sequence[Expression]
) -> list[tuple[Expression, Expression]]:
    """One-to-one: equal spans first, then the largest overlaps."""
    overlaps = [
        ((one.start, one.end) != (other.start, other.end), -shared, one, other)
        for one in gold
        for other in found
        if (shared := min(one.end, other.end) - max(one.start, other.start)) > 0
    ]
    made: list[tuple[Expression, Expression]] = []
    used: set[tuple[str, Expression]] = set()
    for _, _, one, other in sorted(overlaps):
        if not {("gold", one), ("found", other)} & used:
            used |= {("gold", one), ("found", other)}
            made.append((one, other))
    return made


def load(path: Path) -> list[Document]:
    """The documents of a folder of TimeML files or of a file of JSON lines, in sorted order."""
    if path.is_dir():
        names = sorted(each for each in path.rglob("*.tml*") if each.is_file())
        return [found for name in names if (found := _timeml(name)) is not None]
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_document(json.loads(line)) for line in lines if line.strip()]


def _document(record: dict) -> Document:
    gold = tuple(
        Expression(each["start"], each["end"], each["type"], each["value"])
        for each in record["timexes"]
    )
    day = dt.date.fromisoformat(record["reference"])
    return Document(record["id"], record["text"], day, tuple(sorted(gold)))


def _timeml(path: Path) -> Document | None:
    """The body of a TimeML file; None when it does not say when it was made."""
    source = path.read_text(encoding="utf-8")
    created = _CREATED.search(source)
    if created is None:
        return None
    reference = dt.date.fromisoformat(dict(_ATTRIBUTE.findall(created.group()))["value"][:10])
    body = source[source.index("<TEXT>") + 6 : source.index("</TEXT>")]
    text, gold = _plain(body)
    return Document(path.stem, text, reference, tuple(sorted(gold)))


def _plain(body: str) -> tuple[str, list[Expression]]:
    """The text without its tags, and the expressions that the TIMEX3 tags mark."""
    pieces: list[str] = []
    gold: list[Expression] = []
    opened: list[tuple[int, dict[str, str]]] = []
    length = position = 0
    for tag in _tags(body):
        piece = html.unescape(body[position : tag.start()])
        pieces.append(piece)
        length += len(piece)
        position = tag.end()
        if tag[2] != "TIMEX3":
            continue
        if not tag[1]:
            opened.append((length, dict(_ATTRIBUTE.findall(tag[3]))))
        else:
            start, said = opened.pop()
            gold.append(Expression(start, length, said.get("type", ""), said.get("value", "")))
    pieces.append(html.unescape(body[position:]))
    return "".join(pieces), [each for each in gold if each.start < each.end]


def _tags(body: str) -> Iterator[re.Match[str]]:
    return _TAG.finditer(body)


def expressions(answers: Iterable[tuple[int, int, str, str]]) -> list[Expression]:
    """What a tagger gave, in the order of the spans."""
    return sorted(Expression(*each) for each in answers)
