"""Claims of subscriptions and what came of their messages, in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from service.store import deliveryclaims, deliveryoutcomes
from service.store.delivering import Held, Sent
from service.store.engine import Database
from service.store.subscribing import Subscription


class SqlDelivering:
    """`delivering.Delivering` on SQLite or PostgreSQL; each method is one transaction."""

    _database: Database

    def has_deliveries(self, *, failing: bool = True) -> bool:
        """Whether anything is to be sent now, to those whose last try failed or to others."""
        looked = deliveryclaims.ANY if failing else deliveryclaims.ANY_WELL
        return bool(cast("tuple[object]", self._database.look_up(looked))[0])

    def is_followed(self, timeline: str) -> bool:
        """Whether an active subscription was not told of the timeline's last change yet."""
        row = self._database.look_up(deliveryclaims.FOLLOWED, timeline=timeline)
        return bool(cast("tuple[object]", row)[0])

    def claim_deliveries(
        self, token: str, *, limit: int, failing: int, lease: float
    ) -> tuple[Held, ...]:
        """Hold subscriptions to which something is to be sent now."""
        with self._database.writing() as connection:
            return deliveryclaims.claim(
                connection, token, limit=limit, failing=failing, lease=lease
            )

    def settle_delivery(
        self, token: str, of: Subscription, sent: Sent, *, lease: float | None
    ) -> Held | None:
        """Keep what came of a message; the subscription, if it is held further."""
        with self._database.writing() as connection:
            return deliveryoutcomes.settle(connection, token, of, sent, lease=lease)

    def pass_changes(
        self, token: str, of: Subscription, position: int, *, lease: float | None
    ) -> Held | None:
        """Move a subscription on; the subscription, if it is held further."""
        with self._database.writing() as connection:
            return deliveryoutcomes.pass_on(connection, token, of, position, lease=lease)

    def release_deliveries(self, token: str) -> int:
        """Give back what `token` still holds; how many."""
        with self._database.writing() as connection:
            return deliveryclaims.release(connection, token)

    def trim_deliveries(self, *, seconds: float) -> bool:
        """Let one piece of the deliveries older than that go; whether none is left."""
        with self._database.writing() as connection:
            return deliveryoutcomes.trim(connection, seconds=seconds)

    def count_subscriptions(self) -> Mapping[str, int]:
        """How many there are of each status, and how many are behind."""
        row = self._database.look_up(deliveryoutcomes.COUNTS)
        return deliveryoutcomes.counted(cast("tuple[object, ...]", row))
