"""Dossiers of ledgers in memory: honest ones in a store, and forged ones by somebody who has the log key.

::

    files = forged(entries, chosen)            # proofs from a signed tree over any entries
    findings(write(files, folder))             # check and entry of every failure, under the true log key
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from ledger.errors import StimmbuchError
from ledger.export.dossier_verify import verify_dossier
from ledger.export.names import CHECKPOINT, KEYS, entry_name, seen_name
from ledger.export.seen import format_proof
from ledger.export.verdict import Verdict
from ledger.export.verifier_needs import format_keys
from ledger.proof.checkpoint import Checkpoint, sign_checkpoint
from ledger.proof.entry import parse_entry
from ledger.proof.merkle import consistency_proof, hash_leaf, inclusion_proof, root_at
from ledger.proof.policy import Trusted
from ledger.proof.signers import Ed25519Signer
from ledger.proof.statement import parse_statement, register_stream, topic
from ledger.proof.static_log import TileWriter
from ledger.proof.tiles import Tile, TileNodes
from ledger.proof.tlog_proof import TlogProof
from ledger.proof.verification_key import VerificationKey, parse_verification_key
from ledger.storage import Row, Store
from tests.support.memory_ledger import ORIGIN, key_of
from tests.support.publishing import ALog

LOG = Ed25519Signer.of(ORIGIN, key_of("log"))
NEXT = Ed25519Signer.of(ORIGIN, key_of("log/2"))
"""The log's first key, which everybody knows, and the one that takes its place in some stories."""

REGISTER = str(register_stream(ORIGIN))

Files = dict[str, bytes]


def stored(store: Store, entries: Iterable[bytes]) -> ALog:
    """Puts the entries of a ledger in memory into a store, as far as they are missing, and publishes them."""
    rows = []
    for seq, data in enumerate(entries):
        entry = parse_entry(data)
        kind = parse_statement(entry.envelope).kind
        rows.append(Row(seq, UUID(entry.stream), entry.pos, topic(kind), data, entry.envelope.digest))
    with store.recorder.batch() as batch:
        batch.append(rows[batch.head + 1 :])
    log = ALog(store, origin=ORIGIN, key=key_of("log"), also=[NEXT])
    log.publisher().publish()
    return log


def streams(entries: Sequence[bytes], *wanted: str) -> list[int]:
    """Numbers of the entries in these streams."""
    return [seq for seq, data in enumerate(entries) if parse_entry(data).stream in wanted]


def forged(entries: Sequence[bytes], chosen: Iterable[int], *signers: Ed25519Signer) -> Files:
    """A dossier of the chosen entries, with true proofs from a signed tree over whatever `entries` are."""
    writer = TileWriter()
    files = dict(writer.extend(entries)) | dict(writer.edge())
    keys = keys_in(entries)
    signers = signers or ((LOG, NEXT) if NEXT.verification_key in keys else (LOG,))
    head = Checkpoint(signers[0].name, writer.size, writer.root())
    note = sign_checkpoint(head, *signers)
    nodes = TileNodes(writer.size, lambda tile: files[Tile(tile.level, tile.index, tile.width).path])
    made = {CHECKPOINT: note} | ({KEYS: format_keys(keys)} if keys else {})
    chosen = list(chosen)
    made |= seen_in(entries, chosen, nodes)
    for seq in chosen:
        proof = tuple(inclusion_proof(seq, writer.size, nodes))
        assert nodes(0, seq) == hash_leaf(entries[seq])
        made[entry_name(seq)] = TlogProof(seq, proof, note, entries[seq] or None).format()
    return made


def seen_in(entries: Sequence[bytes], chosen: Iterable[int], nodes: TileNodes) -> Files:
    """The proofs of the trees that the signers of the chosen entries had seen, as far as there are such."""
    sizes = set()
    for seq in chosen:
        with suppress(StimmbuchError):
            seen = parse_statement(parse_entry(entries[seq]).envelope).payload["seen"]
            sizes |= {seen["size"]} if seen and seen["size"] <= seq else set()
    return {
        seen_name(size): format_proof(root_at(size, nodes), consistency_proof(size, nodes.size, nodes))
        for size in sizes
    }


def keys_in(entries: Sequence[bytes]) -> list[VerificationKey]:
    """The log keys that entries name, as far as they can be read."""
    found = []
    for data in entries:
        with suppress(StimmbuchError):
            payload = parse_statement(parse_entry(data).envelope).payload
            found += [*payload.get("log_keys", ()), *([payload["new"]] if "new" in payload else [])]
    return [parse_verification_key(text) for text in found]


def write(files: Mapping[str, bytes], folder: Path) -> Path:
    """The dossier as a directory."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def zipped(files: Iterable[tuple[str, bytes]], path: Path) -> Path:
    """The dossier as a ZIP file; names may be anything, and occur more than once."""
    with zipfile.ZipFile(path, "w") as file:
        for name, data in files:
            file.writestr(zipfile.ZipInfo(name), data)
    return path


def judged(path: Path, trusted: Trusted = (LOG.verification_key,)) -> Verdict:
    """The verdict of somebody who knows the log's key."""
    return verify_dossier(path, trusted)


def findings(path: Path, trusted: Trusted = (LOG.verification_key,)) -> list[tuple[str, int | None]]:
    """Check and entry of every failure."""
    return [(failure.check, failure.seq) for failure in judged(path, trusted).failures]
