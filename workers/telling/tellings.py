"""The sentences of an article that count as evidence, each with its place and its expressions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.temporal.interval import Day
from service.temporal.timex import Resolution, Span
from service.timeline.model import ArticleHead
from workers.text.layout import Block, Role
from workers.text.lines import UNSPACED
from workers.text.sentences import Sentence, Token

LEVELS = {"en": "full", "fa": "clauses"}
"""How much is understood of a language; of others `dates`: what its dates and the lead give."""
SHORTEST = 3
"""Tokens of a sentence that can tell anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What extraction reads: the text, its parts and its expressions.

    `title_sentences` are those of the title when the text has no copy of it, else none.
    """

    head: ArticleHead
    text: str
    published: Day
    language: str
    sentences: tuple[Sentence, ...]
    blocks: tuple[Block, ...]
    resolutions: tuple[Resolution, ...]
    title_sentences: tuple[Sentence, ...] = ()

    @property
    def level(self) -> str:
        """How much of its language is understood."""
        return LEVELS.get(self.language, "dates")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A sentence of evidence: its words, where they stand, and what dates them.

    `leads` is true for the headline and the first sentence of the text; `number` counts from it.
    """

    sentence: Sentence
    text: str
    within: str
    role: Role
    leads: bool
    resolutions: tuple[Resolution, ...] = ()
    number: int = 0

    @property
    def start(self) -> int:
        """Where the sentence begins."""
        return self.sentence.start


def tellings(article: Article) -> Iterator[Telling]:
    """Headline, prose and captions sentence by sentence, the title first when it stands apart."""
    if article.title_sentences:
        first, last = article.title_sentences[0], article.title_sentences[-1]
        whole = Sentence(first.start, last.end, _tokens(article.title_sentences))
        text = (article.head.title or "")[whole.start : whole.end]
        yield Telling(sentence=whole, text=text, within="title", role=Role.HEADLINE, leads=True)
    starts = [each.span.start for each in article.resolutions]
    waiting = True
    for number, (block, sentence) in enumerate(_evidence(article), 1):
        leads = block.role is Role.HEADLINE or (waiting and block.role is Role.PROSE)
        waiting = waiting and block.role is not Role.PROSE
        yield Telling(
            sentence=sentence,
            text=article.text[sentence.start : sentence.end],
            within="text",
            role=block.role,
            leads=leads,
            resolutions=_inside(article, sentence, starts),
            number=number,
        )


def date_spans(telling: Telling) -> list[Span]:
    """Where the words of time stand; the name of an event that they count from is none."""
    spans = (each.time_words for each in telling.resolutions)
    return [span for span in spans if span is not None]


def plain_tokens(telling: Telling) -> list[Token]:
    """The tokens outside expressions of time."""
    of_dates = {at for span in date_spans(telling) for at in range(span.start, span.end)}
    return [token for token in telling.sentence.tokens if token.start not in of_dates]


def _evidence(article: Article) -> Iterator[tuple[Block, Sentence]]:
    """Sentences in blocks of evidence; both lists are in order."""
    evidence = [
        block for block in article.blocks if block.role in {Role.HEADLINE, Role.PROSE, Role.CAPTION}
    ]
    at = 0
    for sentence in article.sentences:
        while at < len(evidence) and evidence[at].end < sentence.end:
            at += 1
        fits = at < len(evidence) and evidence[at].start <= sentence.start
        if fits and _may_tell(article, sentence):
            yield evidence[at], sentence


def _may_tell(article: Article, sentence: Sentence) -> bool:
    """Whether it is long enough; a token of a script without spaces may be a sentence."""
    unspaced = UNSPACED.search(article.text, sentence.start, sentence.end)
    return len(sentence.tokens) >= SHORTEST or unspaced is not None


def _inside(article: Article, sentence: Sentence, starts: Sequence[int]) -> tuple[Resolution, ...]:
    """The expressions in the sentence; `starts` are where all expressions begin, in order."""
    first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
    return tuple(each for each in article.resolutions[first:last] if each.span.end <= sentence.end)


def _tokens(sentences: tuple[Sentence, ...]) -> tuple[Token, ...]:
    return tuple(token for sentence in sentences for token in sentence.tokens)
