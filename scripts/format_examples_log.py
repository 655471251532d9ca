"""The examples of ledger/FORMAT.md on the published form: tree, checkpoint, tiles, receipt, witness."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from ledger.proof.checkpoint import Checkpoint
from ledger.proof.cosignature import ed25519_message, mldsa44_message
from ledger.proof.encoding import b64
from ledger.proof.keys import SigningKey
from ledger.proof.merkle import consistency_proof, inclusion_proof, root_at
from ledger.proof.mldsa import MLDSASigningKey
from ledger.proof.signers import Ed25519Cosigner, Ed25519Signer, MLDSA44Cosigner
from ledger.proof.static_log import static_log
from ledger.proof.tiles import TileNodes
from ledger.proof.tlog_proof import TlogProof
from ledger.proof.witness_request import AddCheckpoint

TIME = 1_769_860_800


def published(origin: str, key: SigningKey, entries: Sequence[bytes]) -> Iterator[tuple[str, str]]:
    """Titles and contents."""
    log = Ed25519Signer.of(origin, key)
    witness = Ed25519Cosigner("witness.example/w1", SigningKey(bytes([5]) * 32), lambda: TIME)
    second = MLDSA44Cosigner(origin, MLDSASigningKey(bytes([6]) * 32), lambda: TIME)
    size, files = len(entries), dict(static_log(origin, entries, log, witness))
    nodes = TileNodes(size, lambda tile: files[tile.path])
    head, note = Checkpoint(origin, size, root_at(size, nodes)), files["checkpoint"]
    yield "vkey of the log", log.verification_key.text
    yield "vkey of the witness", witness.verification_key.text
    yield "key hash of the log's ML-DSA-44 key", second.verification_key.hash.hex()
    yield "`checkpoint`, cosigned", note.decode("utf-8").rstrip("\n")
    yield "what the witness signed", ed25519_message(head.text, TIME).decode("utf-8").rstrip("\n")
    message = mldsa44_message(second.name, head, TIME)
    yield "what the log's ML-DSA-44 key signs, in hexadecimal", message.hex()
    for path, data in files.items():
        if path.startswith("tile/entries"):
            yield f"SHA-256 of `{path}`", hashlib.sha256(data).hexdigest()
        elif path.startswith("tile"):
            yield f"base64 of `{path}`", b64(data)
    proof = tuple(inclusion_proof(size - 1, size, nodes))
    yield "receipt of entry 1", TlogProof(size - 1, proof, note).format().decode("utf-8").rstrip("\n")
    growth = AddCheckpoint(1, tuple(consistency_proof(1, size, nodes)), note).format()
    yield "request to a witness that has seen entry 0", growth.decode("utf-8").rstrip("\n")
    yield (
        "a policy",
        "\n".join(
            (f"log {log.verification_key.text}", f"witness w1 {witness.verification_key.text}", "quorum w1")
        ),
    )
