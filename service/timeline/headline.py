"""Headlines: extractive, 6 to 16 words of a sentence, nothing invented."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

from service.temporal.interval import Granularity
from service.timeline.likenesses import by_clause
from service.timeline.model import Basis, Certainty, DateClaim, Mention

FEWEST, MOST = 6, 16
MOST_ASKED = 24
"""Mentions, the first ones, that a headline is compared with."""

_DATELINE = re.compile(
    r"^[A-Z][A-Z][^a-z]{0,40}?(?:,\s+[A-Z][A-Za-z.]{2,15}(?:\s[A-Z][A-Za-z.]{2,15})?(?=,|\s*[(—–-]))?"
    r"(?:,?\s*[A-Z][a-z]{2,8}\.?\s+\d{1,2},?\s*)?\s*(?:\([^)]{2,30}\)\s*)?"
    r"(?:—|–|--|-)\s+"
)
_SAYING = r"(?:said|says|told|according to|announced|reported|added|warned|confirmed)"
_LEADING_SOURCE = re.compile(r"^(?:According to|As (?:documented|reported) by)\b[^,]{2,80},\s+")
_TRAILING_SOURCE = re.compile(rf",[^,]{{0,80}}\b{_SAYING}\b(?:\s+[^,\s]+){{0,6}}[.!?]?$")
_REPORTED = re.compile(
    r"^[^,;:]{2,90}?\b(?:(?:said|says|told\s+\w+|announced|reported|warned|confirmed|added)"
    r"(?:\s+[\w.]+){0,5}?\s+that|sa(?:id|ys?)(?=\s+(?:they|he|she|it|the|an?)\b))\s+"
)
_ASIDE = re.compile(
    r",\s+(?:who|which|whose|where|as|according\s+to|including|now|then)\b[^,]{3,90},\s+"
)
# What stands between a subject and its verb: "The union, based in Aldwick, is calling for ...".
_INSET = re.compile(
    r"^([^,;:]{3,60}), [^;:]{3,90}?, (?=(?:is|are|was|were|has|have|had|will|would|could|may|might|"
    r"did|does|sa(?:id|ys)|\w+ed)\b)"
)
_RELATIVE = re.compile(r"(?:which|who|whom|whose|that|where|when|and|but|or)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:][”\"’]?\s|\s[—–-]\s")
_BREAK = re.compile(
    r"[,;:][”\"’]?\s|\s[—–-]\s|\s(?=(?:after|before|while|which|who|as|because|when)\s)"
)
_PREPOSITION = (
    r"(?:on|in|at|near|for|with|by|from|over|under|into|against|during|amid|between|across|through|"
    r"around|along|outside|inside|since|until|within|without|towards?)"
)
_PHRASE = re.compile(rf"\s(?=(?:{_PREPOSITION}|and|or|but)\s)")
_NEXT_PHRASE = re.compile(rf"\s(?:{_PREPOSITION}|to|and|or|but)\s")
_LEADING_DATE = re.compile(
    r"(?:.*\b(?:ago|yesterday|today|later|earlier)|(?:last|this|next)\s.*)", re.IGNORECASE
)
_SUBJECT = re.compile(
    r"(?:[A-Z0-9“‘\"]|(?:the|an?|his|her|its|their|he|she|it|they|we|this|these|those|some|many|more|"
    r"two|three|four|five|six|seven|eight|nine|ten|hundreds|thousands|police|officials)\b)"
)
_NEEDS_CONTEXT = re.compile(
    r"(?:he|she|it|they|his|her|its|their|this|these|those|all of them|which|who|whom|whose|that|"
    r"and|but|or|of|where|when|since then|because|so|then|there)\b",
    re.IGNORECASE,
)
# What a headline cannot begin with: a subordinate clause, a relative, a participle of another verb.
_FRAGMENT = re.compile(
    r"(?:when|while|where|which|who|whom|whose|that|because|although|though|if|unless|including|"
    r"of|than|be|been|being|(?:a|one|two|three|several) (?:days?|weeks?|hours?|months?|years?) "
    r"(?:after|before|later))\b",
    re.IGNORECASE,
)
_CONNECTIVE = re.compile(
    r"^(?:(?:and|but|or|so|yet)\s+|(?:however|meanwhile|moreover|also|then|since then|instead|"
    r"in addition|as a result|earlier|later|still),\s+)+",
    re.IGNORECASE,
)
# What tokenisers put between a word and its marks: "Smith ’ s", "20, 000", "11: 11", "men ,".
_SPACED = (
    (re.compile(r"\s+([’'])\s?(s|re|ve|ll|d|m|t)\b"), r"\1\2"),
    (re.compile(r"(?<=s)\s([’'])(?=\s)"), r"\1"),
    (re.compile(r"(?<=\d),\s(?=\d{3}\b)"), ","),
    (re.compile(r"(?<=\d)([.:])\s(?=\d)"), r"\1"),
    (re.compile(r"\s+([,;:.!?)\]”])"), r"\1"),
    (re.compile(r"([(\[“])\s+"), r"\1"),
    (re.compile(r"(?<=\w)\s-\s(?=\w)"), "-"),
    (re.compile(r",\s*\"$"), '"'),
)
_ABBREVIATED = re.compile(r"(?:^|[\s.])[A-Za-z]\.[A-Za-z]$")
_DANGLING = re.compile(
    r"(?:\s+(?:an?|the|of|in|on|at|by|for|from|to|with|as|and|or|but|that|which|who|its|his|her|"
    r"their|into|over|under|after|before|during|than|is|are|was|were|be|been|has|have|had|will|"
    r"would|not|amid|until|since|near|against|between|about|said|says|this|these|those|it|he|she|they)[,;:]?)+$",
    re.IGNORECASE,
)
# What is left of the clause that follows: ", hours" of ", hours before voting began".
_REMNANT = re.compile(
    r",\s+(?:(?:an?|the|one|two|three|four|five|six|some|several|\d+)\s+)?"
    r"(?:moments?|minutes?|hours?|days?|weeks?|months?|years?|shortly|just|soon|even)$"
)
_LABEL = re.compile(r"^[A-Z]{4,}(?:\s[A-Z]{3,})?:\s+")
_EDGES = " ,;:.—–-"
_APOSTROPHE_OPENS = re.compile(r"(?:^|\s)'\w")
_APOSTROPHE_CLOSES = re.compile(r"(?<=[^\Ws])'(?=[:;,.\s]|$)")
_QUOTES = (("“", "”"), ("‘", "’"), ("«", "»"), ('"', '"'))


_Rank: TypeAlias = tuple[float, bool, float, tuple[int, str, int, str]]


def condense(
    sentence: str, dated: Sequence[tuple[int, int]] = (), *, focus: tuple[int, int] | None = None
) -> str:
    """At most 16 words of `sentence`, without dateline, leading date and attribution.

    `dated` are the stretches of expressions of time in it, none of which is cut in two; of a
    longer sentence the clause around `focus` is preferred. Hedges such as "allegedly" stay.

    >>> condense("On Friday, the court freed two men, police said.", [(3, 9)])
    'The court freed two men'
    """
    text = _joined(" ".join(_without_lead(sentence, dated).split()))
    text = _CONNECTIVE.sub("", _LEADING_SOURCE.sub("", _LABEL.sub("", text)))
    shorter = _TRAILING_SOURCE.sub("", text)
    within = "" if focus is None else _joined(" ".join(sentence[slice(*focus)].split()))
    text = shorter if within in shorter and len(shorter.split()) >= FEWEST - 1 else text
    dates = [_joined(" ".join(sentence[start:end].split())) for start, end in dated]
    if focus is not None:
        text = _around(text, within)
    text = _whole_ending(_balanced(_trimmed(_cut(text, dates))), sentence)
    return text[:1].upper() + text[1:] if text else sentence.strip()


def _joined(text: str) -> str:
    """The text without the spaces that a tokeniser put between words and marks."""
    for pattern, bare in _SPACED:
        text = pattern.sub(bare, text)
    return text


def is_whole(headline: str) -> bool:
    """Whether it has 6 to 16 words and does not begin in the middle of something.

    >>> is_whole("When a man was shot in the harbour")
    False
    """
    fits = FEWEST <= len(headline.split()) <= MOST
    return fits and _FRAGMENT.match(headline) is None


def best_headline(mentions: Sequence[Mention], shown: DateClaim) -> str:
    """The headline of the event that `mentions` (in order) tell: of the best clause among them.

    Whole, understood without the sentence before, naming no other day than the one `shown`, in the
    language of most articles, dated to a day, of a headline or lead, nearest to what the others
    tell, said by the source itself.
    """
    of_article = {each.article_id: each.language for each in mentions}
    told_in = Counter(of_article.values())

    def faults(each: Mention) -> tuple[bool, bool, int, bool, bool, int]:
        elsewhere = _names_another_day(each.date, shown)
        whole = is_whole(each.headline)
        return not whole, elsewhere, -told_in[each.language], *_weaknesses(each)

    found = [faults(each) for each in mentions]
    least = min(found)
    fitting = [each for each, of_it in zip(mentions, found, strict=True) if of_it == least]
    return min(fitting, key=lambda each: _rank(each, mentions)).headline


def _weaknesses(mention: Mention) -> tuple[bool, bool, int]:
    vague = _NEEDS_CONTEXT.match(mention.headline) is not None
    place = 0 if mention.role == "headline" else 1 if mention.lead else 2
    return vague, mention.date.granularity > Granularity.DAY, place


def _rank(mention: Mention, mentions: Sequence[Mention]) -> _Rank:
    hearsay = mention.certainty is not Certainty.ASSERTED
    return -_central(mention, mentions), hearsay, -mention.date.confidence, mention.order


def _names_another_day(date: DateClaim, shown: DateClaim) -> bool:
    """Whether it names days that reach beyond those that are shown of the event."""
    if date.basis is not Basis.EXPLICIT or date.durative or shown.durative:
        return False
    before = None not in (date.start, shown.start) and (date.start or 0) < (shown.start or 0)
    return before or (None not in (date.end, shown.end) and (date.end or 0) > (shown.end or 0))


def _central(mention: Mention, mentions: Sequence[Mention]) -> float:
    """How much of it the other articles tell too: the sum of its likenesses with their clauses."""
    others = (each for each in mentions[:MOST_ASKED] if each.article_id != mention.article_id)
    return round(sum(_alike(mention, each) for each in others), 3)


@lru_cache(maxsize=8192)  # asked again whenever one more article tells of it
def _alike(one: Mention, other: Mention) -> float:
    return by_clause(one, other)


def _without_lead(sentence: str, dated: Sequence[tuple[int, int]]) -> str:
    """The sentence after its dateline and a leading "On Tuesday, " or "On 8 January "."""
    skip = _DATELINE.match(sentence)
    begin = skip.end() if skip else 0
    for start, end in dated:
        before, comma = sentence[begin:start], re.compile(r"\s*,\s+").match(sentence, end)
        if len(before.split()) > 2 or start < begin:
            continue
        if comma:
            return sentence[comma.end() :]
        after = sentence[end:].lstrip()
        leads = before.strip() or _LEADING_DATE.fullmatch(sentence[start:end])
        if leads and sentence[end : end + 1].isspace() and _SUBJECT.match(after):
            return after
    return sentence[begin:]


def _around(text: str, focus: str) -> str:
    """The text without what stands around the clause of `focus`: who said it, asides, clauses."""
    reported = _REPORTED.sub("", text)
    if focus in reported and len(reported.split()) >= FEWEST - 1:
        text = reported
    if len(text.split()) <= MOST:
        return text
    short = _ASIDE.sub(" ", text)
    return _clause_around(short if focus in short else text, focus)


def _clause_around(text: str, focus: str) -> str:
    """Of a text that is too long, the clause that holds `focus`, if it is long enough."""
    at = text.find(focus)
    if at < 0 or len(text.split()) <= MOST:
        return text
    cuts = [0, *(match.end() for match in _CLAUSE.finditer(text)), len(text)]
    start = max(cut for cut in cuts if cut <= at)
    clause = text[start : min(cut for cut in cuts if cut > at)].strip(_EDGES)
    whole = len(clause.split()) >= FEWEST and _RELATIVE.match(clause) is None
    return clause if whole and _SUBJECT.match(clause) else text


def _cut(text: str, dates: Sequence[str]) -> str:
    if len(text.split(" ")) > MOST:
        text = _INSET.sub(r"\1 ", text)
    words = text.split(" ")
    if len(words) <= MOST:
        return text
    kept = " ".join(words[:MOST])
    whole = _NEXT_PHRASE.match(text, len(kept)) is not None
    for date in dates:
        at = text.find(date)
        if 0 <= at < len(kept) < at + len(date):
            kept, whole = kept[:at].rstrip(), True
    breaks = [match.start() for match in _BREAK.finditer(kept)]
    fitting = [at for at in breaks if len(kept[:at].split()) >= FEWEST]
    if fitting:
        return kept[: fitting[-1]]
    phrases = [match.start() for match in _PHRASE.finditer(kept)]
    fitting = [at for at in phrases if len(kept[:at].split()) >= FEWEST]
    return _DANGLING.sub("", kept[: fitting[-1]] if fitting and not whole else kept)


def _trimmed(text: str) -> str:
    """The text without marks at its edges and what is left of a clause that follows."""
    shorter = _REMNANT.sub("", text.strip(_EDGES))
    return shorter if len(shorter.split()) >= FEWEST - 1 else text.strip(_EDGES)


def _whole_ending(text: str, sentence: str) -> str:
    """The text with the full stop of a last abbreviation: "at 6 a.m."."""
    dotted = _ABBREVIATED.search(text) is not None and f"{text[-3:]}." in sentence
    return f"{text}." if dotted else text


def _balanced(text: str) -> str:
    """The text without quotation marks that lost their partner."""
    for opening, closing in _QUOTES:
        single = opening == closing
        uneven = text.count(opening) % 2 if single else text.count(opening) > text.count(closing)
        if uneven:
            text = text.replace(opening, "")
        if not single and closing != "’" and text.count(closing) > text.count(opening):
            text = text.replace(closing, "")
    if not _APOSTROPHE_OPENS.search(text):
        text = _APOSTROPHE_CLOSES.sub("", text)
    return text.strip(_EDGES)
