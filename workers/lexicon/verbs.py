"""The verbs by which an English sentence tells of the past: irregular ones by list, others by "ed".

Words alone, read left to right: "left" may be a side and "closed" an adjective. A sentence that has
a date and such a word mostly tells of a happening.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_REGULAR = r"\w{2,}(?<!e)ed"
_PERFECT = (
    r"(?:has|have|['’]ve)\s+(?:\w+\s+){0,2}?(?:been|\w+(?:ed|en|wn|un|ught))|(?:has|have)\s+\w+"
)
_PROGRESSIVE = r"(?:is|are)\s+(?:\w+\s+)?\w+ing"


def tells_past(text: str) -> bool:
    """Whether some verb of `text` is a past, a perfect or a present progressive."""
    return _telling().search(text) is not None


def past_pattern() -> str:
    """The regular expression of a simple past, for longer ones."""
    words = _words()
    listed = "|".join(sorted({*words["pasts"], *words["eed_pasts"]}))
    return rf"(?!(?:{'|'.join(sorted(words['not_pasts']))})\b)(?:{listed}|{_REGULAR})"


@cache
def lemmas() -> dict[str, str]:
    """The verb of each common past that no ending tells: "fell" is of "fall"."""
    return dict(pair.split(":", 1) for pair in _words()["lemmas"])


@cache
def sure_pasts() -> frozenset[str]:
    """The irregular pasts that are no nouns or adjectives as well: "shook", not "saw"."""
    return frozenset(_words()["pasts"]) - frozenset(_words()["noun_pasts"])


@cache
def same_pasts() -> frozenset[str]:
    """The pasts that are spelled like the present: "hit", "set"."""
    return frozenset(_words()["same_pasts"])


@cache
def _telling() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{past_pattern()}|{_PERFECT}|{_PROGRESSIVE})\b", re.IGNORECASE)


@cache
def _words() -> dict[str, tuple[str, ...]]:
    text = files("workers.lexicon").joinpath("verbs_en.toml").read_text(encoding="utf-8")
    return {name: tuple(words.split()) for name, words in tomllib.loads(text).items()}
