"""Attacks on what is stored and published: the groups 6 to 8 of the checks.

Each spoils a copy of the ledger of `tests.support.audited`, or of its export, and returns what the auditor
brings along. Its docstring says who could do it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from ledger.audit.trust import NOTHING, Kept, Trust
from ledger.proof.checkpoint import Checkpoint, sign_checkpoint
from ledger.proof.encoding import unb64
from ledger.proof.keys import SigningKey
from ledger.proof.note import Note, NoteSignature, format_note, parse_note
from ledger.proof.policy import parse_policy
from ledger.proof.signers import Ed25519Cosigner, Ed25519Signer
from ledger.proof.tree_hash import EMPTY_ROOT
from ledger.publish.folder import CHECKPOINT, FOLDER, LogFolder, checkpoint_path
from ledger.publish.signer import FOLDER as SIGNER
from tests.support.audited import (
    ATTACHED,
    CLOSED,
    LAST,
    OFFER,
    SECRET,
    SIZES,
    VOTE,
    do,
    get,
    going_on,
    log_signer,
    publish,
    put,
)
from tests.support.builders import CHAIR, CLERK, ORIGIN
from tests.support.flips import flipped

WITNESS = Ed25519Cosigner("witness.example", SigningKey(bytes(range(32))), lambda: 1_769_860_800)
MALLORY = SigningKey(b"m" * 32)

Spoil = Callable[[Path], Trust]


class Spoilt(NamedTuple):
    """An attack, whether it is on an export, and what is found: check and entry of each failure."""

    spoil: Spoil
    export: bool
    found: tuple[tuple[str, int | None], ...]


STORED: dict[str, Spoilt] = {}


def attack(*found: tuple[str, int | None], export: bool = False) -> Callable[[Spoil], Spoil]:
    """Puts an attack into the corpus."""

    def enter(spoil: Spoil) -> Spoil:
        assert spoil.__name__ not in STORED
        STORED[spoil.__name__] = Spoilt(spoil, export, found)
        return spoil

    return enter


def log_of(folder: Path) -> LogFolder:
    """The published log of a store or an export."""
    return LogFolder(folder / FOLDER if (folder / FOLDER).exists() else folder)


def write(folder: Path, name: str, data: bytes) -> None:
    """Overwrites a published file."""
    (log_of(folder).path / name).write_bytes(data)


# ── 6 and 7: the database's copy, documents and texts ──────────────────────────────────────────


@attack(("6.1", VOTE))
def a_vote_shown_at_another_position(folder: Path) -> Trust:
    """Whoever reads the columns and not the entries would not find it in its procedure."""
    put(folder, "originator_version", VOTE, 99)
    return NOTHING


@attack(("7.1", ATTACHED))
def a_document_swapped(folder: Path) -> Trust:
    """Another offer under the name of the one that was voted on."""
    [path] = (folder / "documents").glob("*/*")
    path.chmod(0o600)
    path.write_bytes(OFFER.replace("an", "no").encode())
    return NOTHING


@attack(("7.1", ATTACHED), export=True)
def a_document_swapped_in_an_export(export: Path) -> Trust:
    """The same in the copy that an auditor gets."""
    return a_document_swapped(export)


@attack(("7.2", ATTACHED))
def a_document_withheld(folder: Path) -> Trust:
    """Nothing is wrong, but not everything could be looked at."""
    [path] = (folder / "documents").glob("*/*")
    path.unlink()
    return NOTHING


@attack(("7.3", None))
def a_title_put_in_place_of_another(folder: Path) -> Trust:
    """What the minutes show is not what was signed."""
    do(folder, "UPDATE ledger_disclosures SET body = ?", flipped(SECRET.encoded.encode(), 30))
    return NOTHING


@attack(("7.3", None), export=True)
def a_title_put_in_place_of_another_in_an_export(export: Path) -> Trust:
    """The same in the copy that an auditor gets."""
    [path] = (export / "disclosures").glob("*/*")
    path.write_bytes(flipped(path.read_bytes(), 30))
    return NOTHING


@attack(("7.4", LAST + 1))
def an_erased_text_brought_back(folder: Path) -> Trust:
    """The erasure is on record, and the operator puts the text back."""
    stream = str(UUID(bytes=get(folder, "originator_id", CLOSED)))
    with going_on(folder) as town:
        why: dict[str, Any] = {"legal_basis": "gdpr-17-1-a", "authority": CHAIR}
        town.put("redacted", CLERK, stream=stream, digests=[SECRET.digest], **why)
        publish(town.ledger.store)
    key, body = unb64(SECRET.digest.replace("-", "+").replace("_", "/") + "="), SECRET.encoded.encode()
    do(folder, "INSERT INTO ledger_disclosures VALUES (?, ?)", key, body)
    return NOTHING


# ── 8: the published log ───────────────────────────────────────────────────────────────────────


@attack(("8.1", LAST))
def a_checkpoint_over_other_entries(folder: Path) -> Trust:
    """The operator shows visitors the head of another history, signed with the log key."""
    write(folder, CHECKPOINT, sign_checkpoint(Checkpoint(ORIGIN, LAST + 1, EMPTY_ROOT), log_signer(folder)))
    return NOTHING


@attack(("8.1", LAST - 3))
def entries_missing_at_the_end(folder: Path) -> Trust:
    """The database lacks what was published; the signer's memory was set back with it."""
    do(folder, "DELETE FROM ledger_events WHERE notification_id > ?", LAST - 3)
    (folder / SIGNER / "checkpoint").unlink()
    return NOTHING


