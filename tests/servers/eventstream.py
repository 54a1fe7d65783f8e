"""Reading an event stream as the HTML Living Standard says (section 9.2, server-sent events).

Written from the standard alone, so that it is a second opinion on what our server writes.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Frame:
    """An event as a page would get it."""

    id: str
    event: str
    data: str


@dataclass
class EventStream:
    """One stream, read piece by piece; `comments` counts heartbeats."""

    last_event_id: str = ""
    retry: int | None = None
    comments: int = 0
    _decoder: codecs.IncrementalDecoder = field(
        default_factory=lambda: codecs.getincrementaldecoder("utf-8")("replace")
    )
    _left: str = ""
    _begun: bool = False
    _data: list[str] = field(default_factory=list)
    _event: str = ""
    _id: str | None = None

    def feed(self, piece: bytes) -> Iterator[Frame]:
        """The events that `piece` completes."""
        for line in self._lines(self._decoder.decode(piece)):
            found = self._read_line(line)
            if found is not None:
                yield found

    def _lines(self, text: str) -> Iterator[str]:
        if not self._begun and text:
            self._begun = True
            text = text.removeprefix("\ufeff")
        self._left += text
        while (end := _end_of_line(self._left)) is not None:
            at, length = end
            line, self._left = self._left[:at], self._left[at + length :]
            yield line

    def _read_line(self, line: str) -> Frame | None:
        if not line:
            return self._dispatch()
        name, _, value = line.partition(":")
        self._take(name, value.removeprefix(" "))
        return None

    def _take(self, name: str, value: str) -> None:
        match name:
            case "":
                self.comments += 1
            case "data":
                self._data.append(value)
            case "event":
                self._event = value
            case "id" if "\0" not in value:
                self._id = value
            case "retry" if value.isascii() and value.isdigit():
                self.retry = int(value)

    def _dispatch(self) -> Frame | None:
        if self._id is not None:
            self.last_event_id = self._id
        data, event = self._data, self._event
        self._data, self._event = [], ""
        if not data:
            return None
        return Frame(self.last_event_id, event or "message", "\n".join(data))


def _end_of_line(text: str) -> tuple[int, int] | None:
    """Where the first line ends, and how long its end is; a CR at the end may be half of CRLF."""
    found = [at for at in (text.find("\r"), text.find("\n")) if at >= 0]
    if not found:
        return None
    at = min(found)
    if text[at] == "\r":
        if at + 1 == len(text):
            return None
        return at, 2 if text[at + 1] == "\n" else 1
    return at, 1
