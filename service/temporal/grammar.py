"""Rules over classes of tokens, applied in stages: longest first, in one pass, never twice.

A rule has the name a person would give it ("late <month>"), a pattern over classes and a function
that makes a meaning of the matched items, or refuses with None. Stages build on one another:
counts, units and dates, parts and clock times, ranges. A rule that `gives` nothing swallows what
looks like time and is not ("35 years old").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from service.temporal.algebra import TimeExpr
from service.temporal.interval import Granularity
from service.temporal.lexicon import OTHER, Value
from service.temporal.scanner import Scan, code
from service.temporal.timex import TimexType
from service.temporal.units import Unit

# Names for several classes at once, used in patterns as if they were one.
SETS: dict[str, tuple[str, ...]] = {
    "monthname": ("month", "maymarch", "monthshort", "monthdot"),
    "dayname": ("weekday", "weekdayshort", "weekdaydot"),
    "mday": ("n12", "n31", "ord", "ordinal", "second"),
    "digits": ("n12", "n31", "n99", "n999"),
    "nth": ("ord", "ordinal", "second"),
    "numeral": ("n12", "n31", "n99", "n999", "num", "big", "year"),
    "anyunit": ("unit", "units", "weekend", "quarter", "second", "season"),
    "oneunit": ("unit", "weekend", "quarter", "second"),
    "day": ("Day", "MonthDay", "Weekday", "DayRef"),
    "hyphen": ("dash", "longdash"),
    "plainday": ("n12", "n31"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a matched phrase says before it meets a context.

    `expr` is None for durations, sets and vague references, whose `value` is fixed. `others` are
    further readings, best first; `others_within` drops them when the first is more days ahead. A
    `latent` one counts only with support around it. `ends` are the items at the ends of a range.
    `says` completes "'late December' is ...".
    """

    says: str
    expr: TimeExpr | None = None
    type: TimexType = TimexType.DATE
    value: str | None = None
    mod: str | None = None
    quant: str | None = None
    freq: str | None = None
    implies: TimeExpr | None = None
    others: tuple[TimeExpr, ...] = ()
    others_within: int | None = None
    granularity: Granularity = Granularity.DAY
    latent: bool = False
    confidence: float = 0.95
    ends: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """A counted unit: `count` is digits, a decimal or X for "some"; "a year" is `indefinite`."""

    unit: Unit
    count: str
    indefinite: bool = False
    mod: str | None = None


Kind = TypeVar("Kind")
ItemValue: TypeAlias = "Value | Meaning | Amount | None"


@dataclass(frozen=True, slots=True)
class Item:
    """A token, or what a rule has made of several: tokens [first, until) of the scan."""

    code: str
    first: int
    until: int
    value: ItemValue = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """The items that a rule's pattern covers, and the scan they stand in."""

    items: tuple[Item, ...]
    scan: Scan

    def find(self, name: str) -> Item | None:
        """The first item of the class or set `name`."""
        codes = codes_of(name)
        return next((item for item in self.items if item.code in codes), None)

    def all(self, name: str) -> tuple[Item, ...]:
        """Every item of the class or set `name`, in order."""
        codes = codes_of(name)
        return tuple(item for item in self.items if item.code in codes)

    def has(self, name: str) -> bool:
        """Whether an item of the class or set is there."""
        return self.find(name) is not None

    def value(self, name: str, kind: type[Kind]) -> Kind:
        """The value of the first item of the class; TypeError when the rule expects another."""
        item = self.find(name)
        if item is None or not isinstance(item.value, kind):
            raise TypeError(f"no {kind.__name__} in class '{name}' of '{self.text}'")
        return item.value

    def number(self, name: str) -> int:
        """The whole number that the first item of the class carries."""
        return self.value(name, int)

    def string(self, name: str) -> str:
        """The text that the first item of the class carries."""
        return self.value(name, str)

    def meaning(self, name: str) -> Meaning:
        """The meaning that an earlier stage gave the first item of the class."""
        return self.value(name, Meaning)

    def amount(self, name: str = "Amount") -> Amount:
        """The counted unit that the first item of the class carries."""
        return self.value(name, Amount)

    def before(self) -> str:
        """The word before the match, lower case."""
        return self.scan.word(self.items[0].first - 1)

    def after(self) -> str:
        """The word after the match, lower case."""
        return self.scan.word(self.items[-1].until)

    @property
    def text(self) -> str:
        """The matched text as written."""
        first, last = self.items[0].first, self.items[-1].until - 1
        return self.scan.text[self.scan.starts[first] : self.scan.ends[last]]


