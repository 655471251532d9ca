"""The directory of an export: whose it is, how far it goes, and what is added to it.

It says whose it is before anything else is written, and how far it goes when everything else is on the
disk: `log.vkey` comes first, `checkpoint` last. What an interrupted export left in between is written
again by the next one.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ledger.errors import CannotWrite, NotFound, OtherExport, StoreUnavailable
from ledger.export import sentences
from ledger.export.names import CHECKPOINT, DISCLOSURES, DOCUMENTS, KEYS
from ledger.export.verifier_needs import parse_keys
from ledger.proof.checkpoint import Checkpoint, open_checkpoint
from ledger.proof.merkle import EMPTY_ROOT
from ledger.proof.note import VerificationKey
from ledger.publish import durable
from ledger.publish.folder import LogFolder
from ledger.sentence import PATH_AND_REASON
from ledger.storage.directories import locked_directory

DRAFT = ".new-"
"""How the names of unfinished files begin: nobody reads them."""


class ExportFolder:
    """A directory that holds an export of the log with these keys, or nothing yet."""

    def __init__(self, path: Path, keys: Sequence[VerificationKey]) -> None:
        """Raises `OtherExport` if it holds something else, `ProofError` if its checkpoint is damaged."""
        self.path = path
        self.log = LogFolder(path)
        self.checkpoint = Checkpoint(keys[0].name, 0, EMPTY_ROOT)
        if any(not one.name.startswith(DRAFT) for one in path.iterdir()):
            self._require_ours(keys)
            if self.log.exists(CHECKPOINT):
                self.checkpoint = open_checkpoint(self.log.read(CHECKPOINT), keys).checkpoint

    def put(self, files: Mapping[str, bytes]) -> None:
        """Adds files by name, durably. Raises `CannotWrite`."""
        with cannot_write(self.path):
            durable.put({self.path / name: data for name, data in files.items()})

    def finish(self, note: bytes) -> None:
        """Says how far the export goes now; nothing may be missing any more. Raises `CannotWrite`."""
        with cannot_write(self.path):
            durable.replace(self.path / CHECKPOINT, note)
            durable.sync_folder(self.path)

    def require_none_of(self, folder: str) -> None:
        """Returns if there are no documents (or disclosures) here. Raises `OtherExport`."""
        if (self.path / folder).exists():
            raise OtherExport(sentences.LEFT_OUT, path=self.path, folder=folder)

    def private(self, folder: str) -> Path:
        """A folder below, made for its owner alone if it is not there. Raises `CannotWrite`."""
        path = self.path / folder
        with cannot_write(path):
            path.mkdir(mode=0o700, exist_ok=True)
        return path

    def remove(self, digests: Container[str]) -> int:
        """Removes documents and disclosures by digest, and what an interrupted export left of any.

        Returns how many of them had their names. Raises `CannotWrite`.
        """
        removed = 0
        for path in self._beside():
            draft = path.name.startswith(DRAFT)
            if draft or path.name in digests:
                with cannot_write(path):
                    path.unlink()
                    durable.sync_folder(path.parent)
                removed += not draft
        return removed

    def _beside(self) -> list[Path]:
        folders = [self.path / name for name in (DOCUMENTS, DISCLOSURES)]
        return [path for folder in folders for path in folder.glob("*/*")]

    def _require_ours(self, keys: Sequence[VerificationKey]) -> None:
        try:
            theirs = parse_keys(self.log.read(KEYS))
        except NotFound:
            raise OtherExport(sentences.NO_EXPORT, path=self.path) from None
        if set(theirs).isdisjoint(keys):
            raise OtherExport(sentences.OTHER_LOG_KEY, path=self.path, name=theirs[0].name)


@contextmanager
def export_folder(path: Path, keys: Sequence[VerificationKey]) -> Iterator[ExportFolder]:
    """The export in a directory, which is made if need be. Other exports into it wait meanwhile.

    Raises `OtherExport`, `CannotWrite` or `ProofError`.
    """
    if path.exists() and not path.is_dir():
        raise OtherExport(sentences.IS_A_FILE, path=path)
    with cannot_write(path):
        path.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        with cannot_write(path):
            stack.enter_context(locked_directory(path))
        yield ExportFolder(path, keys)


@contextmanager
def cannot_write(path: Path) -> Iterator[None]:
    """Turns what keeps us from writing into our error."""
    try:
        yield
    except OSError as error:
        raise CannotWrite(PATH_AND_REASON, path=error.filename or path, reason=error.strerror) from error
    except StoreUnavailable as error:
        raise CannotWrite(PATH_AND_REASON, path=path, reason=error) from error
