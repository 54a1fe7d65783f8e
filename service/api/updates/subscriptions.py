"""Subscriptions over HTTP: who is told of a timeline's changes by webhook, and how that goes."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response

from service.api.access.guard import the_caller, the_standing
from service.api.access.idempotency import IDEMPOTENCY_KEY, REPLAYED_HEADER, answer_once
from service.api.described import routes
from service.api.examples import subscriptions as examples
from service.api.schemas.posted import PageQuery
from service.api.schemas.subscriptions import (
    MOST_SUBSCRIPTIONS,
    ReplayPosted,
    SubscriptionChangePosted,
    SubscriptionList,
    SubscriptionMade,
    SubscriptionPosted,
    SubscriptionRead,
)
from service.api.updates.bell import ring_deliveries
from service.api.updates.shown import secret_document, subscription_document
from service.api.updates.wishes import mint_secret, read_change, read_new, read_since
from service.api.wire.addresses import (
    subscription_address,
    subscriptions_address,
    timeline_address,
)
from service.api.wire.answers import answer, answer_read
from service.api.wire.bodies import (
    JSON,
    LONGEST_DOCUMENT,
    parse,
    read_body,
    read_document,
    refuse_flaw,
)
from service.api.wire.paging import link_next, read_part
from service.api.wire.parts import received_now, the_parts
from service.api.wire.paths import (
    SUBSCRIPTION_PATH,
    TIMELINE_PATH,
    is_id,
    no_subscription,
    no_timeline,
)
from service.documents.jsontext import JsonObject, known
from service.errors import InvalidInputError, Violation
from service.intake import is_timeline_name
from service.store.subscribing import ACTIVE, Subscription

subscriptions = routes("subscriptions", "Who is told of changes by webhook, and how that goes.")

SUBSCRIPTIONS = "/v1/timelines/<timeline>/subscriptions"
ONE = f"{SUBSCRIPTIONS}/<subscription_id>"
OF_TIMELINE, OF_ONE = [TIMELINE_PATH], [TIMELINE_PATH, SUBSCRIPTION_PATH]
BOTH_SIGN_SECONDS = 24 * 3600.0
"""How long the secret before a rotation signs beside the new one."""
LOCATION = {"Location": {"description": "The subscription.", "schema": {"type": "string"}}}


@subscriptions.route(SUBSCRIPTIONS, methods=["POST"], parameters=OF_TIMELINE)
@subscriptions.doc(
    requestBody={
        "required": True,
        "content": {
            JSON: {
                "schema": SubscriptionPosted,
                "examples": {
                    "All changes": {"value": examples.POSTED},
                    "Some, as CloudEvents": {"value": examples.POSTED_NARROW},
                },
            }
        },
    },
    parameters=[IDEMPOTENCY_KEY],
)
@subscriptions.response(
    201,
    SubscriptionMade,
    description="It is made.",
    example=examples.MADE,
    headers={**LOCATION, **REPLAYED_HEADER},
)
@subscriptions.alt_response(409, response="CONFLICT")
def post_subscription(timeline: str) -> Response:
    """Have the changes of a timeline sent to an address, from now on.

    Each change is one message, signed as Standard Webhooks 1.0 says; see `webhooks` below. They
    come in order and at least once: the next one waits until the receiver took the one before (any
    status 2xx within 15 s). One that fails is tried ten times in about three days; then the
    subscription is `disabled`, and its `reason` says why. A receiver that answers 410 ends it at
    once. The secret is shown this once. A timeline may have 100 subscriptions.
    """
    body = read_body(JSON, limit=LONGEST_DOCUMENT)
    return answer_once(timeline, body, lambda: _make(timeline, body), secrets=("secret",))


@subscriptions.route(SUBSCRIPTIONS, parameters=OF_TIMELINE)
@subscriptions.doc(parameters=[{"in": "query", "schema": PageQuery}])
@subscriptions.response(200, SubscriptionList, example=examples.LIST)
def list_subscriptions(timeline: str) -> Response:
    """List the subscriptions of a timeline, and how each does."""
    part = read_part(float, str)
    after = part.after
    revision = _revision(timeline)
    found = the_parts().store.list_subscriptions(
        timeline,
        limit=part.most,
        after=None if after is None else (float(after[0]), str(after[1])),
    )
    page, following = part.cut(found, lambda last: (last.created_at, last.id))
    now = received_now()
    document = {
        "subscriptions": [subscription_document(each, revision=revision, now=now) for each in page],
        **known({"next": following}),
        "links": {"self": subscriptions_address(timeline), "timeline": timeline_address(timeline)},
    }
    return link_next(answer_read(document), following)


@subscriptions.route(ONE, parameters=OF_ONE)
@subscriptions.response(200, SubscriptionRead, example=examples.READ)
def get_subscription(timeline: str, subscription_id: str) -> Response:
    """Read a subscription: what it asks for, where it stands, and what keeps it."""
    found = the_parts().store.find_subscription(timeline, _there(timeline, subscription_id))
    return answer_read(_document(_found(found, timeline, subscription_id)))


@subscriptions.route(ONE, methods=["PATCH"], parameters=OF_ONE)
@subscriptions.doc(
    requestBody={
        "required": True,
        "content": {
            JSON: {
                "schema": SubscriptionChangePosted,
                "examples": {
                    "Pause": {"value": examples.PAUSE},
                    "Go on elsewhere": {"value": examples.MOVE},
                },
            }
        },
    }
)
@subscriptions.response(200, SubscriptionRead, description="It is so now.", example=examples.PAUSED)
def patch_subscription(timeline: str, subscription_id: str) -> Response:
    """Change what is named in a subscription; all else stays.

    Null takes `types`, `filter` or `description` away; a filter is replaced as a whole. Of two
    requests that change the same field the later one stays. `"status": "active"` lets a paused or
    disabled subscription go on from where it stands, with no attempt behind it; so does a new
    `url`, unless it is paused or disabled.
    """
    changed = read_change(read_document())
    store, known_id = the_parts().store, _there(timeline, subscription_id)
    found = (
        store.change_subscription(timeline, known_id, changed)
        if changed
        else store.find_subscription(timeline, known_id)
    )
    after = _found(found, timeline, subscription_id)
    if changed and after.status == ACTIVE:
        ring_deliveries()
    return answer(_document(after))


@subscriptions.route(ONE, methods=["DELETE"], parameters=OF_ONE)
@subscriptions.response(204, description="It is gone, with its deliveries.")
def delete_subscription(timeline: str, subscription_id: str) -> Response:
    """End a subscription. A message that is on its way may still arrive."""
    known_id = _there(timeline, subscription_id)
    if not the_parts().store.remove_subscription(timeline, known_id):
        raise no_subscription(subscription_id, timeline)
    return Response(status=204)


@subscriptions.route(f"{ONE}/rotate-secret", methods=["POST"], parameters=OF_ONE)
@subscriptions.response(
    200, SubscriptionMade, description="The new secret signs.", example=examples.ROTATED
)
def rotate_secret(timeline: str, subscription_id: str) -> Response:
    """Give a subscription a new secret, which is shown this once.

    Messages carry two signatures until `former_until`, 24 hours ahead: one by the new secret and
    one by the secret before it, so that a receiver can change over without losing any. Rotating
    again meanwhile ends the older one at once.
    """
    found = the_parts().store.rotate_secret(
        timeline, _there(timeline, subscription_id), mint_secret(), seconds=BOTH_SIGN_SECONDS
    )
    return _answer_secret(_found(found, timeline, subscription_id), 200)


@subscriptions.route(f"{ONE}/replay", methods=["POST"], parameters=OF_ONE)
@subscriptions.doc(
    requestBody={
        "required": True,
        "content": {JSON: {"schema": ReplayPosted, "example": examples.REPLAY}},
    }
)
@subscriptions.response(
    202,
    SubscriptionRead,
    description="It goes on from there; a paused one once it is active.",
    example=examples.REPLAYED,
)
@subscriptions.alt_response(410, response="GONE")
def replay_subscription(timeline: str, subscription_id: str) -> Response:
    """Send all changes after a revision again, in order, under the ids that they had.

    A receiver that keeps the ids it saw takes each once. Changes that are not kept any more cannot
    be sent (410): read the timeline anew. `since` may also lie ahead of `position`, up to the
    timeline's revision: what is between is left out.
    """
    since = read_since(read_document())
    known_id, revision = _there(timeline, subscription_id), _revision(timeline)
    if since > revision:
        ahead = f"is ahead of the timeline, whose revision is {revision}: use one up to that"
        raise InvalidInputError(Violation("/since", ahead))
    found = the_parts().store.replay(timeline, known_id, since)
    after = _found(found, timeline, subscription_id)
    ring_deliveries()
    return answer(_document(after), 202)


def _make(timeline: str, body: bytes) -> Response:
    document = parse(body)
    refuse_flaw(document)
    new = read_new(timeline, document, the_caller().id)
    there = is_timeline_name(timeline)
    made = the_parts().store.add_subscription(new, most=MOST_SUBSCRIPTIONS) if there else None
    if made is None:
        raise no_timeline(timeline)
    ring_deliveries()
    return _answer_secret(made, 201, {"Location": subscription_address(timeline, made.id)})


def _answer_secret(
    of: Subscription, status: int, headers: Mapping[str, str] | None = None
) -> Response:
    revision, now = _revision(of.timeline), received_now()
    document = secret_document(of, revision=revision, now=now)
    return answer(document, status, {**(headers or {}), "Cache-Control": "no-store"})


def _document(of: Subscription) -> JsonObject:
    return subscription_document(of, revision=_revision(of.timeline), now=received_now())


def _revision(timeline: str) -> int:
    standing = the_standing(timeline)
    if standing is None:
        raise no_timeline(timeline)
    return standing.revision


def _there(timeline: str, subscription_id: str) -> str:
    """The id, if the record may have it under this timeline; NotFoundError otherwise."""
    if not is_timeline_name(timeline):
        raise no_timeline(timeline)
    if not is_id(subscription_id):
        raise no_subscription(subscription_id, timeline)
    return subscription_id


def _found(found: Subscription | None, timeline: str, subscription_id: str) -> Subscription:
    if found is None:
        raise no_subscription(subscription_id, timeline)
    return found
