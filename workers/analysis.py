"""The door of spaCy: texts in, plain sentences and tokens out.

First version: a blank English pipeline, whose tokenizer serves other languages with spaces, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import spacy
from spacy.language import Language

from service.temporal.timex import Span
from workers.paragraphs import split_paragraphs
from workers.sentences import Sentence, Token, split_sentences


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
        doc = self._pipeline.make_doc(text[paragraph.start : paragraph.end])
        starts = ((paragraph.start + token.idx, token.text) for token in doc if not token.is_space)
        return tuple(Token(start, start + len(word), word) for start, word in starts)


def build() -> Analyser:
    """A pipeline ready to work; once, before the process forks."""
    return SpacyAnalyser(spacy.blank("en"))
