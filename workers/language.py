"""The language of an article: as given, else told by script and function words."""

from __future__ import annotations

import re

UNSURE = "und"
SAMPLE = 4000
"""Characters that are looked at."""

_ENGLISH = frozenset(
    {
        *("the", "of", "and", "to", "in", "that", "was", "for", "on", "with", "is", "by", "has"),
        *("said", "from", "at", "after", "were", "been", "have", "an", "who", "it", "as", "his"),
    }
)
_PERSIAN = re.compile("[پچژگکی]")
_ARABIC_SCRIPT = re.compile("[\u0600-\u06ff]")
_FEWEST = 0.08


def find_language(text: str, given: str | None) -> str:
    """A primary language subtag (BCP 47), `und` when it is not given and not plain to see."""
    if given:
        return given.split("-")[0].lower()
    sample = text[:SAMPLE]
    words = re.findall(r"\w+", sample.lower())
    if len(_ARABIC_SCRIPT.findall(sample)) * 2 > len(sample.replace(" ", "")):
        return "fa" if len(_PERSIAN.findall(sample)) * 20 > len(sample) else UNSURE
    plain = [word for word in words if word.isascii()]
    known = sum(word in _ENGLISH for word in plain)
    short = len(words) < 12 and known > 0
    return "en" if words and (known / len(words) >= _FEWEST or short) else UNSURE
