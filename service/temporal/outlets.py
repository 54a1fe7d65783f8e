"""Where an article comes from, as far as it is known: whose winter, whose order of day and month.

Evidence in this order: the outlet's zone (given, or in an "Updated ... ET" line), the domain of its
address, the region of the language tag, the outlet's name; for the order before these the spelling
of the text and of its dates in words; for the seasons after these the places that the text names.
Lands and words are listed in `words/outlets.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, cached_property

from service.temporal.fiscal import FiscalYear, told_fiscal_year
from service.temporal.lexicon import Cues, outlet_words
from service.temporal.timex import Context
from service.temporal.zones import stamped_zone

_FEWEST_PLACES = 2
_LEDE = 200
_SURE, _LIKELY = 0.97, 0.75
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_DAY_MONTH = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})\b")
_MONTH_DAY = re.compile(rf"\b(?:{_MONTHS})\.? \d{{1,2}}(?:, \d{{4}}|\b(?! \d{{4}}))")
_WORD = re.compile(r"\b[a-z]+\b")


@dataclass(frozen=True, slots=True)
class Custom:
    """What is known: yes or no, how surely, and why in a few words."""

    holds: bool
    sure: float
    because: str


@dataclass(frozen=True)
class Origin:
    """Text and context of one article; each custom is looked up once, on first need."""

    text: str
    context: Context

    @cached_property
    def southern(self) -> Custom | None:
        """Whether its seasons are those of the southern hemisphere; None when nothing says it.

        A northern outlet may tell of the south in the words of its people: less sure.
        """
        own, told = self._southern_outlet(), self._by_places()
        if own is None or own.holds or told is None:
            return own or told
        return replace(own, sure=_LIKELY)

    @cached_property
    def day_first(self) -> Custom | None:
        """Whether 3/2 is 3 February there; None when nothing says it."""
        return self._by_spelling() or self._by_domain() or self._by_zone() or self._by_tag()

    @cached_property
    def fiscal(self) -> FiscalYear | None:
        """The fiscal year whose end the text states."""
        return told_fiscal_year(self.text)

    @property
    def _zone(self) -> str:
        return self.context.outlet.zone or stamped_zone(self.text) or ""

    @property
    def _domain(self) -> str:
        return (self.context.outlet.domain or "").rpartition(".")[2].lower()

    @property
    def _region(self) -> str:
        region = self.context.language.rpartition("-")[2].lower()
        return region if len(region) == 2 and "-" in self.context.language else ""

    @property
    def _publisher(self) -> str:
        return self.context.outlet.publisher or ""

    def _southern_outlet(self) -> Custom | None:
        words = outlet_words()
        zone, domain, region = self._zone, self._domain, self._region
        if zone and not _in_zones(words, "no_zones", zone):
            return _sure(_in_zones(words, "southern_zones", zone), f"the zone {zone}")
        if _names_land(words, domain):
            return _sure(words.has("southern_domains", domain), f"the domain .{domain}")
        if region:
            return _sure(
                words.has("southern_regions", region), f"the language is {self.context.language}"
            )
        named = _places("southern_places").search(self._publisher)
        return None if named is None else _sure(named is not None, f"its name has '{named[0]}'")

    def _by_places(self) -> Custom | None:
        """Places of the south in the text: two, or one at its head; less sure."""
        found = list(_places("southern_places").finditer(self.text))
        if not found or (found[0].start() > _LEDE and len(found) < _FEWEST_PLACES):
            return None
        return Custom(holds=True, sure=_LIKELY, because=f"the text tells of {found[0][0]}")

    def _by_spelling(self) -> Custom | None:
        """Dates in words first ("27 January"), then words that are spelt in two ways."""
        days, months = len(_DAY_MONTH.findall(self.text)), len(_MONTH_DAY.findall(self.text))
        if days != months:
            written = "27 January" if days > months else "January 27"
            return Custom(
                holds=days > months, sure=_LIKELY, because=f"its dates in words are like {written}"
            )
        words, known = _WORD.findall(self.text), outlet_words()
        spelt = sum(known.has("day_first_spelling", word) for word in words) - sum(
            known.has("month_first_spelling", word) for word in words
        )
        if not spelt:
            return None
        side = "British" if spelt > 0 else "American"
        return Custom(holds=spelt > 0, sure=_LIKELY, because=f"its spelling is {side}")

    def _by_domain(self) -> Custom | None:
        words, domain = outlet_words(), self._domain
        if words.has("month_first_domains", domain):
            return Custom(holds=False, sure=_SURE, because=f"the domain .{domain}")
        if not _names_land(words, domain) or words.has("either_first_domains", domain):
            return None
        return Custom(holds=True, sure=_SURE, because=f"the domain .{domain}")

    def _by_zone(self) -> Custom | None:
        words, zone = outlet_words(), self._zone
        known = zone and not _in_zones(words, "no_zones", zone)
        if not known or _in_zones(words, "either_first_zones", zone):
            return None
        american = _in_zones(words, "month_first_zones", zone)
        return Custom(holds=not american, sure=_SURE, because=f"the zone {zone}")

    def _by_tag(self) -> Custom | None:
        """The region of the language tag, then the places in the outlet's name."""
        words, region = outlet_words(), self._region
        if region and not words.has("either_first_regions", region):
            american = words.has("month_first_regions", region)
            return Custom(
                holds=not american, sure=_SURE, because=f"the language is {self.context.language}"
            )
        for name in ("day_first_places", "month_first_places"):
            named = _places(name).search(self._publisher)
            if named is not None:
                because = f"its name has '{named[0]}'"
                return Custom(holds=name == "day_first_places", sure=_LIKELY, because=because)
        return None


def _sure(holds: bool, because: str) -> Custom:  # noqa: FBT001  # what was looked up
    return Custom(holds=holds, sure=_SURE, because=because)


def _names_land(words: Cues, domain: str) -> bool:
    """Whether the last label is that of a country and used as such."""
    return len(domain) == 2 and not words.has("no_domains", domain)


def _in_zones(words: Cues, name: str, zone: str) -> bool:
    zone = zone.lower()
    return (
        words.has(name, zone)
        or words.has(name, zone.rpartition("/")[0])
        or words.has(name, zone.partition("/")[0])
    )


@cache
def _places(name: str) -> re.Pattern[str]:
    """Any place of the list, also in the capitals of a dateline; the longer name first."""
    listed = outlet_words().sets[name]
    names = sorted(listed | {each.upper() for each in listed}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(each) for each in names)})(?!\w)")
