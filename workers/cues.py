"""Words that tell what a sentence is: a report, a plan, a happening, an opinion. English, closed.

First version: cues by regular expression, read left to right; no tree.
"""

from __future__ import annotations

import re

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
_OTHER_VERB = (
    r"\b(?:was|were|is|are|has|have|had|will|would|can|could|did|does|took|made|came|got|began|"
    r"gave|held|left|met|won|lost|fell|rose|broke|shot|fought|sent|went|swept|killed|\w{3,}ed)\b"
)
SAY = re.compile(rf"\b{_SAY}\b", re.IGNORECASE)
_SAID_BEFORE = re.compile(
    rf"\b(?:{_SAY}(?:\s+{_FILLER})*|told(?:\s+(?!\w+ed\b)[\w’'.-]+){{1,4}})\s+$", re.IGNORECASE
)
_VERB = re.compile(rf"\b{_SAY}\b|{_OTHER_VERB}", re.IGNORECASE)

_PLAN = re.compile(
    r"\b(?:will|won['’]t|shall|(?:expected|due|set|scheduled|slated|likely|poised|planned|planning|"
    r"going|ordered)\s+to|scheduled\s+for|plans?\s+to|intends?\s+to|(?:is|are)\s+to|"
    r"awaits?|awaiting|pending|upcoming|"
    r"fac(?:es?|ing)\s+(?:\w+\s+){0,2}(?:execution|trial|extradition|deportation|eviction))\b",
    re.IGNORECASE,
)
_MAYBE = re.compile(r"\b(?:may|might|could)\b")  # "May" is a month
_PERFECT = re.compile(r"\b(?:has|have|is|are)\b", re.IGNORECASE)
_SINCE = re.compile(r"\bsince\b[^.;:!?]{0,70}$", re.IGNORECASE)
_CALLED_OFF = re.compile(
    r"\b(?:was|were|been|is|are)\s+(?:called\s+off|cancell?ed|scrapped|abandoned)\b", re.IGNORECASE
)
_NOT = re.compile(r"\bdid\s+not\b|\bdidn['’]t\b|\bdid\s?n['’]t\b", re.IGNORECASE)
_ALLEGED = re.compile(r"\b(?:alleged(?:ly)?|purported(?:ly)?|suspected\s+of)\b", re.IGNORECASE)
_HEARSAY = re.compile(rf"\breportedly\b|\baccording\s+to\b|\b{_SAY}\b", re.IGNORECASE)
_OUGHT = re.compile(
    r"\b(?:must|should|ought\s+to|need(?:s)?\s+to|let\s+us|let['’]s)\b", re.IGNORECASE
)
_TELLING = re.compile(
    rf"\b(?:was|were|had|did|{_SAY}|took|made|came|got|began|gave|held|left|met|won|lost|fell|rose|"
    r"broke|shot|fought|sent|went|swept|struck|hit|ran|drove|died|became|spoke|found|put|cut|"
    r"led|saw|brought|caught|chose|drew|flew|fled|grew|hung|knew|laid|paid|sank|sold|spent|stood|"
    r"stole|taught|threw|wore|withdrew|(?:has|have)\s+(?:\w+\s+){0,2}(?:been|\w+(?:ed|en|wn|ught))|"
    r"(?:has|have)\s+\w+|(?:is|are)\s+\w+ing|\w{2,}(?<!e)ed|\w{3,}eed)\b",
    re.IGNORECASE,
)
_NO_HEADLINE = re.compile(
    r"^(?:how|why|what|who|when|where|opinion|analysis|editorial|comment|review|explainer|\d+\s+"
    r"(?:things|ways|reasons|facts))\b|[?؟]$",
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
    verb = _VERB.search(text, end)
    return verb is not None and SAY.match(verb.group()) is not None


def is_planned(text: str) -> bool:
    """Whether the sentence tells of something to come."""
    return _PLAN.search(text) is not None


def is_possible(text: str) -> bool:
    """Whether what it tells may come or not."""
    return _MAYBE.search(text) is not None


def is_since(text: str, start: int) -> bool:
    """Whether the expression at `start` begins something: "killed since ... in late December"."""
    return _SINCE.search(text[max(0, start - NEAR) : start]) is not None


def still_holds(text: str) -> bool:
    """Whether the sentence has a present or perfect: what lasted goes on."""
    return _PERFECT.search(text) is not None


def is_called_off(text: str) -> bool:
    """Whether something was cancelled."""
    return _CALLED_OFF.search(text) is not None


def is_negated(text: str) -> bool:
    """Whether the sentence tells what did not happen."""
    return _NOT.search(text) is not None


def is_alleged(text: str) -> bool:
    """Whether the source hedges."""
    return _ALLEGED.search(text) is not None


def is_hearsay(text: str) -> bool:
    """Whether the source names another that says so."""
    return _HEARSAY.search(text) is not None


def tells(text: str) -> bool:
    """Whether anything happens in the sentence, and it does not say what ought to happen."""
    bare = _QUOTED.sub(" ", text)
    if _OUGHT.search(bare) or text.rstrip('”"’ ').endswith("?"):
        return False
    return _TELLING.search(bare) is not None or _PLAN.search(bare) is not None


def is_headline_of_news(text: str) -> bool:
    """Whether a headline may tell of a happening: no question, no label of opinion."""
    return _NO_HEADLINE.search(text.strip()) is None and _OUGHT.search(text) is None
