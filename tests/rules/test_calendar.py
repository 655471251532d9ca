"""Do deadlines and ends hold in real procedures over leap days, changes of summer time and holidays?"""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.expiry import expires_at, next_expiry
from ledger.domain.profiles import complete
from ledger.errors import NoSuchTime, TooLate, WrongDeadline
from tests.support.memory_ledger import MemoryLedger, item, later

MEMBERS = ("anna", "bert", "cem")
TWO_WEEKS = {"unit": "weeks", "count": 2}


def received(at: str, **period: Any) -> tuple[MemoryLedger, str]:
    """A procedure with personal deadlines whose documents everybody received at this time."""
    ledger = MemoryLedger(signed=False, start=later(at, -3600))
    ledger.council(*MEMBERS)
    rule = {**TWO_WEEKS, "working_day_rule": False, "region": None, **period}
    procedure = ledger.open(profile={**complete("iteos-8"), "period": rule}, closes_at=None)
    ledger.put("delivery-recorded", procedure=procedure, members=list(MEMBERS), how="mail", at=at)
    return ledger, procedure


@pytest.mark.parametrize(
    ("at", "ends"),
    [
        ("2024-02-15T10:00:00.000Z", "2024-02-29T23:00:00.000Z"),  # ends on a leap day
        ("2024-02-29T10:00:00.000Z", "2024-03-14T23:00:00.000Z"),  # begins on one
        ("2025-02-15T10:00:00.000Z", "2025-03-01T23:00:00.000Z"),  # no leap day in between
        ("2025-03-24T10:00:00.000Z", "2025-04-07T22:00:00.000Z"),  # summer time begins: an hour less
        ("2025-10-20T10:00:00.000Z", "2025-11-03T23:00:00.000Z"),  # and ends: an hour more
    ],
)
def test_a_vote_counts_until_the_last_millisecond_of_the_right_day(at: str, ends: str) -> None:
    """24:00 on the wall clock, whatever the calendar does in between; exactly then is late."""
    ledger, procedure = received(at)
    assert ledger.procedure(procedure).closes_at == ends
    ledger.vote(procedure, "anna", "yes", at=later(ends, -0.001))
    with pytest.raises(TooLate):
        ledger.vote(procedure, "bert", "yes", at=ends)


@pytest.mark.parametrize(
    ("region", "ends"),
    [
        ("DE-NI", "2025-11-03T23:00:00.000Z"),  # 31 October is Reformation Day, then a weekend
        ("DE-BY", "2025-10-31T23:00:00.000Z"),
        ("DE-SN", "2025-11-03T23:00:00.000Z"),
        ("DE-HE", "2025-10-31T23:00:00.000Z"),
    ],
)
def test_the_holidays_of_the_land_are_signed_at_the_opening_and_move_the_deadline(
    region: str, ends: str
) -> None:
    """BGB § 193; two councils in two Länder, the same receipt."""
    ledger, procedure = received("2025-10-17T10:00:00.000Z", working_day_rule=True, region=region)
    opening = ledger.procedure(procedure).opening
    assert ("2025-10-31" in opening["holidays"]) is (ends.startswith("2025-11"))
    assert ledger.procedure(procedure).closes_at == ends


def test_a_deadline_that_forgets_the_holiday_is_refused() -> None:
    """Who records the receipt signs the deadline, and it is computed again."""
    ledger = MemoryLedger(signed=False, start="2025-10-17T09:00:00.000Z")
    ledger.council(*MEMBERS)
    rule = {**TWO_WEEKS, "working_day_rule": True, "region": "DE-NI"}
    procedure = ledger.open(profile={**complete("iteos-8"), "period": rule}, closes_at=None)
    wrong: dict[str, Any] = {"members": ["anna"], "how": "mail", "closes_at": "2025-10-31T23:00:00.000Z"}
    with pytest.raises(WrongDeadline, match="03 November 2025, 24:00"):
        ledger.put("delivery-recorded", procedure=procedure, **wrong)


@pytest.mark.parametrize(
    ("determined", "months", "ends"),
    [
        ("2024-02-29T10:00:00.000Z", 12, "2025-02-28T23:00:00.000Z"),  # no 29 February in 2025
        ("2023-11-29T10:00:00.000Z", 3, "2024-02-29T23:00:00.000Z"),
        ("2023-11-30T10:00:00.000Z", 3, "2024-02-29T23:00:00.000Z"),  # the month's last day
        ("2025-03-29T22:59:00.000Z", 1, "2025-04-29T22:00:00.000Z"),  # the day before summer time begins
        ("2025-03-29T23:30:00.000Z", 1, "2025-04-30T22:00:00.000Z"),  # half past midnight: a day later
        ("2021-11-24T17:00:00.000Z", 3, "2022-02-24T23:00:00.000Z"),  # Isernhagen
    ],
)
def test_a_resolution_ends_at_24_oclock_of_the_right_day(determined: str, months: int, ends: str) -> None:
    """BGB § 188 Abs. 2 and 3, from the determination."""
    ledger = MemoryLedger(signed=False, start=later(determined, -7200))
    ledger.council(*MEMBERS)
    procedure = ledger.open(items=[{**item("1"), "valid_months": months}])
    ledger.vote(procedure, "anna", "yes")
    ledger.close(procedure)
    assert next_expiry(ledger.procedure(procedure)) is None
    ledger.put("result-determined", procedure=procedure, at=determined)
    assert expires_at(ledger.procedure(procedure), "1") == next_expiry(ledger.procedure(procedure)) == ends


@pytest.mark.parametrize("civil", ["2027-03-28T02:30", "2027-10-31T02:30", "2027-02-29T18:00"])
def test_an_opening_whose_deadline_is_no_time_is_refused(civil: str) -> None:
    """The hour that is left out, the one that comes twice, the leap day of a year that has none."""
    ledger = MemoryLedger(signed=False)
    ledger.council(*MEMBERS)
    with pytest.raises(NoSuchTime):
        ledger.open(profile="nkomvg-66", closes_local=civil, closes_at="2027-10-31T01:30:00.000Z")
