"""Feed tokens over HTTP: making one, listing them, revoking one."""

from __future__ import annotations

from flask import Response

from service.api.described import routes
from service.api.examples import tokens as examples
from service.api.schemas.base import check
from service.api.schemas.posted import PageQuery
from service.api.schemas.tokens import TokenList, TokenMade, TokenPosted
from service.api.wire.addresses import timeline_address, token_links, tokens_address
from service.api.wire.answers import answer, answer_read
from service.api.wire.bodies import JSON, read_document
from service.api.wire.paging import link_next, read_part
from service.api.wire.parts import received_now, the_parts
from service.api.wire.paths import TIMELINE_PATH, TOKEN_PATH, is_id, no_timeline
from service.documents.dates import iso_instant
from service.documents.jsontext import JsonObject, known
from service.errors import InvalidInputError, NotFoundError, Violation
from service.intake import is_timeline_name, refuse_faults
from service.keyring import LONGEST_NAME, mint_token
from service.store.credentials import Credential
from service.temporal.publication import utc_seconds

tokens = routes("tokens", "Feed tokens: addresses that read one private timeline.")

POSTED = TokenPosted()
LIMITS = {"name": LONGEST_NAME, "expires_at": 64}
TOKENS = "/v1/timelines/<timeline>/tokens"


@tokens.route(TOKENS, methods=["POST"], parameters=[TIMELINE_PATH])
@tokens.doc(
    requestBody={
        "required": True,
        "content": {JSON: {"schema": TokenPosted, "example": examples.POSTED}},
    }
)
@tokens.response(201, TokenMade, description="It is made.", example=examples.MADE)
def post_token(timeline: str) -> Response:
    """Make a feed token, for a client that can carry nothing but an address.

    Any read of the timeline takes it as `?token=`. It is shown this once. Put it on the address in
    `next` again: no link of ours ever holds it.
    """
    name, expires_at = _read_wishes()
    secret, new = mint_token(name, timeline, expires_at=expires_at)
    made = the_parts().store.add_token(new) if is_timeline_name(timeline) else None
    if made is None:
        raise no_timeline(timeline)
    headers = {"Cache-Control": "no-store"}
    return answer({**_document(made, timeline), "token": secret}, 201, headers)


@tokens.route(TOKENS, parameters=[TIMELINE_PATH])
@tokens.doc(parameters=[{"in": "query", "schema": PageQuery}])
@tokens.response(200, TokenList, example=examples.LIST)
def list_tokens(timeline: str) -> Response:
    """List the feed tokens of a timeline, without what opens."""
    part = read_part(float, str)
    after = part.after
    store = the_parts().store
    if not is_timeline_name(timeline) or store.find_revision(timeline) is None:
        raise no_timeline(timeline)
    found = store.list_tokens(
        timeline,
        limit=part.most,
        after=None if after is None else (float(after[0]), str(after[1])),
    )
    page, following = part.cut(found, lambda last: (last.created_at, last.id))
    document = {
        "tokens": [_document(each, timeline) for each in page],
        **known({"next": following}),
        "links": {"self": tokens_address(timeline), "timeline": timeline_address(timeline)},
    }
    return link_next(answer_read(document), following)


@tokens.route(f"{TOKENS}/<token_id>", methods=["DELETE"], parameters=[TIMELINE_PATH, TOKEN_PATH])
@tokens.response(204, description="It is revoked, and opens nothing after 5 s.")
def delete_token(timeline: str, token_id: str) -> Response:
    """Revoke a feed token.

    It stays in the list, as revoked. A process that has just taken it may do so for 5 s more.
    """
    there = is_timeline_name(timeline) and is_id(token_id)
    if not there or not the_parts().store.revoke_token(timeline, token_id):
        raise NotFoundError(f"no living token '{token_id}' of the timeline '{timeline}'")
    return Response(status=204)


def _read_wishes() -> tuple[str, float | None]:
    fields = check(POSTED, read_document())
    refuse_faults(fields, LIMITS)
    end = fields.get("expires_at")
    return str(fields["name"]), None if end is None else _end(str(end))


def _end(text: str) -> float:
    try:
        seconds = utc_seconds(text)
    except InvalidInputError as error:
        raise InvalidInputError(
            *(Violation("/expires_at", each.detail) for each in error.violations)
        ) from error
    if seconds <= received_now():
        raise InvalidInputError(Violation("/expires_at", "is past: use a time ahead"))
    return float(seconds)


def _document(token: Credential, timeline: str) -> JsonObject:
    moments = {
        "created_at": token.created_at,
        "last_used_at": token.last_used_at,
        "expires_at": token.expires_at,
        "revoked_at": token.revoked_at,
    }
    return {
        "id": token.id,
        "name": token.name,
        "begins": token.shown,
        **{name: iso_instant(at) for name, at in moments.items() if at is not None},
        "links": token_links(token.id, timeline),
    }
