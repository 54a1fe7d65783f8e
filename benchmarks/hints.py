"""Hints of clause analysis beside the words: how often they differ, and who was right.

    python benchmarks/hints.py TIMEML_FOLDER ...

Hints come from two sources: the tenses that gold gives its verbs, and the clauses that the workers
find. Counted are gold's expressions whose direction is open ("Tuesday", "in May"). The words' own
reading is that of the engine without hints, the hint's own the one that lies in its direction,
"together" the engine's with hints, which decide only where the words say nothing or two things.
"""

from __future__ import annotations

import argparse
import html
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from gold import Document, Expression, load

from service.temporal.engine import resolve
from service.temporal.interval import Interval
from service.temporal.publication import read_publication
from service.temporal.timex import Context, Hint, Resolution, Span, Tense
from service.temporal.timex3 import value_text
from workers.grammar.analysis import build
from workers.hints import Verb, clause_hints, spread
from workers.text.sentences import Sentence

Source = Callable[[Document, Sequence[Sentence]], tuple[Hint, ...]]
TAG = re.compile(r"<(/?)(\w+)([^<>]*?)/?>|<!--.*?-->", re.DOTALL)
ATTRIBUTE = re.compile(r"(\w+)\s*=\s*\"([^\"]*)\"")
INSTANCE = re.compile(r"<MAKEINSTANCE([^>]*)>")
VERBAL = frozenset(["VERB", "UNKNOWN"])
OPEN = frozenset(["direction", "hint"])
SILENT = "no word near it"
SAID = ("words silent", "words speak")


def main() -> None:
    """Print the counts of each folder, half by half, for both sources."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    for path in parser.parse_args().gold:
        tenses = _tenses(path)
        sources: dict[str, Source] = {
            "gold's tenses": lambda document, sentences, tenses=tenses: tuple(
                _of_gold(document, sentences, tenses[document.name])
            ),
            "workers' clauses": lambda document, sentences: clause_hints(document.text, sentences),
        }
        documents = load(path)
        for name, source in sources.items():
            for half in (0, 1):
                print(f"{path.name:10} {name:17} {['even', 'odd'][half]:5}", end="")
                print(_told(_count(documents[half::2], source)))


def _told(counts: Counter[str]) -> str:
    """The counts as two lines."""
    head = (
        f"open {counts['open']}, with a hint {counts['hinted']}; words alone right "
        f"{counts['words right']}, together {counts['together right']}"
    )
    return "\n".join((head, *(_compared(counts, said) for said in SAID)))


def _compared(counts: Counter, said: str) -> str:
    return (
        f"  {said}: agree {counts[said, 'agree']} (right {counts[said, 'agree right']}), "
        f"differ {counts[said, 'differ']}: words right {counts[said, 'words']}, "
        f"hint right {counts[said, 'hint']}"
    )


def _count(documents: Sequence[Document], source: Source) -> Counter:
    """How often words and hint agree, and who was right, by whether the words had a cue."""
    counts: Counter = Counter()
    analyser = build()
    for document in documents:
        (sentences,) = analyser.analyse([document.text])
        hints = source(document, sentences)
        publication = read_publication(document.reference.isoformat())
        alone = resolve(document.text, Context(publication=publication))
        both = resolve(document.text, Context(publication=publication, hints=hints))
        for gold, words, together in _open(document, alone, both):
            counts["open"] += 1
            counts["words right"] += _is_right(gold, words.value)
            counts["together right"] += _is_right(gold, together.value)
            tense = _tense(words.span, hints)
            if tense is not None:
                _compare(counts, gold, words, _by(words, tense, publication.point))
    return counts


def _compare(counts: Counter, gold: Expression, words: Resolution, hinted: str) -> None:
    says = next(step.says for step in words.derivation if step.rule in OPEN)
    said = SAID[not says.startswith(SILENT)]
    counts["hinted"] += 1
    if hinted == words.value:
        counts[said, "agree"] += 1
        counts[said, "agree right"] += _is_right(gold, hinted)
        return
    counts[said, "differ"] += 1
    counts[said, "words"] += _is_right(gold, words.value)
    counts[said, "hint"] += _is_right(gold, hinted)


def _open(
    document: Document, alone: Sequence[Resolution], both: Sequence[Resolution]
) -> Iterator[tuple[Expression, Resolution, Resolution]]:
    """Gold, the words' reading and the one with hints, where the direction is open."""
    hinted = {each.span: each for each in both}
    gold = {(each.start, each.end): each for each in document.gold}
    for words in alone:
        expected = gold.get((words.span.start, words.span.end))
        directed = any(step.rule in OPEN for step in words.derivation)
        if expected is not None and directed and words.span in hinted:
            yield expected, words, hinted[words.span]


