"""A spaCy pipeline in one small file: 16-bit weights, LZMA, no words of the training texts.

Written by `training/pack.py`, loaded before the workers fork. Nothing is written to disk.
"""

from __future__ import annotations

import lzma
from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, TypeAlias, cast

import numpy as np
import srsly  # type: ignore[import-untyped]  # ships no types
from spacy.language import Language
from spacy.util import load_config_from_str, load_model_from_config

if TYPE_CHECKING:
    from spacy.pipeline import TrainablePipe

FORMAT = 1

Packed: TypeAlias = Mapping[str, "Packed"] | list["Packed"] | np.ndarray | str | bytes | int | float


def load_english() -> Language:
    """The pipeline that ships with the service: tags, word classes, trees, lemmas."""
    return unpack(files("workers").joinpath("english", "pipeline.xz").read_bytes())


def unpack(data: bytes) -> Language:
    """The pipeline that `data` holds; ValueError when it is in another format."""
    packed = srsly.msgpack_loads(lzma.decompress(data))
    if packed["format"] != FORMAT:
        raise ValueError(f"the pipeline is in format {packed['format']}: {FORMAT} is read")
    nlp = load_model_from_config(load_config_from_str(packed["config"]), validate=False)
    for string in packed["strings"]:
        nlp.vocab.strings.add(string)
    for name, component in packed["components"].items():
        state = {key: _wide(key, value) for key, value in component.items()}
        pipe = cast("TrainablePipe", nlp.get_pipe(name))
        pipe.from_bytes(srsly.msgpack_dumps(state), exclude=["vocab"])
    return nlp


def recast(value: Packed, kind: type[np.floating]) -> Packed:
    """The same nested value with all its arrays of floats in another width."""
    if isinstance(value, np.ndarray):
        return value.astype(kind) if np.issubdtype(value.dtype, np.floating) else value
    if isinstance(value, dict):
        return {key: recast(each, kind) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [recast(each, kind) for each in value]
    return value


def _wide(key: str, value: bytes) -> bytes:
    """The state of a model with weights of 32 bits again; anything else as it is."""
    if key != "model":
        return value
    return bytes(srsly.msgpack_dumps(recast(srsly.msgpack_loads(value), np.float32)))
