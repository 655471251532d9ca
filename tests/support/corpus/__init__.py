"""The tamper corpus as data: cases, and the lines in which they are kept (`tests/corpus/README.md`).

::

    cases = read(GROUPS["stores"])             # the first one is honest, what follows are attacks
    text = packed(cases)                       # one line of JSON each: the first whole, then what is changed
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

from ledger.audit.trust import Kept, Trust
from ledger.proof.checks import Failure
from ledger.proof.policy import parse_policy
from ledger.proof.timestamp import parse_certificates
from ledger.proof.verification_key import parse_verification_key

FOLDER = Path(__file__).parents[2] / "corpus"
NAMES = "logs", "stores", "exports", "anchors", "receipts", "dossiers"
GROUPS = {name: FOLDER / f"{name}.jsonl" for name in NAMES}
"""What can be verified, and the file with its cases."""

HONEST = "Nothing: here everything holds."
"""What was done to the first case of each file."""

Parts = dict[str, Any]
"""Files by path and rows by table and number: bytes, or the columns of a row."""


class Brought(NamedTuple):
    """What the verifier brings along: keys, a policy, old checkpoints, certificates of authorities."""

    keys: tuple[str, ...] = ()
    policy: str = ""
    since: tuple[str, ...] = ()
    authorities: tuple[tuple[str, str], ...] = ()

    def trust(self) -> Trust:
        """The same, parsed."""
        return Trust(
            keys=tuple(parse_verification_key(key) for key in self.keys),
            policy=parse_policy(self.policy.encode()) if self.policy else None,
            since=tuple(Kept("kept", note.encode()) for note in self.since),
            authorities={tsa: parse_certificates(pem.encode()) for tsa, pem in self.authorities},
        )

    def to_json(self) -> dict[str, Any]:
        """What there is of it."""
        return {name: value for name, value in self._asdict().items() if value}

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> Self:
        """Back from JSON."""
        lists = {name: tuple(map(_tupled, one)) for name, one in value.items() if name != "policy"}
        return cls(policy=value.get("policy", ""), **lists)


class Fails(NamedTuple):
    """What must be said to a case: check, entry, both values, and the sentence."""

    check: str
    entry: int | None
    expected: str
    found: str
    says: str

    @classmethod
    def of(cls, failure: Failure, says: str) -> Self:
        """What was found, and the words that the command has for it."""
        return cls(failure.check, failure.seq, failure.expected, failure.found, says)


class Case(NamedTuple):
    """One thing to be verified, and everything that must be said to it."""

    name: str
    done: str
    """What was done, in one sentence."""
    fails: tuple[Fails, ...]
    brought: Brought
    parts: Parts


def packed(cases: Sequence[Case]) -> str:
    """The lines of these cases, of which the first is the one that the others change."""
    honest = cases[0].parts
    return "".join(_line(case, {} if case is cases[0] else honest) for case in cases)


def read(path: Path) -> list[Case]:
    """The cases of a file."""
    cases: list[Case] = []
    for line in path.read_text("utf-8").splitlines():
        cases.append(_case(json.loads(line), cases[0].parts if cases else {}))
    return cases


def documented(attack: object) -> str:
    """What an attack's docstring says first."""
    first = (attack.__doc__ or "").partition("\n\n")[0]
    return " ".join(first.split())


def _line(case: Case, honest: Parts) -> str:
    changed = {
        name: _encoded(case.parts.get(name))
        for name in sorted({*honest, *case.parts})
        if case.parts.get(name) != honest.get(name)
    }
    fails = [{name: value for name, value in one._asdict().items() if value != ""} for one in case.fails]
    line = {"name": case.name, "done": case.done, "fails": fails, **case.brought.to_json(), "parts": changed}
    return json.dumps(line, ensure_ascii=False) + "\n"


def _case(line: dict[str, Any], honest: Parts) -> Case:
    parts = {**honest, **{name: _decoded(value) for name, value in line.pop("parts").items()}}
    fails = tuple(Fails(**{"expected": "", "found": "", **one}) for one in line.pop("fails"))
    name, done = line.pop("name"), line.pop("done")
    kept = {name: value for name, value in parts.items() if value is not None}
    return Case(name, done, fails, Brought.of(line), kept)


def _encoded(value: Any) -> Any:
    """Bytes as base64; a row column by column."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {
            name: {"base64": _encoded(one)} if isinstance(one, bytes) else one for name, one in value.items()
        }
    return value


def _decoded(value: Any) -> Any:
    if isinstance(value, str):
        return base64.b64decode(value, validate=True)
    if isinstance(value, dict):
        return {
            name: _decoded(one["base64"]) if isinstance(one, dict) else one for name, one in value.items()
        }
    return value


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def files_of(parts: Parts) -> dict[str, bytes]:
    """The files among the parts."""
    return {name: value for name, value in parts.items() if isinstance(value, bytes)}


def rows_of(parts: Parts) -> Iterable[tuple[str, dict[str, Any]]]:
    """The rows among the parts, each with its table."""
    return ((name.split("/")[0], value) for name, value in parts.items() if isinstance(value, dict))
