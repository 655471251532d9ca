"""Do deadlines and ends hold in real procedures over leap days, changes of summer time and holidays?"""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.expiry import expires_at, next_expiry
from ledger.domain.profiles import complete
from ledger.errors import BadProfile, NoSuchTime, TooLate, WrongDeadline
from tests.support.memory_ledger import BODY, MemoryLedger, item, later

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


def test_a_long_period_ends_among_the_holidays_that_are_signed() -> None:
    """Two years of them were signed: whatever ended later was never moved."""
    ledger, procedure = received(
        "2025-10-31T10:00:00.000Z", unit="months", count=36, working_day_rule=True, region="DE-ST"
    )
    opening = ledger.procedure(procedure).opening
    assert (opening["holidays"][0], opening["holidays"][-1]) == ("2025-10-31", "2030-12-26")
    assert ledger.procedure(procedure).closes_at == "2028-11-01T23:00:00.000Z"


def long_ago() -> tuple[MemoryLedger, str]:
    """A procedure of which nobody received the papers in the years whose holidays are signed."""
    ledger = MemoryLedger(signed=False, start="2025-10-17T09:00:00.000Z")
    ledger.council(*MEMBERS)
    ledger.person("fritz", "member")
    seat = {"member": "anna", "weight": 1, "group": None, "substitutes": ["fritz"]}
    ledger.put("seats-changed", body=BODY, granted=[seat], ended=[])
    rule = {**TWO_WEEKS, "working_day_rule": True, "region": "DE-NI"}
    profile = {**complete("iteos-8"), "period": rule, "substitution": "during"}
    procedure = ledger.open(profile=profile, closes_at=None)
    return ledger, procedure


@pytest.mark.parametrize("kind", ["delivery-recorded", "substitute-named"])
def test_a_receipt_after_the_years_of_which_holidays_are_signed_is_refused(kind: str) -> None:
    """New Year's Day of 2028 is in no list: the deadline would be one that no statute gives."""
    ledger, procedure = long_ago()
    at, member = "2027-12-20T10:00:00.000Z", dict[str, Any](members=["anna"], how="mail")
    if kind == "substitute-named":
        member = {"member": "anna", "substitute": "fritz", "reason": "ill"}
    with pytest.raises(WrongDeadline, match="signed to the end of 2027") as refused:
        ledger.put(kind, procedure=procedure, at=at, received_at=at, **member)
    assert "bis Ende 2027 unterschrieben" in (refused.value.said("de") or "")


def test_an_opening_whose_deadlines_no_signed_holiday_covers_is_refused() -> None:
    """By hand, or with a region that has none: found at the opening, and not with the first receipt."""
    for holidays in ([], ["2025-10-31"]):
        ledger = MemoryLedger(signed=False, start="2025-12-27T09:00:00.000Z")
        ledger.council(*MEMBERS)
        rule = {**TWO_WEEKS, "working_day_rule": True, "region": "DE-NI"}
        with pytest.raises(WrongDeadline, match="holidays of DE-NI"):
            ledger.open(profile={**complete("iteos-8"), "period": rule}, closes_at=None, holidays=holidays)


@pytest.mark.parametrize("moved", [True, False])
def test_a_region_that_nobody_knows_is_refused_before_anything_is_signed(moved: bool) -> None:
    """With the ones that there are; also where no holiday would move a deadline."""
    ledger = MemoryLedger(signed=False, start="2025-10-17T09:00:00.000Z")
    ledger.council(*MEMBERS)
    rule = {**TWO_WEEKS, "working_day_rule": moved, "region": "DE-XX"}
    with pytest.raises(BadProfile, match=r"DE-XX; they are for DE, DE-BB, .*DE-TH$"):
        ledger.open(profile={**complete("iteos-8"), "period": rule}, closes_at=None)


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