@attack(("8.2", LAST))
def a_checkpoint_that_ends_in_the_middle(folder: Path) -> Trust:
    """A download that broke off."""
    write(folder, CHECKPOINT, log_of(folder).read(CHECKPOINT)[:-10])
    return NOTHING


@attack(("8.3", LAST))
def a_checkpoint_signed_by_a_stranger(folder: Path) -> Trust:
    """In the log's name, with another key."""
    head = log_of(folder).newest()
    write(folder, CHECKPOINT, sign_checkpoint(head, Ed25519Signer.of(ORIGIN, MALLORY)))
    return NOTHING


@attack(("8.3", CLOSED))
def an_old_checkpoint_with_a_bit_changed(folder: Path) -> Trust:
    """A receipt that is made from it would not verify."""
    name = checkpoint_path(CLOSED + 1)
    write(folder, name, flipped(log_of(folder).read(name), 40))
    return NOTHING


@attack(("8.3", None))
def a_log_under_another_key_than_the_one_that_is_trusted(folder: Path) -> Trust:
    """Everything fits together, and nothing of it is the ledger that the auditor knows."""
    origin = log_of(folder).newest().origin
    return Trust(keys=(Ed25519Signer.of(origin, MALLORY).verification_key,))


@attack(("8.4", LAST))
def another_tenants_checkpoint(folder: Path) -> Trust:
    """Two municipalities in one service, and the web server delivers the wrong one's head."""
    origin, head = "ledger.example.org/village", log_of(folder).newest()
    write(folder, CHECKPOINT, sign_checkpoint(head._replace(origin=origin), log_signer(folder, origin)))
    return NOTHING


@attack(("8.5", LAST))
def a_checkpoint_that_no_witness_has_seen(folder: Path) -> Trust:
    """The operator published without asking, although the policy demands it."""
    (folder / "policy").write_text(f"witness w {WITNESS.verification_key.text}\nquorum w\n")
    return NOTHING


@attack(("8.6", CLOSED))
def another_history_before_an_old_checkpoint(folder: Path) -> Trust:
    """The auditor kept a checkpoint of the history that the operator does not show any more."""
    kept = sign_checkpoint(Checkpoint(ORIGIN, CLOSED + 1, EMPTY_ROOT), log_signer(folder))
    return Trust(since=(Kept("last month's checkpoint", kept),))


@attack(("8.6", SIZES[0] - 1))
def an_old_checkpoint_exchanged(folder: Path) -> Trust:
    """It is signed, but the log does not continue it."""
    note = sign_checkpoint(Checkpoint(ORIGIN, SIZES[0], EMPTY_ROOT), log_signer(folder))
    write(folder, checkpoint_path(SIZES[0]), note)
    return NOTHING


@attack(("8.7", VOTE))
def a_hash_changed_in_a_tile(folder: Path) -> Trust:
    """Whoever proves an entry with it fails."""
    name = f"tile/0/000.p/{LAST + 1}"
    write(folder, name, flipped(log_of(folder).read(name), VOTE * 32))
    return NOTHING


