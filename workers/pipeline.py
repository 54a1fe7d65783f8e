"""One article's way from posted text to mentions, as a list of steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urlsplit

from service.documents.article import mention_document
from service.documents.expression import expression_document
from service.documents.jsontext import dumps
from service.errors import InvalidInputError, UnreadableArticleError
from service.merging import Read
from service.otherlanguages import resolve_any
from service.stages import Stages
from service.store.base import Claimed, Reading
from service.temporal.language import tell_language
from service.temporal.publication import read_publication
from service.temporal.timex import Context, Outlet, Publication
from service.temporal.zones import settle
from service.timeline.copies import sign
from service.timeline.ids import expression_id
from workers.extract import Extracted, extract, parsed_sentences
from workers.grammar.analysis import Analyser
from workers.grammar.trees import Tree
from workers.hints import clause_hints
from workers.notices import notices, skipped
from workers.opening import open_article
from workers.telling.tellings import LEVELS, Article
from workers.text.credits import read_credits
from workers.text.layout import Role, lay_out
from workers.text.sentences import Sentence, join_within

__all__ = ["Read", "read_batch"]

FULL_BATCH = 64
"""Sentences that are worth parsing together: fewer cost more each, many more do, too."""


def read_batch(
    claimed: Sequence[Claimed], analyser: Analyser, *, stages: Stages | None = None
) -> Iterator[tuple[Claimed, Read]]:
    """What each claimed article tells, in order; they are parsed in groups, read one by one.

    `stages` is told how long each step takes. Raises UnreadableArticleError at the article that
    cannot be read.
    """
    stages = stages or Stages()
    opened = [_open(each) for each in claimed]
    with stages.timed("sentences"):
        parsed = analyser.analyse([part for post in opened for part in (post.text, post.title)])
    pairs = zip(parsed[::2], parsed[1::2], strict=True)
    posts = [replace(each, sentences=pair) for each, pair in zip(opened, pairs, strict=True)]
    for group in _groups(posts):
        yield from _read_group(group, analyser, stages)


@dataclass(frozen=True, slots=True)
class _Post:
    """An opened article; `tag` is its language with the region, where one was given.

    `sentences` are those of the text and of the title; `page` is what its page said (see Opened).
    """

    claimed: Claimed
    text: str
    title: str
    language: str
    tag: str
    sentences: tuple[tuple[Sentence, ...], tuple[Sentence, ...]] = ((), ())
    page: str | None = None
    fault: UnreadableArticleError | None = None
    """Why it cannot be read, for when its turn comes."""


def _open(claimed: Claimed) -> _Post:
    try:
        opened = open_article(claimed)
    except UnreadableArticleError as error:
        return _Post(claimed, "", "", "", "", fault=error)
    tag = tell_language(opened.text, opened.language)
    primary = tag.partition("-")[0].lower()
    return _Post(
        replace(claimed, head=opened.head),
        opened.text,
        opened.head.title or "",
        primary,
        tag,
        page=opened.page,
    )


def _groups(posts: Sequence[_Post]) -> Iterator[list[_Post]]:
    """Neighbours that together fill a batch of the parser."""
    group: list[_Post] = []
    for post in posts:
        group.append(post)
        if sum(len(each.sentences[0]) for each in group) >= FULL_BATCH:
            yield group
            group = []
    if group:
        yield group


def _read_group(
    group: Sequence[_Post], analyser: Analyser, stages: Stages
) -> Iterator[tuple[Claimed, Read]]:
    ready = [_timely(post, stages) for post in group]
    wanted = [
        () if isinstance(each, UnreadableArticleError) else parsed_sentences(each.article)
        for each in ready
    ]
    with stages.timed("parse"):
        trees = iter(analyser.trees([sentence for each in wanted for sentence in each]))
    for post, each, sentences in zip(group, ready, wanted, strict=True):
        if isinstance(each, UnreadableArticleError):
            raise each
        with stages.timed("extract"):
            read = _read(each, tuple(islice(trees, len(sentences))))
        yield post.claimed, read


def _timely(post: _Post, stages: Stages) -> _Dated | UnreadableArticleError:
    with stages.timed("resolve"):
        return _dated(post)


@dataclass(frozen=True, slots=True)
class _Dated:
    """An article with its dates; `publication` is where and when it appeared after all."""

    article: Article
    publication: Publication
    page: str | None


def _dated(post: _Post) -> _Dated | UnreadableArticleError:
    """The article ready to be parsed, or why it cannot be read, for when its turn comes."""
    if post.fault is not None:
        return post.fault
    try:
        posted = _publication(post.claimed)
    except UnreadableArticleError as error:
        return error
    sentences, title = post.sentences
    publication, _ = settle(post.text, posted)
    blocks = lay_out(post.text, post.title or None)
    # The engine settles the day by itself, and says so in the derivations.
    context = Context(
        publication=posted,
        language=post.tag,
        title=post.title or None,
        outlet=_outlet(post.claimed),
        hints=clause_hints(post.text, sentences) if LEVELS.get(post.language) == "full" else (),
    )
    resolutions = resolve_any(post.text, context).expressions
    spans = [(each.span.start, each.span.end) for each in resolutions]
    has_headline = any(block.role is Role.HEADLINE for block in blocks)
    article = Article(
        head=post.claimed.head,
        text=post.text,
        published=publication.day,
        language=post.language,
        sentences=join_within(sentences, spans),
        blocks=blocks,
        resolutions=resolutions,
        title_sentences=() if has_headline else title,
    )
    return _Dated(article, publication, post.page)


def _read(dated: _Dated, trees: Sequence[Tree]) -> Read:
    extracted = extract(dated.article, trees)
    reading = _reading(dated.article, extracted, dated.publication)
    if dated.page is None:
        return Read(reading, extracted.mentions)
    return Read(replace(reading, page=dated.page), extracted.mentions, dated.article.head)


def _outlet(claimed: Claimed) -> Outlet:
    """Whose customs the text may follow: its zone, the domain of its address, its name."""
    url = claimed.head.url
    domain = None if url is None else urlsplit(url).hostname
    return Outlet(zone=claimed.timezone, domain=domain, publisher=claimed.head.publisher)


def _publication(claimed: Claimed) -> Publication:
    try:
        return read_publication(claimed.head.published_at, claimed.timezone)
    except InvalidInputError as error:
        raise UnreadableArticleError(str(error)) from error


def _reading(article: Article, extracted: Extracted, publication: Publication) -> Reading:
    mentions = extracted.mentions
    return Reading(
        outcome="told" if mentions else "nothing_to_tell",
        language=article.language,
        level=article.level,
        expressions=tuple(
            dumps(expression_document(each, expression_id(article.head.key, each.span)))
            for each in article.resolutions
        ),
        mentions=tuple((each.id, dumps(mention_document(each))) for each in mentions),
        notices=dumps(notices(article, extracted, publication)),
        skipped=dumps(skipped(article, mentions)),
        signature=sign(article.text),
        credits=read_credits(article.text),
    )
