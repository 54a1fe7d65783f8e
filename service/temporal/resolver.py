"""From a tagged expression to its reading: calendar, anchor and direction, others as candidates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.errors import UnresolvableError
from service.temporal.algebra import (
    After,
    Before,
    Between,
    Date,
    Here,
    Last,
    Leaf,
    Next,
    This,
    TimeExpr,
    evaluate,
)
from service.temporal.calendars import GREGORIAN
from service.temporal.cues import Cue, find_cue, sentence_around
from service.temporal.describe import expression_words, interval_words
from service.temporal.directions import Directed, directed, leaves, substituted, undirected
from service.temporal.gates import Passage, in_slot, year_readings
from service.temporal.interval import Granularity, Interval, Point, days
from service.temporal.labels import value_and_mod
from service.temporal.lexicon import cues
from service.temporal.scanner import Scan
from service.temporal.tagger import Timex
from service.temporal.timex import (
    Anchor,
    Calendar,
    Candidate,
    Context,
    Relation,
    Resolution,
    Step,
    Tense,
    TimexType,
)
from service.temporal.units import Unit, is_clock

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
_KINDS = {
    Granularity.MONTH: Unit.MONTH,
    Granularity.QUARTER: Unit.QUARTER,
    Granularity.HALF_YEAR: Unit.HALF_YEAR,
}
_APPROXIMATE = frozenset(["APPROX"])
_LEAST_CHANCE = 0.02


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read an expression, before or after its direction is decided."""

    expr: TimeExpr
    calendar: Calendar
    chance: float
    interval: Interval | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """What every expression of a text is read against."""

    scan: Scan
    context: Context
    passage: Passage
    today: Interval

    @property
    def year(self) -> int:
        """The year of publication."""
        return GREGORIAN.from_day(self.context.publication.day).year


def resolve_one(timex: Timex, setting: Setting, earlier: Sequence[Resolution]) -> Resolution | None:
    """The reading of one expression; None when it turns out to be no time at all.

    `earlier` are the resolutions before it in the text, which "the following day" counts from.
    """
    if timex.meaning.expr is None:
        return _without_place(timex, setting)
    if timex.meaning.latent and not _supported(timex, setting):
        return None
    named = _anchor(timex, setting, earlier)
    timex = _in_kind(timex, named)
    cue = _cue(timex, setting)
    found = [
        placed
        for reading in _readings(timex, setting)
        for placed in _placed(reading, named.interval, cue)
    ]
    if not found:
        return None
    return _resolution(timex, setting, named, tuple(found))


def _without_place(timex: Timex, setting: Setting) -> Resolution:
    """A duration, a set or a vague reference: a label and, if anchored, what it implies."""
    meaning = timex.meaning
    text = _text(timex, setting)
    implies = None if meaning.implies is None else evaluate(meaning.implies, setting.today)
    says = f"'{text}' is {meaning.says} and has no place of its own on the line"
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
        confidence=meaning.confidence,
        derivation=(Step(timex.rule, says),),
    )


def _supported(timex: Timex, setting: Setting) -> bool:
    """Whether something around a latent expression makes it one."""
    expr = timex.meaning.expr
    if isinstance(expr, Date):
        return in_slot(timex, expr.year, setting.scan, setting.year)
    if isinstance(expr, Between) and isinstance(expr.first, Date) and isinstance(expr.last, Date):
        after = setting.scan.word(timex.until)
        ordered = expr.first.year < expr.last.year <= expr.first.year + 1000
        return ordered and not cues("en").has("counted", after)
    return False


def _anchor(timex: Timex, setting: Setting, earlier: Sequence[Resolution]) -> Anchor:
    """Publication day, or the time last named for expressions that count from it."""
    expr = timex.meaning.expr
    assert expr is not None
    here = [leaf for leaf in leaves(expr) if isinstance(leaf, Here)]
    if any(leaf.leaf is Leaf.NAMED for leaf in here):
        fine = timex.meaning.granularity <= Granularity.WEEK
        for resolution in reversed(earlier):
            interval = resolution.interval
            if interval is None or interval.start is None or interval.end is None:
                continue
            if not fine or interval.granularity <= Granularity.WEEK:
                return Anchor("expression", interval, resolution.text)
    return Anchor("publication", _now(timex, setting))


def _in_kind(timex: Timex, named: Anchor) -> Timex:
    """A year before a quarter or month is the same one of that year, not the whole year."""
    expr, kind = timex.meaning.expr, _KINDS.get(named.interval.granularity)
    moved = isinstance(expr, Before | After) and expr.period.unit is Unit.YEAR
    if not moved or kind is None or named.kind != "expression":
        return timex
    assert isinstance(expr, Before | After)
    months = replace(expr.period, unit=Unit.MONTH, count=expr.period.count * 12)
    meaning = replace(
        timex.meaning,
        expr=This(kind, replace(expr, period=months)),
        granularity=kind.granularity,
    )
    return replace(timex, meaning=meaning)


