"""Does counting agree with a naive second opinion on every way in which a few members can vote?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations_with_replacement, product
from typing import Any

import pytest

from ledger.domain.counting import Poll, count
from ledger.domain.profile import BASES, Profile
from ledger.domain.profile_schema import parse_profile
from ledger.domain.profiles import NAMES, complete
from ledger.errors import BadProfile

WAYS = ("yes", "no", "abstain", "silent")
"""What a member can do."""


BY_THE_CHAIR = ("casting_vote", "chair_decides", "lot")
"""Ties that somebody or something breaks; here all three say the same."""


def naive(profile: dict[str, Any], ways: tuple[str, ...], casting: str | None) -> str:
    """The outcome, member by member and with fractions. `there`: silent, but recorded as present."""
    needed = profile["majority"]
    if needed is None:
        return "no-decision"
    silence = {"as_yes": "yes", "as_no": "no", "as_abstain": "abstain"}.get(profile["silence"], "silent")
    said = [silence if way in ("silent", "there") and silence != "silent" else way for way in ways]
    if profile["abstention"] in ("as_no", "as_yes"):
        said = [profile["abstention"][3:] if way == "abstain" else way for way in said]
    if "count" in needed:
        return "adopted" if said.count("yes") >= needed["count"] else "rejected"
    base = {
        "yes_no": [way for way in said if way in ("yes", "no")],
        "cast": [way for way in said if way not in ("silent", "there")],
        "present": [way for way in said if way != "silent"],
        "participating": [way for way in said if way not in ("silent", "there")],
        "members": said,
        "votes_existing": said,
    }[needed["base"]]
    if "yes" not in said:
        return "rejected"
    share, limit = Fraction(said.count("yes"), len(base)), Fraction(needed["n"], needed["d"])
    if share > limit or (share == limit and not needed["strict"]):
        return "adopted"
    tied = profile["tie"] in BY_THE_CHAIR and share == Fraction(1, 2)
    return "adopted" if tied and casting == "yes" else "rejected"


def ours(profile: Profile, ways: tuple[str, ...], casting: str | None) -> str:
    """The outcome by the code that decides."""
    counts = {option: ways.count(option) for option in ("yes", "no", "abstain")}
    present = sum(counts.values()) + ways.count("there")
    return count(profile, Poll(counts, len(ways), present, casting, chair_vote=casting, lot=casting)).result


def persons_naive(ballots: tuple[str | None, ...]) -> str:
    """Who has more than half of the votes for persons."""
    named = [ballot for ballot in ballots if ballot not in (None, "present")]
    winners = [person for person in set(named) if Fraction(named.count(person), len(named)) > Fraction(1, 2)]
    return f"elected:{winners[0]}" if winners else "no-decision"


@pytest.mark.parametrize("name", [name for name in NAMES if not name.endswith("-for-person")])
def test_every_small_electorate_under_every_built_in_profile(name: str) -> None:
    """Up to six members, each yes, no, abstaining or silent: 5,461 electorates, with every casting vote."""
    data, profile = complete(name), parse_profile(complete(name))
    castings = (None, "yes", "no") if profile.tie in BY_THE_CHAIR else (None,)
    checked, differing = 0, []
    for members in range(7):
        for ways in product(WAYS, repeat=members):
            for casting in castings:
                checked += 1
                if ours(profile, ways, casting) != naive(data, ways, casting):
                    differing.append((ways, casting))
    assert checked == 5461 * len(castings)
    assert differing == []


@pytest.mark.parametrize("name", [name for name in NAMES if complete(name)["tie"] in BY_THE_CHAIR])
def test_seven_members_and_what_breaks_their_ties(name: str) -> None:
    """As multisets: in which order seven say the same cannot matter to what is made of counts."""
    data, profile = complete(name), parse_profile(complete(name))
    for ways in combinations_with_replacement((*WAYS, "there"), 7):
        for casting in (None, "yes", "no"):
            assert ours(profile, ways, casting) == naive(data, ways, casting), (ways, casting)


def own_profiles() -> Iterator[tuple[dict[str, Any], Profile]]:
    """Every valid mixture of the settings that counting reads."""
    shares = [(0, 1, True), (1, 2, True), (1, 2, False), (2, 3, False), (4, 5, False), (1, 1, False)]
    majorities: list[Any] = [
        {"n": n, "d": d, "strict": strict, "base": base}
        for (n, d, strict), base in product(shares, BASES)
        if base != "persons"
    ]
    for needed, abstention, silence, tie in product(
        [*majorities, {"count": 1}, {"count": 3}],
        ("ignored", "as_no", "as_yes", "forbidden"),
        ("ignored", "as_abstain", "as_no", "as_yes"),
        ("rejected", *BY_THE_CHAIR),
    ):
        settings = {"majority": needed, "abstention": abstention, "silence": silence, "tie": tie}
        data = complete(settings)
        try:
            yield data, parse_profile(data)
        except BadProfile:
            continue


def test_every_mixture_of_settings_counts_as_the_naive_opinion() -> None:
    """Silence, abstention, base and share meet in every combination, with members who are only present."""
    differing, checked = [], 0
    for data, profile in own_profiles():
        ways_known = (
            (*WAYS, "there") if data["abstention"] != "forbidden" else ("yes", "no", "silent", "there")
        )
        castings = (None, "yes", "no") if data["tie"] in BY_THE_CHAIR else (None,)
        for members in range(6):
            for ways in combinations_with_replacement(ways_known, members):
                for casting in castings:
                    checked += 1
                    if ours(profile, ways, casting) != naive(data, ways, casting):
                        differing.append((data, ways, casting))
    assert checked > 50_000
    assert differing[:1] == []


def test_every_small_election() -> None:
    """Up to six members choose among three persons, `present`, or nothing."""
    profile = parse_profile(complete("majority-for-person"))
    for members in range(7):
        for ballots in product(("o1", "o2", "o3", "present", None), repeat=members):
            given = Counter(ballots)
            counts = {option: given[option] for option in ("o1", "o2", "o3", "present")}
            poll = Poll(counts, members, sum(counts.values()))
            assert count(profile, poll).result == persons_naive(ballots), ballots


@pytest.mark.parametrize("name", [name for name in NAMES if name != "gemo-bw-37"])
def test_nobody_decides_nothing(name: str) -> None:
    """Where silence is not consent by law, an electorate in which nobody voted adopts and elects nothing."""
    options = ("o1", "o2") if name.endswith("-for-person") else ("yes", "no", "abstain")
    for members in range(100):
        poll = Poll(dict.fromkeys(options, 0), members, members, "yes")
        assert count(parse_profile(complete(name)), poll).result in ("rejected", "no-decision")
