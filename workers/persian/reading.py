"""A Persian article read: each clause that tells something, dated, with what it carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workers.dating.dated import Dated
from workers.dating.ladder import date_drafts
from workers.details.carried import Carried
from workers.persian.content import Content, read_content
from workers.persian.drafts import read_drafts
from workers.persian.figures import Saying, read_figures
from workers.persian.names import Register, find_participants, find_places, learn
from workers.persian.parsed import Parsed, parse
from workers.persian.sayers import find_sources
from workers.persian.wording import word
from workers.persian.words import Word
from workers.telling.tellings import Article, tellings
from workers.telling.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One mention to be: its dated draft, what it carries, its headline's words, its content."""

    dated: Dated
    carried: Carried
    wording: Wording
    content: Content


def read_article(article: Article) -> tuple[Told, ...]:
    """What the clauses of a Persian article tell, in order."""
    every = [parse(article, each) for each in tellings(article)]
    register = learn([each.words for each in every])
    found = [(parsed, draft) for parsed in every for draft in read_drafts(parsed)]
    of_draft = {id(draft): parsed for parsed, draft in found}
    return tuple(
        _told(of_draft[id(each.draft)], each, register, article)
        for each in date_drafts([draft for _, draft in found], article.published)
    )


def _told(parsed: Parsed, dated: Dated, register: Register, article: Article) -> Told:
    draft = dated.draft
    inside = [each for each in parsed.words if draft.start <= each.start < draft.end]
    mine = _without_sources(inside, parsed)
    by = draft.sayers[0] if draft.sayers else ""
    saying = Saying(as_of=article.published, by=by, group=dated.told.trigger_class)
    carried = Carried(
        participants=find_participants(mine, register),
        places=find_places(mine),
        figures=read_figures(mine, parsed.dated, saying),
    )
    return Told(
        dated=dated,
        carried=carried,
        wording=word(inside, draft, parsed),
        content=read_content(mine, parsed.words, parsed.dated, register),
    )


def _without_sources(inside: Sequence[Word], parsed: Parsed) -> list[Word]:
    """The words of the draft that no phrase of a source has."""
    sources = {at for whole, _ in find_sources(parsed.words) for at in whole}
    named = {parsed.words[at].start for at in sources}
    return [each for each in inside if each.start not in named] or list(inside)
