"""Anchoring: the newest checkpoint gets a time stamp from outside, and the log an entry that names it.

The order, and what a crash leaves:

1. the newest published checkpoint is read, under the log's keys       nothing
2. the authority stamps it; the time stamp is verified                 nothing
3. it is kept beside the published log                                 a time stamp that the next attempt uses
4. an `anchored` statement of the service names it                     the anchor

Nothing is recorded that would not verify, also not where the service's clock and the authority's differ.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from ledger.application import VotingLedger
from ledger.errors import ProofError
from ledger.mapper import read_entry
from ledger.proof.anchor import Anchored, check_times
from ledger.proof.checkpoint import Checkpoint, open_checkpoint
from ledger.proof.dsse import Signing
from ledger.proof.encoding import b64
from ledger.proof.sentences import verification
from ledger.proof.timestamp import TimeStamp, parse_certificates
from ledger.proof.verification_key import parse_verification_key
from ledger.publish.anchors import Authority, keep_certificates, kept_certificates, stamp
from ledger.publish.folder import CHECKPOINT, LogFolder
from ledger.receipt import Receipt


class NewAnchor(NamedTuple):
    """A checkpoint of this size was stamped, and the entry that says so."""

    size: int
    stamp: TimeStamp
    receipt: Receipt


class Anchoring:
    """Anchors one ledger, as its service. For one thread and process at a time."""

    def __init__(self, ledger: VotingLedger, folder: LogFolder, service: str, key: Signing) -> None:
        """`folder` is the published log; `service` and `key` sign what is recorded."""
        self.ledger = ledger
        self._folder = folder
        self._service = service
        self._key = key

    def anchor(self, tsa: Authority, certificates: bytes = b"") -> NewAnchor | None:
        """Anchors the newest checkpoint; None if nothing but anchors was recorded since the last one.

        `certificates` (PEM) are trusted beside those that were kept, and kept if they are the right ones.
        Raises `BadCertificate` without any, `Unreachable` if the authority does not answer, `ProofError` if
        its answer or the published log proves nothing, `NotFound` if nothing is published.
        """
        home = self.ledger.store.home
        pem = _joined(kept_certificates(home, tsa.id), certificates)
        trusted = parse_certificates(pem)
        checkpoint = self._newest()  # 1.
        if not self._is_news(checkpoint, tsa):
            return None
        response, found = stamp(self._folder, checkpoint.size, checkpoint.text, tsa, trusted)  # 2., 3.
        if certificates:
            keep_certificates(home, tsa.id, pem)
        digest = hashlib.sha256(response).hexdigest()
        said = Anchored(-1, self.ledger.clock(), checkpoint.size, b64(checkpoint.root), tsa.id, digest)
        self._check_clocks(said, found)
        wanted = {"size": said.size, "root": said.root, "tsa": said.tsa, "token_sha256": digest}
        receipt = self.ledger.speak("anchored", {"actor": self._service, **wanted}, self._key)  # 4.
        return NewAnchor(checkpoint.size, found, receipt)

    def last(self, tsa: Authority) -> str | None:
        """When the last anchor by this authority was recorded, None if there is none."""
        with self.ledger.current() as state:
            anchors = () if state.register is None else state.register.anchors
            seq = next((one.seq for one in reversed(anchors) if one.tsa == tsa.id), None)
        return None if seq is None else self._at(seq)

    def _newest(self) -> Checkpoint:
        with self.ledger.current() as state:
            keys = [] if state.register is None else [key.vkey for key in state.register.log_keys.all]
        note = self._folder.read(CHECKPOINT)
        return open_checkpoint(note, map(parse_verification_key, keys)).checkpoint

    def _is_news(self, checkpoint: Checkpoint, tsa: Authority) -> bool:
        """Whether the tree holds anything but anchors that the last stamped one does not."""
        with self.ledger.current() as state:
            anchors = () if state.register is None else tuple(state.register.anchors)
        stamped = max((one.size for one in anchors if one.tsa == tsa.id), default=0)
        since = sum(stamped <= one.seq < checkpoint.size for one in anchors)
        return checkpoint.size - stamped > since

    def _check_clocks(self, anchored: Anchored, found: TimeStamp) -> None:
        for failure in check_times(anchored, found, self._at(anchored.size - 1)):
            what = failure.as_sentence()
            raise ProofError(verification.CLOCKS_DIFFER, what=what, check=failure.check)

    def _at(self, seq: int) -> str:
        [row] = self.ledger.entries(seq - 1, 1)
        return read_entry(row.state).place.at


def _joined(kept: bytes, new: bytes) -> bytes:
    """Old certificates stay, because old time stamps are verified with them."""
    if not new or new in kept:
        return kept
    return kept + b"\n" * (bool(kept) and not kept.endswith(b"\n")) + new
