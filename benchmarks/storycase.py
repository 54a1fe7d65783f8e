"""The stories of our own, `tests/stories/gold`: what each is to show, and whether it does.

A story is a TOML file. `[[article]]` is posted as it stands. `[[event]]` is expected: `told` has
the words of each article that tell it, `day` the day it must show (or `between`, bounds that what
is shown must touch; `not`, days it must not show; `span`, where both ends of a long one must lie),
`merge` the articles that one event must quote (all of `told` unless given); `kind`, `status`,
`independent`, `conflict`, `figures`, `about` and `fulfilled_by` hold where given. `[never]` lists
pairs that no event may join, and words that may not be quoted at all (`furniture`, `commentary`)
or as something that happened (`happened`). `[notices]` says what an article must say of itself,
`most_events` how many events the reader is to be given at most.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, cast

from merged import JsonMap, Told, timeline_of
from passages import Passage, best_match, letters, lumps, proven, quotes_of, shown, told_by_each

STORIES = Path(__file__).resolve().parents[1] / "tests" / "stories" / "gold"
UNMET = STORIES.parent / "unmet" / "gold.toml"
TOLD_AS_FACT = frozenset({"happened", "ongoing"})

Gold = Mapping[str, Any]
Test = Callable[["Case"], str]


@dataclass(frozen=True, slots=True)
class Case:
    """A story and the timeline of its articles, matched: gold id to the number of an event."""

    story: Gold
    timeline: Told
    told: tuple[frozenset[Passage], ...]
    matches: Mapping[str, int | None]

    def match(self, gold: str) -> JsonMap | None:
        """The event that stands for the expected one; None when there is none."""
        number = self.matches[gold]
        return None if number is None else self.timeline.events[number]


def stories(folder: Path = STORIES) -> dict[str, Gold]:
    """Every story by its name."""
    found = sorted(folder.glob("*.toml"))
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in found}


def unmet(path: Path = UNMET) -> dict[str, dict[str, str]]:
    """The checks that are not met yet, with the reason of each, by story."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def tell(story: Gold, *, backwards: bool = False) -> Case:
    """The story told by record and pipeline, and matched."""
    articles = story["article"][::-1] if backwards else story["article"]
    timeline = timeline_of(articles)
    passages = tuple(_passages(story))
    told = told_by_each(timeline.events, passages)
    ids = [each["id"] for each in story["event"]]
    return Case(story, timeline, told, {gold: best_match(gold, told) for gold in ids})


def checks(story: Gold) -> dict[str, Test]:
    """All that the story asks for, by name; a test gives a complaint, empty when it is met."""
    per_event = chain.from_iterable(map(_event_checks, story["event"]))
    return dict(chain(per_event, _never_checks(story), _page_checks(story)))


def judge(case: Case) -> dict[str, str]:
    """The complaint of every check of the story; empty where it is met."""
    return {name: test(case) for name, test in checks(case.story).items()}


def _passages(story: Gold) -> Iterator[Passage]:
    texts = {each["external_id"]: each["text"] for each in story["article"]}
    for event in story["event"]:
        for article, told in event["told"].items():
            for words in told:
                start, end = _place(texts[article], words)
                yield Passage(
                    gold=event["id"], article=article, start=start, end=end, words=letters(words)
                )


def _place(text: str, words: str) -> tuple[int, int]:
    if text.count(words) != 1:
        raise ValueError(f"{words!r} must stand once in the article")
    start = text.index(words)
    return start, start + len(words)


def _event_checks(event: Gold) -> Iterator[tuple[str, Test]]:
    gold = event["id"]
    yield f"found:{gold}", lambda case: "" if case.match(gold) else "no event quotes it"
    yield f"own:{gold}", lambda case: _lumped(case, gold)
    if len(_to_merge(event)) > 1:
        yield f"merged:{gold}", lambda case: _scattered(case, event)
    for name, test in EVENT_TESTS.items():
        if name in event or (name == "dated" and not event.keys().isdisjoint({"day", "between"})):
            yield f"{name}:{gold}", _of_match(event, test)
    if "day" in event:
        yield f"bounds:{gold}", _of_match(event, _out_of_bounds)
    for name in ("about", "fulfilled_by"):
        if name in event:
            yield f"{name}:{gold}", _points(event, name)


def _of_match(event: Gold, test: Callable[[Gold, JsonMap], str]) -> Test:
    def complaint(case: Case) -> str:
        found = case.match(event["id"])
        return "no event quotes it" if found is None else test(event, found)

    return complaint


def _lumped(case: Case, gold: str) -> str:
    for group in lumps(case.matches):
        if gold in group[1:]:
            return f"one event with {group[0]}"
    return ""


def _to_merge(event: Gold) -> set[str]:
    return set(event.get("merge", event["told"]))


def _scattered(case: Case, event: Gold) -> str:
    number = case.matches[event["id"]]
    told = frozenset() if number is None else case.told[number]
    there = {each.article for each in told if each.gold == event["id"]}
    lacking = sorted(_to_merge(event) - there)
    return f"not told by {', '.join(lacking)}" if lacking else ""


