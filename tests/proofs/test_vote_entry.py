"""Is the entry of a vote that is read in one step read exactly as the general parsers read it?

The quick reader may say "let the others look"; it may never accept what they refuse, nor read it differently.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import BadEncoding, StimmbuchError
from ledger.proof import vote_entry
from ledger.proof.encoding import b64, unb64
from ledger.proof.entry import parse_entry
from ledger.proof.statement import parse_statement
from ledger.proof.vote import Members, match_vote, match_votes, vote_payload
from ledger.proof.vote_entry import Ending, read_ending, read_vote_entries
from tests.support.attacks import ENTRIES, SEQ
from tests.support.forged_log import edited, resigned, reworded
from tests.support.memory_ledger import key_of

VOTE = ENTRIES[SEQ["anna's first vote"]]
CHANGED = ENTRIES[SEQ["anna's second vote"]]


PAYLOAD = parse_entry(VOTE).envelope.payload

Parts = tuple[str, str, bytes, Members, bytes, Ending]


def quick(data: bytes) -> Parts | None:
    """The parts of the quick readers, None where one of the two lets others look."""
    [vote] = read_vote_entries([data])
    ending = None if vote is None else read_ending(vote[-1])
    return None if vote is None or ending is None else (*vote[:-1], ending)


def general(data: bytes) -> Parts | None:
    """The same parts by the general parsers, None where they refuse or find no such vote."""
    try:
        entry = parse_entry(data)
        statement = parse_statement(entry.envelope)
    except StimmbuchError:
        return None
    [signature] = entry.envelope.signatures
    pae, payload = entry.envelope.pae, statement.payload
    seen = payload["seen"] or {"root": "", "size": ""}
    ((item, option),) = payload["choices"].items()
    names = ("issued_at", "log", "member", "nonce", "procedure", "replaces")
    issued_at, log, member, nonce, procedure, replaces = (payload[name] for name in names)
    root, size = seen["root"], str(seen["size"])
    members = (
        *(payload["actor"], payload["ballot"], item, option, issued_at, log),
        *(member, nonce, procedure, replaces or "", root, size),
    )
    ending = Ending(entry.log, str(entry.pos), entry.prev, str(entry.seq), entry.sprev, entry.stream)
    return entry.at, signature.key_id, signature.value, members, pae, ending


@pytest.mark.parametrize("data", [VOTE, CHANGED, ENTRIES[SEQ["cem's vote"]]])
def test_an_ordinary_vote_is_read_in_one_step(data: bytes) -> None:
    """Otherwise the quick reader would be of no use, and nobody would notice."""
    read = quick(data)
    assert read is not None
    assert read == general(data)
    assert vote_payload(read[3]) == parse_statement(parse_entry(data).envelope).payload


@pytest.mark.parametrize(
    "data",
    [
        *(
            ENTRIES[SEQ[name]]
            for name in ("rotation", "timed opening", "bert's withdrawal", "bert on two items")
        ),
        resigned(VOTE, key_of("anna"), key_of("bert")),
        reworded(VOTE, provenance={"kind": "proxy"}),
    ],
)
def test_what_is_no_such_vote_is_left_to_the_general_parsers(data: bytes) -> None:
    """Other statements, votes on several items, votes for somebody else, two signatures."""
    assert quick(data) is None
    assert parse_entry(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        VOTE + b"\n",
        VOTE[:-1],
        VOTE.replace(b'"v":1}', b'"v":2}'),
        VOTE.replace(b'"payload":"', b'"payload":"='),
        VOTE.replace(b'","payloadType"', b'=","payloadType"'),
        edited(VOTE, at="2026-02-30T00:00:00.000Z"),
        reworded(VOTE, issued_at="2026-02-30T00:00:00.000Z"),
        reworded(VOTE, more=1),
        VOTE.replace(b"vote-cast", b"vote-lost"),
    ],
)
def test_what_is_no_entry_is_not_read(data: bytes) -> None:
    """The general parsers say why."""
    assert quick(data) is None


@given(st.integers(0, len(VOTE) * 8 - 1))
def test_a_changed_bit_is_never_read_in_another_way(bit: int) -> None:
    """Base64 with bits to spare, other letters, other lengths: read alike, or not at all."""
    data = bytearray(VOTE)
    data[bit // 8] ^= 1 << bit % 8
    read = quick(bytes(data))
    assert read is None or read == general(bytes(data))


@given(st.integers(0, len(VOTE)), st.integers(0, 3), st.binary(max_size=3))
def test_changed_bytes_are_never_read_in_another_way(at: int, cut: int, put: bytes) -> None:
    """The same for bytes that are cut out and put in."""
    data = VOTE[:at] + put + VOTE[at + cut :]
    read = quick(data)
    assert read is None or read == general(data)


@given(
    st.text("AQgw048EIMUYcko+/=", max_size=14) | st.binary(max_size=9).map(b64),
    st.sampled_from(["", "OjF9", "MX0=", "MX1=", "fQ==", "fR==", "f===", "Ol0=", "\n"]),
)
def test_base64_is_read_in_its_one_form_only(text: str, end: str) -> None:
    """Padding, too little, too much, at the wrong place; bits to spare. Only what ends as a vote does."""
    try:
        strict: bytes | None = unb64(text + end)
    except BadEncoding:
        strict = None
    found = vote_entry._payloads([("", text + end, "", "", "")])
    assert found in (None, [strict])
    assert found is not None or strict is None or not strict.endswith(b":1}")


ODD = st.sampled_from(
    [VOTE[:60], VOTE[60:], b"", b"\n", VOTE + b"\n", VOTE + b"\n" + VOTE, b"\xff", VOTE + b"\r"]
)
MANY = st.lists(st.sampled_from([VOTE, CHANGED, ENTRIES[SEQ["rotation"]]]) | ODD, max_size=6)


@given(MANY)
def test_many_entries_are_read_as_each_by_itself(entries: list[bytes]) -> None:
    """Also beside what ends lines, begins an entry and does not end it, or is no text."""
    assert read_vote_entries(entries) == [vote for data in entries for vote in read_vote_entries([data])]


@given(st.lists(st.sampled_from([PAYLOAD, PAYLOAD[:-1], b"", b"\n", PAYLOAD + b"\n", b"\xff"]), max_size=5))
def test_many_payloads_are_read_as_each_by_itself(payloads: list[bytes]) -> None:
    """The same for what is in them."""
    assert match_votes(payloads) == list(map(match_vote, payloads))
