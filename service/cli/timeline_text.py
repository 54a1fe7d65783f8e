"""A timeline document (API.md) as lines of text: dates to the left, what happened to the right.

Pure: the document and the terminal in, lines out. What an older or newer service leaves out is
left out here; every text of an article passes `clean`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from types import MappingProxyType
from typing import Any

from service.cli.terminal import Terminal, clean, columns, shorten, wrap
from service.documents.datewords import MONTHS

Document = Mapping[str, Any]

DATE_COLUMNS = 25
"""Columns of the dates to the left of the rail."""

QUOTED_WITHIN = str.maketrans("“”", "‘’")
"""Quotation marks inside a quotation, as books print them."""

SIDE_BY_SIDE = 72
"""From this width on dates stand beside events, below it above them."""


@dataclass(frozen=True, slots=True)
class Detail:
    """How much of an event's evidence is shown: lines of each quote, and how many quotes."""

    quote_lines: int
    quotes: int


FULL = Detail(quote_lines=3, quotes=8)
BRIEF = Detail(quote_lines=2, quotes=3)


def timeline_lines(
    document: Document, events: Iterable[Document], terminal: Terminal, detail: Detail = FULL
) -> Iterator[str]:
    """Title and counts of `document`, then the events by year and month in the order given."""
    yield from _head(document, terminal)
    month, named = None, tuple(events)
    headlines = {str(event.get("id")): clean(event.get("headline", "")) for event in named}
    for event in named:
        if month != (month := _month_of(event)):
            yield from _month_heading(month, terminal)
        yield from event_lines(event, terminal, detail, headlines)
    yield from _foot(terminal, empty=month is None)


