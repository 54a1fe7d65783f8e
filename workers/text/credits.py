"""Credits: whose reporting an article says that it retells, by the words that papers use for it.

"The Post first reported the sale", "based on reporting by X", a dateline "LIMA (Reuters) -", a last
line "AP". Who only "contributed" is no credit, nor is who is quoted on one thing ("X said").
"""

from __future__ import annotations

import re

from service.timeline.sources import agencies, outlet

_GAP = r"(?:[^\S\n]{1,9}|\n(?!\s))"
_WORD = r"[A-Z](?:[\w’'&-]|\.(?=\w)){0,40}"
_NAME = rf"(?P<name>(?:the{_GAP})?{_WORD}(?:{_GAP}(?:(?:of|and|for){_GAP})?{_WORD}){{0,4}})"
_PHRASES = tuple(
    re.compile(form.replace("NAME", _NAME))
    for form in (
        # "Based on reporting by the Herald"; not "based on reports of shooting".
        r"\b[Bb]ased on (?:[a-z]{1,9} ){0,2}(?:reporting|reports?|story) (?:by|from|in) NAME",
        # "The Herald first reported", "the Herald was first to report"; not "police first".
        r"\bNAME(?:,? which)? (?:was (?:the )?first to report|first reported|reported first)\b",
        # "As first reported by the Herald".
        r"\b[Ff]irst (?:reported|published) (?:by|in) NAME",
        # "This story originally appeared in the Herald".
        r"\boriginally (?:appeared|ran|was published) (?:in|on) NAME",
    )
)
_AGENCY = r"(?P<name>[A-Z][\w .]{1,40}?)"
_DATELINE = re.compile(rf"^[^\n]{{0,60}}?\( ?{_AGENCY} ?\) {{0,3}}[-–—]", re.MULTILINE)
_SIGNED = re.compile(
    rf"^[^\w\n]{{0,9}}(?:[Bb]y |[Ss]ource: )?{_AGENCY}[^\w\n]{{0,9}}$", re.MULTILINE
)


def read_credits(text: str) -> tuple[str, ...]:
    """The outlets whose reporting `text` retells, each in one spelling, sorted.

    >>> read_credits("LIMA (Reuters) - A bridge fell, as first reported by the Daily Echo.")
    ('daily echo', 'reuters')
    """
    named = (found["name"] for form in _PHRASES for found in form.finditer(text))
    told = {outlet(name) for name in named if _is_outlet(name)}
    # A place or a person may stand in these, too: only agencies count.
    signed = (found["name"] for form in (_DATELINE, _SIGNED) for found in form.finditer(text))
    told |= {outlet(name) for name in signed if outlet(name) in agencies()}
    return tuple(sorted(each for each in told if each))


def _is_outlet(name: str) -> bool:
    """Whether a name is more than one capital word, as a sentence may begin with: "Police"."""
    return " " in name or "." in name.rstrip(".") or outlet(name) in agencies()
