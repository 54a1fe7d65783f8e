"""What is to be said to a subscription next, and what follows from how that went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from service.documents.dates import iso_instant
from service.documents.jsontext import dumps
from service.documents.messages import (
    CONTENT_TYPES,
    EVENT,
    RESET,
    TEST,
    Message,
    change_body,
    reset_body,
    trial_body,
)
from service.documents.signing import signed_headers
from service.documents.tries import PAUSES, Try, pause_after
from service.errors import HistoryGoneError, NotFoundError
from service.store.base import Store
from service.store.changeviews import LEFT, View, read_view
from service.store.delivering import Held, Sent
from service.store.lineage import StoredChange
from service.store.subscribing import StoredDelivery, Subscription
from service.timeline.ids import delivery_id

AHEAD = 20
"""Changes that are read at once for one subscription."""
HOUR = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message that is ready to be sent to `of`.

    In turn, `position` is where the subscription stands once it is delivered; None for what was
    asked for by hand. `at` is when what it tells came to be, in seconds since 1970 UTC.
    """

    of: Subscription
    id: str
    type: str
    revision: int | None
    at: float
    body: bytes
    position: int | None = None

    def headers(self, now: float) -> Mapping[str, str]:
        """The headers that go with the body, signed at `now` (seconds since 1970 UTC)."""
        signed = signed_headers(self.id, self.body, secrets=_secrets(self.of, now), at=now)
        return {"Content-Type": CONTENT_TYPES[self.of.format], **signed}


class Backlog:
    """What one subscription is told next, read a little ahead while it is held."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._view: View | None = None
        self._read_for: Subscription | None = None

    def next(self, held: Held) -> Outgoing | int:
        """The next message in turn, or the position up to which nothing is asked for."""
        of = held.subscription
        try:
            view = self._ahead(of)
        except HistoryGoneError:
            return _reset(held)
        if view is None:
            return of.position
        told = [each for each in view.changes if not of.types or each.type in of.types]
        if not told:
            return view.until
        self._view = replace(view, changes=tuple(told))
        return _change(of, told[0], position=told[0].revision)

    def _ahead(self, of: Subscription) -> View | None:
        """The changes behind the position; those read before while nothing else was changed."""
        if self._view is not None and _asks_alike(of, self._read_for):
            rest = tuple(each for each in self._view.changes if each.revision > of.position)
            if rest and len(rest) < len(self._view.changes):
                return replace(self._view, changes=rest)
        self._read_for = of
        return read_view(self._store, of.timeline, since=of.position, limit=AHEAD, query=of.query)


def asked_for(store: Store, of: Subscription, asked: StoredDelivery) -> Outgoing:
    """The message that was asked for by hand; NotFoundError when its change is not kept."""
    if asked.type == TEST:
        message = _message(of, TEST, asked.id, at=asked.created_at)
        body = trial_body(message, of.id, form=of.format)
        return Outgoing(of=of, id=asked.id, type=TEST, revision=None, at=message.at, body=body)
    revision = asked.revision or 0
    if asked.type == RESET:
        message = _message(of, RESET, asked.id, at=asked.created_at)
        body = reset_body(message, revision, form=of.format)
        return Outgoing(of=of, id=asked.id, type=RESET, revision=revision, at=message.at, body=body)
    page = store.read_changes(of.timeline, after=revision - 1, limit=1)
    if page is None or not page.changes or page.changes[0].revision != revision:
        raise NotFoundError(f"change {revision} of timeline '{of.timeline}' is not kept any more")
    return _change(of, _as_told(page.changes[0], asked.type), position=None)


def outcome(sent: Outgoing, made: Try, *, jitter: float, pauses: Sequence[float] = PAUSES) -> Sent:
    """What a try of the message means for its subscription; `jitter` is from -1 to 1."""
    of, pause, reason = sent.of, None, None
    if made.gone:
        reason = _reason("gone", "The receiver answered 410: it wants no more messages.", made.at)
    elif not made.delivered and sent.position is not None:
        pause = pause_after(
            of.attempts + 1, jitter=jitter, retry_after=made.retry_after, pauses=pauses
        )
        if pause is None:
            reason = _reason("failing", _gave_up(of, made), made.at)
    return Sent(
        id=sent.id,
        type=sent.type,
        revision=sent.revision,
        made=made,
        position=sent.position,
        pause=pause,
        reason=reason,
    )


def _change(of: Subscription, change: StoredChange, *, position: int | None) -> Outgoing:
    kind = EVENT + change.type
    name = delivery_id(of.id, kind, str(change.revision))
    message = _message(of, kind, name, at=change.at, subject=change.event_id)
    body = change_body(message, change, change.document, form=of.format)
    return Outgoing(
        of=of,
        id=name,
        type=kind,
        revision=change.revision,
        at=change.at,
        body=body,
        position=position,
    )


def _reset(held: Held) -> Outgoing:
    """The message that changes are lost: the timeline as it is now tells all of them together."""
    of = held.subscription
    name = delivery_id(of.id, RESET, str(held.revision))
    message = _message(of, RESET, name, at=held.now)
    return Outgoing(
        of=of,
        id=name,
        type=RESET,
        revision=held.revision,
        at=held.now,
        body=reset_body(message, held.revision, form=of.format),
        position=held.revision,
    )


def _message(
    of: Subscription, kind: str, name: str, *, at: float, subject: str | None = None
) -> Message:
    return Message(id=name, type=kind, timeline=of.timeline, at=at, subject=subject)


def _as_told(change: StoredChange, kind: str) -> StoredChange:
    """The change as the message said it: what left a filter was told without its event."""
    return replace(change, type=LEFT, document=None) if kind == EVENT + LEFT else change


def _asks_alike(one: Subscription, other: Subscription | None) -> bool:
    return other is not None and (one.types, one.query) == (other.types, other.query)


def _secrets(of: Subscription, now: float) -> tuple[str, ...]:
    if of.former_secret is None or (of.former_until or 0.0) <= now:
        return (of.secret,)
    return (of.secret, of.former_secret)


def _gave_up(of: Subscription, made: Try) -> str:
    since = made.at if of.failing_since is None else of.failing_since
    last = made.error if made.status is None else f"status {made.status}"
    hours = max(made.at - since, 0.0) / HOUR
    return f"{of.attempts + 1} tries in {hours:.0f} hours failed, the last with {last}."


def _reason(code: str, says: str, at: float) -> str:
    return dumps({"code": code, "says": says, "at": iso_instant(at)})
