"""When a period ends (BGB §§ 187–193): the day of receipt is not counted, the last day ends at 24:00.

=========  ============================================================================================
days       the n-th day after the day of receipt (§ 187 Abs. 1, § 188 Abs. 1)
weeks      the day of the same name (§ 188 Abs. 2)
months     the day of the same number, or the month's last day (§ 188 Abs. 2 and 3)
=========  ============================================================================================

A last day that is a Saturday, Sunday or public holiday moves to the next working day (§ 193) where the
profile says so. A day that was named stands as it is (VwVfG § 31 Abs. 3 Satz 2). Holidays are an argument:
they are signed in the opening, so that no later calendar changes an old deadline.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection
from datetime import date, timedelta

from ledger.domain.civil_time import day_of, end_of_day
from ledger.domain.profile import Period

LAST_INSTANT = "9999-12-31T23:59:59.999Z"


def period_end(period: Period, received_at: str, zone: str, holidays: Collection[str]) -> str:
    """The instant at which a personal deadline is reached."""
    last = last_day(period.unit, period.count, day_of(received_at, zone))
    if period.working_day_rule:
        last = next_working_day(last, holidays)
    return end_of_day(last, zone)


def grace_end(days: int, deadline: str, zone: str) -> str:
    """The end of the n-th day after the one with which a deadline ends, 24:00 being the end of its day.

    Where no calendar goes so far, the end of all calendars.
    """
    try:
        last = day_of(deadline, zone)
        if end_of_day(last - timedelta(days=1), zone) == deadline:
            last -= timedelta(days=1)
        return end_of_day(last + timedelta(days=days), zone)
    except OverflowError:
        return LAST_INSTANT


def last_day(unit: str, count: int, received: date) -> date:
    """The last day of a period that began with an event on the day `received`."""
    if unit == "months":
        return add_months(received, count)
    return received + timedelta(days=count * (7 if unit == "weeks" else 1))


def add_months(day: date, months: int) -> date:
    """The day of the same number so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def next_working_day(day: date, holidays: Collection[str]) -> date:
    """The day itself, or the next one that is neither Saturday, Sunday nor one of `holidays` (ISO days)."""
    while day.weekday() >= 5 or day.isoformat() in holidays:
        day += timedelta(days=1)
    return day
