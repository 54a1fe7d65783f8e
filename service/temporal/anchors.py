"""What a relative expression is counted from: publication, or the time last named in the text."""

from __future__ import annotations

import re
from dataclasses import replace

from service.temporal.accounts import accounts_anchor
from service.temporal.algebra import (
    After,
    Before,
    Clock,
    Coming,
    Here,
    Last,
    Leaf,
    Next,
    Past,
    This,
    TimeExpr,
)
from service.temporal.cues import find_cue
from service.temporal.discourse import EXPRESSION, PUBLICATION, Discourse
from service.temporal.interval import SECONDS_A_DAY, Granularity, Interval, Point
from service.temporal.lexicon import cues
from service.temporal.readings import Setting
from service.temporal.tagger import Timex
from service.temporal.timex import Anchor, Tense
from service.temporal.trees import branches, leaves, undirected
from service.temporal.units import Cycle, Repeating, Unit, is_clock, neighbours

_LEAD = 24
_OPENING = re.compile(r"(?:^|[.!?]['\"’”]?\s+|\n\s*)(?:(?:In|During|Throughout|Back in) )?$")
_SENTENCE_END = re.compile(r"[.!?;]['\"’”]?\s|\n")
_SAME_SENTENCE = 60
_GOING_ON = re.compile(r"^[^.!?;\n]*\b(?:and|then|before)\b[^.!?;\n]*$")
_AGES = 100 * 366 * SECONDS_A_DAY
_NEWS = 7 * SECONDS_A_DAY
_OTHER_YEAR = 300 * SECONDS_A_DAY
_RECENT = 120 * SECONDS_A_DAY
_RECENT_IN_HISTORY = 30 * SECONDS_A_DAY

_KINDS = {
    Granularity.MONTH: Unit.MONTH,
    Granularity.QUARTER: Unit.QUARTER,
    Granularity.HALF_YEAR: Unit.HALF_YEAR,
}


def anchor_of(timex: Timex, tree: TimeExpr, setting: Setting, discourse: Discourse) -> Anchor:
    """Publication day, unless the tree counts from the time last named and one was."""
    kinds = {leaf.leaf for leaf in leaves(tree) if isinstance(leaf, Here)}
    if Leaf.ACCOUNTS in kinds:
        return accounts_anchor(tree, setting.today, discourse)
    named = discourse.named
    fine = timex.meaning.granularity <= Granularity.WEEK
    if Leaf.NAMED in kinds and fine and not _names_long_unit(tree):
        named = discourse.named_finely
    elif Leaf.PASSAGE in kinds and not _is_narrative(timex, setting, named):
        named = None
    if named is not None and kinds & {Leaf.NAMED, Leaf.PASSAGE}:
        return named
    if _lacks_day(tree) and _goes_on(timex, setting, discourse):
        return discourse.named or Anchor(PUBLICATION, now(tree, setting))
    lacking = _lacking(tree)
    if lacking is Unit.WEEK and (
        _follows(timex, setting, discourse) or _is_told_history(timex, setting, discourse)
    ):
        return discourse.named_finely or Anchor(PUBLICATION, now(tree, setting))
    yearless = lacking is Unit.YEAR
    background = _background(timex, tree, setting, discourse) if yearless else None
    return background or setting.told or Anchor(PUBLICATION, now(tree, setting))


def _background(
    timex: Timex, tree: TimeExpr, setting: Setting, discourse: Discourse
) -> Anchor | None:
    """The time last named, where a month or day without its year goes on from it."""
    named = discourse.named
    if named is None or _in_frame(timex, setting, discourse):
        return named
    if not _is_background(timex, setting, discourse):
        return None
    to_come = named.interval.bounds[0] > setting.today.bounds[1]
    told = _is_told(timex, setting)
    return named if to_come or not _is_recent(tree, setting, told=told) else None


def _names_long_unit(tree: TimeExpr) -> bool:
    """Whether it lies inside a month or year last named: "5 March of that year"."""
    if isinstance(tree, This | Last | Next) and tree.of == Here(Leaf.NAMED):
        return isinstance(tree.what, Unit) and tree.what.granularity > Granularity.WEEK
    return any(_names_long_unit(branch) for branch in branches(tree))


def is_relative(tree: TimeExpr) -> bool:
    """Whether the tree counts from any anchor at all."""
    return any(isinstance(leaf, Here) for leaf in leaves(tree))


def in_kind(timex: Timex, anchor: Anchor) -> Timex:
    """A year from a quarter or month is the same one of that year, not the whole year."""
    tree, kind = timex.meaning.expr, _KINDS.get(anchor.interval.granularity)
    if not isinstance(tree, Before | After) or kind is None or anchor.kind != EXPRESSION:
        return timex
    if tree.period.unit is not Unit.YEAR:
        return timex
    months = replace(tree.period, unit=Unit.MONTH, count=tree.period.count * 12)
    meaning = replace(
        timex.meaning, expr=This(kind, replace(tree, period=months)), granularity=kind.granularity
    )
    return replace(timex, meaning=meaning)


def _lacking(tree: TimeExpr) -> Unit | None:
    """The unit that is missing: of a weekday its week, of a month or a day in one its year."""
    leaf = undirected(tree)
    if leaf is None or not isinstance(leaf.what, Repeating):
        return None
    if leaf.what.cycle is Cycle.WEEKDAY:
        return Unit.WEEK
    return Unit.YEAR if leaf.what.cycle in {Cycle.MONTH, Cycle.MONTH_DAY} else None


