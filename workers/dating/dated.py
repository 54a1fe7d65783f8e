"""A draft with its day: the claim, what it was taken from, and in plain words why."""

from __future__ import annotations

from dataclasses import dataclass

from service.temporal.timex import Resolution
from service.timeline.model import DateClaim, Pointing
from workers.telling.drafts import Draft
from workers.telling.told import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """What a draft is dated from: how it lies to the draft `target`, see `model.Pointer`."""

    target: Draft
    relation: Pointing
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A draft with its day and the expression that gave it.

    `told` are its labels once the day is known: what is told in the present and lies ahead is a
    plan, what lasts until publication goes on. `why` are the sentences of the derivation.
    """

    draft: Draft
    told: Told
    date: DateClaim
    by: Resolution | None = None
    points: Points | None = None
    why: tuple[str, ...] = ()

    @property
    def needs_none(self) -> bool:
        """Whether its day rests on no other mention."""
        return self.points is None
