"""The English pipeline made quicker than it is loaded, with the same results.

spaCy looks new words up in lists of thousands of lemmas, and multiplies by a BLAS that knows the
processors of its release and takes the slow way on newer ones. NumPy's BLAS knows more of them,
but starts a thread for each, which costs small matrices more than it gives: it is taken where it
can be held to one.
"""

from __future__ import annotations

import ctypes
from importlib import import_module
from typing import TYPE_CHECKING, cast

from thinc.api import Model, NumpyOps

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import Lemmatizer

THREADS = ("scipy_openblas_{}_num_threads64_", "scipy_openblas_{}_num_threads")
"""The doors of the OpenBLAS in NumPy's wheels (github.com/MacPython/openblas-libs)."""


def quicken(pipeline: Language) -> Language:
    """The pipeline itself, with lemmas in sets and one thread of the quicker BLAS."""
    lemmatizer = cast("Lemmatizer", pipeline.get_pipe("lemmatizer"))
    table = lemmatizer.lookups.get_table("lemma_index")
    for word_class, words in list(table.items()):
        table[word_class] = frozenset(words)
    if hold_to_one_thread():
        _multiply_by_numpy(pipeline)
    return pipeline


def hold_to_one_thread() -> bool:
    """Whether NumPy's BLAS works on one thread from now on; false where it cannot be told so."""
    library = ctypes.CDLL(import_module("numpy._core._multiarray_umath").__file__)
    for door in THREADS:
        if hasattr(library, door.format("set")):
            getattr(library, door.format("set"))(1)
            return bool(getattr(library, door.format("get"))() == 1)
    return False


def _multiply_by_numpy(pipeline: Language) -> None:
    ops = NumpyOps(use_blis=False)
    for _, component in pipeline.pipeline:
        model = getattr(component, "model", None)
        for node in model.walk() if isinstance(model, Model) else ():
            node.ops = ops
