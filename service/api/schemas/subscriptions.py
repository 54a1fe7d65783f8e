"""Subscriptions and their deliveries, as they are asked for and as they are read."""

from __future__ import annotations

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, OneOf, Range

from service.api.schemas import shapes
from service.api.schemas.base import DOCUMENT_MESSAGES, MISSING, Answer, Messages, Strict, Text
from service.api.schemas.changes import FURTHEST
from service.api.schemas.numbers import JsonDecimal, JsonWhole
from service.api.schemas.posted import PageQuery
from service.api.schemas.timelinequery import BETWEEN, NUMBER, WHOLE, EventFilters
from service.documents.messages import FORMATS, STANDARD
from service.egress.targets import MOST_SIGNS
from service.store.subscribing import ACTIVE, DELIVERED, DISABLED, FAILED, KINDS, PAUSED, WAITING

MOST_SUBSCRIPTIONS = 100
"""Subscriptions of one timeline."""
LONGEST_DESCRIPTION = 500
"""Code points."""
STATUSES = (ACTIVE, PAUSED, DISABLED)
OUTCOMES = (WAITING, DELIVERED, FAILED)

NO_OBJECT: Messages = {**MISSING, "invalid": "must be an object", "type": "must be an object"}
NO_LIST: Messages = {**MISSING, "invalid": "must be a list"}
NO_NUMBER: Messages = {**MISSING, **NUMBER}
NOT_WHOLE: Messages = {**MISSING, **WHOLE}
NO_WORD = "is no {what}: use {{choices}}"


class FilterPosted(EventFilters):
    """Which events are meant: the filters of reading, by their names and in their forms."""

    error_messages = DOCUMENT_MESSAGES

    min_sources = JsonWhole(
        validate=Range(1, 1_000_000, error=BETWEEN),
        error_messages=NOT_WHOLE,
        metadata={"description": "How many independent sources it has at least."},
    )
    min_confidence = JsonDecimal(
        validate=Range(0, 1, error=BETWEEN),
        error_messages=NO_NUMBER,
        metadata={"description": "How sure its date is at least."},
    )
    min_salience = JsonDecimal(
        validate=Range(0, 1, error=BETWEEN),
        error_messages=NO_NUMBER,
        metadata={"description": "How salient it is at least."},
    )


