"""The signer: signs a checkpoint only if it continues the last one that it signed.

Its memory is one file that is not in the database, and must not be restored from a backup with it: the
last checkpoint as it was signed. It is compared and swapped under a lock, so that two signers with one
memory cannot sign two histories. The file proves itself: a changed byte spoils the signature in it.

Who can change this file can make the signer sign a second history. Who cannot can only stop it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from ledger.errors import SignerRefuses
from ledger.proof.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from ledger.proof.merkle import EMPTY_ROOT, verify_consistency
from ledger.proof.signers import NoteSigner
from ledger.proof.verification_key import VerificationKey
from ledger.publish import durable, sentences
from ledger.publish.durable import disk_errors
from ledger.storage.directories import locked_directory

FOLDER = "signer"
"""The signer's memory in a store's home directory, unless it is kept elsewhere."""


class Keys(Protocol):
    """The log's keys."""

    @property
    def signers(self) -> Sequence[NoteSigner]:
        """Who signs the next checkpoint, Ed25519 first."""
        ...

    @property
    def known(self) -> Sequence[VerificationKey]:
        """The keys under which older checkpoints verify."""
        ...


class Signer:
    """Signs the checkpoints of one log. The private keys are behind `keys`."""

    def __init__(self, folder: Path, origin: str, keys: Callable[[], Keys]) -> None:
        """`keys` gives the log's own keys as they are now."""
        self._folder = folder
        self._file = folder / "checkpoint"
        self.draft = folder / ".new-published"
        """The note once more, on the disk and not public yet: made by `sign` if `drafted`."""
        self.origin = origin
        self._ask = keys
        self._keys = keys()
        self._opened: tuple[bytes, Checkpoint] = b"", Checkpoint(origin, 0, EMPTY_ROOT)
        """The memory as it was last read or written, and what was verified to be in it."""

    def renew(self) -> None:
        """Asks for the keys again: one of them was replaced in the log."""
        self._keys = self._ask()
        self._opened = b"", self._opened[1]  # verified under the keys of before

    @staticmethod
    def remembered(folder: Path) -> bytes:
        """The last checkpoint as it was signed, read without any key. Raises `SignerRefuses`."""
        file = folder / "checkpoint"
        with disk_errors(folder):
            try:
                return durable.read_exchanged(file)
            except FileNotFoundError:
                raise SignerRefuses(sentences.NO_MEMORY, folder=folder) from None

    @property
    def begun(self) -> bool:
        """Whether there is a memory."""
        return self._file.exists()

    def begin(self, checkpoint: bytes | None = None) -> None:
        """Makes the memory: of the empty log, or of a checkpoint that was signed already (to recover).

        To recover may be interrupted and repeated: the same memory is made again. Raises `SignerRefuses` if
        there is another one, `ProofError` for a checkpoint that no key of the log signed.
        """
        if checkpoint is not None:
            self._verified(checkpoint)
        with disk_errors(self._folder):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with locked_directory(self._folder):
                if self.begun and (checkpoint is None or checkpoint != self._read()):
                    raise SignerRefuses(sentences.MEMORY_EXISTS, folder=self._folder)
                if checkpoint is None:
                    checkpoint = sign_checkpoint(Checkpoint(self.origin, 0, EMPTY_ROOT), *self._keys.signers)
                self._swap(checkpoint)

    def last(self) -> tuple[Checkpoint, bytes]:
        """The last checkpoint, and the note as it was signed.

        Raises `SignerRefuses` without a memory, `ProofError` if it was changed.
        """
        data = self._read()
        if data != self._opened[0]:  # the same bytes verify again
            self._opened = data, self._verified(data)
        return self._opened[1], data

    def _verified(self, data: bytes) -> Checkpoint:
        signing = [signer.verification_key for signer in self._keys.signers]
        return open_checkpoint(data, [*signing, *self._keys.known]).checkpoint

    def sign(
        self,
        checkpoint: Checkpoint,
        proof: Sequence[bytes],
        beside: Iterable[Path] = (),
        *,
        drafted: bool = False,
    ) -> bytes:
        """The signed note of a checkpoint that continues the last one, which `proof` shows (RFC 6962 §2.1.2).

        The files and folders `beside`, its tiles, are on the disk when the signer remembers it. Raises
        `ProofError` if it does not continue the last one, `SignerRefuses` if another signer was faster.
        """
        last, data = self.last()
        if last.size > 0:  # every tree continues the empty one
            verify_consistency(last.size, checkpoint.size, proof, last.root, checkpoint.root)
        note = sign_checkpoint(checkpoint, *self._keys.signers)
        with disk_errors(self._folder), locked_directory(self._folder):
            if self._read() != data:
                raise SignerRefuses(sentences.OTHER_SIGNER)
            if drafted:
                durable.write({self.draft: note})  # its name does not matter after a crash
                beside = {*beside, self.draft}
            self._swap(note, beside)
        self._opened = note, checkpoint
        return note

    def _read(self) -> bytes:
        return self.remembered(self._folder)

    def _swap(self, data: bytes, beside: Iterable[Path] = ()) -> None:
        durable.exchange(self._file, data, beside)
        durable.sync_folder(self._folder)