def _wrong_date(event: Gold, found: JsonMap) -> str:
    first, last = event.get("between", [event.get("day")] * 2)
    start, end = shown(found)
    outside = start > (last or "9999-12-31") or end < first
    return (
        f"shown {start}..{end}"
        if outside or (start == end and start in event.get("not", ()))
        else ""
    )


def _other_day(event: Gold, found: JsonMap) -> str:
    start, end = shown(found)
    return "" if start == end == event["day"] else f"shown {start}..{end}"


def _other_span(event: Gold, found: JsonMap) -> str:
    ends = zip(shown(found), (event["span"]["start"], event["span"]["end"]), strict=True)
    fits = all(low <= side <= high for side, (low, high) in ends)
    return "" if fits else f"shown {'..'.join(shown(found))}"


def _out_of_bounds(event: Gold, found: JsonMap) -> str:
    earliest, latest = proven(found)
    return "" if earliest <= event["day"] <= latest else f"proven {earliest}..{latest}"


def _other(name: str) -> Callable[[Gold, JsonMap], str]:
    def complaint(event: Gold, found: JsonMap) -> str:
        wanted = event[name] if isinstance(event[name], list) else [event[name]]
        return "" if found[name] in wanted else f"{name} {found[name]}"

    return complaint


def _other_count(event: Gold, found: JsonMap) -> str:
    count = found["independent_source_count"]
    return "" if count == event["independent"] else f"{count} independent sources"


def _no_conflict(event: Gold, found: JsonMap) -> str:
    told = cast("list[JsonMap]", found["conflicts"])
    for field, values in event["conflict"].items():
        rows = [cast("list[JsonMap]", each["values"]) for each in told if each["field"] == field]
        shown_values = [str(value["value"]) for row in rows for value in row]
        if not all(any(value in each.split() for each in shown_values) for value in values):
            return f"conflict on {field}: {', '.join(shown_values) or 'none'}"
    return ""


def _no_figure(event: Gold, found: JsonMap) -> str:
    values = [each.get("value") for each in cast("list[JsonMap]", found.get("figures") or [])]
    lacking = [str(each) for each in event["figures"] if each not in values]
    return f"without the figures {', '.join(lacking)}" if lacking else ""


EVENT_TESTS: Mapping[str, Callable[[Gold, JsonMap], str]] = {
    "dated": _wrong_date,
    "day": _other_day,
    "span": _other_span,
    "kind": _other("kind"),
    "status": _other("status"),
    "independent": _other_count,
    "conflict": _no_conflict,
    "figures": _no_figure,
}


def _points(event: Gold, name: str) -> Test:
    wanted = event[name] if isinstance(event[name], list) else [event[name]]

    def complaint(case: Case) -> str:
        found, targets = case.match(event["id"]), [case.match(each) for each in wanted]
        if found is None or None in targets:
            return "no event quotes it"
        told = str(found.get(name))
        lacking = any(each is not None and str(each["id"]) not in told for each in targets)
        return f"{name} does not name {', '.join(wanted)}" if lacking else ""

    return complaint


def _never_checks(story: Gold) -> Iterator[tuple[str, Test]]:
    never = story.get("never", {})
    for one, other in never.get("merged", ()):
        yield f"apart:{one}+{other}", _apart(one, other)
    for why in ("furniture", "commentary"):
        for article, told in never.get(why, {}).items():
            for words in told:
                yield f"{why}:{article}:{words}", _unquoted(article, words)
    texts = {each["external_id"]: each["text"] for each in story["article"]}
    for article, told in never.get("happened", {}).items():
        for words in told:
            place = _place(texts[article], words)
            yield f"happened:{article}:{words}", _not_told_as_fact(article, words, place)


def _apart(one: str, other: str) -> Test:
    def complaint(case: Case) -> str:
        joined = any({one, other} <= {each.gold for each in told} for told in case.told)
        return "one event quotes both" if joined else ""

    return complaint


def _unquoted(article: str, words: str) -> Test:
    def complaint(case: Case) -> str:
        return "quoted" if any(_quoting(case, article, words)) else ""

    return complaint


def _not_told_as_fact(article: str, words: str, place: tuple[int, int]) -> Test:
    def complaint(case: Case) -> str:
        for event, start, end in _quoting(case, article, words):
            touches = start < place[1] and place[0] < end
            if touches and event["kind"] == "happening" and event["status"] in TOLD_AS_FACT:
                return "told as a fact"
        return ""

    return complaint


def _quoting(case: Case, article: str, words: str) -> Iterator[tuple[JsonMap, int, int]]:
    for event in case.timeline.events:
        for quote in quotes_of(event):
            if quote.article == article and words in quote.text:
                yield event, quote.start, quote.end


def _page_checks(story: Gold) -> Iterator[tuple[str, Test]]:
    for article, code in story.get("notices", {}).items():
        yield f"notice:{article}", _notice(article, code)
    yield "few", lambda case: _too_many(case, story["most_events"])


def _notice(article: str, code: str) -> Test:
    def complaint(case: Case) -> str:
        codes = case.timeline.notices[article]
        return "" if code in codes else f"says {', '.join(codes) or 'nothing'}"

    return complaint


def _too_many(case: Case, most: int) -> str:
    count = len(case.timeline.events)
    return f"{count} events" if count > most else ""
