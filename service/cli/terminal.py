"""How text meets a terminal: its width, its colours, its glyphs, and what must never reach it."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

STYLES: Mapping[str, str] = {
    "strong": "1",
    "faint": "2",
    "source": "34",
    "heading": "1;34",
    "date": "36",
    "good": "32",
    "warning": "33",
    "bad": "31",
}
PLAIN_GLYPHS = str.maketrans(
    {"─": "-", "│": "|", "●": "*", "○": "o", "·": "-", "…": "...", "“": '"', "”": '"', "–": "-"}
)
"""Our own glyphs in ASCII, for terminals that know no other."""

NARROWEST, WIDEST = 40, 110
"""Columns that a page of ours may take; longer lines are hard to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """What the place we print to can show: columns, colours, and signs beyond ASCII."""

    width: int = 80
    colour: bool = False
    unicode: bool = True

    def paint(self, text: str, style: str) -> str:
        """The text in one of STYLES where colours are shown, else as it is."""
        return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if self.colour and text else text

    def glyph(self, sign: str) -> str:
        """A sign of ours, or what stands for it in ASCII."""
        return sign if self.unicode else sign.translate(PLAIN_GLYPHS)


def terminal_of(stream: TextIO, environ: Mapping[str, str], width: int | None = None) -> Terminal:
    """The terminal behind `stream`; `width` overrules what it says. Pipes get 80 columns, plain.

    NO_COLOR (https://no-color.org) and TERM=dumb switch colours off.
    """
    shown = stream.isatty()
    columns = width or shutil.get_terminal_size((80, 24)).columns
    plain = environ.get("NO_COLOR") or environ.get("TERM") == "dumb"
    return Terminal(
        width=max(NARROWEST, columns if width else min(columns, WIDEST)),
        colour=shown and not plain,
        unicode=_can_show(stream, "─│●○·…“”–"),
    )


def clean(text: object) -> str:
    """The text on one line without control, format and surrogate characters.

    Articles come from strangers: an escape sequence or a direction override in a quote must not
    reach the terminal. Joiners stay, for Persian and Indic words need them.
    """
    kept = (
        each
        for each in str(text)
        if each in "\u200c\u200d\n\t" or unicodedata.category(each) not in {"Cc", "Cf", "Cs"}
    )
    return " ".join("".join(kept).split())


def columns(text: str) -> int:
    """Columns that the text takes: two for wide East Asian signs, none for combining marks."""
    return sum(map(_columns_of, text))


def wrap(text: str, width: int) -> tuple[str, ...]:
    """The words of `text` in lines of at most `width` columns; a longer word stands alone."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and columns(longer) > width:
            lines.append(line)
            longer = word
        line = longer
    return (*lines, line) if line else tuple(lines)


def shorten(text: str, width: int) -> str:
    """The text cut at a word with an ellipsis when it takes more than `width` columns."""
    if columns(text) <= width:
        return text
    kept = wrap(text, width - 1)[0]
    return f"{kept.rstrip(' ,;:.')}…" if columns(kept) < width else kept[: width - 1] + "…"


def _columns_of(sign: str) -> int:
    if unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in {"W", "F"} else 1


def _can_show(stream: TextIO, signs: str) -> bool:
    try:
        signs.encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
