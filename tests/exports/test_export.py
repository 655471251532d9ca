"""Does an exported log hold what was published and committed, all of it, and nothing else?"""

from __future__ import annotations

import hashlib
import io
import stat
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.errors import NotFound
from ledger.export.names import disclosure_name, document_name
from ledger.export.verifier_needs import parse_keys
from ledger.proof.disclosure import disclose
from ledger.publish.anchor_files import anchor_path, kept_anchors
from ledger.publish.folder import checkpoint_path
from ledger.publish.sizes import Sizes
from ledger.storage import Store, open_store
from tests.support.chained import ORIGIN, grow
from tests.support.dossiers import LOG, NEXT, stored
from tests.support.exports import as_published, export, files_in, published
from tests.support.publishing import ALog, assert_published
from tests.support.story import story

SIZES = (1, 2, 255, 256, 257, 511, 512, 700)


def test_an_export_holds_what_was_committed(store: Store, tmp_path: Path) -> None:
    """On both databases, at sizes around the edges of tiles, each into a directory of its own."""
    log = ALog(store)
    publisher = log.publisher()
    for size in SIZES:
        grow(store, size)
        publisher.publish()
        done = export(log, tmp_path / "exports" / str(size))
        assert (done.origin, done.size, done.entries) == (ORIGIN, size, size)
        assert_published(as_published(log, tmp_path / "exports" / str(size)), size)


def test_a_second_export_adds_only_what_is_new(store: Store, tmp_path: Path) -> None:
    """And says so; what was there is not touched, except the checkpoint and the list of sizes."""
    log, target, before = published(store, 1), tmp_path / "export", 0
    for size in SIZES:
        grow(store, size)
        log.publisher().publish()
        kept = files_in(target)
        assert export(log, target).entries == size - before
        now = files_in(target)
        assert {name for name, data in kept.items() if now[name] != data} <= {
            "checkpoint",
            "checkpoints/sizes",
        }
        assert_published(as_published(log, target), size)
        before = size


def test_nothing_new_is_nothing_to_add(store: Store, tmp_path: Path) -> None:
    """An export may be repeated by a timer."""
    log, target = published(store, 300), tmp_path / "export"
    export(log, target)
    before = files_in(target)
    done = export(log, target)
    assert (done.entries, done.checkpoints, done.documents, done.disclosures) == (0, 0, 0, 0)
    assert files_in(target) == before


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=st.lists(st.integers(1, 300), min_size=1, max_size=5), data=st.data())
def test_an_export_as_of_an_earlier_size_is_the_export_of_that_day(
    tmp_path_factory: pytest.TempPathFactory, steps: list[int], data: st.DataObject
) -> None:
    """Byte for byte: what was handed out can be handed out again."""
    folder = tmp_path_factory.mktemp("log")
    with open_store(str(folder / "ledger"), create=True) as store:
        sizes = [sum(steps[: place + 1]) for place in range(len(steps))]
        then = data.draw(st.sampled_from(sizes))
        log = published(store, *(size for size in sizes if size <= then))
        export(log, folder / "then")
        for size in sizes:
            grow(store, size)
            log.publisher().publish()
        export(log, folder / "now", size=then)
        assert files_in(folder / "now") == files_in(folder / "then")


def test_a_size_that_was_not_published_is_named_with_its_neighbour(tmp_path: Path) -> None:
    """Nobody has to guess which checkpoints there are."""
    with open_store(str(tmp_path / "ledger"), create=True) as store:
        log = ALog(store)
        with pytest.raises(NotFound, match="nothing is published yet"):
            export(log, tmp_path / "export")
        log = published(store, 5, 20)
        for size, sentence in (
            (7, "size 7 was published; the one below has 5, the newest 20"),
            (3, "size 3 was published, the newest 20"),
        ):
            with pytest.raises(NotFound, match=sentence):
                export(log, tmp_path / "export", size=size)
        assert not (tmp_path / "export").exists()


def test_readers_of_every_published_checkpoint_find_their_tiles(tmp_path: Path) -> None:
    """Whoever kept an old checkpoint reads the log of that size; the pieces of then must be there."""
    with open_store(str(tmp_path / "ledger"), create=True) as store:
        sizes = (3, 100, 256, 257, 400, 513, 514, 800)
        log = published(store, *sizes)
        export(log, tmp_path / "export")
        for size in sizes:
            for name in needed(size):
                full = name.split(".p/", maxsplit=1)[0]
                assert (tmp_path / "export" / name).exists() or (tmp_path / "export" / full).is_file()
        assert Sizes(tmp_path / "export").listed(10_000) == list(sizes)
        for size in sizes:
            kept = (tmp_path / "export" / checkpoint_path(size)).read_bytes()
            assert kept == log.folder.read(checkpoint_path(size))


