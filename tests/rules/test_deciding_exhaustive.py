"""Does deciding agree with a naive second opinion on everything that up to seven members can do?

The second opinion looks at members one by one, with fractions, and knows nothing of the code that it judges.
What members do is counted, so their order cannot matter: multisets of what each may do are enumerated and not
permutations (seven members: 6,435 instead of 2 million). Objections and demands are of the procedure, not of
a member, and come beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations_with_replacement, product
from typing import Any

import pytest

from ledger.domain.circulation import Circulation
from ledger.domain.counting import Poll
from ledger.domain.deciding import decide
from ledger.domain.profile import Profile
from ledger.domain.profile_schema import parse_profile
from ledger.domain.profiles import NAMES, complete

DECIDED = [name for name in NAMES if not name.endswith("-for-person")]
Way = tuple[str, bool, bool]
"""What a member says (yes, no, abstain or silent), whether excluded, whether consenting."""


def ways_of(data: dict[str, Any], members: int) -> Iterator[tuple[Way, ...]]:
    """Every multiset of what so many members can do, as far as the profile tells it apart."""
    said = ("yes", "no", "abstain", "silent")
    consents = (False, True) if data["procedure_consent"] else (False,)
    ways = list(product(said, (False,), consents))
    if data["exclusion"] != "none":
        # What an excluded member says is looked at by nobody, here or there: for more than five members it is
        # silence (11,440 electorates of seven with consents and exclusions, and not 170,544).
        ways += product(said if members <= 5 else ("silent",), (True,), consents)
    yield from combinations_with_replacement(ways, members)


def naive(data: dict[str, Any], ways: tuple[Way, ...], objections: int) -> str:
    """The outcome, member by member; "invalid" where deciding by circulation was not valid."""
    everybody = len(ways)
    voters = [said for said, excluded, _ in ways if not excluded and said != "silent"]
    if data["objection"] and data["objection"]["effect"] != "count" and objections:
        return "invalid"
    if needed := data["procedure_consent"]:
        agreed = sum(
            consents or (needed["implied"] == "yes" and said == "yes" and not excluded)
            for said, excluded, consents in ways
        )
        if not agreed or Fraction(agreed, everybody) < Fraction(needed["n"], needed["d"]):
            return "invalid"
    out = sum(excluded for _, excluded, _ in ways)
    approval = data["too_many_excluded"] == "authority_approval" and out > everybody - out
    if (quorum := data["quorum"]) and not approval:
        share, limit = Fraction(len(voters), max(everybody, 1)), Fraction(quorum["n"], quorum["d"])
        enough = share > limit if quorum["strict"] else share >= limit
        if not enough or len(voters) < quorum["at_least"]:
            return "invalid"
    if data["silence"] == "voids" and any(said == "silent" and not excluded for said, excluded, _ in ways):
        return "invalid"
    return majority(data, [said for said, excluded, _ in ways if not excluded], everybody)


def majority(data: dict[str, Any], said: list[str], everybody: int) -> str:
    """What those who are not excluded decide."""
    if data["majority"] is None:
        return "no-decision"
    read = {"silent": data["silence"][3:] if data["silence"].startswith("as_") else "silent"}
    said = [read.get(one, one) for one in said]
    if data["abstention"] in ("as_no", "as_yes"):
        said = [data["abstention"][3:] if one == "abstain" else one for one in said]
    yes = said.count("yes")
    if "count" in data["majority"]:
        return "adopted" if yes >= data["majority"]["count"] else "rejected"
    base = {
        "yes_no": yes + said.count("no"),
        "participating": len(said) - said.count("silent"),
        "present": len(said) - said.count("silent"),
        "cast": len(said) - said.count("silent"),
        "members": everybody,
        "votes_existing": everybody,
    }[data["majority"]["base"]]
    if not yes:
        return "rejected"
    share, limit = Fraction(yes, base), Fraction(data["majority"]["n"], data["majority"]["d"])
    reached = share > limit if data["majority"]["strict"] else share >= limit
    return "adopted" if reached else "rejected"


def ours(profile: Profile, ways: tuple[Way, ...], objections: int) -> str:
    """The outcome by the code that decides, from counts alone. Nobody breaks a tie."""
    counts = {
        option: sum(said == option and not excluded for said, excluded, _ in ways)
        for option in ("yes", "no", "abstain")
    }
    cast, out = sum(counts.values()), sum(excluded for _, excluded, _ in ways)
    implied = profile.procedure_consent and profile.procedure_consent.implied == "yes"
    consents = sum(
        consent or bool(implied and said == "yes" and not excluded) for said, excluded, consent in ways
    )
    known = Circulation(
        seats=len(ways), weight=len(ways), heads=cast, consents=consents, consent_weight=consents,
        objections=objections, excluded=out,
    )  # fmt: skip
    poll = Poll(counts, len(ways), cast, participating=cast, excluded=out)
    found = decide(profile, known, poll)
    return found.result if found.valid else "invalid"


@pytest.mark.parametrize("name", DECIDED)
def test_every_small_electorate_under_every_built_in_profile(name: str) -> None:
    """Votes, abstentions, silence, exclusions, consents and objections of up to seven members."""
    data, profile = complete(name), parse_profile(complete(name))
    differing, checked = [], 0
    for members in range(1, 8):
        for ways in ways_of(data, members):
            for objections in (0, 1) if data["objection"] else (0,):
                checked += 1
                if ours(profile, ways, objections) != naive(data, ways, objections):
                    differing.append((ways, objections))
    assert checked > 300
    assert differing[:1] == []


# ── elections ──────────────────────────────────────────────────────────────────────────────────

ELECTIONS = [name for name in NAMES if name.endswith("-for-person")]
CANDIDATES = ("o1", "o2", "o3")
Said = tuple[tuple[str, bool], ...]
"""What each member says (a candidate, abstain, no or silent), and whether the member is excluded."""


def elected(data: dict[str, Any], members: Said, lot: str | None) -> str:
    """Who is elected, candidate by candidate: whoever has enough, alone or by the lot."""
    votes = [said for said, excluded in members if not excluded and said in CANDIDATES]
    most = max((votes.count(one) for one in CANDIDATES), default=0)
    limit = Fraction(data["majority"]["n"], data["majority"]["d"])
    leading = [one for one in CANDIDATES if most and votes.count(one) == most]
    leading = [one for one in leading if Fraction(votes.count(one), len(votes)) > limit]
    if len(leading) == 1:
        return f"elected:{leading[0]}"
    return f"elected:{lot}" if data["tie"] == "lot" and lot in leading else "no-decision"


def election(profile: Profile, members: Said, lot: str | None) -> str:
    """The outcome by the code that decides, from counts alone."""
    options = (*CANDIDATES, "no", "abstain")
    counts = {one: sum(said == one and not out for said, out in members) for one in options}
    cast, out = sum(counts.values()), sum(excluded for _, excluded in members)
    known = Circulation(seats=len(members), weight=len(members), heads=cast, excluded=out, election=True)
    poll = Poll(counts, len(members), cast, participating=cast, excluded=out, lot=lot)
    return decide(profile, known, poll).result


@pytest.mark.parametrize("tie", ["rejected", "lot"])
@pytest.mark.parametrize("name", ELECTIONS)
def test_every_small_election_under_every_profile_for_persons(name: str, tie: str) -> None:
    """Up to seven members, three candidates, equal votes, the lot for each of them and for nobody."""
    data = {**complete(name), "tie": tie}
    profile = parse_profile(data)
    ways = [(said, False) for said in (*CANDIDATES, "no", "abstain", "silent")] + [("o1", True)]
    differing, results = [], set()
    for number in range(1, 8):
        for members in combinations_with_replacement(ways, number):
            for lot in (None, *CANDIDATES) if tie == "lot" else (None,):
                naively = elected(data, members, lot)
                results.add(naively)
                if election(profile, members, lot) != naively:
                    differing.append((members, lot))
    assert differing[:1] == []
    assert results == {"no-decision", *(f"elected:{one}" for one in CANDIDATES)}
