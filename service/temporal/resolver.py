"""From a tagged expression to its resolution: calendar, anchor and direction, with the reasons."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple

from service.errors import UnresolvableError
from service.temporal.accounts import compared
from service.temporal.algebra import Between, Here, Last, Next, TimeExpr, Undirected
from service.temporal.anchors import anchor_of, in_kind, is_relative, now
from service.temporal.binding import unbound
from service.temporal.calibration import measured
from service.temporal.cues import Cue, find_cue, hinted_cue
from service.temporal.customs import by_custom
from service.temporal.describe import interval_words
from service.temporal.diary import tells_day
from service.temporal.directions import Directed, directed, is_weekly
from service.temporal.discourse import EXPRESSION, Discourse
from service.temporal.evaluation import evaluate
from service.temporal.interval import SECONDS_A_DAY, Granularity, Interval
from service.temporal.labels import value_and_mod
from service.temporal.languages import beside_english
from service.temporal.lexicon import cues
from service.temporal.namesakes import is_namesake
from service.temporal.nowadays import in_our_days
from service.temporal.offsets import with_offsets
from service.temporal.readings import Reading, Setting, is_supported, readings
from service.temporal.reasons import anchor_step, direction_step, reading_step, relation_step
from service.temporal.tagger import Timex
from service.temporal.timex import (
    Anchor,
    Calendar,
    Candidate,
    Relation,
    Resolution,
    Step,
    Tense,
)
from service.temporal.trees import substituted, undirected

_RELATIONS = {
    "since": Relation.SINCE,
    "until": Relation.UNTIL,
    "till": Relation.UNTIL,
    "by": Relation.BY,
    "before": Relation.BEFORE,
    "after": Relation.AFTER,
    "from": Relation.FROM,
    "through": Relation.TO,
}
_OUTSIDE_RANGES = frozenset(["since", "by", "before", "after"])
# "A feud that goes back to 1994" has been there since.
_REACHING_BACK = frozenset(["back", "dating", "dates", "dated"])
_POINTING_AHEAD = frozenset(["by", "until", "till", "before"])
_STARTING = frozenset(["from", "starting", "beginning", "effective"])
_SURE_WITH_CUE = 0.97
_SURE_WITHOUT_CUE = 0.88
_SURE_OF_PLANS = 0.8
_SURE_AGAINST_NEARNESS = 0.6
_NEAR = 31 * SECONDS_A_DAY
_FAR = 300 * SECONDS_A_DAY
_LEAST_CHANCE = 0.01


class Placed(NamedTuple):
    """A reading whose direction is decided, and where it lies."""

    expr: TimeExpr
    interval: Interval
    calendar: Calendar
    chance: float
    steps: tuple[Step, ...]


def resolve_one(timex: Timex, setting: Setting, discourse: Discourse) -> Resolution | None:
    """The reading of one expression; None when it turns out to be no time at all.

    `discourse` is what the text has named before it, which "the following day" counts from.
    """
    if setting.passage.language == "en" and is_namesake(timex, setting.scan):
        return None
    timex = in_our_days(timex, setting)
    if timex.event is not None:
        return unbound(timex, setting.scan)
    if timex.meaning.expr is None:
        return _without_place(timex, setting)
    if timex.meaning.latent and not is_supported(timex, setting):
        return None
    timex = compared(timex, setting.scan, discourse)
    anchor = anchor_of(timex, timex.meaning.expr or Here(), setting, discourse)
    timex = in_kind(timex, anchor)
    found = _placed(timex, setting, anchor, discourse)
    return _resolution(timex, setting, anchor, found) if found else None


def _without_place(timex: Timex, setting: Setting) -> Resolution:
    """A duration, a set or a vague reference: a label and, if anchored, what it implies."""
    meaning, text = timex.meaning, _text(timex, setting)
    implies = None
    if meaning.implies is not None:
        implies = _implied(meaning.implies, setting)
    says = f"'{text}' is {meaning.says} and names no days by itself"
    if implies is not None:
        says = f"'{text}' is {meaning.says}: it covers {interval_words(implies)}"
    return Resolution(
        span=timex.span,
        text=text,
        type=meaning.type,
        value=meaning.value or "",
        mod=meaning.mod,
        quant=meaning.quant,
        freq=meaning.freq,
        implies=implies,
        granularity=meaning.granularity,
        confidence=_measured(timex, setting, meaning.confidence)[0],
        derivation=(Step(timex.rule, says),),
    )


def _measured(
    timex: Timex, setting: Setting, claimed: float, others: tuple[Candidate, ...] = ()
) -> tuple[float, tuple[Candidate, ...]]:
    """The confidence of a reading and the other ones; only English rules were measured."""
    if setting.passage.language != "en":
        return claimed, others
    return measured(timex.rule, claimed, others)


def _implied(tree: TimeExpr, setting: Setting) -> Interval | None:
    """The stretch, where the calendar that it is counted in reaches."""
    try:
        return evaluate(tree, now(tree, setting))
    except UnresolvableError:
        return None


def _placed(
    timex: Timex, setting: Setting, anchor: Anchor, discourse: Discourse
) -> tuple[Placed, ...]:
    """Every reading on the line, best first."""
    tree = timex.meaning.expr
    if tree is None:
        return ()
    cue = None if undirected(tree) is None else _goes_on(timex, setting) or _cue(timex, setting)
    found = by_custom(readings(timex, tree, setting, discourse), timex, setting)
    left = 1 - sum(reading.chance for reading in found)
    return tuple(
        placed for reading in found for placed in _directions(reading, anchor, cue, left=left)
    )


def _goes_on(timex: Timex, setting: Setting) -> Cue | None:
    """The next day of a diary lies ahead of the one it told last: "It's now Wednesday"."""
    if setting.told is None or not tells_day(setting.scan.text, timex.span.start):
        return None
    return Cue(Tense.FUTURE, setting.scan.word(timex.first - 1))


def _cue(timex: Timex, setting: Setting) -> Cue | None:
    """The word that points; "by Friday" points ahead where no other word does."""
    hints = setting.context.hints
    hinted = hinted_cue(setting.scan, timex.first, timex.until, hints) if hints else None
    if hinted is not None:
        return hinted
    following = setting.scan.word(timex.until)
    if timex.meaning.granularity is Granularity.MONTH and cues("en").has("ahead", following):
        return Cue(Tense.FUTURE, following)
    cue = find_cue(setting.scan, timex.first, timex.until, setting.passage.language)
    if cue is not None:
        return cue
    before = setting.scan.word(timex.first - 1)
    if before in _POINTING_AHEAD or _relation(timex, setting) is Relation.UNTIL:
        return Cue(Tense.FUTURE, before, loose=True)
    kept = cues("en").has("records", setting.scan.word(timex.first - 2))
    if before in _STARTING and not kept:
        return Cue(Tense.FUTURE, before, mild=True)
    return _happening(timex, setting)


def _happening(timex: Timex, setting: Setting) -> Cue | None:
    """A noun of something over beside the expression: "the June war", "the war in June"."""
    beside = (setting.scan.word(timex.until), setting.scan.word(timex.first - 2))
    over = next((word for word in beside if cues("en").has("over", word)), None)
    return None if over is None else Cue(Tense.PAST, over)


def _directions(
    reading: Reading, anchor: Anchor, cue: Cue | None, *, left: float
) -> tuple[Placed, ...]:
    """The reading in the direction that the cue points, then in the others.

    `left` is the chance that none of the readings is right; the others share it too.
    """
    leaf = undirected(reading.expr)
    tense = None if cue is None else cue.tense
    try:
        if leaf is None:
            only = evaluate(reading.expr, anchor.interval)
            return (Placed(reading.expr, only, reading.calendar, reading.chance, reading.steps),)
        options = directed(
            reading.expr,
            anchor.interval,
            tense,
            in_year=anchor.kind == EXPRESSION,
            loose=cue is not None and cue.loose,
            apart=cue is not None and cue.apart,
        )
    except UnresolvableError:
        return ()
    sure = reading.chance * _sureness(options, anchor.interval, cue)
    rest = max(reading.chance + left - sure, 0.0) / max(len(options) - 1, 1)
    steps = (*reading.steps, direction_step(cue, weekly=is_weekly(leaf.what)))
    return tuple(
        Placed(
            _in_words(reading.expr, leaf, tense) if option.own else option.expr,
            option.interval,
            reading.calendar,
            rest if index else sure,
            steps,
        )
        for index, option in enumerate(options)
    )


def _in_words(expr: TimeExpr, leaf: Undirected, tense: Tense | None) -> TimeExpr:
    """The tree with the anchor's own one, told as "up to and including" the anchor."""
    shape = Next if tense is Tense.FUTURE else Last
    return substituted(expr, leaf, shape(leaf.what, leaf.of, including=True))


