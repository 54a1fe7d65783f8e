"""`python -m training TREEBANKS`: rebuild the English pipeline that ships with the service.

With --shipped the scores of the pipeline as it ships are printed instead, in a minute.

TREEBANKS is the archive of CoNLL-U files, or a folder that holds ewt/, gum/ and pud/. Work goes to
build/training. The packed pipeline replaces the old one only when it reaches every floor.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tarfile
import time
from pathlib import Path

from training.evaluate import FLOORS, Scores, below_floor, evaluate
from training.fit import fit
from training.pack import assemble, pack
from training.prepare import prepare
from workers.grammar.packed import unpack

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "build" / "training"
SHIPPED = ROOT / "workers" / "english" / "pipeline.xz"


def main(words: list[str]) -> int:
    """Prepare, train, pack and judge; 0 when every floor was reached."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("treebanks", type=Path, help="treebanks.tar.xz, or the folder it holds")
    parser.add_argument("--steps", type=int, help="train for fewer steps, to try the recipe")
    parser.add_argument("--shipped", action="store_true", help="only judge what ships")
    options = parser.parse_args(words)
    began = time.monotonic()
    WORK.mkdir(parents=True, exist_ok=True)
    for name, count in prepare(_opened(options.treebanks), WORK).items():
        print(f"{name:18} {count:6} documents")
    shipped = SHIPPED.read_bytes() if options.shipped else None
    data = shipped or pack(assemble(fit(WORK, steps=options.steps)))
    scores = evaluate(unpack(data), WORK)
    report(scores)
    problems = below_floor(scores)
    for problem in problems:
        print(f"not shipped: {problem}", file=sys.stderr)
    if not problems:
        if not shipped:
            SHIPPED.write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        print(f"{SHIPPED.relative_to(ROOT)}: {len(data) / 1e6:.2f} MB, sha256 {digest[:16]}")
    print(f"{(time.monotonic() - began) / 60:.1f} minutes")
    return 1 if problems else 0


def report(scores: Scores) -> None:
    """Print each score, with the floor where there is one."""
    for part, values in scores.items():
        for name, value in values.items():
            floor = FLOORS.get((part, name))
            print(f"{part:10} {name:10} {value:.3f}" + (f"  (floor {floor})" if floor else ""))


def _opened(treebanks: Path) -> Path:
    if treebanks.is_dir():
        return treebanks
    target = WORK / "treebanks"
    with tarfile.open(treebanks) as archive:
        archive.extractall(target, filter="data")
    return target


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
