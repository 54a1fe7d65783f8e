"""From the treebanks to the documents that train, choose and test the pipeline."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import spacy

from training import dates
from training.documents import paragraphs, save, singles
from training.treebank import Sentence, read

DATES_SEED = 11
TESTS = ("ewt_test", "gum_test", "pud")


def prepare(treebanks: Path, target: Path) -> dict[str, int]:
    """Write train/, dev.spacy and one file for each test; how many documents each holds."""
    vocab = spacy.blank("en").vocab
    (target / "train").mkdir(parents=True, exist_ok=True)
    texts = {part: _files(treebanks, part) for part in ("train", "dev", "test")}
    sets: dict[str, Iterator[tuple[Sentence, ...]]] = {
        "train/treebanks": (group for file in texts["train"] for group in paragraphs(file)),
        "train/dates": ((each,) for each in dates.with_dates(_all(texts["train"]), DATES_SEED)),
        "dev": (group for file in texts["dev"] for group in paragraphs(file)),
        "ewt_test": paragraphs(treebanks / "ewt" / "test.conllu"),
        "gum_test": (group for file in texts["test"][1:] for group in paragraphs(file)),
        "pud": singles(read(_only(treebanks / "pud"))),
    }
    return {name: save(target / f"{name}.spacy", vocab, groups) for name, groups in sets.items()}


def _files(treebanks: Path, part: str) -> list[Path]:
    """EWT first, then the documents of GUM by name."""
    return [treebanks / "ewt" / f"{part}.conllu", *sorted((treebanks / "gum" / part).iterdir())]


def _only(folder: Path) -> Path:
    (found,) = folder.glob("*.conllu")
    return found


def _all(files: list[Path]) -> Iterator[Sentence]:
    return (told.words for file in files for told in read(file))
