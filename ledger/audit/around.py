"""What stands around the published log: the signer's memory, keys that are trusted, keys beside an export."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from ledger.audit import sentences
from ledger.audit.failures import Failures
from ledger.audit.target import Target, size_of
from ledger.errors import NotFound, ProofError
from ledger.export.names import KEYS
from ledger.export.verifier_needs import parse_keys
from ledger.proof.checkpoint import OpenedCheckpoint
from ledger.proof.merkle import root_at
from ledger.proof.note import parse_note
from ledger.proof.tiles import TileNodes
from ledger.proof.tree_head import Checkpoint, parse_checkpoint
from ledger.proof.verification_key import VerificationKey
from ledger.publish.folder import LogFolder


def check_memory(target: Target, entries: int, failures: Failures) -> None:
    """(8.12) The signer remembers what was published, or more; and what it signed is there."""
    if target.memory is None:
        return
    with suppress(ProofError):  # said where the heads are looked at
        remembered = size_of(target.memory)
        if remembered < target.size:
            failures.fail("8.12", None, sentences.REMEMBERS_LESS, str(target.size), str(remembered))
        elif remembered > entries:
            failures.fail("8.12", entries, sentences.SIGNED_AND_MISSING, signed=remembered)


def check_published(target: Target, failures: Failures) -> None:
    """(8.13, 8.14) The published log was not taken away.

    Tiles are on the disk before the signer remembers their checkpoint: where they are not they were removed.
    The checkpoint itself may wait for witnesses. Without the signer's memory, as in a copy of the database
    alone, nothing shows where the log ends: that is said (`Audit.traced`), and is no failure.
    """
    signed = _signed(target)
    if signed is not None and signed.size > target.size and not _is_there(target.folder, signed):
        what = sentences.LOG_ENDS_EARLY if target.size else sentences.LOG_IS_MISSING
        failures.fail("8.13", None, what, signed=signed.size, size=target.size)
    elif target.bundles and not target.size and signed is not None and signed.size:
        failures.fail("8.14", None, sentences.WAITS_OR_REMOVED, signed=signed.size)


def _signed(target: Target) -> Checkpoint | None:
    """What the signer signed last, as far as it can be read."""
    if target.memory is not None:
        with suppress(ProofError):  # said where the heads are looked at
            return parse_checkpoint(parse_note(target.memory).text)
    return None


def _is_there(folder: LogFolder | None, signed: Checkpoint) -> bool:
    """Whether the tiles give the root that was signed."""
    if folder is None:
        return False
    try:
        return root_at(signed.size, TileNodes(signed.size, folder.tile)) == signed.root
    except (NotFound, ProofError):
        return False


def check_pinned(
    keys: Iterable[VerificationKey], newest: OpenedCheckpoint | None, failures: Failures
) -> None:
    """(8.3) The newest checkpoint is signed with a key that the auditor trusts."""
    trusted = set(keys)
    if trusted and newest is not None and trusted.isdisjoint(newest.signed_by):
        failures.fail("8.3", None, sentences.NOT_UNDER_TRUSTED_KEY)


def check_named_keys(target: Target, keys: Iterable[VerificationKey], failures: Failures) -> None:
    """(8.10) The keys that lie beside an export are those of the log; `keys` are all that it ever had."""
    data = target.files.get(KEYS)
    if data is None:
        return
    try:
        named = parse_keys(data)
    except ProofError as error:
        failures.fail(error.check, None, sentences.OF_HEAD, head=KEYS, error=error)
        return
    for key in sorted(set(named) - set(keys)):
        failures.fail("8.10", None, sentences.FOREIGN_KEY, "", key.text, file=KEYS)