def _sureness(options: tuple[Directed, ...], anchor: Interval, cue: Cue | None) -> float:
    """How far the cue is to be trusted: less when it passes over a day close by for a far one."""
    gaps = [_gap(option.interval, anchor) for option in options]
    if cue is not None and gaps[0] > _FAR and min(gaps) < _NEAR:
        return _SURE_AGAINST_NEARNESS
    if cue is None:
        return _SURE_WITHOUT_CUE
    return _SURE_OF_PLANS if cue.mild else _SURE_WITH_CUE


def _gap(interval: Interval, anchor: Interval) -> int:
    """Seconds between the two, 0 when they touch."""
    (start, end), (first, until) = interval.bounds, anchor.bounds
    return max(start - until, first - end, 0)


def _resolution(
    timex: Timex,
    setting: Setting,
    anchor: Anchor,
    found: tuple[Placed, ...],
    *,
    weighed: bool = False,
) -> Resolution:
    """The answer; the chance is measured but where the evidence for a calendar was `weighed`."""
    meaning, best = timex.meaning, found[0]
    placed = with_offsets(best.expr, anchor.interval, setting.context.publication.offset)
    value, mod = value_and_mod(placed, anchor.interval, best.interval)
    about = best.interval.approximate or meaning.mod == "APPROX"
    counted_from = anchor if is_relative(best.expr) else None
    relation = _relation(timex, setting)
    sure, others = round(best.chance, 3), _candidates(found, meaning.granularity)
    if not (weighed or _is_weighed(best)):
        sure, others = _measured(timex, setting, sure, others)
    return Resolution(
        span=timex.span,
        text=_text(timex, setting),
        type=meaning.type,
        value=meaning.value or value,
        mod=meaning.mod or mod,
        interval=best.interval.stated(meaning.granularity, approximate=about),
        relation=relation,
        parts=_parts(timex, setting, anchor, best),
        granularity=meaning.granularity,
        calendar=best.calendar,
        anchor=counted_from,
        confidence=sure,
        candidates=others,
        derivation=_derivation(timex, setting, best, counted_from, relation),
    )


