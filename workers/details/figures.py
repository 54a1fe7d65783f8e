"""Figures of a sentence: what is counted, how many, in what unit, and what became of it.

"The blast killed 14 people" is 14 of person, killed. Ages, dates, scores, house numbers and the
numbers of flights and articles count nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.temporal.interval import Day
from service.temporal.timex import Span
from service.timeline.details import Figure
from workers.details.counted import Counted, count, is_label, lemma_of, scope_beside, total_of
from workers.details.numerals import Numeral, read_numerals
from workers.grammar.clauses import Clause
from workers.grammar.trees import MOST_STEPS, Tree
from workers.lexicon.figurewords import figure_words

COUNT, PERCENT, MAGNITUDE = "count", "percent", "magnitude"
PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """On which day a figure was told, and by whom (empty: by the source itself)."""

    as_of: Day
    by: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """A number among the clauses of its sentence."""

    tree: Tree
    clauses: Sequence[Clause]
    numeral: Numeral
    counted: Counted


def read_figures(
    tree: Tree, clauses: Sequence[Clause], spans: Sequence[Span], saying: Saying
) -> tuple[Figure, ...]:
    """The figures of a sentence in order; `spans` are its expressions of time."""
    found: list[Figure] = []
    last: tuple[Numeral, Figure] | None = None
    for numeral in read_numerals(tree.nodes):
        figure = _opposed(tree, numeral, last, saying) or _figure(tree, clauses, numeral, saying)
        is_date = _is_of_time(tree, numeral, spans)
        if figure is not None and (not is_date or figure.unit in figure_words().times):
            found.append(figure)
            last = (numeral, figure)
    return tuple(found)


def _is_of_time(tree: Tree, numeral: Numeral, spans: Sequence[Span]) -> bool:
    start, end = tree.nodes[numeral.first].start, tree.nodes[numeral.until - 1].end
    return any(span.start < end and start < span.end for span in spans)


def _opposed(
    tree: Tree, numeral: Numeral, last: tuple[Numeral, Figure] | None, saying: Saying
) -> Figure | None:
    """The other side of a vote: "61 votes *to 39*"."""
    if last is None:
        return None
    before, figure = last
    between = tree.nodes[before.until : numeral.first]
    if len(between) != 2 or between[1].lower not in figure_words().against:  # noun, "to"
        return None
    if figure.unit != COUNT or count(tree, numeral).head is not None:
        return None
    return _made(tree, numeral, (figure.what, figure.unit, figure.scope), saying)


def _figure(
    tree: Tree, clauses: Sequence[Clause], numeral: Numeral, saying: Saying
) -> Figure | None:
    if numeral.opening and tree.nodes[numeral.opening - 1].lower == MAGNITUDE:
        return _made(tree, numeral, ("earthquake", MAGNITUDE, ""), saying)
    counted = count(tree, numeral)
    if is_label(tree, numeral, counted):
        return None
    place = _Place(tree, clauses, numeral, counted)
    said = _of_measure(place) or _of_count(place)
    return None if said is None else _made(tree, numeral, said, saying)


def _made(tree: Tree, numeral: Numeral, said: tuple[str, str, str], saying: Saying) -> Figure:
    what, unit, scope = said
    return Figure(
        what=what,
        value=numeral.value,
        most=numeral.most,
        comparator=numeral.comparator,
        unit=unit,
        scope=scope,
        as_of=saying.as_of,
        attributed_to=saying.by,
        start=tree.nodes[numeral.opening].start,
        end=tree.nodes[numeral.until - 1].end,
    )


def _of_measure(place: _Place) -> tuple[str, str, str] | None:
    """(what, unit, scope) of money, shares, magnitudes, measures."""
    numeral, listed = place.numeral, figure_words()
    if numeral.sign == "%":
        return _of_noun(place, numeral.until) or _subject(place), PERCENT, _verb(place)
    if numeral.sign:
        return _of_noun(place, numeral.until), listed.signs[numeral.sign], _verb(place)
    head = place.counted.head
    unit = None if head is None else _unit(place.tree, head)
    if head is None or unit is None:
        return None
    return _of_noun(place, head + 1), unit, _verb(place)


def _unit(tree: Tree, head: int) -> str | None:
    """The currency or measure that the noun names, None for other nouns."""
    listed, lemma = figure_words(), lemma_of(tree, head)
    if lemma in listed.currencies:
        return listed.currencies[lemma]
    if lemma not in listed.measures:
        return None
    power = tree.nodes[head - 1].lower
    unit = listed.measures[lemma]
    return f"{power}_{unit}" if power in listed.powers else unit


def _of_count(place: _Place) -> tuple[str, str, str] | None:
    """(what, unit, scope) of things that are counted; None for what counts nothing."""
    listed, head = figure_words(), place.counted.head
    if head is None:
        return _bare(place)
    lemma = lemma_of(place.tree, head)
    if lemma in listed.times:
        clause = _clause_of(place, head)
        term = listed.terms.get(clause.verb if clause else "")
        return ("", lemma, term) if term else None
    return (PERSON if lemma in listed.persons else lemma), COUNT, _scope(place)


def _bare(place: _Place) -> tuple[str, str, str] | None:
    """A number without a noun: of a toll, of people where only they can be meant."""
    total = total_of(place.tree, place.numeral)
    if total is not None:
        return total.what, COUNT, total.scope
    scope = _scope(place)
    of_people = scope in figure_words().of_people
    if of_people or place.counted.pronoun or (place.numeral.vague and _is_subject(place)):
        return PERSON, COUNT, scope
    return None


def _of_noun(place: _Place, at: int) -> str:
    """What a sum or a measure is of: "in aid", "of forest"."""
    nodes = place.tree.nodes
    if at >= len(nodes) or nodes[at].lower not in figure_words().of_what:
        return ""
    head = None
    for here in range(at + 1, min(at + 5, len(nodes))):
        if nodes[here].pos not in {"NOUN", "ADJ", "DET"}:
            break
        head = here if nodes[here].pos == "NOUN" else head
    return "" if head is None else lemma_of(place.tree, head)


def _subject(place: _Place) -> str:
    """What a share is of: what is raised, else what rises."""
    clause = _clause_of(place, place.numeral.until - 1)
    if clause is None:
        return ""
    nouns = [*clause.objects, *([] if clause.subject is None else [clause.subject])]
    told = [at for at in nouns if at != place.numeral.until - 1][:1]
    is_noun = bool(told) and place.tree.nodes[told[0]].pos == "NOUN"
    return lemma_of(place.tree, told[0]) if is_noun else ""


def _clause_of(place: _Place, at: int) -> Clause | None:
    """The clause that the word belongs to; of one that heads a whole sentence the clause on it."""
    own = next((each for each in place.clauses if at in each.words), None)
    if own is None or own.head == at:
        return next((each for each in place.clauses if _subject_of(place, each, at)), own)
    return own


def _subject_of(place: _Place, clause: Clause, at: int) -> bool:
    """Whether the word is in the phrase that is the clause's subject, before its verb."""
    if clause.subject is None or clause.head == at or at > clause.head:
        return False
    nodes = place.tree.nodes
    return at in {clause.subject, nodes[clause.subject].head} or nodes[at].head == clause.subject


