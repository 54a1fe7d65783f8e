"""Rules over classes of tokens, applied in stages: longest first, in one pass, never twice.

A rule has the name a person would give it ("late <month>"), a pattern over classes and a function
that makes a meaning of the matched items, or refuses with None. Stages build on one another:
counts, units and dates, parts and clock times, ranges. A rule that `gives` nothing swallows what
looks like time and is not ("35 years old").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple, TypeAlias, TypeVar

from service.temporal.algebra import TimeExpr
from service.temporal.interval import Granularity
from service.temporal.lexicon import OTHER, Value
from service.temporal.patterns import NAME, openings
from service.temporal.scanner import EVERY_CODE, Scan, code
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


class Item(NamedTuple):
    """A token, or what a rule has made of several: tokens [first, until) of the scan.

    A tuple, since there is one a token and a dataclass takes thrice as long to make.
    """

    code: str
    first: int
    until: int
    value: ItemValue = None
    rule: str = ""


class Match(NamedTuple):
    """The items that a rule's pattern covers, and the scan they stand in."""

    items: tuple[Item, ...]
    scan: Scan

    def find(self, name: str) -> Item | None:
        """The first item of the class or set `name`."""
        codes = codes_of(name)
        for item in self.items:
            if item.code in codes:
                return item
        return None

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


@dataclass(frozen=True)
class Rule:
    """One rule; `gives` is the class of what it makes, None when it swallows."""

    name: str
    pattern: str
    gives: str | None
    build: Build

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern as a regular expression over codes; most texts need few of them."""
        source = NAME.sub(lambda match: f"[{codes_of(match.group())}]", self.pattern)
        return re.compile(source.replace(" ", ""))

    @cached_property
    def openings(self) -> tuple[tuple[str, str], ...]:
        """First codes of the matches, and the second ones that may stand after them."""
        return _openings(self.pattern)

    def opens(self, codes: str) -> bool:
        """Whether a match may begin with these one or two codes."""
        first, second = codes[0], codes[1:]
        return any(first in firsts and second in seconds for firsts, seconds in self.openings)


@dataclass(slots=True)
class Rulebook:
    """The rules of one stage, in the order of preference among equally long matches."""

    rules: list[Rule] = field(default_factory=list)
    _hopeful: Hopeful = field(init=False)

    def __post_init__(self) -> None:
        self._hopeful = Hopeful(self.rules)

    def rule(self, name: str, pattern: str, gives: str | None) -> Callable[[Builder], Builder]:
        """Register the decorated function as what the rule `name` builds."""

        def register(build: Builder) -> Builder:
            self.add(name, pattern, gives, build)
            return build

        return register

    def add(self, name: str, pattern: str, gives: str | None, build: Build) -> None:
        """Register `build` as what the rule `name` builds."""
        self.rules.append(Rule(name, pattern, gives, build))
        self._hopeful = Hopeful(self.rules)

    def hopes(self, pairs: Sequence[str]) -> list[tuple[int, tuple[Rule, ...]]]:
        """The places where a rule may match, and which ones may; `pairs` as `_pairs` gives them."""
        hopeful = self._hopeful
        if hopeful.none.issuperset(pairs):
            return []
        return [(at, rules) for at, pair in enumerate(pairs) if (rules := hopeful[pair])]


class Hopeful(dict[str, tuple[Rule, ...]]):
    """The rules whose matches may begin with one or two codes, found when first asked for.

    `none` are the codes that were asked for and begin no match.
    """

    def __init__(self, rules: list[Rule]) -> None:
        super().__init__()
        self._rules = rules
        self.none: set[str] = set()

    def __missing__(self, codes: str) -> tuple[Rule, ...]:
        wider = self._by_first.get(codes[0], ())
        found = self[codes] = tuple(rule for rule in wider if rule.opens(codes))
        if not found:
            self.none.add(codes)
        return found

    @cached_property
    def _by_first(self) -> dict[str, list[Rule]]:
        """The rules by the first code of their matches, in their order."""
        found: dict[str, list[Rule]] = {}
        for rule in self._rules:
            for first in {char for firsts, _ in rule.openings for char in firsts}:
                found.setdefault(first, []).append(rule)
        return found


def codes_of(name: str) -> str:
    """The codes of a class or of all classes of a set."""
    found = _CODES.get(name)
    if found is None:
        found = "".join(code(kind) for kind in SETS.get(name, (name,)))
        _CODES[name] = found
    return found


_CODES: dict[str, str] = {}


def apply(items: Sequence[Item], stages: Sequence[Rulebook], scan: Scan) -> list[Item]:
    """The items after all stages: what rules match is replaced by what they make."""
    made = list(items)
    codes = "".join([item.code for item in made])
    pairs = _pairs(codes)
    for rules in stages:
        hopes = rules.hopes(pairs)
        if hopes and (changed := _replaced(made, codes, hopes, scan)):
            made = changed
            codes = "".join([item.code for item in made])
            pairs = _pairs(codes)
    return made


def _pairs(codes: str) -> list[str]:
    """Each code with the one after it; the last one alone."""
    return [codes[at : at + 2] for at in range(len(codes))]


def _replaced(
    items: list[Item], codes: str, hopes: list[tuple[int, tuple[Rule, ...]]], scan: Scan
) -> list[Item]:
    """The items after one stage; nothing when no rule takes any."""
    made: list[Item] = []
    done = 0
    for position, hopeful in hopes:
        if position < done:
            continue
        found = _longest(items, codes, position, hopeful, scan)
        if found is not None:
            item, end = found
            made += *items[done:position], item
            done = end
    return [*made, *items[done:]] if made else made


def _longest(
    items: Sequence[Item], codes: str, position: int, rules: Sequence[Rule], scan: Scan
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


def _matches(codes: str, position: int, rules: Sequence[Rule]) -> list[tuple[int, Rule]]:
    """Where the match of each rule ends, the longest first."""
    found = [
        (match.end(), rule)
        for rule in rules
        if (match := rule.compiled.match(codes, position)) is not None
    ]
    if len(found) > 1:
        found.sort(key=itemgetter(0), reverse=True)  # stable: equally long ones keep their order
    return found


def _swallowed(match: Match) -> Item:
    return Item(OTHER, match.items[0].first, match.items[-1].until)


def _openings(pattern: str) -> tuple[tuple[str, str], ...]:
    """First codes of the matches, and the second ones that may stand after them."""
    after: dict[str, str] = {}
    for first, *second in sorted(openings(pattern)):
        following = codes_of(second[0]) if second else EVERY_CODE
        after[first] = after.get(first, "") + following
    before: dict[str, str] = {}
    for first, following in after.items():
        before[following] = before.get(following, "") + codes_of(first)
    return tuple((firsts, seconds) for seconds, firsts in before.items())
