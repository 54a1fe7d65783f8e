"""Drafts of mentions of a Persian sentence: its clauses that tell something, each with its dates.

They are the drafts of `workers.telling.drafts`, over a tree that knows words and no relations, so
that the dating ladder reads them like those of an English sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from service.temporal.interval import Granularity
from service.temporal.timex import Resolution
from service.timeline.model import Certainty, Kind, Status
from workers.grammar.clauses import Clause, Role, noun_clause
from workers.grammar.trees import Node, Tense, Tree, grow
from workers.persian.clauses import Part, reporter_of
from workers.persian.dates import own_dates, usable
from workers.persian.parsed import Parsed
from workers.persian.sayers import find_sources, sayers
from workers.persian.tells import is_passive, read_noun, read_part
from workers.persian.wordlists import trigger_words
from workers.persian.words import Word
from workers.telling.drafts import Draft
from workers.telling.nominal import sentence_draft
from workers.telling.openings import OPENING
from workers.telling.told import Told
from workers.text.layout import Role as BlockRole

HARM = frozenset(
    {
        *("kill", "die", "wound", "bomb", "attack", "burn", "collapse", "shoot", "crash", "quake"),
        *("flood", "storm", ""),
    }
)
"""Classes that one happening has together: "killed 23 and injured 140"."""

_MARKERS = {"when": "when", "after": "after", "before": "before", "since": "since"}


def read_drafts(parsed: Parsed) -> tuple[Draft, ...]:
    """The drafts of one sentence, in the order of their verbs."""
    words, parts, telling = parsed.words, parsed.parts, parsed.telling
    if not words or words[-1].key == "?":
        return ()
    dates = [each for each in telling.resolutions if usable(each, words)]
    if not parts:
        return _by_noun(parsed, dates)
    own = own_dates(words, parts, dates)
    told = [read_part(words, part) for part in parts]
    leads = telling.leads
    opens = [_opens(parts, at, told, own, leads=leads) for at in range(len(parts))]
    tree = _tree(words, parts)
    return tuple(
        _draft(parsed, tree, at, told=said, own=own, opens=opens)
        for at, said in enumerate(told)
        if said is not None and opens[at]
    )


def _by_noun(parsed: Parsed, dates: Sequence[Resolution]) -> tuple[Draft, ...]:
    telling = parsed.telling
    told = read_noun(parsed.words, is_headline=telling.role is BlockRole.HEADLINE)
    if told is None:
        return ()
    tree = _tree(parsed.words, ())
    return (sentence_draft(telling, tree, noun_clause(tree, 0), told, dates),)


def _opens(
    parts: Sequence[Part],
    at: int,
    told: Sequence[Told | None],
    own: Sequence[Sequence[Resolution]],
    *,
    leads: bool,
) -> bool:
    """Whether the clause is a mention by itself.

    What no list knows is one where it leads or names its day; else it may be talk or background.
    """
    mine, part = told[at], parts[at]
    if mine is None:
        return False
    if own[at]:
        return True
    above = None if part.parent is None else told[part.parent]
    if part.role is Role.COORDINATE and above is not None:
        coarse = any(each.granularity > Granularity.DAY for each in own[part.parent or 0])
        if coarse or _is_one_act(mine, above):
            return False
    unknown = not mine.trigger_class and mine.kind is Kind.HAPPENING and not leads
    if unknown and (part.verb.tense is not Tense.PAST or reporter_of(parts, at) is not None):
        return False
    return mine.strong and part.role in OPENING


def _is_one_act(mine: Told, above: Told) -> bool:
    if (mine.kind, mine.status) != (above.kind, above.status) or mine.kind is Kind.STATEMENT:
        return False
    same = mine.trigger_class in {"", above.trigger_class}
    return same or {mine.trigger_class, above.trigger_class} <= HARM


def _draft(
    parsed: Parsed,
    tree: Tree,
    at: int,
    *,
    told: Told,
    own: Sequence[tuple[Resolution, ...]],
    opens: Sequence[bool],
) -> Draft:
    words, parts, telling = parsed.words, parsed.parts, parsed.telling
    part = parts[at]
    reporter = reporter_of(parts, at)
    said = own[reporter] if reporter is not None else ()
    relays = part.trigger.relays is not None
    relayed, mine = _relayed(words, part, own[at])
    members = [at, *_going_on(parts, at, opens)]
    inside = _inside(words, parts, members)
    denied = reporter is not None and parts[reporter].trigger.denies
    ahead = any(_is_ahead(each, parsed) for each in mine)
    if relays and ahead:
        told = replace(told, kind=Kind.PLANNED, status=Status.PLANNED)
    labels = replace(told, opens=False) if denied else told
    undated = telling.role is BlockRole.CAPTION and not own[at]
    clause = _clause(parts, at, inside)
    return Draft(
        telling=telling,
        tree=tree,
        clause=clause,
        told=replace(labels, opens=False) if undated else labels,
        certainty=_certainty(parsed, at, reporter, denied=denied),
        start=clause.start,
        end=clause.end,
        own=(*mine, *(each for member in members[1:] for each in own[member])),
        said_on=next(iter((*relayed, *said)), None),
        sayers=_sayers(parsed, at),
        background=part.verb.background,
        main=part.role is Role.MAIN or (part.role is Role.REPORTED and reporter is not None),
        speaks=told.kind is Kind.STATEMENT,
        number=at,
        under=part.parent,
        joint=_MARKERS.get(part.marker, ""),
    )


def _is_ahead(date: Resolution, parsed: Parsed) -> bool:
    first = None if date.interval is None else date.interval.first_day
    return first is not None and first > parsed.published


def _relayed(
    words: Sequence[Word], part: Part, dates: Sequence[Resolution]
) -> tuple[tuple[Resolution, ...], tuple[Resolution, ...]]:
    """The days on which somebody told of an event, and those of what is told."""
    if part.trigger.relays is None:
        return (), tuple(dates)
    begins = words[part.trigger.relays].start
    said = tuple(each for each in dates if each.span.start < begins)
    return said, tuple(each for each in dates if each not in said)


def _going_on(parts: Sequence[Part], at: int, opens: Sequence[bool]) -> list[int]:
    """The coordinated clauses that only go on telling."""
    found: list[int] = []
    for number in range(at + 1, len(parts)):
        each = parts[number]
        if opens[number] or each.role is not Role.COORDINATE or each.parent != number - 1:
            break
        found.append(number)
    return found


def _inside(words: Sequence[Word], parts: Sequence[Part], members: Sequence[int]) -> list[Word]:
    """The words of these clauses without marks at their ends."""
    every = sorted({at for member in members for at in parts[member].words})
    told = [words[at] for at in every]
    while len(told) > 1 and told[-1].is_mark:
        told.pop()
    while len(told) > 1 and told[0].is_mark:
        told.pop(0)
    return told


def _certainty(parsed: Parsed, at: int, reporter: int | None, *, denied: bool) -> Certainty:
    saying = trigger_words().saying
    if denied:
        return Certainty.DENIED
    keys = " ".join(each.key for each in parsed.words)
    alleged = any(f" {each} " in f" {keys} " for each in saying["alleged_by"])
    if alleged or (reporter is not None and parsed.parts[reporter].trigger.alleges):
        return Certainty.ALLEGED
    told = reporter is not None or _sayers(parsed, at)
    source = next(find_sources(parsed.words), None)
    return Certainty.REPORTED if told or (source and not _is_own(parsed)) else Certainty.ASSERTED


def _sayers(parsed: Parsed, at: int) -> tuple[str, ...]:
    found = sayers(parsed.text, parsed.words, parsed.parts, at, parsed.dated)
    return tuple(each for each in found if not _is_publisher(parsed, each))


def _is_own(parsed: Parsed) -> bool:
    """Whether the sources of the sentence are the outlet itself."""
    named = [
        " ".join(parsed.words[at].text for at in name) for _, name in find_sources(parsed.words)
    ]
    return all(_is_publisher(parsed, each) for each in named)


def _is_publisher(parsed: Parsed, name: str) -> bool:
    last = name.rpartition(" ")[2]
    return bool(last) and last in parsed.publisher.split()


def _tree(words: Sequence[Word], parts: Sequence[Part]) -> Tree:
    """The words as a tree without relations: all hang on the last verb."""
    root = parts[-1].verb.until - 1 if parts else 0
    return grow(
        [
            Node(
                text=each.text,
                start=each.start,
                end=each.end,
                tag="",
                pos="X",
                lemma=each.key,
                head=root,
                relation="dep",
            )
            for each in words
        ]
    )


def _clause(parts: Sequence[Part], at: int, inside: Sequence[Word]) -> Clause:
    part = parts[at]
    return Clause(
        head=part.verb.until - 1,
        words=part.words,
        start=inside[0].start,
        end=inside[-1].end,
        role=part.role,
        parent=part.parent,
        verb=part.trigger.lemma,
        tense=part.verb.tense,
        progressive=part.verb.habitual,
        passive=is_passive(part),
        negated=part.verb.negated,
        modal=part.verb.mode,
        marker=part.marker,
        subject=None,
        objects=(),
        agents=(),
    )
