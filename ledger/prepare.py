"""Fills in what follows from the ledger, so that a client only says what it wants. Signs nothing.

==================  ==============================================================================
every statement     v, log, nonce, issued_at, seen
vote-cast           ballot, replaces
vote-withdrawn      withdraws
casting-vote-given  ballot
consent-declared    ballot, items (all)
procedure-opened    electorate, profile (from a name), time_zone, closes_at (from closes_local), holidays,
                    ballot, and empty settings
document-attached   ballot
delivery-recorded   received_at (now), closes_at; the same for substitute-named
deadline-extended   closes_at (from closes_local), members (all)
procedure-closed    reason, seal, tally
result-determined   tally, outcome, valid, derivation
result-corrected    corrects
result-expired      items (all that have ended)
log-key-rotated     second (null)
redacted            stream (the register's)
==================  ==============================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from ledger.domain.civil_time import day_of, instant
from ledger.domain.expiry import expired_items, next_expiry
from ledger.domain.guards_closing import closing_reason
from ledger.domain.guards_conduct import own_deadline
from ledger.domain.guards_result import determination
from ledger.domain.periods import last_day
from ledger.domain.procedure import Procedure
from ledger.domain.profile_schema import read_profile
from ledger.domain.profiles import complete
from ledger.domain.sentences import ledgers, results, voting
from ledger.errors import (
    BadProfile,
    BadShape,
    NotClosed,
    NotDeclared,
    NotExpired,
    ToldInZone,
    UnknownStatement,
)
from ledger.proof.ballot import ballot_digest
from ledger.proof.encoding import b64
from ledger.proof.statement import KINDS, statement_bytes
from ledger.public_holidays import holidays_from, require_region
from ledger.state import State, derivation_digest

Fields = dict[str, Any]


def prepare(
    kind: str,
    wanted: Mapping[str, Any],
    state: State,
    *,
    now: str,
    nonce: bytes,
    seen: Mapping[str, Any] | None = None,
) -> bytes:
    """The canonical payload to sign for `wanted`, which may leave out what the table names.

    `nonce` are 16 fresh random bytes, `seen` is the newest published checkpoint.

    Raises `UnknownStatement`, `BadShape`, `NotFound` or a `Refused`.
    """
    if kind not in KINDS:
        raise UnknownStatement(ledgers.NO_SUCH_KIND, kind=kind, kinds=", ".join(KINDS))
    common = {"v": 1, "log": state.origin, "nonce": b64(nonce), "issued_at": now, "seen": seen}
    fields: Fields = {**common, **wanted}
    try:
        _FILL.get(kind, _nothing)(fields, state)
    except KeyError as error:
        raise BadShape(ledgers.MISSING_TO_PREPARE, kind=kind, error=error) from None
    except (TypeError, ValueError, AttributeError) as error:
        raise BadShape(ledgers.CANNOT_PREPARE, kind=kind, error=error) from None
    return statement_bytes(kind, fields)


def _nothing(fields: Fields, state: State) -> None:
    pass


def _vote(fields: Fields, state: State) -> None:
    procedure = _procedure(fields, state)
    vote = procedure.box.votes.get(fields["member"])
    fields.setdefault("ballot", procedure.box.ballot)
    fields.setdefault("replaces", vote.leaf if vote else None)


def _withdrawal(fields: Fields, state: State) -> None:
    vote = _procedure(fields, state).box.votes.get(fields["member"])
    if vote is None and "withdraws" not in fields:
        raise NotDeclared(voting.NO_VOTE_STANDS)
    if vote:
        fields.setdefault("withdraws", vote.leaf)


def _casting_vote(fields: Fields, state: State) -> None:
    fields.setdefault("ballot", _procedure(fields, state).box.ballot)


def _opening(fields: Fields, state: State) -> None:
    if state.register is not None:
        body = state.register.body(fields["body"])
        fields.setdefault("electorate", {"as_of": body.as_of, "count": len(body.seats)})
        fields.setdefault("time_zone", state.register.time_zone)
    fields["profile"] = complete(fields["profile"])
    if "closes_local" in fields and fields.get("closes_at") is None:
        fields["closes_at"] = instant(fields["closes_local"], fields["time_zone"])
    for name, empty in (("documents", []), ("chair", None), ("closes_at", None)):
        fields.setdefault(name, empty)
    fields.setdefault("opens_at", fields["issued_at"])
    _holidays(fields)
    fields.setdefault("ballot", ballot_digest(fields, []))


def _attachment(fields: Fields, state: State) -> None:
    procedure = _procedure(fields, state)
    attached = [*procedure.attached, fields["document"]]
    fields.setdefault("ballot", ballot_digest(procedure.opening, attached))


def _closing(fields: Fields, state: State) -> None:
    procedure = _procedure(fields, state)
    fields.setdefault("reason", closing_reason(procedure))
    fields.setdefault("seal", procedure.seal())
    fields.setdefault("tally", procedure.tally())


def _holidays(fields: Fields) -> None:
    """The holidays on which a personal deadline might end, so that they are signed with the opening."""
    try:
        period = read_profile(fields["profile"]).period
    except BadProfile:  # said when the opening is decided
        return
    if period is None or period.region is None:
        return
    require_region(period.region)
    if period.working_day_rule and "holidays" not in fields:
        opened = day_of(fields["opens_at"], fields["time_zone"])
        last = last_day(period.unit, period.count, opened)
        fields["holidays"] = holidays_from(opened, period.region, last)


def _consent(fields: Fields, state: State) -> None:
    fields.setdefault("ballot", _procedure(fields, state).box.ballot)
    fields.setdefault("items", None)


def _delivery(fields: Fields, state: State) -> None:
    procedure = _procedure(fields, state)
    fields.setdefault("received_at", fields["issued_at"])
    fields.setdefault("closes_at", own_deadline(procedure, fields["received_at"]))


def _extension(fields: Fields, state: State) -> None:
    procedure = _procedure(fields, state)
    if "closes_local" in fields and "closes_at" not in fields:
        fields["closes_at"] = instant(fields["closes_local"], procedure.opening["time_zone"])
    fields.setdefault("members", None)


def _determination(fields: Fields, state: State) -> None:
    procedure = _procedure(fields, state)
    if procedure.closing is None:  # the payload would tell how the votes stand
        raise NotClosed(results.AFTER_THE_CLOSING)
    lots = fields.get("lots", {})
    for name, value in determination(procedure, lots).items():
        fields.setdefault(name, value)
    fields.setdefault("derivation", derivation_digest(procedure, lots))


def _correction(fields: Fields, state: State) -> None:
    if last := _procedure(fields, state).life.last_result:
        fields.setdefault("corrects", last)


def _expiry(fields: Fields, state: State) -> None:
    procedure = _procedure(fields, state)
    if "items" in fields:
        return
    fields["items"] = expired_items(procedure, fields["issued_at"])
    if not fields["items"]:
        ends = next_expiry(procedure)
        with ToldInZone(procedure.opening["time_zone"]):
            raise NotExpired(results.NEXT_END if ends else results.NOTHING_TO_END, ends=ends)


def _log_key(fields: Fields, _state: State) -> None:
    fields.setdefault("second", None)


def _redaction(fields: Fields, state: State) -> None:
    fields.setdefault("stream", str(state.register_id))


def _procedure(fields: Fields, state: State) -> Procedure:
    return state.procedure(UUID(fields["procedure"]))


_FILL: dict[str, Callable[[Fields, State], None]] = {
    "vote-cast": _vote,
    "vote-withdrawn": _withdrawal,
    "casting-vote-given": _casting_vote,
    "procedure-opened": _opening,
    "document-attached": _attachment,
    "procedure-closed": _closing,
    "consent-declared": _consent,
    "delivery-recorded": _delivery,
    "substitute-named": _delivery,
    "deadline-extended": _extension,
    "result-determined": _determination,
    "result-corrected": _correction,
    "result-expired": _expiry,
    "log-key-rotated": _log_key,
    "redacted": _redaction,
}
