"""What follows from the votes? Tables of counts and outcomes, each row with its source."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from ledger.domain.counting import Outcome, Poll, count
from ledger.domain.profile_schema import parse_profile
from ledger.domain.profiles import complete
from ledger.domain.words import say


class Case(NamedTuple):
    """Counts under a rule, and what is decided."""

    source: str
    rule: str | dict[str, Any]
    counts: dict[str, int]
    members: int
    result: str
    present: int | None = None
    casting: str | None = None
    polarity: str = "for"


def majority(n: int, d: int, base: str, *, strict: bool = False, **settings: Any) -> dict[str, Any]:
    """A profile of its own that needs n/d of a base."""
    return {"majority": {"n": n, "d": d, "strict": strict, "base": base}, **settings}


def outcome(case: Case) -> Outcome:
    """What `count` says to a case; who voted is present unless the case says more."""
    voted = sum(case.counts.values())
    present = voted if case.present is None else case.present
    poll = Poll(case.counts, case.members, present, case.casting)
    return count(parse_profile(complete(case.rule)), poll, polarity=case.polarity)


FOUR_FIFTHS = majority(4, 5, "members")
AS_NO: dict[str, Any] = {"abstention": "as_no"}
FORBIDDEN: dict[str, Any] = {"abstention": "forbidden"}

CASES = [
    # 4/5 of all members, exactly: ceil(4·m/5)
    Case("NKomVG § 182 II: 4/5 of 33 are 27", FOUR_FIFTHS, {"yes": 27, "no": 6}, 33, "adopted"),
    Case("NKomVG § 182 II: 26 of 33 are too few", FOUR_FIFTHS, {"yes": 26, "no": 0}, 33, "rejected"),
    Case("NKomVG § 182 II: 4/5 of 32 are 26", FOUR_FIFTHS, {"yes": 26, "no": 0}, 32, "adopted"),
    Case("NKomVG § 182 II: 25 of 32 are too few", FOUR_FIFTHS, {"yes": 25, "no": 0}, 32, "rejected"),
    Case("NKomVG § 182 II: 4/5 of 35 are 28 exactly", FOUR_FIFTHS, {"yes": 28, "no": 7}, 35, "adopted"),
    Case("NKomVG § 182 II: 27 of 35 are too few", FOUR_FIFTHS, {"yes": 27, "no": 0}, 35, "rejected"),
    # more yes than no
    Case(
        "NKomVG § 66: abstentions do not count", "nkomvg-66", {"yes": 2, "no": 1, "abstain": 9}, 33, "adopted"
    ),
    Case("NKomVG § 66: a tie rejects", "nkomvg-66", {"yes": 16, "no": 16, "abstain": 1}, 33, "rejected"),
    Case("NKomVG § 66: one yes is enough", "nkomvg-66", {"yes": 1, "no": 0, "abstain": 0}, 33, "adopted"),
    Case("NKomVG § 66: one no is enough", "nkomvg-66", {"yes": 0, "no": 1, "abstain": 0}, 33, "rejected"),
    Case("VwVfG § 91: majority of the votes", "simple-majority", {"yes": 87, "no": 86}, 180, "adopted"),
    Case("nobody voted, nothing is adopted", "simple-majority", {"yes": 0, "no": 0}, 33, "rejected"),
    Case(
        "only abstentions adopt nothing", "simple-majority", {"yes": 0, "no": 0, "abstain": 5}, 33, "rejected"
    ),
    # casting vote of the chair on a tie
    *(
        Case(
            f"VwVfG § 91: tie, chair {chair}",
            "simple-majority-casting-vote",
            counts,
            9,
            result,
            casting=chair,
        )
        for counts, chair, result in (
            ({"yes": 4, "no": 4}, "yes", "adopted"),
            ({"yes": 4, "no": 4}, "no", "rejected"),
            ({"yes": 4, "no": 4}, None, "rejected"),
            ({"yes": 3, "no": 4}, "yes", "rejected"),
            ({"yes": 4, "no": 3}, "no", "adopted"),
            ({"yes": 0, "no": 0}, "yes", "rejected"),
        )
    ),
    Case(
        "half of all members, and the chair for it",
        majority(1, 2, "members", strict=True, tie="casting_vote"),
        {"yes": 5, "no": 1},
        10,
        "adopted",
        casting="yes",
    ),
    # bases
    Case("51 of 100 members", "absolute-majority-of-members", {"yes": 51, "no": 0}, 100, "adopted"),
    Case("half of all members", "absolute-majority-of-members", {"yes": 50, "no": 0}, 100, "rejected"),
    Case("GG Art. 63: 355 of 709", "absolute-majority-of-members", {"yes": 355, "no": 1}, 709, "adopted"),
    Case("GG Art. 63: 354 of 709", "absolute-majority-of-members", {"yes": 354, "no": 1}, 709, "rejected"),
    Case("6 of 11 present", "absolute-majority-of-present", {"yes": 6, "no": 0}, 33, "adopted", present=11),
    Case("6 of 12 present", "absolute-majority-of-present", {"yes": 6, "no": 0}, 33, "rejected", present=12),
    Case(
        "BPersVG § 39: who abstains is present",
        "absolute-majority-of-present",
        {"yes": 5, "no": 4, "abstain": 1},
        33,
        "rejected",
    ),
    Case("two thirds of yes and no", "two-thirds", {"yes": 2, "no": 1, "abstain": 30}, 33, "adopted"),
    Case("just below two thirds", "two-thirds", {"yes": 199, "no": 100}, 300, "rejected"),
    Case("two thirds of nobody", "two-thirds", {"yes": 0, "no": 0}, 33, "rejected"),
    Case("GG Art. 79: 473 of 709", "two-thirds-of-members", {"yes": 473, "no": 0}, 709, "adopted"),
    Case("GG Art. 79: 472 of 709", "two-thirds-of-members", {"yes": 472, "no": 0}, 709, "rejected"),
    Case("three fifths of 751", "three-fifths-of-members", {"yes": 451, "no": 300}, 751, "adopted"),
    Case("450 of 751", "three-fifths-of-members", {"yes": 450, "no": 0}, 751, "rejected"),
    Case(
        "votes cast, abstentions among them", majority(1, 2, "cast"), {"yes": 3, "abstain": 3}, 9, "adopted"
    ),
    Case("below half of the votes cast", majority(1, 2, "cast"), {"yes": 3, "abstain": 4}, 9, "rejected"),
    # a fixed number
    Case("Zürich KRG: 59 support, 2 do not", "sixty-in-support", {"yes": 59, "no": 2}, 180, "rejected"),
    Case("Zürich KRG: 60 support, 90 do not", "sixty-in-support", {"yes": 60, "no": 90}, 180, "adopted"),
    # abstention
    Case(
        "abstention as no",
        majority(1, 2, "yes_no", strict=True, **AS_NO),
        {"yes": 2, "abstain": 2},
        9,
        "rejected",
    ),
    Case(
        "BPersVG § 39: it was enough",
        majority(1, 2, "yes_no", **AS_NO),
        {"yes": 2, "abstain": 2},
        9,
        "adopted",
    ),
    Case(
        "Wien W-GBG § 10: none allowed",
        majority(1, 2, "yes_no", **FORBIDDEN),
        {"yes": 1, "no": 1},
        9,
        "adopted",
    ),
    # silence
    *(
        Case(f"silence {how}", majority(1, 2, base, strict=True, silence=how), counts, 10, result)
        for how, base, counts, result in (
            ("ignored", "cast", {"yes": 1, "no": 0, "abstain": 0}, "adopted"),
            ("as_abstain", "cast", {"yes": 5, "no": 0, "abstain": 0}, "rejected"),
            ("as_abstain", "cast", {"yes": 6, "no": 0, "abstain": 0}, "adopted"),
            ("as_abstain", "yes_no", {"yes": 1, "no": 0, "abstain": 0}, "adopted"),
            ("as_no", "yes_no", {"yes": 5, "no": 0, "abstain": 0}, "rejected"),
            ("as_no", "yes_no", {"yes": 6, "no": 0, "abstain": 0}, "adopted"),
            ("as_yes", "yes_no", {"yes": 0, "no": 4, "abstain": 0}, "adopted"),
            ("as_yes", "yes_no", {"yes": 0, "no": 5, "abstain": 0}, "rejected"),
            ("as_yes", "members", {"yes": 0, "no": 0, "abstain": 0}, "adopted"),
        )
    ),
    Case("a paper without no", "simple-majority", {"yes": 1, "abstain": 3}, 9, "adopted"),
    Case(
        "abstention as no where nobody can abstain",
        majority(1, 2, "yes_no", strict=True, **AS_NO),
        {"yes": 1, "no": 0},
        9,
        "adopted",
    ),
    Case(
        "silence as no where the paper has no such option",
        majority(1, 2, "yes_no", strict=True, silence="as_no"),
        {"yes": 6},
        11,
        "adopted",
    ),
    Case(
        "abstention as no where the paper has no such option",
        majority(1, 2, "yes_no", strict=True, **AS_NO),
        {"yes": 2, "abstain": 1},
        11,
        "adopted",
    ),
    Case(
        "silence as abstention, abstention as no",
        majority(1, 2, "yes_no", strict=True, silence="as_abstain", **AS_NO),
        {"yes": 5, "no": 0, "abstain": 0},
        10,
        "rejected",
    ),
    # the question was a recommendation to reject
    Case(
        "House: recommendation adopted",
        "simple-majority",
        {"yes": 2, "no": 1},
        3,
        "rejected",
        polarity="against",
    ),
    Case("House: not adopted", "simple-majority", {"yes": 1, "no": 2}, 3, "no-decision", polarity="against"),
    Case("House: tie", "simple-majority", {"yes": 1, "no": 1}, 3, "no-decision", polarity="against"),
    # persons
    Case("more than half for a person", "majority-for-person", {"o1": 3, "o2": 2}, 9, "elected:o1"),
    Case("half is not more than half", "majority-for-person", {"o1": 3, "o2": 2, "o3": 1}, 9, "no-decision"),
    Case("the second of them", "majority-for-person", {"o1": 1, "o2": 2, "present": 5}, 9, "elected:o2"),
    Case(
        "yes, no and present name nobody",
        "majority-for-person",
        {"yes": 9, "o1": 1, "o2": 0},
        9,
        "elected:o1",
    ),
    Case("nobody voted for anybody", "majority-for-person", {"o1": 0, "o2": 0}, 9, "no-decision"),
    Case("one vote elects", "majority-for-person", {"o1": 0, "o2": 1}, 9, "elected:o2"),
    Case("plurality", majority(0, 1, "persons"), {"o1": 3, "o2": 4, "o3": 2}, 9, "elected:o2"),
    Case("plurality of nobody", majority(0, 1, "persons"), {"o1": 0, "o2": 0}, 9, "no-decision"),
    Case("two persons lead alike", majority(0, 1, "persons"), {"o1": 4, "o2": 4, "o3": 1}, 9, "no-decision"),
    Case("half each", majority(1, 2, "persons"), {"o1": 4, "o2": 4}, 9, "no-decision"),
    # nothing to decide
    Case("a call of the roll", "quorum-call", {"present": 211}, 435, "no-decision"),
    # weights are in the counts: GmbHG § 47 II, one vote for each euro
    Case("GmbHG § 47 II: weights", "two-thirds-of-members", {"yes": 66_667, "no": 0}, 100_000, "adopted"),
    Case(
        "GmbHG § 47 II: one euro missing",
        "two-thirds-of-members",
        {"yes": 66_666, "no": 0},
        100_000,
        "rejected",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.source)
def test_the_outcome_follows_from_the_counts(case: Case) -> None:
    """Each row names the paragraph or the practice from which its result follows."""
    assert outcome(case).result == case.result


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.source)
def test_deciding_changes_nothing_that_it_was_given(case: Case) -> None:
    """The counts are the ballot box's own: a reading of silence must not stay in them."""
    before = dict(case.counts)
    outcome(case)
    assert case.counts == before


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.source)
def test_only_a_majority_can_fail_to_hold(case: Case) -> None:
    """Counts and readings are facts; a step that "does not hold" is one that was not reached."""
    facts = [
        step for step in outcome(case).steps if step.code in ("counts", "persons", "polarity", "nothing")
    ]
    assert facts
    assert all(step.holds for step in facts)


