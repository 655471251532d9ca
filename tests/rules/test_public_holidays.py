"""Are the holidays that move a deadline those of the statutes of the sixteen Länder, year by year?

The library is held against the statutes and not against itself: each row cites the paragraph that lists
the days. Sundays are left out: BGB § 193 names them beside the holidays, so nothing depends on whether a
statute lists Easter Sunday. What a statute leaves to municipalities by confession is no holiday of the Land:
Assumption in Bavaria (BayFTG Art. 1 Abs. 1 Nr. 2), Corpus Christi in Saxony and Thuringia (SächsSFG § 1
Abs. 1, ThürFtG § 2 Abs. 2), the Peace Festival of Augsburg.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from ledger.public_holidays import holidays_from

YEARS = range(2020, 2031)
Day = Callable[[int], date]
SUNDAY = 6


def easter(year: int) -> date:
    """Easter Sunday (Gregorian computus, Meeus/Jones/Butcher)."""
    century, of_century = divmod(year, 100)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * (year % 19) + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    shift = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def after_easter(days: int) -> Day:
    """A day that moves with Easter."""
    return lambda year: easter(year) + timedelta(days=days)


def every(month: int, day: int) -> Day:
    """The same day every year."""
    return lambda year: date(year, month, day)


def repentance(year: int) -> date:
    """The Wednesday before 23 November."""
    last = date(year, 11, 22)
    return last - timedelta(days=(last.weekday() - 2) % 7)


EVERYWHERE = (
    *(every(1, 1), after_easter(-2), after_easter(1), every(5, 1), after_easter(39), after_easter(50)),
    *(every(10, 3), every(12, 25), every(12, 26)),
)
"""3 October: Einigungsvertrag Art. 2 Abs. 2; the others: each of the statutes below."""

EPIPHANY, CORPUS_CHRISTI, ASSUMPTION = every(1, 6), after_easter(60), every(8, 15)
WOMEN, CHILDREN, REFORMATION, ALL_SAINTS = every(3, 8), every(9, 20), every(10, 31), every(11, 1)

STATUTES: dict[str, tuple[str, tuple[Day, ...]]] = {
    "DE-BW": ("FTG BW § 1", (EPIPHANY, CORPUS_CHRISTI, ALL_SAINTS)),
    "DE-BY": ("BayFTG Art. 1 Abs. 1 Nr. 1", (EPIPHANY, CORPUS_CHRISTI, ALL_SAINTS)),
    "DE-BE": ("Gesetz über die Sonn- und Feiertage (Berlin) § 1 Abs. 1", (WOMEN,)),
    "DE-BB": ("FTG Brandenburg § 2 Abs. 1", (REFORMATION,)),
    "DE-HB": ("Gesetz über die Sonn-, Gedenk- und Feiertage (Bremen) § 2 Abs. 1", (REFORMATION,)),
    "DE-HH": ("Feiertagsgesetz Hamburg § 1", (REFORMATION,)),
    "DE-HE": ("HFeiertagsG § 1 Abs. 1", (CORPUS_CHRISTI,)),
    "DE-MV": ("FTG M-V § 2 Abs. 1", (REFORMATION,)),
    "DE-NI": ("NFeiertagsG § 2 Abs. 1", (REFORMATION,)),
    "DE-NW": ("Feiertagsgesetz NW § 2 Abs. 1", (CORPUS_CHRISTI, ALL_SAINTS)),
    "DE-RP": ("LFtG RLP § 2 Abs. 1", (CORPUS_CHRISTI, ALL_SAINTS)),
    "DE-SL": ("SFG Saarland § 2 Abs. 1", (CORPUS_CHRISTI, ASSUMPTION, ALL_SAINTS)),
    "DE-SN": ("SächsSFG § 1 Abs. 1", (REFORMATION, repentance)),
    "DE-ST": ("FeiertG LSA § 2", (EPIPHANY, REFORMATION)),
    "DE-SH": ("SFTG Schleswig-Holstein § 2 Abs. 1", (REFORMATION,)),
    "DE-TH": ("ThürFtG § 2 Abs. 1", (CHILDREN, REFORMATION)),
}
SINCE: dict[str, tuple[int, Day]] = {"DE-MV": (2023, WOMEN)}
"""Days that a statute got within these years: FTG M-V § 2 Abs. 1 Nr. 2, as amended in 2022."""

ONCE = {"DE-BE": ("2020-05-08", "2025-05-08", "2028-06-17")}
"""Days of one year, Gesetz über die Sonn- und Feiertage (Berlin) § 1: the end of the war, 17 June 1953."""


def by_statute(land: str, year: int) -> set[str]:
    """The holidays of a Land in a year that are no Sundays."""
    days = [*EVERYWHERE, *STATUTES[land][1]]
    first, added = SINCE.get(land, (year + 1, None))
    if added is not None and first <= year:
        days.append(added)
    found = {day(year) for day in days}
    found |= {date.fromisoformat(one) for one in ONCE.get(land, ()) if one.startswith(str(year))}
    return {one.isoformat() for one in found if one.weekday() != SUNDAY}


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("land", STATUTES)
def test_the_holidays_of_a_land_are_those_of_its_statute(land: str, year: int) -> None:
    """One day too many or too few, and a vote counts that is late, or the other way round."""
    found = {day for day in holidays_from(date(year, 1, 1), land) if day.startswith(str(year))}
    weekdays = {day for day in found if date.fromisoformat(day).weekday() != SUNDAY}
    assert weekdays == by_statute(land, year), STATUTES[land][0]


def test_easter_is_computed_rightly() -> None:
    """The earliest and the latest of these years, and one in between."""
    assert [easter(year).isoformat() for year in (2024, 2025, 2030)] == [
        "2024-03-31",
        "2025-04-20",
        "2030-04-21",
    ]
