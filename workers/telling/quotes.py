"""What is quoted of a sentence: all of it, or the clauses around its date where it is very long."""

from __future__ import annotations

import re

from service.temporal.timex import Resolution
from workers.telling.tellings import Telling

LONGEST_QUOTE = 600
"""Characters of a quote; of a longer sentence the clauses around its date are quoted."""

_CLAUSE_END = re.compile(r"[,;:—–،؛]\s+")


def quoted(telling: Telling, dated_by: Resolution | None) -> tuple[int, int]:
    """Where the quote stands: the whole sentence, or the clauses that fit LONGEST_QUOTE."""
    start, end = telling.start, telling.sentence.end
    if end - start <= LONGEST_QUOTE:
        return start, end
    focus = start if dated_by is None else dated_by.span.start
    cuts = [start, *(start + at.end() for at in _CLAUSE_END.finditer(telling.text)), end]
    first = max(cut for cut in cuts if cut <= focus)
    last = max((cut for cut in cuts if first < cut <= first + LONGEST_QUOTE), default=0)
    last = last or min(first + LONGEST_QUOTE, end)
    if dated_by is not None and last < dated_by.span.end:
        last = dated_by.span.end
    kept = telling.text[first - start : last - start].rstrip()
    return first, first + len(kept)
