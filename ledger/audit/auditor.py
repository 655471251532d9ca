"""One audit from its beginning to its end: entries, tree, published log, what lies beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace

from ledger.audit import sentences
from ledger.audit.around import check_memory, check_named_keys, check_pinned, check_published
from ledger.audit.bundles import Published as Compared
from ledger.audit.expected import expected_heads
from ledger.audit.failures import Failures
from ledger.audit.heads import Heads, LogKeys, in_order
from ledger.audit.kept import KeptState, Verified
from ledger.audit.key_lives import key_lives
from ledger.audit.made import anchors_made, checks_made, seen_made
from ledger.audit.partials import check_partials
from ledger.audit.published import TreeCheck
from ledger.audit.report import Audit, Published
from ledger.audit.resume import Beginning, Snapshot, from_kept, from_nothing, require_origin
from ledger.audit.seen import SeenCheck, roots_before
from ledger.audit.since import check_consistency
from ledger.audit.target import Target, origin_of, size_of
from ledger.audit.trust import NOTHING, Kept, Trust, basis_of
from ledger.audit.walk import Progress, Walk, pages_of
from ledger.errors import ProofError
from ledger.proof.checks import Failure
from ledger.proof.policy import Policy, parse_policy
from ledger.proof.timestamp import Certificates
from ledger.proof.verification_key import VerificationKey, parse_verification_key
from ledger.publish.policy_file import NAME as POLICY
from ledger.redaction import is_document
from ledger.rules import ReplayedRules


class Auditor:
    """Audits one target, once."""

    def __init__(
        self,
        target: Target,
        trust: Trust = NOTHING,
        progress: Progress | None = None,
        processes: int | None = None,
        told: Callable[[Failure], object] | None = None,
    ) -> None:
        """`processes`: by default one for each CPU, where that is worth it. `told`: see `Failures`.

        Raises `ProofError` if nothing of the target can be read.
        """
        self._target = target
        self._trust = trust
        self._progress = progress
        self._processes = processes
        self._failures = Failures(told)
        self.audit = Audit(
            trust.keys[0].name if trust.keys else origin_of(target),
            target="store" if target.bundles else "export",
            basis=basis_of(trust),
        )

    def run(self, state: KeptState | None = None, *, whole: bool = True) -> Audit:
        """Looks at everything, or, unless `whole`, at what is new since `state` was kept.

        If everything holds, `state` is kept for next time. Raises a `StorageError` or `BadState`.
        """
        verified = None if state is None else self._last_time(state)
        if verified is not None and self._target.size < verified.size:
            self.audit.older = True
            self.audit.entries = self.audit.first = self._target.source.size
        elif state is None or verified is None or whole:
            self._look(from_nothing(self.audit.origin), state)
        else:
            self._look_at_news(state, verified)
        self.audit.failures, self.audit.counts = self._failures.in_order(), self._failures.counts
        return self.audit

    def _look_at_news(self, state: KeptState, verified: Verified) -> None:
        try:
            begun = from_kept(state, verified, self._target.source)
        except ProofError as error:
            self._failures.fail(error.check, verified.size - 1, error)
            return
        self._look(begun, state)

    def _last_time(self, state: KeptState) -> Verified | None:
        """How far was verified last time: the log must continue that, as any checkpoint that was kept."""
        verified = state.read()
        if verified is not None:
            require_origin(verified, self.audit.origin)
            kept = Kept(sentences.LAST_TIME, verified.checkpoint)
            self._trust = replace(self._trust, since=(*self._trust.since, kept))
        return verified

    def _look(self, begun: Beginning, state: KeptState | None) -> None:
        """Follows the entries from where it begins, then looks at the rest."""
        heads = Heads(_log_keys(begun.rules), self._policy(), self._failures, self._trust.keys)
        expected = in_order(*expected_heads(self._target, self._trust, begun.start, self._failures))
        before = roots_before(begun.tree, self._target.folder, self._target.size)
        seen = SeenCheck(begun.tree, self._target.source, before)
        tree = TreeCheck(self._compared(), heads, expected, self._failures, begun.tree, seen.lift)
        walk = Walk(self._target, begun, tree, seen, self._failures, self._progress)
        snapshot = self._walk(walk, begun, keeping=state is not None)
        tree.finish()
        self._look_around(walk, heads, begun)
        self._tell(walk, heads, begun)
        documents = sum(map(is_document, walk.beside.named))
        self.audit.made = checks_made(self.audit, self._target, tree, heads, documents)
        self.audit.made += seen_made(seen.looked, self.audit.counts)
        self.audit.made += anchors_made(len(walk.anchors.found), self.audit.counts)
        if state and snapshot and heads.newest_note and self.audit.holds and not self.audit.older:
            snapshot.keep(state, self.audit.origin, heads.newest_note, anew=begun.start == 0)

    def _walk(self, walk: Walk, begun: Beginning, *, keeping: bool) -> Snapshot | None:
        """All entries; with a look at how everything stands where the published log ends."""
        start, end, snapshot = begun.start, self._target.source.size, None
        middle = max(start, min(self._target.size, end)) if keeping else start
        with pages_of(self._target, self.audit.origin, self._compared(), start, self._processes) as pages:
            pages.learn(begun.rules.keys())
            if keeping:
                walk.follower.numbers = {}
                walk.go(pages, start, middle)
                snapshot = Snapshot(begun, walk.follower)
            walk.go(pages, middle, end)
        return snapshot

    def _look_around(self, walk: Walk, heads: Heads, begun: Beginning) -> None:
        target, failures, whole = self._target, self._failures, begun.start == 0
        self.audit.beside = walk.beside.check(target.documents, target.texts, whole=whole)
        failures.drain(walk.beside.failures)
        if whole and (compared := self._compared()) is not None and not failures.counts["8.7"]:
            check_partials(compared, failures)  # against what was found good
        check_memory(target, begun.verifier.seq, failures)
        check_published(target, failures)
        check_pinned(self._trust.keys, heads.newest, failures)
        check_named_keys(target, _keys(begun.rules.log_keys_ever()), failures)
        failures.extend(
            walk.anchors.check(self.audit.origin, target.folder, target.size, target.source, self._authority)
        )
        for kept in self._trust.since:
            with suppress(ProofError):  # said already
                size = size_of(kept.note)
                self.audit.older |= size > begun.verifier.seq
                if size < begun.start and heads.newest is not None:
                    newest = heads.newest.checkpoint
                    if check_consistency(kept, target, newest, _log_keys(begun.rules), failures):
                        heads.continued.append(size)
        self.audit.since = sorted(set(heads.continued))

    def _tell(self, walk: Walk, heads: Heads, begun: Beginning) -> None:
        audit = self.audit
        audit.entries, audit.first, audit.head = begun.verifier.seq, begun.start, begun.verifier.prev
        audit.by_kind, audit.keys = dict(walk.follower.kinds), list(key_lives(begun.rules))
        audit.counts, audit.claimed = self._failures.counts, self._target.size
        audit.traced = bool(audit.claimed) or self._target.memory is not None
        if heads.newest is not None:
            audit.published = Published.of(heads.newest, heads.newest_note)

    def _compared(self) -> Compared | None:
        target = self._target
        return None if target.folder is None else Compared(target.folder, target.size, target.bundles)

    def _authority(self, tsa: str) -> Certificates | None:
        """The certificates that the auditor brings along, or else the operator's own."""
        return self._trust.authorities.get(tsa) or self._target.authorities(tsa)

    def _policy(self) -> Policy | None:
        """(8.10) The auditor's, or the ledger's own."""
        data = self._target.files.get(POLICY)
        if self._trust.policy is not None or data is None:
            return self._trust.policy
        try:
            return parse_policy(data)
        except ProofError as error:
            what = sentences.THE_POLICY
            self._failures.fail("8.10", None, sentences.OF_HEAD, head=what, error=error)
            return None


def _log_keys(rules: ReplayedRules) -> LogKeys:
    """The log's keys as the replayed entries name them; what is no key is left out."""
    return lambda size: _keys(rules.log_keys(size))


def _keys(vkeys: Iterable[str]) -> Sequence[VerificationKey]:
    found = map(_vkey, vkeys)
    return [key for key in found if key is not None]


def _vkey(text: str) -> VerificationKey | None:
    try:
        return parse_verification_key(text)
    except ProofError:
        return None
