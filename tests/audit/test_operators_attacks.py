"""What can an operator do who has root, the database and the log key, without an auditor noticing?

Each attack is made, and everything is published anew under the old key, so that the log fits together again
as well as the operator can make it. The auditor has the key of the log and one checkpoint from before.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from api.wiring import open_publication
from ledger.audit import Audit, Trust
from ledger.audit.findings import of_log
from ledger.audit.trust import Kept
from ledger.founding import keys_of
from ledger.keyfile import read_key
from ledger.proof.dsse import Envelope, Signature
from ledger.proof.encoding import b64, canonical, parse_canonical
from ledger.proof.entry import Entry, parse_entry
from ledger.proof.keys import SigningKey, key_id
from ledger.proof.statement import MAX_PAYLOAD, Statement, compose, parse_statement
from ledger.proof.tiles import decode_bundle, encode_bundle
from ledger.publish.folder import CHECKPOINT, FOLDER, LogFolder
from ledger.publish.signer import FOLDER as SIGNER
from ledger.storage import open_store
from tests.support.audited import (
    ATTACHED,
    CLOSED,
    LAST,
    OFFER,
    VOTE,
    append,
    audit,
    do,
    get,
    going_on,
    log_signer,
    put,
    rechained,
    republish,
)
from tests.support.builders import REGISTRAR, a_town, document

IDENTITY = b"\x01" + bytes(31)
"""A key of low order, the identity point, under which some libraries verify this for every message:"""
CONSTANT = Signature(key_id(IDENTITY), IDENTITY + bytes(32))


def key_of(name: str) -> SigningKey:
    """The key of somebody who is in it with the operator."""
    return SigningKey(hashlib.sha256(f"town: key of {name}".encode()).digest())


@pytest.fixture
def kept(original: Path) -> Trust:
    """What the auditor kept: the log's key, and the newest checkpoint."""
    note = LogFolder(original / FOLDER).read(CHECKPOINT)
    return Trust(keys=(log_signer(original).verification_key,), since=(Kept("last month's", note),))


def caught(found: Audit) -> set[str]:
    """The checks that fail, or `older`."""
    return {*found.counts, *(["older"] if found.older else [])}


def test_an_operator_who_changes_nothing_and_publishes_anew_is_not_accused(folder: Path, kept: Trust) -> None:
    """The same entries have the same tree: what the next tests find is the attack."""
    republish(folder)
    found = audit(folder, kept)
    assert (caught(found), found.since) == (set(), [LAST + 1])


def forge_entries(forge: Callable[[int, Entry], Entry | None]) -> Callable[[Path], None]:
    """An attack that changes entries and repairs every link."""
    return lambda folder: rechained(folder, forge)


def altered(number: int, entry: Entry) -> Entry:
    """The last vote says yes."""
    if number != LAST - 1:
        return entry
    payload = entry.envelope.payload.replace(b'{"1":"no"}', b'{"1":"yes"}')
    return entry._replace(envelope=Envelope(entry.envelope.payload_type, payload, entry.envelope.signatures))


def backdated(number: int, entry: Entry) -> Entry:
    """The first vote of the second procedure was given when it was opened."""
    return entry._replace(at="2026-03-02T08:00:20.000Z") if number == LAST - 3 else entry


def enrolled(_: int, entry: Entry) -> Entry:
    """A registrar who is in it gave m3 a key under which one constant signature stands for everything.

    What m3 signed carries that signature now.
    """
    kind, payload = entry.envelope.payload_type, parse_canonical(entry.envelope.payload, limit=MAX_PAYLOAD)
    if payload.get("subject") == "m3":
        return entry._replace(envelope=enrolling(kind, payload))
    if payload["actor"] == "m3":
        return entry._replace(envelope=Envelope(kind, entry.envelope.payload, (CONSTANT,)))
    return entry


def enrolling(kind: str, payload: dict[str, Any]) -> Envelope:
    """The registration of a low-order key in place of the one in `payload`, with all signatures."""
    changed = canonical({**payload, "key": b64(IDENTITY)})
    signed = Envelope(kind, changed, ()).countersign(key_of(REGISTRAR))
    return Envelope(kind, changed, (*signed.signatures, CONSTANT))


