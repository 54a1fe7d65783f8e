"""What a statement speaks of: happenings of its own article that it reports or names by a noun.

"The group said the soldier was arrested" speaks of the arrest told there; "The society condemned
the sentence" of the last sentence told before it, and so does "his lawyer said he would appeal".
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
_ENDINGS = ("", "s", "d", "ed", "ing")


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
    for names in (*((name,) for name in named), *_answered(statement, table)):
        told = (_nearest(statement, _fitting(others, name)) for name in names)
        found = next((each for each in told if each is not None), None)
        if found is not None:
            yield found.id


def _fitting(mentions: Sequence[Mention], name: str) -> list[Mention]:
    """The mentions of one class or trigger."""
    return [each for each in mentions if name in {each.trigger_class, each.trigger}]


def _is_same_sentence(one: Mention, other: Mention) -> bool:
    return (one.within, one.start) == (other.within, other.start)


def _named(statement: Mention, table: Triggers) -> tuple[str, ...]:
    """Classes of the event nouns in the statement's clause, in their order."""
    forms = (form for word in _words(statement) for form in (word, word.removesuffix("s")))
    classes = (table.nouns.get(form) for form in forms)
    return tuple(dict.fromkeys(name for name in classes if name))


def _answered(statement: Mention, table: Triggers) -> tuple[tuple[str, ...], ...]:
    """Classes, likeliest first, of what each word answers that the clause does not name."""
    bare = (word.removesuffix(ending) for word in _words(statement) for ending in _ENDINGS)
    return tuple(dict.fromkeys(table.answers[word] for word in bare if word in table.answers))


def _words(mention: Mention) -> list[str]:
    """The words of its clause, folded."""
    clause = slice(mention.clause_start - mention.start, mention.clause_end - mention.start)
    return _WORD.findall(mention.quote[clause].casefold())


def _nearest(statement: Mention, fitting: Sequence[Mention]) -> Mention | None:
    """The last one told before the statement, else the first one after it."""
    before = [each for each in fitting if each.start < statement.start]
    after = [each for each in fitting if each.start > statement.start]
    if before:
        return max(before, key=lambda each: each.order)
    return min(after, key=lambda each: each.order, default=None)
