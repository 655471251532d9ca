"""Does a stranger find in the published log exactly what was committed?"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.errors import NotFound, ProofError, RolledBack, SignerRefuses
from ledger.proof.merkle import consistency_proof, verify_consistency
from ledger.proof.tiles import TileNodes
from ledger.publish import durable
from ledger.publish.folder import LogFolder, checkpoint_path
from ledger.publish.publisher import Publisher
from ledger.publish.sizes import Sizes
from ledger.storage import Store, open_store
from tests.support.chained import grow
from tests.support.followers import until
from tests.support.publishing import ALog, assert_published

SIZES = (1, 2, 255, 256, 257, 511, 512, 700)


def test_whatever_is_committed_is_published(store: Store) -> None:
    """On both databases, at sizes around the edges of tiles, by one publisher that goes on."""
    log = ALog(store)
    publisher = log.publisher()
    for size in SIZES:
        grow(store, size)
        assert publisher.publish() == size
        assert_published(log, size)


def test_a_publisher_that_starts_goes_on_where_the_last_one_stopped(store: Store) -> None:
    """Nothing is kept in memory that the files and the signer do not tell."""
    log = ALog(store)
    for size in SIZES:
        grow(store, size)
        assert log.publisher().publish() == size
        assert_published(log, size)


def test_every_published_checkpoint_continues_the_one_before(store: Store) -> None:
    """Whoever kept an old checkpoint can prove that nothing before it was changed."""
    log = ALog(store)
    for size in SIZES:
        grow(store, size)
        log.publisher().publish()
    nodes = TileNodes(SIZES[-1], log.folder.tile)
    kept = [log.checkpoint(checkpoint_path(size)) for size in SIZES]
    for old, new in pairwise(kept):
        proof = consistency_proof(old.size, new.size, nodes)
        verify_consistency(old.size, new.size, proof, old.root, new.root)
    assert [Sizes(log.folder.path).covering(size - 1) for size in SIZES] == list(SIZES)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=st.lists(st.integers(1, 300), min_size=1, max_size=6))
def test_it_does_not_matter_in_how_many_passes_a_log_was_published(
    tmp_path_factory: pytest.TempPathFactory, steps: list[int]
) -> None:
    """The files follow from the entries alone, except for partial tiles of the sizes in between."""
    folder = tmp_path_factory.mktemp("logs")
    with open_store(str(folder / "ledger"), create=True) as store:
        first, second = ALog(store, folder / "first"), ALog(store, folder / "second")
        size, publisher = 0, first.publisher()
        for step in steps:
            size += step
            grow(store, size)
            publisher.publish()
        second.publisher().publish()
        assert_published(first, size)
        assert_published(second, size)


def test_nothing_new_is_nothing_to_publish(store: Store) -> None:
    """An idle ledger signs nothing."""
    log = ALog(store)
    publisher = log.publisher()
    assert publisher.publish() == 0
    grow(store, 3)
    assert [publisher.publish() for _ in range(3)] == [3, 3, 3]
    assert Sizes(log.folder.path).latest() == 3


def test_partial_tiles_go_when_the_full_one_is_there(store: Store) -> None:
    """A busy log does not fill the disk with what nobody needs; receipts read the full tile."""
    log = ALog(store)
    publisher = grown_to_300(log)
    assert "tile/0/000.p/200" in names_of_tiles(log)  # as long as others come, nothing is removed
    publisher.tidy()
    until(lambda: names_of_tiles(log) == NEEDED)  # nobody waits for what is only tidied
    nodes = TileNodes(200, log.folder.tile)
    assert nodes(0, 199)


def test_partial_tiles_that_a_crash_left_go_when_somebody_publishes_again(store: Store) -> None:
    """They are found, though nobody remembers them."""
    log = ALog(store)
    grown_to_300(log)
    log.publisher().sweep()
    until(lambda: names_of_tiles(log) == NEEDED)
    assert_published(log, 300)


# ── what must stop it ──────────────────────────────────────────────────────────────────────────────


def test_a_database_that_is_restored_from_an_old_backup_is_not_signed(tmp_path: Path) -> None:
    """It would be a second history; what is missing is named."""
    log = published(tmp_path, 300)
    old = store_of(tmp_path / "old", 100)
    with pytest.raises(RolledBack, match="entries 100 to 299 are missing"):
        Publisher(old.recorder, log.folder, log.signer)
    old.close()


def test_a_restored_database_that_somebody_wrote_on_is_not_signed(tmp_path: Path) -> None:
    """As long as the published log, or longer, and another history."""
    log = published(tmp_path, 300)
    for size in (300, 400):
        forked = store_of(tmp_path / f"fork{size}", 100)
        grow(forked, size, branch="another")
        with pytest.raises(ProofError, match="entry 299 in the database is not the one that was signed"):
            Publisher(forked.recorder, log.folder, log.signer)
        forked.close()


def test_a_database_that_is_exchanged_while_the_publisher_runs_is_not_signed(tmp_path: Path) -> None:
    """Each pass looks whether what comes follows what was signed."""
    log = published(tmp_path, 300)
    for size, error in ((100, RolledBack), (400, ProofError)):
        publisher = log.publisher()
        other = store_of(tmp_path / f"other{size}", 100)
        grow(other, size, branch="another")
        publisher._recorder = other.recorder
        with pytest.raises(error):
            publisher.publish()
        other.close()
    assert_published(log, 300)


def test_a_signer_without_its_memory_signs_nothing(tmp_path: Path) -> None:
    """Lost, or an older one restored with a backup of everything: both could sign a second history."""
    log = published(tmp_path, 300)
    memory = log.home / "signer" / "checkpoint"
    kept = memory.read_bytes()
    grow(log.store, 310)
    memory.write_bytes(log.folder.read(checkpoint_path(300)))
    assert log.publisher().publish() == 310
    memory.write_bytes(kept)
    with pytest.raises(SignerRefuses, match="size 310 is published, but the signer remembers 300"):
        log.publisher()
    memory.unlink()
    with pytest.raises(SignerRefuses, match="no memory"):
        log.publisher()


def test_every_changed_byte_of_the_signers_memory_is_found(tmp_path: Path) -> None:
    """The file proves itself: it is signed."""
    log = published(tmp_path, 3)
    memory = log.home / "signer" / "checkpoint"
    kept = memory.read_bytes()
    for place in range(len(kept)):
        memory.write_bytes(kept[:place] + bytes([kept[place] ^ 1]) + kept[place + 1 :])
        with pytest.raises((ProofError, SignerRefuses)):
            log.publisher()


def test_two_publishers_cannot_sign_two_histories(tmp_path: Path) -> None:
    """The memory is compared and swapped: the slower one has lost."""
    log = published(tmp_path, 3)
    first, second = log.publisher(), log.publisher()
    grow(log.store, 5)
    assert first.publish() == 5
    grow(log.store, 7)
    with pytest.raises((ProofError, SignerRefuses)):
        second.publish()
    assert_published(log, 5)
    assert first.publish() == 7


def test_a_memory_that_is_changed_under_a_running_signer_is_found(tmp_path: Path) -> None:
    """Only the very bytes that it wrote or verified itself are taken as they are."""
    log = published(tmp_path, 3)
    publisher = log.publisher()
    grow(log.store, 5)
    publisher.publish()
    memory = log.home / "signer" / "checkpoint"
    kept = memory.read_bytes()
    grow(log.store, 7)
    memory.write_bytes(kept[:-9] + bytes([kept[-9] ^ 1]) + kept[-8:])
    with pytest.raises((ProofError, SignerRefuses)):
        publisher.publish()
    memory.write_bytes(kept)
    assert publisher.publish() == 7


def test_what_was_hashed_in_the_pass_before_is_hashed_again_if_the_disk_has_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bundle is written whole in every pass: its beginning can go wrong in any of them."""
    log = published(tmp_path, 3)
    publisher = log.publisher()
    grow(log.store, 5)
    publisher.publish()
    grow(log.store, 7)
    read = LogFolder.read

    def misread(folder: LogFolder, name: str) -> bytes:
        data = read(folder, name)
        return data[:40] + bytes([data[40] ^ 1]) + data[41:] if name == "tile/entries/000.p/7" else data

    with monkeypatch.context() as disk:
        disk.setattr(LogFolder, "read", misread)
        with pytest.raises(ProofError, match="differ after they were written"):
            publisher.publish()
    assert_published(log, 5)
    assert publisher.publish() == 7


