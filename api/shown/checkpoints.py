"""Published checkpoints: who signed and cosigned each of them, when, and which time stamps lie over it.

Read from the published log, and verified here under the keys of the register and of the ledger's policy of
witnesses. To believe it, an auditor verifies the same files offline (`stimmbuch verify`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from api.context import Context
from api.shown.looking import going_on
from api.shown.tallies import require_reached
from ledger.errors import BadSignature, NotFound, ProofError
from ledger.proof.checkpoint import parse_checkpoint
from ledger.proof.encoding import b64
from ledger.proof.note import Note, NoteSignature, parse_note
from ledger.proof.policy import Policy
from ledger.proof.timestamp import stated_time
from ledger.proof.verification_key import VERIFIED_KINDS, VerificationKey, parse_verification_key
from ledger.publish.anchor_files import anchor_path, anchors_of
from ledger.publish.folder import CHECKPOINT, checkpoint_path
from ledger.rfc3339 import utc

Shown = dict[str, Any]

ANCHORS = 16
"""Time stamps that are read of one checkpoint."""


class Known(NamedTuple):
    """Under which keys signature lines are verified."""

    log: Sequence[tuple[int, VerificationKey]]
    """Every key that the log ever had, and the number of the entry that named it."""
    policy: Policy | None

    def keys(self, size: int) -> dict[tuple[str, bytes], VerificationKey]:
        """Those of the log when it had so many entries, and the witnesses', as signature lines name them."""
        found = [key for since, key in self.log if since < size]
        found += [witness.key for witness in self.policy.witnesses] if self.policy else []
        return {(key.name, key.hash): key for key in found if key.kind in VERIFIED_KINDS}


def checkpoints(context: Context, at: int, *, after: int | None, limit: int) -> Shown:
    """The published ones up to entry `at`, the newest first, after that of size `after`. Raises `NotYet`."""
    if after is not None:
        require_reached(context, after - 1)
    below = at + 2 if after is None else min(after, at + 2)
    sizes = context.service.publication.published.sizes_below(below, limit + 1)
    known = _known(context)
    data = [_kept(context, size, known) for size in sizes[:limit]]
    return {"at": at, "data": data, **going_on(sizes[limit - 1] if len(sizes) > limit else None)}


def newest(context: Context) -> Shown | None:
    """The newest one with its latest cosignatures; None before the first one. Raises `ProofError`."""
    try:
        note = parse_note(context.service.publication.folder.read(CHECKPOINT))
    except NotFound:
        return None
    return _told(context, note, _known(context))


def _known(context: Context) -> Known:
    views = context.service.views
    keys = [(key.since, parse_verification_key(key.key)) for key in views.keys(views.position(), None)]
    return Known(keys, context.service.policy)


def _kept(context: Context, size: int, known: Known) -> Shown:
    """One as it was published first. Where its file is damaged or gone, that is told, and not hidden."""
    try:
        note = parse_note(context.service.publication.folder.read(checkpoint_path(size)))
        shown = _told(context, note, known)
    except (NotFound, ProofError):
        shown = None
    if shown is None or shown["size"] != size:
        nothing = dict.fromkeys(("origin", "root", "quorum"))
        return {**nothing, "size": size, "readable": False, "signatures": [], "missing": [], "anchors": []}
    return shown


def _told(context: Context, note: Note, known: Known) -> Shown:
    found = parse_checkpoint(note.text)
    keys = known.keys(found.size)
    signers = [keys.get((line.name, line.hash)) for line in note.signatures]
    pairs = zip(note.signatures, signers, strict=True)
    lines = [
        {**_line(note.text, line, key, known.policy), "by_log": line.name == found.origin}
        for line, key in pairs
    ]
    signed = [key for key, line in zip(signers, lines, strict=True) if key and line["verified"]]
    return {
        "origin": found.origin,
        "size": found.size,
        "root": b64(found.root),
        "readable": True,
        "signatures": lines,
        **_quorum(known.policy, signed),
        "anchors": list(_anchors(context, found.size, note.text.encode())),
    }


def _line(text: str, line: NoteSignature, key: VerificationKey | None, policy: Policy | None) -> Shown:
    """A signature line; `verified` is None where its key is not known here."""
    verified, time = None, None
    if key is not None:
        try:
            verified, time = True, _time(key.verify(text, line.blob))
        except (BadSignature, ProofError):
            verified = False
    return {
        "name": line.name,
        "key_id": line.hash.hex(),
        "witness": _witness(policy, key),
        "verified": verified,
        "time": time,
    }


def _witness(policy: Policy | None, key: VerificationKey | None) -> str | None:
    """How the policy calls whose key it is."""
    return next((one.name for one in policy.witnesses if one.key == key), None) if policy and key else None


def _time(seconds: int | None) -> str | None:
    """A cosignature's time; None for a plain signature, and for one that no calendar has."""
    try:
        return None if seconds is None else utc(datetime.fromtimestamp(seconds, UTC))
    except (ValueError, OverflowError, OSError):
        return None


def _quorum(policy: Policy | None, signed: Sequence[VerificationKey]) -> Shown:
    """Whether the policy of today is met, and who is missing; None without a policy."""
    if policy is None:
        return {"quorum": None, "missing": []}
    missing = [one.name for one in policy.witnesses if one.key not in signed]
    try:
        policy.quorum.check(signed)
    except ProofError:
        return {"quorum": False, "missing": missing}
    return {"quorum": True, "missing": missing}


def _anchors(context: Context, size: int, text: bytes) -> Iterator[Shown]:
    """The time stamps; `time` is None for one that cannot be read, or is over something else."""
    folder = context.service.publication.folder
    for tsa in anchors_of(folder.path, size)[:ANCHORS]:
        try:
            time = stated_time(folder.read(anchor_path(size, tsa)), text)
        except (NotFound, ProofError):
            time = None
        yield {"tsa": tsa, "time": time}
