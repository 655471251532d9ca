"""Are documents stored whole, under their own digest, or not at all?"""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.errors import BadEncoding, DocumentMismatch, NotFound, StoreUnavailable, TooLarge
from ledger.storage import Store
from ledger.storage.documents import CHUNK, Documents
from tests.support.followers import until
from tests.support.processes import ending

ROOT = Path(__file__).resolve().parents[2]
TEXT = b"Beschlussvorlage 17/2026\n"
DIGEST = hashlib.sha256(TEXT).hexdigest()


@pytest.fixture
def documents(tmp_path: Path) -> Documents:
    """A folder for documents that is not there yet."""
    return Documents(tmp_path / "home" / "documents")


def files(folder: Path) -> list[str]:
    """All files below a folder, those with a temporary name included."""
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 17])
def test_a_document_comes_back_unchanged(documents: Documents, size: int) -> None:
    """Whatever its size is compared with the size of the pieces in which it is copied."""
    content = bytes(n % 251 for n in range(size))
    digest = hashlib.sha256(content).hexdigest()
    documents.put(digest, io.BytesIO(content), limit=size)
    with documents.open(digest) as found:
        assert found.read() == content
    assert documents.exists(digest)


def test_documents_lie_under_their_digests(documents: Documents, tmp_path: Path) -> None:
    """Anybody can check them with `sha256sum`."""
    documents.put(DIGEST, io.BytesIO(TEXT), 1000)
    assert (tmp_path / "home" / "documents" / DIGEST[:2] / DIGEST).read_bytes() == TEXT


def test_storing_twice_is_harmless_and_heals_a_damaged_file(documents: Documents, tmp_path: Path) -> None:
    """The second copy takes the place of the first, whatever became of that one."""
    documents.put(DIGEST, io.BytesIO(TEXT), 1000)
    damaged = tmp_path / "home" / "documents" / DIGEST[:2] / DIGEST
    damaged.chmod(0o600)
    damaged.write_bytes(b"damaged")
    documents.put(DIGEST, io.BytesIO(TEXT), 1000)
    with documents.open(DIGEST) as found:
        assert found.read() == TEXT


def test_other_bytes_than_announced_are_refused(documents: Documents, tmp_path: Path) -> None:
    """Nothing is left of them, not even under a temporary name."""
    with pytest.raises(DocumentMismatch):
        documents.put(DIGEST, io.BytesIO(TEXT + b"x"), 1000)
    assert not documents.exists(DIGEST)
    assert files(tmp_path) == []


def test_a_document_above_the_limit_is_refused(documents: Documents, tmp_path: Path) -> None:
    """It is not read to its end either: a stream that never ends cannot fill the disk."""

    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            return b"x" * size

    with pytest.raises(TooLarge):
        documents.put(DIGEST, io.BytesIO(TEXT), len(TEXT) - 1)
    with pytest.raises(TooLarge):
        documents.put(DIGEST, Endless(), 10 * CHUNK)  # type: ignore[arg-type]
    assert files(tmp_path) == []


def test_a_stream_that_breaks_leaves_nothing(documents: Documents, tmp_path: Path) -> None:
    """An upload that is cut off was never there."""

    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise ConnectionResetError
            return super().read(10)

    with pytest.raises(StoreUnavailable):
        documents.put(DIGEST, Broken(TEXT), 1000)
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    "digest", ["", "../../etc/passwd", DIGEST.upper(), DIGEST[:-1], DIGEST + "0", DIGEST + "\n", "g" * 64]
)
def test_a_name_that_is_no_digest_is_refused(documents: Documents, digest: str) -> None:
    """A digest from outside becomes part of a path."""
    with pytest.raises(BadEncoding):
        documents.put(digest, io.BytesIO(TEXT), 1000)
    with pytest.raises(BadEncoding):
        documents.open(digest)
    with pytest.raises(BadEncoding):
        documents.exists(digest)


def test_what_is_not_there_is_not_found(documents: Documents) -> None:
    """With a type that says so."""
    assert not documents.exists(DIGEST)
    assert list(documents.digests()) == []
    with pytest.raises(NotFound):
        documents.open(DIGEST)


def test_all_documents_can_be_listed(documents: Documents, tmp_path: Path) -> None:
    """In order; what a crash or somebody else has left beside them does not count."""
    contents = [bytes([n]) * 100 for n in range(20)]
    for content in contents:
        documents.put(hashlib.sha256(content).hexdigest(), io.BytesIO(content), 100)
    folder = tmp_path / "home" / "documents" / DIGEST[:2]
    folder.mkdir(exist_ok=True)
    (folder / ".new-abandoned").touch()
    (folder / "README").touch()
    assert list(documents.digests()) == sorted(hashlib.sha256(content).hexdigest() for content in contents)


def test_a_process_that_is_killed_half_way_leaves_no_document(documents: Documents, tmp_path: Path) -> None:
    """The name appears when the file is complete and on the disk, not before."""
    program = (
        "import sys; from pathlib import Path; from ledger.storage.documents import Documents\n"
        "Documents(Path(sys.argv[1])).put(sys.argv[2], sys.stdin.buffer.raw, 1000)"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "home" / "documents"), DIGEST]
    with ending(subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE)) as process:
        assert process.stdin is not None
        process.stdin.write(TEXT)
        process.stdin.flush()
        until(lambda: bool(files(tmp_path)) or process.poll() is not None)
        assert process.poll() is None
    assert not documents.exists(DIGEST)
    assert list(documents.digests()) == []
    documents.put(DIGEST, io.BytesIO(TEXT), 1000)
    assert documents.exists(DIGEST)


def test_each_store_has_its_documents(store: Store) -> None:
    """Beside the database, in the store's home directory, on either backend."""
    store.documents.put(DIGEST, io.BytesIO(TEXT), 1000)
    assert files(store.home / "documents") == [DIGEST]
