"""Forms that pages of ours post: taken from those pages only, read strictly.

`read_form` is the only way to a form's fields, so that no view can forget to ask where they come
from. Whoever is signed in also sends a token that only a page of his session can know.
"""

from __future__ import annotations

import hmac
from collections import Counter
from collections.abc import Mapping
from urllib.parse import parse_qsl

from flask import g

from service.api.access.origins import refuse_foreign_form
from service.api.wire.bodies import LONGEST_DOCUMENT, read_body
from service.api.wire.problems import ProblemError

FORM = "application/x-www-form-urlencoded"
TOKEN_FIELD = "form_token"  # noqa: S105  # the name of a field
MOST_FIELDS = 50
PURPOSE = b"event-timelines form"


def read_form(*, limit: int = LONGEST_DOCUMENT) -> Mapping[str, str]:
    """The fields of the posted form but for its token, the guard passed.

    `limit` is in bytes of the body, where letters beyond ASCII take six to twelve. ProblemError
    when the form is another site's, lacks the session's token, or is no form.
    """
    guard_form()
    fields = _fields(read_body(FORM, limit=limit))
    _check_token(fields.pop(TOKEN_FIELD, ""))
    return fields


def guard_form() -> None:
    """Refuse the request at hand unless a page of ours posts it; `read_form` does it by itself."""
    refuse_foreign_form()


def form_token() -> str | None:
    """What every form of a page carries in TOKEN_FIELD; None where nobody is signed in."""
    session = the_session()
    return None if session is None else token_of(session)


def token_of(session: str) -> str:
    """The token of a session: it tells nothing of the session, and no other has it."""
    return hmac.new(session.encode(), PURPOSE, "sha256").hexdigest()


def the_session() -> str | None:
    """The session by which the caller at hand is known; None: by another way, or not at all."""
    session: str | None = g.get("session")
    return session


def _check_token(given: str) -> None:
    expected = form_token()
    if expected is not None and not hmac.compare_digest(expected.encode(), given.encode()):
        raise ProblemError(
            "not-allowed",
            "the form does not belong to this session: load its page again and send it once more",
        )


def _fields(body: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as error:  # Unicode's errors are such, too
        raise ProblemError("bad-request", "the body is no form in UTF-8") from error
    counts = Counter(name for name, _ in pairs)
    if len(counts) < len(pairs):
        raise ProblemError("bad-request", "a field of the form is there twice")
    return {name: value.replace("\r\n", "\n") for name, value in pairs}
