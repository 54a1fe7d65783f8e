"""What owners of subscriptions wish for, read from the bodies of their requests."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator, Mapping
from typing import cast

from marshmallow import Schema

from service.api.reading.eventsquery import read_events_query
from service.api.schemas.base import check
from service.api.schemas.subscriptions import (
    LONGEST_DESCRIPTION,
    ReplayPosted,
    SubscriptionChangePosted,
    SubscriptionPosted,
)
from service.api.schemas.timelinequery import LONGEST_LIST, LONGEST_SEARCH
from service.api.wire.parts import the_settings
from service.documents.jsontext import Json, JsonObject, dumps
from service.documents.signing import PREFIX
from service.egress.targets import RefusedTargetError, read_target
from service.errors import InvalidInputError, Violation
from service.intake import refuse_faults
from service.store.eventquery import EventQuery
from service.store.subscribing import KINDS, NewSubscription, SubscriptionChange
from service.wiring import webhook_policy

POSTED, CHANGED, REPLAYED = SubscriptionPosted(), SubscriptionChangePosted(), ReplayPosted()
LIMITS: Mapping[str, int] = {
    "description": LONGEST_DESCRIPTION,
    "filter/q": LONGEST_SEARCH,
    "filter/publisher": LONGEST_LIST,
}
SECRET_BYTES = 32


def read_new(timeline: str, document: Json, created_by: str | None) -> NewSubscription:
    """The subscription that `document` asks for, with a secret of its own.

    Raises InvalidInputError naming each thing wrong.
    """
    said = _read(POSTED, document)
    return NewSubscription(
        timeline=timeline,
        url=said["url"],
        secret=mint_secret(),
        types=said.get("types", ()),
        filter=said.get("filter"),
        query=said.get("query"),
        format=said["format"],
        description=said.get("description"),
        created_by=created_by,
    )


def read_change(document: Json) -> SubscriptionChange:
    """What `document` wants changed. Raises as `read_new` does."""
    return _read(CHANGED, document)


def read_since(document: Json) -> int:
    """The revision from which a subscription is to be told again. Raises as `read_new` does."""
    return int(str(check(REPLAYED, document)["since"]))


def mint_secret() -> str:
    """A new secret, as Standard Webhooks writes them: 256 random bits."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def _read(schema: Schema, document: Json) -> SubscriptionChange:
    """What is said in `document`, as the record takes it."""
    fields = check(schema, document)
    violations = list(_faults(fields))
    if violations:
        raise InvalidInputError(*violations)
    said = {name: value for name, value in fields.items() if name not in {"types", "filter"}}
    found = cast("SubscriptionChange", said)
    if "types" in fields:
        asked = cast("list[str]", fields["types"] or ())
        found["types"] = tuple(each for each in KINDS if each in asked)
    if "filter" in fields:
        given = cast("JsonObject", cast("JsonObject", document)["filter"])
        found["filter"] = dumps(given) if given else None
        found["query"] = _query(cast("JsonObject", fields["filter"])) if given else None
    return found


def _faults(fields: JsonObject) -> Iterator[Violation]:
    for look in (_check_texts, _check_url, _check_filter):
        try:
            look(fields)
        except InvalidInputError as error:
            yield from error.violations


def _check_texts(fields: JsonObject) -> None:
    refuse_faults(fields, LIMITS)


def _check_url(fields: JsonObject) -> None:
    """Refuse an address that nothing would be sent to; names are looked up when something is."""
    if "url" not in fields:
        return
    policy = webhook_policy(the_settings())
    try:
        read_target(str(fields["url"]), policy)
    except RefusedTargetError as error:
        raise InvalidInputError(Violation("/url", str(error))) from error


def _check_filter(fields: JsonObject) -> None:
    if fields.get("filter"):
        _query(cast("JsonObject", fields["filter"]))


def _query(given: JsonObject) -> EventQuery:
    """The query of a filter; what is wrong has its place in the body."""
    try:
        return read_events_query(given)
    except InvalidInputError as error:
        raise InvalidInputError(
            *(Violation(f"/filter/{each.pointer}", each.detail) for each in error.violations)
        ) from error
