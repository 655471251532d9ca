"""A witness that nobody here wrote: omniwitness of the transparency.dev project, built from its sources.

It is built once, where a Go toolchain is on the machine, and kept in the user's cache directory. Where it
cannot be had, the test that asks for it is skipped, and says so aloud.
"""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from ledger.proof.encoding import b64
from ledger.proof.signers import NoteSigner
from ledger.proof.verification_key import VerificationKey
from tests.support.followers import until
from tests.support.kept import go_program

MODULE = "github.com/transparency-dev/witness/cmd/omniwitness"
VERSION = "v0.0.0-20260720115447-2e1c6971d19e"
LONGEST = 600.0
"""Seconds for building it: it takes one minute of one processor, and a network to fetch its sources from."""

ALOUD = "NOT TESTED WITH A FOREIGN WITNESS: "


def program() -> Path:
    """Where the program is; builds it if it was never built. Skips the test if that cannot be done."""
    found = go_program(MODULE, VERSION, LONGEST)
    if isinstance(found, str):
        pytest.skip(ALOUD + found)
    return found


class Omniwitness:
    """One witness with its state in `folder`: a context manager that runs it; may be run again."""

    def __init__(
        self, folder: Path, keys: Sequence[tuple[NoteSigner, bytes]], log: VerificationKey, port: int
    ) -> None:
        """`keys` are the witness's, with their seeds; `log` is the one that it knows; `port` is its own."""
        self._program = program()
        self._folder = folder
        self._keys = [self._write_key(number, *key) for number, key in enumerate(keys)]
        self._logs = folder / "logs.yaml"
        self._logs.write_text(f'Logs:\n  - Origin: "{log.name}"\n    PublicKey: "{log.text}"\n')
        self._port = port
        self.url = f"http://127.0.0.1:{self._port}"

    def _write_key(self, number: int, signer: NoteSigner, seed: bytes) -> Path:
        key = signer.verification_key
        path = self._folder / f"key-{number}"
        path.write_text(f"PRIVATE+KEY+{key.name}+{key.hash.hex()}+{b64(bytes([key.kind]) + seed)}")
        return path

    def __enter__(self) -> Self:
        command = [str(self._program), "--listen", f"127.0.0.1:{self._port}", "--metrics_listen="]
        command += ["--db_file", str(self._folder / "witness.db"), "--additional_logs", str(self._logs)]
        for key in self._keys:
            command += ["--private_key_path", str(key)]
        self._said = (self._folder / "output").open("ab")
        self._process = subprocess.Popen(command, stdout=self._said, stderr=self._said)
        try:
            until(self._listens)
        except BaseException:
            self._end()
            raise
        return self

    def _listens(self) -> bool:
        assert self._process.poll() is None, (self._folder / "output").read_text()
        try:
            socket.create_connection(("127.0.0.1", self._port)).close()
        except OSError:
            return False
        return True

    def _end(self) -> None:
        """Without a word: what it keeps is in a database, as after a crash."""
        self._process.kill()
        self._process.wait()
        self._said.close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()
