"""The sample articles: one JSON file each, with the timeline it belongs to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "articles"


@dataclass(frozen=True, slots=True)
class Sample:
    """An article as the API takes it, kept as JSON text; `name` is its file's."""

    name: str
    timeline: str
    title: str
    publisher: str
    published_at: str
    body: bytes


def read_samples(folder: Path = FOLDER) -> tuple[Sample, ...]:
    """All samples by timeline and name; raises OSError or ValueError for a file that is none."""
    found = [_read(path) for path in folder.glob("*.json")]
    return tuple(sorted(found, key=lambda sample: (sample.timeline, sample.name)))


def _read(path: Path) -> Sample:
    document = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(document, dict) or document.keys() != {"timeline", "article"}:
        raise ValueError(f"{path.name} holds no sample: use an object with timeline and article")
    article = document["article"]
    return Sample(
        name=path.stem,
        timeline=str(document["timeline"]),
        title=str(article.get("title", "")),
        publisher=str(article.get("publisher", "")),
        published_at=str(article["published_at"]),
        body=json.dumps(article).encode("ascii"),
    )
