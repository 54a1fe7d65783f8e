"""`Idempotency-Key`: a request that is sent again gets the answer that it got before.

As draft-ietf-httpapi-idempotency-key-header-07 has it. Only what succeeded is kept: a request that
was refused changed nothing, so it is looked at anew. A request whose server died is given up after
its lease; sending it again then is as safe as posting the same article again.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Collection, Mapping
from hashlib import sha256
from math import ceil
from typing import cast

from flask import Response, request

from service.api.access.guard import the_caller
from service.api.wire.answers import JSON
from service.api.wire.parts import the_parts
from service.api.wire.problems import ProblemError
from service.documents.jsontext import dumps, loads, read_object
from service.errors import InvalidInputError, StoreUnavailableError, Violation
from service.store.answers import Asked, KeptAnswer
from service.store.base import Store

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
LONGEST_KEY = 255
KEPT_SECONDS = 24 * 3600.0
LEASE_SECONDS = 30.0
"""What a request may take, besides what it waits, before another may take over its key."""
KEPT_HEADERS = ("Location", "Preference-Applied")
IDEMPOTENCY_KEY = {
    "in": "header",
    "name": HEADER,
    "description": (
        f"A name for this request: 1 to {LONGEST_KEY} ASCII characters, such as a UUID. The same "
        f"request again within 24 hours gets the same answer, with `{REPLAYED}: true`; another "
        "request under the same name is refused (422), and so is one while the first still runs "
        "(409)."
    ),
    "schema": {
        "type": "string",
        "pattern": f'^("[ !#-\\[\\]-~]{{1,{LONGEST_KEY}}}"|[!#-~]{{1,{LONGEST_KEY}}})$',
    },
    "example": '"8e03978e-40d5-43dd-bc93-6894a57f9324"',
}
REPLAYED_HEADER = {
    REPLAYED: {
        "description": "`true` when the answer was given before.",
        "schema": {"type": "string"},
    }
}
REUSED = "came with another request: give each request a key of its own"
_KEY = re.compile(r'"((?:[ !#-\[\]-~]|\\["\\])+)"|([!#-~]+)', re.ASCII)

logger = logging.getLogger(__name__)


def answer_once(
    timeline: str,
    body: bytes,
    act: Callable[[], Response],
    *,
    waits: float = 0.0,
    secrets: Collection[str] = (),
) -> Response:
    """What `act` answers, or what was answered when the request came before.

    `waits` are seconds that it may take besides. Members of the answer that are `secrets` are not
    kept, so that they are shown once all the same. Raises ProblemError when the key belongs to
    another request, or to one that still runs.
    """
    key = _key()
    if key is None:
        return act()
    store = the_parts().store
    asked = Asked(timeline, the_caller().id or "", key, _fingerprint(body))
    begun = store.begin_request(asked, lease=LEASE_SECONDS + waits)
    if begun.answer is not None:
        return _replayed(begun.answer)
    if begun.outcome == "reused":
        raise ProblemError(
            "idempotency-key-reused",
            f"the {HEADER} '{key}' {REUSED}",
            violations=[Violation(HEADER, REUSED, "header")],
        )
    if begun.outcome == "running":
        raise ProblemError(
            "request-in-progress",
            f"the request with the {HEADER} '{key}' is being answered: send it again in a moment",
            headers={"Retry-After": str(_retry_after(begun.seconds))},
        )
    try:
        response = act()
    except Exception:
        _settle(lambda: store.drop_request(asked, begun.token))
        raise
    _keep(store, asked, begun.token, _kept(response, secrets))
    return response


def _kept(response: Response, secrets: Collection[str]) -> KeptAnswer:
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    text = response.get_data(as_text=True)
    if secrets:
        told = read_object(text)
        text = dumps({name: value for name, value in told.items() if name not in secrets})
    return KeptAnswer(response.status_code, dumps(headers), text)


def _keep(store: Store, asked: Asked, token: str, kept: KeptAnswer) -> None:
    _settle(lambda: store.keep_answer(asked, token, kept, seconds=KEPT_SECONDS))


def _settle(write: Callable[[], None]) -> None:
    """The client is told what happened, even when that cannot be kept: the lease ends by itself."""
    try:
        write()
    except StoreUnavailableError as error:
        logger.warning("an answer could not be kept: %s", error)


def _replayed(answer: KeptAnswer) -> Response:
    headers = cast("Mapping[str, str]", loads(answer.headers))
    return Response(answer.body, answer.status, {**headers, REPLAYED: "true"}, content_type=JSON)


def _key() -> str | None:
    said = request.headers.get(HEADER)
    if said is None:
        return None
    match = _KEY.fullmatch(said.strip())
    key = "" if match is None else match[1] or match[2]
    if not 1 <= len(key) <= LONGEST_KEY:
        detail = f"is no key: use 1 to {LONGEST_KEY} ASCII characters, such as a UUID in quotes"
        raise InvalidInputError(Violation(HEADER, detail, "header"))
    return key


def _fingerprint(body: bytes) -> str:
    asked = f"{request.method} {request.full_path} {request.mimetype}\n"
    return sha256(asked.encode() + body).hexdigest()


def _retry_after(seconds: float) -> int:
    return max(1, min(5, ceil(seconds)))
