"""Signed notes (C2SP signed-note): text, an empty line, and signature lines.

A line is `— name base64(key hash || signature)`. What is not written exactly so is refused (check 8.2);
signatures of keys that nobody asked for are ignored; one that does not verify although its key is known
refuses the whole note (8.3 a log's, 8.9 a witness's).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ledger.errors import BadSignature, ProofError
from ledger.proof.encoding import b64
from ledger.proof.lines import read_base64, read_text
from ledger.proof.sentences import logs
from ledger.proof.verification_key import (
    ED25519,
    VERIFIED_KINDS,
    VerificationKey,
    is_name,
    parse_verification_key,
    verification_key,
)

__all__ = [
    "Note",
    "NoteSignature",
    "OpenedNote",
    "VerificationKey",
    "VerifiedSignature",
    "format_note",
    "open_note",
    "parse_note",
    "parse_signatures",
    "parse_verification_key",
    "verification_key",
]

MAX_NOTE = 1024 * 1024
"""Bytes: a hundred signatures of the largest kind."""

MAX_SIGNATURES = 100


class NoteSignature(NamedTuple):
    """A signature line. `blob` is what follows the key hash; the key's type says what it holds."""

    name: str
    hash: bytes
    blob: bytes

    @property
    def line(self) -> str:
        """The line as it stands in a note."""
        return f"— {self.name} {b64(self.hash + self.blob)}\n"


class Note(NamedTuple):
    """A text, which ends in a newline, and its signatures, none of them verified."""

    text: str
    signatures: tuple[NoteSignature, ...]


class VerifiedSignature(NamedTuple):
    """A good signature of a known key; `time` in seconds since 1970 if it is a cosignature."""

    key: VerificationKey
    signature: NoteSignature
    time: int | None


class OpenedNote(NamedTuple):
    """A note, and its signatures that were verified: the first of each known key, in the note's order."""

    note: Note
    verified: tuple[VerifiedSignature, ...]


def parse_note(data: bytes) -> Note:
    """The note of its bytes. Raises `ProofError` (8.2)."""
    text = read_text(data, logs.A_NOTE, limit=MAX_NOTE, check="8.2")
    end = text.rfind("\n\n") + 1
    if not end:
        raise ProofError(logs.NO_SIGNATURES, check="8.2")
    return Note(text[:end], parse_signatures(text[end + 1 :]))


def parse_signatures(lines: str) -> tuple[NoteSignature, ...]:
    """One signature a line, 1 to 100 of them: the end of a note, or a witness's answer.

    Raises `ProofError` (8.2).
    """
    *each, rest = lines.split("\n")
    if rest or not 1 <= len(each) <= MAX_SIGNATURES:
        raise ProofError(logs.NUMBER_OF_SIGNATURES, limit=MAX_SIGNATURES, check="8.2")
    return tuple(map(_parse_signature, each))


def format_note(note: Note) -> bytes:
    """The note's bytes. Raises `ProofError` (8.2) if they could not be read again."""
    data = "".join((note.text, "\n", *(signature.line for signature in note.signatures))).encode("utf-8")
    if parse_note(data) != note:
        raise ProofError(logs.UNWRITABLE_NOTE, check="8.2")
    return data


def open_note(data: bytes, keys: Iterable[VerificationKey]) -> OpenedNote:
    """The note, and which of `keys` signed it: at least one. Raises `ProofError` (8.2, 8.3, 8.9, 8.10)."""
    note = parse_note(data)
    verified = verify_signatures(note.text, note.signatures, keys)
    if not verified:
        raise ProofError(logs.NO_KNOWN_KEY, check="8.3")
    return OpenedNote(note, verified)


def verify_signatures(
    text: str, signatures: Iterable[NoteSignature], keys: Iterable[VerificationKey]
) -> tuple[VerifiedSignature, ...]:
    """Those signatures of `keys` over the text; a known key's that does not verify is a `ProofError`."""
    known = _by_name(keys)
    verified: dict[VerificationKey, VerifiedSignature] = {}
    for signature in signatures:
        key = known.get((signature.name, signature.hash))
        if key is not None:
            time = _verify(key, text, signature)
            verified.setdefault(key, VerifiedSignature(key, signature, time))
    return tuple(verified.values())


def _verify(key: VerificationKey, text: str, signature: NoteSignature) -> int | None:
    try:
        return key.verify(text, signature.blob)
    except (BadSignature, ProofError) as error:
        is_log = key.kind == ED25519 or text.startswith(f"{key.name}\n")
        check = "8.3" if is_log else "8.9"
        raise ProofError(logs.SIGNATURE_OF, name=key.name, error=error, check=check) from None


def _by_name(keys: Iterable[VerificationKey]) -> dict[tuple[str, bytes], VerificationKey]:
    known: dict[tuple[str, bytes], VerificationKey] = {}
    for key in keys:
        if key.kind in VERIFIED_KINDS and known.setdefault((key.name, key.hash), key) != key:
            raise ProofError(logs.SAME_HASH_TWICE, name=key.name, check="8.10")
    return known


def _parse_signature(line: str) -> NoteSignature:
    dash, *rest = line.split(" ")
    if dash != "—" or len(rest) != 2 or not is_name(rest[0]):
        raise ProofError(logs.NO_SIGNATURE_LINE, line=line[:80], check="8.2")
    data = read_base64(rest[1], logs.A_SIGNATURE, check="8.2")
    if len(data) <= 4:
        raise ProofError(logs.SHORT_SIGNATURE_LINE, check="8.2")
    return NoteSignature(rest[0], data[:4], data[4:])