@pytest.mark.parametrize(
    ("size", "name"), [(300, "tile/0/001.p/44"), (300, "tile/1/000.p/1"), (3, "tile/0/000.p/3")]
)
def test_a_tile_that_was_changed_or_is_gone(tmp_path: Path, size: int, name: str) -> None:
    """Changed: nothing is signed on top of it. Gone: it is made again from the database."""
    log = published(tmp_path, size)
    path = log.folder.path / name
    kept = path.read_bytes()
    path.unlink()
    log.publisher()
    assert path.read_bytes() == kept
    path.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    grow(log.store, size + 1)
    with pytest.raises(ProofError):
        log.publisher().publish()


@pytest.mark.parametrize("lost", [("checkpoint",), ("checkpoints/005",), ("checkpoint", "checkpoints/005")])
def test_names_that_a_crash_forgot_are_given_again(tmp_path: Path, lost: tuple[str, ...]) -> None:
    """A checkpoint is answered with before its names are on the disk: the signer's memory brings it back."""
    log = published(tmp_path, 3)
    publisher = log.publisher()
    grow(log.store, 5)
    publisher.publish()
    kept = log.folder.read("checkpoints/005")
    (log.folder.path / "checkpoint").unlink()
    (log.folder.path / "checkpoint").write_bytes(log.folder.read("checkpoints/003"))
    if "checkpoint" not in lost:
        (log.folder.path / "checkpoint").write_bytes(kept)
    if "checkpoints/005" in lost:
        (log.folder.path / "checkpoints/005").unlink()
    log.publisher()
    assert log.folder.read("checkpoint") == log.folder.read("checkpoints/005") == kept
    assert Sizes(log.folder.path).listed(5) == [3, 5]
    assert_published(log, 5)


