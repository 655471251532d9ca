"""Is a vote that is read in one step read exactly as the general parser reads it?

The quick reader may say "let the other one look"; it may never accept what the other refuses, nor read a
value differently.
"""

from __future__ import annotations

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import StimmbuchError
from ledger.proof.encoding import canonical, parse_canonical
from ledger.proof.entry import NO_LINK
from ledger.proof.statement import MAX_PAYLOAD, check_shape
from ledger.proof.vote import read_vote, write_vote

VOTE: dict[str, Any] = {
    "v": 1,
    "log": "ledger.example.org/rat",
    "actor": "anna",
    "nonce": base64.b64encode(bytes(range(16))).decode(),
    "issued_at": "2026-02-28T23:59:59.999Z",
    "seen": None,
    "procedure": "11111111-1111-4111-8111-111111111111",
    "member": "anna",
    "choices": {"1": "yes"},
    "ballot": NO_LINK,
    "replaces": None,
}
SEEN = {"root": NO_LINK, "size": 1}
FIELDS = [
    *({"log": log} for log in ("a", "a" * 255, "Z9._~/-")),
    *({"actor": name} for name in ("a", "A" * 64, "0._-")),
    *({"choices": {name: name}} for name in ("a", "A" * 64, "0._-")),
    *({"replaces": NO_LINK, "seen": seen} for seen in (None, SEEN, {**SEEN, "size": 10**15 - 1})),
    *({"issued_at": at} for at in ("0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z")),
]
WRONG = [
    *({"v": v} for v in (0, 2, True, "1")),
    *({"log": log} for log in ("", "-a", "a" * 256, "ä")),
    *({"member": name} for name in ("", "_a", "a" * 65, "a b", "ä", None, 1)),
    *({"nonce": nonce} for nonce in ("", "AAAAAAAAAAAAAAAAAAAAAB==", "AAAA", None)),
    *({"issued_at": at} for at in ("2026-02-29T00:00:00.000Z", "2026-01-01T24:00:00.000Z", "2026-01-01")),
    *({"seen": seen} for seen in ({}, {**SEEN, "size": 0}, {**SEEN, "x": 1}, 1)),
    *({"ballot": link, "replaces": link} for link in ("", NO_LINK[:-2] + "B=", NO_LINK + "A", 1)),
    *({"choices": choices} for choices in ({}, {"1": 1}, {"": "yes"}, {"1": None}, ["1"], None)),
    {"procedure": "11111111-1111-4111-8111-11111111111A"},
    {"more": None},
]


def general(data: bytes) -> Any:
    """What the general parser reads, or None where it refuses."""
    try:
        payload = parse_canonical(data, limit=MAX_PAYLOAD)
        check_shape("vote-cast", payload)
    except StimmbuchError:
        return None
    return payload


@pytest.mark.parametrize("fields", [{}, *FIELDS])
def test_an_ordinary_vote_is_read_in_one_step(fields: dict[str, Any]) -> None:
    """Otherwise the quick reader would be of no use, and nobody would notice."""
    data = canonical({**VOTE, **fields})
    assert read_vote(data) == general(data) == {**VOTE, **fields}


@pytest.mark.parametrize(
    "fields", [{"choices": {"1": "yes", "2": "no"}}, {"seen": {**SEEN, "size": 2**53 - 1}}]
)
def test_a_rare_vote_is_left_to_the_general_parser(fields: dict[str, Any]) -> None:
    """Good votes that are not worth a longer expression."""
    data = canonical({**VOTE, **fields})
    assert read_vote(data) is None
    assert general(data) == {**VOTE, **fields}


@pytest.mark.parametrize("fields", WRONG)
def test_a_wrong_vote_is_left_to_the_general_parser(fields: dict[str, Any]) -> None:
    """Which refuses it, with the reason."""
    data = canonical({**VOTE, **fields})
    assert read_vote(data) is None
    assert general(data) is None


@pytest.mark.parametrize("fields", [{}, {"replaces": NO_LINK, "seen": SEEN}])
def test_no_changed_byte_is_read_otherwise_than_the_general_parser_reads_it(fields: dict[str, Any]) -> None:
    """Every byte replaced by every kind of character, left out, and doubled."""
    data = canonical({**VOTE, **fields})
    for place in range(len(data)):
        before, after = data[:place], data[place + 1 :]
        for new in (*b'\x00\n "\\,:{}[]/+=-.~_0159abfAZxQuv\x80\xff', b"", data[place : place + 1] * 2):
            changed = before + (new if isinstance(new, bytes) else bytes([new])) + after
            quick = read_vote(changed)
            assert quick is None or quick == general(changed), changed


@given(
    st.dictionaries(st.sampled_from(sorted(VOTE)), st.one_of(st.text(max_size=9), st.integers(), st.none()))
)
def test_no_value_is_read_otherwise_than_the_general_parser_reads_it(fields: dict[str, Any]) -> None:
    """Texts, numbers and nothing, in any place."""
    payload = {**VOTE, **fields}
    try:
        data = canonical(payload)
    except StimmbuchError:
        return
    quick = read_vote(data)
    assert quick is None or quick == general(data)


@pytest.mark.parametrize("fields", FIELDS)
def test_a_vote_is_written_in_its_canonical_form(fields: dict[str, Any]) -> None:
    """The bytes that are signed do not depend on which encoder wrote them."""
    payload = {**VOTE, **fields}
    written = write_vote(payload)
    assert written == canonical(payload)


@pytest.mark.parametrize("fields", WRONG)
def test_what_is_no_vote_is_left_to_the_general_encoder(fields: dict[str, Any]) -> None:
    """It knows the reason."""
    assert write_vote({**VOTE, **fields}) is None


@pytest.mark.parametrize("member", ['a","v":1,"x":"b', 'a\\"', "a\nb", "\ud800"])
def test_no_value_gets_out_of_its_quotes_while_it_is_written(member: str) -> None:
    """A name that contains JSON would otherwise be signed as something else."""
    assert write_vote({**VOTE, "member": member}) is None


@pytest.mark.parametrize("name", VOTE)
def test_a_vote_without_one_of_its_members_is_not_written(name: str) -> None:
    """The general encoder says which one is missing."""
    assert write_vote({key: value for key, value in VOTE.items() if key != name}) is None