def _parts(timex: Timex, setting: Setting, anchor: Anchor, best: Placed) -> tuple[Resolution, ...]:
    """The two ends of a joined range, each with its own reading."""
    if not timex.parts or not isinstance(best.expr, Between):
        return ()
    ends = zip(timex.parts, (best.expr.first, best.expr.last), strict=True)
    weighed = _is_weighed(best)
    made = (
        _resolution(part, setting, anchor, (_end(best, expr, anchor),), weighed=weighed)
        for part, expr in ends
    )
    return tuple(replace(part, relation=None) for part in made)


def _is_weighed(best: Placed) -> bool:
    """Whether several calendars may count its year: what speaks for each is in its chance."""
    return any(step.rule == "calendar" for step in best.steps)


def _end(best: Placed, expr: TimeExpr, anchor: Anchor) -> Placed:
    return best._replace(expr=expr, interval=evaluate(expr, anchor.interval), steps=())


def _candidates(found: tuple[Placed, ...], granularity: Granularity) -> tuple[Candidate, ...]:
    """The other readings that lie elsewhere, best first."""
    if len(found) == 1:
        return ()
    seen = [found[0].interval]
    made = []
    for placed in sorted(found[1:], key=attrgetter("chance"), reverse=True):
        if placed.interval in seen or placed.chance < _LEAST_CHANCE:
            continue
        seen.append(placed.interval)
        interval = placed.interval.stated(granularity, approximate=placed.interval.approximate)
        chance = round(placed.chance, 3)
        made.append(Candidate(interval=interval, calendar=placed.calendar, confidence=chance))
    return tuple(made)


def _relation(timex: Timex, setting: Setting) -> Relation | None:
    """The bound that the preposition before the span sets; a range holds its own "from"."""
    own = beside_english(setting.passage.language)
    if own is not None:
        ranged = isinstance(timex.meaning.expr, Between)
        return None if ranged else own.relation(setting.scan, timex.first)
    word = setting.scan.word(timex.first - 1)
    if word == "the":
        word = setting.scan.word(timex.first - 2)
    if isinstance(timex.meaning.expr, Between) and word not in _OUTSIDE_RANGES:
        return None
    if word == "to" and setting.scan.word(timex.first - 2) in _REACHING_BACK:
        return Relation.SINCE
    return _RELATIONS.get(word)


def _derivation(
    timex: Timex, setting: Setting, best: Placed, anchor: Anchor | None, relation: Relation | None
) -> tuple[Step, ...]:
    read = reading_step(timex.rule, _text(timex, setting), best.expr, best.interval, anchor)
    steps = [*best.steps, read]
    if anchor is not None and anchor.kind == EXPRESSION:
        steps.insert(0, anchor_step(anchor))
    if relation is not None:
        steps.append(relation_step(relation))
    return tuple(steps)


def _text(timex: Timex, setting: Setting) -> str:
    return setting.scan.text[timex.span.start : timex.span.end]
