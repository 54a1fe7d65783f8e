"""A Persian sentence parsed: its words, its clauses and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from service.temporal.interval import Day
from service.temporal.timex import Span
from workers.persian.clauses import Part, read_parts
from workers.persian.words import Word, read_words
from workers.telling.tellings import Article, Telling

LONGEST_READ = 300
"""Words of a sentence that are read; real ones have fewer, and time grows by the square."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A sentence with its words and clauses; `text` is the part of the article it stands in."""

    telling: Telling
    text: str
    words: tuple[Word, ...]
    parts: tuple[Part, ...]
    publisher: str
    published: Day

    @property
    def dated(self) -> tuple[Span, ...]:
        """Where its expressions of time stand."""
        return tuple(each.span for each in self.telling.resolutions)


def parse(article: Article, telling: Telling) -> Parsed:
    """The sentence with its clauses, or as much of a longer one as is read."""
    words = read_words(telling.text, telling.start)[:LONGEST_READ]
    return Parsed(
        telling=telling,
        text=article.text if telling.within == "text" else article.head.title or "",
        words=words,
        parts=read_parts(words),
        publisher=article.head.publisher or "",
        published=article.published,
    )
