"""Those who are told of changes, in the record's words: subscriptions and their deliveries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypedDict

from service.store.eventquery import EventQuery
from service.store.shelf import Home

ACTIVE, PAUSED, DISABLED = "active", "paused", "disabled"
"""What a subscription is: told, not told by its owner's wish, or by ours after long failure."""
KINDS = ("created", "updated", "merged", "split", "removed", "left")
"""The kinds of changes of which a subscription may ask for some."""
WAITING, DELIVERED, FAILED = "waiting", "delivered", "failed"
"""What became of a message: to be tried, taken, or given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSubscription:
    """A subscription to be made; it begins with the timeline's present revision.

    `types` are kinds of changes (none: all); `filter` is what was given, as JSON, and `query` what
    was read in it; `format` is the envelope. `created_by` is the id of the key that made it.
    """

    timeline: str
    url: str
    secret: str
    types: tuple[str, ...] = ()
    filter: str | None = None
    query: EventQuery | None = None
    format: str = "standard"
    description: str | None = None
    created_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription(NewSubscription):
    """A subscription as it stands; times are in seconds since 1970 UTC.

    Everything up to the revision `position` was delivered or is not asked for. `attempts` of the
    message behind it failed, from `failing_since` on; it is tried again at `due_at`. `reason` is
    JSON {code, says} and says why it is disabled. `former_secret` signs too until `former_until`.
    """

    id: str
    status: str
    reason: str | None
    position: int
    attempts: int
    due_at: float
    failing_since: float | None
    delivered_at: float | None
    former_secret: str | None
    former_until: float | None
    created_at: float
    updated_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDelivery:
    """A message to a subscription, and what came of it.

    `type` is that of the message (event.created ... subscription.test), `revision` that of its
    change, `status` waiting, delivered or failed. `tries` is a JSON list of {at, ms, status?,
    answer?, error?}, the oldest first. `out_of_turn`: it was asked for by hand.
    """

    id: str
    timeline: str
    subscription_id: str
    type: str
    revision: int | None
    status: str
    out_of_turn: bool
    attempts: int
    tries: str
    created_at: float
    updated_at: float


class SubscriptionChange(TypedDict, total=False):
    """What the owner of a subscription changes in it: what is named here, and nothing else.

    `filter` and `query` are changed together.
    """

    url: str
    description: str | None
    types: tuple[str, ...]
    filter: str | None
    query: EventQuery | None
    format: str
    status: str


class Subscribing(Protocol):
    """Making, changing and ending subscriptions, and asking for messages by hand."""

    def add_subscription(self, new: NewSubscription, *, most: int) -> Subscription | None:
        """Keep a subscription; None when its timeline is not there.

        Raises TooManySubscriptionsError when the timeline has `most`.
        """

    def find_subscription(self, timeline: str, subscription_id: str) -> Subscription | None:
        """The subscription, or None."""

    def list_subscriptions(
        self, timeline: str, *, limit: int, after: tuple[float, str] | None
    ) -> tuple[Subscription, ...]:
        """A timeline's subscriptions by (created_at, id), strictly after `after`."""

    def change_subscription(
        self, timeline: str, subscription_id: str, changed: SubscriptionChange
    ) -> Subscription | None:
        """Write what is named in `changed`; of two that change the same, the later one stays.

        None when it is not there. One that becomes active, or is told elsewhere from now on, is
        due at once, with no attempt behind it, from where it stands.
        """

    def remove_subscription(self, timeline: str, subscription_id: str) -> bool:
        """End a subscription with its deliveries; whether it was there."""

    def rotate_secret(
        self, timeline: str, subscription_id: str, secret: str, *, seconds: float
    ) -> Subscription | None:
        """Sign with `secret` from now on, and with the present one too for so long."""

    def replay(self, timeline: str, subscription_id: str, since: int) -> Subscription | None:
        """Go back to the revision `since`: all after it is sent again, in order.

        None when it is not there. Raises HistoryGoneError when not all after `since` is kept, or
        when `since` is ahead of the timeline.
        """

    def ask_test(self, timeline: str, subscription_id: str, nonce: str) -> StoredDelivery | None:
        """Have a test message sent out of turn; None when the subscription is not there."""

    def list_deliveries(
        self,
        timeline: str,
        subscription_id: str,
        *,
        status: str | None,
        limit: int,
        after: tuple[float, str] | None,
    ) -> tuple[StoredDelivery, ...]:
        """Deliveries by (created_at, id) falling, strictly after `after`."""

    def find_delivery(self, delivery_id: str) -> StoredDelivery | None:
        """The delivery, or None."""

    def find_delivery_home(self, delivery_id: str) -> Home | None:
        """The timeline of a delivery, by one key look-up; None when either is not there."""

    def redeliver(self, delivery_id: str) -> StoredDelivery | None:
        """Have a message sent once more, out of turn; None when it is not there.

        Raises HistoryGoneError when the change that it tells is not kept any more.
        """
