"""What can be said about an entry by itself, without the log around it: form, hashes, statement, signatures.

So it can be said in any order, and by many processes at once. What depends on the place in the log is
said by `ledger.proof.verify`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ledger.errors import ProofError, StimmbuchError
from ledger.proof.entry import Entry, leaf_hash, parse_entry
from ledger.proof.statement import Statement, parse_statement


class Examined(NamedTuple):
    """An entry that was looked at."""

    leaf: str
    """Its leaf hash, base64."""
    entry: Entry | None
    """None: the bytes are not an entry."""
    statement: Statement | None
    """None: there is none that can be read."""
    error: StimmbuchError | None = None
    """Why there is no entry, or no statement."""
    verified: Sequence[bytes] = ()
    """Public keys under which its signatures were verified already, in their order."""


def examine(data: bytes) -> Examined:
    """The entry of these bytes. Its signatures are not verified."""
    leaf = leaf_hash(data)
    try:
        entry = parse_entry(data)
    except ProofError as error:
        return Examined(leaf, None, None, error)
    try:
        return Examined(leaf, entry, parse_statement(entry.envelope))
    except StimmbuchError as error:
        return Examined(leaf, entry, None, error)