def _url(*, required: bool) -> Text:
    return Text(
        "Where messages are posted: https or http, an address on the internet, without name, "
        "password or fragment.",
        limit=MOST_SIGNS,
        required=required,
        metadata={"pattern": r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s#\\]+$"},
    )


def _types(says: str, **options: Any) -> fields.List[Any]:  # noqa: ANN401  # marshmallow's own
    kind = Text("A kind of change.", validate=OneOf(KINDS, error=NO_WORD.format(what="change")))
    return fields.List(
        kind,
        validate=Length(min=1, error="is empty: leave it out for all"),
        error_messages=NO_LIST,
        metadata={"description": says},
        **options,
    )


def _filter(says: str, **options: Any) -> fields.Nested:  # noqa: ANN401  # marshmallow's own
    return fields.Nested(
        FilterPosted, error_messages=NO_OBJECT, metadata={"description": says}, **options
    )


def _format(**options: Any) -> Text:  # noqa: ANN401  # marshmallow's own
    return Text(
        "The envelope: `standard` (Standard Webhooks) or `cloudevents` (CloudEvents 1.0, "
        "structured). Both are signed alike.",
        validate=OneOf(FORMATS, error=NO_WORD.format(what="format")),
        **options,
    )


def _description(**options: Any) -> Text:  # noqa: ANN401  # marshmallow's own
    return Text("What it is for.", limit=LONGEST_DESCRIPTION, **options)


class SubscriptionPosted(Strict):
    """What a subscription is made from."""

    url = _url(required=True)
    types = _types("The kinds of changes that are told. All, when left out.")
    filter = _filter(
        "Which events are told of. One that no longer fits is told as `left`, without the event."
    )
    format = _format(load_default=STANDARD)
    description = _description()


class SubscriptionChangePosted(Strict):
    """What is to change in a subscription; what is left out stays."""

    url = _url(required=False)
    types = _types("The kinds of changes that are told; null: all.", allow_none=True)
    filter = _filter("Which events are told of, in place of all of it; null: any.", allow_none=True)
    format = _format()
    description = _description(allow_none=True)
    status = Text(
        "`paused`: nothing is sent, and changes wait. `active`: they are sent from where it "
        "stands; that a failing one was disabled is forgiven.",
        validate=OneOf((ACTIVE, PAUSED), error=NO_WORD.format(what="status")),
    )


class ReplayPosted(Strict):
    """From where a subscription is told again."""

    since = JsonWhole(
        required=True,
        validate=Range(0, FURTHEST, error=BETWEEN),
        error_messages=NOT_WHOLE,
        metadata={"description": "A revision: all changes after it are sent again, in order."},
    )


class DeliveriesQuery(PageQuery):
    """Which deliveries of a subscription."""

    status = Text(
        "Only those.",
        validate=OneOf(OUTCOMES, error=NO_WORD.format(what="status")),
        metadata={"enum": list(OUTCOMES)},
    )


class ReasonRead(Answer):
    """Why a subscription is disabled."""

    code = shapes.text("In one word.")
    says = shapes.text("In a sentence.")
    at = shapes.instant("Since when.")


def _moment(says: str) -> fields.String:
    return fields.String(metadata={"description": says, "format": "date-time"})


class SubscriptionRead(Answer):
    """A subscription as it stands."""

    id = shapes.text("Its id.")
    timeline = shapes.text("The timeline whose changes it tells.")
    url = shapes.text("Where messages are posted.")
    status = shapes.word(
        "`active`, `paused` by its owner, or `disabled` after a message failed for good.", STATUSES
    )
    reason = shapes.part(ReasonRead, "Why it is disabled.", required=False)
    types = shapes.texts("The kinds of changes that are told; absent for all.", required=False)
    filter = fields.Dict(
        keys=fields.String(),
        metadata={"description": "Which events are told of, as given; absent for any."},
    )
    format = shapes.word("The envelope.", FORMATS)
    description = shapes.text("What it is for.", required=False)
    position = shapes.whole("All up to this revision was delivered, or is not asked for.")
    behind = shapes.whole("How many revisions of the timeline came since.")
    attempts = shapes.whole(
        "How often the message that is next failed; absent when it did not.", required=False
    )
    failing_since = _moment("Since when it fails; absent when it does not.")
    next_attempt_at = _moment("When the message that failed is tried again; absent without one.")
    delivered_at = _moment("When a receiver took a message last; absent when never.")
    former_until = _moment("Until when the secret before the last rotation signs, too.")
    created_at = shapes.instant("When it was made.")
    updated_at = shapes.instant("When its owner changed it last, or it was disabled.")
    created_by = shapes.text("The id of the key that made it.", required=False)
    links = shapes.links()


class SubscriptionMade(SubscriptionRead):
    """A subscription with the secret that signs its messages from now on."""

    secret = shapes.text(
        "What signs its messages, to verify them with: shown this once. Not in an answer that is "
        "given again for its Idempotency-Key: rotate the secret when it was lost.",
        required=False,
    )


class SubscriptionList(Answer):
    """A page of a timeline's subscriptions."""

    subscriptions = shapes.many(SubscriptionRead, "The oldest first.")
    next = shapes.text("Address of the next page; absent on the last.", required=False)
    links = shapes.links()


class TryRead(Answer):
    """One try of a message."""

    at = shapes.instant("When it began.")
    ms = shapes.whole("How long it took, in milliseconds.")
    status = shapes.whole("What the receiver answered; absent when it did not.", required=False)
    answer = shapes.text("The beginning of what it said, at most 1 kB.", required=False)
    error = shapes.text("Why there was no answer.", required=False)


class DeliveryRead(Answer):
    """A message to a subscription, and what came of it."""

    id = shapes.text("Its id, sent as `webhook-id` each time: who saw it has the message.")
    timeline = shapes.text("The timeline that it tells of.")
    subscription_id = shapes.text("The subscription that it is for.")
    type = shapes.text("The type of the message, such as `event.updated`.")
    revision = shapes.whole("The revision that it tells; absent of a test.", required=False)
    status = shapes.word("What became of it.", OUTCOMES)
    out_of_turn = shapes.flag("It was asked for by hand last: a test, or once more.")
    attempts = shapes.whole("How often it was tried.")
    tries = shapes.many(TryRead, "Its last tries, the oldest first.")
    created_at = shapes.instant("When it was first due.")
    updated_at = shapes.instant("When something became of it last.")
    links = shapes.links()


class DeliveryList(Answer):
    """A page of a subscription's deliveries."""

    deliveries = shapes.many(DeliveryRead, "The latest first; kept for 30 days.")
    next = shapes.text("Address of the next page; absent on the last.", required=False)
    links = shapes.links()
