"""Persian rules in the order of their stages; each stage builds on what the earlier ones made."""

from __future__ import annotations

from functools import cache

from service.temporal.arabic_script import SCRIPT, spellings
from service.temporal.grammar import Rulebook
from service.temporal.languages import Language
from service.temporal.rules import (
    fa_accounts,
    fa_amounts,
    fa_cues,
    fa_days,
    fa_months,
    fa_numbers,
    fa_parts,
    fa_ranges,
    fa_times,
    fa_vague,
)
from service.temporal.scanner import BREAK

_LINKS = (
    "n12", "n31", "n999", "num", "big", "one", "teen", "tens", "joined", "scale", "hundreds",
    "ordinal", "first", "last", "comma", "dash", "longdash", "dot", "stop", "open", "close",
    "slash", "quote", "colon", "semicolon", "from", "to", "between", "and", "by", "in", "this",
    "that", "every", "more", "less", "least", "about", "few", "hand", "also", "state", "near",
    "later", "ago", "past", "recent", "another", "after", "current", "early", "mid", "late",
    "half", "halfcount", "some", "times", "hijri", "zone", "timeword", "datenoun", "fire", "eid",
    "aged", "aging", "fiscal", "school",
    "oclock", BREAK,
)  # fmt: skip


@cache
def stages() -> tuple[Rulebook, ...]:
    """Numbers in words; counts and nouns; units and dates; combinations; parts; times; ranges."""
    return (
        fa_numbers.WORDS,
        _together(fa_numbers.NOUNS, fa_amounts.AMOUNTS),
        _together(
            fa_days.BASICS,
            fa_months.BASICS,
            fa_ranges.BASICS,
            fa_times.BASICS,
            fa_amounts.BASICS,
            fa_vague.BASICS,
            fa_accounts.BASICS,
        ),
        _together(fa_days.COMBINED, fa_months.COMBINED, fa_times.COMBINED, fa_ranges.COMBINED),
        fa_parts.PARTS,
        fa_times.TIMES,
        fa_ranges.RANGES,
    )


def _together(*books: Rulebook) -> Rulebook:
    return Rulebook([rule for book in books for rule in book.rules])


LANGUAGE = Language(
    script=SCRIPT,
    spellings=spellings,
    stages=stages,
    links=_LINKS,
    find_cue=fa_cues.find_cue,
    relation=fa_cues.relation,
    is_supported=fa_cues.is_supported,
)