def test_large_numbers_are_compared_exactly() -> None:
    """In floats 2/3 of 3·10^17 + 1 votes cannot be told from one vote less."""
    votes = 3 * 10**17 + 1
    needed = -(-2 * votes // 3)
    assert float(needed) == float(needed - 1)
    rule = "two-thirds-of-members"
    assert outcome(Case("", rule, {"yes": needed, "no": 0}, votes, "")).result == "adopted"
    assert outcome(Case("", rule, {"yes": needed - 1, "no": 0}, votes, "")).result == "rejected"


def test_a_derivation_carries_its_numbers() -> None:
    """A reader can do every step again with the numbers that stand in it."""
    counts, step = outcome(Case("", FOUR_FIFTHS, {"yes": 28, "no": 4, "abstain": 1}, 33, "")).steps
    assert (counts.code, counts.numbers) == ("counts", {"yes": 28, "no": 4, "abstain": 1})
    assert (step.code, step.holds) == ("majority", True)
    assert step.numbers == {"votes": 28, "n": 4, "d": 5, "base": 33, "required": 27}
    said = say(step.code, step.numbers, step.names, "en")
    assert all(one in said for one in ("27", "28", "33", "four fifths"))


def test_a_derivation_shows_silence_as_it_was_counted() -> None:
    """The counts are those that were given; what silence adds to them is a step of its own."""
    rule = majority(1, 2, "yes_no", strict=True, silence="as_no")
    counts, silence, step = outcome(Case("", rule, {"yes": 4, "no": 1, "abstain": 0}, 10, "")).steps
    assert counts.numbers == {"yes": 4, "no": 1, "abstain": 0}
    assert (silence.numbers, silence.names) == ({"silent": 5}, {"as": "no"})
    assert (step.numbers["base"], step.holds) == (10, False)


def test_a_derivation_shows_abstentions_where_they_were_counted() -> None:
    """Counted as no, they are part of the base."""
    rule = majority(1, 2, "yes_no", strict=True, **AS_NO)
    _, abstention, step = outcome(Case("", rule, {"yes": 4, "no": 1, "abstain": 3}, 10, "")).steps
    assert (abstention.numbers, abstention.names) == ({"abstained": 3}, {"as": "no"})
    assert step.numbers["base"] == 8


@pytest.mark.parametrize(
    ("casting", "holds", "said"),
    [("yes", True, ": yes"), ("no", False, ": no"), (None, False, ": none")],
)
def test_a_casting_vote_is_a_step_of_its_own(casting: str | None, holds: bool, said: str) -> None:
    """A tie is first not a majority; then the chair decides, or has not decided."""
    case = Case("", "simple-majority-casting-vote", {"yes": 2, "no": 2}, 5, "", casting=casting)
    _, majority_step, casting_step = outcome(case).steps
    assert (majority_step.code, majority_step.holds) == ("majority", False)
    assert (casting_step.code, casting_step.holds) == ("casting-vote", holds)
    assert say(casting_step.code, {}, casting_step.names, "en").endswith(said)


def test_without_a_tie_the_casting_vote_is_no_step() -> None:
    """It decided nothing, so it explains nothing."""
    case = Case("", "simple-majority-casting-vote", {"yes": 1, "no": 2}, 5, "", casting="yes")
    assert [step.code for step in outcome(case).steps] == ["counts", "majority"]


def test_a_fixed_number_is_a_step_with_both_numbers() -> None:
    """60 required, 59 given: the reader sees the vote that is missing."""
    step = outcome(Case("", "sixty-in-support", {"yes": 59, "no": 2}, 180, "")).steps[-1]
    assert (step.code, step.numbers, step.holds) == ("fixed-number", {"required": 60, "yes": 59}, False)


def test_a_recommendation_to_reject_is_named_in_the_derivation() -> None:
    """Otherwise "adopted by 2:1, hence rejected" would look like a mistake."""
    case = Case("", "simple-majority", {"yes": 2, "no": 1}, 3, "", polarity="against")
    assert [step.code for step in outcome(case).steps] == ["counts", "majority", "polarity"]


def test_an_election_names_the_votes_for_every_person() -> None:
    """Votes that name nobody are not part of the base."""
    case = Case("", "majority-for-person", {"o1": 3, "o2": 2, "present": 4}, 9, "")
    votes, step = outcome(case).steps
    assert (votes.code, votes.numbers) == ("persons", {"o1": 3, "o2": 2})
    assert step.numbers == {"votes": 3, "n": 1, "d": 2, "base": 5, "required": 3}


def test_equal_leaders_are_named_in_the_derivation() -> None:
    """Nobody is elected by the order in which the ballot paper lists them."""
    step = outcome(Case("", majority(0, 1, "persons"), {"o1": 4, "o2": 4, "o3": 1}, 9, "")).steps[-1]
    assert (step.code, step.numbers, step.holds) == ("tie", {"o1": 4, "o2": 4}, False)