def _follows(timex: Timex, setting: Setting, discourse: Discourse) -> bool:
    """Whether it comes after a day ahead: "leaves next Monday and returns Wednesday"."""
    named = discourse.named_finely
    if named is None or named != discourse.named or named.interval.granularity > Granularity.DAY:
        return False
    if named.interval.bounds[0] < setting.today.bounds[1]:
        return False
    between = setting.scan.text[discourse.named_until : timex.span.start]
    if len(between) > _SAME_SENTENCE or _GOING_ON.search(between) is None:
        return False
    cue = find_cue(setting.scan, timex.first, timex.until, setting.passage.language)
    return cue is not None and cue.tense is Tense.FUTURE


def _lacks_day(tree: TimeExpr) -> bool:
    """Whether the tree is a time of day that comes without its day."""
    return isinstance(tree, Clock) and tree.of == Here()


def _goes_on(timex: Timex, setting: Setting, discourse: Discourse) -> bool:
    """Whether what happened then is still told of the day last named."""
    named = discourse.named
    if named is None or named.interval.granularity > Granularity.DAY:
        return False
    if named.interval.bounds[0] >= setting.today.bounds[0]:
        return False
    return _is_told(timex, setting)


def _is_told_history(timex: Timex, setting: Setting, discourse: Discourse) -> bool:
    """Whether a history goes on here from a day of long ago."""
    named = discourse.named_finely
    if not setting.history or named is None or named != discourse.named:
        return False
    return _is_of_another_year(named.interval, setting.today) and _is_background(
        timex, setting, discourse
    )


def _is_background(timex: Timex, setting: Setting, discourse: Discourse) -> bool:
    """Whether the paragraph, or all the text, tells of another year and nobody reports here."""
    named = discourse.named
    apart = setting.scan.text.find("\n", discourse.named_until, timex.span.start) >= 0
    if apart and not setting.history:
        return False
    if named is None or not _is_of_another_year(named.interval, setting.today):
        return False
    if named.interval.approximate and named.interval.bounds[1] < setting.today.bounds[0] - _AGES:
        return False  # "about 3,000 years ago" has no months
    cue = find_cue(setting.scan, timex.first, timex.until, setting.passage.language)
    return cue is None or (cue.tense is Tense.PAST and not cues("en").has("reporting", cue.word))


def _in_frame(timex: Timex, setting: Setting, discourse: Discourse) -> bool:
    """Whether a year that opens the sentence frames it: "Last year shops shut from May to July"."""
    named, text = discourse.named, setting.scan.text
    if named is None or named.interval.granularity is not Granularity.YEAR:
        return False
    if named.text is None or named.interval.overlaps(setting.today):
        return False
    start = discourse.named_until - len(named.text)
    opens = _OPENING.search(text[max(start - _LEAD, 0) : start])
    return opens is not None and not _SENTENCE_END.search(
        text, discourse.named_until, timex.span.start
    )


def _is_of_another_year(named: Interval, today: Interval) -> bool:
    """Whether it lies most of a year before publication, or after it: a text brought up to date."""
    (start, end), (first, until) = named.bounds, today.bounds
    return end <= first - _OTHER_YEAR or start >= until + _OTHER_YEAR


def _is_told(timex: Timex, setting: Setting) -> bool:
    """Whether a past verb stands beside it, so that what lies ahead is not meant."""
    cue = find_cue(setting.scan, timex.first, timex.until, setting.passage.language)
    return cue is not None and cue.tense is Tense.PAST


def _is_recent(tree: TimeExpr, setting: Setting, *, told: bool) -> bool:
    """Whether the reading next to publication is so near that news is likelier than history."""
    leaf = undirected(tree)
    if leaf is None:
        return False
    try:
        before, current, after = neighbours(leaf.what, setting.today)
    except ValueError:  # the calendar does not reach publication
        return False
    start, end = setting.today.bounds
    reach = _RECENT_IN_HISTORY if setting.history else _RECENT
    near = current is not None or start - before.bounds[1] < reach
    return near or (not told and after.bounds[0] - end < reach)


def _is_narrative(timex: Timex, setting: Setting, named: Anchor | None) -> bool:
    """Whether the text tells of a time long before publication where the expression stands.

    Or long after it: only the first day of a text that is brought up to date may be known.
    """
    if named is None:
        return False
    gone = named.interval.bounds[1] <= setting.today.bounds[0] - _NEWS
    if not gone and named.interval.bounds[0] < setting.today.bounds[1] + _OTHER_YEAR:
        return False
    cue = find_cue(setting.scan, timex.first, timex.until, setting.passage.language)
    return cue is not None and cue.tense is Tense.PAST


def now(tree: TimeExpr, setting: Setting) -> Interval:
    """Publication day; the very minute for hours and minutes from it."""
    publication = setting.context.publication
    clocked = isinstance(tree, Before | After | Past | Coming) and is_clock(tree.period.unit)
    if not clocked or not publication.has_clock:
        return setting.today
    minute = publication.point - publication.point % 60
    return Interval(start=Point(minute), end=Point(minute + 60), granularity=Granularity.MINUTE)
