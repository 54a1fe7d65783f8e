"""The languages read in full besides English, each loaded when a text first needs it.

What English does in `cues`, `gates` and `tagger` another language brings in one record; its words
stand in `words/<language>.toml`. See docs/languages.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.temporal.cues import Cue
    from service.temporal.grammar import Rulebook
    from service.temporal.scanner import Scan, Script
    from service.temporal.tagger import Timex
    from service.temporal.timex import Relation

_NAMES = {"en": "en", "fa": "fa", "prs": "fa"}
_ENGLISH = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """How a language is read: its script, its rules in stages, and the words that steer them.

    `spellings` gives the keys under which a word of its lists is looked up.
    `links` are the classes of words that alone are no reason to read a stretch; `find_cue` gives
    the word that points to past or future, `relation` the bound that stands before an expression,
    `is_supported` says whether a bare number stands where a year may.
    """

    script: Script
    spellings: Callable[[str], tuple[str, ...]]
    stages: Callable[[], tuple[Rulebook, ...]]
    links: tuple[str, ...]
    find_cue: Callable[[Scan, int, int], Cue | None]
    relation: Callable[[Scan, int], Relation | None]
    is_supported: Callable[[Timex, Scan], bool]


def known_as(language: str) -> str:
    """The name under which a language is read in full (Dari as Persian), else as it stands."""
    return _NAMES.get(language, language)


@cache
def beside_english(language: str) -> Language | None:
    """What a language other than English brings; None for English and those not read in full."""
    name = known_as(language)
    if name == _ENGLISH or name not in _NAMES.values():
        return None
    found = import_module(f"service.temporal.rules.{name}").LANGUAGE
    return found if isinstance(found, Language) else None
