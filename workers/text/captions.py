"""Captions of pictures, told by their credits, their labels and their copies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workers.text.lines import Line

LONGEST_DESCRIPTION = 25
LONGEST_CREDIT = 8

_LABEL = re.compile(
    r"(?:file(?: photo| image)?|photos?|images?|pictures?|video|graphic|illustration|credits?)"
    r"\s*(?::|\s[—–-])",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[(\[][^()\[\]]*/[^()\[\]]*[)\]]$")
# The last sentence ends in a small letter, a digit or a mark: "the U.S. Army" is no credit.
_AFTER_SENTENCE = re.compile(r"(?:(?<=[^\W_A-Z])[.!?][”’\"')]*+|[.!?][”’\"']++)\s++(?=[^.!?]*$)")
_SMALL = frozenset({"via", "for", "by", "of", "and", "the", "de", "on", "courtesy"})
# What only tells of a happening: auxiliaries, and pasts that do not end in "ed".
_TOLD = re.compile(
    r"\b(?:was|were|is|are|has|have|had|will|would|can|could|did|does|do|said|says|told|went|took|"
    r"made|came|got|began|gave|held|left|met|won|lost|fell|rose|broke|shot|fought|sent|spoke|\w+ed)\b"
    r"|[\d“”\"]",
    re.IGNORECASE,
)


def credit_start(line: Line) -> int | None:
    """Where the credit after the last sentence begins in the line's text, None without one.

    "... in Tehran. Agency/Getty Images": capitals, slashes and "via", no full stop.
    """
    bracketed = _BRACKETED.search(line.text)
    if bracketed is not None and bracketed.start() > 0:
        return bracketed.start()
    breaks = list(_AFTER_SENTENCE.finditer(line.text))
    if not breaks:
        return None
    start = breaks[-1].end()
    words = re.findall(r"\w+", line.text[start:])
    named = all(word[0].isupper() or word in _SMALL for word in words)
    return start if 0 < len(words) <= LONGEST_CREDIT and named else None


def is_caption(line: Line) -> bool:
    """Whether the line is a caption by its label or its credit."""
    return _LABEL.match(line.text) is not None or credit_start(line) is not None


def describes(line: Line, following: Line | None) -> str | None:
    """Why the line only describes the picture whose caption follows, or None."""
    if following is None or line.size > LONGEST_DESCRIPTION:
        return None
    if line.size > 3 and following.folded.startswith(line.folded) and is_caption(following):
        return "shorter copy of a caption"
    if is_caption(following) and not _TOLD.search(line.text):
        return "description of a picture"
    return None


def described(lines: Sequence[Line], at: int) -> str | None:
    """`describes` for the line at `at` among `lines`."""
    return describes(lines[at], lines[at + 1] if at + 1 < len(lines) else None)