def needed(size: int) -> list[str]:
    """The partial pieces of a log below 65,536 entries."""
    low, high = size % 256, size // 256
    names = [f"tile/{kind}/{high:03}.p/{low}" for kind in ("0", "entries") if low]
    return [*names, f"tile/1/000.p/{high}"] if high else names


# ── what lies beside ───────────────────────────────────────────────────────────────────────────


def with_texts(store: Store) -> tuple[str, bytes]:
    """Puts a document and a disclosure into a store; their digests."""
    sha256 = hashlib.sha256(b"a paper").hexdigest()
    store.documents.put(sha256, io.BytesIO(b"a paper"), 100)
    encoded = disclose("person", "Okka Fehnders", bytes(16)).encoded.encode()
    digest = hashlib.sha256(encoded).digest()
    store.disclosures.put(digest, encoded)
    return sha256, digest


def test_documents_and_disclosures_come_along_unless_they_are_left_out(store: Store, tmp_path: Path) -> None:
    """And neither is readable for others than the owner of the export."""
    log = published(store, 3)
    sha256, digest = with_texts(store)
    done = export(log, tmp_path / "all")
    assert (done.documents, done.disclosures) == (1, 1)
    assert (tmp_path / "all" / document_name(sha256)).read_bytes() == b"a paper"
    assert (tmp_path / "all" / disclosure_name(digest)).read_bytes() == store.disclosures.get([digest])[
        digest
    ]
    for folder in ("documents", "disclosures"):
        assert stat.S_IMODE((tmp_path / "all" / folder).stat().st_mode) == 0o700
    export(log, tmp_path / "none", documents=False, disclosures=False)
    assert {name.split("/")[0] for name in files_in(tmp_path / "none")} == {
        *("checkpoint", "checkpoints", "log.vkey", "README.txt", "tile")
    }


def test_what_was_added_beside_the_same_log_is_added_to_the_export(store: Store, tmp_path: Path) -> None:
    """A document may be brought later than the statement that names it."""
    log = published(store, 3)
    export(log, tmp_path / "export")
    with_texts(store)
    done = export(log, tmp_path / "export")
    assert (done.entries, done.documents, done.disclosures) == (0, 1, 1)


def test_keys_policy_and_anchors_come_along(tmp_path: Path) -> None:
    """What a verifier needs, and of the anchors only those of the exported part."""
    with open_store(str(tmp_path / "ledger"), create=True) as store:
        log = published(store, 300, 310)
        (store.home / "policy").write_text("quorum none\n")
        for size in (300, 310):
            stamp = log.folder.path / anchor_path(size, "tsa1")
            stamp.parent.mkdir(parents=True)
            stamp.write_bytes(b"token of %d" % size)
        export(log, tmp_path / "export", size=300)
        assert (tmp_path / "export" / "policy").read_text() == "quorum none\n"
        assert list(kept_anchors(tmp_path / "export")) == [(300, "tsa1")]
        keys = parse_keys((tmp_path / "export" / "log.vkey").read_bytes())
        assert keys == (log.key.verification_key,)


def test_the_key_that_signs_stands_first_and_former_ones_after_it(tmp_path: Path) -> None:
    """A program that takes one key takes the first line; who reads an old checkpoint needs the old key."""
    entries, rotation = story().ledger.entries, story().seq["log key"]
    with open_store(str(tmp_path / "ledger"), create=True) as store:
        for size in (rotation, len(entries)):
            log = stored(store, entries[:size])
        for size, keys in ((rotation, [LOG]), (len(entries), [NEXT, LOG])):
            export(log, tmp_path / str(size), size=size)
            vkeys = "".join(f"{key.verification_key.text}\n" for key in keys)
            assert (tmp_path / str(size) / "log.vkey").read_text() == vkeys
        assert export(log, tmp_path / str(rotation)).entries == len(entries) - rotation
        assert (tmp_path / str(rotation) / "log.vkey").read_text() == vkeys


def test_two_exports_at_a_time_into_one_directory_take_turns(tmp_path: Path) -> None:
    """A timer and a person."""
    with open_store(str(tmp_path / "ledger"), create=True) as store:
        log = published(store, 700)
        added: list[int] = []
        threads = [
            threading.Thread(target=lambda: added.append(export(log, tmp_path / "export").entries))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(added) == [0, 0, 0, 700]
        assert_published(as_published(log, tmp_path / "export"), 700)
