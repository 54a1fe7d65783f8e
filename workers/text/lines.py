"""The lines of an article and what their form says, in any outlet's style."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

ENDINGS = frozenset(".!?…:؟۔。！？।")
CLOSERS = "”’»)]}\"'」』 "

_ASIDE = re.compile(r"(?<=\s)\([^()]*\)$")
_WORD = re.compile(r"\w+(?:[’'.]\w+)*")
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]")
_BREAKS = re.compile(r"[.!?؟۔][”’\"')\]]*\s+[“‘\"'(]?[^\W\d_]")
_LINKING = frozenset(
    {
        *("a", "an", "and", "as", "at", "by", "de", "del", "en", "for", "from", "in", "la", "le"),
        *("of", "on", "or", "over", "per", "the", "to", "up", "via", "von", "vs", "with"),
    }
)


@dataclass(frozen=True)
class Line:
    """One paragraph of the text as posted, at code points [start, end)."""

    start: int
    end: int
    text: str

    @cached_property
    def folded(self) -> str:
        """Its words without case and marks, by which copies and slugs are known."""
        return fold(self.text)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words as written."""
        return tuple(_WORD.findall(self.text))

    @cached_property
    def size(self) -> int:
        """Its length in words; two characters of a script without spaces count as one."""
        return len(self.words) + len(UNSPACED.findall(self.text)) // 2

    @property
    def is_closed(self) -> bool:
        """Whether it ends as sentences end, an aside in brackets apart."""
        bare = _ASIDE.sub("", self.text) or self.text
        return bare.rstrip(CLOSERS)[-1:] in ENDINGS and bool(self.words)

    @property
    def is_body(self) -> bool:
        """Whether it is running text beyond doubt: sentences, or one that is long enough."""
        return self.is_closed and (self.size > 12 or bool(_BREAKS.search(self.text)))

    @property
    def is_slug(self) -> bool:
        """`a-line-like-this-one`: four words or more, no space, no capital."""
        spaced = any(character.isspace() for character in self.text)
        return not spaced and self.text.count("-") >= 3 and self.text == self.text.lower()

    @property
    def is_titled(self) -> bool:
        """Whether its words have capitals as in a title, small linking words apart."""
        heavy = [word for word in self.words if word.lower() not in _LINKING]
        return bool(heavy) and all(not word[0].islower() for word in heavy)


def fold(text: str) -> str:
    """The words of `text` without case and marks, one space between them."""
    return " ".join(re.findall(r"\w+", text.casefold()))
