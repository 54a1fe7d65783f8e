"""What a worker costs before and while it reads: seconds to load, memory.

    python benchmarks/loading.py [--times 5] [--articles 40]

The English pipeline is loaded again and again, in CPU seconds. Memory is what this process keeps
resident: with the libraries, with the pipeline, and after reading articles of 3 kB.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import time
from pathlib import Path

from articles import text

MEGA = 1_000_000


def main() -> None:
    """Print the median of the loading times and the memory of each stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--articles", type=int, default=40)
    options = parser.parse_args()
    from workers.grammar.analysis import SpacyAnalyser
    from workers.grammar.packed import load_english

    stages = {"libraries": resident()}
    seconds = []
    for _ in range(options.times):
        began = time.process_time()
        pipeline = load_english()
        seconds.append(time.process_time() - began)
    gc.collect()
    stages["pipeline"] = resident()
    analyser = SpacyAnalyser(pipeline)
    texts = [text(number, sentences=40) for number in range(options.articles)]
    for sentences in analyser.analyse(texts):
        analyser.trees(sentences)
    stages["after reading"] = resident()
    print(f"load         {statistics.median(seconds):8.2f} CPU seconds, {options.times} times")
    for name, size in stages.items():
        print(f"{name:13}{size / MEGA:8.0f} MB")


def resident() -> int:
    """Bytes of memory that this process keeps resident (Linux)."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
