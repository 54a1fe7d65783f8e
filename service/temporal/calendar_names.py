"""Names of calendars and their months in English, as derivations and people spell them."""

from __future__ import annotations

from service.temporal.timex import Calendar

_GREGORIAN_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

CALENDAR_NAMES: dict[Calendar, str] = {
    Calendar.GREGORIAN: "Gregorian calendar",
    Calendar.SOLAR_HIJRI: "Solar Hijri calendar",
    Calendar.LUNAR_HIJRI: "Islamic lunar calendar (Umm al-Qura)",
    Calendar.BUDDHIST: "Buddhist calendar",
    Calendar.JAPANESE: "Japanese calendar",
    Calendar.MINGUO: "Minguo calendar",
    Calendar.HEBREW: "Hebrew calendar",
    Calendar.ETHIOPIC: "Ethiopian calendar",
    Calendar.INDIAN: "Indian national calendar",
    Calendar.JULIAN: "Julian calendar",
}

MONTH_NAMES: dict[Calendar, tuple[str, ...]] = {
    Calendar.GREGORIAN: _GREGORIAN_MONTHS,
    Calendar.BUDDHIST: _GREGORIAN_MONTHS,
    Calendar.JAPANESE: _GREGORIAN_MONTHS,
    Calendar.MINGUO: _GREGORIAN_MONTHS,
    Calendar.JULIAN: _GREGORIAN_MONTHS,
    Calendar.SOLAR_HIJRI: (
        "Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban",
        "Azar", "Dey", "Bahman", "Esfand",
    ),
    Calendar.LUNAR_HIJRI: (
        "Muharram", "Safar", "Rabi al-Awwal", "Rabi al-Thani", "Jumada al-Ula", "Jumada al-Thani",
        "Rajab", "Shaban", "Ramadan", "Shawwal", "Dhu al-Qadah", "Dhu al-Hijjah",
    ),
    Calendar.HEBREW: (
        "Tishrei", "Heshvan", "Kislev", "Tevet", "Shevat", "Adar I", "Adar", "Nisan", "Iyar",
        "Sivan", "Tammuz", "Av", "Elul",
    ),
    Calendar.ETHIOPIC: (
        "Meskerem", "Tikimt", "Hidar", "Tahsas", "Tir", "Yekatit", "Megabit", "Miyazya", "Ginbot",
        "Sene", "Hamle", "Nehase", "Pagume",
    ),
    Calendar.INDIAN: (
        "Chaitra", "Vaisakha", "Jyaistha", "Asadha", "Sravana", "Bhadra", "Asvina", "Kartika",
        "Agrahayana", "Pausa", "Magha", "Phalguna",
    ),
}  # fmt: skip
