"""When may a procedure end before its deadline, because nothing that could still come would change it?"""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.profile_schema import parse_profile
from ledger.domain.profiles import complete
from ledger.errors import BadProfile, NotClosed
from tests.support.circular import CONSENT, MEMBERS, Fields, council, say
from tests.support.memory_ledger import SERVICE, MemoryLedger, item, later

CERTAIN: Fields = {"early_close": "unlosable", "objection": None, "change": "never", "withdraw": False}
QUORUM = {"n": 0, "d": 1, "strict": False, "at_least": 0, "chair": False, "groups": False}


def ends(ledger: MemoryLedger, procedure: str) -> bool:
    """Whether the service may close it because the result is certain."""
    try:
        say(ledger, procedure, "procedure-closed", SERVICE, reason="unlosable")
    except NotClosed:
        return False
    return True


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"reach": "everyone"},
        {"quorum": {**QUORUM, "chair": True}},
        {"quorum": {**QUORUM, "n": 1}},
        {"silence": "voids"},
    ],
)
def test_nothing_is_certain_before_anybody_said_anything(settings: Fields) -> None:
    """Whoever could close because something is still missing would keep everybody from deciding."""
    assert not ends(*council(**CERTAIN, **settings))


def in_groups(**settings: Any) -> tuple[MemoryLedger, str]:
    """Two groups of two, each of which has to agree (or to take part)."""
    ledger = MemoryLedger(signed=False)
    ledger.council(*MEMBERS[:4])
    seats = [
        {"member": member, "weight": 1, "group": group}
        for member, group in zip(MEMBERS, "aabb", strict=False)
    ]
    ledger.put("seats-changed", body="rat", granted=seats, ended=[])
    profile = {**complete("nkomvg-78"), **CERTAIN, **settings}
    return ledger, ledger.open(profile=profile, items=[item("1")], closes_at=later(ledger.now, 3600))


def test_the_missing_votes_of_a_group_can_change_what_the_group_says() -> None:
    """Each group reaches the majority by itself: what is missing there counts there."""
    ledger, procedure = in_groups(groups="each")
    for member in ("anna", "bert"):
        ledger.vote(procedure, member, "yes")
    assert not ends(ledger, procedure)
    for member in ("cem", "dora"):
        ledger.vote(procedure, member, "no")
    assert ends(ledger, procedure)
    assert ledger.procedure(procedure).outcome("1").result == "rejected"


def test_a_group_that_has_not_taken_part_yet_can_still_do_so() -> None:
    """The quorum asks for half of each group: one vote of the other group is missing for it."""
    ledger, procedure = in_groups(quorum={**QUORUM, "n": 1, "d": 2, "groups": True})
    for member in ("anna", "bert"):
        ledger.vote(procedure, member, "yes")
    assert not ends(ledger, procedure)


def test_a_casting_vote_that_is_to_come_decides_a_tie() -> None:
    """All have voted, two against two: nothing is certain before the chair has spoken."""
    ledger, procedure = council(**CERTAIN, tie="casting_vote")
    for member, option in zip(MEMBERS, ("yes", "yes", "no", "no", "abstain"), strict=True):
        ledger.vote(procedure, member, {"1": option, "2": option})
    assert not ends(ledger, procedure)
    say(ledger, procedure, "casting-vote-given", "bert", member="bert", choices={"1": "yes", "2": "no"})
    assert ends(ledger, procedure)
    assert ledger.procedure(procedure).outcome("1").result == "adopted"


def test_a_secret_ballot_can_be_demanded_in_an_election_until_the_deadline() -> None:
    """NKomVG § 67: the demand of one member refers the election to a meeting, whatever the votes say."""
    ledger = MemoryLedger(signed=False)
    ledger.council(*MEMBERS)
    profile = {**complete("nkomvg-78"), **CERTAIN, "majority": {"n": 1, "d": 2, "strict": True}}
    profile["majority"]["base"] = "persons"
    election = [item("1", "o1", "o2")]
    procedure = ledger.open(profile=profile, items=election, closes_at=later(ledger.now, 3600))
    for member in MEMBERS:
        ledger.vote(procedure, member, "o1")
    assert not ends(ledger, procedure)
    say(ledger, procedure, "secret-ballot-demanded", "anna", member="anna", items=["1"])
    assert ends(ledger, procedure)


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({**CERTAIN, "procedure_consent": CONSENT}, "who may consent"),
        ({**CERTAIN, "procedure_consent": {**CONSENT, "implied": "vote"}}, "who may consent"),
        ({"early_close": "all_voted", "objection": None, "procedure_consent": CONSENT}, "who may consent"),
        ({"majority": {"n": 0, "d": 1, "strict": False, "base": "yes_no"}}, "asks for nothing"),
        ({"majority": {"n": 0, "d": 1, "strict": True, "base": "members"}}, "asks for nothing"),
    ],
)
def test_a_profile_that_would_end_or_adopt_too_early_is_refused(settings: Fields, reason: str) -> None:
    """At the opening: consents can come until the deadline, and one yes must not outvote everybody."""
    with pytest.raises(BadProfile, match=reason):
        parse_profile({**complete("nkomvg-78"), **settings})


def test_where_votes_imply_consent_all_votes_are_all_there_is() -> None:
    """GmbHG § 48: everybody said yes, and so agreed to written voting as well."""
    ledger, procedure = council(
        early_close="all_voted", objection=None, procedure_consent={**CONSENT, "implied": "vote"}
    )
    for member in MEMBERS:
        ledger.vote(procedure, member, {"1": "yes", "2": "yes"})
    say(ledger, procedure, "procedure-closed", SERVICE, reason="all-voted")
    assert ledger.procedure(procedure).outcome("1").result == "adopted"