def _now(timex: Timex, setting: Setting) -> Interval:
    """Publication day; the very minute for hours and minutes from it."""
    expr = timex.meaning.expr
    publication = setting.context.publication
    clocked = isinstance(expr, Before | After) and is_clock(expr.period.unit)
    if clocked and publication.has_clock:
        return Interval(
            start=publication.point,
            end=Point(publication.point + 60),
            granularity=Granularity.MINUTE,
        )
    return setting.today


def _cue(timex: Timex, setting: Setting) -> Cue | None:
    assert timex.meaning.expr is not None
    if undirected(timex.meaning.expr) is None:
        return None
    cue = find_cue(setting.scan, timex.first, timex.until, setting.context.language)
    before = setting.scan.word(timex.first - 1)
    if cue is None and before in {"by", "until", "till"}:
        return Cue(Tense.FUTURE, before)
    return cue


def _readings(timex: Timex, setting: Setting) -> tuple[Reading, ...]:
    """The trees that the words allow: calendars of a bare year, orders of d/m."""
    meaning = timex.meaning
    assert meaning.expr is not None
    year = next((leaf for leaf in leaves(meaning.expr) if _is_bare_year(leaf)), None)
    if isinstance(year, Date):
        return _by_calendar(timex, setting, year)
    share = (1 - meaning.confidence) / max(len(meaning.others), 1)
    calendar = _calendar(meaning.expr)
    first = Reading(meaning.expr, calendar, meaning.confidence)
    if meaning.others_within is not None and _ahead(first, setting) > meaning.others_within:
        return (replace(first, chance=0.95),)
    return first, *(Reading(other, calendar, share) for other in meaning.others)


def _ahead(reading: Reading, setting: Setting) -> int:
    """Days from publication day to the reading."""
    start = evaluate(reading.expr, setting.today).first_day
    return 0 if start is None else start - setting.context.publication.day


def _is_bare_year(leaf: TimeExpr) -> bool:
    return isinstance(leaf, Date) and leaf.month is None and leaf.calendar is Calendar.GREGORIAN


def _by_calendar(timex: Timex, setting: Setting, year: Date) -> tuple[Reading, ...]:
    meaning = timex.meaning
    assert meaning.expr is not None
    if timex.rule in {"<year> <era>", "<era> <year>"}:
        return (Reading(meaning.expr, Calendar.GREGORIAN, meaning.confidence),)
    after = setting.scan.word(timex.until)
    readings = year_readings(
        year.year,
        setting.passage,
        setting.context.publication.day,
        happening=cues("en").has("happenings", after),
        sentence=sentence_around(setting.scan, timex.first),
    )
    if len(readings) == 1:
        chance = min(meaning.confidence, readings[0].chance)
        return (Reading(meaning.expr, Calendar.GREGORIAN, chance), *_other_parts(timex, chance))
    return tuple(
        Reading(
            _in_calendar(meaning.expr, each.calendar),
            each.calendar,
            each.chance,
            steps=(Step("calendar", f"{year.year} is counted as {_name(each.calendar)}: "
                                    f"{each.because}"),),
        )
        for each in readings
    )  # fmt: skip


def _other_parts(timex: Timex, chance: float) -> tuple[Reading, ...]:
    share = 1 - chance
    return tuple(Reading(each, Calendar.GREGORIAN, share) for each in timex.meaning.others)


def _in_calendar(expr: TimeExpr, calendar: Calendar) -> TimeExpr:
    for leaf in leaves(expr):
        if _is_bare_year(leaf):
            assert isinstance(leaf, Date)
            expr = substituted(expr, leaf, replace(leaf, calendar=calendar))
    return expr


def _calendar(expr: TimeExpr) -> Calendar:
    for leaf in leaves(expr):
        if isinstance(leaf, Date) and leaf.calendar is not Calendar.GREGORIAN:
            return leaf.calendar
    found = undirected(expr)
    what = None if found is None else found.what
    return getattr(what, "calendar", Calendar.GREGORIAN)


def _name(calendar: Calendar) -> str:
    return "Solar Hijri" if calendar is Calendar.SOLAR_HIJRI else "a year AD"


def _placed(reading: Reading, anchor: Interval, cue: Cue | None) -> tuple[Reading, ...]:
    """The reading with its interval, and behind it the ones of the other direction."""
    try:
        options = directed(reading.expr, anchor, None if cue is None else cue.tense)
    except UnresolvableError:
        return ()
    if len(options) == 1 and undirected(reading.expr) is None:
        return (replace(reading, interval=options[0].interval),)
    sure = reading.chance * (0.97 if cue is not None else 0.88)
    steps = (*reading.steps, _direction_step(cue))
    rest = (1 - sure) / len(options)
    return tuple(
        replace(
            reading,
            expr=_in_words(option, reading, cue),
            interval=option.interval,
            chance=sure if index == 0 else rest,
            steps=steps,
        )
        for index, option in enumerate(options)
    )


