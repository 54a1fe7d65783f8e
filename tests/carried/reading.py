"""Sentences of the tables here as the pipeline sees them, and what is read in them as text."""

from __future__ import annotations

from functools import cache

from service.otherlanguages import resolve_any
from service.temporal.publication import read_publication
from service.temporal.timex import Context
from service.timeline.details import Being
from workers.details.figures import Saying, read_figures
from workers.details.nameruns import find_names
from workers.details.participants import refer, take_part
from workers.details.places import find_places
from workers.details.register import learn
from workers.details.roles import coming
from workers.grammar.analysis import build
from workers.grammar.clauses import read_clauses
from workers.grammar.mending import mend
from workers.telling.sayers import sayers
from workers.text.words import fold_word, known_names

PUBLISHED = read_publication("2026-01-27T10:00:00Z", None)


@cache
def analyser():
    return build()


def time_spans(text):
    """Where the words of time stand."""
    context = Context(publication=PUBLISHED, language="en")
    return [each.time_words or each.span for each in resolve_any(text, context).expressions]


def figures(text):
    """The figures of a sentence, as the table writes them."""
    spans = time_spans(text)
    every = [mend(tree) for tree in analyser().trees(analyser().analyse([text])[0])]
    saying = Saying(as_of=PUBLISHED.day)
    found = [f for tree in every for f in read_figures(tree, read_clauses(tree), spans, saying)]
    return [
        f"{f.comparator.value} {number(f.value)}{'' if f.most is None else '-' + number(f.most)} "
        f"{f.unit} {f.what} / {f.scope}".rstrip()
        for f in found
    ]


def number(value):
    """A whole number without its point."""
    return str(int(value)) if value == int(value) else str(value)


def last_sentence(text):
    """The last sentence of a text: its tree, clauses, references and places."""
    sentences = analyser().analyse([text])[0]
    every = [mend(tree) for tree in analyser().trees(sentences)]
    known, spans = known_names(sentences), time_spans(text)
    plain = frozenset(fold_word(n.text) for t in every for n in t.nodes if n.text[0].islower())
    runs = [find_names(tree, known, plain) for tree in every]
    register, before = learn(runs), []
    for tree, named, later in zip(every, runs, coming(runs, register), strict=True):
        before.append(refer(tree, named, register, before, later))
    tree = every[-1]
    dated = frozenset(
        at
        for at, node in enumerate(tree.nodes)
        if any(span.start <= node.start < span.end for span in spans)
    )
    return tree, read_clauses(tree), before[-1], find_places(tree, runs[-1], register, dated)


def places(text):
    """The places of the last sentence."""
    return list(dict.fromkeys(each.name for each in last_sentence(text)[3]))


def participants(text):
    """Who takes part in the main clause of the last sentence."""
    tree, clauses, references, found = last_sentence(text)
    where = {each.at for each in found}
    named = [e for e in references if e.at not in where or e.known.being is Being.PLACE]
    if not clauses:
        return []
    own = next((each for each in clauses if each.head == tree.root), clauses[0])
    return [
        f"{each.name} / {each.part.value} / {each.being.value} / {each.office}".rstrip()
        for each in take_part(tree, clauses, own, named)
    ]


def attribution(text):
    """Who says the clause that most are named for."""
    start = analyser().analyse([text])[0][-1].start
    tree, clauses, *_ = last_sentence(text)
    return list(
        max((sayers(text[start:], tree, clauses, at) for at in range(len(clauses))), key=len)
    )


READ = {
    "figures": figures,
    "places": places,
    "participants": participants,
    "attribution": attribution,
}
