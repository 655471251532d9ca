"""A small ledger with everything that an audit looks at, and copies of it to spoil.

::

    place = tell(folder)                 # 22 entries, published at 8, 17 and 22; a document, a text
    audit(place)                         # what `stimmbuch verify` finds, in this process
    exported(place, to)                  # the published log with what lies beside it
    republish(place)                     # what an operator does who has the log key and no scruples
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

from api.cli.export import published_source
from api.wiring import open_publication
from ledger.application import VotingLedger
from ledger.audit import Audit, Auditor, KeptState, Trust, export_target, store_target
from ledger.audit.target import is_export
from ledger.audit.trust import NOTHING
from ledger.committer import Committer
from ledger.export.log import export_log
from ledger.founding import keys_of
from ledger.keyfile import read_key
from ledger.log_key.keyring import FIRST
from ledger.proof.checks import Failure
from ledger.proof.disclosure import disclose
from ledger.proof.entry import NO_LINK, Entry, build_entry, leaf_hash, parse_entry
from ledger.proof.signers import Ed25519Signer
from ledger.proof.statement import Statement, stream_of, topic
from ledger.publish.folder import FOLDER
from ledger.publish.signer import FOLDER as SIGNER
from ledger.storage import Store, open_store
from ledger.writer import Writer
from tests.support.builders import (
    CHAIR,
    CLERK,
    ORIGIN,
    REGISTRAR,
    SERVICE,
    Clock,
    LedgerBuilder,
    a_town,
    document,
)
from tests.support.publishing import ALog

PROFILE = {
    "majority": {"n": 1, "d": 2, "strict": True, "base": "members"},
    "documents": "reconfirm",
    "name": "own",
    "legal_basis": "for this test",
    "abstention": "ignored",
    "silence": "ignored",
    "tie": "rejected",
    "deadline": "chair",
    "change": "until_deadline",
    "withdraw": True,
    "result_visibility": "live",
}
OFFER = "an offer"
SECRET = disclose("title", "New roof", bytes(16))
FIRST_ENTRY, SEATS, OPENED, VOTE, ATTACHED, CLOSED, LAST = 0, 7, 8, 9, 13, 16, 21
"""Entries of the ledger."""

SIZES = (8, 17, 22)
"""Sizes at which it was published."""


def tell(folder: Path) -> Path:
    """Makes the ledger in a new folder; the same bytes each time, but for who signs."""
    town = a_town(open_store(str(folder), create=True), members=3)
    publish(town.ledger.store)
    motion = town.open("roof", profile=PROFILE, title=SECRET.digest)
    _a_history(town, motion)
    publish(town.ledger.store)
    second = town.open("road")
    for member in ("m1", "m2", "m3"):
        town.vote(second, member, "no")
    town.close(second)
    town.ledger.disclose([SECRET.encoded])
    town.ledger.put_document(document(OFFER)["sha256"], BytesIO(OFFER.encode()), limit=100)
    publish(town.ledger.store)
    town.ledger.close()
    # Like a copy on a stick: without a write-ahead log, whose end would be waited for a thousand times.
    do(folder, "PRAGMA journal_mode = DELETE")
    return folder


def _a_history(town: LedgerBuilder, motion: str) -> None:
    """Votes, one changed, one withdrawn, a document, votes confirmed, the end."""
    town.vote(motion, "m1", "yes")
    town.vote(motion, "m2", "no")
    town.vote(motion, "m2", "yes")
    town.withdraw(motion, "m1")
    town.attach(motion, OFFER)
    town.vote(motion, "m1", "yes")
    town.vote(motion, "m2", "abstain")
    town.close(motion)


# ── publishing ─────────────────────────────────────────────────────────────────────────────────


def publish(store: Store) -> None:
    """Publishes what is committed, as the service does."""
    open_publication(store, ORIGIN).settle()


def republish(folder: Path) -> None:
    """Publishes a whole new log under the old key: what was published and signed before is forgotten.

    By a program of the operator's own, which signs whatever the entries say.
    """
    shutil.rmtree(folder / FOLDER, ignore_errors=True)
    shutil.rmtree(folder / SIGNER, ignore_errors=True)
    with closing(open_store(str(folder))) as store:
        ALog(store, origin=ORIGIN, key=read_key(keys_of(folder) / FIRST[0])).publisher().publish()
    do(folder, "PRAGMA journal_mode = DELETE")


def log_signer(folder: Path, origin: str = ORIGIN) -> Ed25519Signer:
    """The log's key in the operator's hand."""
    return Ed25519Signer.of(origin, read_key(keys_of(folder) / FIRST[0]))


def exported(folder: Path, to: Path) -> Path:
    """The published log with its key, documents and texts, as `stimmbuch export` writes it."""
    with closing(open_store(str(folder))) as store:
        export_log(store, published_source(store, settle=False), to)
    return to


# ── auditing ───────────────────────────────────────────────────────────────────────────────────


def audit(
    folder: Path, trust: Trust = NOTHING, *, state: Path | None = None, whole: bool = True, processes: int = 1
) -> Audit:
    """Audits a store or an export."""
    if is_export(folder):
        return Auditor(export_target(folder), trust, processes=processes).run()
    with closing(open_store(str(folder))) as store:
        auditor = Auditor(store_target(store), trust, processes=processes)
        if state is None:
            return auditor.run()
        with closing(KeptState(state)) as kept:
            return auditor.run(kept, whole=whole)


def found(failures: list[Failure]) -> list[tuple[str, int | None]]:
    """Check and entry of each failure."""
    return [(failure.check, failure.seq) for failure in failures]


# ── an intruder's hands ────────────────────────────────────────────────────────────────────────


def do(folder: Path, order: str, *parameters: Any) -> list[Any]:
    """Executes an SQL order on the store's file, past the program."""
    with closing(sqlite3.connect(folder / "ledger.sqlite", isolation_level=None)) as database:
        database.execute("PRAGMA synchronous = OFF")  # an intruder does not wait for the disk
        return database.execute(order, parameters).fetchall()


