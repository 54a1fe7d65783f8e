"""Names and numbers that only look like time: streets, shows, people, clauses, angles."""

from __future__ import annotations

import re

from service.temporal.algebra import Between, Date
from service.temporal.lexicon import Cues, cues
from service.temporal.scanner import Scan, code
from service.temporal.tagger import Timex

_NAME_OF_STREET = 3
_NAME_OF_VARIABLE = 3
_OPERATORS = frozenset(["<", ">", "=", "+", "*", "&", "@", "|", "^", "§", "¶"])
_LAW = re.compile(r"\b\d+ (?:U\.S\.C?\.?|C\.F\.R\.|USC|CFR|Stat\.|F\.\dd) (?:§+ ?)?$")
_WINDOW = 16
_BEFORE_INITIAL = frozenset([":", ",", "(", "mr", "mrs", "ms", "dr"])
_ANGLES = frozenset(["degrees", "degree", "°"])
_CLOCK_UNITS = frozenset(["minute", "minutes", "second", "seconds"])
_DIGITS = "<d/m/y or m/d/y>"
_OWNERS = frozenset(["a", "an", "his", "her", "their", "my", "your", "our", "the", "old", "used"])


def is_namesake(timex: Timex, scan: Scan) -> bool:
    """Whether the expression is part of a name, a clause number or an angle of English text."""
    words = cues("en")
    return (
        _names_street(timex, scan, words)
        or _names_show(timex, scan, words)
        or _is_surname(timex, scan)
        or _is_angle(timex, scan)
        or ((timex.rule == _DIGITS or _is_years(timex)) and _is_labelled(timex, scan))
    )


def is_model(timex: Timex, scan: Scan, before: str) -> bool:
    """Whether it tells the model of a car: "his 1987 Chevrolet"; not "in 1987 Ford sold"."""
    owned = before in _OWNERS or before in {"'s", "’s"}
    return owned and cues("en").has("makes", scan.word(timex.until))


def is_reckoned(timex: Timex, scan: Scan) -> bool:
    """Whether it is part of a sum, a law or a street: "i < 2020", "2010 Elm Road"."""
    before = scan.word(timex.first - 1)
    if before in _OPERATORS and _is_variable(scan.word(timex.first - 2)):
        return True
    window = scan.text[max(timex.span.start - _WINDOW, 0) : timex.span.start]
    if _LAW.search(window) is not None:
        return True
    return _is_house(timex, scan, cues("en"))


def _is_labelled(timex: Timex, scan: Scan) -> bool:
    """Whether a label stands before the number: "clause 9.10.11", "pp. 1404-1412"."""
    words, before = cues("en"), scan.word(timex.first - 1)
    if before == ".":
        before = scan.word(timex.first - 2)
    return words.has("labels", before) and not words.has("soft_labels", before)


def _is_years(timex: Timex) -> bool:
    """Whether two bare numbers stand for years."""
    expr = timex.meaning.expr
    ends = (expr.first, expr.last) if isinstance(expr, Between) else ()
    return bool(ends) and all(isinstance(end, Date) and end.month is None for end in ends)


def _is_variable(word: str) -> bool:
    """Whether a formula may hold the word: a letter or two, or the end of a bracket."""
    return word in {"]", ")"} or (word.isalpha() and len(word) <= _NAME_OF_VARIABLE)


def _is_house(timex: Timex, scan: Scan, words: Cues) -> bool:
    """Whether a street's name follows the number: "1404 June Avenue"."""
    for index in range(timex.until, timex.until + 1 + _NAME_OF_STREET):
        written = scan.written(index)
        if not written[:1].isupper():
            return False
        if index > timex.until and words.has("streets", written.lower()):
            return True
    return False


def _names_street(timex: Timex, scan: Scan, words: Cues) -> bool:
    """Whether a street is named after the day: "14 March Street", "Sunday Lane"."""
    following = scan.written(timex.until)
    if not following[:1].isupper() or not words.has("streets", following.lower()):
        return False
    return scan.codes[timex.until - 1] not in code("year")


def _names_show(timex: Timex, scan: Scan, words: Cues) -> bool:
    """Whether a show or a custom is named after the day: "Saturday Night Live", "Sunday best"."""
    last, following = scan.word(timex.until - 1), scan.written(timex.until)
    if timex.until - timex.first == 1 and words.has("customs", following):
        return scan.codes[timex.first] in code("weekday")
    return last == "night" and following.istitle() and words.has("shows", following.lower())


def _is_surname(timex: Timex, scan: Scan) -> bool:
    """Whether an initial stands before the only word: "Referee: M. Friday"."""
    if timex.until - timex.first != 1 or scan.word(timex.first - 1) != ".":
        return False
    initial = scan.written(timex.first - 2)
    named = len(initial) == 1 and initial.isupper()
    return named and scan.word(timex.first - 3) in _BEFORE_INITIAL


def _is_angle(timex: Timex, scan: Scan) -> bool:
    """Whether the minutes are those of a degree: "51 degrees 30 minutes north"."""
    angled = scan.word(timex.until - 1) in _CLOCK_UNITS
    return angled and any(scan.word(timex.first - back) in _ANGLES for back in (1, 2))
