"""What a statement speaks of: happenings of its own article that it reports or names by a noun.

"The group said the soldier was arrested" speaks of the arrest told there; "The society condemned
the sentence" of the last sentence told before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.timeline.model import Certainty, Kind, Mention, MentionId
from workers.lexicon.triggers import Triggers

MOST = 4
"""Mentions that one statement speaks of at most, nearest first."""

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


def with_subjects(mentions: Sequence[Mention], table: Triggers) -> tuple[Mention, ...]:
    """The mentions of one article, statements among them with what they are `about`."""
    return tuple(
        replace(each, about=tuple(dict.fromkeys(_spoken_of(each, mentions, table)))[:MOST])
        if each.kind is Kind.STATEMENT
        else each
        for each in mentions
    )


def _spoken_of(
    statement: Mention, mentions: Sequence[Mention], table: Triggers
) -> Iterator[MentionId]:
    others = [each for each in mentions if each.kind is not Kind.STATEMENT]
    for each in others:
        if _is_same_sentence(each, statement) and each.certainty is not Certainty.ASSERTED:
            yield each.id
    named = _named(statement, table)
    for name in named:
        fitting = [each for each in others if name in {each.trigger_class, each.trigger}]
        found = _nearest(statement, fitting)
        if found is not None:
            yield found.id


def _is_same_sentence(one: Mention, other: Mention) -> bool:
    return (one.within, one.start) == (other.within, other.start)


def _named(statement: Mention, table: Triggers) -> tuple[str, ...]:
    """Classes of the event nouns in the statement's clause, in their order."""
    clause = slice(statement.clause_start - statement.start, statement.clause_end - statement.start)
    words = _WORD.findall(statement.quote[clause].casefold())
    classes = (table.nouns.get(form) for word in words for form in (word, word.removesuffix("s")))
    return tuple(dict.fromkeys(name for name in classes if name))


def _nearest(statement: Mention, fitting: Sequence[Mention]) -> Mention | None:
    """The last one told before the statement, else the first one after it."""
    before = [each for each in fitting if each.start < statement.start]
    after = [each for each in fitting if each.start > statement.start]
    if before:
        return max(before, key=lambda each: each.order)
    return min(after, key=lambda each: each.order, default=None)
