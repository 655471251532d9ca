"""Public holidays of a country or Land, from the maintained library `holidays`.

Asked when an opening is prepared; the days are signed there. A verifier never asks: another edition of the
library must not change what an old deadline was.
"""

from __future__ import annotations

from datetime import date, timedelta

import holidays

from ledger.domain.sentences import times
from ledger.errors import BadProfile

YEARS = 2
"""For so many years from the opening on: longer than any personal deadline may move."""


def holidays_from(day: date, region: str) -> list[str]:
    """The holidays from `day` on in a region (ISO 3166: `DE-NI`, `AT`), as ISO days. Raises `BadProfile`."""
    country, _, subdivision = region.partition("-")
    years = range(day.year, day.year + YEARS + 1)
    try:
        found = holidays.country_holidays(country, subdiv=subdivision or None, years=years)
    except NotImplementedError:
        raise BadProfile(times.NO_HOLIDAYS, region=region) from None
    last = day + timedelta(days=365 * YEARS)
    return sorted(one.isoformat() for one in found if day <= one <= last)
