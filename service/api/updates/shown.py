"""Subscriptions and deliveries as documents. None but `secret_document` shows a secret."""

from __future__ import annotations

from collections.abc import Mapping

from service.api.wire.addresses import delivery_links, subscription_links
from service.documents.dates import iso_instant
from service.documents.jsontext import Json, JsonObject, known, loads
from service.store.subscribing import ACTIVE, StoredDelivery, Subscription


def subscription_document(of: Subscription, *, revision: int, now: float) -> JsonObject:
    """A subscription as it stands; `revision` is its timeline's, `now` the present moment."""
    return {
        "id": of.id,
        "timeline": of.timeline,
        "url": of.url,
        "status": of.status,
        **known({"reason": _json(of.reason)}),
        **_asked(of),
        "position": of.position,
        "behind": max(revision - of.position, 0),
        **known({"attempts": of.attempts or None}),
        **_moments(_telling(of, now)),
        "created_at": iso_instant(of.created_at),
        "updated_at": iso_instant(of.updated_at),
        **known({"created_by": of.created_by}),
        "links": subscription_links(of.timeline, of.id),
    }


def secret_document(of: Subscription, *, revision: int, now: float) -> JsonObject:
    """The same with the secret, for the one answer that shows it."""
    return {**subscription_document(of, revision=revision, now=now), "secret": of.secret}


def delivery_document(of: StoredDelivery) -> JsonObject:
    """A message, and what came of it."""
    return {
        "id": of.id,
        "timeline": of.timeline,
        "subscription_id": of.subscription_id,
        "type": of.type,
        **known({"revision": of.revision}),
        "status": of.status,
        "out_of_turn": of.out_of_turn,
        "attempts": of.attempts,
        "tries": loads(of.tries),
        "created_at": iso_instant(of.created_at),
        "updated_at": iso_instant(of.updated_at),
        "links": delivery_links(of.id, of.timeline, of.subscription_id),
    }


def _asked(of: Subscription) -> JsonObject:
    """What its owner asked for."""
    return known(
        {
            "types": list(of.types) or None,
            "filter": _json(of.filter),
            "format": of.format,
            "description": of.description,
        }
    )


def _telling(of: Subscription, now: float) -> Mapping[str, float | None]:
    """How telling it goes: moments, those that are unknown or past their use as None."""
    retried = of.status == ACTIVE and of.attempts > 0
    turning = of.former_until is not None and now < of.former_until
    return {
        "failing_since": of.failing_since,
        "next_attempt_at": of.due_at if retried else None,
        "delivered_at": of.delivered_at,
        "former_until": of.former_until if turning else None,
    }


def _moments(moments: Mapping[str, float | None]) -> JsonObject:
    return {name: iso_instant(at) for name, at in moments.items() if at is not None}


def _json(text: str | None) -> Json:
    return None if text is None else loads(text)
