"""What does each statement of a circular procedure change, and what can be told from it?"""

from __future__ import annotations

import pytest

from ledger.domain.profile_schema import parse_profile
from ledger.domain.profiles import complete
from ledger.errors import BadProfile, NotAllowed, StimmbuchError, TooLate
from tests.support.circular import CONSENT, DIGEST, MEMBERS, Fields, council, say
from tests.support.memory_ledger import SERVICE, MemoryLedger, document, later


def test_what_is_on_record_is_not_recorded_again() -> None:
    """Each with its own word, so that a repeated click is told what stands."""
    ledger, procedure = council(
        objection={"who": "member", "count": 3, "until": "deadline", "effect": "terminate"}
    )
    for kind, actor, fields in (
        ("objection-raised", "anna", {"member": "anna"}),
        ("delivery-recorded", "clara", {"members": ["anna"], "how": "mail"}),
        ("attempt-refused", SERVICE, {"code": "too-late", "statement": "0" * 64}),
    ):
        say(ledger, procedure, kind, actor, **fields)
        with pytest.raises(StimmbuchError) as caught:
            say(ledger, procedure, kind, actor, **fields)
        assert caught.value.code == "already-declared"


@pytest.mark.parametrize(
    ("kind", "fields"), [("objection-raised", {}), ("secret-ballot-demanded", {"items": ["1"]})]
)
def test_a_substitute_does_not_object_or_demand_again_for_the_same_seat(kind: str, fields: Fields) -> None:
    """Two of five members would be needed, and one seat would be both of them."""
    two = {"who": "member", "count": 2, "until": "deadline", "effect": "terminate"}
    secrecy = {"demand": 2, "items": "all"}
    ledger, procedure = council(objection=two, secrecy=secrecy, substitution="during")
    say(ledger, procedure, kind, "anna", member="anna", **fields)
    absent = {"member": "anna", "substitute": "sub", "reason": "ill"}
    say(ledger, procedure, "substitute-named", "clara", **absent)
    with pytest.raises(StimmbuchError) as caught:
        say(ledger, procedure, kind, "sub", member="sub", **fields)
    assert caught.value.code == "already-declared"
    found = ledger.procedure(procedure)
    assert (found.state, found.referred) == ("opened", set())
    say(ledger, procedure, kind, "bert", member="bert", **fields)
    found = ledger.procedure(procedure)
    assert found.state == "terminated" or found.referred == {"1"}


def test_a_retroactive_extension_leaves_earlier_entries_as_they_are() -> None:
    """VwVfG § 31 Abs. 7: what was refused stays refused; what comes now counts, and is known as late."""
    ledger, procedure = council(extension="retroactive", grace={"days": 1})
    ledger.vote(procedure, "anna", "yes")
    deadline = str(ledger.procedure(procedure).closes_at)
    before = list(ledger.entries)
    with pytest.raises(TooLate):
        ledger.put("vote-withdrawn", "anna", procedure=procedure, member="anna", at=deadline)
    say(
        ledger,
        procedure,
        "deadline-extended",
        "clara",
        closes_at=later(deadline, 3600),
        reason=DIGEST,
        at=later(deadline, 60),
    )
    assert ledger.entries[: len(before)] == before
    ledger.vote(procedure, "bert", "no")
    found = ledger.procedure(procedure)
    assert found.tally()["1"] == {"yes": 1, "no": 1, "abstain": 0}
    [late] = [variant for variant in found.relevance("1") if variant.code == "without-late"]
    assert (found.outcome("1").result, late.result, late.survives) == ("rejected", "adopted", False)


def test_an_extension_after_the_deadline_needs_a_profile_that_allows_it() -> None:
    """Otherwise the clerk could wait for the result and then ask for more votes."""
    ledger, procedure = council(extension="before_deadline")
    deadline = str(ledger.procedure(procedure).closes_at)
    with pytest.raises(TooLate, match="not extended afterwards"):
        say(
            ledger,
            procedure,
            "deadline-extended",
            "clara",
            closes_at=later(deadline, 3600),
            reason=DIGEST,
            at=deadline,
        )


def test_a_vote_of_an_excluded_member_stays_visible_and_does_not_count() -> None:
    """NKomVG § 41: and the result can be told with it and without it."""
    ledger, procedure = council()
    for member, option in (("anna", "yes"), ("bert", "yes"), ("cem", "no"), ("dora", "no")):
        ledger.vote(procedure, member, option)
    ledger.vote(procedure, "emil", "yes")
    say(ledger, procedure, "member-excluded", "clara", member="emil", items=["1"], reason="employer")
    found = ledger.procedure(procedure)
    assert found.box.votes["emil"].choices == {"1": "yes"}
    assert found.tally()["1"] == {"yes": 2, "no": 2, "abstain": 0}
    [counted] = [variant for variant in found.relevance("1") if variant.code == "with-excluded"]
    assert (found.outcome("1").result, counted.result) == ("rejected", "adopted")


