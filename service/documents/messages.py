"""Messages to subscribers: what became of a timeline, in the envelope that was asked for.

The standard body is that of Standard Webhooks 1.0, {type, timestamp, data}; the other one is
CloudEvents 1.0 in structured mode. `data` is a change as the change list shows it, with the name
of its timeline.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from service.documents.brief import brief_event
from service.documents.change import Changed, change_document, told_change
from service.documents.dates import iso_instant
from service.documents.jsontext import JsonObject, dumps, known, splice, splice_fragment
from service.documents.links import timeline_address

MOST_BYTES = 20_000
"""Of a body, above which it carries the event in brief: what Standard Webhooks advises."""
STANDARD, CLOUD = "standard", "cloudevents"
FORMATS = (STANDARD, CLOUD)
"""The envelopes."""
CONTENT_TYPES = {
    STANDARD: "application/json",
    CLOUD: "application/cloudevents+json; charset=utf-8",
}
EVENT, RESET, TEST = "event.", "timeline.reset", "subscription.test"
"""Types: of a change (with its own type behind), of changes that are lost, of a try by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is said to a subscriber: `id` is the same whenever the same is said.

    `at` is when it came to be, in seconds since 1970 UTC; `subject` is the event that it is about.
    """

    id: str
    type: str
    timeline: str
    at: float
    subject: str | None = None


def change_body(
    message: Message, change: Changed, document: str | None, *, form: str = STANDARD
) -> bytes:
    """The body that tells a change; `document` is the stored text of the event after it.

    A body above MOST_BYTES has the event in brief, and says so.
    """
    if document is None:
        return body(message, _data(message, change_document(change, None)), form=form)
    full = body(message, _data(message, told_change(change, message.timeline, document)), form=form)
    if len(full) <= MOST_BYTES:
        return full
    short = told_change(change, message.timeline, brief_event(document))
    return body(message, _data(message, short, {"brief": True}), form=form)


def reset_body(message: Message, revision: int, *, form: str = STANDARD) -> bytes:
    """The body that tells that changes are lost: read the timeline, go on from its revision."""
    here = timeline_address(message.timeline)
    links = {"timeline": here, "changes": f"{here}/changes"}
    said: JsonObject = {"timeline": message.timeline, "revision": revision, "links": links}
    return body(message, dumps(said), form=form)


def trial_body(message: Message, subscription_id: str, *, form: str = STANDARD) -> bytes:
    """The body of a message that was asked for by hand, to see that it arrives."""
    said: JsonObject = {"timeline": message.timeline, "subscription_id": subscription_id}
    return body(message, dumps(said), form=form)


def body(message: Message, data: str, *, form: str = STANDARD) -> bytes:
    """`data`, a ready text, in the envelope `form`."""
    return ENVELOPES[form](message, data).encode()


def _standard(message: Message, data: str) -> str:
    head = dumps({"type": message.type, "timestamp": iso_instant(message.at)})
    return splice_fragment(head, "data", data)


def _cloud_event(message: Message, data: str) -> str:
    """See CloudEvents 1.0.2, sections 3.1 and JSON Event Format 3.1."""
    head = known(
        {
            "specversion": "1.0",
            "id": message.id,
            "source": timeline_address(message.timeline),
            "type": message.type,
            "time": iso_instant(message.at),
            "subject": message.subject,
            "datacontenttype": "application/json",
        }
    )
    return splice_fragment(dumps(head), "data", data)


ENVELOPES: dict[str, Callable[[Message, str], str]] = {STANDARD: _standard, CLOUD: _cloud_event}


def _data(message: Message, change: str, more: JsonObject | None = None) -> str:
    return splice(change, {"timeline": message.timeline, **(more or {})})
