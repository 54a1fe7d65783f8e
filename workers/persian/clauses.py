"""Clauses of a Persian sentence by its verbs, conjunctions and marks.

A finite verb ends its clause. "Ke" opens what is said behind a verb of saying, a relative clause
behind a noun, and belongs to conjunctions such as "pas az an ke".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from workers.grammar.clauses import Role
from workers.persian.triggers import Trigger, read_trigger
from workers.persian.verbs import Verb, find_verbs
from workers.persian.wordlists import verb_words
from workers.persian.words import Word, phrases

LONGEST_JOINT = 5
"""Words of a conjunction."""

_THAT = "که"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One clause: the indexes of its words, its verb and what that tells.

    `marker` is the name of its conjunction in `verbs_fa.toml`, "that" for a relative clause, empty
    without one. `parent` is an index of the sentence's clauses: who says it, or what it belongs to.
    """

    words: tuple[int, ...]
    verb: Verb
    trigger: Trigger
    role: Role
    marker: str
    parent: int | None


@dataclass(slots=True)
class _Open:
    """A clause whose verb is still to come."""

    role: Role
    marker: str = ""
    parent: int | None = None
    words: list[int] = field(default_factory=list)
    decided: bool = False


def read_parts(words: Sequence[Word]) -> tuple[Part, ...]:
    """The clauses in the order of their verbs; none for a sentence without a verb."""
    reader = _Reader(words)
    at = 0
    while at < len(words):
        at = reader.step(at)
    return reader.finish()


class _Reader:
    """The clauses closed so far, and those that are open, the innermost last."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self._verbs = {verb.first: verb for verb in find_verbs(words)}
        self._closed: list[Part] = []
        self._open = [_Open(Role.MAIN, decided=True)]

    def step(self, at: int) -> int:
        """Read the word at this index; where to go on."""
        verb = self._verbs.get(at)
        if verb is not None:
            self._close(verb)
            return verb.until
        if self._words[at].key == _THAT:
            self._that(at)
            return at + 1
        if not self._has_content():
            return self._begin(at)
        self._open[-1].words.append(at)
        return at + 1

    def finish(self) -> tuple[Part, ...]:
        """All clauses; what stands behind the last verb belongs to it."""
        rest = [at for each in self._open for at in each.words]
        if self._closed and rest:
            last = self._closed[-1]
            self._closed[-1] = replace(last, words=tuple(sorted({*last.words, *rest})))
        return tuple(self._with_parent(at, each) for at, each in enumerate(self._closed))

    def _close(self, verb: Verb) -> None:
        here = self._open.pop()
        own = [*here.words, *range(verb.first, verb.until)]
        trigger = read_trigger(self._words, verb, here.words)
        part = Part(
            words=tuple(own),
            verb=verb,
            trigger=trigger,
            role=here.role,
            marker=here.marker,
            parent=here.parent,
        )
        self._closed.append(part)
        if not self._open:
            last = len(self._closed) - 1
            role = Role.MAIN if here.role is Role.SUBORDINATE else Role.COORDINATE
            self._open.append(_Open(role, parent=None if role is Role.MAIN else last))

    def _has_content(self) -> bool:
        return any(not self._words[at].is_mark for at in self._open[-1].words)

    def _begin(self, at: int) -> int:
        """The first word of a clause: a conjunction, a mark, or what is said."""
        here, word = self._open[-1], self._words[at]
        for phrase, until in phrases(self._words, at, LONGEST_JOINT):
            name = verb_words().joints.get(phrase)
            if name is None or (name == "so" and not self._closed):
                continue
            here.decided = True
            if name != "and":
                here.role, here.marker = Role.SUBORDINATE, name
            return until
        if self._says() and not here.decided and word.key != ",":
            here.role, here.parent, here.decided = Role.REPORTED, len(self._closed) - 1, True
        here.words.append(at)
        here.decided = here.decided or not word.is_mark
        return at + 1

    def _says(self) -> bool:
        """Whether the clause that was closed last says what follows."""
        return bool(self._closed) and bool(self._closed[-1].trigger.saying)

    def _that(self, at: int) -> None:
        here = self._open[-1]
        if not self._has_content() and self._closed:
            reported = self._says() and len(self._open) == 1
            here.role = Role.REPORTED if reported else Role.RELATIVE
            here.marker, here.parent, here.decided = "that", len(self._closed) - 1, True
            return
        name = self._joint_before(at)
        if name:
            here.role, here.marker = Role.SUBORDINATE, name
            return
        self._open.append(_Open(Role.RELATIVE, marker="that", decided=True))

    def _joint_before(self, at: int) -> str:
        """The conjunction that this "ke" ends, further on in its clause: ", dar hali ke"."""
        for size in range(1, LONGEST_JOINT):
            first = at - size
            if first < 0:
                break
            phrase = " ".join(each.key for each in self._words[first : at + 1])
            if phrase in verb_words().joints:
                return verb_words().joints[phrase]
        return ""

    def _with_parent(self, at: int, part: Part) -> Part:
        """A clause before the one that it belongs to knows it now."""
        if part.parent is not None or part.role is Role.MAIN:
            return part
        later = (
            number
            for number in range(at + 1, len(self._closed))
            if self._closed[number].role is not Role.RELATIVE
        )
        found = next(later, at - 1 if at else None)
        return replace(part, parent=found)


def reporter_of(parts: Sequence[Part], at: int) -> int | None:
    """The clause that says what this one tells, also of a second thing that is said."""
    for _ in range(len(parts)):
        part = parts[at]
        if part.role is Role.REPORTED:
            return part.parent
        goes_on = part.role in {Role.COORDINATE, Role.RELATIVE, Role.SUBORDINATE}
        if not goes_on or part.parent is None or part.trigger.saying:
            return None
        at = part.parent
    return None
