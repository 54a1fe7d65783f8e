"""What stands beside a bare number: labels that forbid a year, and forms that make it one."""

from __future__ import annotations

from service.temporal.lexicon import cues
from service.temporal.scanner import Scan
from service.temporal.tagger import Timex

MODERN = range(1900, 2100)
FIRST_NAMED = 1600
GLUE = frozenset(["-", "/", ":"])
_BOUNDS = frozenset(["since", "until", "by", "before", "after", "from"])
_ONE = frozenset(["a", "an", "this", "that"])


def is_labelled(timex: Timex, scan: Scan, before: str) -> bool:
    """Whether the number belongs to what stands before it: "room 1404", "No. 1404", "F-1404"."""
    words = cues("en")
    if before == "." and words.has("labels", scan.word(timex.first - 2)):
        return True
    glued = before in GLUE and scan.ends[timex.first - 1] == scan.starts[timex.first]
    if glued and not words.has("slots", scan.word(timex.first - 2)):
        return True
    bound = before == "least" and scan.word(timex.first - 3) in _BOUNDS  # "since at least 1985"
    return words.has("labels", before) and not bound


def opens_entry(timex: Timex, year: int, scan: Scan, this_year: int) -> bool:
    """Whether an entry of a history begins with it: "Great Hall. 1596, built of oak"."""
    before, after = scan.word(timex.first - 1), scan.word(timex.until)
    if is_labelled(timex, scan, before) or scan.word(timex.until + 1)[:1].isdigit():
        return False
    begins = before in {"", ".", "\n", ")"} or (before in {"-", "–", "—"} and _spaced(timex, scan))
    return begins and after in {",", ":", "("} and 1000 <= year <= this_year and year % 100 != 0


def is_modifier(timex: Timex, year: int, scan: Scan, this_year: int) -> bool:
    """Whether one thing of that year follows: "the 2044 Games", "this 1865 portrait"."""
    before, after = scan.word(timex.first - 1), scan.written(timex.until)
    past = FIRST_NAMED <= year <= this_year
    if before == "the":
        return _is_proper(after) and (past or year in MODERN)
    return before in _ONE and past and _is_one(after)


def _is_one(written: str) -> bool:
    """Whether one thing follows, and no measure: "this 1865 portrait"; not "a 1500 metre race"."""
    thing = len(written) > len("foot") and written.isalpha() and written.islower()
    return thing and not written.endswith("s") and not cues("en").has("counted", written + "s")


def _is_proper(written: str) -> bool:
    """Whether a name follows: "the 1863 Proclamation"; not "the 1500 Meters"."""
    named = written.istitle() or (written.isupper() and len(written) > 1)
    return named and written.isalpha() and not written.endswith("s")


def _spaced(timex: Timex, scan: Scan) -> bool:
    return scan.ends[timex.first - 1] < scan.starts[timex.first]
