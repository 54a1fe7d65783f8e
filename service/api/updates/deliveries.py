"""Deliveries over HTTP: what was sent to a subscription, what came of it, and sending by hand."""

from __future__ import annotations

import secrets

from flask import Response

from service.api.described import routes
from service.api.examples import subscriptions as examples
from service.api.schemas.subscriptions import DeliveriesQuery, DeliveryList, DeliveryRead
from service.api.updates.bell import ring_deliveries
from service.api.updates.shown import delivery_document
from service.api.updates.subscriptions import OF_ONE, ONE
from service.api.wire.addresses import delivery_address, subscription_address, timeline_address
from service.api.wire.answers import answer, answer_read
from service.api.wire.paging import Part, link_next, read_cursor, read_query
from service.api.wire.parts import the_parts
from service.api.wire.paths import DELIVERY_PATH, is_id, no_delivery, no_subscription
from service.documents.jsontext import known
from service.intake import is_timeline_name
from service.store.subscribing import StoredDelivery

deliveries = routes("deliveries", "What was sent by webhook, and what came of it.")

QUERY = DeliveriesQuery()
DELIVERY = "/v1/deliveries/<delivery_id>"
LOCATION = {"Location": {"description": "The delivery.", "schema": {"type": "string"}}}


@deliveries.route(f"{ONE}/test", methods=["POST"], parameters=OF_ONE)
@deliveries.response(
    202,
    DeliveryRead,
    description="It is on its way: `Location` says what came of it.",
    example=examples.TEST,
    headers=LOCATION,
)
def post_test(timeline: str, subscription_id: str) -> Response:
    """Have a message of the type `subscription.test` sent at once, and once.

    It is sent out of turn, also where the subscription is paused or disabled, and leaves it so.
    Where it arrives, what failed before is tried at once. Its outcome is in the list of deliveries.
    """
    _refuse_unknown(timeline, subscription_id)
    made = the_parts().store.ask_test(timeline, subscription_id, secrets.token_hex(10))
    if made is None:
        raise no_subscription(subscription_id, timeline)
    return _answer_asked(made)


@deliveries.route(f"{ONE}/deliveries", parameters=OF_ONE)
@deliveries.doc(parameters=[{"in": "query", "schema": DeliveriesQuery}])
@deliveries.response(200, DeliveryList, example=examples.DELIVERIES)
def list_deliveries(timeline: str, subscription_id: str) -> Response:
    """List what was sent to a subscription, the latest first, for 30 days.

    One message is one delivery, however often it is tried.
    """
    query = read_query(QUERY)
    part = Part(int(str(query["limit"])), read_cursor(query, float, str))
    _refuse_unknown(timeline, subscription_id)
    store, after = the_parts().store, part.after
    if store.find_subscription(timeline, subscription_id) is None:
        raise no_subscription(subscription_id, timeline)
    found = store.list_deliveries(
        timeline,
        subscription_id,
        status=str(query["status"]) if "status" in query else None,
        limit=part.most,
        after=None if after is None else (float(after[0]), str(after[1])),
    )
    page, following = part.cut(found, lambda last: (last.created_at, last.id))
    here = subscription_address(timeline, subscription_id)
    document = {
        "deliveries": [delivery_document(each) for each in page],
        **known({"next": following}),
        "links": {
            "self": f"{here}/deliveries",
            "subscription": here,
            "timeline": timeline_address(timeline),
        },
    }
    return link_next(answer_read(document), following)


@deliveries.route(DELIVERY, parameters=[DELIVERY_PATH])
@deliveries.response(200, DeliveryRead, example=examples.DELIVERY)
def get_delivery(delivery_id: str) -> Response:
    """Read what came of a message."""
    found = the_parts().store.find_delivery(delivery_id) if is_id(delivery_id) else None
    if found is None:
        raise no_delivery(delivery_id)
    return answer_read(delivery_document(found))


@deliveries.route(f"{DELIVERY}/redeliver", methods=["POST"], parameters=[DELIVERY_PATH])
@deliveries.response(
    202,
    DeliveryRead,
    description="It is on its way again: `Location` says what came of it.",
    example=examples.AGAIN,
    headers=LOCATION,
)
@deliveries.alt_response(410, response="GONE")
def redeliver(delivery_id: str) -> Response:
    """Have one message sent once more, at once, under its own id.

    It is sent out of turn, also where the subscription is paused or disabled, and leaves it so.
    Where it arrives, what failed before is tried at once. A change that is not kept any more cannot
    be told again (410).
    """
    found = the_parts().store.redeliver(delivery_id) if is_id(delivery_id) else None
    if found is None:
        raise no_delivery(delivery_id)
    return _answer_asked(found)


def _answer_asked(asked: StoredDelivery) -> Response:
    ring_deliveries()
    return answer(delivery_document(asked), 202, {"Location": delivery_address(asked.id)})


def _refuse_unknown(timeline: str, subscription_id: str) -> None:
    """Raise NotFoundError for what cannot be in the record."""
    if not (is_timeline_name(timeline) and is_id(subscription_id)):
        raise no_subscription(subscription_id, timeline)
