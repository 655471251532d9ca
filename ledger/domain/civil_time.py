"""Civil times and instants: when a deadline on the wall clock is, and which ones do not exist.

A civil time is `YYYY-MM-DDTHH:MM`, also `T24:00` for the end of a day (BGB § 188 Abs. 1). Around a change
of summer time some do not exist, and some exist twice: neither is guessed. Instants are UTC with
milliseconds, as entries write them.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ledger.domain.sentences import times
from ledger.errors import NoSuchTime, ToldInZone
from ledger.rfc3339 import utc

_CIVIL = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)")


def instant(civil: str, zone: str) -> str:
    """The instant of a civil time in an IANA zone.

    Raises `NoSuchTime` for one that does not exist or exists twice, with both readings.
    """
    local = parse_civil(civil)
    early, late = (local.replace(tzinfo=zone_of(zone), fold=fold) for fold in (0, 1))
    readings = [utc(early), utc(late)]
    if early.utcoffset() == late.utcoffset():
        return readings[0]
    wrong = times.EXISTS_TWICE if _exists(early) else times.DOES_NOT_EXIST
    first, second = readings
    with ToldInZone(zone):
        raise NoSuchTime(wrong, civil=civil, zone=zone, first=first, second=second, readings=readings)


def end_of_day(day: date, zone: str) -> str:
    """The instant at which a day ends: 24:00, the first moment of the next day."""
    following = datetime.combine(day + timedelta(days=1), datetime.min.time())
    moment = following.replace(tzinfo=zone_of(zone))
    while not _exists(moment):  # some zones change at midnight: the day begins with the first hour there is
        moment += timedelta(minutes=15)
    return utc(moment)


def day_of(at: str, zone: str) -> date:
    """The day on the wall clock at an instant."""
    return datetime.fromisoformat(at).astimezone(zone_of(zone)).date()


def parse_civil(civil: str) -> datetime:
    """A civil time without its zone. Raises `NoSuchTime`."""
    match = _CIVIL.fullmatch(civil)
    try:
        if match is None:
            raise NoSuchTime(times.NOT_WRITTEN_SO, civil=civil, readings=[])
        day, hour, minute = datetime.fromisoformat(match[1]), int(match[2]), int(match[3])
        if (hour, minute) == (24, 0):
            return day + timedelta(days=1)
        return day.replace(hour=hour, minute=minute)
    except (ValueError, OverflowError):
        raise NoSuchTime(times.NO_TIME, civil=civil, readings=[]) from None


def zone_of(name: str) -> ZoneInfo:
    """The zone of an IANA name. Raises `NoSuchTime`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise NoSuchTime(times.NO_ZONE, name=name, readings=[]) from None


def _exists(moment: datetime) -> bool:
    back = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return back.replace(tzinfo=None) == moment.replace(tzinfo=None)
