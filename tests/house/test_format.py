"""Does ledger/FORMAT.md say what the program does?"""

import re
from pathlib import Path

import pytest

from ledger.domain.profile import RESERVED_OPTIONS
from ledger.proof import (
    dsse,
    entry,
    lines,
    note,
    policy,
    statement,
    tiles,
    timestamp,
    tlog_proof,
    tree_head,
    witness_request,
)
from scripts import format_examples

TEXT = format_examples.FORMAT.read_text("utf-8")
ROWS = {
    kind: members
    for kind, members in re.findall(r"^\| `([a-z-]+)` \| (`.*) \|$", TEXT, re.MULTILINE)
    if kind in statement.KINDS
}


def test_the_examples_are_what_the_program_computes() -> None:
    """The committed examples are equal to the ones made now."""
    assert format_examples.text() == TEXT


@pytest.mark.parametrize("kind", statement.KINDS)
def test_every_member_of_every_statement_is_described(kind: str) -> None:
    """A member that the program demands or allows stands in the table, and no other."""
    required, optional = statement.members(kind)
    described = re.findall(r"(?:^|· )`([a-z0-9_]+)`(\?)?", ROWS[kind])
    assert {name for name, mark in described if not mark} == set(required)
    assert {name for name, mark in described if mark} == set(optional)


def test_the_limits_are_the_programs() -> None:
    """The table of limits names the constants."""
    assert f"| payload of a statement | {statement.MAX_PAYLOAD // 1024} KiB |" in TEXT
    assert f"| time stamp | {timestamp.MAX_RESPONSE // 1024} KiB |" in TEXT
    assert f"| envelope as sent | {dsse.MAX_ENVELOPE // 1024} KiB |" in TEXT
    assert f"| entry | {entry.MAX_ENTRY // 1024} KiB |" in TEXT
    assert f"| signatures in an envelope | {dsse.MAX_SIGNATURES} |" in TEXT
    assert str(statement.STREAMS) in TEXT


def test_the_limits_of_the_published_form_are_the_programs() -> None:
    """Another implementation must accept what ours writes, and may refuse what ours refuses."""
    assert note.MAX_NOTE == policy.MAX_POLICY == 1024 * 1024
    assert "| note, policy | 1 MiB each |" in TEXT
    assert f"| signatures of a note | {note.MAX_SIGNATURES} |" in TEXT
    assert f"| origin, name of an ML-DSA-44 cosigner | {tree_head.MAX_NAME} bytes |" in TEXT
    assert lines.MAX_SIZE == 2**63 - 1
    assert "| size of a tree, time of a cosignature | 2^63 - 1 |" in TEXT
    assert tlog_proof.MAX_HASHES == witness_request.MAX_HASHES
    assert f"| hashes of a proof | {tlog_proof.MAX_HASHES} |" in TEXT
    assert f"| entry in a bundle | {tiles.MAX_BUNDLE_ENTRY:,} bytes |" in TEXT


def test_reserved_options_are_documented_where_roll_calls_are() -> None:
    """Who writes a roll-call file must know which options have a fixed meaning."""
    readme = Path(__file__).parents[2].joinpath("README.md").read_text("utf-8")
    assert all(f"`{option}`" in readme for option in RESERVED_OPTIONS)
