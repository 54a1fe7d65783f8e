"""Why an expression is read as it is, a plain sentence a step, for readers who are no linguists."""

from __future__ import annotations

from service.temporal.algebra import Between, Date, TimeExpr
from service.temporal.cues import Cue
from service.temporal.describe import LAST_NAMED, expression_words, interval_words
from service.temporal.interval import Interval
from service.temporal.timex import Anchor, Calendar, Relation, Step, Tense

_TELLS = {
    Tense.PAST: "tells of the past",
    Tense.PRESENT: "tells of the present",
    Tense.FUTURE: "tells of what lies ahead",
}
_BOUNDS = {
    Relation.SINCE: "what is told began then and went on",
    Relation.UNTIL: "what is told lasts up to then",
    Relation.BY: "what is told comes then or sooner",
    Relation.BEFORE: "what is told comes sooner than that",
    Relation.AFTER: "what is told comes later than that",
    Relation.FROM: "something starts there",
    Relation.TO: "what is told ends then",
}


def direction_step(cue: Cue | None, *, weekly: bool) -> Step:
    """Which word decides between the one before and the one to come, or what is done without."""
    if cue is None:
        taken = "the last one" if weekly else "the nearest one"
        return Step("direction", f"no word near it says past or future: {taken} is taken")
    if cue.hinted:
        return Step("hint", f"the verb '{cue.word}' that it belongs to {_TELLS[cue.tense]}")
    if not cue.word:
        return Step("direction", "the whole sentence is told in the present, as plans are")
    if cue.mild:
        says = f"'{cue.word}' near it tells of a plan, if less surely than 'will' would"
        return Step("direction", says)
    return Step("direction", f"'{cue.word}' near it {_TELLS[cue.tense]}")


def anchor_step(anchor: Anchor) -> Step:
    """What the expression is counted from, when that is not publication."""
    return Step("anchor", f"it counts from '{anchor.text}', the time last named")


def reading_step(
    rule: str, text: str, expr: TimeExpr, interval: Interval, anchor: Anchor | None
) -> Step:
    """What the words are taken for, and the days that this means."""
    named = "publication day" if anchor is None or anchor.text is None else f"'{anchor.text}'"
    words = "" if _is_plain(expr) else expression_words(expr).replace(LAST_NAMED, named)
    days = "" if _is_year_or_month(expr) else interval_words(interval)
    told = f"{words}, {days}" if words and days else words or days
    return Step(rule, f"'{text}' is read as {told}")


def relation_step(relation: Relation) -> Step:
    """What the preposition before the expression says of the clause."""
    return Step("relation", f"'{relation.value}' before it: {_BOUNDS[relation]}")


def _is_year_or_month(expr: TimeExpr) -> bool:
    """Whether the words name the very unit: "the year 2019", "March 1981"."""
    ours = isinstance(expr, Date) and expr.calendar is Calendar.GREGORIAN
    return ours and isinstance(expr, Date) and expr.day is None


def _is_plain(expr: TimeExpr) -> bool:
    """Whether the days tell all that the words do: a full date of ours, or two."""
    if isinstance(expr, Between):
        return _is_plain(expr.first) and _is_plain(expr.last)
    return isinstance(expr, Date) and expr.calendar is Calendar.GREGORIAN and expr.day is not None
