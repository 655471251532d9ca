"""What lies in a dossier beside its entries: documents, texts, keys, policy."""

from __future__ import annotations

import hashlib

from ledger.errors import Invalid, ProofError
from ledger.export.dossier_streams import Named
from ledger.export.names import DISCLOSURES, DOCUMENTS, KEYS, POLICY, digest_of
from ledger.export.reading import Files, read, sha256_of
from ledger.export.verdict import Verdict
from ledger.export.verifier_needs import MAX_KEYS, parse_keys
from ledger.proof.disclosure import MAX_DISCLOSURE, read_disclosure
from ledger.proof.policy import MAX_POLICY, parse_policy


def check_documents(files: Files, names: list[str], named: Named, verdict: Verdict) -> None:
    """(7.1, 7.2, 10.4) Documents against digests, digests against documents."""
    kept = {sha256: name for name in names if (sha256 := digest_of(name, DOCUMENTS))}
    for sha256, name in kept.items():
        if sha256 not in named.documents:
            verdict.fail("10.4", f"no entry names the document {sha256}")
            continue
        size, seq = named.documents[sha256]
        verdict.documents += 1
        with verdict.blaming(seq):
            if (found := sha256_of(files, name, size)) != sha256:
                verdict.fail("7.1", "the document was changed", seq, sha256, found)
    for sha256, (_, seq) in named.documents.items():
        if sha256 not in kept:
            verdict.fail("7.2", f"the document {sha256} is not in this dossier", seq)


def check_disclosures(files: Files, names: list[str], named: Named, verdict: Verdict) -> None:
    """(7.3, 10.4) Texts against digests. A text that is missing is undisclosed, which is no failure."""
    for name in names:
        digest = digest_of(name, DISCLOSURES)
        if digest is None:
            continue
        if digest not in named.disclosures:
            verdict.fail("10.4", f"no entry names the text {digest}")
            continue
        verdict.disclosures += 1
        with verdict.blaming():
            _check_disclosure(read(files, name, MAX_DISCLOSURE), digest)


def _check_disclosure(body: bytes, digest: str) -> None:
    found = hashlib.sha256(body).hexdigest()
    if found != digest:
        raise ProofError(f"the text {digest} was changed (it has {found})", check="7.3")
    try:
        read_disclosure(body.decode("ascii"))
    except (Invalid, UnicodeDecodeError) as error:
        raise ProofError(f"the text {digest} cannot be read: {error}", check="7.3") from None


def check_needs(files: Files, names: list[str], named: Named, verdict: Verdict) -> None:
    """(8.10, 10.5) Keys and policy beside: nobody has to trust them, but they must not lie."""
    with verdict.blaming():
        if KEYS in names:
            found = {key.text for key in parse_keys(read(files, KEYS, MAX_KEYS))}
            if found != set(named.log_keys):
                values = " ".join(sorted(named.log_keys)), " ".join(sorted(found))
                verdict.fail("10.5", f"{KEYS} holds other keys", None, *values)
    with verdict.blaming():
        if POLICY in names:
            parse_policy(read(files, POLICY, MAX_POLICY))
