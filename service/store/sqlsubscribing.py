"""Subscriptions and their deliveries in SQL, as their owners see them."""

from __future__ import annotations

from service.store import deliverylog, subscriptions
from service.store.engine import Database
from service.store.shelf import Home
from service.store.subscribing import (
    NewSubscription,
    StoredDelivery,
    Subscription,
    SubscriptionChange,
)


class SqlSubscribing:
    """`subscribing.Subscribing` on SQLite or PostgreSQL; each method is one transaction."""

    _database: Database

    def add_subscription(self, new: NewSubscription, *, most: int) -> Subscription | None:
        """Keep a subscription; None when its timeline is not there."""
        with self._database.writing() as connection:
            return subscriptions.add(connection, new, most=most)

    def find_subscription(self, timeline: str, subscription_id: str) -> Subscription | None:
        """The subscription, or None."""
        with self._database.reading() as connection:
            return subscriptions.find(connection, timeline, subscription_id)

    def list_subscriptions(
        self, timeline: str, *, limit: int, after: tuple[float, str] | None
    ) -> tuple[Subscription, ...]:
        """A timeline's subscriptions by (created_at, id), strictly after `after`."""
        with self._database.reading() as connection:
            return subscriptions.list_after(connection, timeline, limit=limit, after=after)

    def change_subscription(
        self, timeline: str, subscription_id: str, changed: SubscriptionChange
    ) -> Subscription | None:
        """Write what is named in `changed`."""
        with self._database.writing() as connection:
            return subscriptions.change(connection, timeline, subscription_id, changed)

    def remove_subscription(self, timeline: str, subscription_id: str) -> bool:
        """End a subscription with its deliveries; whether it was there."""
        with self._database.writing() as connection:
            return subscriptions.remove(connection, timeline, subscription_id)

    def rotate_secret(
        self, timeline: str, subscription_id: str, secret: str, *, seconds: float
    ) -> Subscription | None:
        """Sign with `secret` from now on, and with the present one too for so long."""
        with self._database.writing() as connection:
            return subscriptions.rotate(
                connection, timeline, subscription_id, secret=secret, seconds=seconds
            )

    def replay(self, timeline: str, subscription_id: str, since: int) -> Subscription | None:
        """Go back to the revision `since`: all after it is sent again, in order."""
        with self._database.writing() as connection:
            return subscriptions.replay(connection, timeline, subscription_id, since)

    def ask_test(self, timeline: str, subscription_id: str, nonce: str) -> StoredDelivery | None:
        """Have a test message sent out of turn."""
        with self._database.writing() as connection:
            return deliverylog.ask_test(connection, timeline, subscription_id, nonce)

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
        with self._database.reading() as connection:
            return deliverylog.list_after(
                connection, timeline, subscription_id, status=status, limit=limit, after=after
            )

    def find_delivery(self, delivery_id: str) -> StoredDelivery | None:
        """The delivery, or None."""
        with self._database.reading() as connection:
            return deliverylog.find(connection, delivery_id)

    def find_delivery_home(self, delivery_id: str) -> Home | None:
        """The timeline of a delivery; None when either is not there."""
        row = self._database.look_up(deliverylog.HOME, delivery=delivery_id)
        return None if row is None else Home(str(row[0]), bool(row[1]))

    def redeliver(self, delivery_id: str) -> StoredDelivery | None:
        """Have a message sent once more, out of turn; None when it is not there."""
        with self._database.writing() as connection:
            return deliverylog.ask_again(connection, delivery_id)
