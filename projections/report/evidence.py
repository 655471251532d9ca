"""What an audit report holds besides: checks, keys, seats over time, anchors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from ledger.domain.register import Register
from ledger.export.examined import Examined
from ledger.proof.checks import CHECKS, Failure
from ledger.proof.encoding import unb64
from ledger.proof.keys import key_id
from projections import lives, model_register
from projections.model import ProcedureView
from projections.report.model import Anchor, Check, Evidence, Fault, Key, Named, SeatsChanged, WholeLog
from projections.report.names import Names


class Audited(Protocol):
    """What an audit of the whole log found: `ledger.audit.Audit`."""

    entries: int
    head: str
    made: Counter[str]
    failures: list[Failure]


def evidence_of(
    found: Examined, view: ProcedureView, register: Register, names: Names, audited: Audited | None
) -> Evidence:
    """Everything that was looked at, in the order of the log."""
    return Evidence(
        checks=tuple(_checks(found.made, found.failures)),
        keys=(*_log_keys(register, names), *_keys(found, register, names)),
        seats=tuple(_seats(found, view, names)),
        anchors=tuple(_anchors(found)),
        entries=found.made["1.1"],
        whole=None if audited is None else _whole(audited),
    )


def _whole(audited: Audited) -> WholeLog:
    return WholeLog(audited.entries, audited.head, tuple(_checks(audited.made, audited.failures)))


def _checks(times: Mapping[str, int], failures: Sequence[Failure]) -> Iterator[Check]:
    for number, sentence in CHECKS.items():
        faults = tuple(Fault(*one[1:]) for one in failures if one.check == number)
        made = times.get(number, 0)
        result = "fails" if faults else "holds" if made else "not-made"
        yield Check(number, sentence, result, made, faults)


def _log_keys(register: Register, names: Names) -> Iterator[Key]:
    for one in register.log_keys.all:
        yield _key(lives.log_key_of(register, one.vkey), names.person(register.origin), "")


def _keys(found: Examined, register: Register, names: Names) -> Iterator[Key]:
    """Of those who signed in the procedure, and of everybody who is more than a member."""
    signed = {one.key_id for reading in found.readings for one in reading.statement.envelope.signatures}
    for subject, person in register.people.items():
        for key in person.keys:
            name = key_id(unb64(key))
            if name in signed or person.roles - {"member"}:
                yield _key(lives.key_of(register, subject, key), names.person(subject), name)


def _key(found: model_register.Key, owner: Named, name: str) -> Key:
    """As the register has it; `name` is its id."""
    return Key(owner, tuple(found.roles), found.key, name, found.since, found.ended, found.reason)


def _seats(found: Examined, view: ProcedureView, names: Names) -> Iterator[SeatsChanged]:
    seats: set[str] = set()
    counts, body = True, view.body
    for reading in found.register:
        payload = reading.payload
        if reading.statement.kind != "seats-changed" or payload["body"] != body:
            continue
        granted, ended = [seat["member"] for seat in payload["granted"]], payload["ended"]
        seats = (seats - set(ended)) | set(granted)
        seq, at, leaf = reading.place
        actor = names.person(payload["actor"])
        yield SeatsChanged(seq, at, actor, tuple(granted), tuple(ended), len(seats), counts)
        counts = counts and leaf != view.opening["electorate"]["as_of"]


def _anchors(found: Examined) -> Iterator[Anchor]:
    for reading in found.register:
        if reading.statement.kind == "anchored":
            payload, (seq, at, _) = reading.payload, reading.place
            yield Anchor(seq, at, payload["size"], payload["tsa"], payload["token_sha256"])
