"""Problems (RFC 9457) as they are sent."""

from __future__ import annotations

from marshmallow import fields

from service.api.schemas.base import Answer, Text


class ViolationRead(Answer):
    """One thing wrong with what was sent."""

    pointer = Text(
        "A JSON pointer into the body (RFC 6901), or the name of a parameter or header.",
        required=True,
    )
    in_ = Text(
        "Where it is.",
        data_key="in",
        required=True,
        metadata={"enum": ["body", "query", "header", "path"]},
    )
    detail = Text("What is wrong, and what would be right.", required=True)


class Problem(Answer):
    """What went wrong, for programs and people (RFC 9457)."""

    type = Text(
        "A page that explains this kind of problem and its cure; about:blank when the status "
        "says it all.",
        required=True,
    )
    title = Text("The kind of problem in a few words, always the same.", required=True)
    status = fields.Integer(required=True, metadata={"description": "The HTTP status."})
    detail = Text("What went wrong this time.")
    instance = Text("The path of the request.")
    request_id = Text("The answer's X-Request-ID: finds the request in the logs.")
    errors = fields.List(
        fields.Nested(ViolationRead),
        metadata={"description": "Each thing wrong with what was sent."},
    )