@attack(("8.7", VOTE))
def another_vote_in_a_published_bundle(folder: Path) -> Trust:
    """What strangers read is not what is stored."""
    name, vote = f"tile/entries/000.p/{LAST + 1}", get(folder, "state", VOTE)
    data = log_of(folder).read(name)
    write(folder, name, flipped(data, data.index(vote) + 60))
    return NOTHING


@attack(("8.7", 0))
def a_bundle_withheld(folder: Path) -> Trust:
    """Strangers see the checkpoint and not the entries."""
    (log_of(folder).path / f"tile/entries/000.p/{LAST + 1}").unlink()
    return NOTHING


@attack(("8.9", LAST))
def a_cosignature_made_up(folder: Path) -> Trust:
    """In the name of a witness that the auditor knows."""
    log = log_of(folder)
    note = parse_note(log.read(CHECKPOINT))
    false = NoteSignature(WITNESS.name, WITNESS.verification_key.hash, bytes(72))
    write(folder, CHECKPOINT, format_note(Note(note.text, (*note.signatures, false))))
    policy = f"witness w {WITNESS.verification_key.text}\nquorum none\n"
    return Trust(policy=parse_policy(policy.encode()))


@attack(("8.10", None))
def a_policy_that_nobody_can_read(folder: Path) -> Trust:
    """So that nobody asks which witnesses were to cosign."""
    (folder / "policy").write_text("quorum all of them\n")
    return NOTHING


@attack(("8.10", None), export=True)
def another_key_beside_an_export(export: Path) -> Trust:
    """Whoever trusts it trusts somebody else's checkpoints."""
    (export / "log.vkey").write_text(Ed25519Signer.of(ORIGIN, MALLORY).verification_key.text + "\n")
    return NOTHING


@attack(("8.11", CLOSED))
def an_old_checkpoint_removed(folder: Path) -> Trust:
    """Receipts that rest on it cannot be made again."""
    (log_of(folder).path / checkpoint_path(CLOSED + 1)).unlink()
    return NOTHING


@attack(("8.11", SIZES[0] - 1))
def an_old_checkpoint_kept_under_another_size(folder: Path) -> Trust:
    """A good checkpoint at the wrong place."""
    log = log_of(folder)
    write(folder, checkpoint_path(SIZES[0]), log.read(checkpoint_path(CLOSED + 1)))
    return NOTHING


@attack(("8.13", None))
def a_published_log_removed(folder: Path) -> Trust:
    """The operator takes it away, to publish another history later; the signer's memory is left."""
    shutil.rmtree(folder / FOLDER)
    return NOTHING


@attack(("8.13", None))
def a_published_log_set_back(folder: Path) -> Trust:
    """It is replaced by a copy that was made when fewer entries were published."""
    log = log_of(folder)
    write(folder, CHECKPOINT, log.read(checkpoint_path(CLOSED + 1)))
    (log.path / "checkpoints/sizes").unlink()
    for name in (checkpoint_path(LAST + 1), f"tile/0/000.p/{LAST + 1}", f"tile/entries/000.p/{LAST + 1}"):
        (log.path / name).unlink()
    return NOTHING


@attack(("8.14", None))
def every_checkpoint_removed(folder: Path) -> Trust:
    """Tiles and bundles are left: so it looks as long as witnesses have not cosigned the first checkpoint."""
    log = log_of(folder).path
    (log / CHECKPOINT).unlink()
    shutil.rmtree(log / "checkpoints")
    return NOTHING


@attack(("8.14", None))
def every_trace_of_a_signature_removed(folder: Path) -> Trust:
    """The published log and the signer's memory: whether entries are missing at the end nobody can say."""
    shutil.rmtree(folder / FOLDER)
    shutil.rmtree(folder / SIGNER)
    return NOTHING


@attack(("8.12", None))
def a_signer_that_was_made_to_forget(folder: Path) -> Trust:
    """Its memory was set back: it would sign a second history from there."""
    (folder / SIGNER / "checkpoint").write_bytes(log_of(folder).read(checkpoint_path(CLOSED + 1)))
    return NOTHING


@attack(("8.12", LAST))
def a_signer_that_signed_other_entries(folder: Path) -> Trust:
    """It was asked to sign something that was never published."""
    note = sign_checkpoint(Checkpoint(ORIGIN, LAST + 1, EMPTY_ROOT), log_signer(folder))
    (folder / SIGNER / "checkpoint").write_bytes(note)
    return NOTHING
