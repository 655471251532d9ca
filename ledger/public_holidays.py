"""Public holidays of a country or Land, from the maintained library `holidays`.

Asked when an opening is prepared; the days are signed there. A verifier never asks: another edition of the
library must not change what an old deadline was.
"""

from __future__ import annotations

import re
from datetime import date

import holidays

from ledger.domain.sentences import times
from ledger.errors import BadProfile

YEARS = 2
"""For so many years after the period, each to its end: a receipt may come late."""
AT_MOST = 400
"""As many as an opening signs (FORMAT.md): years that do not fit are left out, from the last one on."""

_REGION = re.compile(r"[A-Z0-9]{1,3}")
"""How a profile writes the part of a country."""


def holidays_from(day: date, region: str, until: date | None = None) -> list[str]:
    """The holidays of a region (ISO 3166: `DE-NI`, `AT`) from `day` on, as ISO days. Raises `BadProfile`.

    To the end of a year: of the second one after `until`, the last day of a period that begins on `day`.
    """
    require_region(region)
    country, _, subdivision = region.partition("-")
    years = range(day.year, min((until or day).year + YEARS, date.max.year) + 1)
    found = holidays.country_holidays(country, subdiv=subdivision or None, years=years)
    days = sorted(one for one in found if day <= one and one.year in years)
    while len(days) > AT_MOST:
        days = [one for one in days if one.year < days[-1].year]
    return [one.isoformat() for one in days]


def require_region(region: str) -> None:
    """Returns if the holidays of this region are known. Raises `BadProfile` with the regions that are."""
    country, _, subdivision = region.partition("-")
    countries: dict[str, list[str]] = holidays.list_supported_countries(include_aliases=False)
    parts = [one for one in countries.get(country, ()) if _REGION.fullmatch(one)]
    if country not in countries or (subdivision and subdivision not in parts):
        within = [country, *(f"{country}-{one}" for one in sorted(parts))]
        known = ", ".join(within if country in countries else sorted(countries))
        raise BadProfile(times.NO_HOLIDAYS, region=region, known=known)
