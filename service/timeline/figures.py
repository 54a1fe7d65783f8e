"""Figures of an event, and where its sources disagree on them (EVENTS section 5).

Two figures are compared only where they count the same, in one unit, of one scope, as of one day:
a toll that rises is no disagreement. A range, a bound or a rounder number that contains the other
figure agrees with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf

from service.timeline.details import Comparator, Figure
from service.timeline.model import ArticleId, Conflict, Mention, ToldFigure

TERMS = frozenset({"year", "month", "week", "day"})
"""Units of terms ("12 years in prison"), which do not grow from day to day."""
ROUND_FROM = 100
"""Smaller numbers are meant to the unit."""
ABOUT = 0.1
"""How far "about" reaches at least, as a share of the number."""
_SAID = {
    Comparator.ABOUT: "about ",
    Comparator.MORE_THAN: "more than ",
    Comparator.AT_LEAST: "at least ",
    Comparator.LESS_THAN: "less than ",
    Comparator.AT_MOST: "at most ",
}

Key = tuple[str, str, str, int]


def told_figures(mentions: Sequence[Mention]) -> tuple[ToldFigure, ...]:
    """The figures of `mentions` in their order, what an article repeats once."""
    found: dict[tuple[ArticleId, str, int], ToldFigure] = {}
    for mention in mentions:
        for each in mention.figures:
            key = (mention.article_id, figure_text(each), each.as_of)
            found.setdefault(key, ToldFigure(each, mention.article_id, mention.within))
    return tuple(found.values())


def figure_conflicts(mentions: Sequence[Mention]) -> tuple[Conflict, ...]:
    """The conflicts on figures, by what is counted; each value with its articles."""
    told: dict[Key, dict[ArticleId, list[Figure]]] = {}
    for mention in mentions:
        for each in mention.figures:
            of_article = told.setdefault(_key(each), {})
            of_article.setdefault(mention.article_id, []).append(each)
    conflicts = (_conflict(told[key]) for key in sorted(told))
    return tuple(each for each in conflicts if each is not None)


def agree(one: Figure, other: Figure) -> bool:
    """Whether both may be true: one's number lies within the other's reach."""
    return _reaches(one, other.value) or _reaches(other, one.value)


def figure_text(figure: Figure) -> str:
    """The figure in words: "at least 10 (miner, killed)", "12 year (sentence)"."""
    numbers = [figure.value] if figure.most is None else [figure.value, figure.most]
    said = _SAID.get(figure.comparator, "") + "-".join(map(_number, numbers))
    unit = "" if figure.unit == "count" else f" {figure.unit}"
    about = ", ".join(each for each in (figure.what, figure.scope) if each)
    return f"{said}{unit} ({about})" if about else said + unit


def _key(figure: Figure) -> Key:
    as_of = 0 if figure.unit in TERMS else int(figure.as_of)
    return figure.what, figure.unit, figure.scope, as_of


def _conflict(told: dict[ArticleId, list[Figure]]) -> Conflict | None:
    apart: dict[str, dict[ArticleId, None]] = {}
    articles = list(told)
    for at, one in enumerate(articles):
        for other in articles[at + 1 :]:
            if not _any_agree(told[one], told[other]):
                for article in (one, other):
                    for each in told[article]:
                        apart.setdefault(figure_text(each), {})[article] = None
    if not apart:
        return None
    values = ((text, tuple(each for each in articles if each in apart[text])) for text in apart)
    return Conflict(field="figures", values=tuple(sorted(values)))


def _any_agree(mine: Iterable[Figure], yours: Sequence[Figure]) -> bool:
    return any(agree(one, other) for one in mine for other in yours)


def _reaches(figure: Figure, number: float) -> bool:
    """Whether the figure leaves room for the number; a bound for itself too."""
    least, most = _reach(figure)
    return least <= number <= most


def _reach(figure: Figure) -> tuple[float, float]:
    value, slack = figure.value, _half_unit(figure.value)
    match figure.comparator:
        case Comparator.RANGE:
            return value, inf if figure.most is None else figure.most
        case Comparator.MORE_THAN | Comparator.AT_LEAST:
            return value, inf
        case Comparator.LESS_THAN | Comparator.AT_MOST:
            return -inf, value
        case Comparator.ABOUT:
            slack = max(slack, ABOUT * value)
        case _:
            pass
    return value - slack, value + slack


def _half_unit(value: float) -> float:
    """Half the last place that is written of a round number: 500 for 3,000, 0 for 14."""
    if value < ROUND_FROM or value != int(value):
        return 0.0
    digits = str(int(value))
    zeros = len(digits) - len(digits.rstrip("0"))
    return float(10**zeros) / 2 if zeros else 0.0


def _number(value: float) -> str:
    return f"{int(value):,}" if value == int(value) else str(value)
