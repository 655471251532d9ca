"""Receipts made again: of an entry named by its number or its statement, in a store or in an exported log."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from ledger.errors import BadShape, NotFound, StimmbuchError
from ledger.export import sentences
from ledger.proof.entry import parse_entry
from ledger.proof.note import VerificationKey
from ledger.proof.tiles import WIDTH, Bundle, bundles_between
from ledger.proof.tlog_proof import parse_tlog_proof
from ledger.publish.folder import LogFolder
from ledger.publish.receipts import Receipts
from ledger.sentence import Sentence
from ledger.storage.recorder import LedgerRecorder

Wanted = int | bytes
"""An entry: its number, or SHA-256 of its statement's PAE (32 bytes)."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,15}")


class Found(NamedTuple):
    """An entry with its number."""

    seq: int
    entry: bytes


def read_wanted(text: str) -> Wanted:
    """The entry that is named so. Raises `BadShape`."""
    if _DIGEST.fullmatch(text):
        return bytes.fromhex(text)
    if _NUMBER.fullmatch(text):
        return int(text)
    raise BadShape(sentences.NAME_OF_AN_ENTRY, text=text[:80])


def in_store(recorder: LedgerRecorder, wanted: Wanted) -> Found:
    """The entry in a database. Raises `NotFound`."""
    if isinstance(wanted, bytes):
        row = recorder.find([wanted]).get(wanted)
    else:
        row = next(iter(recorder.read(wanted - 1, 1)), None)
    if row is None:
        raise _missing(wanted, sentences.RECORDED)
    return Found(row.seq, row.state)


def in_export(log: LogFolder, wanted: Wanted, progress: Callable[[int, int], None]) -> Found:
    """The entry in a published log. To find a statement, all entries are read.

    Raises `NotFound`, or `ProofError` for a damaged bundle.
    """
    size = log.newest().size
    if isinstance(wanted, int):
        if wanted >= size:
            raise _missing(wanted, sentences.PUBLISHED)
        index, place = divmod(wanted, WIDTH)
        return Found(wanted, log.bundle(Bundle(index, min(WIDTH, size - index * WIDTH)))[place])
    for bundle in bundles_between(0, size):
        for seq, entry in enumerate(log.bundle(bundle), bundle.index * WIDTH):
            if _statement(entry) == wanted:
                return Found(seq, entry)
        progress(min(size, (bundle.index + 1) * WIDTH), size)
    raise _missing(wanted, sentences.PUBLISHED)


def receipt_again(
    receipts: Receipts, found: Found, size: int | None, keys: Iterable[VerificationKey]
) -> tuple[bytes, int]:
    """The receipt, against the first checkpoint that contains the entry or that of `size`; and that size.

    Raises `NotFound` if it is not published, or not of this size; `ProofError` if it would not verify.
    """
    data = receipts.receipt(found.seq, found.entry, size=size)
    opened = parse_tlog_proof(data).verify(found.entry, keys)
    return data, opened.checkpoint.size


def _statement(entry: bytes) -> bytes:
    try:
        return parse_entry(entry).envelope.digest
    except StimmbuchError:
        return b""  # for the verifier to say; it is not the one that is looked for


def _missing(wanted: Wanted, where: Sentence) -> NotFound:
    if isinstance(wanted, int):
        return NotFound(sentences.ENTRY_IS_NOT, seq=wanted, where=where)
    return NotFound(sentences.STATEMENT_IS_NOT, where=where)
