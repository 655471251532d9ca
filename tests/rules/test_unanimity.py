"""When does a result say "einstimmig", and when not?"""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.counting import Poll, count
from ledger.domain.profile_schema import parse_profile
from ledger.domain.profiles import complete
from ledger.domain.unanimity import unanimous
from ledger.domain.words import outcome
from ledger.telling import told_item
from tests.support.circular import council, say

CASES: list[tuple[str, dict[str, Any], dict[str, int], int, str, bool]] = [
    (
        "OVG Lüneburg 10 LC 117/22: abstentions do not prevent it",
        {},
        {"yes": 1, "abstain": 24},
        25,
        "for",
        True,
    ),
    ("one no prevents it", {}, {"yes": 24, "no": 1}, 25, "for", False),
    ("nobody for it", {}, {"no": 5, "abstain": 1}, 6, "for", True),
    ("nobody votes at all", {}, {"abstain": 6}, 6, "for", False),
    ("an abstention that counts as no", {"abstention": "as_no"}, {"yes": 4, "abstain": 1}, 5, "for", False),
    ("silence that counts as no", {"silence": "as_no"}, {"yes": 4}, 5, "for", False),
    ("silence that counts as yes", {"silence": "as_yes"}, {"yes": 4}, 5, "for", True),
    ("silence that does not count", {}, {"yes": 4}, 5, "for", True),
    ("a recommendation to reject, adopted by all", {}, {"yes": 5}, 5, "against", True),
    ("a recommendation to reject that fails", {}, {"no": 5}, 5, "against", False),
]


@pytest.mark.parametrize(("why", "settings", "given", "members", "polarity", "expected"), CASES)
def test_unanimous_is_that_nobody_voted_the_other_way(
    why: str, settings: dict[str, Any], given: dict[str, int], members: int, polarity: str, expected: bool
) -> None:
    """The minutes must not say it of a result that was not, nor keep it back."""
    profile = parse_profile({**complete("nkomvg-78"), **settings})
    poll = Poll({"yes": 0, "no": 0, "abstain": 0} | given, members, sum(given.values()))
    found = count(profile, poll, polarity=polarity)
    assert unanimous(found.result, [step.plain() for step in found.steps]) is expected, why


@pytest.mark.parametrize(("votes", "expected"), [({"o1": 3, "o2": 0}, True), ({"o1": 2, "o2": 1}, False)])
def test_a_person_is_elected_unanimously_if_nobody_else_has_a_vote(
    votes: dict[str, int], expected: bool
) -> None:
    """The same word for elections."""
    found = count(parse_profile(complete("plurality-for-person")), Poll(votes, 3, 3))
    assert unanimous(found.result, [step.plain() for step in found.steps]) is expected
    said = outcome(found.result, "de", {"o1": "Anke Tiedemann"}, unanimous=expected)
    assert said == ("einstimmig gewählt: Anke Tiedemann" if expected else "gewählt: Anke Tiedemann")


def test_a_procedure_says_it_in_both_languages_and_signs_the_same_derivation() -> None:
    """It is a word for the result, not a step: determinations of yesterday keep their digest."""
    ledger, procedure = council(objection=None)
    for member in ("anna", "bert", "cem"):
        ledger.vote(procedure, member, "yes")
    ledger.vote(procedure, "dora", {"1": "abstain"})
    told = told_item(ledger.procedure(procedure), "1")
    assert told["unanimous"] is True
    assert told["outcome_text"] == {"de": "einstimmig angenommen", "en": "adopted unanimously"}
    assert [step["code"] for step in told["derivation"]] == ["counts", "majority"]


def test_a_corrected_or_an_invalid_result_is_not_called_unanimous() -> None:
    """Somebody decided otherwise, or nobody decided at all."""
    ledger, procedure = council()
    ledger.vote(procedure, "anna", "yes")
    say(ledger, procedure, "objection-raised", "bert", member="bert")
    told = told_item(ledger.procedure(procedure), "1")
    assert (told["valid"], told["unanimous"]) == (False, False)
    corrected = [{"code": "counts", "numbers": {"yes": 3}}, {"code": "corrected", "numbers": {}}]
    assert unanimous("adopted", corrected) is False
