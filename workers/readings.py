"""What a sentence of evidence says: kind, status, certainty and day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import compress
from operator import not_

from service.temporal.interval import Day
from service.temporal.timex import Resolution
from service.timeline.model import Basis, Certainty, DateClaim, Kind, Status
from workers import cues
from workers.claims import (
    choose,
    explicit_claim,
    planned_claim,
    reported_claim,
    trusted_less,
    usable,
)
from workers.layout import Role
from workers.tellings import Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The labels and the day of one mention; `dated_by` is the expression that gave the day."""

    kind: Kind
    status: Status
    certainty: Certainty
    date: DateClaim
    dated_by: Resolution | None = None


def read_telling(telling: Telling, published: Day, language: str) -> Said | None:
    """What the telling says; None when it tells nothing that has a day.

    Only English is asked for words that tell of a happening; elsewhere a date or the lead is
    enough, and is trusted less.
    """
    found = _usable(telling)
    if language != "en":
        said = _dated(telling, published, found) or _led(telling, published, None)
        return None if said is None else replace(said, date=trusted_less(said.date))
    if not _is_news(telling):
        return None
    owned = tuple(_is_owned(telling, each) for each in found)
    told = next(compress(found, owned), None)
    return (
        _dated(telling, published, tuple(compress(found, map(not_, owned))))
        or _led(telling, published, told)
        or _stated(telling, published, told)
    )


def _usable(telling: Telling) -> tuple[Resolution, ...]:
    return tuple(each for each in telling.resolutions if usable(each, telling.text, telling.start))


def _is_news(telling: Telling) -> bool:
    if telling.role is Role.HEADLINE:
        return cues.is_headline_of_news(telling.text)
    return cues.tells(telling.text)


def _is_owned(telling: Telling, resolution: Resolution) -> bool:
    span = resolution.span
    return cues.owns(telling.text, span.start - telling.start, span.end - telling.start)


def _dated(telling: Telling, published: Day, found: tuple[Resolution, ...]) -> Said | None:
    """By the best of the expressions `found`: a happening, or a plan when that lies ahead."""
    own = choose(found)
    if own is None:
        return None
    claim = explicit_claim(own, telling.text, telling.start, published, planned=True)
    past = claim.end is not None and claim.end < published
    ahead = claim.start is not None and claim.start > published + 1
    planned = ahead or (not past and not claim.ongoing and cues.is_planned(telling.text))
    if not planned:
        claim = explicit_claim(own, telling.text, telling.start, published)
    return _labelled(telling, claim, own, planned=planned)


def _led(telling: Telling, published: Day, told: Resolution | None) -> Said | None:
    """The lead by its report: on publication day, or on the day that a source said so."""
    if not telling.leads:
        return None
    if cues.is_planned(telling.text):
        return _labelled(telling, planned_claim(published), None, planned=True)
    day = told.interval.last_day if told is not None and told.interval is not None else None
    return _labelled(telling, reported_claim(published, day), told, planned=False)


def _stated(telling: Telling, published: Day, told: Resolution | None) -> Said | None:
    """A statement on the day that its reporting verb owns."""
    if told is None:
        return None
    return Said(
        kind=Kind.STATEMENT,
        status=Status.HAPPENED,
        certainty=Certainty.ASSERTED,
        date=explicit_claim(told, telling.text, telling.start, published),
        dated_by=told,
    )


def _labelled(
    telling: Telling, claim: DateClaim, dated_by: Resolution | None, *, planned: bool
) -> Said:
    return Said(
        kind=Kind.PLANNED if planned else Kind.HAPPENING,
        status=_status(telling.text, claim, planned=planned),
        certainty=_certainty(telling.text),
        date=claim,
        dated_by=dated_by,
    )


def _status(text: str, claim: DateClaim, *, planned: bool) -> Status:
    if cues.is_called_off(text):
        return Status.CANCELLED
    if planned or claim.basis is Basis.PLANNED:
        return Status.POSSIBLE if cues.is_possible(text) else Status.PLANNED
    if cues.is_negated(text):
        return Status.DID_NOT_HAPPEN
    return Status.ONGOING if claim.ongoing else Status.HAPPENED


def _certainty(text: str) -> Certainty:
    if cues.is_alleged(text):
        return Certainty.ALLEGED
    return Certainty.REPORTED if cues.is_hearsay(text) else Certainty.ASSERTED
