"""What a text has named so far: the times that later expressions may count from."""

from __future__ import annotations

from dataclasses import dataclass

from service.temporal.interval import Granularity
from service.temporal.timex import Anchor, Calendar, Resolution

PUBLICATION = "publication"
EXPRESSION = "expression"


@dataclass(frozen=True, slots=True)
class Discourse:
    """The last closed time named, the last one no longer than a week, and calendars in use.

    `named_until` is where in the text the last one ends, in code points.
    """

    named: Anchor | None = None
    named_finely: Anchor | None = None
    solar_hijri: bool = False
    named_until: int = 0

    def after(self, resolution: Resolution) -> Discourse:
        """The discourse once `resolution` has been read too."""
        solar = self.solar_hijri or resolution.calendar is Calendar.SOLAR_HIJRI
        interval = resolution.interval
        if interval is None or interval.start is None or interval.end is None:
            return Discourse(self.named, self.named_finely, solar, self.named_until)
        named = Anchor(EXPRESSION, interval, resolution.text)
        fine = interval.granularity <= Granularity.WEEK
        finely = named if fine else self.named_finely
        return Discourse(named, finely, solar, resolution.span.end)
