"""Witnesses of a published log, each at an address of its own, and policies that ask for them.

::

    with Staff(log, tmp_path) as staff:
        policy = staff.policy("group enough 2 w1 w2 w3", "quorum enough")
        log.publisher(Witnesses(policy)).publish()
        staff.down("w1"); staff.up("w1")
"""

from __future__ import annotations

import socket
import threading
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from ledger.proof.keys import SigningKey
from ledger.proof.mldsa import MLDSASigningKey
from ledger.proof.policy import Policy, parse_policy
from ledger.proof.signers import Ed25519Cosigner, MLDSA44Cosigner, NoteSigner
from ledger.proof.verification_key import VerificationKey
from tests.support.ports import held_port
from tests.support.witness import Answer, Witness, serve

FIRST_TIME = 1_769_860_800
"""2026-01-31T12:00:00Z: the witnesses' clocks tick at each signature."""


class Ticking:
    """A clock that is a second later whenever somebody looks."""

    def __init__(self) -> None:
        self.time = FIRST_TIME

    def __call__(self) -> int:
        """Seconds since 1970."""
        self.time += 1
        return self.time


class Patient(Witness):
    """A witness that answers when it is told to."""

    gate: threading.Event | None = None
    arrived: threading.Event

    def add_checkpoint(self, body: bytes) -> Answer:
        """Waits until the gate is open, if there is one."""
        self.arrived.set()
        if self.gate is not None:
            self.gate.wait()
        return super().add_checkpoint(body)


class Staff:
    """Witnesses w1, w2 and w3; w3 signs in both ways. A context manager that serves them."""

    def __init__(
        self, log_key: VerificationKey, folder: Path, *, names: tuple[str, ...] = ("w1", "w2", "w3")
    ) -> None:
        self.log_key = log_key
        self.clock = Ticking()
        self.witnesses = {name: self._witness(name, folder / f"{name}.sqlite") for name in names}
        self.urls: dict[str, str] = {}
        self._served: dict[str, ExitStack] = {}
        self._held: dict[str, socket.socket] = {}  # also while nobody listens

    def _witness(self, name: str, state: Path) -> Patient:
        witness = Patient(state, {self.log_key.name: [self.log_key]}, *self.signers(name))
        witness.arrived = threading.Event()
        return witness

    def signers(self, name: str) -> list[NoteSigner]:
        """The keys of a witness, from its name."""
        seed = name.encode().rjust(32, b"-")
        called = f"witness.example/{name}"
        signers: list[NoteSigner] = [Ed25519Cosigner(called, SigningKey(seed), self.clock)]
        if name == "w3":
            signers.append(MLDSA44Cosigner(called, MLDSASigningKey(seed), self.clock))
        return signers

    def up(self, name: str) -> str:
        """Serves a witness, always at the same address."""
        if name not in self._held:
            self._held[name] = held_port()
        stack = ExitStack()
        self.urls[name] = stack.enter_context(serve(self.witnesses[name], self._held[name].getsockname()[1]))
        self._served[name] = stack
        return self.urls[name]

    def down(self, name: str) -> None:
        """Nobody listens at its address any more."""
        self._served.pop(name).close()

    def text(self, *rules: str, log: bool = True) -> str:
        """A policy with all witnesses, w3's second key under the name w3-pq, and these rules."""
        lines = [f"log {self.log_key.text}"] if log else []
        for name in self.witnesses:
            for signer, suffix in zip(self.signers(name), ("", "-pq"), strict=False):
                lines.append(f"witness {name}{suffix} {signer.verification_key.text} {self.urls[name]}")
        return "\n".join([*lines, *rules, ""])

    def policy(self, *rules: str) -> Policy:
        """The same, parsed."""
        return parse_policy(self.text(*rules).encode())

    def __enter__(self) -> Self:
        for name in self.witnesses:
            self.up(name)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for witness in self.witnesses.values():
            if witness.gate is not None:
                witness.gate.set()
        for name in list(self._served):
            self.down(name)
        for held in self._held.values():
            held.close()