def event_lines(
    event: Document,
    terminal: Terminal,
    detail: Detail = FULL,
    headlines: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[str]:
    """One event: its date in words, its headline, who tells it and where they differ.

    `headlines` name other events, by id, that it speaks of or that fulfilled it.
    """
    beside = terminal.width >= SIDE_BY_SIDE
    width = terminal.width - (DATE_COLUMNS + 6 if beside else 4)
    when = _date_lines(event.get("date", {}), DATE_COLUMNS if beside else width, terminal)
    what = (
        *_body(event, width, terminal, detail),
        *_relation_lines(event, headlines, width, terminal),
    )
    mark, rail = _mark(event.get("date", {}), terminal), terminal.glyph("│")
    if not beside:
        yield f" {mark} {when[0]}"
        yield from (f" {rail} {line}" for line in (*when[1:], *what))
        yield f" {rail}"
        return
    for number, (date, line) in enumerate(zip_longest((*when, ""), (*what, ""), fillvalue="")):
        side = " " * (DATE_COLUMNS - columns(_bare(date))) + date
        yield f" {side} {rail if number else mark}  {line}".rstrip()


def _head(document: Document, terminal: Terminal) -> Iterator[str]:
    name = clean(document.get("timeline", ""))
    title = clean(document.get("title", name))
    yield ""
    yield terminal.paint(" " + title, "strong")
    articles = document.get("counts", {}).get("articles", {})
    events = sum(document.get("counts", {}).get("events", {}).values())
    told = f"{_counted(events, 'event')} from {_counted(articles.get('processed', 0), 'article')}"
    facts = [
        f"timeline {name}" if title != name else "",
        told,
        f"{articles['failed']} failed" if articles.get("failed") else "",
        f"{document['pending']} still being read" if document.get("pending") else "",
    ]
    said = terminal.glyph(" · ").join(fact for fact in facts if fact)
    yield from (terminal.paint(" " + line, "faint") for line in wrap(said, terminal.width - 1))


def _foot(terminal: Terminal, *, empty: bool) -> Iterator[str]:
    if empty:
        yield ""
        yield " No events."
        return
    yield terminal.paint(terminal.glyph(" ● that day  ○ within these days"), "faint")


def _month_of(event: Document) -> tuple[str, str]:
    """Year and month in words under which the event stands: of its start, else of its end."""
    date = event.get("date", {})
    found = re.match(r"Y?(-?\d{4,})-(\d\d)-", str(date.get("start", date.get("end", ""))))
    return (found[1], MONTHS[int(found[2]) - 1]) if found else ("", "Undated")


def _month_heading(month: tuple[str, str], terminal: Terminal) -> Iterator[str]:
    words = f"{month[1]} {month[0]}".strip()
    yield ""
    rule = terminal.glyph("─") * (terminal.width - columns(words) - 3)
    yield f" {terminal.paint(words, 'heading')} {terminal.paint(rule, 'faint')}"
    yield ""


def _date_lines(date: Document, width: int, terminal: Terminal) -> tuple[str, ...]:
    words = clean(date.get("display", date.get("edtf", "no date")))
    lines = [terminal.paint(line, "date") for line in wrap(words, width)]
    confidence = date.get("confidence")
    if isinstance(confidence, int | float) and not words.startswith("planned"):
        lines.append(terminal.paint(f"{round(confidence * 100)}% sure", "faint"))
    return tuple(lines)


def _mark(date: Document, terminal: Terminal) -> str:
    single = date.get("start") == date.get("end") and date.get("start") is not None
    vague = date.get("approximate") or date.get("inferred") or not single
    return terminal.paint(terminal.glyph("○" if vague else "●"), "date")


def _body(event: Document, width: int, terminal: Terminal, detail: Detail) -> Iterator[str]:
    for line in wrap(clean(event.get("headline", "")), width):
        yield terminal.paint(line, "strong")
    remarks = _remarks(event)
    if remarks:
        yield terminal.paint(", ".join(remarks), "warning")
    sources = _each_once(event.get("sources", ()))
    article = None
    for source in sources[: detail.quotes]:
        if article != (article := source.get("article_id")):
            yield _source_line(source, width, terminal)
        quote = clean(source.get("quote", ""))
        yield from (f"  {line}" for line in _quote_lines(quote, width - 2, terminal, detail))
    if len(sources) > detail.quotes:
        yield terminal.paint(f"and {len(sources) - detail.quotes} more", "faint")
    if counted := _independence(event):
        yield terminal.paint(counted, "faint")
    names = _publishers(sources)
    for conflict in event.get("conflicts", ()):
        said = _conflict(conflict, names)
        yield from (terminal.paint(line, "bad") for line in wrap(said, width))


def _each_once(sources: Iterable[Document]) -> tuple[Document, ...]:
    """The sources, article by article, without a sentence that two of its clauses quote."""
    by_article: dict[object, dict[object, Document]] = {}
    for source in sources:
        quotes = by_article.setdefault(source.get("article_id"), {})
        quotes.setdefault(source.get("quote"), source)
    return tuple(source for quotes in by_article.values() for source in quotes.values())


def _independence(event: Document) -> str:
    """How many of several articles stand on their own, where not all do."""
    told, alone = event.get("source_count", 0), event.get("independent_source_count", 0)
    return f"{told} articles, {alone} of them independent" if told > alone else ""


def _relation_lines(
    event: Document, headlines: Mapping[str, str], width: int, terminal: Terminal
) -> Iterator[str]:
    """What a statement speaks of, and what a plan became."""
    named = [("on", each) for each in event.get("about", ())]
    named += [("came true", event["fulfilled_by"])] if event.get("fulfilled_by") else []
    for word, other in named:
        if other in headlines:
            lines = wrap(f"{word}: {headlines[other]}", width)
            yield from (terminal.paint(line, "faint") for line in lines)


def _remarks(event: Document) -> list[str]:
    """What is out of the ordinary: no happening, not happened, not asserted.

    What the words of the date say already is not said twice.
    """
    display = str(event.get("date", {}).get("display", ""))
    told = [str(event.get(name, "")) for name in ("kind", "status", "certainty")]
    ordinary = {"happening", "happened", "ongoing", "asserted", ""}  # the date says ongoing
    remarks = dict.fromkeys(each.replace("_", " ") for each in told if each not in ordinary)
    return [each for each in remarks if not display.startswith(f"{each},")]


def _source_line(source: Document, width: int, terminal: Terminal) -> str:
    """Who tells it, when it was published, and where in the article when not in its text."""
    names = ("publisher", "title", "url", "external_id", "article_id")
    who = clean(next((source[name] for name in names if source.get(name)), ""))
    role = source.get("role")
    notes = (str(source.get("published_at", ""))[:10], role if role in {"caption", "title"} else "")
    told = ", ".join(note for note in notes if note)
    name = shorten(who, max(8, width - columns(told) - 2))
    return f"{terminal.paint(name, 'source')} {terminal.paint(told, 'faint')}".rstrip()


def _quote_lines(quote: str, width: int, terminal: Terminal, detail: Detail) -> Sequence[str]:
    opening, closing = terminal.glyph("“"), terminal.glyph("”")
    within = quote.translate(QUOTED_WITHIN) if terminal.unicode else quote
    lines = wrap(f"{opening}{within}{closing}", width)
    if len(lines) <= detail.quote_lines:
        return lines
    kept = detail.quote_lines - 1
    rest = shorten(" ".join(lines[kept:]), width - columns(closing))
    return (*lines[:kept], terminal.glyph(rest) + closing)


def _conflict(conflict: Document, names: Mapping[str, str]) -> str:
    values = [
        f"{clean(each.get('value', ''))} ({_who_says(each, names)})"
        for each in conflict.get("values", ())
    ]
    return f"Sources differ on {clean(conflict.get('field', ''))}: {'; '.join(values)}"


def _who_says(value: Document, names: Mapping[str, str]) -> str:
    ids = [str(each) for each in value.get("article_ids", ())]
    return ", ".join(dict.fromkeys(names.get(each, clean(each)) for each in ids))


def _publishers(sources: Sequence[Document]) -> Mapping[str, str]:
    return {
        str(source.get("article_id")): clean(source["publisher"])
        for source in sources
        if source.get("publisher")
    }


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _bare(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)
