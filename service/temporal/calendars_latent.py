"""What speaks for a calendar when a year stands alone: its name, its months, its users.

Minguo is not here: 115 is never a year unless the era stands beside it. Ethiopic and Indian years
look like our own and count only with their calendar beside them, as do Hebrew ones, which no rule
takes for a year without it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.temporal.timex import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Latent:
    """A calendar whose bare years may be met, and the patterns of what supports them.

    `by_month` is the weight of a month or holiday: less where neighbours of the calendar's users,
    who count years otherwise, speak of them too. `languages` are those of its users, `regions` the
    countries (ISO 3166) whose outlets count so: "en-IR".
    """

    calendar: Calendar
    name: str
    years: range
    named: re.Pattern[str]
    months: re.Pattern[str]
    by_month: float
    users: re.Pattern[str]
    languages: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()


THAI_YEARS = range(2400, 2600)
"""Years of the Buddhist Era that are met without their era, with or without a month of ours."""

LATENT = (
    Latent(
        calendar=Calendar.SOLAR_HIJRI,
        name="Solar Hijri",
        years=range(1250, 1500),
        named=re.compile(
            r"\b(?:solar[ -]hijri|shamsi|jalali"
            r"|(?:persian|iranian|afghan)(?:\s(?:solar|new))?\s(?:calendar|year))\b",
            re.IGNORECASE,
        ),
        months=re.compile(
            r"\b(?:Farvardin|Ordibehesht|Khordad|Mordad|Shahrivar|Bahman|Esfand|Nowruz|Norouz"
            r"|Nowrooz|Hamal|Sawr|Saur|Jawza|Sunbula|Aqrab|Dalwa)\b"
        ),
        by_month=3.0,
        users=re.compile(
            r"\b(?:Iran|Iranians?|Tehran|Isfahan|Esfahan|Mashhad|Tabriz|Shiraz|Qom|Persian"
            r"|Kerman|Kermanshah|Ahvaz|Khuzestan|Yazd|Rasht|Gilan|Mazandaran|Qazvin|Hamedan|Hamadan"
            r"|Zanjan|Sanandaj|Urmia|Orumiyeh|Ardabil|Arak|Karaj|Bushehr|Bandar Abbas|Zahedan"
            r"|Abadan|Khorramshahr|Golestan|Lorestan|Hormozgan|Sistan|Khorasan|Evin|Majlis"
            r"|Afghanistan|Afghans?|Kabul|Herat|Kandahar|Mazar-i-Sharif|Jalalabad|Kunduz|Bamiyan"
            r"|Helmand|Ghazni|Khamenei|Rouhani|Raisi|Pezeshkian|IRGC|Taliban)\b"
        ),
        languages=frozenset(["fa", "ps"]),
        regions=frozenset(["IR", "AF"]),
    ),
    Latent(
        calendar=Calendar.LUNAR_HIJRI,
        name="Islamic lunar",
        years=range(1300, 1500),
        named=re.compile(
            r"\b(?:(?:islamic|muslim|lunar)(?:\s(?:lunar|new|hijri))?\s(?:calendar|year)"
            r"|lunar[ -]hijri|(?<!solar )(?<!solar-)hijri\s(?:calendar|year|new year)"
            r"|umm al-qura)\b",
            re.IGNORECASE,
        ),
        months=re.compile(
            r"\b(?:Muharram|Rajab|Sha'?a?ban|Ramadh?an|Ramzan|Shawwal|Hajj|Eid|Ashura"
            r"|[DZ]h?u'?l?[ -](?:al-)?Hijjah?)\b"
        ),
        by_month=1.0,
        users=re.compile(
            r"\b(?:Saudi|Saudis|Riyadh|Jeddah|Mecca|Makkah|Medina|Madinah|[Hh]ajj|[Uu]mrah)\b"
        ),
        regions=frozenset(["SA"]),
    ),
    Latent(
        calendar=Calendar.BUDDHIST,
        name="Buddhist Era",
        years=THAI_YEARS,
        named=re.compile(
            r"\b(?:buddhist (?:era|calendar|year)|thai (?:calendar|year))\b", re.IGNORECASE
        ),
        months=re.compile(r"\bSongkran\b"),
        by_month=2.0,
        users=re.compile(
            r"\b(?:Thailand|Thais?|Bangkok|Chiang Mai|Phuket|Pattaya|Lao|Laos|Vientiane"
            r"|Cambodian?|Phnom Penh|Isan|Ayutthaya|Hat Yai|Chiang Rai|Siam)\b"
        ),
        languages=frozenset(["th"]),
        regions=frozenset(["TH", "LA", "KH"]),
    ),
)

CALENDAR_WORDS: dict[str, Calendar] = {
    "gregorian": Calendar.GREGORIAN,
    "western": Calendar.GREGORIAN,
    "persian": Calendar.SOLAR_HIJRI,
    "iranian": Calendar.SOLAR_HIJRI,
    "afghan": Calendar.SOLAR_HIJRI,
    "solar": Calendar.SOLAR_HIJRI,
    "shamsi": Calendar.SOLAR_HIJRI,
    "jalali": Calendar.SOLAR_HIJRI,
    "islamic": Calendar.LUNAR_HIJRI,
    "muslim": Calendar.LUNAR_HIJRI,
    "lunar": Calendar.LUNAR_HIJRI,
    "hijri": Calendar.LUNAR_HIJRI,
    "buddhist": Calendar.BUDDHIST,
    "thai": Calendar.BUDDHIST,
    "jewish": Calendar.HEBREW,
    "hebrew": Calendar.HEBREW,
    "ethiopian": Calendar.ETHIOPIC,
    "ethiopic": Calendar.ETHIOPIC,
    "saka": Calendar.INDIAN,
    "indian": Calendar.INDIAN,
    "minguo": Calendar.MINGUO,
}
"""Words before "calendar", "era" or "year" that name one, lower case."""

YEARS: dict[Calendar, range] = {
    Calendar.SOLAR_HIJRI: range(1, 1501),
    Calendar.LUNAR_HIJRI: range(1, 1601),
    Calendar.BUDDHIST: range(2300, 2701),
    Calendar.HEBREW: range(4000, 6001),
    Calendar.ETHIOPIC: range(1000, 2101),
    Calendar.INDIAN: range(1700, 2101),
    Calendar.MINGUO: range(1, 201),
    Calendar.JULIAN: range(1, 1951),
}
"""The years of each calendar that a text is believed to speak of."""

_BESIDE = re.compile(
    r"[\s,(]*(?:in|of|on|by|under|according to) (?:the |their )?(?P<word>[A-Za-z]+)"
    r"(?:[ -](?:solar|lunar|hijri|national|new))* (?:calendar|era)\b"
)
_AFTER_ERA = re.compile(r"\b(?:A\.?H|A\.?P|S\.?H|B\.?E|A\.?M|H|Hijri)\.?\s?[(/]\s?(?:AD |CE )?$")
_BRACKETED = re.compile(r"\s?[(/]\s?(?:AD |CE )?(?P<year>(?:19|20)\d\d)(?:[)/–-]| (?:AD|CE)\))")


def named_beside(following: str) -> Calendar | None:
    """The calendar that the words just after a year name: "2018 in the Ethiopian calendar"."""
    found = _BESIDE.match(following)
    return None if found is None else CALENDAR_WORDS.get(found["word"].lower())


def year_beside(following: str) -> int | None:
    """The year of our era that stands in brackets after a year: "1404 (2025)"."""
    found = _BRACKETED.match(following)
    return None if found is None else int(found["year"])


def follows_era(preceding: str) -> bool:
    """Whether a year stands in brackets after one with its era, as "900 AH (1494)": it is ours."""
    return _AFTER_ERA.search(preceding) is not None
