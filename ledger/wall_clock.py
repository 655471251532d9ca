"""Instants as the clocks of a place show them, in words; and the end of a day, which is 24:00 of that day."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
_DAY = {"en": "%d %B %Y", "de": "%d.%m.%Y"}
_TIME, _MIDNIGHT = ", %H:%M:%S", ", 24:00"
_WAYS = ("", "end", "utc", "day")
_POINT, _OCLOCK = {"en": ".", "de": ","}, {"en": "", "de": " Uhr"}


class Text(str):
    """A text in a sentence, which is told on the clocks of a zone if it is an instant as entries write it.

    A sentence says how: `{at}` when something happens; `{deadline:end}` when something ends; `{meant:utc}` as
    it is written, where just that is the point; `{begins:day}` a day of the calendar.
    Without a zone an instant is told as it is written in any case.
    """

    __slots__ = ("language", "zone")

    zone: str | None
    language: str

    def __new__(cls, value: str, zone: str | None, language: str) -> Self:
        """The text, told in this language."""
        found = super().__new__(cls, value)
        found.zone, found.language = zone, language
        return found

    def __format__(self, how: str) -> str:
        if how not in _WAYS:
            return super().__format__(how)
        if how == "day":
            return shown_day(self, self.language)
        if how == "utc" or self.zone is None or not INSTANT.fullmatch(self):
            return str(self)
        tell = shown_end if how == "end" else shown
        return tell(self, self.zone, self.language, exact=True)


def shown(at: str, zone: str, language: str, *, exact: bool = False) -> str:
    """When something happens; `exact`: with its milliseconds if it has any, where the reader may need them.

    Raises `ZoneInfoNotFoundError` for a zone that does not exist.
    """
    return _shown(_local(at, zone), language, exact=exact)


def shown_end(at: str, zone: str, language: str, *, exact: bool = False) -> str:
    """When something ends: with a day it is 24:00 of that day (BGB § 188 Abs. 1), not 0:00 of the next."""
    local = _local(at, zone)
    if (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0):
        return (local - timedelta(days=1)).strftime(_DAY[language] + _MIDNIGHT) + _OCLOCK[language]
    return _shown(local, language, exact=exact)


def shown_day(day: str, language: str) -> str:
    """A day like 2026-01-31."""
    return date.fromisoformat(day).strftime(_DAY[language])


def _shown(local: datetime, language: str, *, exact: bool) -> str:
    milliseconds = f"{_POINT[language]}{local.microsecond // 1000:03}" if exact and local.microsecond else ""
    return local.strftime(_DAY[language] + _TIME) + milliseconds + _OCLOCK[language]


def _local(at: str, zone: str) -> datetime:
    moment = datetime.fromisoformat(at)
    try:
        return moment.astimezone(ZoneInfo(zone))
    except OverflowError:  # beyond the year 9999 of that place, or before its first
        return moment
