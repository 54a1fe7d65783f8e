"""Server-Sent Events as text (HTML standard, section 9.2): changes, resets and heartbeats.

Each frame has one line a field; JSON text holds no line ends.
"""

from __future__ import annotations

from service.api.updates.window import Frame
from service.api.wire.addresses import reset_links
from service.documents.jsontext import dumps

RETRY_MILLISECONDS = 2_000
"""After which a browser comes back when its connection ended."""
BEAT = b":\n\n"
"""A comment, which clients pass over."""


def opening(position: int) -> bytes:
    """How a stream begins; whoever is cut off before the first change goes on from `position`."""
    return f"retry: {RETRY_MILLISECONDS}\n{_position(position)}".encode()


def change_frame(revision: int, kind: str, document: str) -> Frame:
    """A change whose ready text is `document`."""
    return Frame(revision, _event(revision, kind, document))


def reset(timeline: str, revision: int) -> bytes:
    """That what is missing cannot be told: the timeline is to be read anew."""
    said = dumps({"timeline": timeline, "revision": revision, "links": reset_links(timeline)})
    return _event(revision, "reset", said)


def beat(position: int, told: int) -> bytes:
    """A sign of life, which moves a client that knows `told` on to `position`."""
    return BEAT if position == told else _position(position).encode()


def _event(revision: int, kind: str, data: str) -> bytes:
    return f"id: {revision}\nevent: {kind}\ndata: {data}\n\n".encode()


def _position(revision: int) -> str:
    """An id without data: clients remember it and tell nobody."""
    return f"id: {revision}\n\n"
