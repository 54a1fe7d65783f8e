"""Treebank sentences as spaCy documents, grouped as paragraphs group them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from training.treebank import Sentence, Told, read

LONGEST_GROUP = 8
"""Sentences of one training document at most: an article's paragraph is seldom longer."""
ATTRIBUTES = ("ORTH", "TAG", "POS", "HEAD", "DEP", "SPACY", "SENT_START")


def paragraphs(path: Path, longest: int = LONGEST_GROUP) -> Iterator[tuple[Sentence, ...]]:
    """Neighbouring sentences of one paragraph, in groups of seeded random size."""
    rng = random.Random(path.name)  # noqa: S311  # a recipe must repeat itself
    group: list[Sentence] = []
    size = rng.randint(1, longest)
    for told in read(path):
        if group and (told.begins_paragraph or len(group) >= size):
            yield tuple(group)
            group, size = [], rng.randint(1, longest)
        group.append(told.words)
    if group:
        yield tuple(group)


def singles(told: Iterable[Told]) -> Iterator[tuple[Sentence, ...]]:
    """Each sentence by itself."""
    return ((each.words,) for each in told)


def document(vocab: Vocab, sentences: Sequence[Sentence]) -> Doc:
    """One document with tags, word classes and trees."""
    words = [word for sentence in sentences for word in sentence]
    spaces = [word.spaced for word in words]
    at = 0
    heads: list[int] = []
    for sentence in sentences:
        heads.extend(at + (word.head or own) - 1 for own, word in enumerate(sentence, 1))
        at += len(sentence)
        spaces[at - 1] = True
    spaces[-1] = False
    return Doc(
        vocab,
        words=[word.form for word in words],
        spaces=spaces,
        tags=[word.tag for word in words],
        pos=[word.pos for word in words],
        heads=heads,
        deps=[word.relation if word.head else "ROOT" for word in words],
    )


def save(path: Path, vocab: Vocab, groups: Iterable[Sequence[Sentence]]) -> int:
    """Write the groups as one DocBin; how many documents there are."""
    docs = [document(vocab, group) for group in groups]
    DocBin(attrs=list(ATTRIBUTES), docs=docs).to_disk(path)
    return len(docs)
