"""Word weights for linking mentions, from the word frequencies of `wordfreq` (Speer, 2022).

`python -m training.weights` writes `service/timeline/wordweights/en.txt`: one line for each
weight, with the stems that have it. Needs `pip install wordfreq`; nothing else of it is kept.
"""

from __future__ import annotations

import math
from collections import defaultdict
from pathlib import Path

from wordfreq import (  # type: ignore[import-not-found]  # of the extra `train` alone
    top_n_list,
    zipf_frequency,
)

from workers.text.words import SMALL, fold_word, stem

TARGET = Path(__file__).resolve().parents[1] / "service" / "timeline" / "wordweights" / "en.txt"
WORDS = 40_000
RAREST = 3.2
"""Zipf frequency (log10 per 10^9 words) below which a stem is left out: it weighs the most."""
MOST = 8.0


def main() -> None:
    """Write the table: weight = 8 - Zipf frequency of the stem, to one decimal."""
    frequency: dict[str, float] = defaultdict(float)
    for word in top_n_list("en", WORDS, wordlist="large"):
        folded = fold_word(word)
        if folded.isalpha() and len(folded) > 2 and not SMALL.fullmatch(folded):
            frequency[stem(folded)] += 10 ** zipf_frequency(word, "en", wordlist="large")
    by_weight: dict[float, list[str]] = defaultdict(list)
    for found, often in frequency.items():
        if math.log10(often) >= RAREST:
            by_weight[round(MOST - math.log10(often), 1)].append(found)
    lines = (f"{weight} {' '.join(sorted(stems))}" for weight, stems in sorted(by_weight.items()))
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
