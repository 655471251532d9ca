"""Is every single bit of every stored byte protected: does the audit find a flipped one, and say where?

All bits of all entries, columns, tiles, bundles, checkpoints, of the signer's memory, the documents and the
texts of a small ledger, one after the other. A whole audit for each would take hours, so each bit is shown to
that part of the audit which it concerns, as the audit calls it. Whole audits over changed database files and
PostgreSQL's rows: `test_bits_in_databases.py`; receipts: `test_bits_of_receipts.py`;
dossiers: `tests/exports/test_dossier_hostile.py`.

What needs more than this ledger has: full tiles in `test_bits_of_full_tiles.py`; a policy, anchors and
erasures in `test_bits_beside.py`, which says of every other file in its folders why nothing rests on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.audit.beside import Beside
from ledger.audit.bundles import Published
from ledger.audit.columns import compare_columns
from ledger.audit.examiner import Examiner
from ledger.audit.expected import expected_heads
from ledger.audit.failures import Failures
from ledger.audit.heads import Head, Heads
from ledger.audit.partials import check_partials
from ledger.audit.published import TreeCheck
from ledger.audit.source import Page
from ledger.audit.target import Target, store_target
from ledger.audit.trust import NOTHING
from ledger.errors import NotFound, ProofError
from ledger.mapper import read_entry
from ledger.proof.checks import Failure
from ledger.proof.encoding import b64
from ledger.proof.merkle import hash_leaf, root_of
from ledger.proof.tiles import decode_bundle
from ledger.publish.folder import FOLDER, LogFolder
from ledger.publish.signer import FOLDER as SIGNER
from ledger.storage import open_store
from ledger.storage.recorder import Columns, Row
from tests.support.audited import ATTACHED, LAST, SIZES, do, found, log_signer
from tests.support.flips import flips
from tests.support.texts import Texts


class Overlaid(LogFolder):
    """A published log with some files replaced, in memory."""

    def __init__(self, path: Path, files: dict[str, bytes]) -> None:
        super().__init__(path)
        self.files = files

    def read(self, name: str) -> bytes:
        """A replaced file, or the one that is there."""
        return self.files[name] if name in self.files else super().read(name)


@pytest.fixture(scope="module")
def rows(original: Path) -> list[Row]:
    """The rows of the ledger."""
    with open_store(str(original)) as store:
        return store.recorder.read(-1, LAST + 1)


def tree_failures(leaves: list[bytes], published: Published) -> list[Failure]:
    """What is said to these entries, and to the published tiles and bundles."""
    failures = Failures()
    tree = TreeCheck(published, Heads(lambda size: (), None, failures), iter(()), failures)
    tree.take(range(len(leaves)), b"".join(leaves), [])
    tree.finish()
    return failures.kept


def test_every_bit_of_every_entry(original: Path, rows: list[Row]) -> None:
    """Its leaf hash is another one, and the published tree has the right one at this place."""
    published = Published(LogFolder(original / FOLDER), LAST + 1, bundles=False)
    leaves = [hash_leaf(row.state) for row in rows]
    assert tree_failures(leaves, published) == []
    for seq, row in enumerate(rows):
        expected = b64(leaves[seq])
        for at, state in flips(row.state):
            changed = hash_leaf(state)
            assert changed != leaves[seq]
            if at % 4 == 0:  # the rest of the way is the same for all: each fourth byte goes it
                failed = tree_failures([*leaves[:seq], changed, *leaves[seq + 1 :]], published)
                assert [(one.check, one.seq, one.found) for one in failed] == [("8.7", seq, expected)]


def test_every_bit_of_every_column(rows: list[Row]) -> None:
    """The entry says what must stand there: check 6.1, and no other entry is blamed."""
    for seq, row in enumerate(rows):
        reading = read_entry(row.state)
        read = reading.entry, reading.statement
        examiner = Examiner(reading.entry.log)
        assert compare_columns(row, seq, read) == []
        for changed in changed_rows(row):
            assert found(compare_columns(changed, seq, read)) == [("6.1", seq)]
            assert examiner.page(Page(range(1), [row.state], Columns.of([changed]))).entries == [None]


def changed_rows(row: Row) -> Iterator[Row]:
    """The row with one bit of one column changed; texts that are no text any more cannot be read at all."""
    for bit in range(63):
        yield row._replace(seq=row.seq ^ 1 << bit)
        yield row._replace(pos=row.pos ^ 1 << bit)
    for _, digest in flips(row.statement):
        yield row._replace(statement=digest)
    for _, stream in flips(row.stream.bytes):
        yield row._replace(stream=type(row.stream)(bytes=stream))
    for _, topic in flips(row.topic.encode()):
        yield row._replace(topic=topic.decode("latin-1"))


def test_every_bit_of_every_tile_and_bundle(original: Path, rows: list[Row]) -> None:
    """Also of those that only proofs for older checkpoints are made from."""
    folder, leaves = LogFolder(original / FOLDER), [hash_leaf(row.state) for row in rows]
    names = [path.relative_to(folder.path).as_posix() for path in (folder.path / "tile").rglob("*")]
    for name in sorted(name for name in names if (folder.path / name).is_file()):
        data, is_bundle = folder.read(name), "entries" in name
        width, newest = int(name.rpartition("/")[2]), name.endswith(f"/{LAST + 1}")
        entries = decode_bundle(data, width) if is_bundle else []
        for at, changed in flips(data):
            assert not is_bundle or decoded(changed, width) != entries
            if is_bundle and at % 16:  # the rest of the way is the same for all
                continue
            published = Published(Overlaid(folder.path, {name: changed}), LAST + 1)
            if newest:
                failed = tree_failures(leaves, published)
            else:
                failures = Failures()
                check_partials(published, failures)
                failed = failures.kept
            assert {one.check for one in failed} == {"8.7"}, (name, at)
            assert is_bundle or [one.seq for one in failed] == [at // 32]


def decoded(bundle: bytes, width: int) -> list[bytes]:
    """The entries of a bundle; none if it is none."""
    try:
        return decode_bundle(bundle, width)
    except ProofError:
        return []


def test_every_bit_of_every_checkpoint(original: Path, rows: list[Row]) -> None:
    """Each is signed: the newest one, those that are kept, and the one that the signer remembers."""
    key, leaves = log_signer(original).verification_key, [hash_leaf(row.state) for row in rows]
    memory = (original / SIGNER / "checkpoint").read_bytes()
    with open_store(str(original)) as store:
        target = store_target(store)
    heads = [head for group in expected_heads(target, NOTHING, 0, Failures()) for head in group]
    assert [head.size for head in heads] == [*SIZES, LAST + 1, LAST + 1]
    assert heads[-1].read() == memory
    for head in heads:
        for _, changed in flips(head.read()):
            failures = Failures()
            looked = Heads(lambda size: [key], None, failures)
            looked.look(head._replace(read=lambda: changed), root_of(leaves[: head.size]))  # noqa: B023
            assert next(one.check for one in failures.kept) in {"8.2", "8.3", "8.4"}
            assert [one.seq for one in failures.kept] == [head.size - 1]


def test_every_bit_of_the_list_of_sizes(folder: Path) -> None:
    """It answers which checkpoint was the first to contain an entry: each line is held against those kept."""
    path = folder / FOLDER / "checkpoints" / "sizes"
    data = path.read_bytes()
    with open_store(str(folder)) as store:
        target = store_target(store)
    unseen = []
    for at, changed in flips(data):
        path.write_bytes(changed)
        failures = Failures()
        heads = [head for group in expected_heads(target, NOTHING, 0, failures) for head in group]
        missing = [head for head in heads if not _is_there(head)]
        if not failures.kept and not missing:
            unseen.append(at)
    assert unseen == []


def _is_there(head: Head) -> bool:
    try:
        return bool(head.read())
    except NotFound:
        return False


def test_every_bit_of_every_document_and_text(folder: Path) -> None:
    """Their names are their digests, and the entries name them."""
    [path] = (folder / "documents").glob("*/*")
    path.chmod(0o600)
    document = path.read_bytes()
    [[digest, text]] = do(folder, "SELECT digest, body FROM ledger_disclosures")
    with open_store(str(folder)) as store:
        target = store_target(store)
        for _, changed in flips(document):
            path.write_bytes(changed)
            assert found(beside(target, [(digest, text)])) == [("7.1", ATTACHED)]
        path.write_bytes(document)
        assert beside(target, [(digest, text)]) == []
        for _, changed in flips(text):
            assert found(beside(target, [(digest, changed)])) == [("7.3", None)]
        for _, changed in flips(digest):
            assert found(beside(target, [(changed, text)])) == [("7.3", None)]


def beside(target: Target, texts: list[tuple[bytes, bytes]]) -> list[Failure]:
    """What is said to the documents and these texts."""
    [document] = target.documents.digests()
    looked = Beside(named={document: ATTACHED})
    looked.check(target.documents, Texts(texts))
    return looked.failures