Build: TypeAlias = Callable[[Match], "Meaning | Amount | Value | None"]
Builder = TypeVar("Builder", bound=Build)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `gives` is the class of what it makes, None when it swallows."""

    name: str
    pattern: str
    gives: str | None
    build: Build
    compiled: re.Pattern[str]
    first: frozenset[str]


@dataclass(slots=True)
class Rulebook:
    """The rules of one stage, in the order of preference among equally long matches."""

    rules: list[Rule] = field(default_factory=list)
    _by_code: dict[str, tuple[Rule, ...]] = field(default_factory=dict)
    _starts: re.Pattern[str] | None = None

    def rule(self, name: str, pattern: str, gives: str | None) -> Callable[[Builder], Builder]:
        """Register the decorated function as what the rule `name` builds."""

        def register(build: Builder) -> Builder:
            self.add(name, pattern, gives, build)
            return build

        return register

    def add(self, name: str, pattern: str, gives: str | None, build: Build) -> None:
        """Register `build` as what the rule `name` builds."""
        compiled, first = _compiled(pattern)
        self.rules.append(Rule(name, pattern, gives, build, compiled, first))
        self._by_code.clear()
        self._starts = None

    def starting_with(self, char: str) -> tuple[Rule, ...]:
        """The rules whose pattern may start with the class of this code."""
        found = self._by_code.get(char)
        if found is None:
            found = tuple(rule for rule in self.rules if char in rule.first)
            self._by_code[char] = found
        return found

    def next_start(self, codes: str, position: int) -> int:
        """The first place from `position` on where some rule may start; else the end."""
        if self._starts is None:
            starts = sorted(frozenset().union(*(rule.first for rule in self.rules)))
            self._starts = re.compile(f"[{re.escape(''.join(starts))}]")
        found = self._starts.search(codes, position)
        return len(codes) if found is None else found.start()


def codes_of(name: str) -> str:
    """The codes of a class or of all classes of a set."""
    found = _CODES.get(name)
    if found is None:
        found = "".join(code(kind) for kind in SETS.get(name, (name,)))
        _CODES[name] = found
    return found


_CODES: dict[str, str] = {}
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9]*")


def apply(items: Sequence[Item], rules: Rulebook, scan: Scan) -> list[Item]:
    """The items after one stage: what rules match is replaced by what they make."""
    codes = "".join(item.code for item in items)
    made: list[Item] = []
    position = 0
    while position < len(items):
        start = rules.next_start(codes, position)
        made.extend(items[position:start])
        position = start
        if position == len(items):
            break
        found = _longest(items, codes, position, rules, scan)
        if found is None:
            made.append(items[position])
            position += 1
        else:
            item, position = found
            made.append(item)
    return made


def _longest(
    items: Sequence[Item], codes: str, position: int, rules: Rulebook, scan: Scan
) -> tuple[Item, int] | None:
    for end, rule in _matches(codes, position, rules):
        match = Match(tuple(items[position:end]), scan)
        if rule.gives is None:
            if rule.build(match) is None:
                continue
            return _swallowed(match), end
        value = rule.build(match)
        if value is not None:
            first, last = items[position], items[end - 1]
            return Item(code(rule.gives), first.first, last.until, value, rule.name), end
    return None


def _matches(codes: str, position: int, rules: Rulebook) -> Iterator[tuple[int, Rule]]:
    found = [
        (match.end(), rule)
        for rule in rules.starting_with(codes[position])
        if (match := rule.compiled.match(codes, position)) is not None
    ]
    found.sort(key=lambda pair: -pair[0])
    return iter(found)


def _swallowed(match: Match) -> Item:
    return Item(OTHER, match.items[0].first, match.items[-1].until)


def _compiled(pattern: str) -> tuple[re.Pattern[str], frozenset[str]]:
    """The pattern as a regular expression over codes, and the codes it may start with."""
    source = _NAME.sub(lambda match: f"[{codes_of(match.group())}]", pattern).replace(" ", "")
    pieces = [match.group() for match in _PIECES.finditer(pattern)]
    return re.compile(source), _first(pieces)[0]


_PIECES = re.compile(r"[a-zA-Z][a-zA-Z0-9]*|[()|?*+]")


def _first(pieces: list[str]) -> tuple[frozenset[str], bool]:
    """The codes a match may start with, and whether it may be empty; eats to a closing bracket."""
    whole: set[str] = set()
    codes: set[str] = set()
    empty_whole, empty = False, True
    while pieces and pieces[0] != ")":
        piece = pieces.pop(0)
        if piece == "|":
            whole |= codes
            empty_whole = empty_whole or empty
            codes, empty = set(), True
            continue
        start, optional = _element(piece, pieces)
        codes |= start if empty else set()
        empty = empty and optional
    return frozenset(whole | codes), empty_whole or empty


def _element(piece: str, pieces: list[str]) -> tuple[frozenset[str], bool]:
    if piece == "(":
        start, optional = _first(pieces)
        pieces.pop(0)
    else:
        start, optional = frozenset(codes_of(piece)), False
    if pieces and pieces[0] in "?*+":
        optional = pieces.pop(0) != "+" or optional
    return start, optional