def _is_subject(place: _Place) -> bool:
    at = place.numeral.until - 1
    clause = _clause_of(place, at)
    return clause is not None and _relation(place, clause, at).startswith("nsubj")


def _relation(place: _Place, clause: Clause, at: int) -> str:
    """How the counted hangs on the head of its clause, through "including" and lists."""
    nodes, here = place.tree.nodes, at
    if at not in clause.words:
        return "nsubj"
    for _ in range(MOST_STEPS):
        above = nodes[here].head
        if above in {clause.head, here}:
            break
        here = above
    if nodes[here].kind == "obl" and _is_only_compared(place, here):
        return "obj" if at > clause.head else "nsubj"
    return nodes[here].relation


def _is_only_compared(place: _Place, at: int) -> bool:
    """Whether its preposition is a comparator: "detained *around* forty", "*over* 400 were"."""
    cases = place.tree.of_kind(at, "case")
    compared = range(place.numeral.opening, place.numeral.first)
    return bool(cases) and all(each in compared for each in cases)


def _scope(place: _Place) -> str:
    """What became of the counted: by a word beside it, else by the verb."""
    beside = scope_beside(place.tree, place.counted)
    if beside:
        return beside
    at = place.counted.head if place.counted.head is not None else place.numeral.until - 1
    clause = _clause_of(place, at)
    if clause is None or clause.head == at:
        return ""
    told = _by_verb(clause, place.tree.nodes[clause.head].lower, _relation(place, clause, at))
    return next(told, clause.verb)


def _verb(place: _Place) -> str:
    """The verb of a sum's or measure's clause: nothing becomes of what is measured."""
    at = place.counted.head if place.counted.head is not None else place.numeral.until - 1
    clause = _clause_of(place, at)
    return "" if clause is None or clause.head in {at, place.numeral.until - 1} else clause.verb


def _by_verb(clause: Clause, word: str, relation: str) -> Iterator[str]:
    kind = relation.partition(":")[0]
    undergoes = relation == "nsubj:pass" or kind in {"obj", "iobj"}
    undergoes = undergoes or (kind == "nsubj" and clause.passive)
    for scope in figure_words().scopes:
        if clause.verb in scope.done and undergoes:
            yield scope.name
        if kind == "nsubj" and (clause.verb in scope.undergone or word in scope.beside):
            yield scope.name
