"""Is a receipt the same for ever, wherever it is made again, and against every checkpoint?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.errors import BadShape, NotFound, ProofError
from ledger.export.lookup import Found, in_export, in_store, read_wanted, receipt_again
from ledger.log_key.signers import LogSigners
from ledger.proof.entry import parse_entry
from ledger.proof.mldsa import MLDSASigningKey
from ledger.proof.signers import MLDSA44Cosigner
from ledger.proof.tlog_proof import parse_tlog_proof
from ledger.publish.folder import LogFolder
from ledger.publish.published import Published
from ledger.publish.receipts import Receipts
from ledger.publish.signer import Signer
from ledger.storage import Store, open_store
from tests.support.chained import ORIGIN, grow
from tests.support.exports import export
from tests.support.publishing import ALog

SIZES = (1, 3, 255, 256, 300, 512, 515, 700)
ENTRIES = (0, 1, 2, 100, 254, 255, 256, 299, 300, 511, 512, 514, 699)


def made(folder: LogFolder, found: Found, size: int | None = None) -> bytes:
    """A receipt, made by somebody who has just started and knows nothing but the files."""
    return Receipts(Published(folder, lambda: None)).receipt(found.seq, found.entry, size=size)


class Kept(NamedTuple):
    """A published log, and the receipts that were given out when each entry was published."""

    log: ALog
    first: dict[int, bytes]
    exports: list[Path]


def with_two_keys(log: ALog) -> None:
    """Lets the log sign with ML-DSA-44 as well: such signatures are left out of receipts."""
    times = count(1_769_860_800)
    second = MLDSA44Cosigner(ORIGIN, MLDSASigningKey(bytes(32)), lambda: next(times))
    log.signer = Signer(log.home / "signer", ORIGIN, lambda: LogSigners([log.key, second], ()))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """Published in several steps; exported once in the middle, again at the end, and anew at the end."""
    folder = tmp_path_factory.mktemp("log")
    with open_store(str(folder / "ledger"), create=True) as store:
        log, first = ALog(store), {}
        with_two_keys(log)
        for size in SIZES:
            grow(store, size)
            log.publisher().publish()
            for row in store.recorder.read(-1, size):
                if row.seq in ENTRIES and row.seq not in first:
                    first[row.seq] = made(log.folder, Found(row.seq, row.state))
            if size in {300, 700}:
                export(log, folder / "twice")
        export(log, folder / "once")
        export(log, folder / "earlier", size=515)
        yield Kept(log, first, [folder / "twice", folder / "once", folder / "earlier"])


@pytest.mark.parametrize("seq", ENTRIES)
def test_a_receipt_is_the_same_from_the_store_and_from_every_export(kept: Kept, seq: int) -> None:
    """Byte for byte as it was first given, after everything that happened since."""
    found = in_store(kept.log.store.recorder, seq)
    assert made(kept.log.folder, found) == kept.first[seq]
    for folder in kept.exports:
        if seq < 515 or "earlier" not in folder.name:
            again = in_export(LogFolder(folder), seq, lambda done, total: None)
            assert again == found
            assert made(LogFolder(folder), again) == kept.first[seq]


def test_a_receipt_verifies_offline_with_nothing_but_the_key(kept: Kept) -> None:
    """And names the first checkpoint that contains the entry."""
    for seq, data in kept.first.items():
        proof = parse_tlog_proof(data)
        assert proof.extra is not None
        opened = proof.verify(proof.extra, [kept.log.key.verification_key])
        assert opened.checkpoint.size == min(size for size in SIZES if size > seq)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(seq=st.sampled_from(ENTRIES), size=st.sampled_from(SIZES))
def test_a_receipt_can_be_made_against_every_published_checkpoint(kept: Kept, seq: int, size: int) -> None:
    """The same bytes from the store and from an export; against one that does not contain the entry: none."""
    found = in_store(kept.log.store.recorder, seq)
    keys = [kept.log.key.verification_key]
    for folder in (kept.log.folder, *map(LogFolder, kept.exports[:2])):
        receipts = Receipts(Published(folder, lambda: None))
        if size <= seq:
            with pytest.raises(NotFound, match="is not in the checkpoint of size"):
                receipt_again(receipts, found, size, keys)
        else:
            assert receipt_again(receipts, found, size, keys) == (made(kept.log.folder, found, size), size)


def test_an_entry_is_found_by_its_statement(kept: Kept) -> None:
    """Whoever has the envelope can compute the digest and needs no number."""
    for seq in ENTRIES:
        found = in_store(kept.log.store.recorder, seq)
        digest = parse_entry(found.entry).envelope.digest
        assert in_store(kept.log.store.recorder, digest) == found
        assert in_export(LogFolder(kept.exports[0]), digest, lambda done, total: None) == found


def test_what_is_not_there_is_named(kept: Kept) -> None:
    """By number or by statement, in a store or an export."""
    log, store = LogFolder(kept.exports[0]), kept.log.store.recorder
    for wanted in (700, bytes(32)):
        with pytest.raises(NotFound, match="recorded"):
            in_store(store, wanted)
        with pytest.raises(NotFound, match="published"):
            in_export(log, wanted, lambda done, total: None)


def test_a_receipt_that_would_not_verify_is_not_given(kept: Kept, store: Store) -> None:
    """A damaged export makes no false promise, and another ledger's key none at all."""
    other = ALog(store, origin="ledger.example.org/other").key.verification_key
    receipts = Receipts(Published(kept.log.folder, lambda: None))
    found = in_store(kept.log.store.recorder, 5)
    with pytest.raises(ProofError, match="whose key is not known"):
        receipt_again(receipts, found, None, [other])
    with pytest.raises(ProofError, match="is not the one that was published"):
        receipt_again(receipts, Found(5, b"{}"), None, [kept.log.key.verification_key])


@pytest.mark.parametrize(
    "text",
    ["", "-1", "+1", "007", "1_000", "\uff11", "0x10", "12345678901234567", "AB" * 32, "ab" * 31, "a b"],
)
def test_an_entry_is_named_in_one_way(text: str) -> None:
    """Sixty-four digits are a digest, a few are a number, nothing else is anything."""
    with pytest.raises(BadShape):
        read_wanted(text)


def test_a_digest_of_digits_only_is_a_digest() -> None:
    """It is longer than any number."""
    assert read_wanted("1" * 64) == b"\x11" * 32
    assert read_wanted("0") == 0
