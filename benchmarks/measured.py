"""How often each rule's readings are right, as `service/temporal/words/en_measured.toml` has it.

    python benchmarks/measured.py GOLD ... > service/temporal/words/en_measured.toml

GOLD as in gold.py. Only every other document is read, from the first one on: the half that is
tuned on. A rule that gold saw fewer than ten times is left out, and what counts
from an event, which has no place until the event has one.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

from gold import Document, Expression, load
from tally import comparable, is_right, pairs
from timeml import readings

from service.temporal.calibration import moved, rule_of, step_of
from service.temporal.rules import en

LEAST_SEEN = 10
HEAD = """\
# How often the readings of each rule were right: what it claimed on the mean (per cent, before
# calibration), how many of its expressions gold has too, and how many of these it read rightly.
# Counted by benchmarks/measured.py on the even halves of TimeBank, AQUAINT and GUM.

"""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    told: dict[str, list[tuple[float, bool]]] = {}
    for path in parser.parse_args().gold:
        for document in load(path)[::2]:
            for rule, claimed, right in _told(document):
                told.setdefault(rule, []).append((claimed, right))
    names = {rule.name for stage in en.stages() for rule in stage.rules}
    sys.stdout.write(HEAD)
    for rule, rows in sorted(told.items()):
        if len(rows) >= LEAST_SEEN and rule in names:
            claimed = round(100 * statistics.fmean(row[0] for row in rows))
            right = sum(row[1] for row in rows)
            line = f'"{rule}" = {{ claimed = {claimed}, seen = {len(rows)}, right = {right} }}'
            sys.stdout.write(line + "\n")


def _told(document: Document) -> Iterator[tuple[str, float, bool]]:
    """Rule, chance before calibration and rightness of what gold has too."""
    found = {}
    for each in readings(document.text, document.reference):
        span = each.span
        found[Expression(span.start, span.end, each.type.value, each.value)] = each
    for gold, answer in pairs(document.gold, comparable(document, list(found))):
        right = is_right(document, gold, answer)
        if right is not None:
            rule = rule_of(found[answer])
            yield rule, moved(found[answer].confidence, -step_of(rule)), right


if __name__ == "__main__":
    main()
