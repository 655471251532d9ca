"""What the signers in a dossier had seen: proofs that its tree begins with the trees that they name (3.4).

A file for each size, `seen/<size>`: the root of the tree of so many entries, then the consistency proof from
it to the dossier's checkpoint (RFC 6962 §2.1.2), a hash in base64 a line.
"""

from __future__ import annotations

from collections.abc import Iterable

from ledger.errors import ProofError
from ledger.export import sentences
from ledger.export.names import seen_name, seen_of
from ledger.export.reading import Files, read
from ledger.export.sentences import dossiers
from ledger.export.verdict import Verdict
from ledger.proof.encoding import b64
from ledger.proof.lines import read_hashes, read_text
from ledger.proof.merkle import consistency_proof, verify_consistency
from ledger.proof.seen import Seen, check_seen, proven_root
from ledger.proof.tlog_proof import MAX_HASHES
from ledger.proof.tree_hash import NodeReader
from ledger.proof.tree_head import Checkpoint
from ledger.sentence import PATH_AND_REASON

MAX_FILE = (1 + MAX_HASHES) * 45
"""Bytes: hashes of 32 bytes in base64, with their line ends."""


def seen_files(seen: Iterable[Seen], head: Checkpoint, nodes: NodeReader) -> dict[str, bytes]:
    """The proofs for what these signers had seen. `nodes` are those of the published tree.

    Raises `ProofError` if one of them had seen another log, or if a tile is false.
    """
    proofs: dict[str, bytes] = {}
    roots: dict[int, bytes] = {}
    for size in sorted({one.size for one in seen if one.size <= one.seq}):
        roots[size] = proven_root(size, head.size, head.root, nodes)
        proofs[seen_name(size)] = format_proof(roots[size], consistency_proof(size, head.size, nodes))
    for failure in check_seen(seen, roots.get):
        raise ProofError(sentences.DOES_NOT_VERIFY, check=failure.check, what=failure.as_sentence())
    return proofs


def format_proof(root: bytes, proof: Iterable[bytes]) -> bytes:
    """The bytes of such a file."""
    return "".join(f"{b64(one)}\n" for one in (root, *proof)).encode("ascii")


def parse_proof(data: bytes) -> tuple[bytes, tuple[bytes, ...]]:
    """The root and the proof in such a file; nothing is verified. Raises `ProofError` (8.6)."""
    *lines, rest = read_text(data, dossiers.A_SEEN_PROOF, limit=MAX_FILE, check="8.6").split("\n")
    if rest or not lines:
        raise ProofError(dossiers.ROOT_AND_PROOF, check="8.6")
    root, *proof = read_hashes(lines, dossiers.A_SEEN_PROOF, limit=1 + MAX_HASHES, check="8.6")
    return root, tuple(proof)


def check_files(
    files: Files, names: Iterable[str], seen: Iterable[Seen], head: Checkpoint | None, verdict: Verdict
) -> None:
    """(3.4, 8.6, 8.15) Each proof against the checkpoint, and what signers had seen against the proofs."""
    if head is None:
        return  # said already: nothing leads anywhere then
    roots: dict[int, bytes | None] = {}
    for name in names:
        if (size := seen_of(name)) is not None:
            verdict.look("8.6")
            roots[size] = _root(files, name, size, head, verdict)
    for one in seen:
        if roots.get(one.size, b"") is None:
            continue  # said already, of the proof
        found = list(check_seen([one], roots.get))
        verdict.look("8.15", *(() if any(failure.check == "8.15" for failure in found) else ("3.4",)))
        verdict.failures += found


def _root(files: Files, name: str, size: int, head: Checkpoint, verdict: Verdict) -> bytes | None:
    """The root that such a file proves; None if it proves nothing."""
    try:
        root, proof = parse_proof(read(files, name, MAX_FILE))
        verify_consistency(size, head.size, proof, root, head.root)
    except ProofError as error:
        verdict.fail(error.check, PATH_AND_REASON, path=name, reason=error)
        return None
    return root
