"""Workers as they are without the extra `html`."""

import builtins
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

EXTRA = frozenset({"lxml", "trafilatura", "htmldate"})


@contextmanager
def without_extra() -> Iterator[None]:
    """Inside, none of the libraries that the extra brings can be imported."""
    real = builtins.__import__

    def only_others(name, *more):
        if name.partition(".")[0] in EXTRA:
            raise ImportError(name)
        return real(name, *more)

    with patch.object(builtins, "__import__", only_others):
        yield
