"""One witness, as a log sees it: what it is sent, and what its answers mean (C2SP tlog-witness).

A witness keeps the last checkpoint of this log that it cosigned, and cosigns the next one if that continues
it. We remember its size and prove consistency from there; where we are wrong it says so (409), and is asked
again. It may have several keys, which are several witnesses for a policy but one for this protocol.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import NamedTuple

from ledger.errors import ProofError, StimmbuchError
from ledger.proof.checkpoint import Checkpoint
from ledger.proof.merkle import NodeReader, consistency_proof
from ledger.proof.note import VerifiedSignature
from ledger.proof.quorum import Witness
from ledger.proof.witness_request import AddCheckpoint, parse_conflict, read_cosignatures
from ledger.publish import witness_sentences as words
from ledger.publish.endpoint import Answer, Endpoint
from ledger.sentence import Sentence, filled

TIMEOUT = 5.0
"""Seconds for a witness to cosign: public ones answer within one."""

LARGEST_ANSWER = 256 * 1024
"""Bytes: cosignatures of some dozens of keys, of the largest kind."""

ATTEMPTS = 3
"""Requests for one checkpoint: what we remember was wrong, and somebody else was faster."""

_REFUSALS = {400: words.MALFORMED, 403: words.KEY_UNKNOWN, 404: words.LOG_UNKNOWN, 429: words.TOO_OFTEN}


class Growth:
    """A checkpoint to be cosigned, and proofs that it continues older ones. For several threads."""

    def __init__(self, note: bytes, checkpoint: Checkpoint, nodes: NodeReader) -> None:
        self.note = note
        self.checkpoint = checkpoint
        self._nodes = nodes
        self._turn = threading.Lock()
        self._proofs: dict[int, tuple[bytes, ...]] = {}

    def request(self, old: int) -> bytes:
        """The body of add-checkpoint for a witness that has the checkpoint of size `old`."""
        with self._turn:  # most witnesses have the same
            if old not in self._proofs:
                self._proofs[old] = tuple(consistency_proof(old, self.checkpoint.size, self._nodes))
            return AddCheckpoint(old, self._proofs[old], self.note).format()


class Reply(NamedTuple):
    """What a witness answered: its verified cosignatures, or why there are none."""

    signatures: tuple[VerifiedSignature, ...] = ()
    reason: Sentence | None = None
    """Its words stand as they are, whatever braces are in them: for `say`."""
    contradicts: bool = False
    """Whether it has seen another history of this log than the one that we publish."""


class WitnessClient:
    """A witness at its address. For one thread at a time; `cut` may be called by any."""

    def __init__(self, url: str, witnesses: Sequence[Witness], *, timeout: float = TIMEOUT) -> None:
        """`witnesses`: those of the policy at this address, one for each key. Raises `BadShape`."""
        self.url = url
        self.witnesses = tuple(witnesses)
        self.size = 0
        """Of the last checkpoint that it cosigned, as far as we know."""
        self._endpoint = Endpoint(f"{url.rstrip('/')}/add-checkpoint", limit=LARGEST_ANSWER)
        self._timeout = timeout

    @property
    def name(self) -> str:
        """What the policy calls it."""
        return " and ".join(witness.name for witness in self.witnesses)

    def ask(self, growth: Growth) -> Reply:
        """Asks it to cosign. Raises nothing of ours: what goes wrong is its reply."""
        until = time.monotonic() + self._timeout
        try:
            for _ in range(ATTEMPTS):
                reply = self._ask_once(growth, until)
                if reply is not None:
                    return reply
        except StimmbuchError as error:  # it cannot be reached, or what it sent is no cosignature
            return Reply(reason=words.why(error))
        return Reply(reason=words.OTHER_SIZES)

    def cut(self) -> None:
        """Ends a request that is under way in another thread."""
        self._endpoint.cut()

    def close(self) -> None:
        """Ends the connection."""
        self._endpoint.close()

    def _ask_once(self, growth: Growth, until: float) -> Reply | None:
        """Its reply; None if it has another size than we thought, which we know then."""
        size = growth.checkpoint.size
        old = min(self.size, size)
        left = max(0.001, until - time.monotonic())
        answer = self._endpoint.post(growth.request(old), "text/plain; charset=utf-8", timeout=left)
        if answer.status == 200:
            keys = [witness.key for witness in self.witnesses]
            cosigned = read_cosignatures(answer.body, growth.note, keys)
            self.size = size
            return Reply(cosigned)
        if answer.status == 409:
            return self._correct(answer, old, size)
        if answer.status == 422:
            return Reply(reason=filled(words.NO_CONTINUATION, size=size, old=old), contradicts=True)
        other = filled(words.OTHER_STATUS, status=answer.status)
        return Reply(reason=_REFUSALS.get(answer.status, other))

    def _correct(self, answer: Answer, old: int, size: int) -> Reply | None:
        """(409) It has another size than we said; or the same size, and another root."""
        try:
            has = parse_conflict(answer.body)
        except ProofError:
            has = old
        if has > size:
            return Reply(reason=filled(words.MORE_THAN_SIGNED, has=has, size=size), contradicts=True)
        if has == old == size:
            return Reply(reason=filled(words.OTHER_TREE, size=size), contradicts=True)
        self.size = has
        return None
