"""The findings of what was verified without the rest of its log: a dossier, a receipt."""

from __future__ import annotations

import hashlib
from collections import Counter
from contextlib import suppress

from ledger.audit.findings import Findings
from ledger.audit.key_lives import key_lives
from ledger.audit.receipt import LIMITS, Proven
from ledger.audit.report import Published
from ledger.audit.sentences import limits
from ledger.audit.trust import Basis
from ledger.errors import ProofError
from ledger.export.looked import Looked
from ledger.export.verdict import Verdict
from ledger.proof.checks import Failure, conclude
from ledger.proof.note import parse_note
from ledger.proof.tlog_proof import parse_tlog_proof
from ledger.proof.tree_head import parse_checkpoint
from ledger.sentence import Sentence

_DOSSIER_AGAIN = limits.GET_THE_DOSSIER, limits.VERIFY_DOSSIER, limits.OTHERS_READ_PROOFS
_RECEIPT_AGAIN = limits.GET_THE_RECEIPT, limits.VERIFY_RECEIPT, limits.OTHERS_READ_RECEIPT


def of_dossier(verdict: Verdict, basis: Basis, sha256: str | None = None) -> Findings:
    """Of a dossier; `sha256` is that of the file, if it is one."""
    looked = verdict.looked
    return Findings(
        kind="dossier",
        origin=verdict.origin,
        conclusion=verdict.conclusion,
        basis=basis,
        entries={"in_all": verdict.size, "looked_at": verdict.entries, "first": 0, "unpublished": 0},
        head=looked.head,
        published=published(looked),
        made=looked.made,
        failures=verdict.failures,
        counts=Counter(failure.check for failure in verdict.failures),
        not_shown=verdict.cannot_show or [limits.NO_ONE_PROCEDURE],
        again=_DOSSIER_AGAIN,
        by_kind=looked.by_kind,
        beside={"documents": verdict.documents, "disclosures": verdict.disclosures},
        keys=[] if looked.rules is None else list(key_lives(looked.rules)),
        shown={
            "procedure": verdict.procedure,
            "state": verdict.state,
            "tally": verdict.tally,
            "outcome": verdict.outcome,
            "genesis": verdict.genesis,
            "stamps": verdict.stamps,
            "unjudged": verdict.unjudged,
        },
        sha256=sha256,
    )


def of_receipt(data: bytes, found: Proven | ProofError, looked: Looked, basis: Basis) -> Findings:
    """Of a receipt: what it proves, or the check that it fails."""
    proven = None if isinstance(found, ProofError) else found
    failures = [Failure.of(found.check, None, found)] if isinstance(found, ProofError) else []
    return Findings(
        kind="receipt",
        origin=_origin(data),
        conclusion=conclude([failure.check for failure in failures]),
        basis=basis,
        entries={
            "in_all": proven.size if proven else 0,
            "looked_at": 1,
            "first": proven.seq if proven else 0,
            "unpublished": 0,
        },
        head=looked.head,
        published=published(looked),
        made=looked.made,
        failures=failures,
        counts=Counter(failure.check for failure in failures),
        not_shown=[Sentence(*(f"{said[:1].upper()}{said[1:]}" for said in limit)) for limit in LIMITS],
        again=_RECEIPT_AGAIN,
        by_kind=looked.by_kind,
        shown=None if proven is None else proven.shown(),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def published(looked: Looked) -> Published | None:
    """The checkpoint, if it holds."""
    return None if looked.opened is None else Published.of(looked.opened, looked.note)


def _origin(data: bytes) -> str:
    """The log that a receipt names, whatever that is worth."""
    with suppress(ProofError):
        return parse_checkpoint(parse_note(parse_tlog_proof(data).checkpoint_note).text).origin
    return ""
