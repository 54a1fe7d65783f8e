"""The door of spaCy: texts in, plain sentences, tokens and trees out.

The English tokenizer serves other languages with spaces, too; trees are made of English alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

from spacy.language import Language
from spacy.tokens import Doc

from service.temporal.timex import Span
from workers.grammar.packed import load_english
from workers.grammar.quickened import quicken
from workers.grammar.trees import Node, Tree, grow
from workers.text.paragraphs import split_paragraphs
from workers.text.sentences import Sentence, Token, split_sentences

LONGEST_RUN = 100
"""Characters without a space that the tokenizer is given at once: its time grows by the square."""

BATCH = 96
"""Sentences parsed at once: more of them no longer fit the caches of a processor."""
MOST_WORDS = 40_000
"""Different words that a process keeps at hand; what a text has beyond them is forgotten again."""

_UNSPACED_STOP = re.compile(r"[。！？]+[」』”）]*")
_LONG_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")


class Analyser(Protocol):
    """What reading an article needs of a language pipeline."""

    def analyse(self, texts: Sequence[str]) -> tuple[tuple[Sentence, ...], ...]:
        """The sentences of each text, in order; a paragraph's end always ends one."""

    def trees(self, sentences: Sequence[Sentence]) -> tuple[Tree, ...]:
        """One tree for each English sentence, in order; its nodes are the sentence's tokens."""


class SpacyAnalyser:
    """Tokens and trees by spaCy, sentences by `workers.text.sentences`."""

    def __init__(self, pipeline: Language) -> None:
        self._pipeline = pipeline

    def analyse(self, texts: Sequence[str]) -> tuple[tuple[Sentence, ...], ...]:
        """The sentences of each text."""
        with self._memory():
            return tuple(self._sentences(text) for text in texts)

    def trees(self, sentences: Sequence[Sentence]) -> tuple[Tree, ...]:
        """The trees, parsed in one batch: a batch of many costs half of many batches of one."""
        with self._memory():
            parsed = self._pipeline.pipe(map(self._doc, sentences), batch_size=BATCH)
            return tuple(
                tree_of(doc, [token.start for token in sentence.tokens])
                for sentence, doc in zip(sentences, parsed, strict=True)
            )

    def _memory(self) -> AbstractContextManager[object]:
        """Where new words go: kept, as they come again in the next text, until there are many."""
        is_full = len(self._pipeline.vocab) > MOST_WORDS
        return self._pipeline.memory_zone() if is_full else nullcontext()

    def _doc(self, sentence: Sentence) -> Doc:
        tokens = sentence.tokens
        ends = [token.end for token in tokens]
        starts = [token.start for token in tokens[1:]]
        spaces = [end < start for end, start in zip(ends, [*starts, ends[-1]], strict=True)]
        return Doc(self._pipeline.vocab, words=[token.text for token in tokens], spaces=spaces)

    def _sentences(self, text: str) -> tuple[Sentence, ...]:
        return tuple(
            sentence
            for paragraph in split_paragraphs(text)
            for sentence in split_sentences(self._tokens(text, paragraph))
        )

    def _tokens(self, text: str, paragraph: Span) -> tuple[Token, ...]:
        return tuple(
            Token(piece.start + token.idx, piece.start + token.idx + len(token.text), token.text)
            for part in _pieces(text, paragraph)
            for piece in _sentences_apart(text, part)
            for token in self._pipeline.make_doc(text[piece.start : piece.end])
            if not token.is_space
        )


def _sentences_apart(text: str, piece: Span) -> Iterator[Span]:
    """The piece, cut behind full stops that no space follows, as Chinese and Japanese write."""
    start = piece.start
    for stop in _UNSPACED_STOP.finditer(text, piece.start, piece.end):
        yield Span(start, stop.end())
        start = stop.end()
    if start < piece.end:
        yield Span(start, piece.end)


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
    return SpacyAnalyser(quicken(load_english()))


def tree_of(doc: Doc, starts: Sequence[int]) -> Tree:
    """The tree of a parsed document, whose tokens begin at `starts` of the text."""
    return grow(
        tuple(
            Node(
                text=token.text,
                start=start,
                end=start + len(token.text),
                tag=token.tag_,
                pos=token.pos_,
                lemma=token.lemma_,
                head=token.head.i,
                relation=token.dep_,
            )
            for token, start in zip(doc, starts, strict=True)
        )
    )
