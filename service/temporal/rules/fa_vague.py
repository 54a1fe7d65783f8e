"""Persian: repetition ("har hafte") and references without a place ("akhiran")."""

from __future__ import annotations

from service.temporal.grammar import Match, Meaning, Rulebook
from service.temporal.parts import DAY_PART_CODES, Part
from service.temporal.rules.fa_amounts import vague
from service.temporal.timex import TimexType
from service.temporal.timex3 import FUTURE_REF, PAST_REF, PRESENT_REF, duration_text
from service.temporal.units import Unit

BASICS = Rulebook()


# har ruz, harsal, har do hafte, har sale
@BASICS.rule("every <unit>", "every unit|everyjoined|every yearly", "Set")
@BASICS.rule("every <amount>", "every Amount", "Set")
def every(match: Match) -> Meaning:
    """A period that comes round."""
    if match.has("Amount"):
        found = match.amount()
        return _set(duration_text(found.unit, found.count), "EVERY")
    return _set(duration_text(Unit(str(match.items[-1].value)), "1"), "EVERY")


# har shab, har sobh
@BASICS.rule("every <day part>", "every daypart", "Set")
def every_part(match: Match) -> Meaning | None:
    """A part of the day that comes round."""
    letters = DAY_PART_CODES.get(Part(match.string("daypart")))
    return None if letters is None else _set(f"XXXX-XX-XXT{letters}", "EVERY")


# ruzi do bar, do bar dar ruz
@BASICS.rule("<n> times a <unit>", "aday fasmall times|fasmall times in unit", "Set")
def times(match: Match) -> Meaning:
    """How often in a period."""
    unit = match.string("aday" if match.has("aday") else "unit")
    return _set(duration_text(Unit(unit), "1"), None, f"{match.number('fasmall')}X")


# akhiran, aknun, be zudi
@BASICS.rule("recently", "reference|by (newly|soon)|also reference", "Ref")
def reference(match: Match) -> Meaning:
    """A time without a place."""
    return vague(str(match.items[-1].value))


# dar hale hazer, in ruzha
@BASICS.rule("at present", "in state present", "Ref")
@BASICS.rule("these days", "this units", "Ref")
def at_present(match: Match) -> Meaning | None:
    """The present."""
    if match.has("units") and match.string("units") != "day":
        return None
    return vague(PRESENT_REF)


# ruzhaye akhir, salhaye gozashte, mahhaye ayande, ayandeye nazdik
@BASICS.rule("recent <units>", "units (recent|past)", "Ref")
@BASICS.rule("coming <units>", "units coming|coming near", "Ref")
def some_units(match: Match) -> Meaning:
    """A few units on one side of publication."""
    return vague(FUTURE_REF if match.has("coming") else PAST_REF)


def _set(value: str, quant: str | None, freq: str | None = None) -> Meaning:
    return Meaning(
        says="a period that comes round",
        type=TimexType.SET,
        value=value,
        quant=quant,
        freq=freq,
        confidence=0.85,
    )
