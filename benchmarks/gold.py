"""Gold expressions of time: folders of TimeML files, and sets in JSON lines.

One record is one document or one phrase; its fields tell which kind it is:
own            {id, text, reference, timexes: [{start, end, type, value}]}
dates only     {..., timexes: [{start, end, when | from, to}]}, days, months and years, both ends
               included; nothing but dates on a calendar is marked
readings       {..., results: [{start, end, type, timex, accept: [[start, end], ...]}]}, any of the
               intervals accepted is right, their ends not included
whole phrases  {..., part, start, end, grain}, the phrase as a whole is that interval; without
               `start` there is nothing to find

A path may end in `:part` to take the phrases of that part; without it the part "main" is taken.
Offsets count code points, ends are not included.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from denoted import Stretch, accepted

_CLOCKED = frozenset(["second", "minute", "hour"])
_TAG = re.compile(r"<(/?)([A-Za-z0-9_]+)([^<>]*?)/?>|<!--.*?-->", re.DOTALL)
_ATTRIBUTE = re.compile(r"([A-Za-z]+)\s*=\s*[\"']([^\"']*)[\"']")
_CREATED = re.compile(r"<TIMEX3[^>]*functionInDocument=\"(?:CREATION|PUBLICATION)_TIME\"[^>]*>")


@dataclass(frozen=True, slots=True, order=True)
class Expression:
    """Code points [start, end) of a text with their TIMEX3 type and value.

    `accept` are the intervals that gold takes as right; an answer has none.
    """

    start: int
    end: int
    type: str
    value: str
    accept: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A text, the day it was made, and its gold expressions.

    `dates_only` where nothing but dates on a calendar is marked, by whole days; `by_interval` where
    values are written in a dialect of their own, so that only intervals tell who is right.
    """

    name: str
    text: str
    reference: dt.date
    gold: tuple[Expression, ...]
    dates_only: bool = False
    by_interval: bool = False


def load(path: Path) -> list[Document]:
    """The documents of a folder of TimeML files or of a file of JSON lines, in sorted order."""
    if path.is_dir():
        names = sorted(each for each in path.rglob("*.tml*") if each.is_file())
        return [found for name in names if (found := _timeml(name)) is not None]
    name, _, part = path.name.partition(":")
    lines = path.with_name(name).read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines if line.strip()]
    dates_only = any(
        "value" not in each for record in records for each in record.get("timexes", ())
    )
    return [
        _document(record, dates_only=dates_only)
        for record in records
        if record.get("part", "main") == (part or "main")
    ]


def _document(record: dict, *, dates_only: bool) -> Document:
    """What one record says; the docstring of this file lists the kinds."""
    read = _of_timexes
    if "results" in record:
        read = _of_results
    elif "timexes" not in record:
        read = _of_phrase
    return Document(
        record["id"],
        record["text"],
        dt.date.fromisoformat(record["reference"]),
        tuple(sorted(read(record))),
        dates_only=dates_only,
        by_interval=dates_only or read is not _of_timexes,
    )


def _of_timexes(record: dict) -> Iterator[Expression]:
    for each in record["timexes"]:
        value = each.get("value") or each.get("when") or f"{each['from']}/{each['to']}"
        kind = each.get("type", "DATE")
        yield Expression(each["start"], each["end"], kind, value, accepted(value))


def _of_results(record: dict) -> Iterator[Expression]:
    for each in record["results"]:
        accept = tuple(_moments(*pair) for pair in each["accept"])
        yield Expression(each["start"], each["end"], each["type"], each["timex"], accept)


def _of_phrase(record: dict) -> Iterator[Expression]:
    if "start" in record:
        kind = "TIME" if record["grain"] in _CLOCKED else "DATE"
        value = f"{record['start']}/{record['end']}"
        accept = (_moments(record["start"], record["end"]),)
        yield Expression(0, len(record["text"]), kind, value, accept)


def _moments(start: str, end: str) -> Stretch:
    return dt.datetime.fromisoformat(start), dt.datetime.fromisoformat(end)


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
            value = said.get("value", "")
            gold.append(Expression(start, length, said.get("type", ""), value, accepted(value)))
    pieces.append(html.unescape(body[position:]))
    return "".join(pieces), [each for each in gold if each.start < each.end]


def _tags(body: str) -> Iterator[re.Match[str]]:
    return _TAG.finditer(body)


def expressions(answers: Iterable[tuple[int, int, str, str]]) -> list[Expression]:
    """What a tagger gave, in the order of the spans."""
    return sorted(Expression(*each) for each in answers)