def _tense(span: Span, hints: Sequence[Hint]) -> Tense | None:
    """The tense of the shortest clause around it."""
    around = [each for each in hints if each.span.start <= span.start and span.end <= each.span.end]
    if not around:
        return None
    return min(around, key=lambda each: each.span.end - each.span.start).tense


def _by(words: Resolution, tense: Tense, now: int) -> str:
    """The value in that direction: the last that has begun, or the first that is not over."""
    readings = [words.interval, *(each.interval for each in words.candidates)]
    closed = [each for each in readings if each is not None and None not in {each.start, each.end}]
    if tense is Tense.PAST:
        fitting = sorted((each for each in closed if each.bounds[0] <= now), key=_start)[-1:]
    else:
        fitting = sorted((each for each in closed if each.bounds[1] > now), key=_start)[:1]
    if not fitting or fitting[0] == words.interval:
        return words.value
    return value_text(fitting[0])


def _start(interval: Interval) -> int:
    return interval.bounds[0]


def _is_right(gold: Expression, value: str) -> bool:
    return gold.value.upper() == value.upper()


def _of_gold(
    document: Document, sentences: Sequence[Sentence], tenses: Sequence[Verb]
) -> Iterator[Hint]:
    """Gold's verbs, each over its own clause."""
    for sentence in sentences:
        inside = [each for each in tenses if sentence.start <= each[0].start < sentence.end]
        yield from spread(document.text, sentence, inside)


def _tenses(path: Path) -> dict[str, list[Verb]]:
    """Where the verbs of each document stand, and the direction that gold gives them."""
    found = {}
    for name in sorted(path.rglob("*.tml*")):
        source = name.read_text(encoding="utf-8")
        body = source[source.index("<TEXT>") + 6 : source.index("</TEXT>")]
        said = [dict(ATTRIBUTE.findall(each[1])) for each in INSTANCE.finditer(source)]
        verbs = {each["eventID"]: _told_by(each) for each in said if each.get("pos") in VERBAL}
        placed = sorted(_events(body).items(), key=_place)
        found[name.stem] = [(span, verbs[event]) for event, span in placed if event in verbs]
    return found


def _place(item: tuple[str, Span]) -> Span:
    return item[1]


def _told_by(instance: dict[str, str]) -> Tense | None:
    """The direction of a verb: a perfect of the present tells of the past."""
    perfect = instance["tense"] == "PRESENT" and instance.get("aspect") == "PERFECTIVE"
    if instance["tense"] == "PAST" or perfect:
        return Tense.PAST
    return Tense.FUTURE if instance["tense"] == "FUTURE" else None


def _events(body: str) -> dict[str, Span]:
    """Where each event stands in the text without its tags."""
    found: dict[str, Span] = {}
    opened: list[tuple[str, int]] = []
    length = position = 0
    for tag in TAG.finditer(body):
        length += len(html.unescape(body[position : tag.start()]))
        position = tag.end()
        if tag[2] != "EVENT":
            continue
        if not tag[1]:
            opened.append((dict(ATTRIBUTE.findall(tag[3]))["eid"], length))
        else:
            event, start = opened.pop()
            found[event] = Span(start, max(length, start + 1))
    return found


if __name__ == "__main__":
    main()
