"""What lies in a dossier beside its entries: documents, texts, keys, policy."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from ledger.errors import Invalid, ProofError
from ledger.export.dossier_streams import Named
from ledger.export.names import CHECKPOINT, DISCLOSURES, DOCUMENTS, KEYS, POLICY, digest_of
from ledger.export.reading import Files, read, sha256_of
from ledger.export.sentences import dossiers
from ledger.export.verdict import Verdict
from ledger.export.verifier_needs import MAX_KEYS, keys_at, parse_keys, signing_keys_at
from ledger.proof.disclosure import MAX_DISCLOSURE, read_disclosure
from ledger.proof.note import MAX_NOTE, VerificationKey
from ledger.proof.policy import MAX_POLICY, parse_policy
from ledger.proof.sentences import verification

_OF_THE_CHECKPOINT = frozenset({"8.2", "8.3", "8.4", "8.9"})


def check_documents(files: Files, names: list[str], named: Named, verdict: Verdict) -> None:
    """(7.1, 7.2, 7.4, 10.4) Documents against digests, digests against documents."""
    kept = {sha256: name for name in names if (sha256 := digest_of(name, DOCUMENTS))}
    verdict.looked.made["7.4"] += sum(sha256 in named.erased for sha256 in named.documents)
    for sha256, name in kept.items():
        verdict.look("10.4")
        if sha256 not in named.documents:
            verdict.fail("10.4", dossiers.NO_ENTRY_NAMES_DOCUMENT, sha256=sha256)
            continue
        if sha256 in named.erased:
            at = named.erased[sha256]
            verdict.fail("7.4", verification.DOCUMENT_STILL_THERE, at, sha256=sha256)
        size, seq = named.documents[sha256]
        verdict.documents += 1
        verdict.look("7.1")
        with verdict.blaming(seq):
            if (found := sha256_of(files, name, size)) != sha256:
                verdict.fail("7.1", verification.DOCUMENT_CHANGED, seq, sha256, found)
    for sha256, (_, seq) in named.documents.items():
        if sha256 in named.erased:
            continue
        verdict.look("7.2")
        if sha256 not in kept:
            verdict.fail("7.2", dossiers.NOT_IN_DOSSIER, seq, sha256=sha256)


def check_disclosures(files: Files, names: list[str], named: Named, verdict: Verdict) -> None:
    """(7.3, 7.4, 10.4) Texts against digests. A text that is missing is undisclosed, which is no failure."""
    verdict.looked.made["7.4"] += sum(digest in named.erased for digest in named.disclosures)
    for name in names:
        digest = digest_of(name, DISCLOSURES)
        if digest is None:
            continue
        verdict.look("10.4")
        if digest not in named.disclosures:
            verdict.fail("10.4", dossiers.NO_ENTRY_NAMES_TEXT, digest=digest)
            continue
        if digest in named.erased:
            verdict.fail("7.4", verification.TEXT_STILL_THERE, named.erased[digest], digest=digest)
        verdict.disclosures += 1
        verdict.look("7.3")
        with verdict.blaming():
            _check_disclosure(read(files, name, MAX_DISCLOSURE), digest)


def _check_disclosure(body: bytes, digest: str) -> None:
    found = hashlib.sha256(body).hexdigest()
    if found != digest:
        raise ProofError(dossiers.TEXT_CHANGED, digest=digest, found=found, check="7.3")
    try:
        read_disclosure(body.decode("ascii"))
    except (Invalid, UnicodeDecodeError) as error:
        raise ProofError(dossiers.TEXT_NOT_READ, digest=digest, error=error, check="7.3") from None


def check_needs(files: Files, names: list[str], named: Named, verdict: Verdict) -> None:
    """(8.3, 8.10, 10.5) The log's keys as the entries name them; what lies beside must not lie."""
    with verdict.blaming():
        if KEYS in names:
            verdict.look("8.10")
            _check_keys(parse_keys(read(files, KEYS, MAX_KEYS)), named, verdict)
    with verdict.blaming():
        if POLICY in names:
            verdict.look("8.10")
            parse_policy(read(files, POLICY, MAX_POLICY))
    refused = any(failure.seq is None and failure.check in _OF_THE_CHECKPOINT for failure in verdict.failures)
    if named.log_keys is not None and verdict.size and not refused:
        for key in signing_keys_at(named.log_keys, verdict.size):
            with verdict.blaming():
                verdict.looked.open(read(files, CHECKPOINT, MAX_NOTE), [key])


def _check_keys(found: Sequence[VerificationKey], named: Named, verdict: Verdict) -> None:
    if verdict.size:  # else nobody knows how far the entries go
        verdict.look("10.5")
        keys = () if named.log_keys is None else keys_at(named.log_keys, verdict.size)
        if set(found) != set(keys):
            values = (" ".join(sorted(key.text for key in some)) for some in (keys, found))
            verdict.fail("10.5", dossiers.OTHER_KEYS, None, *values, file=KEYS)
