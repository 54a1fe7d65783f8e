"""English: what comes every day ("her daily walk"), and times that count from an event."""

from __future__ import annotations

from service.temporal.grammar import Match, Meaning, Rulebook
from service.temporal.rules.en_days import ends_clause
from service.temporal.timex import TimexType
from service.temporal.timex3 import duration_text
from service.temporal.units import Unit

AMOUNTS = Rulebook()
BASICS = Rulebook()

_WHOLE = {("24", Unit.HOUR): Unit.DAY, ("7", Unit.DAY): Unit.WEEK, ("365", Unit.DAY): Unit.YEAR,
          ("52", Unit.WEEK): Unit.YEAR, ("12", Unit.MONTH): Unit.YEAR}  # fmt: skip
_OWNERS = frozenset(
    ["the", "a", "his", "her", "its", "their", "our", "my", "your", "regular", "usual"]
)
_PRESS = frozenset(
    [
        "newspaper", "newspapers", "paper", "papers", "magazine", "magazines", "journal", "tabloid",
        "publication", "news", "review", "of", "in", "and", "or",
    ]
)  # fmt: skip
_DATES = {
    Unit.DAY: "XXXX-XX-XX",
    Unit.WEEK: "XXXX-WXX",
    Unit.MONTH: "XXXX-XX",
    Unit.YEAR: "XXXX",
}


# 24 hours a day, seven days a week; not "40 hours a week"
@AMOUNTS.rule(
    "24 hours a day", "(numeral|one|tens hyphen? one) units (comma|hyphen)? (a|every) unit", None
)
def all_the_time(match: Match) -> int | None:
    """Swallowed: it means always."""
    numbers = (item.value for item in match.items[:-2] if isinstance(item.value, int))
    count = str(sum(number for number in numbers if number))
    counted = Unit(match.string("units"))
    whole = _WHOLE.get((count, counted))
    return len(match.items) if whole == Unit(match.string("unit")) else None


# his daily life, on a weekly basis; not "the daily newspaper", "a weekly of the left"
@BASICS.rule("daily <noun>", "often", "Set")
def daily(match: Match) -> Meaning | None:
    """A period that comes round, told of a thing that does."""
    following = match.scan.written(match.items[-1].until)
    if match.before() not in _OWNERS or match.string("often") not in {"day", "week", "month"}:
        return None
    if not (following.isalpha() and following.islower()) or following in _PRESS:
        return None
    unit = Unit(match.string("often"))
    return Meaning(
        says="a period that comes round",
        type=TimexType.SET,
        value=duration_text(unit, "1"),
        quant="EVERY",
        granularity=unit.granularity,
        confidence=0.75,
    )


# the day after his death, the weeks before the raid; not "the day after" alone
@BASICS.rule("the <unit> beside <event>", "the (unit|units)", "Ref")
def beside_event(match: Match) -> Meaning | None:
    """A time that counts from an event, which the engine does not place."""
    if match.after() not in {"before", "after"} or ends_clause(match, beyond=1):
        return None
    plural = match.has("units")
    unit = Unit(str(match.items[-1].value))
    if unit not in _DATES:
        return None
    return Meaning(
        says="a time counted from an event",
        type=TimexType.DURATION if plural else TimexType.DATE,
        value=duration_text(unit, "X") if plural else _DATES[unit],
        granularity=unit.granularity,
        confidence=0.6,
    )
