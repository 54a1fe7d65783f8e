"""Whether an event fits a query, by its document alone: the truth of the SQL filters, in Python.

What was and is no more has no row to look for, and what a subscriber hears is decided event by
event; so the filters are said twice, and a test holds that both say the same.
"""

from __future__ import annotations

from service.documents.folding import asked_terms, search_terms
from service.documents.jsontext import JsonObject
from service.documents.traits import FIELD_END, Traits, days_of, traits_of
from service.store.eventquery import Choice, EventQuery, Search

ONE_OF = ("kind", "status", "basis", "granularity")
"""Choices among which an event has one value."""


def fits(query: EventQuery, document: JsonObject) -> bool:
    """Whether the event of `document` fits all of `query`; its order and its size do not count."""
    asked = query.search
    has = traits_of(document, text=bool(asked.words or asked.phrases))
    return (
        _overlaps(query, document)
        and all(_is_chosen((getattr(has, name),), getattr(query, name)) for name in ONE_OF)
        and _is_chosen(has.publishers, query.publisher)
        and _is_chosen(has.languages, query.lang)
        and _has_least(has, query)
        and _is_found(has.text, asked)
    )


def _overlaps(query: EventQuery, document: JsonObject) -> bool:
    if query.first is None and query.last is None:
        return True
    first, last = days_of(document)
    return (query.first is None or last is None or last >= query.first) and (
        query.last is None or first is None or first <= query.last
    )


def _is_chosen(values: tuple[str, ...], choice: Choice) -> bool:
    has = frozenset(values)
    return (not choice.only or not has.isdisjoint(choice.only)) and has.isdisjoint(choice.but)


def _has_least(has: Traits, query: EventQuery) -> bool:
    pairs = (
        (has.sources, query.min_sources),
        (has.confidence, query.min_confidence),
        (has.salience, query.min_salience),
    )
    return all(least is None or value >= least for value, least in pairs)


def _is_found(text: str, asked: Search) -> bool:
    parts = (*asked.words, *asked.phrases)
    if not parts:
        return True
    found = search_terms(text) - {FIELD_END.strip()}
    return all(asked_terms(part) <= found for part in parts) and all(
        f" {phrase} " in text for phrase in asked.phrases
    )
