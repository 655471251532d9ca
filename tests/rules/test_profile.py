"""Which rule profiles are accepted, and is every other one refused with its reason?"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.profile import BASES, persons
from ledger.domain.profile_checks import check_options
from ledger.domain.profile_schema import parse_profile
from ledger.domain.profiles import NAMES, complete
from ledger.errors import BadProfile

SIMPLE = complete("simple-majority")
HALF = {"n": 1, "d": 2, "strict": True, "base": "yes_no"}


def with_majority(**changes: Any) -> dict[str, Any]:
    """A complete profile whose majority differs as said."""
    return {**SIMPLE, "majority": {**HALF, **changes}}


@pytest.mark.parametrize("name", NAMES)
def test_every_built_in_profile_is_complete_and_valid(name: str) -> None:
    """A name in a roll-call file must never lead to a refusal."""
    data = complete(name)
    profile = parse_profile(data)
    assert profile.name == name
    assert profile.legal_basis == data["legal_basis"]


@pytest.mark.parametrize("name", NAMES)
def test_every_built_in_profile_decides_an_item_of_its_kind(name: str) -> None:
    """A profile that fits no item would be a trap."""
    options = ["o1", "o2"] if name.endswith("-for-person") else ["yes", "no"]
    profile = parse_profile(complete(name))
    if profile.abstention != "forbidden":
        options.append("abstain")
    check_options(profile, options)


@pytest.mark.parametrize("rule", ["two-third", "", "Simple-Majority", None, 5, ["simple-majority"]])
def test_an_unknown_name_is_refused_and_the_known_ones_are_listed(rule: object) -> None:
    """A slip of the pen must not silently become another rule."""
    with pytest.raises(BadProfile, match="there are simple-majority, "):
        complete(rule)


def test_a_roll_call_may_leave_out_the_usual_settings() -> None:
    """What a file leaves out is what roll calls have in common; what it says stands."""
    data = complete({"majority": HALF, "silence": "as_no"})
    assert (data["silence"], data["deadline"], data["name"]) == ("as_no", "chair", "own")
    assert parse_profile(data).silence == "as_no"


@pytest.mark.parametrize("setting", sorted(SIMPLE))
def test_a_profile_without_a_setting_is_refused_and_the_setting_named(setting: str) -> None:
    """A signed profile is complete: nothing in it depends on a default that may change."""
    data = {name: value for name, value in SIMPLE.items() if name != setting}
    with pytest.raises(BadProfile, match=f"lacks {setting}"):
        parse_profile(data)


def test_a_setting_that_is_not_known_is_refused() -> None:
    """A misspelt or newer setting would be signed and then ignored."""
    with pytest.raises(BadProfile, match="not known: quorums"):
        parse_profile({**SIMPLE, "quorums": 3})


@pytest.mark.parametrize("data", [None, "simple-majority", [], 1])
def test_a_profile_is_an_object(data: object) -> None:
    """In an opening statement the rule stands in full, never as a name."""
    with pytest.raises(BadProfile, match="is an object"):
        parse_profile(data)


@pytest.mark.parametrize(
    ("setting", "values"),
    [
        ("abstention", ("ignored", "as_no", "as_yes", "forbidden")),
        ("silence", ("ignored", "as_abstain", "as_no", "as_yes", "voids")),
        ("tie", ("rejected", "casting_vote", "chair_decides", "lot")),
        ("deadline", ("fixed", "chair")),
        ("change", ("until_deadline", "until_closing", "never")),
        ("groups", ("together", "each")),
        ("exclusion", ("none", "motion", "both")),
        ("reach", ("not_required", "everyone")),
        ("substitution", ("none", "before_start", "during")),
        ("result", ("final", "provisional")),
        ("withdraw", (True, False)),
        ("documents", ("frozen", "reconfirm", "keep")),
        ("result_visibility", ("live", "after_closing")),
    ],
)
def test_every_value_that_the_manual_names_is_accepted(setting: str, values: tuple[object, ...]) -> None:
    """The table at the top of the module is the contract."""
    for value in values:
        assert getattr(parse_profile({**SIMPLE, setting: value}), setting) is value


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("abstention", "as_maybe"),
        ("silence", "void"),
        ("tie", "lots"),
        ("deadline", "2026-01-01"),
        ("change", True),
        ("withdraw", "yes"),
        ("withdraw", 1),
        ("withdraw", 0),
        ("withdraw", None),
        ("documents", "Frozen"),
        ("documents", ["frozen"]),
        ("result_visibility", ""),
    ],
)
def test_a_value_that_is_not_known_is_refused_with_those_that_are(setting: str, value: object) -> None:
    """1 and 0 are numbers, not true and false: a profile has one way to be written."""
    with pytest.raises(BadProfile, match=f"{setting} is one of "):
        parse_profile({**SIMPLE, setting: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [("name", ""), ("name", "x" * 65), ("name", 5), ("legal_basis", None), ("legal_basis", "§" * 201)],
)
def test_name_and_legal_basis_are_texts_of_limited_length(name: str, value: object) -> None:
    """They are printed beside every result."""
    with pytest.raises(BadProfile, match=f"{name} is a text of 1 to "):
        parse_profile({**SIMPLE, name: value})


@pytest.mark.parametrize(("name", "longest"), [("name", 64), ("legal_basis", 200)])
def test_the_shortest_and_the_longest_text_are_allowed(name: str, longest: int) -> None:
    """The limits belong to what is allowed, and count characters."""
    for text in ("§", "§" * longest):
        assert getattr(parse_profile({**SIMPLE, name: text}), name) == text


@pytest.mark.parametrize(
    "majority",
    [
        {},
        [],
        "half",
        {"n": 1, "d": 2},
        {"n": 1, "d": 2, "strict": True},
        {**HALF, "count": 60},
        {**HALF, "more": 1},
        {"count": 60, "base": "members"},
    ],
)
def test_a_majority_is_a_share_or_a_number_and_nothing_else(majority: object) -> None:
    """Two of the three forms at once would leave open which one counts."""
    with pytest.raises(BadProfile, match="a majority is"):
        parse_profile({**SIMPLE, "majority": majority})


@pytest.mark.parametrize("base", ["all", "", None, 1, ["members"]])
def test_the_base_of_a_majority_is_of_those_that_are_known(base: object) -> None:
    """Of which votes the share is taken decides more results than the share itself."""
    with pytest.raises(BadProfile, match=f"one of {', '.join(BASES)}"):
        parse_profile(with_majority(base=base))


@pytest.mark.parametrize("strict", [1, 0, None, "true"])
def test_strict_is_true_or_false(strict: object) -> None:
    """More than half and half are different rules."""
    with pytest.raises(BadProfile, match="strict is true or false"):
        parse_profile(with_majority(strict=strict))


@pytest.mark.parametrize("n", [-1, 10**9 + 1, True, "1", None, 0.5])
def test_a_numerator_is_an_integer_from_0(n: object) -> None:
    """No floats: a share must be exact."""
    with pytest.raises(BadProfile, match="n is an integer from 0"):
        parse_profile(with_majority(n=n))


@pytest.mark.parametrize("d", [0, -2, 10**9 + 1, True, "2", None])
def test_a_denominator_is_an_integer_from_1(d: object) -> None:
    """Nothing is divided by it, but 0/0 of the votes means nothing."""
    with pytest.raises(BadProfile, match="d is an integer from 1"):
        parse_profile(with_majority(d=d))


@pytest.mark.parametrize("count", [0, -60, True, "60", None, 10**9 + 1])
def test_a_fixed_number_is_an_integer_from_1(count: object) -> None:
    """Zero yes votes are given in every procedure: it would adopt anything."""
    with pytest.raises(BadProfile, match="count is an integer from 1"):
        parse_profile({**SIMPLE, "majority": {"count": count}})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2**53) | st.text(max_size=5) | st.sampled_from(BASES),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["n", "d", "count"]), inner),
    max_leaves=5,
)


@given(
    st.dictionaries(st.sampled_from([*SIMPLE, "quorums"]), JSON),
    st.dictionaries(st.sampled_from([*HALF]), JSON),
)
def test_any_json_is_a_profile_or_refused_as_one(changes: dict[str, Any], majority: dict[str, Any]) -> None:
    """Whatever was signed: the answer is a profile or the reason, never another error."""
    data = {**with_majority(**majority), **changes}
    try:
        profile = parse_profile(data)
    except BadProfile:
        return
    assert data.keys() == SIMPLE.keys()
    assert (profile.name, profile.silence) == (data["name"], data["silence"])


# ── contradictions ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("n", "d", "strict"), [(3, 2, False), (2, 2, True), (1, 1, True), (10**9, 1, False)])
def test_a_majority_that_nobody_can_reach_is_refused(n: int, d: int, strict: bool) -> None:
    """More than all votes."""
    with pytest.raises(BadProfile, match="can never be reached"):
        parse_profile(with_majority(n=n, d=d, strict=strict))


def test_unanimity_can_be_reached() -> None:
    """BGB § 32: all of all is the highest share there is."""
    parse_profile(with_majority(n=1, d=1, strict=False, base="members"))


@pytest.mark.parametrize(
    "majority",
    [{**HALF, "strict": False}, {**HALF, "n": 2, "d": 3}, {"count": 3}, None, {**HALF, "n": 4, "d": 5}],
)
def test_a_casting_vote_needs_a_majority_of_more_than_half(majority: object) -> None:
    """A tie can decide only where exactly half is just not enough."""
    with pytest.raises(BadProfile, match="exactly half"):
        parse_profile({**SIMPLE, "majority": majority, "tie": "casting_vote"})


def test_more_than_two_quarters_is_more_than_half() -> None:
    """A share may be written in another way."""
    parse_profile({**with_majority(n=2, d=4), "tie": "casting_vote"})


@pytest.mark.parametrize(
    "settings", [{"silence": "as_no"}, {"silence": "as_abstain"}, {"tie": "casting_vote"}]
)
def test_an_election_knows_neither_silence_nor_a_casting_vote(settings: dict[str, str]) -> None:
    """Who is silent names no person, and the chair's yes names none either."""
    with pytest.raises(BadProfile, match="vote on persons"):
        parse_profile({**with_majority(base="persons"), **settings})


