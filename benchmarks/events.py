"""Events: our own stories, the seed articles, EventStoryLine with its guards, and the speed.

    python benchmarks/events.py [--stories-only] [--seeds DIR] [--corpus FILE] [--complaints]
    python benchmarks/events.py --settle

The seed articles (a folder with expected-timeline.json) and EventStoryLine (JSON lines) are looked
for beside the project. A corpus is scored in halves, every other topic, so that a reader can tune
on one. The speed is that of all stages of the pipeline on these texts, in words per CPU second,
beside the parser alone on the whole of the same texts in the same run. --complaints lists what
each story does not show yet; --settle takes the checks that are met now out of
tests/stories/unmet/gold.toml.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from merged import posted, timeline_of
from seedcase import EXPECTED, seed_score
from storycase import UNMET, Case, judge, stories, tell, unmet
from storyline import LineScore, line_score, read_topics, tell_topic, text_of

from workers.grammar.packed import load_english

BESIDE = Path(__file__).resolve().parents[2] / "shared"
SEEDS = BESIDE / "seeds"
CORPUS = BESIDE / "corpora" / "eventstoryline" / "even-topics.jsonl"
COLUMNS = {
    "found": ("found",),
    "merged": ("merged",),
    "own": ("own",),
    "apart": ("apart",),
    "dated": ("dated", "span"),
    "day": ("day",),
    "bounds": ("bounds",),
    "kind": ("kind", "status", "happened"),
    "conflict": ("conflict", "independent"),
    "links": ("about", "fulfilled_by"),
    "figures": ("figures",),
    "furniture": ("furniture",),
    "comment": ("commentary",),
}
"""Head of a column: the checks that it counts."""


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories-only", action="store_true")
    parser.add_argument("--settle", action="store_true")
    parser.add_argument("--complaints", action="store_true")
    parser.add_argument("--seeds", type=Path, default=SEEDS)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    given = parser.parse_args()
    cases = {name: tell(story) for name, story in stories().items()}
    verdicts = {name: judge(case) for name, case in cases.items()}
    if given.settle:
        _settle(verdicts)
        return
    _print_stories(cases, verdicts)
    if given.complaints:
        _print_complaints(verdicts)
    if given.stories_only:
        return
    if (given.seeds / EXPECTED).is_file():
        _print_seeds(given.seeds)
    if given.corpus.is_file():
        _print_corpus(given.corpus)
        _print_speed(given.corpus)


def _print_stories(cases: Mapping[str, Case], verdicts: Mapping[str, Mapping[str, str]]) -> None:
    """Checks met of those asked, story by story."""
    print(f"{'story':18}" + "".join(f"{head:>10}" for head in COLUMNS) + "    events       all")
    all_checks: Counter[str] = Counter()
    for name, verdict in verdicts.items():
        counts = _counts(verdict)
        all_checks += counts
        print(f"{name:18}{_row(counts)}{len(cases[name].timeline.events):>10}{_total(verdict)}")
    together = {
        f"{name}/{check}": each for name, v in verdicts.items() for check, each in v.items()
    }
    print(f"{'all':18}{_row(all_checks)}{'':10}{_total(together)}\n")


def _counts(verdict: Mapping[str, str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for check, complaint in verdict.items():
        kind = check.partition(":")[0]
        counts[f"{kind} of"] += 1
        counts[f"{kind} met"] += not complaint
    return counts


def _row(counts: Mapping[str, int]) -> str:
    cells = []
    for kinds in COLUMNS.values():
        met, of = (sum(counts.get(f"{kind} {side}", 0) for kind in kinds) for side in ("met", "of"))
        cells.append(f"{met}/{of}" if of else "-")
    return "".join(f"{cell:>10}" for cell in cells)


def _total(verdict: Mapping[str, str]) -> str:
    return f"{sum(not each for each in verdict.values())}/{len(verdict)}".rjust(10)


def _print_complaints(verdicts: Mapping[str, Mapping[str, str]]) -> None:
    for name, verdict in verdicts.items():
        for check, complaint in verdict.items():
            if complaint:
                print(f"{name:18} {check}: {complaint}")
    print()


def _print_seeds(folder: Path) -> None:
    score = seed_score(folder)
    print("seed articles")
    print(f"  found        {len(score.found)} of {score.expected}, {score.events} events in all")
    print(f"  merged       {len(score.merged)} of {score.to_merge}  {' '.join(score.merged)}")
    print(f"  lumped       {len(score.lumped)}  {'; '.join(map(' '.join, score.lumped))}")
    print(f"  wrong date   {len(score.wrong_date)}  {' '.join(score.wrong_date)}")
    print(f"  exact days   {len(score.exact)} of {score.known_days}")
    print(f"  spans        {len(score.spans)} of 4")
    print(f"  furniture    {len(score.furniture)}  {'; '.join(score.furniture)}")
    print(f"  commentary   {len(score.commentary)}  {'; '.join(score.commentary)}\n")


def _print_corpus(path: Path) -> None:
    told = [tell_topic(articles) for articles in read_topics(path).values()]
    scores = [line_score(part) for part in (told, told[::2], told[1::2])]
    print(f"{path.name:30}{'all':>30}{'half to tune on':>30}{'other half':>30}")
    for head, cells in _lines(scores).items():
        print(f"  {head:28}" + "".join(f"{cell:>30}" for cell in cells))
    print()


def _lines(scores: Sequence[LineScore]) -> dict[str, list[str]]:
    rows = {
        "sentence-day": [str(each.sentence_day) for each in scores],
        "right day off / on": [f"{each.off_day} / {each.on_day}" for each in scores],
        "merge pairs": [str(each.pairs) for each in scores],
        "told across articles": [f"{each.across.hit} of {each.across.of}" for each in scores],
    }
    guards = {
        "gold days within bounds": [str(each.within) for each in scores],
        "shown on one single day": [f"{each.single} of {each.single.of}" for each in scores],
        "events for each sentence": [f"{each.for_each:.2f}" for each in scores],
        "largest cluster": [str(each.largest) for each in scores],
    }
    return rows | guards


def _print_speed(path: Path) -> None:
    """All stages on the corpus and the stories, beside the parser alone on all of their text."""
    topics = read_topics(path)
    articles = [each for group in topics.values() for each in group]
    texts = [text_of(each) for each in articles]
    words = sum(len(text.split()) for text in texts)
    posts = [
        posted({"id": each["id"], "title": "", "published_at": each["published_at"], "text": text})
        for each, text in zip(articles, texts, strict=True)
    ]
    started = time.process_time()
    timeline_of(posts)
    ours = words / (time.process_time() - started)
    parser = load_english()
    started = time.process_time()
    for _ in parser.pipe(texts):
        pass
    bare = words / (time.process_time() - started)
    print(f"speed        {ours:8.0f} words per CPU second, all stages, {words} words")
    print(f"  parser     {bare:8.0f} on all text; ours is {ours / bare:.2f} of it")


def _settle(verdicts: Mapping[str, Mapping[str, str]]) -> None:
    """Write the list of unmet checks anew without those that are met, reasons as they stand."""
    head = [line for line in UNMET.read_text(encoding="utf-8").splitlines() if line[:1] == "#"]
    lines, gone = head, 0
    for name, reasons in unmet().items():
        left = {check: why for check, why in reasons.items() if verdicts[name].get(check)}
        gone += len(reasons) - len(left)
        if left:
            lines += ["", f"[{name}]", *(f"{_quoted(c)} = {_quoted(w)}" for c, w in left.items())]
    UNMET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{gone} checks are met now and were taken out of {UNMET.name}")
    for name, verdict in verdicts.items():
        for check in verdict:
            if verdict[check] and check not in unmet().get(name, {}):
                print(f"not met, and not listed: {name} {check}: {verdict[check]}")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    main()
