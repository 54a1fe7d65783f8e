"""The parts of addresses: how they are described, and which of them can be."""

from __future__ import annotations

import re

from service.documents.exports.formats import SUFFIXES
from service.errors import InvalidInputError, NotFoundError, Violation
from service.intake import TIMELINE_NAME, is_timeline_name

TIMELINE_PATH = {
    "in": "path",
    "name": "timeline",
    "description": "The name of the timeline: 1 to 64 of a-z, 0-9, '.', '_' and '-'. It never ends "
    f"with {', '.join(SUFFIXES)}.",
    "schema": {"type": "string", "pattern": f"^{TIMELINE_NAME}$"},
    "example": "iran-protests",
}
ARTICLE_PATH = {
    "in": "path",
    "name": "article_id",
    "description": "The id that posting gave.",
    "schema": {"type": "string"},
    "example": "art_5d1c8b3e90f2a7c64b1d8e23",
}
VERSION_PATH = {
    "in": "path",
    "name": "version",
    "description": "The number of the version, from 1.",
    "schema": {"type": "string", "pattern": "^[1-9][0-9]{0,8}$"},
    "example": "1",
}
EVENT_PATH = {
    "in": "path",
    "name": "event_id",
    "description": "The event's id, or one that it had before.",
    "schema": {"type": "string"},
    "example": "evt_7c1f0a93d2b84e51a6c0d2f4",
}
TOKEN_PATH = {
    "in": "path",
    "name": "token_id",
    "description": "The id of the feed token.",
    "schema": {"type": "string"},
    "example": "tok_5d1c8b3e90f2a7c64b1d",
}
SUBSCRIPTION_PATH = {
    "in": "path",
    "name": "subscription_id",
    "description": "The id of the subscription.",
    "schema": {"type": "string"},
    "example": "sub_4e1f0b7a92c3d6581f0e",
}
DELIVERY_PATH = {
    "in": "path",
    "name": "delivery_id",
    "description": "The id of the delivery: that of its message, `webhook-id`.",
    "schema": {"type": "string"},
    "example": "dlv_9b2e47c01d8f3a6550e7c4b1",
}
_ID = re.compile(r"[a-z]{3}_[0-9a-z]{1,64}", re.ASCII)


def is_id(text: str) -> bool:
    """Whether `text` has the shape of an id; what has not is nowhere in the record."""
    return _ID.fullmatch(text) is not None


def refuse_timeline_name(name: str) -> None:
    """Raise InvalidInputError unless a timeline may be called `name`."""
    if not is_timeline_name(name):
        raise InvalidInputError(
            Violation(
                "timeline",
                "is no name for a timeline: use 1 to 64 of a-z, 0-9, '.', '_' and '-', "
                "starting with a letter or digit, and not ending as an export does "
                f"({', '.join(SUFFIXES)})",
                "path",
            )
        )


def no_timeline(name: str) -> NotFoundError:
    """The error for a timeline that is not there."""
    return NotFoundError(f"no timeline '{name}': it exists from its first article or PUT")


def no_article(article_id: str) -> NotFoundError:
    """The error for an article that is not there."""
    return NotFoundError(f"no article '{article_id}'")


def no_subscription(subscription_id: str, timeline: str) -> NotFoundError:
    """The error for a subscription that is not there."""
    return NotFoundError(f"no subscription '{subscription_id}' of the timeline '{timeline}'")


def no_delivery(delivery_id: str) -> NotFoundError:
    """The error for a delivery that is not there."""
    return NotFoundError(f"no delivery '{delivery_id}'")