def swap(folder: Path) -> None:
    """Another offer was attached, and lies there under its own digest."""
    other = document(OFFER.replace("an", "no"))
    rechained(folder, lambda number, entry: attached(entry, other) if number == ATTACHED else entry)
    with closing(open_store(str(folder))) as store:
        store.documents.put(other["sha256"], BytesIO(OFFER.replace("an", "no").encode()), limit=100)


def attached(entry: Entry, other: dict[str, Any]) -> Entry:
    """The entry with another document in it, under the clerk's signature for the first one."""
    envelope = entry.envelope
    changed = {**parse_canonical(envelope.payload, limit=MAX_PAYLOAD), "document": other}
    return entry._replace(envelope=Envelope(envelope.payload_type, canonical(changed), envelope.signatures))


def truncate(folder: Path) -> None:
    """The second procedure never took place."""
    do(folder, "DELETE FROM ledger_events WHERE notification_id > ?", CLOSED + 1)


def reorder(folder: Path) -> None:
    """Two members voted in the other order."""
    for old, new in ((LAST - 1, 9999), (LAST, LAST - 1), (9999, LAST)):
        do(folder, "UPDATE ledger_events SET notification_id = ? WHERE notification_id = ?", new, old)
    rechained(folder, lambda number, entry: entry)


def insert(folder: Path) -> None:
    """A member who had not voted is talked into it afterwards: a good signature, at a place in between."""
    truncate_to(folder, LAST)
    with going_on(folder) as town:
        motion = parse_entry(get(folder, "state", LAST - 1)).stream
        town.withdraw(motion, "m3")
        town.vote(motion, "m3", "yes")
        town.close(motion)


def fork(folder: Path) -> None:
    """From an old point on, another history by the same people: longer than the one that was published."""
    truncate(folder)
    with going_on(folder) as town:
        motion = town.open("another")
        for member in ("m1", "m2", "m3"):
            town.vote(motion, member, "yes")
        town.close(motion)
        town.open("more")


def truncate_to(folder: Path, count: int) -> None:
    """Keeps the first entries."""
    do(folder, "DELETE FROM ledger_events WHERE notification_id > ?", count)


