"""English rules in the order of their stages; each stage builds on what the earlier ones made."""

from __future__ import annotations

from service.temporal.grammar import Rulebook
from service.temporal.rules import (
    en_accounts,
    en_ages,
    en_amounts,
    en_anaphora,
    en_anniversaries,
    en_calendars,
    en_days,
    en_digits,
    en_feasts,
    en_hours,
    en_lengths,
    en_lists,
    en_months,
    en_parts,
    en_ranges,
    en_rates,
    en_spoken,
    en_times,
    en_vague,
    numeric,
)


def stages() -> tuple[Rulebook, ...]:
    """Counted units; units, dates and clocks; combinations; parts; days with times; ranges."""
    return (
        _together(
            en_spoken.NUMBERS,
            en_ages.AMOUNTS,
            en_rates.AMOUNTS,
            en_amounts.AMOUNTS,
            en_hours.WORDS,
            en_calendars.NAMES,
            en_lengths.COUNTS,
        ),
        _together(
            en_calendars.BASICS,
            en_lists.BASICS,
            en_rates.BASICS,
            en_accounts.BASICS,
            en_feasts.BASICS,
            en_days.BASICS,
            en_anaphora.BASICS,
            en_digits.BASICS,
            en_months.BASICS,
            en_ranges.BASICS,
            en_times.BASICS,
            en_amounts.BASICS,
            en_ages.BASICS,
            en_vague.BASICS,
            en_lengths.BASICS,
            numeric.BASICS,
        ),
        _together(
            en_anniversaries.COMBINED,
            en_days.COMBINED,
            en_anaphora.COMBINED,
            en_months.COMBINED,
            en_ranges.COMBINED,
            en_hours.HOURS,
        ),
        _together(en_parts.PARTS, en_amounts.DISTANCES, en_ages.DISTANCES),
        _together(en_times.TIMES, en_hours.HOURS_OF_DAY, en_lengths.STARTED),
        en_ranges.RANGES,
    )


def _together(*books: Rulebook) -> Rulebook:
    return Rulebook([rule for book in books for rule in book.rules])
