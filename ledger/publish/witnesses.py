"""The witnesses of a log: a checkpoint is published when as many have cosigned it as the policy demands.

All are asked at the same time, each in a thread of its own, and nobody waits for more than the quorum: a slow
witness gets the newest checkpoint as soon as it has answered the one before. A witness that fails is left
alone for a moment.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ledger.errors import BadPolicy, PolicyUnmet, ProofError
from ledger.proof.checkpoint import Checkpoint, open_checkpoint
from ledger.proof.merkle import NodeReader
from ledger.proof.note import NoteSignature, VerificationKey, format_note, open_note, parse_note
from ledger.proof.policy import Policy
from ledger.proof.quorum import Witness, show
from ledger.publish import sentences
from ledger.publish import witness_sentences as words
from ledger.publish.asking import Asker, Round, signed_in
from ledger.publish.witness_client import TIMEOUT, Growth, Reply, WitnessClient
from ledger.sentence import LANGUAGES, Sentence, literally

REST = 0.5
"""Seconds for which a witness that failed is not asked again."""

NOT_YET = Reply(reason=words.NOT_YET)

log = logging.getLogger(__name__)


class Asked(NamedTuple):
    """A witness and what it replied."""

    witness: WitnessClient
    reply: Reply

    def why(self, language: str) -> str:
        """Why it has not cosigned; "" where it has."""
        return "" if self.reply.reason is None else self.reply.reason.say(language, {})


class Survey(NamedTuple):
    """What all witnesses replied to the checkpoint of this size, and whether the policy is met so."""

    size: int
    asked: list[Asked]
    met: bool

    @property
    def contradicted(self) -> bool:
        """Whether somebody has seen another history of the log."""
        return any(one.reply.contradicts for one in self.asked)


class Witnesses:
    """Those of a policy that have an address. For one thread at a time."""

    def __init__(self, policy: Policy, *, timeout: float = TIMEOUT, rest: float = REST) -> None:
        """Asks nobody yet. Raises `BadShape` for an address that is none."""
        self._policy = policy
        self._timeout = timeout
        clients = [WitnessClient(url, at, timeout=timeout) for url, at in _by_url(policy.witnesses).items()]
        self._askers = [Asker(client, rest) for client in clients]
        self._said: dict[str, Sentence | None] = {}

    def cosign(self, note: bytes, checkpoint: Checkpoint, nodes: NodeReader) -> bytes:
        """The note with the cosignatures that the policy demands, in the policy's order.

        Raises `PolicyUnmet` with the missing ones, and `BadPolicy` if the policy lists other keys of the log.
        """
        self._require_listed(note, checkpoint)
        replies = self._ask(Growth(note, checkpoint, nodes))
        self._report(replies)
        signed = signed_in(replies)
        if not self._met(signed):
            raise self._unmet(replies)
        return _with(note, [signed[one.key] for one in self._policy.witnesses if one.key in signed])

    def survey(self, note: bytes, checkpoint: Checkpoint, nodes: NodeReader) -> Survey:
        """What every witness replies to this checkpoint; waits for all of them. Raises `BadPolicy`."""
        self._require_listed(note, checkpoint)
        replies = self._ask(Growth(note, checkpoint, nodes), all_of_them=True)
        asked = [Asked(one.client, replies.get(one.client, NOT_YET)) for one in self._askers]
        return Survey(checkpoint.size, asked, self._met(signed_in(replies)))

    def suffices(self, kept: bytes, note: bytes) -> bool:
        """Whether `kept` is the note as it was cosigned before, with enough cosignatures."""
        try:
            ours, theirs = parse_note(note), parse_note(kept)
            if ours.text != theirs.text or not set(ours.signatures) <= set(theirs.signatures):
                return False
            self._policy.quorum.check(one.key for one in open_note(kept, self._policy.keys).verified)
        except ProofError:
            return False
        return True

    def close(self) -> None:
        """Asks nobody any more."""
        for asker in self._askers:
            asker.close()

    def _require_listed(self, note: bytes, checkpoint: Checkpoint) -> None:
        """Nobody could verify what is signed by none of the keys that the policy lists: after a rotation."""
        listed = [log.key for log in self._policy.logs]
        try:
            if listed:
                open_checkpoint(note, listed)
        except ProofError:
            first, *_ = parse_note(note).signatures  # the log's own, Ed25519
            key = f"{first.name}+{first.hash.hex()}"
            raise BadPolicy(sentences.KEY_NOT_LISTED, origin=checkpoint.origin, key=key) from None

    def _ask(self, growth: Growth, *, all_of_them: bool = False) -> Mapping[WitnessClient, Reply]:
        """The replies that were there when the quorum was met, when all had replied, or when it was time."""
        asked = Round(growth)
        for asker in self._askers:
            asker.give(asked)
        met = (lambda signed: False) if all_of_them else self._met
        return asked.wait(len(self._askers), met, self._timeout)

    def _met(self, signed_by: Iterable[VerificationKey]) -> bool:
        try:
            self._policy.quorum.check(signed_by)
        except ProofError:
            return False
        return True

    def _unmet(self, replies: Mapping[WitnessClient, Reply]) -> PolicyUnmet:
        every = [Asked(one.client, replies.get(one.client, NOT_YET)) for one in self._askers]
        missing = [one for one in every if not one.reply.signatures]
        reasons = (
            "; ".join(f"{one.witness.name} ({one.witness.url}): {one.why(language)}" for one in missing)
            for language in LANGUAGES
        )
        return PolicyUnmet(
            sentences.QUORUM_UNMET,
            quorum=show(self._policy.quorum.name),
            reasons=Sentence(*map(literally, reasons)),
            missing={one.witness.name: one.why("en") for one in missing},
        )

    def _report(self, replies: Mapping[WitnessClient, Reply]) -> None:
        """Tells the log of a witness that fails, when it begins to."""
        for client, reply in replies.items():
            if reply.reason and self._said.get(client.url) != reply.reason:
                level = logging.ERROR if reply.contradicts else logging.WARNING
                log.log(level, "witness %s (%s): %s", client.name, client.url, reply.reason.say("en", {}))
            self._said[client.url] = reply.reason


def _by_url(witnesses: Iterable[Witness]) -> dict[str, list[Witness]]:
    """Keys at one address are asked together: asked one after the other, the second is a conflict."""
    found: dict[str, list[Witness]] = {}
    for witness in witnesses:
        if witness.url is not None:
            found.setdefault(witness.url.rstrip("/"), []).append(witness)
    return found


def _with(note: bytes, cosignatures: Iterable[NoteSignature]) -> bytes:
    parsed = parse_note(note)
    return format_note(parsed._replace(signatures=(*parsed.signatures, *cosignatures)))
