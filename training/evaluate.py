"""How well a pipeline reads text that it was not trained on: tags, trees, and dates to verbs."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import DocBin
from spacy.training import Example

from training.prepare import TESTS
from workers.grammar.analysis import tree_of
from workers.grammar.trees import Tense, Tree, finite, governor

FLOORS: Mapping[tuple[str, str], float] = {
    ("pud", "pos_acc"): 0.945,
    ("pud", "dep_las"): 0.81,
    ("probe", "verb"): 0.92,
}
"""Below one of these a pipeline is not shipped."""
SHOWN = ("tag_acc", "pos_acc", "dep_uas", "dep_las", "sents_f")
PROBE = Path(__file__).with_name("probe.toml")

Scores = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Probe:
    """A sentence of news with one date, the verb it stands on and the tense of its clause."""

    text: str
    date: str
    verb: str
    tense: str


def evaluate(nlp: Language, data: Path) -> Scores:
    """Scores of each test set that `prepare` wrote, from raw text, and of the news probe."""
    scores = {name: score(nlp, data / f"{name}.spacy") for name in TESTS}
    return {**scores, "probe": score_probe(nlp, read_probe())}


def score(nlp: Language, file: Path) -> dict[str, float]:
    """Tags, word classes, attachment and sentence ends of one test set, 0 to 1."""
    gold = list(DocBin().from_disk(file).get_docs(nlp.vocab))
    read = nlp.pipe([doc.text for doc in gold], batch_size=64)
    examples = [Example(mine, theirs) for mine, theirs in zip(read, gold, strict=True)]
    scorer = Scorer(nlp)
    found = scorer.score(examples)
    return {name: float(found[name]) for name in SHOWN if found.get(name) is not None}


def score_probe(nlp: Language, probes: Iterable[Probe]) -> dict[str, float]:
    """How often the verb of the date was found, and the tense of its clause with it."""
    probes = tuple(probes)
    verbs = tenses = 0
    for probe, doc in zip(probes, nlp.pipe(each.text for each in probes), strict=True):
        tree = tree_of(doc, [token.idx for token in doc])
        verb, tense = read_date(tree, probe.date)
        verbs += verb == probe.verb
        tenses += tense == probe.tense
    return {"verb": verbs / len(probes), "tense": tenses / len(probes)}


def read_date(tree: Tree, date: str) -> tuple[str, str]:
    """The verb that the word `date` stands on and the tense of its clause, as the probe has it."""
    for at, node in enumerate(tree.nodes):
        verb = governor(tree, at) if node.text == date else None
        if verb is not None:
            return tree.nodes[verb].text, _tense(tree, verb)
    return "", ""


def below_floor(scores: Scores) -> tuple[str, ...]:
    """What a pipeline must reach and does not, one sentence each."""
    return tuple(
        f"{part} {name} is {scores[part][name]:.3f}: at least {floor:.3f} is asked for"
        for (part, name), floor in FLOORS.items()
        if scores[part][name] < floor
    )


def read_probe() -> tuple[Probe, ...]:
    """The sentences of probe.toml."""
    rows = tomllib.loads(PROBE.read_text(encoding="utf-8"))["probe"]
    return tuple(Probe(**row) for row in rows)


def _tense(tree: Tree, verb: int) -> str:
    if tree.nodes[verb].relation.startswith("acl") and not tree.of_kind(verb, "nsubj"):
        return Tense.NONE.value
    found = finite(tree, verb)[1]
    return Tense.PAST.value if found is Tense.PERFECT else found.value
