"""When does a period end, and which civil times are no times? BGB §§ 187–193, summer time, holidays."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.civil_time import day_of, end_of_day, instant, zone_of
from ledger.domain.periods import add_months, last_day, next_working_day, period_end
from ledger.domain.profile import Period
from ledger.errors import BadProfile, NoSuchTime
from ledger.public_holidays import holidays_from
from ledger.wall_clock import shown

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("unit", "count", "received", "last"),
    [
        ("days", 1, "2025-03-03", "2025-03-04"),  # § 187 Abs. 1: the day itself is not counted
        ("days", 3, "2024-02-28", "2024-03-02"),  # over a leap day
        ("weeks", 2, "2025-03-03", "2025-03-17"),  # § 188 Abs. 2: the day of the same name
        ("weeks", 1, "2024-12-27", "2025-01-03"),
        ("months", 1, "2025-01-31", "2025-02-28"),  # § 188 Abs. 3: the month's last day
        ("months", 1, "2024-01-31", "2024-02-29"),
        ("months", 12, "2024-02-29", "2025-02-28"),
        ("months", 3, "2021-11-24", "2022-02-24"),
    ],
)
def test_a_period_ends_on_its_day(unit: str, count: int, received: str, last: str) -> None:
    """Cases that one can check in a calendar."""
    assert last_day(unit, count, date.fromisoformat(received)).isoformat() == last


@pytest.mark.parametrize(
    ("received_at", "ends"),
    [
        ("2025-03-03T13:05:00.000Z", "2025-03-17T23:00:00.000Z"),  # winter time
        ("2025-03-02T23:00:00.000Z", "2025-03-17T23:00:00.000Z"),  # Monday 0:00 is Monday
        ("2025-03-02T22:59:59.999Z", "2025-03-16T23:00:00.000Z"),  # a millisecond earlier it was Sunday
        ("2025-03-24T10:00:00.000Z", "2025-04-07T22:00:00.000Z"),  # ends in summer time
        ("2025-10-20T10:00:00.000Z", "2025-11-03T23:00:00.000Z"),  # and back
    ],
)
def test_a_period_ends_at_24_oclock_of_the_wall_clock(received_at: str, ends: str) -> None:
    """§ 188: the day ends at 24:00 where the procedure is, whatever the offset is then."""
    assert period_end(Period("weeks", 2, False, None), received_at, BERLIN, ()) == ends


@pytest.mark.parametrize(
    ("day", "then"),
    [
        ("2025-04-18", "2025-04-22"),  # Good Friday, weekend, Easter Monday
        ("2025-03-15", "2025-03-17"),  # a Saturday
        ("2025-03-17", "2025-03-17"),  # a Monday stays
        ("2025-10-31", "2025-11-03"),  # Reformation Day is a holiday in Lower Saxony …
    ],
)
def test_a_last_day_without_work_moves_to_the_next_working_day(day: str, then: str) -> None:
    """§ 193, with the holidays of Lower Saxony."""
    holidays = holidays_from(date(2025, 1, 1), "DE-NI")
    assert next_working_day(date.fromisoformat(day), holidays).isoformat() == then


def test_holidays_are_those_of_the_land() -> None:
    """… and not in Bavaria, which has Corpus Christi instead; a period is the same in neither."""
    saxony, bavaria = (holidays_from(date(2025, 1, 1), region) for region in ("DE-NI", "DE-BY"))
    assert ("2025-10-31" in saxony, "2025-10-31" in bavaria) == (True, False)
    assert ("2025-06-19" in saxony, "2025-06-19" in bavaria) == (False, True)
    period = Period("weeks", 2, True, None)
    ends = {period_end(period, "2025-10-17T10:00:00.000Z", BERLIN, days) for days in (saxony, bavaria)}
    assert ends == {"2025-10-31T23:00:00.000Z", "2025-11-03T23:00:00.000Z"}


def test_a_switched_off_rule_leaves_the_day_as_it_is() -> None:
    """VwVfG § 31 Abs. 3 Satz 2 and Abs. 5: a named day stands, also on a Sunday."""
    assert period_end(Period("days", 13, False, None), "2025-03-03T10:00:00.000Z", BERLIN, ()).startswith(
        "2025-03-16T23:00"
    )
    assert instant("2025-03-16T24:00", BERLIN) == "2025-03-16T23:00:00.000Z"


def test_an_unknown_region_is_refused_when_it_is_prepared() -> None:
    """A misspelt Land must not silently have no holidays."""
    with pytest.raises(BadProfile, match="DE-XX"):
        holidays_from(date(2025, 1, 1), "DE-XX")


@pytest.mark.parametrize(
    ("civil", "zone", "readings"),
    [
        ("2025-03-30T02:30", BERLIN, ["2025-03-30T01:30:00.000Z", "2025-03-30T00:30:00.000Z"]),
        ("2025-10-26T02:30", BERLIN, ["2025-10-26T00:30:00.000Z", "2025-10-26T01:30:00.000Z"]),
        ("2025-03-30T02:00", BERLIN, ["2025-03-30T01:00:00.000Z", "2025-03-30T00:00:00.000Z"]),
        ("2025-03-09T02:30", "America/New_York", ["2025-03-09T07:30:00.000Z", "2025-03-09T06:30:00.000Z"]),
    ],
)
def test_a_time_that_is_not_one_time_is_refused_with_both_readings(
    civil: str, zone: str, readings: list[str]
) -> None:
    """It is refused at the opening: nobody guesses which hour was meant."""
    with pytest.raises(NoSuchTime) as caught:
        instant(civil, zone)
    assert caught.value.details["readings"] == readings
    assert all(reading in caught.value.message for reading in readings)


@pytest.mark.parametrize(
    ("civil", "at"),
    [
        ("2025-03-30T03:00", "2025-03-30T01:00:00.000Z"),
        ("2025-03-30T01:59", "2025-03-30T00:59:00.000Z"),
        ("2025-10-26T03:00", "2025-10-26T02:00:00.000Z"),
        ("2025-10-26T01:59", "2025-10-25T23:59:00.000Z"),
        ("2025-12-31T24:00", "2025-12-31T23:00:00.000Z"),
    ],
)
def test_the_minutes_around_a_change_are_times(civil: str, at: str) -> None:
    """Only the hour itself is in doubt."""
    assert instant(civil, BERLIN) == at


@pytest.mark.parametrize(
    "civil", ["2025-02-29T12:00", "2025-01-01T24:01", "2025-01-01T25:00", "2025-1-1T00:00", ""]
)
def test_what_is_no_time_at_all_is_refused(civil: str) -> None:
    """Days that do not exist, and other ways of writing."""
    with pytest.raises(NoSuchTime, match="no such time"):
        instant(civil, BERLIN)


@pytest.mark.parametrize("zone", ["Europe/Rodenberg", "../etc/passwd", "/etc/localtime", ""])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    """A zone is a name and never a path."""
    with pytest.raises(NoSuchTime, match="time zone"):
        zone_of(zone)


def test_a_day_that_begins_at_one_oclock_ends_the_day_before_there() -> None:
    """In Beirut the clock is put forward at midnight: 24:00 is 1:00 then, and not the day after."""
    assert end_of_day(date(2025, 3, 29), "Asia/Beirut") == "2025-03-29T22:00:00.000Z"


@given(
    st.datetimes(datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2040-01-01")),
    st.sampled_from([BERLIN, "UTC", "America/New_York"]),
)
def test_a_civil_time_is_read_as_the_clock_on_the_wall_shows_it(moment: datetime, zone: str) -> None:
    """Whatever is not refused comes back as it was written."""
    civil = moment.strftime("%Y-%m-%dT%H:%M")
    try:
        at = instant(civil, zone)
    except NoSuchTime:
        return
    assert datetime.fromisoformat(at).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") == civil
    assert day_of(at, zone).isoformat() == civil[:10]


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 40))
def test_months_keep_the_number_of_the_day_or_take_the_last(day: date, months: int) -> None:
    """§ 188 Abs. 3, held against adding one month after the other."""
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)


@pytest.mark.parametrize(
    ("at", "zone", "told"),
    [
        ("9999-12-31T23:59:59.999Z", "Pacific/Kiritimati", "31.12.9999, 23:59:59,999 Uhr"),
        ("9999-12-31T10:00:00.000Z", "Pacific/Kiritimati", "31.12.9999, 10:00:00 Uhr"),
        ("9999-12-31T23:59:59.999Z", "Pacific/Pago_Pago", "31.12.9999, 12:59:59,999 Uhr"),
    ],
)
def test_an_instant_for_which_a_place_has_no_date_is_told_in_utc(at: str, zone: str, told: str) -> None:
    """Somebody asks for the state at the end of time: a sentence about it must not fail."""
    assert shown(at, zone, "de", exact=True) == told
