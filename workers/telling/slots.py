"""Where an expression of time stands in its sentence, and whether it dates what is told there.

First version: words around it, read left to right; no tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from service.temporal.interval import Granularity
from service.temporal.timex import Relation, Resolution, TimexType
from workers.lexicon import cues
from workers.telling.tellings import Telling

_YEAR_SLOT = re.compile(
    r"(?:\b(?:in|since|by|until|till|during|from|of|to|through|before|after|and|early|mid|late)|[,(–-])\s*$",
    re.IGNORECASE,
)
# "HARBOUR TOWN, Jan. 27 (Agency) - ": the day of writing, not of what is told.
_BEFORE_DATELINE = re.compile(r"^\W*(?:[A-Z][\w.’'-]*[\s,/]+){1,6}$")
_AFTER_DATELINE = re.compile(r"\s*(?:,\s*\d{4}\s*)?(?:\([^)]{2,40}\)\s*)?(?:—|–|--|-|:)\s")
# "Jan. 27 (Agency) - ", not the "27 January: " of a chronicle.
_AGENCY = re.compile(r"\s*(?:,\s*\d{4}\s*)?\([^)]{2,40}\)\s*(?:—|–|--|-|:)\s")
# "The figure covers the third week of May": an object, not a day.
_OBJECT = re.compile(
    r"\b(?:cover|includ|exclud|mark|span|concern|mean|celebrat|commemorat|nam|call)(?:s|es|ed|e|ing)?"
    r"\s+(?:all\s+of\s+|both\s+)?$",
    re.IGNORECASE,
)
# "more than in 2019", "where they were in late May": another time to compare with.
_COMPARED = re.compile(
    r"\b(?:than|like|as|compared\s+(?:with|to)|where\s+\w+\s+(?:was|were|had\s+been))\s+"
    r"(?:(?:it|they|he|she)\s+(?:was|were|did|had)\s+)?(?:(?:in|on|at|during|since)\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_CLAUSE_START = re.compile(r"[,;:—–(“]\s*")
_SUBORDINATE = re.compile(
    r"\b(?:who|which|whose|whom|where|when|as|because|while|if|although|though)\b|"
    r"\b(?!(?:said|says|told|so|is|was|announced|warned|added|confirmed|denied|stated)\b)\w+\s+that\b",
    re.IGNORECASE,
)
_FINITE_AFTER = re.compile(r"\s*(?:was|were|is|are|has|have|had|will|would)\b", re.IGNORECASE)
# "would run short by the weekend", "recommended repairs by May", "agreed to meet on Friday".
_FORESEEN = re.compile(
    r"\b(?:would|could|might)\b|\b(?:agreed|aimed|asked|called|decided|expected|hoped|intended|meant|needed|"
    r"offered|ordered|planned|pledged|promised|set|told|urged|vowed|voted|wanted|warned)\b[^,;]*"
    r"\bto\s+(?!(?:an?|the|th(?:is|at|[eo]se)|his|her|its|their|our|my|your|\d+)\b)\w+|"
    r"\b(?:scheduled|due|planned|set)\s+(?:for|to)\b|"
    r"\b(?:announced|arranged|called|proposed|slated)\s+for\s+$",
    re.IGNORECASE,
)
# "postponed until 9 March", "called for 9 March": the new day of what was put off.
_PUT_OFF = re.compile(
    r"\b(?:postponed|delayed|adjourned|rescheduled|moved|put\s+off|put\s+back|brought\s+forward|"
    r"called|scheduled|set|due)\s+(?:until|till|to|for)\s+$",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(r"(?:\bnot\b|\bnever\b|n['’]t\b)[^.;:]{0,60}\bbefore\s*$", re.IGNORECASE)
# "At 3.10 p.m.", "in the early hours": the time of a day that is told elsewhere.
_CLOCK = re.compile(
    r"(?:\d+(?:[.:h]\s?\d\d)*|[ap]\.?\s?m\.?|(?<![a-z])(?:gmt|utc|[a-z]{1,2}st|[cempw]dt|local|time|hours?|"
    r"o['’]clock|noon|midday|midnight|morning|afternoon|evening|night|dawn|dusk|daybreak|sunrise|"
    r"sunset|early|late|about|around|just|after|before|shortly|the|at|in|of|half|past|quarter|to|"
    r"minutes?|and|between|from|or|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"(?![a-z])|[\s,.:()–-])+",
    re.IGNORECASE,
)
_FINE = (Granularity.DAY, Granularity.SEASON, Granularity.YEAR_PART, Granularity.MILLENNIUM)


def usable_dates(telling: Telling) -> tuple[Resolution, ...]:
    """The expressions of a sentence that date it, in their order."""
    found = telling.resolutions
    return tuple(each for each in found if usable(each, telling.text, telling.start))


def usable(resolution: Resolution, text: str, start: int) -> bool:
    """Whether the expression dates its sentence `text`, which begins at `start`.

    Not: durations, sets, vague references, decades, times of a day alone, datelines, times to
    compare with, objects ("covers the third week"), and a year that only modifies a noun ("the
    2024 election").
    """
    dated = resolution.type in {TimexType.DATE, TimexType.TIME} and resolution.interval is not None
    if not dated or resolution.granularity > Granularity.YEAR or is_clock(resolution):
        return False
    before, after = _around(resolution, text, start)
    if _is_of_writing(before, after):
        return False
    if _OBJECT.search(before) or _COMPARED.search(before):
        return False
    bare_year = resolution.granularity is Granularity.YEAR and resolution.text.strip().isdigit()
    return not bare_year or not before.strip() or _YEAR_SLOT.search(before) is not None


def _is_of_writing(before: str, after: str) -> bool:
    """Whether it stands in a dateline."""
    if not before.strip():
        return _AGENCY.match(after) is not None
    return _BEFORE_DATELINE.match(before) is not None and _AFTER_DATELINE.match(after) is not None


def is_clock(resolution: Resolution) -> bool:
    """Whether it is a time of the day of publication, for want of a day: "at 3.10 p.m."."""
    anchor = resolution.anchor
    of_today = anchor is not None and anchor.kind == "publication"
    fits = of_today and resolution.type is TimexType.TIME
    return fits and _CLOCK.fullmatch(resolution.text) is not None


def ranked(resolutions: Iterable[Resolution], text: str, start: int) -> tuple[Resolution, ...]:
    """Usable expressions, the one that says most first.

    Main clause before subordinate ones, bare years last; a range or "since", then the finest, then
    the first.
    """
    return tuple(sorted(resolutions, key=lambda each: _rank(each, text, start)))


def is_foreseen(resolution: Resolution, text: str, start: int) -> bool:
    """Whether it is the day of what was to come: "warned that fruit would run short by Friday"."""
    before = _clause_before(resolution, text, start)
    return _FORESEEN.search(before) is not None or is_put_off(resolution, text, start)


def is_put_off(resolution: Resolution, text: str, start: int) -> bool:
    """Whether it is the day to which something was moved: "postponed until 9 March"."""
    return _PUT_OFF.search(_around(resolution, text, start)[0]) is not None


def is_not_before(resolution: Resolution, text: str, start: int) -> bool:
    """Whether it says the first day on which something can be: "not before Monday"."""
    return _NOT_BEFORE.search(_around(resolution, text, start)[0]) is not None


def _around(resolution: Resolution, text: str, start: int) -> tuple[str, str]:
    at, until = resolution.span.start - start, resolution.span.end - start
    return text[max(0, at - cues.NEAR) : at], text[until : until + cues.NEAR]


def _clause_before(resolution: Resolution, text: str, start: int) -> str:
    before = _around(resolution, text, start)[0]
    cuts = [match.end() for match in _CLAUSE_START.finditer(before)]
    return before[cuts[-1] :] if cuts else before


def _rank(resolution: Resolution, text: str, start: int) -> tuple[int, int, int]:
    lasting = bool(resolution.parts) or resolution.relation is Relation.SINCE
    clause = _SUBORDINATE.search(_clause_before(resolution, text, start)) is not None
    subject = _FINITE_AFTER.match(_around(resolution, text, start)[1]) is not None
    bare_year = resolution.granularity is Granularity.YEAR and not lasting
    fine = next(n for n, at in enumerate(_FINE, 1) if resolution.granularity <= at)
    return (
        4 if bare_year else clause + 2 * subject,
        0 if lasting else fine,
        resolution.span.start,
    )
