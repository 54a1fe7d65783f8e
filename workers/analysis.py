"""The door of spaCy: texts in, plain sentences and tokens out.

First version: a blank English pipeline, whose tokenizer serves other languages with spaces, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

import spacy
from spacy.language import Language

from service.temporal.timex import Span
from workers.paragraphs import split_paragraphs
from workers.sentences import Sentence, Token, split_sentences

LONGEST_RUN = 100
"""Characters without a space that the tokenizer is given at once: its time grows by the square."""

_LONG_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")


class Analyser(Protocol):
    """What reading an article needs of a language pipeline."""

    def analyse(self, texts: Sequence[str]) -> tuple[tuple[Sentence, ...], ...]:
        """The sentences of each text, in order; a paragraph's end always ends one."""


class SpacyAnalyser:
    """Tokens by spaCy, sentences by `workers.sentences`."""

    def __init__(self, pipeline: Language) -> None:
        self._pipeline = pipeline

    def analyse(self, texts: Sequence[str]) -> tuple[tuple[Sentence, ...], ...]:
        """The sentences of each text. Strings learned on the way are forgotten after the batch."""
        with self._pipeline.memory_zone():
            return tuple(self._sentences(text) for text in texts)

    def _sentences(self, text: str) -> tuple[Sentence, ...]:
        return tuple(
            sentence
            for paragraph in split_paragraphs(text)
            for sentence in split_sentences(self._tokens(text, paragraph))
        )

    def _tokens(self, text: str, paragraph: Span) -> tuple[Token, ...]:
        return tuple(
            Token(piece.start + token.idx, piece.start + token.idx + len(token.text), token.text)
            for piece in _pieces(text, paragraph)
            for token in self._pipeline.make_doc(text[piece.start : piece.end])
            if not token.is_space
        )


def _pieces(text: str, paragraph: Span) -> Iterator[Span]:
    """The paragraph, cut within and around runs that are too long for the tokenizer."""
    at = paragraph.start
    for run in _LONG_RUN.finditer(text, paragraph.start, paragraph.end):
        if at < run.start():
            yield Span(at, run.start())
        for start in range(run.start(), run.end(), LONGEST_RUN):
            yield Span(start, min(start + LONGEST_RUN, run.end()))
        at = run.end()
    if at < paragraph.end:
        yield Span(at, paragraph.end)


def build() -> Analyser:
    """A pipeline ready to work; once, before the process forks."""
    return SpacyAnalyser(spacy.blank("en"))
