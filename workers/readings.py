"""What a sentence says in a language without rules of its own, by its dates; and all may say."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.temporal.interval import Day
from service.temporal.timex import Resolution
from service.timeline.model import Certainty, DateClaim, Kind, Status
from workers.dating.claims import (
    explicit_claim,
    reported_claim,
    trusted_less,
)
from workers.dating.dated import Points
from workers.details.carried import NOTHING, Carried
from workers.persian.content import Content
from workers.telling import slots
from workers.telling.tellings import Article, Telling, date_spans, tellings
from workers.telling.wording import Wording
from workers.text.lines import UNSPACED

FEWEST_WORDS, FEWEST_DATED = 4, 2
"""Different words of a lead that may tell something, and of a sentence with a date."""

# No article, no preposition: of three letters and more.
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The labels and the day of one mention; `dated_by` is the expression that gave the day."""

    kind: Kind
    status: Status
    certainty: Certainty
    date: DateClaim
    dated_by: Resolution | None = None
    clause: tuple[int, int] | None = None
    """Where the clause stands that says it; None for the whole sentence."""
    wording: Wording | None = None
    """The words of its headline; None for those of the clause."""
    trigger: str = ""
    trigger_class: str = ""
    sayers: tuple[str, ...] = ()
    carried: Carried = NOTHING
    opens: bool = True
    points: Points | None = None
    """What the day was counted from; `target` says which of the article's mentions that is."""
    target: int | None = None
    why: tuple[str, ...] = ()
    content: Content | None = None
    """Its words for linking; None for those of a language in Latin letters."""


def read_dated(article: Article) -> tuple[tuple[Telling, Said], ...]:
    """The dated sentences and the lead, of an article in another language."""
    read = ((each, read_telling(each, article.published)) for each in tellings(article))
    return tuple(
        (each, said) for each, said in read if said is not None and _has_content(each, said)
    )


def read_telling(telling: Telling, published: Day) -> Said | None:
    """What a sentence in another language says; None when it has no day and does not lead.

    No words are asked for: a date or the lead is enough, and is trusted less.
    """
    choice = slots.ranked(slots.usable_dates(telling), telling.text, telling.start)
    dated = (_dated(telling, published, each) for each in choice)
    return next((each for each in dated if each is not None), None) or _led(telling, published)


def _has_content(telling: Telling, said: Said) -> bool:
    """Whether it has words besides its dates: not a row of figures, nor "Last updated"."""
    at, rest = 0, []
    for span in sorted(date_spans(telling)):
        rest.append(telling.text[at : span.start - telling.start])
        at = span.end - telling.start
    told = " ".join([*rest, telling.text[at:]])
    words = {each.casefold() for each in _WORD.findall(told)}
    fewest = FEWEST_WORDS if said.dated_by is None else FEWEST_DATED
    return len(words) >= fewest or UNSPACED.search(told) is not None


def _dated(telling: Telling, published: Day, own: Resolution) -> Said | None:
    """A happening on its day, or a plan where that lies ahead; None where it may be either."""
    claim = explicit_claim(own, telling.text, telling.start, published, planned=True)
    if claim.start is not None and claim.start > published + 1:
        return _said(claim, own, Status.PLANNED)
    claim = explicit_claim(own, telling.text, telling.start, published)
    if claim.start is None and claim.end is not None and claim.end > published + 1:
        return None
    return _said(claim, own, Status.ONGOING if claim.ongoing else Status.HAPPENED)


def _led(telling: Telling, published: Day) -> Said | None:
    """The lead by its report."""
    if not telling.leads:
        return None
    return _said(reported_claim(published), None, Status.HAPPENED)


def _said(claim: DateClaim, dated_by: Resolution | None, status: Status) -> Said:
    return Said(
        kind=Kind.PLANNED if status is Status.PLANNED else Kind.HAPPENING,
        status=status,
        certainty=Certainty.ASSERTED,
        date=trusted_less(claim),
        dated_by=dated_by,
    )