def put(folder: Path, column: str, seq: int, value: Any) -> None:
    """Overwrites one column of one entry's row."""
    do(folder, f"UPDATE ledger_events SET {column} = ? WHERE notification_id = ?", value, seq + 1)


def get(folder: Path, column: str, seq: int) -> Any:
    """One column of one entry's row."""
    [[value]] = do(folder, f"SELECT {column} FROM ledger_events WHERE notification_id = ?", seq + 1)
    return value


def rechained(folder: Path, forge: Callable[[int, Entry], Entry | None]) -> None:
    """Writes the log anew with `forge` applied to each entry; every number, position and link is made to fit.

    This is the forger who knows the format and owns the database, but has nobody's keys.
    """
    rows = do(folder, "SELECT topic, statement, state FROM ledger_events ORDER BY notification_id")
    do(folder, "DELETE FROM ledger_events")
    streams: dict[str, tuple[int, str]] = {}
    seq, prev = 0, NO_LINK
    for number, (event_topic, digest, state) in enumerate(rows):
        entry = forge(number, parse_entry(state))
        if entry is None:
            continue
        pos, sprev = streams.get(entry.stream, (0, NO_LINK))
        stream = UUID(entry.stream)
        data = build_entry(
            entry.envelope,
            log=entry.log,
            seq=seq,
            prev=prev,
            stream=stream,
            pos=pos + 1,
            sprev=sprev,
            at=entry.at,
        )
        values = (seq + 1, stream.bytes, pos + 1, event_topic, data, digest)
        do(folder, "INSERT INTO ledger_events VALUES (?, ?, ?, ?, ?, ?)", *values)
        seq, prev = seq + 1, leaf_hash(data)
        streams[entry.stream] = (pos + 1, prev)


def append(folder: Path, statement: Statement, *, at: str | None = None) -> int:
    """Writes an entry at the end of the log, with good links, past every rule; returns its number."""
    [[number]] = do(folder, "SELECT max(notification_id) FROM ledger_events")
    head = int(number) - 1
    last = get(folder, "state", head)
    stream = stream_of(statement, ORIGIN)
    wanted = "SELECT state FROM ledger_events WHERE originator_id = ? ORDER BY originator_version"
    rows = do(folder, wanted, stream.bytes)
    data = build_entry(
        statement.envelope,
        log=ORIGIN,
        seq=head + 1,
        prev=leaf_hash(last),
        stream=stream,
        pos=len(rows) + 1,
        sprev=leaf_hash(rows[-1][0]) if rows else NO_LINK,
        at=at or parse_entry(last).at,
    )
    digest = statement.envelope.digest
    values = (head + 2, stream.bytes, len(rows) + 1, topic(statement.kind), data, digest)
    do(folder, "INSERT INTO ledger_events VALUES (?, ?, ?, ?, ?, ?)", *values)
    return head + 1


@contextmanager
def going_on(folder: Path) -> Iterator[LedgerBuilder]:
    """The ledger a day later, ready for more by those who hold its keys.

    By a program of the operator's own, which does not refuse to write before what was published.
    """
    clock = Clock("2026-03-03T08:00:00.000Z")
    with closing(VotingLedger(open_store(str(folder)), clock=clock)) as ledger:
        ledger.writer = Writer(ledger.store.recorder, ledger.origin, clock)
        ledger.committer = Committer(ledger.writer)
        town = LedgerBuilder(ledger, clock)
        for name in (REGISTRAR, SERVICE, CLERK, CHAIR, "m1", "m2", "m3"):
            town.public(name)
        yield town
    do(folder, "PRAGMA journal_mode = DELETE")
