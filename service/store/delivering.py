"""Sending to those who are told of changes, in the record's words: who is due, and what came of it.

A subscription is held while a message to it is on its way, so that one at a time is, in order. The
token and its lease are those of the articles' claims: whoever lost them writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from service.documents.tries import Try
from service.store.subscribing import StoredDelivery, Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A subscription that a token holds, as it stood at `now` (seconds since 1970 UTC).

    `asked` is a message to be sent out of turn, before all others. `is_due`: there are changes
    behind its position, and it is its turn. `revision` is that of its timeline.
    """

    subscription: Subscription
    now: float
    revision: int
    is_due: bool
    asked: StoredDelivery | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A try of a message, and what follows from it.

    `id`, `type` and `revision` are the message's. In turn, `position` is where the subscription
    stands once it is delivered; None for what was asked for. A message that failed is tried again
    after `pause` seconds. With a `reason` (JSON) nothing is sent any more.
    """

    id: str
    type: str
    revision: int | None
    made: Try
    position: int | None = None
    pause: float | None = None
    reason: str | None = None


class Delivering(Protocol):
    """Claims of subscriptions, and the outcome of what was sent to them."""

    def has_deliveries(self, *, failing: bool = True) -> bool:
        """Whether anything is to be sent now, by one look-up.

        Without `failing`: to others than those whose last try failed.
        """

    def is_followed(self, timeline: str) -> bool:
        """Whether an active subscription was not told of the timeline's last change yet."""

    def claim_deliveries(
        self, token: str, *, limit: int, failing: int, lease: float
    ) -> tuple[Held, ...]:
        """Hold subscriptions to which something is to be sent now, at most `limit`.

        Those with messages out of turn come first, then those that waited longest; of those whose
        last try failed at most `failing`. Each is held until database clock + lease.
        """

    def settle_delivery(
        self, token: str, of: Subscription, sent: Sent, *, lease: float | None
    ) -> Held | None:
        """Keep what came of a message to `of`, as it was when the message was made.

        Its row says what became of it. The subscription moves to `sent.position`, or waits for the
        next try, or is disabled, but for a position that was changed meanwhile: that stays. One
        that took what was asked for by hand is due at once. Held further for `lease` if more is to
        be sent to it now; else, or without a lease, given back: None. Also None, with nothing
        written, when `token` no longer holds it.
        """

    def pass_changes(
        self, token: str, of: Subscription, position: int, *, lease: float | None
    ) -> Held | None:
        """Move `of` to `position`: nothing up to there is asked for. Else as `settle_delivery`."""

    def release_deliveries(self, token: str) -> int:
        """Give back what `token` still holds: nothing was tried; how many."""

    def trim_deliveries(self, *, seconds: float) -> bool:
        """Let one piece of the deliveries older than that go; whether none is left."""

    def count_subscriptions(self) -> Mapping[str, int]:
        """How many are active, paused and disabled, and how many active ones are `behind`."""
