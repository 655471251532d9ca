"""Does the one rule for hiding choices leave nothing of what is hidden, and everything else as it is?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from projections.hiding import without_choices

ITEMS = st.sampled_from("1234")
PAYLOADS = st.fixed_dictionaries(
    {"nonce": st.text(min_size=1), "member": st.text()},
    optional={
        "choices": st.dictionaries(ITEMS, st.sampled_from(["yes", "no"]), min_size=1),
        "tally": st.dictionaries(ITEMS, st.integers(0)),
    },
)


@given(payload=PAYLOADS, secret=st.frozensets(ITEMS))
def test_neither_choice_nor_count_nor_nonce_is_left_while_all_is_withheld(
    payload: dict[str, object], secret: frozenset[str]
) -> None:
    """Of a procedure that is open, whatever is secret besides."""
    told = without_choices(payload, withheld=True, secret=secret)
    if not {"choices", "tally"} & payload.keys():
        assert told is None
        return
    assert told is not None
    assert [told.get(name) for name in ("choices", "tally", "nonce")] == [None] * 3
    assert (told.keys(), told["member"]) == (payload.keys(), payload["member"])


@given(payload=PAYLOADS, secret=st.frozensets(ITEMS))
def test_a_secret_ballot_hides_its_items_and_no_other(
    payload: dict[str, dict[str, str]], secret: frozenset[str]
) -> None:
    """A vote on several items is told in part, and then without the way to its receipt."""
    told = without_choices(payload, withheld=False, secret=secret)
    chosen = payload.get("choices", {})
    if not secret & chosen.keys():
        assert told is None
        return
    left = {item: option for item, option in chosen.items() if item not in secret}
    assert told == {**payload, "choices": left or None, "nonce": None}
