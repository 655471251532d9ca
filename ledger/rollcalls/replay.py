"""Replays roll calls into a ledger and holds every result against the published one.

An import can be interrupted at any point and run again: what is recorded is recognised, and what
is missing is added. Nothing published is ever adopted; a mismatch is reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from ledger.application import VotingLedger
from ledger.proof.keys import SigningKey
from ledger.proof.statement import Statement
from ledger.receipt import Receipt
from ledger.rollcalls.line import Cast, RollCall
from ledger.rollcalls.people import People
from ledger.rollcalls.statements import ITEM, Script

FLUSH = 1000
"""Votes that are signed before they are submitted together."""


class Comparison(NamedTuple):
    """A published result beside the recomputed one."""

    id: str
    published: dict[str, Any]
    recomputed: dict[str, Any]
    matches: bool


@dataclass
class Summary:
    """What an import did."""

    procedures: int = 0
    casts: int = 0
    compared: list[Comparison] = field(default_factory=list)

    @property
    def mismatches(self) -> list[Comparison]:
        """The procedures whose published result is another than the recomputed one."""
        return [one for one in self.compared if not one.matches]

    def to_dict(self) -> dict[str, Any]:
        """The summary as `--json` prints it."""
        wrong = self.mismatches
        return {
            "procedures": self.procedures,
            "casts": self.casts,
            "matched": self.procedures - len(wrong),
            "mismatched": len(wrong),
            "mismatches": [
                {"id": one.id, "published": one.published, "recomputed": one.recomputed} for one in wrong
            ],
        }


class Replay:
    """Imports roll calls as `clerk`, who holds `key` and is registrar and clerk in the register."""

    def __init__(self, ledger: VotingLedger, people: People, clerk: str, key: SigningKey) -> None:
        self._ledger, self._people, self._clerk, self._key = ledger, people, clerk, key
        self.summary = Summary()

    def add(self, rollcall: RollCall) -> Comparison:
        """Records one roll call, or finds it recorded, and compares. Raises what submitting raises."""
        script = Script(rollcall, self._ledger.origin, self._people, self._clerk, self._key)
        if not self._finished(script):
            self._record(script)
        comparison = self._compare(script)
        self.summary.procedures += 1
        self.summary.casts += len(rollcall.casts)
        self.summary.compared.append(comparison)
        return comparison

    # ── recording ──────────────────────────────────────────────────────────────────────────────

    def _finished(self, script: Script) -> bool:
        with self._ledger.current() as state:
            procedure = state.known(UUID(script.procedure))
            return procedure is not None and procedure.state == (
                "annulled" if script.rollcall.void else "closed"
            )

    def _record(self, script: Script) -> None:
        self._register_people(script)
        opening = script.opening(self._seat(script))
        self._disclose(script)
        self._submit([opening])
        self._cast(script)
        rest = list(script.presence())
        if casting := script.rollcall.casting_vote:
            rest.append(script.casting_vote(casting))
        self._submit(rest)
        self._close(script)

    def _register_people(self, script: Script) -> None:
        rollcall = script.rollcall
        names: dict[str, str | None] = {member.id: member.name for member in rollcall.members.values()}
        if rollcall.casting_vote:
            names.setdefault(rollcall.casting_vote.member, None)
        with self._ledger.current() as state:
            missing = [one for one in names.items() if not state.has_person(script.member(one[0]))]
            new_body = not state.has_body(script.body)
        statements = [script.registration(source, name) for source, name in missing]
        if new_body:
            statements.append(script.body_registration())
        self._disclose(script)
        self._submit(statements)

    def _disclose(self, script: Script) -> None:
        """Always before the statements: a crash leaves texts that nothing names, never names without text.

        What was erased since the import began is not brought back.
        """
        erased = self._ledger.erasures.of([one.digest for one in script.disclosures])
        self._ledger.disclose([one.encoded for one in script.disclosures if one.digest not in erased])
        script.disclosures.clear()

    def _seat(self, script: Script) -> str:
        """Makes the body's seats those of the roll call; returns the link to their last change."""
        with self._ledger.current() as state:
            opened = state.known(UUID(script.procedure))
            now = dict(state.body(script.body).seats)
        if opened is not None:  # an import that was interrupted after the opening
            return opened.electorate.as_of
        self._submit(list(script.seat_changes(now)))
        with self._ledger.current() as state:
            return state.body(script.body).as_of

    def _cast(self, script: Script) -> None:
        """Votes in order, submitted together until a member acts again, who must name the leaf before."""
        current: dict[str, str] = {}
        waiting: dict[str, tuple[Cast, Statement]] = {}
        for cast in script.rollcall.casts:
            if cast.member in waiting or len(waiting) >= FLUSH:
                self._flush(waiting, current)
            waiting[cast.member] = cast, script.cast(cast, current.get(cast.member))
        self._flush(waiting, current)

    def _flush(self, waiting: dict[str, tuple[Cast, Statement]], current: dict[str, str]) -> None:
        receipts = self._submit([statement for _, statement in waiting.values()])
        for (cast, _), receipt in zip(waiting.values(), receipts, strict=True):
            if cast.choice is None:
                del current[cast.member]
            else:
                current[cast.member] = receipt.leaf
        waiting.clear()

    def _close(self, script: Script) -> None:
        with self._ledger.current() as state:
            procedure = state.procedure(UUID(script.procedure))
            closed, seal, tally = procedure.closing is not None, procedure.seal(), procedure.tally()
        if not closed:
            self._submit([script.closing(seal, tally)])
        if script.rollcall.void:
            self._submit([script.annulment()])

    def _submit(self, statements: Sequence[Statement]) -> list[Receipt]:
        receipts = []
        for answer in self._ledger.submit_many(statements):
            if not isinstance(answer, Receipt):
                raise answer
            receipts.append(answer)
        return receipts

    # ── comparing ──────────────────────────────────────────────────────────────────────────────

    def _compare(self, script: Script) -> Comparison:
        with self._ledger.current() as state:
            procedure = state.procedure(UUID(script.procedure))
            counts, result = procedure.tally()[ITEM], procedure.outcome(ITEM).result
        elected = result.removeprefix("elected:")
        recomputed = {
            "counts": {script.label(option): votes for option, votes in counts.items()},
            "outcome": f"elected:{script.label(elected)}" if elected != result else result,
        }
        return compare(script.rollcall.id, dict(script.rollcall.published), recomputed)


def compare(rollcall: str, published: dict[str, Any], recomputed: dict[str, Any]) -> Comparison:
    """Holds the recomputed result against what was published; what was not published is not compared."""
    counts = published.get("counts", {})
    matches = all(recomputed["counts"].get(option) == votes for option, votes in counts.items()) and (
        published.get("outcome") in (None, recomputed["outcome"])
    )
    return Comparison(rollcall, published, recomputed, matches)
