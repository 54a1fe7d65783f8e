"""Words that tell what a sentence is: a report, a plan, a happening, an opinion. English, closed.

First version: cues by regular expression, read left to right; no tree.
"""

from __future__ import annotations

import re
from functools import cache

from workers.lexicon import verbs

NEAR = 100
"""Characters around an expression in which the words that belong to it are looked for."""

_SAY = (
    r"(?:said|says|say|told|tells|announced|announces|reported|reports|warned|warns|stated|states|"
    r"reiterated|added|confirmed|confirms|claimed|claims|denied|denies|urged|argued|insisted|"
    r"acknowledged|admitted|declared|predicted|noted|explained|revealed|testified|tweeted|wrote|"
    r"condemned|promised|vowed|called\sfor)"
)
_FILLER = (
    r"(?:on|late|early|earlier|in|at|an?|the|to|statement|interview|news|conference|press|"
    r"briefing|reporters|journalists|television|tv|radio|local|morning|afternoon|evening)"
)
_OTHER_VERB = r"\b(?:is|are|has|have|will|would|can|could|does)\b"
SAY = re.compile(rf"\b{_SAY}\b", re.IGNORECASE)
_SAID_BEFORE = re.compile(
    rf"\b(?:{_SAY}(?:\s+{_FILLER})*|told(?:\s+(?!\w+ed\b)[\w’'.-]+){{1,4}})\s+$", re.IGNORECASE
)
# "announced a public inquiry" is a deed, "announced that" and "said" are words.
_DEED = re.compile(
    r"\b(?:announced?s?|declared|condemned|confirmed|revealed|denied|reported|promised|admitted|"
    r"acknowledged)\s+(?:an?|the|its|his|her|their|new|more|\d[\d,.]*)\s",
    re.IGNORECASE,
)

_PLAN = re.compile(
    r"\b(?:will|won['’]t|shall|(?:expected|due|set|scheduled|slated|likely|poised|planned|planning|"
    r"going|ordered)\s+to|(?:scheduled|planned|set|due)\s+for|"
    r"(?:is|are)\s+(?:planned|scheduled|due)|plans?\s+to|intends?\s+to|(?:is|are)\s+to|"
    r"awaits?|awaiting|pending|upcoming|"
    r"fac(?:es?|ing)\s+(?:\w+\s+){0,2}(?:execution|trial|extradition|deportation|eviction))\b",
    re.IGNORECASE,
)
_PERFECT = re.compile(r"\b(?:has|have|is|are)\b", re.IGNORECASE)
_SINCE = re.compile(r"(?<!has )(?<!have )(?<!had )\bsince\b[^,.;:!?]{0,70}$", re.IGNORECASE)
_WHO_CLAUSE = re.compile(r"\b(?:who|which|whose|whom)\b[^,;.]*", re.IGNORECASE)
_ALLEGED = re.compile(r"\b(?:alleged(?:ly)?|purported(?:ly)?|suspected\s+of)\b", re.IGNORECASE)
_HEARSAY = re.compile(rf"\breportedly\b|\baccording\s+to\b|\b{_SAY}\b", re.IGNORECASE)
_OUGHT = re.compile(
    r"\b(?:must|should|ought\s+to|need(?:s)?\s+to|let\s+us|let['’]s)\b", re.IGNORECASE
)
_NO_HEADLINE = re.compile(
    r"^(?:how|why|what|who|when|where|opinion|analysis|editorial|comment|review|explainer|"
    r"corrections?|clarification|\d+\s+"
    r"(?:things|ways|reasons|facts))\b|[?؟]$",
    re.IGNORECASE,
)
# "MUST SEE: ...", "LIVE: ...": no word of what is told.
_LABEL = re.compile(r"^(?:[A-Z]{2,}\s?){1,3}:\s")
# What an outlet says of its own or another's earlier account, and when, is no happening.
_CORRECTS = re.compile(
    r"^\W*(?:corrections?|clarifications?|editor['’]s\s+note)\b\s*(?:[:,.(—–-]|on\b)|"
    r"\bversions?\s+of\s+(?:this|the|our)\s+(?:article|story|report|headline|caption|piece|post)\b|"
    r"\b(?:this|our)\s+(?:earlier\s+|first\s+|original\s+)?(?:article|story|report|piece|headline|"
    r"caption)\b.*\b(?:said|stated|gave|misstated|corrected|amended|updated|wrong)\b|"
    r"\b(?:misstated|misidentified|misspelled|misreported)\b|"
    r"\b(?:incorrectly|wrongly|erroneously|mistakenly)\s+(?:said|stated|reported|gave|put|dated)\b|"
    r"\b(?:earlier|initial|first|local|previous)\s+reports?\s+(?:had\s+)?(?:said|put|gave|stated)\b|"
    r"\bwe\s+(?:\w+\s+)?(?:said|reported|wrote|stated)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?")


def owns(text: str, start: int, end: int) -> bool:
    """Whether a reporting verb owns the expression at [start, end) of the sentence `text`.

    "the group said Tuesday", "On Tuesday, officials said"; not "said he was freed on Tuesday".
    """
    before, after = text[max(0, start - NEAR) : start], text[end : end + NEAR]
    if _SAID_BEFORE.search(before) or SAY.match(after.lstrip()):
        return True
    if start >= NEAR or len(before.split()) > 1:
        return False
    verb = _verb().search(text, end)
    if verb is None or SAY.match(verb.group()) is None:
        return False
    return _DEED.match(text, verb.start()) is None


def is_planned(text: str) -> bool:
    """Whether the sentence tells of something to come."""
    return _PLAN.search(_WHO_CLAUSE.sub(" ", text)) is not None


def is_since(text: str, start: int) -> bool:
    """Whether the expression at `start` begins something: "killed since ... in late December"."""
    return _SINCE.search(text[max(0, start - NEAR) : start]) is not None


def still_holds(text: str) -> bool:
    """Whether the sentence has a present or perfect: what lasted goes on."""
    return _PERFECT.search(text) is not None


def is_alleged(text: str) -> bool:
    """Whether the source hedges."""
    return _ALLEGED.search(text) is not None


def is_hearsay(text: str) -> bool:
    """Whether the source names another that says so."""
    return _HEARSAY.search(text) is not None


def is_claim(text: str) -> bool:
    """Whether the sentence says what ought to be, asks, or corrects an earlier account."""
    bare = _QUOTED.sub(" ", text)
    asks = text.rstrip('”"’ ').endswith("?")
    return asks or _OUGHT.search(bare) is not None or _CORRECTS.search(bare) is not None


def tells(text: str) -> bool:
    """Whether anything happened or is to happen in the sentence."""
    bare = _QUOTED.sub(" ", text)
    if is_claim(text):
        return False
    found = verbs.tells_past(bare) or SAY.search(bare) or _PLAN.search(bare)
    return bool(found)


def is_headline_of_news(text: str) -> bool:
    """Whether a headline may tell of a happening: no question, no label of opinion."""
    return _NO_HEADLINE.search(text.strip()) is None and _OUGHT.search(bare(text)) is None


def bare(headline: str) -> str:
    """The headline without a label in capitals in front of it: "MUST SEE: ..."."""
    return _LABEL.sub("", headline.strip())


@cache
def _verb() -> re.Pattern[str]:
    pasts = verbs.past_pattern()
    return re.compile(rf"\b{_SAY}\b|{_OTHER_VERB}|\b{pasts}\b", re.IGNORECASE)
