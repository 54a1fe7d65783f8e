"""A trained pipeline, made ready to ship: a lemmatizer added, strings cut to labels, packed."""

from __future__ import annotations

import lzma
from pathlib import Path

import numpy as np
import spacy
import srsly  # type: ignore[import-untyped]  # ships no types
from spacy.language import Language
from spacy.lookups import load_lookups

from training import style  # registers the augmenter that pipeline.cfg names
from workers.grammar.packed import FORMAT, recast

LEMMA_TABLES = ("lemma_rules", "lemma_exc", "lemma_index")
REGISTERED = (style.newsstyle,)


def assemble(folder: Path) -> Language:
    """The trained pipeline with spaCy's lemmatizer by rules and its tables (WordNet's words)."""
    nlp = spacy.load(folder)
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    lemmatizer.initialize(lookups=load_lookups("en", list(LEMMA_TABLES)))  # type: ignore[attr-defined]  # a Pipe by type
    return nlp


def pack(nlp: Language) -> bytes:
    """The whole pipeline as one file; the same bytes for the same weights."""
    config = nlp.config.copy()
    config["corpora"], config["training"], config["initialize"] = {}, {}, {}
    packed = {
        "format": FORMAT,
        "config": config.to_str(),
        "strings": sorted(_labels(nlp)),
        "components": {name: _state(nlp, name) for name in nlp.pipe_names},
    }
    return lzma.compress(srsly.msgpack_dumps(packed), preset=9 | lzma.PRESET_EXTREME)


def _labels(nlp: Language) -> set[str]:
    """Every string that a component can write into a document."""
    found = {label for name in nlp.pipe_names for label in nlp.pipe_labels.get(name, ())}
    moves = {label.partition("-")[2] for label in nlp.get_pipe("parser").move_names}  # type: ignore[attr-defined]  # a Pipe by type
    return found | moves | {"ROOT", "dep"}


def _state(nlp: Language, name: str) -> dict[str, bytes]:
    state = srsly.msgpack_loads(nlp.get_pipe(name).to_bytes(exclude=["vocab"]))  # type: ignore[attr-defined]  # a Pipe by type
    if "model" in state:
        halved = recast(srsly.msgpack_loads(state["model"]), np.float16)
        state["model"] = srsly.msgpack_dumps(halved)
    return dict(state)