@pytest.mark.parametrize("moved", [True, False], ids=["one file system", "two file systems"])
def test_the_names_of_a_checkpoint_are_on_the_disk_before_the_next_one_is_signed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moved: bool
) -> None:
    """Else the signer would forget the only thing from which they can be made again."""
    log = published(tmp_path, 3)
    publisher, synced = log.publisher(), list[Path]()
    rename, link = durable._rename, durable._link

    def links(file: Path, path: Path) -> None:
        if not moved:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        link(file, path)

    def renames(draft: Path, path: Path) -> None:
        if path == log.home / "signer" / "checkpoint":
            assert log.folder.path / "checkpoints" in synced
        rename(draft, path)

    def syncs(paths: Iterable[Path]) -> None:
        synced.extend(paths)

    monkeypatch.setattr(durable, "_link", links)
    monkeypatch.setattr(durable, "_rename", renames)
    monkeypatch.setattr(durable, "_sync", syncs)
    for size in (5, 7):
        grow(log.store, size)
        publisher.publish()
        assert_published(log, size)
        if moved:
            synced.clear()


@pytest.mark.parametrize("gone", [False, True], ids=["changed", "gone"])
def test_an_upper_tile_that_a_running_publisher_does_not_write_again(tmp_path: Path, gone: bool) -> None:
    """It was written passes ago. It is read back in every pass all the same."""
    log = published(tmp_path, 300)
    publisher = log.publisher()
    for size in (301, 302):
        grow(log.store, size)
        publisher.publish()
    path = log.folder.path / "tile/1/000.p/1"
    kept = path.read_bytes()
    path.unlink()
    if not gone:
        path.write_bytes(bytes(32))
    grow(log.store, 303)
    with pytest.raises((ProofError, NotFound)):
        publisher.publish()
    assert log.checkpoint().size == 302
    path.write_bytes(kept)
    assert log.publisher().publish() == 303
    assert_published(log, 303)


def grown_to_300(log: ALog) -> Publisher:
    """A publisher after some passes, one of them at the edge of a tile."""
    publisher = log.publisher()
    for size in (10, 200, 256, 300):
        grow(log.store, size)
        publisher.publish()
    return publisher


NEEDED = ["tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/44"]
"""Tiles and bundles of 300 entries."""


def names_of_tiles(log: ALog) -> list[str]:
    """The names of all tiles and bundles, also while some are being removed."""
    top = log.folder.path
    files = (Path(place, name) for place, _, names in os.walk(top / "tile") for name in names)
    return sorted(path.relative_to(top).as_posix() for path in files)


def published(folder: Path, size: int) -> ALog:
    """A published log of this size."""
    log = ALog(store_of(folder / "ledger", size))
    log.publisher().publish()
    return log


def store_of(folder: Path, size: int) -> Store:
    """An embedded store with so many entries, always the same."""
    store = open_store(str(folder), create=True)
    grow(store, size)
    return store
