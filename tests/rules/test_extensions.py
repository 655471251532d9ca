"""Whose deadline may be extended, until when, and what does the law say about the time between?"""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.profiles import complete
from ledger.errors import NotInForce, StimmbuchError, TooLate, WrongDeadline
from tests.support.circular import DIGEST, MEMBERS, council, say
from tests.support.memory_ledger import MemoryLedger, item, later

BERLIN = "Europe/Berlin"


def test_one_running_deadline_does_not_revive_those_that_ended() -> None:
    """For those it would be retroactive: the clerk has seen who kept silent."""
    ledger, procedure = council(extension="before_deadline")
    ended = str(ledger.procedure(procedure).closes_at)
    longer: dict[str, Any] = {"closes_at": later(ended, 3600), "reason": DIGEST}
    say(ledger, procedure, "deadline-extended", "clara", members=["anna"], **longer)
    again: dict[str, Any] = {"closes_at": later(ended, 7200), "reason": DIGEST, "at": later(ended, 60)}
    with pytest.raises(TooLate, match="name the members whose deadline runs"):
        say(ledger, procedure, "deadline-extended", "clara", **again)
    say(ledger, procedure, "deadline-extended", "clara", members=["anna"], **again)
    ledger.vote(procedure, "anna", "yes")
    with pytest.raises(TooLate):
        ledger.vote(procedure, "bert", "yes")


def test_it_does_revive_them_where_the_profile_says_so() -> None:
    """VwVfG § 31 Abs. 7: also retroactively."""
    ledger, procedure = council(extension="retroactive", grace={"days": 1})
    ended = str(ledger.procedure(procedure).closes_at)
    say(
        ledger,
        procedure,
        "deadline-extended",
        "clara",
        closes_at=later(ended, 7200),
        reason=DIGEST,
        at=later(ended, 60),
    )
    ledger.vote(procedure, "bert", "yes")
    assert ledger.procedure(procedure).box.votes["bert"].late


def test_who_received_nothing_has_no_deadline_to_extend() -> None:
    """Said with the member's name: the receipt has to be recorded first."""
    ledger = MemoryLedger(signed=False)
    ledger.council(*MEMBERS)
    procedure = ledger.open(profile=complete("iteos-8"), items=[item("1")])
    received = {"members": list(MEMBERS[:4]), "how": "mail"}
    say(ledger, procedure, "delivery-recorded", "registrar", **received)
    with pytest.raises(WrongDeadline, match="emil has received nothing yet"):
        say(
            ledger,
            procedure,
            "deadline-extended",
            "registrar",
            closes_at=later(ledger.now, 10**7),
            reason=DIGEST,
        )


def opened(**fields: Any) -> tuple[MemoryLedger, str]:
    """A procedure of Monday, 2 March 2026, in Berlin."""
    ledger = MemoryLedger(signed=False)
    ledger.council(*MEMBERS)
    wanted = {"items": [item("1")], "time_zone": BERLIN, "closes_at": later(ledger.now, 3600)}
    return ledger, ledger.open(**(wanted | fields))


def in_force_until(day: str) -> dict[str, Any]:
    """A profile whose legal basis ends with this day."""
    return {**complete("nkomvg-78"), "validity": {"version": None, "from": None, "to": day}}


def test_the_last_day_of_a_legal_basis_ends_at_midnight_and_so_may_a_deadline() -> None:
    """BGB § 188: a day ends at 24:00; a vote at 24:00 is late, so all votes were given in force."""
    midnight = {"closes_local": "2026-03-31T24:00", "closes_at": "2026-03-31T22:00:00.000Z"}
    opened(profile=in_force_until("2026-03-31"), **midnight)
    with pytest.raises(NotInForce, match="is in force"):
        opened(profile=in_force_until("2026-03-31"), closes_at="2026-03-31T22:00:00.001Z")
    with pytest.raises(NotInForce):
        opened(profile=in_force_until("2026-03-30"), **midnight)
    with pytest.raises(NotInForce):
        opened(profile=in_force_until("2026-03-01"))


def test_no_extension_leads_beyond_the_legal_basis() -> None:
    """What could not have been opened so late cannot be extended so far."""
    ledger, procedure = opened(profile=in_force_until("2026-03-02"))
    for closes_at, refused in (("2026-03-02T23:00:00.001Z", True), ("2026-03-02T23:00:00.000Z", False)):
        extension = {"closes_at": closes_at, "reason": DIGEST}
        if refused:
            with pytest.raises(NotInForce):
                say(ledger, procedure, "deadline-extended", "registrar", **extension)
        else:
            say(ledger, procedure, "deadline-extended", "registrar", **extension)


def test_no_personal_deadline_leads_beyond_the_legal_basis() -> None:
    """Two weeks from a receipt in the last week of the statute: not any more by circulation."""
    profile = {**complete("iteos-8"), "validity": {"version": None, "from": None, "to": "2026-03-15"}}
    ledger, procedure = opened(profile=profile, closes_at=None)
    with pytest.raises(NotInForce):
        say(ledger, procedure, "delivery-recorded", "registrar", members=["anna"], how="mail")


@pytest.mark.parametrize(
    ("until", "refused"), [("2026-04-02T22:00:00.000Z", False), ("2026-04-02T22:00:00.001Z", True)]
)
def test_three_months_of_a_trigger_end_with_their_last_day(until: str, refused: bool) -> None:
    """NKomVG § 182 Abs. 1: a resolution of 2 January lasts until 2 April, 24:00 (BGB § 188 Abs. 2)."""
    trigger = {"kind": "council_resolution", "evidence": DIGEST, "from": "2026-01-02T09:00:00.000Z"}
    wanted = {"profile": complete("nkomvg-182"), "trigger": {**trigger, "until": until}}
    if refused:
        with pytest.raises(StimmbuchError, match="3 months at most"):
            opened(**wanted)
    else:
        opened(**wanted)
