"""The March equinox, for calendars whose year starts with it.

Method: J. Meeus, Astronomical Algorithms (2nd edition, 1998), chapter 27: mean equinox of tables
27.A and 27.B plus the periodic terms of table 27.C, good to about a minute for the years -1000 to
3000. Terrestrial Time is brought to Universal Time with the Delta T polynomials of Espenak and
Meeus (Five Millennium Canon of Solar Eclipses, NASA/TP-2006-214141, section 2.7).
"""

from __future__ import annotations

from math import cos, radians

FIRST_YEAR = -999
LAST_YEAR = 3000

_UNIX_EPOCH_JD = 2_440_587.5
_J2000_JD = 2_451_545.0
_DAYS_A_CENTURY = 36_525.0
_SECONDS_A_DAY = 86_400.0

# Coefficients of rising powers of the year in millennia: table 27.A (years before 1000, counted
# from year 0) and table 27.B (from 1000 on, counted from 2000).
_MEAN_ANCIENT = (1_721_139.29189, 365_242.13740, 0.06134, 0.00111, -0.00071)
_MEAN_MODERN = (2_451_623.80984, 365_242.37404, 0.05169, -0.00411, -0.00057)

# Table 27.C: amplitude (in 0.00001 day), phase and speed (degrees a Julian century).
_PERIODIC = (
    (485, 324.96, 1934.136),
    (203, 337.23, 32964.467),
    (199, 342.08, 20.186),
    (182, 27.85, 445267.112),
    (156, 73.14, 45036.886),
    (136, 171.52, 22518.443),
    (77, 222.54, 65928.934),
    (74, 296.72, 3034.906),
    (70, 243.58, 9037.513),
    (58, 119.81, 33718.147),
    (52, 297.17, 150.678),
    (50, 21.02, 2281.226),
    (45, 247.54, 29929.562),
    (44, 325.15, 31555.956),
    (29, 60.93, 4443.417),
    (18, 155.12, 67555.328),
    (17, 288.79, 4562.452),
    (16, 198.04, 62894.029),
    (14, 199.76, 31436.921),
    (12, 95.39, 14577.848),
    (12, 287.11, 31931.756),
    (12, 320.81, 34777.259),
    (9, 227.73, 1222.114),
    (8, 15.45, 16859.074),
)

# Delta T in seconds: first year of the stretch, zero of its variable, its scale, coefficients.
_DELTA_T = (
    (2050.0, 1820.0, 100.0, (-205.724, 56.28, 32.0)),
    (2005.0, 2000.0, 1.0, (62.92, 0.32217, 0.005589)),
    (1986.0, 2000.0, 1.0, (63.86, 0.3345, -0.060374, 0.0017275, 0.000651814, 0.00002373599)),
    (1961.0, 1975.0, 1.0, (45.45, 1.067, -1 / 260, -1 / 718)),
    (1941.0, 1950.0, 1.0, (29.07, 0.407, -1 / 233, 1 / 2547)),
    (1920.0, 1920.0, 1.0, (21.20, 0.84493, -0.076100, 0.0020936)),
    (1900.0, 1900.0, 1.0, (-2.79, 1.494119, -0.0598939, 0.0061966, -0.000197)),
    (
        1860.0,
        1860.0,
        1.0,
        (7.62, 0.5737, -0.251754, 0.01680668, -0.0004473624, 1 / 233_174),
    ),
    (
        1800.0,
        1800.0,
        1.0,
        (13.72, -0.332447, 0.0068612, 0.0041116, -0.00037436, 0.0000121272, -1.699e-7, 8.75e-10),
    ),
    (1700.0, 1700.0, 1.0, (8.83, 0.1603, -0.0059285, 0.00013336, -1 / 1_174_000)),
    (1600.0, 1600.0, 1.0, (120.0, -0.9808, -0.01532, 1 / 7129)),
    (
        500.0,
        1000.0,
        100.0,
        (1574.2, -556.01, 71.23472, 0.319781, -0.8503463, -0.005050998, 0.0083572073),
    ),
    (
        -500.0,
        0.0,
        100.0,
        (10583.6, -1014.41, 33.78311, -5.952053, -0.1798452, 0.022174192, 0.0090316521),
    ),
    (float("-inf"), 1820.0, 100.0, (-20.0, 0.0, 32.0)),
)


def march_equinox(year: int) -> float:
    """Days of Universal Time from 1970-01-01T00:00 to the March equinox of the Gregorian `year`.

    Astronomical year numbering. Raises ValueError outside the years -999 to 3000, for which the
    tables were made.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"no equinox for year {year}: use {FIRST_YEAR} to {LAST_YEAR}")
    terrestrial = _mean(year) + _periodic(_mean(year))
    return terrestrial - _delta_t(year + 0.21) / _SECONDS_A_DAY - _UNIX_EPOCH_JD


def _mean(year: int) -> float:
    if year < 1000:
        return _polynomial(_MEAN_ANCIENT, year / 1000)
    return _polynomial(_MEAN_MODERN, (year - 2000) / 1000)


def _periodic(mean: float) -> float:
    centuries = (mean - _J2000_JD) / _DAYS_A_CENTURY
    earth = radians(35_999.373 * centuries - 2.47)
    longitude = 1 + 0.0334 * cos(earth) + 0.0007 * cos(2 * earth)
    terms = (size * cos(radians(phase + speed * centuries)) for size, phase, speed in _PERIODIC)
    return 0.00001 * sum(terms) / longitude


def _delta_t(year: float) -> float:
    for first, zero, scale, coefficients in _DELTA_T:
        if year >= first:
            return _polynomial(coefficients, (year - zero) / scale)
    raise AssertionError("the last stretch has no beginning")


def _polynomial(coefficients: tuple[float, ...], variable: float) -> float:
    total = 0.0
    for coefficient in reversed(coefficients):
        total = total * variable + coefficient
    return total
