"""A witness: a small, correct server of C2SP tlog-witness (add-checkpoint and the monitoring endpoint).

It keeps one checkpoint of each log in an SQLite file; comparing the old size and storing the new checkpoint
is one transaction, so that no race rolls a log back. `trouble` makes it answer with another status.
"""

from __future__ import annotations

import hashlib
import socket
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

from ledger.errors import ProofError
from ledger.proof.checkpoint import Checkpoint, parse_checkpoint
from ledger.proof.merkle import EMPTY_ROOT, verify_consistency
from ledger.proof.note import Note, NoteSignature, VerificationKey, format_note, open_note
from ledger.proof.signers import NoteSigner
from ledger.proof.witness_request import (
    MAX_REQUEST,
    SIZE_TYPE,
    AddCheckpoint,
    format_conflict,
    parse_add_checkpoint,
)

TABLE = """
CREATE TABLE IF NOT EXISTS checkpoints (origin_hash TEXT PRIMARY KEY, size INTEGER, root BLOB, note BLOB)
"""


class Answer(NamedTuple):
    """What goes back over HTTP."""

    status: int
    body: bytes
    kind: str = "text/plain; charset=utf-8"


class Refusal(Exception):
    """A request that is not cosigned, with the answer."""

    def __init__(self, status: int, body: bytes, kind: str = "text/plain; charset=utf-8") -> None:
        super().__init__(status, body)
        self.answer = Answer(status, body, kind)


class Witness:
    """Cosigns the checkpoints of `logs`: origin -> keys, with the keys of `signers`."""

    def __init__(
        self, state: Path, logs: Mapping[str, Sequence[VerificationKey]], *signers: NoteSigner
    ) -> None:
        self.state = state
        self.logs = logs
        self.signers = signers
        self.trouble: int | None = None
        self.requests = 0
        with closing(self._connect()) as database:
            database.execute(TABLE)

    def add_checkpoint(self, body: bytes) -> Answer:
        """The answer to a request: cosignatures, or why there are none."""
        self.requests += 1
        if self.trouble is not None:
            return Answer(self.trouble, b"in trouble\n")
        try:
            request, checkpoint, signatures = self._read(body)
            with closing(self._connect()) as database, _transaction(database):
                return self._cosign(database, request, checkpoint, signatures)
        except Refusal as refusal:
            return refusal.answer

    def latest(self, origin_hash: str) -> bytes | None:
        """The last cosigned checkpoint of a log, by the SHA-256 of its origin in hexadecimal."""
        with closing(self._connect()) as database:
            query = "SELECT note FROM checkpoints WHERE origin_hash = ?"
            row = database.execute(query, (origin_hash,)).fetchone()
        return None if row is None else row[0]

    def _read(self, body: bytes) -> tuple[AddCheckpoint, Checkpoint, tuple[NoteSignature, ...]]:
        with _refusing(400, "invalid input"):
            request = parse_add_checkpoint(body)
        text, separator, _ = request.checkpoint_note.rpartition(b"\n\n")
        if not separator:
            raise Refusal(400, b"invalid input: no signatures\n")
        with _refusing(400, "invalid checkpoint"):
            checkpoint = parse_checkpoint(f"{text.decode('utf-8')}\n")
        if checkpoint.origin not in self.logs:
            raise Refusal(404, b"unknown log\n")
        with _refusing(403, "invalid signature"):  # also for lines that cannot be read as signatures
            opened = open_note(request.checkpoint_note, self.logs[checkpoint.origin])
        if request.old > checkpoint.size:
            raise Refusal(400, b"the old size is larger than the new one\n")
        return request, checkpoint, tuple(one.signature for one in opened.verified)

    def _cosign(
        self,
        database: sqlite3.Connection,
        request: AddCheckpoint,
        checkpoint: Checkpoint,
        signatures: tuple[NoteSignature, ...],
    ) -> Answer:
        key = hashlib.sha256(checkpoint.origin.encode("utf-8")).hexdigest()
        query = "SELECT size, root FROM checkpoints WHERE origin_hash = ?"
        size, root = database.execute(query, (key,)).fetchone() or (0, EMPTY_ROOT)
        if request.old != size:
            raise Refusal(409, format_conflict(size), SIZE_TYPE)
        _check_growth(request, checkpoint, root)
        lines = tuple(signer.sign_note(checkpoint.text) for signer in self.signers)
        note = format_note(Note(checkpoint.text, signatures + lines))
        row = (key, checkpoint.size, checkpoint.root, note)
        database.execute("INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?, ?)", row)
        return Answer(200, "".join(signature.line for signature in lines).encode("utf-8"))

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.state, isolation_level=None, timeout=120)


def _check_growth(request: AddCheckpoint, checkpoint: Checkpoint, root: bytes) -> None:
    """Refuses a tree that does not begin with the one of the stored root."""
    if checkpoint.size == 0 and checkpoint.root != EMPTY_ROOT:
        raise Refusal(422, b"the empty tree has another root\n")
    if request.old == 0:
        if request.proof:
            raise Refusal(422, b"a consistency proof from size 0 is empty\n")
        return
    with _refusing(422, "invalid consistency proof"):
        verify_consistency(request.old, checkpoint.size, request.proof, root, checkpoint.root)


@contextmanager
def _refusing(status: int, what: str) -> Iterator[None]:
    """Answers with this status where the library refuses."""
    try:
        yield
    except ProofError as error:
        raise Refusal(status, f"{what}: {error}\n".encode()) from None


@contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


class _Server(ThreadingHTTPServer):
    """Remembers who is connected, so that it can be as gone as a process that was killed."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, *args: Any) -> None:
        self._connected: set[socket.socket] = set()
        super().__init__(*args)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._connected.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._connected.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Ends the connections that clients keep alive."""
        for connection in self._connected.copy():
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def serve(witness: Witness, port: int = 0) -> Iterator[str]:
    """Serves a witness on loopback; gives its submission prefix, which is its monitoring prefix as well.

    `port` is one that is held (`tests.support.ports`), or 0 for any.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # head and body are two packets

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            if self.path != "/add-checkpoint" or length > MAX_REQUEST:
                self.close_connection = True
                self._answer(Answer(404 if self.path != "/add-checkpoint" else 400, b"no\n"))
                return
            self._answer(witness.add_checkpoint(self.rfile.read(length)))

        def do_GET(self) -> None:
            note = witness.latest(self.path.removeprefix("/").removesuffix("/checkpoint"))
            self._answer(Answer(404, b"not seen\n") if note is None else Answer(200, note))

        def log_message(self, *args: object) -> None:
            """Says nothing: the tests read answers."""

        def _answer(self, answer: Answer) -> None:
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

    server = _Server(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.hang_up()
        server.server_close()
        thread.join()
