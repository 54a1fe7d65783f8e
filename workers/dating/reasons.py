"""Why a mention has its day, in plain sentences that name what they lean on."""

from __future__ import annotations

from service.documents.datewords import day_words
from service.temporal.interval import Day
from service.temporal.timex import Resolution
from workers.dating.dated import Dated
from workers.dating.trust import Rung
from workers.telling.drafts import Draft

LONGEST = 60
"""Characters of a clause that is named."""

SOURCES = {
    Rung.PASSAGE: "the last day that this passage names, for",
    Rung.NARRATED: "the time that this passage tells of, named for",
    Rung.LEAD: "the day that the opening names, for",
}
"""What a derivation calls the happening whose day is taken, by rung."""


def of_expression(resolution: Resolution) -> tuple[str, ...]:
    """Of a day by an expression of its own."""
    return (f"Its clause names the time: '{resolution.text}'.",)


def of_plan(published: Day) -> tuple[str, ...]:
    """Of a plan without a day."""
    return (f"It was still to come on {day_words(published)}, and no day is named.",)


def of_report(published: Day) -> tuple[str, ...]:
    """Of what is shown on the day of its report."""
    return (f"No time is named: the likeliest day is that of the report, {day_words(published)}.",)


def of_telling(draft: Draft, latest: Day) -> tuple[str, ...]:
    """Of what is only bounded by its telling."""
    by = "was told" if draft.said_on is None else f"was spoken of ('{draft.said_on.text}')"
    return (f"No time is named: it had happened when it {by}, by {day_words(latest)}.",)


def of_source(source: Dated, rung: Rung) -> tuple[str, ...]:
    """Of a day taken from elsewhere in the article."""
    return (f"No time is named: it is shown at {SOURCES[rung]} '{clause_of(source.draft)}'.",)


def of_pointer(words: str, target: Dated) -> tuple[str, ...]:
    """Of what its words tell from another clause."""
    first = f"'{words}' points at '{clause_of(target.draft)}'."
    return (*target.why, first)


def clause_of(draft: Draft) -> str:
    """The clause, cut at a word."""
    start = draft.telling.start
    words = draft.telling.text[draft.start - start : draft.end - start]
    if len(words) <= LONGEST:
        return words
    return words[:LONGEST].rpartition(" ")[0] + " ..."
