"""Drafts of mentions: the clauses of a sentence that tell something, each with its own dates.

A clause that opens no mention of its own (an infinitive, an undated subordinate or relative
clause) belongs to the mention of the clause above it, with its dates. What is said under a verb of
saying is a draft of its own, and knows the day on which it was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.temporal.timex import Resolution
from service.timeline.model import Certainty, Kind
from workers.grammar.clauses import Clause, Role, noun_phrase, read_clauses
from workers.grammar.trees import Tense, Tree
from workers.lexicon import cues
from workers.lexicon.triggers import Triggers
from workers.telling.openings import only_joins, only_links, opens_at_last, opens_mention
from workers.telling.owndates import dates_by_clause, is_unproven
from workers.telling.phrases import phrased
from workers.telling.sayers import reporter_of, sayers
from workers.telling.slots import usable_dates
from workers.telling.tellings import Telling
from workers.telling.tells import read_clause
from workers.telling.told import Sentence, Told
from workers.telling.triggering import is_particular
from workers.telling.undone import UNDONE, is_denied, revised, sets_time
from workers.text.layout import Role as BlockRole

NO_CLAUSE = -1
"""The number of what is told by less than a clause: by a noun, or with a verb of another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One thing that a sentence tells, at [start, end) of the text.

    `own` are the usable expressions of its clauses, `said_on` the one of the clause that reports
    it. `background` is true in the pluperfect. `sayers` are who says so, nearest
    first, as written. `speaks` is true when its subject is somebody in particular: a name, "the
    group", "its leader". `number` is that of its clause in the sentence, `under` that of the clause
    it belongs to. `waits` are the expressions that are told from an event ("during the protests").
    `words` are the nodes of its clauses, `nouns` those of its subject and objects, and `joint` is
    the word that joins it to the clause `above`.
    """

    telling: Telling
    tree: Tree
    clause: Clause
    told: Told
    start: int
    end: int
    own: tuple[Resolution, ...] = ()
    certainty: Certainty = Certainty.ASSERTED
    said_on: Resolution | None = None
    sayers: tuple[str, ...] = ()
    background: bool = False
    main: bool = False
    speaks: bool = False
    number: int = NO_CLAUSE
    under: int | None = None
    waits: tuple[Resolution, ...] = ()
    words: tuple[int, ...] = ()
    nouns: tuple[int, ...] = ()
    joint: str = ""
    above: Clause | None = None


def read_drafts(telling: Telling, tree: Tree, table: Triggers) -> tuple[Draft, ...]:
    """The drafts of the clauses of one sentence, in the order of their heads."""
    if not may_tell(telling):
        return ()
    clauses = phrased(tree, read_clauses(tree), table)
    is_headline = telling.role is BlockRole.HEADLINE
    sentence = Sentence(tree, clauses, is_headline, leads=telling.leads and not is_headline)
    dates = dates_by_clause(tree, clauses, usable_dates(telling))
    waiting = [each for each in telling.resolutions if each.unbound is not None]
    waits = dates_by_clause(tree, clauses, waiting)
    read = [read_clause(sentence, at, table) for at in range(len(clauses))]
    told = [
        None if sets_time(telling, clause, dates[at]) else revised(sentence, at, read[at], table)
        for at, clause in enumerate(clauses)
    ]
    links = [only_links(sentence, at, table) for at in range(len(clauses))]
    opens = [
        opens_mention(clauses, at, told, dates, links=links) and not (links[at] and not dates[at])
        for at in range(len(clauses))
    ]
    if not any(opens):
        opens = opens_at_last(sentence, told, table)
    for at in range(len(clauses)):
        said = told[at]
        if said is not None and not opens[at] and only_joins(clauses, at, told):
            told[at], opens[at] = replace(said, opens=False), True
    return tuple(
        _draft(telling, sentence, at, told=said, opens=opens, times=(dates, waits), table=table)
        for at, said in enumerate(told)
        if said is not None and opens[at]
    )


def may_tell(telling: Telling) -> bool:
    """Whether the sentence is no claim, question or correction, and no headline of an opinion."""
    if telling.role is not BlockRole.HEADLINE:
        return not cues.is_claim(telling.text)
    return cues.is_headline_of_news(telling.text) and not cues.is_claim(cues.bare(telling.text))


def _draft(
    telling: Telling,
    sentence: Sentence,
    at: int,
    *,
    told: Told,
    opens: Sequence[bool],
    times: tuple[Sequence[Sequence[Resolution]], Sequence[Sequence[Resolution]]],
    table: Triggers,
) -> Draft:
    """The draft of one clause; `times` are the expressions of each, dated and waiting ones."""
    tree, clauses = sentence.tree, sentence.clauses
    clause, (dates, waits) = clauses[at], times
    members = [at, *_dependants(clauses, at, opens)]
    reporter = reporter_of(clauses, at)
    said = dates[reporter] if reporter is not None else ()
    own = tuple(date for member in members for date in dates[member] if member != reporter)
    own += tuple(date for each in _since(clauses, at, members) for date in dates[each])
    start = min(_start(tree, clauses[each]) for each in members)
    end = max(clauses[each].end for each in members)
    return Draft(
        telling=telling,
        tree=tree,
        clause=clause,
        told=told if own or telling.role is not BlockRole.CAPTION else replace(told, opens=False),
        certainty=Certainty.DENIED
        if is_denied(sentence, at, table)
        else _certainty(telling, sentence, at, reporter),
        start=start,
        end=end,
        own=own,
        said_on=said[0] if said else None,
        sayers=sayers(telling.text, tree, clauses, at),
        background=_is_pluperfect(tree, clause),
        main=clause.role is Role.MAIN or (clause.role is Role.REPORTED and reporter is not None),
        speaks=clause.subject is not None and _may_speak(tree, clause.subject),
        number=at,
        under=clause.parent,
        waits=tuple(each for member in members for each in waits[member]),
        words=tuple(sorted(each for member in members for each in clauses[member].words)),
        nouns=_nouns(tree, clause),
        joint=_joint(tree, clause),
        above=None if clause.parent is None else clauses[clause.parent],
    )


def _start(tree: Tree, clause: Clause) -> int:
    """Where the clause begins; a participle that is all of its headline, at its noun."""
    if clause.role is Role.REDUCED and clause.parent is None and clause.subject is not None:
        return min(clause.start, tree.nodes[noun_phrase(tree, clause.subject)[0]].start)
    return clause.start


def _nouns(tree: Tree, clause: Clause) -> tuple[int, ...]:
    """The nouns of subject and objects: "a *wave* of *demonstrations* that swept *Norland*"."""
    heads = [*clause.objects, *([] if clause.subject is None else [clause.subject])]
    heads += [tree.nodes[head].head for head in heads if tree.nodes[head].kind == "appos"]
    words = {each for head in heads for each in noun_phrase(tree, head)}
    return tuple(sorted(each for each in words if tree.nodes[each].pos in {"NOUN", "PROPN"}))


def _joint(tree: Tree, clause: Clause) -> str:
    """The word that joins it to the clause above, also where the parser hangs it on its subject."""
    if clause.marker or clause.subject is None or clause.role is not Role.SUBORDINATE:
        return clause.marker
    first = min(noun_phrase(tree, clause.subject))
    return tree.nodes[first].lower if tree.nodes[first].kind == "case" else ""


def _may_speak(tree: Tree, subject: int) -> bool:
    """Whether the subject is somebody in particular, and not the noun of a preposition."""
    cases = [each for each in tree.of_kind(subject, "case", "mark") if each < subject]
    return is_particular(tree, subject) and not any(tree.nodes[at].tag == "IN" for at in cases)


def _dependants(clauses: Sequence[Clause], at: int, opens: Sequence[bool]) -> list[int]:
    """The clauses below this one that belong to its mention, by their indexes."""
    found: list[int] = []
    waiting = [at]
    while waiting:
        here = waiting.pop()
        for number, each in enumerate(clauses):
            if each.parent == here and not opens[number] and each.role is not Role.ASIDE:
                found.append(number)
                waiting.append(number)
    return found


def _since(clauses: Sequence[Clause], at: int, members: Sequence[int]) -> list[int]:
    """The clauses that say since when: "hurt *since the floods began in December*"."""
    return [
        number
        for number, each in enumerate(clauses)
        if each.parent == at and each.marker == "since" and number not in members
    ]


def _certainty(telling: Telling, sentence: Sentence, at: int, reporter: int | None) -> Certainty:
    clause = sentence.clauses[at]
    words = telling.text[clause.start - telling.start : clause.end - telling.start]
    above = None if clause.parent is None else sentence.clauses[clause.parent]
    if cues.is_alleged(words) or is_unproven(clause, above):
        return Certainty.ALLEGED
    if reporter is not None or cues.is_hearsay(telling.text):
        return Certainty.REPORTED
    return Certainty.ASSERTED


def _is_pluperfect(tree: Tree, clause: Clause) -> bool:
    """Had fallen, had been freed: told from before what else is told."""
    helpers = [tree.nodes[each] for each in tree.of_kind(clause.head, "aux")]
    return clause.tense is Tense.PAST and any(each.lower in {"had", "'d"} for each in helpers)


def is_happening(draft: Draft) -> bool:
    """Whether its day may be handed on to happenings that name none; not what never came."""
    return draft.told.kind is Kind.HAPPENING and draft.told.status not in UNDONE