ATTACKS: dict[str, tuple[Callable[[Path], None], set[str]]] = {
    "alter": (forge_entries(altered), {"8.6", "4.2", "5.3", "6.1"}),
    "delete": (forge_entries(lambda number, entry: None if number == LAST - 1 else entry), {"older", "5.3"}),
    "reorder": (reorder, {"8.6", "5.3", "2.6"}),
    "truncate": (truncate, {"older"}),
    "backdate": (forge_entries(backdated), {"8.6", "5.3", "2.6"}),
    "insert": (insert, {"8.6"}),
    "fork": (fork, {"8.6"}),
    "swap a document": (swap, {"8.6", "4.2", "5.2", "5.3", "6.1"}),
    "enrol a low-order key": (forge_entries(enrolled), {"8.6", "3.1", "4.1", "5.1"}),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_who_kept_one_checkpoint_notices_that_history_was_rewritten(
    folder: Path, kept: Trust, name: str
) -> None:
    """Alter, delete, reorder, truncate, backdate, insert, fork, swap, enrol; then all is signed anew."""
    attack, checks = ATTACKS[name]
    attack(folder)
    republish(folder)
    found = audit(folder, kept)
    assert caught(found) & {"8.6", "older"}
    assert caught(found) <= checks


@pytest.mark.parametrize("name", ATTACKS)
def test_without_publishing_anew_everybody_notices(folder: Path, name: str) -> None:
    """What was published and signed already says so, without anything that was kept."""
    ATTACKS[name][0](folder)
    assert caught(audit(folder)) & {"8.1", "8.7"}


def test_a_restored_backup_of_the_database_is_seen_at_the_first_entry_that_is_missing(folder: Path) -> None:
    """Roll back: the published log and the signer know more than the database."""
    truncate_to(folder, CLOSED + 1)
    found = audit(folder)
    assert {(one.check, one.seq) for one in found.failures} == {("8.1", CLOSED + 1), ("8.12", CLOSED + 1)}


def test_a_restored_backup_of_everything_is_seen_by_who_kept_a_checkpoint(folder: Path, kept: Trust) -> None:
    """Roll back: database, published log and signer's memory are all of last week, and fit together."""
    truncate_to(folder, CLOSED + 1)
    republish(folder)
    assert audit(folder).holds
    found = audit(folder, kept)
    assert (found.older, found.holds) == (True, True)


def test_who_takes_every_trace_of_a_signature_away_is_seen_by_who_kept_a_checkpoint(
    folder: Path, kept: Trust
) -> None:
    """Published log and signer's memory are gone: what is left says that nothing shows where the log ends."""
    truncate_to(folder, CLOSED + 1)
    for name in (FOLDER, SIGNER):
        shutil.rmtree(folder / name)
    found = audit(folder)
    assert (found.holds, found.traced) == (True, False)
    assert "Where the log ends" in of_log(found).not_shown[1].en
    assert audit(folder, kept).older


def test_a_swapped_document_is_seen(folder: Path) -> None:
    """Another offer under the digest of the one that was voted on."""
    [path] = (folder / "documents").glob("*/*")
    path.chmod(0o600)
    path.write_bytes(OFFER.replace("an", "no").encode())
    republish(folder)
    assert [(one.check, one.seq) for one in audit(folder).failures] == [("7.1", ATTACHED)]


def test_a_replayed_vote_is_seen(folder: Path) -> None:
    """The operator kept an envelope and records it a second time, with good links and a good signature."""
    with going_on(folder) as town:
        motion = town.open("third")
        town.vote(motion, "m1", "yes")
        first = town.ledger.head()
        town.withdraw(motion, "m1")
    vote = parse_statement(parse_entry(get(folder, "state", first)).envelope)
    without_unique_digests(folder)
    seq = append(folder, vote)
    republish(folder)
    assert ("3.3", seq) in [(one.check, one.seq) for one in audit(folder).failures]


def without_unique_digests(folder: Path) -> None:
    """The intruder owns the file: the table is made anew without the keys that stand in the way."""
    columns = (
        "notification_id INTEGER PRIMARY KEY, originator_id BLOB, originator_version INTEGER, topic TEXT"
    )
    do(folder, f"CREATE TABLE other ({columns}, state BLOB, statement BLOB)")
    do(folder, "INSERT INTO other SELECT * FROM ledger_events")
    do(folder, "DROP TABLE ledger_events")
    do(folder, "ALTER TABLE other RENAME TO ledger_events")


def test_a_low_order_key_that_is_enrolled_now_is_seen(folder: Path, kept: Trust) -> None:
    """History stays as it is, so no checkpoint tells: the key is refused, and so are its votes."""
    with going_on(folder) as town:
        honest = town.statement(
            "key-registered", REGISTRAR, subject="mallory", roles=["member"], key=town.public("mallory")
        )
        motion = town.open("third")
        vote = town.statement("vote-cast", "m1", procedure=motion, member="m1", choices={"1": "yes"})
    envelope = enrolling(honest.envelope.payload_type, honest.payload)
    enrolling_entry = append(folder, Statement(honest.kind, honest.payload, envelope))
    said = {**vote.payload, "actor": "mallory", "member": "mallory"}
    signed = Envelope(vote.envelope.payload_type, canonical(said), (CONSTANT,))
    voting_entry = append(folder, Statement(vote.kind, said, signed))
    republish(folder)
    found = [(one.check, one.seq) for one in audit(folder, kept).failures]
    assert found == [("3.1", enrolling_entry), ("4.1", voting_entry), ("5.1", voting_entry)]


def forged_vote(folder: Path, key: SigningKey, **fields: Any) -> int:
    """A vote of m1 in an open procedure, signed with `key`, written past every rule; returns its number."""
    with going_on(folder) as town:
        motion = town.open("third")
        honest = town.statement("vote-cast", "m1", procedure=motion, member="m1", choices={"1": "yes"})
    payload = {**honest.payload, **fields}
    return append(folder, compose("vote-cast", payload, key))


def test_a_vote_forged_with_the_log_key_is_seen(folder: Path) -> None:
    """The log key signs heads; it speaks for nobody."""
    seq = forged_vote(folder, read_key(keys_of(folder) / "log.key"))
    republish(folder)
    assert [(one.check, one.seq) for one in audit(folder).failures] == [("4.1", seq)]


def test_a_vote_forged_with_the_portals_key_is_seen(folder: Path) -> None:
    """The portal may say that a member voted there. It cannot speak as the member, nor against the rules."""
    with going_on(folder) as town:
        town.person("portal", "portal")
        portal = town.key("portal")
    seq = forged_vote(folder, portal)
    again = forged_vote_of_portal(folder, portal, seq)
    republish(folder)
    found = [(one.check, one.seq) for one in audit(folder).failures]
    assert found == [("4.1", seq), ("5.1", again)]


def forged_vote_of_portal(folder: Path, portal: SigningKey, seq: int) -> int:
    """The same vote openly through the portal, in a procedure whose rules know none."""
    vote = parse_statement(parse_entry(get(folder, "state", seq)).envelope).payload
    attested = {"provenance": {"kind": "portal-attested", "assurance": "high"}, "actor": "portal"}
    return append(folder, compose("vote-cast", {**vote, **attested}, portal))


def test_a_vote_forged_with_a_revoked_key_is_seen(folder: Path) -> None:
    """Somebody found the member's old tablet, and the operator is in it with them."""
    with going_on(folder) as town:
        lost: dict[str, Any] = {"reason": "lost", "suspect_from": None}
        town.put("key-revoked", "registrar", subject="m1", key=town.public("m1"), **lost)
        key = town.key("m1")
    seq = forged_vote(folder, key)
    republish(folder)
    assert [(one.check, one.seq) for one in audit(folder).failures] == [("4.1", seq)]


# ── two tenants ────────────────────────────────────────────────────────────────────────────────

VILLAGE = "ledger.example.org/village"


@pytest.fixture
def neighbour(tmp_path: Path) -> Path:
    """Another ledger of the same service, published, with as many entries as fit."""
    folder = tmp_path / "village"
    town = a_town(open_store(str(folder), create=True), members=3, seed="village", origin=VILLAGE)
    open_publication(town.ledger.store, VILLAGE).settle()
    town.ledger.close()
    return folder


def test_entries_of_another_tenant_in_the_database_are_seen(folder: Path, neighbour: Path) -> None:
    """The rows of two ledgers were mixed up, or exchanged."""
    put(folder, "state", VOTE, get(neighbour, "state", 3))
    found = {(one.check, one.seq) for one in audit(folder).failures}
    assert found >= {("1.2", VOTE), ("3.2", VOTE), ("8.7", VOTE)}


def test_another_tenants_entries_under_our_checkpoint_are_seen(export: Path, neighbour: Path) -> None:
    """The web server serves the bundles of one ledger under the checkpoint of another."""
    ours, theirs = export / f"tile/entries/000.p/{LAST + 1}", neighbour / FOLDER / "tile/entries/000.p/8"
    entries = [*decode_bundle(theirs.read_bytes(), 8), *decode_bundle(ours.read_bytes(), LAST + 1)[8:]]
    ours.write_bytes(encode_bundle(entries))
    found = audit(export)
    assert {"8.4", "8.7"} <= caught(found)
    assert {one.seq for one in found.failures if one.check == "8.7"} == set(range(8))


def test_another_tenants_whole_log_is_not_ours(neighbour: Path, kept: Trust) -> None:
    """It holds by itself. Who knows whose log it is to be says so, and every entry is foreign."""
    log = neighbour / FOLDER
    assert audit(log).holds
    found = audit(log, Trust(keys=kept.keys))
    assert {"1.2", "3.2", "8.4"} <= caught(found)


def test_a_signer_that_was_robbed_of_its_memory_is_seen(folder: Path, kept: Trust) -> None:
    """The memory is gone, and a second history is signed from nothing."""
    shutil.rmtree(folder / SIGNER)
    fork(folder)
    republish(folder)
    assert "8.6" in caught(audit(folder, kept))
