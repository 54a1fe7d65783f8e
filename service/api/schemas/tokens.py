"""Feed tokens, as they are asked for and as they are read."""

from __future__ import annotations

from marshmallow import fields

from service.api.schemas import shapes
from service.api.schemas.base import Answer, Strict, Text
from service.keyring import LONGEST_NAME


def _moment(says: str) -> fields.String:
    return fields.String(metadata={"description": says, "format": "date-time"})


class TokenPosted(Strict):
    """What a feed token is made from."""

    name = Text("Who or what it is for.", required=True, limit=LONGEST_NAME)
    expires_at = Text(
        "When it ends: RFC 3339 with offset, or a bare date (its midnight UTC). Never, when left "
        "out.",
        limit=64,
    )


class TokenRead(Answer):
    """What there is of a feed token; never the token."""

    id = shapes.text("Its id.")
    name = shapes.text("Who or what it is for.")
    begins = shapes.text("Its first characters, to tell it apart.")
    created_at = shapes.instant("When it was made.")
    last_used_at = _moment("When it was used last, to the hour; absent when never.")
    expires_at = _moment("When it ends; absent for never.")
    revoked_at = _moment("When it was revoked; absent while it lives.")
    links = shapes.links()


class TokenMade(TokenRead):
    """A feed token just made, with its secret."""

    token = shapes.text("The token: shown this once and kept nowhere.")


class TokenList(Answer):
    """A page of a timeline's feed tokens."""

    tokens = shapes.many(TokenRead, "The oldest first, revoked ones among them.")
    next = shapes.text("Address of the next page; absent on the last.", required=False)
    links = shapes.links()
