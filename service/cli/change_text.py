"""Change documents (API.md) as lines of text: when, which revision, what became of which event."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from service.cli.terminal import Terminal, clean, shorten

Document = Mapping[str, Any]

WORDS: Mapping[str, tuple[str, str]] = {
    "created": ("new", "good"),
    "updated": ("changed", "warning"),
    "merged": ("merged", "source"),
    "split": ("split", "source"),
    "removed": ("gone", "bad"),
    "left": ("left", "bad"),
}
"""The type of a change in a word for people, and its style."""
MOST_NAMES = 10_000
"""Headlines that are remembered, to name events whose end comes without one."""


class ChangeLines:
    """Makes the lines, each of at most `columns` (None: as long as it is)."""

    def __init__(self, terminal: Terminal, columns: int | None) -> None:
        self._terminal = terminal
        self._columns = columns
        self._names: OrderedDict[str, str] = OrderedDict()

    def line(self, change: Document) -> str:
        """The line of one change; call it for each, in order."""
        kind = str(change.get("type", ""))
        word, style = WORDS.get(kind, (clean(kind), "faint"))
        head = f"{_time(change)}  {change.get('revision', ''):>5}  "
        room = None if self._columns is None else self._columns - len(head) - 9
        said = self._said(change)
        if room is not None:
            said = self._terminal.glyph(shorten(said, max(room, 8)))
        paint = self._terminal.paint
        return f"{paint(head, 'faint')}{paint(f'{word:7}', style)}  {said}"

    def _said(self, change: Document) -> str:
        event, kind = change.get("event"), change.get("type")
        if isinstance(event, Mapping):
            self._remember(event)
            date = event.get("date", {})
            when = clean(date.get("display", date.get("edtf", "no date")))
            named = f"{when}: {self._name(change.get('event_id'))}"
        else:
            named = self._name(change.get("event_id"))
        into = "; ".join(self._name(each) for each in change.get("into", ()))
        fields = ", ".join(clean(each).replace("_", " ") for each in change.get("fields", ()))
        notes = (
            f" -> {into}" if into else "",
            f" ({fields})" if fields and kind == "updated" else "",
            " (its words were erased)" if change.get("erased") else "",
        )
        return named + "".join(notes)

    def _remember(self, event: Document) -> None:
        name = str(event.get("id", ""))
        self._names[name] = clean(event.get("headline", ""))
        self._names.move_to_end(name)
        if len(self._names) > MOST_NAMES:
            self._names.popitem(last=False)

    def _name(self, event_id: object) -> str:
        """The headline of an event as far as it was told here, else its id."""
        return self._names.get(str(event_id)) or clean(event_id)


def _time(change: Document) -> str:
    """When it was committed, by the clock of this machine."""
    try:
        at = datetime.fromisoformat(str(change.get("at", ""))).astimezone()
    except ValueError:
        return " " * 19
    return at.strftime("%Y-%m-%d %H:%M:%S")
