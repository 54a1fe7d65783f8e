"""Server-Sent Events as values (HTML standard, section 9.2.6): lines in, frames out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One frame. `data` is None where there is none: then it only says where the stream is.

    `id` is as in this frame, None when it has none; `retry` is in milliseconds.
    """

    id: str | None
    event: str
    data: str | None
    retry: int | None


def read_frames(lines: Iterable[bytes]) -> Iterator[Frame]:
    """The frames as they end; one that is cut off is dropped, and comments are passed over."""
    fields: dict[str, list[str]] = {}
    for line in lines:
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if not text:
            if fields:
                yield _frame(fields)
            fields = {}
        elif not text.startswith(":"):
            name, _, value = text.partition(":")
            fields.setdefault(name, []).append(value.removeprefix(" "))


def _frame(fields: dict[str, list[str]]) -> Frame:
    retry = fields.get("retry", [""])[-1]
    data = fields.get("data")
    return Frame(
        id=fields["id"][-1] if "id" in fields else None,
        event=fields.get("event", ["message"])[-1],
        data=None if data is None else "\n".join(data),
        retry=int(retry) if retry.isascii() and retry.isdigit() else None,
    )
