"""What a sentence of evidence says: kind, status, certainty and day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import compress
from operator import not_

from service.temporal.interval import Day, Granularity, Interval
from service.temporal.timex import Resolution
from service.timeline.model import Basis, Certainty, DateClaim, Kind, Status
from workers import cues, slots
from workers.carried import NOTHING, Carried
from workers.claims import (
    explicit_claim,
    planned_claim,
    reported_claim,
    trusted_less,
)
from workers.dated import Points
from workers.layout import Role
from workers.tellings import Telling
from workers.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The labels and the day of one mention; `dated_by` is the expression that gave the day."""

    kind: Kind
    status: Status
    certainty: Certainty
    date: DateClaim
    dated_by: Resolution | None = None
    clause: tuple[int, int] | None = None
    """Where the clause stands that says it; None for the whole sentence."""
    wording: Wording | None = None
    """The words of its headline; None for those of the clause."""
    trigger: str = ""
    trigger_class: str = ""
    sayers: tuple[str, ...] = ()
    carried: Carried = NOTHING
    opens: bool = True
    points: Points | None = None
    """What the day was counted from; `target` says which of the article's mentions that is."""
    target: int | None = None
    why: tuple[str, ...] = ()


def read_telling(telling: Telling, published: Day, language: str) -> Said | None:
    """What the telling says; None when it tells nothing that has a day.

    Only English is asked for words that tell of a happening; elsewhere a date or the lead is
    enough, and is trusted less.
    """
    found = tuple(
        each for each in telling.resolutions if slots.usable(each, telling.text, telling.start)
    )
    if language != "en":
        said = _dated(telling, published, found) or _led(telling, published, None)
        return None if said is None else replace(said, date=trusted_less(said.date))
    if not _is_news(telling):
        return _dated(telling, published, _announced(telling, published, found))
    owned = tuple(_is_owned(telling, each) for each in found)
    told = next(compress(found, owned), None)
    return (
        _dated(telling, published, tuple(compress(found, map(not_, owned))))
        or _led(telling, published, told)
        or _stated(telling, published, told)
    )


def _is_news(telling: Telling) -> bool:
    if telling.role is Role.HEADLINE:
        return cues.is_headline_of_news(telling.text)
    return cues.tells(telling.text)


def _announced(
    telling: Telling, published: Day, found: tuple[Resolution, ...]
) -> tuple[Resolution, ...]:
    """Of a sentence without a past or a plan the days ahead: "The fair opens on Friday."."""
    if cues.is_claim(telling.text) or telling.role is Role.HEADLINE:
        return ()
    ahead = (each for each in found if each.granularity <= Granularity.DAY)
    return tuple(each for each in ahead if each.interval and _is_ahead(each.interval, published))


def _is_ahead(interval: Interval, published: Day) -> bool:
    return interval.first_day is not None and interval.first_day > published


def _is_owned(telling: Telling, resolution: Resolution) -> bool:
    span, text, start = resolution.span, telling.text, telling.start
    foreseen = slots.is_foreseen(resolution, text, start)
    return not foreseen and cues.owns(text, span.start - start, span.end - start)


def _dated(telling: Telling, published: Day, found: tuple[Resolution, ...]) -> Said | None:
    """By the best of the expressions `found` that fits: a happening, or a plan that lies ahead."""
    choice = slots.ranked(found, telling.text, telling.start)
    said = (_by(telling, published, each) for each in choice)
    return next((each for each in said if each is not None), None)


def _by(telling: Telling, published: Day, own: Resolution) -> Said | None:
    """By `own`; None when that is not the day of what is told.

    What is told as past has no day ahead, what was to come has none that is over, and a plan has
    not the past day of an aside ("will be the ship, which has waited since May").
    """
    text, start = telling.text, telling.start
    claim = explicit_claim(own, text, start, published, planned=True)
    past = claim.end is not None and claim.end < published
    ahead = claim.start is not None and claim.start > published + 1
    foreseen = slots.is_foreseen(own, text, start)
    planned = not past and not claim.ongoing and (foreseen or cues.is_planned(text))
    if (past and foreseen) or slots.is_demanded(own, text, start):
        return None
    if (past or claim.ongoing) and slots.is_aside(own, text, start) and cues.is_planned(text):
        return None
    if ahead and not planned and slots.is_told_past(own, text, start):
        return None
    if not ahead and not planned:
        claim = explicit_claim(own, text, start, published)
    late = claim.start is None and claim.end is not None and claim.end > published + 1
    if late and not planned:
        return None
    return _labelled(telling, claim, own, planned=planned or ahead)


def _led(telling: Telling, published: Day, told: Resolution | None) -> Said | None:
    """The lead by its report: on publication day, or on the day that a source said so."""
    if not telling.leads:
        return None
    if cues.is_planned(telling.text):
        return _labelled(telling, planned_claim(published), None, planned=True)
    day = told.interval.last_day if told is not None and told.interval is not None else None
    return _labelled(telling, reported_claim(published, day), told, planned=False)


def _stated(telling: Telling, published: Day, told: Resolution | None) -> Said | None:
    """A statement on the day that its reporting verb owns, which is no day ahead."""
    if told is None or told.interval is None or _is_ahead(told.interval, Day(published + 1)):
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
