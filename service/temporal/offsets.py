"""How far east of UTC a clock runs whose zone the text names: "EST", "UTC+4", "Tehran time".

"Local time" and names that nobody knows have no offset. Summer time is that of the IANA database.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from service.temporal.algebra import Between, Clock, TimeExpr
from service.temporal.evaluation import evaluate
from service.temporal.interval import Interval, Point
from service.temporal.publication import offset_at

_STATED = re.compile(r"(?:GMT|UTC)?\s?([+−–-])\s?(\d{1,2}):?(\d\d)?", re.IGNORECASE)
_FILLERS = re.compile(r"\b(?:standard|daylight|summer|time)\b", re.IGNORECASE)
_FARTHEST = 14 * 60


@dataclass(frozen=True, slots=True)
class Zones:
    """Minutes east of UTC by abbreviation, the commonest meaning first, and IANA zones by name."""

    offsets: dict[str, tuple[int, ...]]
    names: dict[str, str]


def offset_minutes(name: str, local: Point, outlet: int | None) -> int | None:
    """Minutes east of UTC of the zone called `name` at a civil moment there; None when unknown.

    `outlet` is the offset of publication in seconds, which decides between meanings of one name.
    """
    stated = _STATED.fullmatch(name.strip())
    if stated is not None:
        return _stated(stated)
    known, key = _zones(), " ".join(_FILLERS.sub(" ", name).lower().replace(".", "").split())
    if key in known.offsets:
        meanings = known.offsets[key]
        own = None if outlet is None else outlet // 60
        return own if own in meanings else meanings[0]
    return _at_place(known.names[key], local) if key in known.names else None


def with_offsets(expr: TimeExpr, anchor: Interval, outlet: int | None) -> TimeExpr:
    """The tree with the zones of its clock times as offsets (ISO 8601), where they are known."""
    match expr:
        case Between(Clock() as first, Clock() as last):
            first = first if first.zone else replace(first, zone=last.zone)
            return Between(_dated(first, anchor, outlet), _dated(last, anchor, outlet))
        case Clock():
            return _dated(expr, anchor, outlet)
        case _:
            return expr


def offset_text(minutes: int) -> str:
    """Minutes east of UTC as ISO 8601 writes them: Z, +03:30, -05:00."""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}" if minutes else "Z"


def _dated(clock: Clock, anchor: Interval, outlet: int | None) -> Clock:
    if clock.zone is None:
        return clock
    found = offset_minutes(clock.zone, evaluate(clock, anchor).bounds[0], outlet)
    return replace(clock, zone=None if found is None else offset_text(found))


def _stated(match: re.Match[str]) -> int | None:
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    if minutes > _FARTHEST:
        return None
    return minutes if match[1] == "+" else -minutes


def _at_place(zone: str, local: Point) -> int:
    """The offset on that civil moment; two looks, for the offset itself moves the instant."""
    place = ZoneInfo(zone)
    first = offset_at(place, local)
    return offset_at(place, local - first) // 60


@cache
def _zones() -> Zones:
    text = files("service.temporal").joinpath("words", "zones.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    offsets = {name: tuple(minutes) for name, minutes in table["offsets"].items()}
    return Zones(offsets, {**table["names"], **table["places"]})
