"""Numbers in a sentence, in digits and in words, with the comparator that is said with them.

"more than 3,000", "twenty-three", "1.2 billion", "half a million", "dozens", "between 20 and 30".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.timeline.details import Comparator
from workers.grammar.trees import Node
from workers.lexicon.figurewords import Phrase, figure_words

LONGEST_NUMBER = 15
"""Digits of a number that is read: floats hold so many exactly."""
DOZEN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A number at the nodes [first, until); `sign` is a currency's or "%", written against it.

    `opening` is the first node of its comparator, or `first`. `vague` is true of "dozens".
    """

    first: int
    until: int
    opening: int
    value: float
    most: float | None = None
    comparator: Comparator = Comparator.EXACT
    sign: str = ""
    vague: bool = False


_DIGITS = re.compile(
    r"(?P<sign>(?:US|A|C)?[$€£¥₹])?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<scale>k|mln|mn|m|bn|tn)?(?P<percent>%)?",
    re.IGNORECASE,
)
_PERCENT = frozenset({"%", "percent", "pct"})
_DASHES = frozenset({"-", "–", "—"})
_ARTICLES = frozenset({"a", "an"})


def read_numerals(nodes: Sequence[Node]) -> tuple[Numeral, ...]:
    """The numbers of a sentence in order, ranges as one."""
    found: list[Numeral] = []
    at = 0
    while at < len(nodes):
        numeral = _number(nodes, at)
        if numeral is None:
            at += 1
            continue
        numeral = _compared(nodes, _ranged(nodes, numeral))
        found.append(numeral)
        at = numeral.until
    return tuple(found)


def _number(nodes: Sequence[Node], at: int) -> Numeral | None:
    """The number that begins at the node, without comparator."""
    word = nodes[at].lower
    listed = figure_words()
    following = _word(nodes, at + 1)
    if word == "half" and following in _ARTICLES and _word(nodes, at + 2) in listed.scales:
        value = 0.5 * 10 ** listed.scales[_word(nodes, at + 2)]
        return Numeral(first=at, until=at + 3, opening=at, value=value)
    if word == "dozen" or (word in listed.scales and len(word) > 3):
        article = at > 0 and nodes[at - 1].lower in _ARTICLES
        return _scaled(nodes, at, at, 1.0) if article else None
    if word == "tens" and following == "of" and _word(nodes, at + 2) in listed.vague:
        value = 10.0 * listed.vague[_word(nodes, at + 2)]
        return _at_least(at, at + 3, value)
    if word in listed.vague:
        value, until = float(listed.vague[word]), at + 1
        if following == "of" and _word(nodes, at + 2) in listed.vague:
            value, until = value / 2 * listed.vague[_word(nodes, at + 2)], at + 3
        return _at_least(at, until, value)
    if word in listed.cardinals:
        return _spelled(nodes, at)
    return _written(nodes, at)


def _at_least(first: int, until: int, value: float) -> Numeral:
    return Numeral(
        first=first,
        until=until,
        opening=first,
        value=value,
        comparator=Comparator.AT_LEAST,
        vague=True,
    )


def _spelled(nodes: Sequence[Node], at: int) -> Numeral:
    """Forty, twenty-three, two hundred."""
    listed = figure_words()
    value, until = float(listed.cardinals[nodes[at].lower]), at + 1
    dash = _word(nodes, until) in _DASHES
    unit = listed.cardinals.get(_word(nodes, until + dash), 0)
    if value >= 20 and 0 < unit < 10:  # a unit behind a ten
        value, until = value + unit, until + dash + 1
    return _scaled(nodes, at, until, value)


def _written(nodes: Sequence[Node], at: int) -> Numeral | None:
    """Digits, with a sign before or within and a scale within or behind."""
    written = _DIGITS.fullmatch(nodes[at].text)
    if written is None or len(written["number"]) > LONGEST_NUMBER:
        return None
    listed = figure_words()
    value = float(written["number"].replace(",", ""))
    if written["scale"]:
        value = _round(value * 10 ** listed.scales[written["scale"].lower()])
    sign, first = written["sign"] or "", at
    if not sign and at > 0 and nodes[at - 1].text in listed.signs:
        sign, first = nodes[at - 1].text, at - 1
    scaled = _scaled(nodes, first, at + 1, value)
    numeral = replace(scaled, sign=sign or scaled.sign)
    return replace(numeral, sign="%") if written["percent"] else numeral


def _scaled(nodes: Sequence[Node], first: int, until: int, value: float) -> Numeral:
    """The number with the scale behind it ("million", "dozen") and a percent sign."""
    listed = figure_words()
    while True:
        word = _word(nodes, until)
        if word == "dozen":
            value, until = value * DOZEN, until + 1
        elif word in listed.scales:
            value, until = _round(value * 10 ** listed.scales[word]), until + 1
        else:
            break
    if _word(nodes, until) in _PERCENT:
        return Numeral(first=first, until=until + 1, opening=first, value=value, sign="%")
    if _word(nodes, until) == "per" and _word(nodes, until + 1) == "cent":
        return Numeral(first=first, until=until + 2, opening=first, value=value, sign="%")
    return Numeral(first=first, until=until, opening=first, value=value)


def _round(value: float) -> float:
    """Without the noise of binary fractions: 1.2 times a million."""
    return round(value, 3)


def _ranged(nodes: Sequence[Node], least: Numeral) -> Numeral:
    """Between 20 and 30; 20 to 30, 20-30 before what is counted."""
    joint = _word(nodes, least.until)
    between = least.first > 0 and nodes[least.first - 1].lower == "between" and joint == "and"
    if least.vague or not (between or joint == "to" or joint in _DASHES):
        return least
    at = least.until + 1
    at += at < len(nodes) and nodes[at].text in figure_words().signs
    most = _number(nodes, at) if at < len(nodes) else None
    if most is None or most.value <= least.value or most.vague:
        return least
    return replace(
        least,
        until=most.until,
        opening=least.first - between,
        value=least.value,
        most=most.value,
        comparator=Comparator.RANGE,
        sign=most.sign or least.sign,
    )


def _compared(nodes: Sequence[Node], numeral: Numeral) -> Numeral:
    """The number with the words before or after it that say how it stands to the truth."""
    first = numeral.first
    if first > 0 and nodes[first - 1].lower in _ARTICLES:
        first -= 1
    before = _before(nodes, first)
    after = _after(nodes, numeral.until)
    if numeral.comparator is Comparator.RANGE or not (before or after):
        return replace(numeral, opening=min(first, numeral.opening))
    if before is None:
        return replace(numeral, opening=first, comparator=after or numeral.comparator)
    phrase, comparator = before
    opening = first - len(phrase)
    if numeral.vague:
        return replace(numeral, opening=opening)
    return replace(numeral, opening=opening, comparator=comparator)


def _before(nodes: Sequence[Node], end: int) -> tuple[Phrase, Comparator] | None:
    """The comparator whose words end before the node, and those words."""
    for phrase, comparator in figure_words().before:
        start = end - len(phrase)
        if start >= 0 and tuple(node.lower for node in nodes[start:end]) == phrase:
            return phrase, comparator
    return None


def _after(nodes: Sequence[Node], start: int) -> Comparator | None:
    for phrase, comparator in figure_words().after:
        if tuple(node.lower for node in nodes[start : start + len(phrase)]) == phrase:
            return comparator
    return None


def _word(nodes: Sequence[Node], at: int) -> str:
    """The word at the node in small letters, without a full stop; empty behind the last."""
    return nodes[at].lower.rstrip(".") if at < len(nodes) else ""
