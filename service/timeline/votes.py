"""Votes: which of several readings of a date, each named by some source, is shown.

Readings that have days in common are one reading, the days of all. Where they have none, the one
that most independent sources give is shown (a day that is only likely counts half), then the named
one, then the finest, then that of an article that
discusses the disagreement, then that of the earlier publication, then the earlier day (EVENTS
section 5). All readings are listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from service.timeline.model import (
    ArticleHead,
    ArticleId,
    Basis,
    Certainty,
    Conflict,
    DateClaim,
    Mention,
)
from service.timeline.sources import voices
from service.timeline.stretches import Stretch, narrow, shown, stretch_edtf

LIKELY = 0.5
"""The vote of a day that is only likely, beside one for a named day. Measured on EventStoryLine."""


@dataclass(frozen=True, slots=True)
class Consensus:
    """The date of an event, the conflicts on it where sources disagree, and who gives it."""

    date: DateClaim
    conflicts: tuple[Conflict, ...] = ()
    articles: tuple[ArticleId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The reading that is shown, the mentions that fit it, and the conflict that it decides.

    `share` is the part of the voices that stand behind it, 1 without a conflict.
    """

    stretch: Stretch
    agreeing: tuple[Mention, ...]
    conflict: Conflict | None = None
    share: float = 1.0

    @property
    def finest(self) -> DateClaim:
        """The date of the mention behind it that is told most exactly."""
        dates = (each.date for each in self.agreeing)
        return min(dates, key=lambda date: (date.granularity, date.approximate, -date.confidence))

    @property
    def confidence(self) -> float:
        """That of the firmest mention behind it, less where voices stand against it."""
        return round(max(each.date.confidence for each in self.agreeing) * self.share, 3)


@dataclass(frozen=True, slots=True)
class Question:
    """What is voted on: a field, and how a date answers it."""

    field: str
    answer: Callable[[DateClaim], Stretch]

    def readings(self, mentions: Sequence[Mention]) -> dict[Stretch, list[Mention]]:
        """The mentions by their answers, without those that hold a finer one."""
        found: dict[Stretch, list[Mention]] = {}
        for mention in mentions:
            found.setdefault(self.answer(mention.date), []).append(mention)
        return {
            reading: members
            for reading, members in found.items()
            if not any(reading != other and reading.holds(other) for other in found)
        }


WHEN = Question("date", shown)


def settle(
    mentions: Sequence[Mention],
    heads: Mapping[ArticleId, ArticleHead],
    *,
    rejecting: Sequence[Mention] = (),
    question: Question = WHEN,
) -> Verdict:
    """What `mentions` (in order, at least one) say together.

    Each voice has one vote, for what it said last: so a correction counts. Those `rejecting`
    repeat a reading to deny it: they are evidence of a conflict and stand behind none.
    """
    readings = question.readings(mentions)
    together = _meet(readings)
    if together is not None and all(_fits(each, readings, question) for each in rejecting):
        return Verdict(stretch=together, agreeing=tuple(mentions))
    of = voices(mentions, heads)
    last: dict[str, Mention] = {}
    for each in sorted(mentions, key=_vote):
        last[of[each.article_id]] = each
    behind = {reading: _behind(reading, last.values(), question) for reading in readings}
    votes = {reading: sum(map(_vote, members)) for reading, members in behind.items()}
    chosen = min(
        readings,
        key=lambda reading: (
            -votes[reading],
            -max(map(_vote, readings[reading])),
            reading.width,
            not _is_discussed(readings[reading], mentions, rejecting, question),
            min(each.order for each in readings[reading]),
            reading.place,
        ),
    )
    agreeing = _behind(chosen, mentions, question)
    answers = {question.answer(each.date) for each in agreeing}
    return Verdict(
        stretch=narrow(chosen, sorted(answers, key=lambda each: (each.width, each.place))),
        agreeing=agreeing,
        conflict=_conflict(readings, rejecting, question),
        share=votes[chosen] / sum(map(_vote, last.values())),
    )


def _vote(mention: Mention) -> float:
    """What it counts for: half where the day is only likely, named in its article for another."""
    return LIKELY if mention.date.basis is Basis.INHERITED else 1.0


def _behind(
    reading: Stretch, mentions: Iterable[Mention], question: Question
) -> tuple[Mention, ...]:
    return tuple(each for each in mentions if question.answer(each.date).meet(reading))


def _meet(readings: Iterable[Stretch]) -> Stretch | None:
    together: Stretch | None = Stretch()
    for reading in readings:
        together = None if together is None else together.meet(reading)
    return together


def _fits(rejecting: Mention, readings: Iterable[Stretch], question: Question) -> bool:
    """Whether what it rejects is nothing else than what others say."""
    answer = question.answer(rejecting.date)
    return any(answer.meet(reading) for reading in readings)


def _is_discussed(
    members: Sequence[Mention],
    mentions: Sequence[Mention],
    rejecting: Sequence[Mention],
    question: Question,
) -> bool:
    """Whether an article that knows another reading too says this one last."""
    known: dict[ArticleId, set[Stretch]] = {}
    for each in (*mentions, *rejecting):
        known.setdefault(each.article_id, set()).add(question.answer(each.date))
    last = {each.article_id: each for each in mentions}
    return any(
        len(known[each.article_id]) > 1 and last[each.article_id] == each for each in members
    )


def _conflict(
    readings: Mapping[Stretch, Sequence[Mention]],
    rejecting: Sequence[Mention],
    question: Question,
) -> Conflict | None:
    """The readings that are named; None where all but one are only likely."""
    named = {
        reading: [each for each in members if _vote(each) > LIKELY]
        for reading, members in readings.items()
    }
    every = {reading: members for reading, members in named.items() if members}
    for each in rejecting:
        every.setdefault(question.answer(each.date), []).append(each)
    if len(every) < 2:
        return None
    return Conflict(
        field=question.field,
        values=tuple(
            (stretch_edtf(reading), articles_of(every[reading]))
            for reading in sorted(every, key=lambda each: each.place)
        ),
    )


def is_rejecting(mention: Mention) -> bool:
    """Whether it repeats a claim in order to reject it."""
    return mention.certainty is Certainty.DENIED


def articles_of(mentions: Sequence[Mention]) -> tuple[ArticleId, ...]:
    """The articles of `mentions`, each once, in their order."""
    return tuple(dict.fromkeys(mention.article_id for mention in mentions))
