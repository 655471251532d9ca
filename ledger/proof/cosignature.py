"""Cosignatures over checkpoints: what is signed, and how it is written (C2SP tlog-cosignature).

A cosigner says that, at this time, it had seen no larger tree of this log, and that every tree of the log
that it ever saw is a beginning of this one. A log may sign its own checkpoints in the ML-DSA-44 form.
`ProofError` carries check 8.9.
"""

from __future__ import annotations

import struct

from ledger.errors import ProofError
from ledger.proof.lines import MAX_SIZE
from ledger.proof.sentences import witnesses
from ledger.proof.tree_head import MAX_NAME, Checkpoint

_NUMBER = struct.Struct(">Q")
_LABEL = b"subtree/v1\n\x00"


def ed25519_message(text: str, time: int) -> bytes:
    """What a cosigner of type 0x04 signs over a checkpoint's text; `time` in seconds since 1970."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def mldsa44_message(name: str, checkpoint: Checkpoint, time: int) -> bytes:
    """What a cosigner of type 0x06 and this name signs; `time` is 0 if it claims no largest tree."""
    start, end = _NUMBER.pack(0), _NUMBER.pack(checkpoint.size)
    parts = (_LABEL, _opaque(name), _NUMBER.pack(time), _opaque(checkpoint.origin), start, end)
    return b"".join((*parts, checkpoint.root))


def join_time(time: int, signature: bytes) -> bytes:
    """The blob of a cosignature. Raises `ProofError` for a time that cannot be written."""
    if not 0 <= time <= MAX_SIZE:
        raise ProofError(witnesses.NO_COSIGNATURE_TIME, time=time, check="8.9")
    return _NUMBER.pack(time) + signature


def split_time(blob: bytes, signature_bytes: int) -> tuple[int, bytes]:
    """Time and signature of a cosignature's blob. Raises `ProofError`."""
    if len(blob) != _NUMBER.size + signature_bytes:
        raise ProofError(witnesses.COSIGNATURE_LENGTH, size=len(blob), check="8.9")
    (time,) = _NUMBER.unpack_from(blob)
    if time > MAX_SIZE:
        raise ProofError(witnesses.TIME_TOO_LATE, check="8.9")
    return time, blob[_NUMBER.size :]


def _opaque(text: str) -> bytes:
    """A string after one byte of its length."""
    data = text.encode("utf-8")
    if not 1 <= len(data) <= MAX_NAME:
        raise ProofError(witnesses.NAME_TOO_LONG, size=len(data), check="8.9")
    return bytes([len(data)]) + data
