"""Would it be another result without …? Both questions are asked anew, and not only the votes counted."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.profiles import complete
from ledger.domain.relevance import Variant
from tests.support.circular import CONSENT, DIGEST, MEMBERS, Fields, council, say
from tests.support.memory_ledger import MemoryLedger, item, later


def told(ledger: MemoryLedger, procedure: str, code: str) -> list[Variant]:
    """The variants of item 1 with this code."""
    return [one for one in ledger.procedure(procedure).relevance("1") if one.code == code]


def late_votes(in_time: str, late: str, **settings: Any) -> tuple[str, Variant]:
    """Some vote in time (y, n), others after a retroactive extension: the result, and the variant."""
    ledger, procedure = council(extension="retroactive", grace={"days": 1}, objection=None, **settings)
    said = {"y": "yes", "n": "no"}
    for member, letter in zip(MEMBERS, in_time, strict=False):
        ledger.vote(procedure, member, said[letter])
    ended = str(ledger.procedure(procedure).closes_at)
    longer = {"closes_at": later(ended, 3600), "reason": DIGEST, "at": later(ended, 60)}
    say(ledger, procedure, "deadline-extended", "clara", **longer)
    for member, letter in zip(MEMBERS[len(in_time) :], late, strict=False):
        ledger.vote(procedure, member, said[letter])
    [variant] = told(ledger, procedure, "without-late")
    return ledger.procedure(procedure).outcome("1").result, variant


@pytest.mark.parametrize(
    ("in_time", "late", "settings", "result", "without"),
    [
        ("yy", "y", {"quorum": complete("vwvfg-90")["quorum"]}, "adopted", "no-decision"),
        ("yyy", "yy", {"silence": "voids"}, "adopted", "no-decision"),
        ("yy", "yyy", {"silence": "as_no"}, "adopted", "rejected"),
        ("nn", "yyy", {}, "adopted", "rejected"),
        ("yyy", "nn", {}, "adopted", "adopted"),
    ],
)
def test_who_voted_late_would_otherwise_have_been_silent(
    in_time: str, late: str, settings: Fields, result: str, without: str
) -> None:
    """VwVfG §§ 31, 90: a quorum, or that nobody was silent, may hang on what came after the deadline."""
    found, variant = late_votes(in_time, late, **settings)
    assert (found, variant.result, variant.survives) == (result, without, result == without)
    assert variant.numbers == {"votes": len(late)}


def test_a_consent_that_follows_from_a_vote_ends_with_it() -> None:
    """GmbHG § 48: without one of three yes not all have agreed; a consent that was declared stands."""
    consent = {**CONSENT, "n": 1, "d": 1, "implied": "yes"}
    ledger, procedure = council(procedure_consent=consent, objection=None)
    for member in MEMBERS:
        ledger.vote(procedure, member, {"1": "yes", "2": "yes"})
    [without] = told(ledger, procedure, "without-vote")
    assert (ledger.procedure(procedure).outcome("1").result, without.result) == ("adopted", "no-decision")
    for member in MEMBERS:
        say(ledger, procedure, "consent-declared", member, member=member)
    [without] = told(ledger, procedure, "without-vote")
    assert without.result == "adopted"
    assert ledger.procedure(procedure).without("1", ["anna"]).result == "adopted"


def test_the_quorum_of_a_group_may_hang_on_one_vote() -> None:
    """Half of each group has to take part: without the only vote of a group it does not."""
    ledger = MemoryLedger(signed=False)
    ledger.council(*MEMBERS)
    groups = dict(zip(MEMBERS, "aaabb", strict=True))
    seats = [{"member": member, "weight": 1, "group": group} for member, group in groups.items()]
    ledger.put("seats-changed", body="rat", granted=seats, ended=[])
    quorum = {"n": 1, "d": 2, "strict": False, "at_least": 0, "chair": False, "groups": True}
    profile = {**complete("nkomvg-78"), "quorum": quorum}
    procedure = ledger.open(profile=profile, items=[item("1")], closes_at=later(ledger.now, 3600))
    for member in ("anna", "bert", "cem", "dora"):
        ledger.vote(procedure, member, "yes")
    found = {one.names["group"]: one.result for one in told(ledger, procedure, "without-vote")}
    assert found == {"a": "adopted", "b": "no-decision"}
    assert ledger.procedure(procedure).without("1", ["dora"]).result == "no-decision"


def test_the_quorum_is_asked_anew_with_the_votes_of_excluded_members() -> None:
    """Three of five have to take part, and of three who voted one is excluded."""
    ledger, procedure = council(quorum=complete("vwvfg-90")["quorum"], objection=None)
    for member in MEMBERS[:3]:
        ledger.vote(procedure, member, "yes")
    excluded = {"member": MEMBERS[0], "items": ["1"], "reason": "employer"}
    say(ledger, procedure, "member-excluded", "clara", **excluded)
    [counted] = told(ledger, procedure, "with-excluded")
    assert ledger.procedure(procedure).outcome("1").result == "no-decision"
    assert (counted.result, counted.numbers) == ("adopted", {"votes": 1})


def test_a_vote_that_is_left_out_excludes_nobody() -> None:
    """NKomVG § 65 (3): where more than half are excluded no quorum is asked. Two of five are not more."""
    settings = {"quorum": complete("vwvfg-90")["quorum"], "too_many_excluded": "authority_approval"}
    ledger, procedure = council(objection=None, **settings)
    for member in MEMBERS[:2]:
        excluded = {"member": member, "items": ["1"], "reason": "employer"}
        say(ledger, procedure, "member-excluded", "clara", **excluded)
    for member in MEMBERS[2:]:
        ledger.vote(procedure, member, "yes")
    [without] = told(ledger, procedure, "without-vote")
    assert ledger.procedure(procedure).outcome("1").result == "adopted"
    assert (without.result, without.survives) == ("no-decision", False)
