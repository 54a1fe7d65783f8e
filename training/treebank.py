"""Sentences of Universal Dependencies treebanks (CoNLL-U, universaldependencies.org/format)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One syntactic word. `head` is the 1-based position of its governor, 0 for the root."""

    form: str
    pos: str
    tag: str
    head: int
    relation: str
    spaced: bool
    """Whether a space follows."""


Sentence = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence and whether it begins a paragraph."""

    words: Sentence
    begins_paragraph: bool


@dataclass(frozen=True, slots=True)
class _Token:
    """An orthographic token over words [first, last], as in "don't" over "do" and "n't"."""

    first: int
    last: int
    form: str
    spaced: bool


def read(path: Path) -> Iterator[Told]:
    """The sentences of one CoNLL-U file, multiword tokens re-cut so that words join to the text."""
    begins = True
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(("# newdoc", "# newpar")):
            begins = True
        elif line.strip() and not line.startswith("#"):
            lines.append(line)
        elif not line.strip() and lines:
            yield Told(_sentence(lines), begins)
            lines, begins = [], False
    if lines:
        yield Told(_sentence(lines), begins)


def _sentence(lines: Sequence[str]) -> Sentence:
    words: list[Word] = []
    tokens: list[_Token] = []
    for line in lines:
        columns = line.split("\t")
        spaced = "SpaceAfter=No" not in columns[9]
        if "-" in columns[0]:
            first, last = (int(each) for each in columns[0].split("-"))
            tokens.append(_Token(first, last, columns[1], spaced))
        elif "." not in columns[0]:  # an empty node of the enhanced graph
            words.append(_word(columns, spaced=spaced))
    for token in tokens:
        words[token.first - 1 : token.last] = _cut(token, words[token.first - 1 : token.last])
    return tuple(words)


def _word(columns: Sequence[str], *, spaced: bool) -> Word:
    form = columns[1].replace("\u00a0", " ").replace(" ", "")
    return Word(
        form=form,
        pos="X" if columns[3] == "_" else columns[3],
        tag="" if columns[4] == "_" else columns[4],
        head=int(columns[6]),
        relation=columns[7],
        spaced=spaced,
    )


def _cut(token: _Token, words: Sequence[Word]) -> Sequence[Word]:
    """The words with forms that join to the token: cut by their own lengths where they do not."""
    forms = [word.form for word in words]
    if "".join(forms) != token.form and len(token.form) >= len(forms):
        forms = _pieces(token.form, [len(form) for form in forms])
    spaces = [False] * (len(words) - 1) + [token.spaced]
    return [
        replace(word, form=form, spaced=spaced)
        for word, form, spaced in zip(words, forms, spaces, strict=True)
    ]


def _pieces(text: str, lengths: Sequence[int]) -> list[str]:
    """The text in as many pieces as lengths, none empty, the last takes the rest."""
    pieces, at = [], 0
    for left, length in zip(range(len(lengths) - 1, -1, -1), lengths, strict=True):
        most = len(text) - at - left
        size = most if not left else max(1, min(length, most))
        pieces.append(text[at : at + size])
        at += size
    return pieces
