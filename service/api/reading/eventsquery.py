"""What a request asks of a timeline's events, as the store takes it, for pages and exports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from service.api.reading.days import read_days
from service.api.schemas.timelinequery import MOST_LETTERS, MOST_VALUES, MOST_WORDS, WORDS
from service.documents.folding import fold, is_unspaced
from service.documents.jsontext import JsonObject
from service.documents.traits import publisher_key
from service.errors import InvalidInputError, Violation
from service.store.eventquery import Choice, EventQuery, Order, Search

_PART = re.compile(r'"([^"]*)(?:"|$)|([^\s"]+)')
_LANGUAGE = re.compile(r"[a-z]{2,8}", re.IGNORECASE | re.ASCII)


def read_events_query(query: JsonObject) -> EventQuery:
    """The query of the store; raises InvalidInputError naming each parameter that is wrong.

    `query` was loaded by a schema of `schemas.timelinequery`.
    """
    first, last = read_days(query)
    choices, violations = _choices(query)
    try:
        search = _search(str(query.get("q", "")), given="q" in query)
    except InvalidInputError as error:
        violations.extend(error.violations)
    if violations:
        raise InvalidInputError(*violations)
    found = EventQuery(
        first=first,
        last=last,
        search=search,
        min_sources=_whole(query.get("min_sources")),
        min_confidence=_share(query.get("min_confidence")),
        min_salience=_share(query.get("min_salience")),
        order=Order(str(query.get("order", Order.DATE))),
        top=_whole(query.get("top")),
    )
    return replace(found, **choices)  # type: ignore[arg-type]  # fields that are choices


def _choices(query: JsonObject) -> tuple[dict[str, Choice], list[Violation]]:
    found: dict[str, Choice] = {}
    wrong: list[Violation] = []
    for name in (*WORDS, "publisher", "lang"):
        if name in query:
            values = str(query[name]).split(",")
            wrong.extend(Violation(name, why, "query") for why in _faults(name, values))
            found[name] = Choice(
                only=_keys(name, (each for each in values if not _is_barred(each))),
                but=_keys(name, (each.strip()[1:] for each in values if _is_barred(each))),
            )
    return found, wrong


def _faults(name: str, values: list[str]) -> Iterator[str]:
    if len(values) > MOST_VALUES:
        yield f"names {len(values)} values: use at most {MOST_VALUES}"
        return
    for value in values:
        bare = value.strip().removeprefix("-").strip()
        if not bare:
            yield "has an empty value: leave it out, or name one between the commas"
        elif name in WORDS and bare not in WORDS[name]:
            yield f"has no value '{bare}': use {', '.join(WORDS[name])}"
        elif name == "lang" and not _LANGUAGE.fullmatch(bare):
            yield f"has '{bare}', which is no language: use codes such as en or fa"


def _keys(name: str, values: Iterator[str]) -> tuple[str, ...]:
    key = {"publisher": publisher_key, "lang": str.lower}.get(name, str)
    return tuple(sorted({key(value.strip()) for value in values}))


def _is_barred(value: str) -> bool:
    return value.strip().startswith("-")


def _search(text: str, *, given: bool) -> Search:
    """Words and phrases of `q`; a word that folds into several is a phrase of them."""
    parts = [fold(quoted or word) for quoted, word in _PART.findall(text)]
    words = [part for part in parts if part and " " not in part]
    phrases = [part for part in parts if " " in part]
    if given and not (words or phrases):
        raise _no_search("holds no word: give some letters or digits")
    said = " ".join(parts).split()
    letters = sum(map(is_unspaced, said))
    if letters > MOST_LETTERS or len(said) - letters > MOST_WORDS:
        raise _no_search(
            f"holds {len(said)} words: use at most {MOST_WORDS}, or {MOST_LETTERS} letters of a "
            "script without spaces"
        )
    return Search(tuple(dict.fromkeys(words)), tuple(dict.fromkeys(phrases)))


def _no_search(why: str) -> InvalidInputError:
    return InvalidInputError(Violation("q", why, "query"))


def _whole(value: object) -> int | None:
    return None if value is None else int(str(value))


def _share(value: object) -> float | None:
    return None if value is None else float(str(value))


def refuse_paging_of_top(query: JsonObject) -> None:
    """Raise InvalidInputError when a page is asked of `top`, which is one page."""
    if "top" in query:
        wrong = [name for name in ("limit", "cursor") if name in query]
        if wrong:
            raise InvalidInputError(
                *(
                    Violation(name, "does not go with `top`, which is one page", "query")
                    for name in wrong
                )
            )
