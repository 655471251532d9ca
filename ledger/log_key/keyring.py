"""Which log keys a ledger has: their references, in `<home>/keys/log-keys`, one a line, the newest last.

The register says which keys count (`ledger.domain.log_keys`); this list says where their private halves
are. A reference stands here before its key is named in the log, so that a rotation that was interrupted
finds it again. A line may be removed when its key no longer counts and nobody needs its signatures.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from ledger.errors import BadKey, KeyUnavailable, NotFound
from ledger.keyfile import is_encrypted
from ledger.log_key import sentences
from ledger.log_key.files import make_log_key, read_log_key
from ledger.log_key.private import PrivateLogKey, vkey
from ledger.log_key.reference import is_token, parse_token_reference
from ledger.log_key.token import TokenKey, make_token_key
from ledger.passphrase import ENVIRONMENT, Passphrase
from ledger.storage.directories import replace_file

LIST = "log-keys"
FIRST = ("log.key", "log-mldsa44.key")
"""The keys of a ledger that has no list."""


class Keyring:
    """The log keys of one ledger. `folder` holds its keys."""

    def __init__(self, folder: Path, passphrase: Passphrase = ENVIRONMENT) -> None:
        self.folder = folder
        self._passphrase = passphrase

    def references(self) -> list[str]:
        """All references, the oldest first. Raises `KeyUnavailable` if the list cannot be read."""
        try:
            lines = (self.folder / LIST).read_text("utf-8").splitlines()
        except FileNotFoundError:
            return [name for name in FIRST if (self.folder / name).exists()]
        except (OSError, UnicodeDecodeError) as error:
            raise KeyUnavailable(sentences.LIST_NOT_READ, path=self.folder / LIST) from error
        return [line.strip() for line in lines if line.strip()]

    def add(self, reference: str) -> None:
        """Adds a reference, durably. The same again is harmless. Raises `KeyUnavailable`."""
        known = self.references()
        if reference not in known:
            text = "".join(f"{one}\n" for one in [*known, reference])
            try:
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                replace_file(self.folder / LIST, text.encode("utf-8"))
            except OSError as error:
                raise KeyUnavailable(
                    sentences.LIST_NOT_WRITTEN, path=self.folder / LIST, reason=error.strerror
                ) from None

    def open(self, reference: str) -> PrivateLogKey:
        """The key of a reference. Raises what reading it raises (`files`, `token`)."""
        if is_token(reference):
            return TokenKey(parse_token_reference(reference), self._passphrase)
        return read_log_key(self.folder / reference, self._passphrase)

    def make(self, reference: str, kind: int, passphrase: bytes | None = None) -> PrivateLogKey:
        """The key of a reference, made if it is not there; a file is encrypted if there is a passphrase.

        Raises `BadKey` if there is a key of another kind, and what making or reading it raises.
        """
        if is_token(reference):
            key: PrivateLogKey = make_token_key(parse_token_reference(reference), self._passphrase)
        elif (self.folder / reference).exists():
            key = self.open(reference)
        else:
            key = make_log_key(self.folder / reference, kind, passphrase)
        if key.kind != kind:
            raise BadKey(sentences.OTHER_KIND, reference=reference)
        return key

    def passphrase_for_new(self, given: bytes | None = None) -> bytes | None:
        """With which passphrase a new file is encrypted: as the others are, which a running service reads.

        Where nothing is in a file yet, with the `given` one.
        """
        files = [one for one in self.references() if not is_token(one) and (self.folder / one).is_file()]
        for one in files:
            if self.is_locked(one):
                return given or self._passphrase(str(self.folder / one))
        return None if files else given

    def is_locked(self, reference: str) -> bool:
        """Whether a key can only be used by who knows a passphrase, or the PIN of its token."""
        return is_token(reference) or is_encrypted((self.folder / reference).read_bytes())

    def at_hand(self, origin: str) -> dict[str, tuple[str, PrivateLogKey]]:
        """The keys that can sign now: vkey → reference and key. What is missing is left out.

        Raises `BadKey`, `BadShape`, `PassphraseMissing` or `PassphraseWrong`.
        """
        found: dict[str, tuple[str, PrivateLogKey]] = {}
        for reference in self.references():
            with contextlib.suppress(KeyUnavailable, NotFound):
                key = self.open(reference)
                found[vkey(key, origin)] = reference, key
        return found

    def signers(self, origin: str, current: Iterable[str], former: Iterable[str] = ()) -> list[PrivateLogKey]:
        """The keys that sign checkpoints: all `current` ones (vkeys), then `former` ones that are at hand.

        Raises `KeyUnavailable` if a current key is not at hand, and what `at_hand` raises.
        """
        found, wanted = self.at_hand(origin), list(current)
        for one in wanted:
            if one not in found:
                raise self._missing(one)
        return [found[one][1] for one in [*wanted, *former] if one in found]

    def _missing(self, wanted: str) -> KeyUnavailable:
        """Why this key is not at hand, as far as it can be said."""
        why = []
        for reference in self.references():
            try:
                self.open(reference)
            except (KeyUnavailable, NotFound) as error:
                why.append(error.message)
        short = "+".join(wanted.split("+")[:2])
        return KeyUnavailable(sentences.NOT_AT_HAND, key=short, why="; ".join(why) or sentences.NO_REFERENCE)