# ── a profile and an item ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("settings", "options", "reason"),
    [
        ({"abstention": "forbidden"}, ["yes", "no", "abstain"], "the item offers it"),
        ({"abstention": "forbidden", "silence": "as_abstain"}, ["yes", "no"], "silence counts as abstention"),
        ({}, ["no", "abstain"], "no option yes"),
        ({}, ["o1", "o2"], "no option yes"),
        ({}, ["yes", "no", "maybe"], "not maybe"),
        ({"majority": {**HALF, "base": "persons"}}, ["yes", "no"], "options that are persons"),
        ({"majority": {"count": 60}}, ["no"], "no option yes"),
        ({"majority": {"count": 60}}, ["yes", "o1"], "not o1"),
    ],
)
def test_a_profile_that_cannot_decide_an_item_is_refused(
    settings: dict[str, Any], options: list[str], reason: str
) -> None:
    """Found at the opening, not after everybody voted."""
    with pytest.raises(BadProfile, match=reason):
        check_options(parse_profile({**SIMPLE, **settings}), options)


@pytest.mark.parametrize(
    ("settings", "options"),
    [
        ({"silence": "as_abstain"}, ["yes", "no"]),
        ({"silence": "as_abstain"}, ["yes", "no", "abstain"]),
        ({"abstention": "forbidden"}, ["yes", "no"]),
        ({"abstention": "forbidden", "silence": "as_no"}, ["yes", "no"]),
    ],
)
def test_silence_may_be_an_abstention_where_abstaining_is_allowed(
    settings: dict[str, Any], options: list[str]
) -> None:
    """Whether the paper offers an abstention or not: who is silent abstains."""
    check_options(parse_profile({**SIMPLE, **settings}), options)


@pytest.mark.parametrize("options", [["present"], ["yes", "no"], ["o1", "o2", "abstain"]])
def test_a_call_of_the_roll_takes_any_options(options: list[str]) -> None:
    """It decides nothing, so nothing can be wrong with the options."""
    check_options(parse_profile(complete("quorum-call")), options)


def test_persons_are_the_options_without_a_fixed_meaning() -> None:
    """Everything but yes, no, abstain, present and invalid is a person or another alternative."""
    assert persons(["yes", "o1", "no", "abstain", "present", "invalid", "Yes"]) == ["o1", "Yes"]


@pytest.mark.parametrize(
    "setting",
    [
        {"change": "until_announcement"},
        {"objection": {"who": "member", "count": 1, "until": "announcement", "effect": "refer"}},
    ],
)
def test_a_profile_that_lets_members_act_after_the_closing_is_refused_with_the_reason(
    setting: dict[str, Any],
) -> None:
    """Who looks at the tally first could then change it: decision 0014."""
    with pytest.raises(BadProfile, match="nothing is voted or objected to after the closing") as refused:
        parse_profile({**complete("nkomvg-78"), **setting})
    assert "nach dem Schluss" in str(refused.value.said("de"))