def _in_words(option: Directed, reading: Reading, cue: Cue | None) -> TimeExpr:
    """The directed tree, with "up to and including" where the anchor's own one was allowed."""
    leaf = undirected(reading.expr)
    assert leaf is not None
    future = cue is not None and cue.tense is Tense.FUTURE
    shape = Next if future else Last
    same = substituted(reading.expr, leaf, This(leaf.what, leaf.of))
    if option.expr == same:
        return substituted(reading.expr, leaf, shape(leaf.what, leaf.of, including=True))
    return option.expr


def _direction_step(cue: Cue | None) -> Step:
    if cue is None:
        return Step("direction", "no word near it says past or future")
    way = {Tense.PAST: "back", Tense.FUTURE: "ahead", Tense.PRESENT: "at the present"}[cue.tense]
    return Step("direction", f"'{cue.word}' in the clause points {way}")


def _resolution(
    timex: Timex, setting: Setting, named: Anchor, found: tuple[Reading, ...]
) -> Resolution:
    meaning, best = timex.meaning, found[0]
    assert best.interval is not None
    interval = best.interval
    if meaning.mod in _APPROXIMATE:
        interval = replace(interval, approximate=True)
    value, mod = value_and_mod(best.expr, named.interval)
    relation = _relation(timex, setting)
    if best.calendar is not Calendar.GREGORIAN:
        setting.passage.supported.add(best.calendar)
    relative = any(isinstance(leaf, Here) for leaf in leaves(best.expr))
    granularity = meaning.granularity
    return Resolution(
        span=timex.span,
        text=_text(timex, setting),
        type=meaning.type,
        value=meaning.value or value,
        mod=meaning.mod or mod,
        interval=replace(interval, granularity=granularity),
        relation=relation,
        parts=_parts(timex, setting, best, named),
        granularity=granularity,
        calendar=best.calendar,
        anchor=named if relative else None,
        confidence=round(best.chance, 3),
        candidates=_candidates(found, granularity),
        derivation=_derivation(timex, setting, best, named if relative else None),
    )


def _parts(timex: Timex, setting: Setting, best: Reading, named: Anchor) -> tuple[Resolution, ...]:
    """The two ends of a joined range, each with its own reading."""
    if not timex.parts or not isinstance(best.expr, Between):
        return ()
    made = []
    for part, expr in zip(timex.parts, (best.expr.first, best.expr.last), strict=True):
        reading = replace(best, expr=expr, interval=evaluate(expr, named.interval), steps=())
        made.append(_resolution(part, setting, named, (reading,)))
    return tuple(replace(part, relation=None) for part in made)


def _candidates(found: tuple[Reading, ...], granularity: Granularity) -> tuple[Candidate, ...]:
    seen = {found[0].interval}
    made = []
    for reading in sorted(found[1:], key=lambda each: -each.chance):
        if reading.interval is None or reading.interval in seen or reading.chance < _LEAST_CHANCE:
            continue
        seen.add(reading.interval)
        interval = replace(reading.interval, granularity=granularity)
        made.append(
            Candidate(
                interval=interval, calendar=reading.calendar, confidence=round(reading.chance, 3)
            )
        )
    return tuple(made)


def _relation(timex: Timex, setting: Setting) -> Relation | None:
    word = setting.scan.word(timex.first - 1)
    if word == "the":
        word = setting.scan.word(timex.first - 2)
    if isinstance(timex.meaning.expr, Between):
        return _RELATIONS.get(word) if word in {"since", "by", "before", "after"} else None
    return _RELATIONS.get(word)


def _derivation(
    timex: Timex, setting: Setting, best: Reading, anchor: Anchor | None
) -> tuple[Step, ...]:
    assert best.interval is not None
    text = _text(timex, setting)
    says = f"'{text}' is read as {expression_words(best.expr)}, {interval_words(best.interval)}"
    steps = [*best.steps, Step(timex.rule, says)]
    if anchor is not None and anchor.kind == "expression":
        steps.insert(0, Step("anchor", f"it counts from '{anchor.text}', the time last named"))
    relation = _relation(timex, setting)
    if relation is not None:
        bound = f"'{relation.value}' before it bounds the clause and is left out of the span"
        steps.append(Step("relation", bound))
    return tuple(steps)


def _text(timex: Timex, setting: Setting) -> str:
    return setting.scan.text[timex.span.start : timex.span.end]


def today(context: Context) -> Interval:
    """Publication day as an interval."""
    return days(context.publication.day, context.publication.day)
