"""Makes the cases of the corpus out of the attacks in `tests/support/attacks`, always the same bytes.

Keys, nonces and clocks of the ledgers that are attacked follow from seeds, and Ed25519 signatures from both.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from api.wiring import open_publication
from ledger.audit.trust import NOTHING, Trust
from ledger.export.names import document_name
from ledger.proof.checkpoint import Checkpoint, sign_checkpoint
from ledger.proof.policy import Policy
from ledger.proof.signers import Ed25519Signer
from ledger.proof.static_log import TileWriter
from ledger.proof.tlog_proof import parse_tlog_proof
from ledger.publish.folder import CHECKPOINT, checkpoint_path
from ledger.publish.sizes import NAME as SIZES
from ledger.publish.sizes import encode_sizes
from ledger.storage import open_store
from tests.support.attacks import CORPUS, ENTRIES, links, registers, rules, signed
from tests.support.attacks.dossiers import DOSSIERS, full
from tests.support.attacks.receipts import RECEIPTS
from tests.support.attacks.stored import STORED, WITNESS
from tests.support.audited import VOTE, do, exported, get, log_signer, tell
from tests.support.builders import ORIGIN
from tests.support.corpus import HONEST, Brought, Case, Parts, documented
from tests.support.corpus.anchored import anchored_cases
from tests.support.corpus.verified import RECEIPT, entry_part, verified
from tests.support.dossiers import LOG
from tests.support.memory_ledger import key_of

FILLED = (links, registers, rules, signed)
"""Importing these fills the corpus of broken logs."""

TABLES = {"ledger_events": "notification_id", "ledger_disclosures": "digest"}
"""The tables of a store, with what its rows are called by."""

UNSAID = ("keys/", "signer/lead", "signer/.spare-checkpoint", "ledger.sqlite", "README.txt")
"""Files that no verifier reads, and the database, whose rows are told one by one."""


def groups() -> dict[str, list[Case]]:
    """All cases, in the order of their files."""
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        original = tell(Path(folder) / "ledger")
        made = {
            "logs": list(_logs()),
            "stores": list(_stores(original, Path(folder))),
            "exports": list(_exports(original, Path(folder))),
            "anchors": list(anchored_cases()),
            "receipts": list(_receipts(original)),
            "dossiers": list(_dossiers()),
        }
        return {name: [_judged(name, case, Path(folder)) for case in cases] for name, cases in made.items()}


def _memory() -> Path | None:
    """A folder that is no disk, where there is one: hundreds of small files are synced and read once."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() else None


def _judged(group: str, case: Case, folder: Path) -> Case:
    """The case with what is said to it."""
    place = folder / "judged"
    try:
        return case._replace(fails=verified(group, case, place))
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _logs() -> Iterator[Case]:
    yield Case("honest", HONEST, (), Brought(), _log(ENTRIES))
    for name, (forge, _) in CORPUS.items():
        yield Case(name, documented(forge), (), Brought(), _log(forge()))


def _log(entries: Sequence[bytes]) -> Parts:
    """The entries, with a checkpoint over whatever they are, signed with every key that they may name."""
    signers = (Ed25519Signer.of(LOG.name, key_of(name)) for name in ("log", "log/2", "log/3"))
    writer = TileWriter()
    writer.extend(entries)
    note = sign_checkpoint(Checkpoint(LOG.name, writer.size, writer.root()), *signers)
    files = {CHECKPOINT: note, checkpoint_path(writer.size): note, SIZES: encode_sizes([writer.size])}
    papers = {document_name(hashlib.sha256(paper).hexdigest()): paper for paper in (b"late", b"other")}
    return {**{entry_part(seq): data for seq, data in enumerate(entries)}, **files, **papers}


def _stores(original: Path, folder: Path) -> Iterator[Case]:
    yield Case("honest", HONEST, (), Brought(), _store(original))
    for name, attack in STORED.items():
        if not attack.export:
            place = Path(shutil.copytree(original, folder / name))
            brought = _brought(attack.spoil(place))
            yield Case(name, documented(attack.spoil), (), brought, _store(place))


def _exports(original: Path, folder: Path) -> Iterator[Case]:
    export = exported(original, folder / "export")
    yield Case("honest", HONEST, (), Brought(), _files(export))
    for name, attack in STORED.items():
        if attack.export:
            place = Path(shutil.copytree(export, folder / name))
            brought = _brought(attack.spoil(place))
            yield Case(name, documented(attack.spoil), (), brought, _files(place))


def _receipts(original: Path) -> Iterator[Case]:
    with closing(open_store(str(original))) as store:
        data = open_publication(store, ORIGIN).receipt(VOTE, get(original, "state", VOTE))
    brought = Brought(keys=(log_signer(original).verification_key.text,))
    yield Case("honest", HONEST, (), brought, {RECEIPT: data})
    for name, (forge, _) in RECEIPTS.items():
        forged = forge(parse_tlog_proof(data))
        parts: Parts = {RECEIPT: forged if isinstance(forged, bytes) else forged.format()}
        yield Case(name, documented(forge), (), brought, parts)


def _dossiers() -> Iterator[Case]:
    brought = Brought(keys=(LOG.verification_key.text,))
    yield Case("honest", HONEST, (), brought, dict(full()))
    for name, (forge, _) in DOSSIERS.items():
        yield Case(name, documented(forge), (), brought, dict(forge()))


def _store(home: Path) -> Parts:
    """Files and rows of a store."""
    parts = _files(home)
    for table, name in TABLES.items():
        columns = [column[1] for column in do(home, f"PRAGMA table_info({table})")]
        for values in do(home, f"SELECT {', '.join(columns)} FROM {table} ORDER BY {name}"):
            row = dict(zip(columns, values, strict=True))
            called = row[name] if isinstance(row[name], int) else row[name].hex()
            parts[f"{table}/{called}"] = row
    return parts


def _files(folder: Path) -> Parts:
    paths = (path for path in folder.rglob("*") if path.is_file())
    named = {path.relative_to(folder).as_posix(): path for path in paths}
    return {name: path.read_bytes() for name, path in named.items() if not name.startswith(UNSAID)}


def _brought(trust: Trust) -> Brought:
    """What the attack lets the auditor bring along, as text."""
    assert trust == NOTHING or not trust.authorities
    return Brought(
        keys=tuple(key.text for key in trust.keys),
        policy="" if trust.policy is None else _text(trust.policy),
        since=tuple(kept.note.decode() for kept in trust.since),
    )


def _text(policy: Policy) -> str:
    """The one policy that an auditor brings along here: a witness is known, and none is asked for."""
    assert [witness.key for witness in policy.witnesses] == [WITNESS.verification_key]
    return f"witness w {WITNESS.verification_key.text}\nquorum none\n"
