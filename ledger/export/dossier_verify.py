"""Verifying a dossier: what it holds is proven, each failure named, and what it cannot show is said.

1. only files of the layout are looked at                                                       (10.1)
2. the checkpoint, under keys or a policy that the verifier trusts                        (8.2 to 8.5)
3. each entry: its proof leads to the root of that checkpoint                              (8.8, 10.2)
4. each entry: form, links, time, statement, signatures under the keys live there, rules, seal (1 to 5)
5. one procedure and the register, each from its first entry                          (10.3, 2.4, 2.5)
6. what signers had seen is the beginning of the same tree                            (3.4, 8.6, 8.15)
7. documents and texts against the digests in the entries                                    (7, 10.4)
8. the keys and the policy that lie beside                                                (8.10, 10.5)
9. time stamps over the checkpoint                                            (9.3 to 9.6, 9.8)

Memory grows with the statements and streams as in `ledger.proof.verify`; entries are read one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ledger.errors import ProofError
from ledger.export import reading
from ledger.export.dossier_anchors import Authorities, check_anchors, nobody
from ledger.export.dossier_beside import check_disclosures, check_documents, check_needs
from ledger.export.dossier_streams import Named, Streams
from ledger.export.names import CHECKPOINT, entry_of, is_dossier_name
from ledger.export.proven import Proofs
from ledger.export.reading import Files
from ledger.export.seen import check_files
from ledger.export.sentences import dossiers
from ledger.export.verdict import Verdict
from ledger.proof.checkpoint import Checkpoint, parse_checkpoint
from ledger.proof.encoding import b64
from ledger.proof.entry import parse_entry
from ledger.proof.note import MAX_NOTE, VerificationKey, parse_note
from ledger.proof.policy import Policy, Trusted
from ledger.proof.tlog_proof import MAX_PROOF


def verify_dossier(
    path: Path,
    trusted: Trusted,
    *,
    log_keys: Iterable[VerificationKey] = (),
    authorities: Authorities = nobody,
) -> Verdict:
    """Everything that can be said of the dossier at `path`, a directory or a ZIP file, offline.

    `log_keys` are for a policy that lists no log; `authorities` are those of time stamps.
    All failures are collected. Raises `NotFound` if there is nothing at `path`, `ProofError` (10.1) if it is
    a file, and no readable ZIP.
    """
    verdict = Verdict()
    trusted, known = trusted if isinstance(trusted, Policy) else tuple(trusted), tuple(log_keys)
    with reading.opened(path) as files:
        names = _layout(files, verdict)
        head = _head(files, names, trusted, known, verdict)
        named = _entries(files, names, Proofs(head, (*_keys(trusted), *known), verdict), verdict)
        check_files(files, names, named.seen, head, verdict)
        check_documents(files, names, named, verdict)
        check_disclosures(files, names, named, verdict)
        check_needs(files, names, named, verdict)
        if head is not None:
            check_anchors(files, names, head, authorities, named.last, verdict)
    verdict.failures.sort(key=lambda failure: (failure.seq is None, failure.seq or 0))
    return verdict


def _keys(trusted: Trusted) -> tuple[VerificationKey, ...]:
    return trusted.keys if isinstance(trusted, Policy) else tuple(trusted)


def _layout(files: Files, verdict: Verdict) -> list[str]:
    """(10.1) The names that are looked at: those of the layout."""
    known: list[str] = []
    for name, times in Counter(files.names()).items():
        verdict.look("10.1")
        if times > 1:
            verdict.fail("10.1", dossiers.FILE_MORE_THAN_ONCE, name=name[:200], times=times)
        elif not is_dossier_name(name):
            verdict.fail("10.1", dossiers.NO_PLACE, name=name[:200])
        else:
            known.append(name)
    return known


def _head(
    files: Files, names: list[str], trusted: Trusted, known: Iterable[VerificationKey], verdict: Verdict
) -> Checkpoint | None:
    """(8.2 to 8.5) The checkpoint. One that nobody trusted signed is reported, and read all the same."""
    head, looked = None, verdict.looked
    with verdict.blaming():
        if CHECKPOINT not in names:
            verdict.look("8.2")
            raise ProofError(dossiers.NO_CHECKPOINT, check="8.2")
        data = reading.read(files, CHECKPOINT, MAX_NOTE)
        with suppress(ProofError):  # said below
            head = parse_checkpoint(parse_note(data).text)
            verdict.origin, verdict.size, verdict.root = head.origin, head.size, b64(head.root)
        looked.opened, looked.note = looked.open(data, trusted, known), data
    return head


def _entries(files: Files, names: list[str], proofs: Proofs, verdict: Verdict) -> Named:
    """(8.8, 1 to 5, 10.2, 10.3) Every entry, one by one."""
    streams: Streams | None = None
    for seq, name in sorted((seq, name) for name in names if (seq := entry_of(name)) is not None):
        data = None
        with verdict.blaming(seq):
            data = proofs.entry(seq, reading.read(files, name, MAX_PROOF))
        if data is not None:
            streams = streams or Streams(verdict.origin or _origin(data), verdict)
            streams.add(seq, data)
    verdict.look("10.3")
    if streams is None:
        verdict.fail("10.3", dossiers.NO_ENTRY)
        return Named()
    streams.finish()
    return streams.named


def _origin(data: bytes) -> str:
    """The ledger that an entry names: the only one to ask where there is no checkpoint."""
    try:
        return parse_entry(data).log
    except ProofError:
        return ""