def test_a_member_of_two_bodies_votes_in_each_as_seated_there() -> None:
    """One office runs several councils: seats, weights and electorates are each body's own."""
    ledger, procedure = council()
    ledger.council("anna", "emil", body="ausschuss", weights={"anna": 1, "emil": 1})
    other = ledger.open("other", body="ausschuss")
    ledger.vote(other, "anna", "no")
    ledger.vote(procedure, "anna", "yes")
    with pytest.raises(StimmbuchError, match="not in the electorate"):
        ledger.vote(other, "bert", "yes")
    assert ledger.procedure(other).tally()["1"]["no"] == ledger.procedure(procedure).tally()["1"]["yes"] == 1


def test_all_have_voted_and_the_profile_lets_it_end() -> None:
    """Excluded members need not vote; everybody else does, on every item."""
    ledger, procedure = council(early_close="all_voted", objection=None)
    say(ledger, procedure, "member-excluded", "clara", member="emil", items=["1", "2"], reason="employer")
    for member in MEMBERS[:4]:
        with pytest.raises(StimmbuchError, match="has not voted on item"):
            say(ledger, procedure, "procedure-closed", SERVICE, reason="all-voted")
        ledger.vote(procedure, member, {"1": "yes", "2": "no"})
    say(ledger, procedure, "procedure-closed", SERVICE, reason="all-voted")
    assert ledger.procedure(procedure).state == "closed"


def test_a_result_that_is_certain_may_end_it() -> None:
    """Three of five for everything, and nobody can change a vote."""
    settings: Fields = {"early_close": "unlosable", "objection": None, "change": "never", "withdraw": False}
    majority = {"n": 1, "d": 2, "strict": True, "base": "members"}
    ledger, procedure = council(**settings, majority=majority)
    for member in MEMBERS[:3]:
        with pytest.raises(StimmbuchError, match="could still change"):
            say(ledger, procedure, "procedure-closed", SERVICE, reason="unlosable")
        ledger.vote(procedure, member, {"1": "yes", "2": "yes"})
    say(ledger, procedure, "procedure-closed", SERVICE, reason="unlosable")
    assert ledger.procedure(procedure).outcome("2").result == "adopted"


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"early_close": "all_voted"}, "no earlier end"),
        ({"early_close": "unlosable", "objection": None}, "never certain"),
        ({"change": "until_closing"}, "nothing is counted after the deadline"),
        ({"deadline": "personal"}, "needs a period"),
        (
            {"tie": "chair_decides", "majority": {"n": 2, "d": 3, "strict": False, "base": "cast"}},
            "exactly half",
        ),
        ({"procedure_consent": {**CONSENT, "n": 6}}, "more consents than members"),
        ({"silence": "as_abstain", "abstention": "forbidden"}, "abstention is forbidden"),
        ({"validity": {"version": None, "from": "2026-02-01", "to": "2026-01-01"}}, "ends before it begins"),
        (
            {"quorum": {"n": 3, "d": 2, "strict": False, "at_least": 0, "chair": False, "groups": False}},
            "a quorum above",
        ),
        ({"groups": "each", "majority": {"count": 3}}, "only a share"),
    ],
)
def test_settings_that_contradict_each_other_are_refused_with_the_reason(
    settings: Fields, reason: str
) -> None:
    """At the opening, and not when the votes are counted."""
    with pytest.raises(BadProfile, match=reason):
        parse_profile({**complete("nkomvg-78"), **settings})


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        (
            {"objection": {"who": "member", "count": 9, "until": "deadline", "effect": "refer"}},
            "9 objections",
        ),
        ({"tie": "chair_decides"}, "no member of the electorate"),
        ({"secrecy": {"demand": 9, "items": "all"}}, "9 members have to demand a secret ballot"),
        ({"groups": "each"}, "belongs to no group"),
        (
            {"quorum": {"n": 1, "d": 2, "strict": True, "at_least": 6, "chair": False, "groups": False}},
            "6 must take part",
        ),
    ],
)
def test_a_profile_that_this_council_cannot_satisfy_is_refused(settings: Fields, reason: str) -> None:
    """Nobody should vote for two weeks on what cannot be decided."""
    ledger = MemoryLedger(signed=False)
    ledger.council(*MEMBERS)
    profile = {**complete("nkomvg-78"), **settings}
    with pytest.raises(BadProfile, match=reason):
        ledger.open(profile=profile, closes_at=later(ledger.now, 60))


def test_a_document_that_comes_later_leaves_a_proxys_vote_to_be_confirmed() -> None:
    """Nobody votes on what was not read, not even for somebody else."""
    ledger, procedure = council(proxy={"max": 1})
    say(ledger, procedure, "proxy-given", "anna", member="anna", proxy="bert")
    ledger.vote(procedure, "anna", "yes", actor="bert", provenance={"kind": "proxy"})
    say(ledger, procedure, "document-attached", "clara", document=document("offer"))
    assert ledger.procedure(procedure).tally()["1"]["yes"] == 0
    with pytest.raises(NotAllowed, match="not the proxy"):
        ledger.vote(procedure, "anna", "yes", actor="cem", provenance={"kind": "proxy"})
