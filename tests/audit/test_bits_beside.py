"""Is every bit protected of what a ledger keeps because it asks others: policy, certificates, anchors?

`test_every_bit.py` flips what every ledger has. Here is one with witnesses, time stamps and an erased text.
What is not found stands in `IRRELEVANT` with its reason, or is the operator's own word, in place of which an
auditor takes a policy and certificates of their own; that is said in `ledger/audit/README.md`.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from api.cli import main
from ledger.anchor_schedule import LEAD
from ledger.application import VotingLedger
from ledger.audit import Auditor, Trust
from ledger.audit.anchors import trusted_at
from ledger.audit.failures import Failures
from ledger.audit.heads import Heads, newest_head
from ledger.audit.target import store_target
from ledger.mapper import read_entry
from ledger.proof.anchor import Anchored, check_time_stamp, read_anchored
from ledger.proof.keys import SigningKey
from ledger.proof.note import Note, format_note, parse_note
from ledger.proof.policy import Policy, parse_policy
from ledger.proof.signers import Ed25519Cosigner
from ledger.proof.tiles import Bundle, decode_bundle
from ledger.proof.timestamp import Certificates, parse_certificates
from ledger.publish.anchor_files import anchor_path
from ledger.publish.anchors import keep_certificates
from ledger.publish.folder import CHECKPOINT, FOLDER, LogFolder
from ledger.publish.policy_file import NAME as POLICY
from ledger.publish.policy_file import keep_policy
from ledger.publish.publication import STATE
from ledger.redaction import DONE, Erasures
from ledger.storage import open_store
from ledger.storage.uploads import FILE as UPLOADS
from ledger.sweeping import ASIDE, LOCK
from tests.support.attacks.stored import STORED
from tests.support.audited import LAST, SECRET, audit, do, log_signer
from tests.support.builders import Clock
from tests.support.corpus import GROUPS, read
from tests.support.corpus.anchored import SIZE, TSA
from tests.support.flips import flips

CHECKED = (
    *("ledger.sqlite", "documents/*/*", "log/checkpoint", "log/checkpoints/*", "log/tile/*", "log/anchors/*"),
    *("signer/checkpoint", POLICY, "tsa/*.pem"),
)
"""What is flipped, here or in `test_every_bit.py`. A star stands for folders, too."""

IRRELEVANT = {
    "keys/*": "private keys: with a changed one nothing can be signed, and nothing that was signed changes",
    "signer/lead": "an empty file that is locked",
    "signer/.spare-checkpoint": "an older memory, to be written into next time: nothing reads it",
    STATE: "a message of the publisher",
    "verification.json": "what the last audit found: it is made anew by the next one",
    "views.sqlite": "views, which are made anew from the log",
    DONE: "how far was erased: service and audit (7.4) look for what came back all the same",
    UPLOADS: "pieces of documents that are still being sent: no entry names them",
    f"{ASIDE}/*": "documents that no entry names",
    LOCK: "an empty file that is locked",
    LEAD: "an empty file that is locked",
    "access.toml": "who may look and write: nothing that is written rests on it",
    "access-tokens.json": "the same",
}

WITNESSES = [
    Ed25519Cosigner(f"witness.example/{name}", SigningKey(name.encode() * 16), lambda: 1_769_860_800)
    for name in ("w1", "w2", "w3")
]


# ── the policy ─────────────────────────────────────────────────────────────────────────────────


def policy_of(folder: Path) -> bytes:
    """All three witnesses must have cosigned."""
    lines = [f"log {log_signer(folder).verification_key.text} https://log.example.org/"]
    for witness in WITNESSES:
        vkey = witness.verification_key
        name = vkey.name.rpartition("/")[2]
        lines.append(f"witness {name} {vkey.text} https://{name}.example.org/")
    return "\n".join([*lines, "group enough 3 w1 w2 w3", "quorum enough", ""]).encode()


def cosigned(folder: Path, count: int) -> bytes:
    """The newest checkpoint is cosigned by so many witnesses, and the policy lies there; returns it."""
    path, policy = folder / FOLDER / CHECKPOINT, policy_of(folder)
    note = parse_note(path.read_bytes())
    cosignatures = (witness.sign_note(note.text) for witness in WITNESSES[:count])
    path.write_bytes(format_note(Note(note.text, (*note.signatures, *cosignatures))))
    keep_policy(folder, policy)
    return policy


def without_addresses(policy: Policy) -> tuple[Any, ...]:
    """Whose keys count, and in which groups; not where somebody is asked, and not how many are enough."""
    quorum = policy.quorum
    witnesses = {name: witness.key for name, witness in quorum.witnesses.items()}
    groups = {name: group.members for name, group in quorum.groups.items()}
    return [log.key for log in policy.logs], witnesses, groups, quorum.name


def test_every_bit_of_the_policy_is_found_or_asks_for_less(folder: Path) -> None:
    """Two bits of the threshold make it lower: the operator's own policy is the operator's own word."""
    policy = cosigned(folder, 3)
    honest, lowered = parse_policy(policy), set()
    with open_store(str(folder)) as store:
        auditor = Auditor(store_target(store), Trust(keys=(log_signer(folder).verification_key,)))
        for at, changed in flips(policy):
            if said := checks_under(auditor, changed):
                assert said <= {"8.4", "8.5", "8.10"}, at
                continue
            passed = parse_policy(changed)
            assert without_addresses(passed) == without_addresses(honest), at
            lowered.add(passed.quorum.groups[b"enough"].threshold)
    assert lowered == {1, 2, 3}


def checks_under(auditor: Auditor, policy: bytes) -> set[str]:
    """What an audit says to the newest checkpoint where this policy lies in the ledger's home."""
    auditor._target = replace(auditor._target, files={POLICY: policy})
    auditor._failures = failures = Failures()
    target, keys = auditor._target, auditor._trust.keys
    assert target.folder is not None
    Heads(lambda size: keys, auditor._policy(), failures).look(newest_head(target.folder, target.size), None)
    return {one.check for one in failures.kept}


def test_a_threshold_lowered_by_one_bit_is_seen_by_who_brings_the_policy_along(folder: Path) -> None:
    """The operator publishes with two cosignatures in place of three, and the policy at hand allows it."""
    policy = cosigned(folder, 2)
    assert [one.check for one in audit(folder).failures] == ["8.5"]
    keep_policy(folder, policy.replace(b"enough 3", b"enough 2"))
    assert audit(folder).holds
    own = Trust(policy=parse_policy(policy))
    assert [one.check for one in audit(folder, own).failures] == ["8.5"]


# ── anchors ────────────────────────────────────────────────────────────────────────────────────


class Stamped(NamedTuple):
    """An anchor with its time stamp and certificates, out of the tamper corpus: signatures of others."""

    anchored: Anchored
    origin: str
    last: str
    """Time of the last entry in the anchored tree."""
    response: bytes
    certificates: bytes

    def said(self, response: bytes, trusted: Certificates | None) -> list[tuple[str, int | None]]:
        """What is found."""
        failures = check_time_stamp(self.anchored, self.origin, response, trusted, self.last)
        return [(one.check, one.seq) for one in failures]


@pytest.fixture(scope="module")
def stamped() -> Stamped:
    """The honest one."""
    case = read(GROUPS["anchors"])[0]
    entries = decode_bundle(case.parts[Bundle(0, SIZE + 1).path], SIZE + 1)
    anchor, last = read_entry(entries[SIZE]), read_entry(entries[SIZE - 1])
    [(_, pem)] = case.brought.authorities
    response = case.parts[anchor_path(SIZE, TSA)]
    anchored = read_anchored(anchor.entry, anchor.statement)
    return Stamped(anchored, anchor.entry.log, last.place.at, response, pem.encode())


def test_every_bit_of_a_time_stamp(stamped: Stamped) -> None:
    """The entry names its digest."""
    trusted = parse_certificates(stamped.certificates)
    assert stamped.said(stamped.response, trusted) == []
    for _, changed in flips(stamped.response):
        assert stamped.said(changed, trusted) == [("9.2", SIZE)]


@pytest.mark.filterwarnings("ignore:Parsed a serial number:cryptography.utils.CryptographyDeprecationWarning")
def test_every_bit_of_the_certificates_is_found_or_trusts_the_same_keys(
    stamped: Stamped, tmp_path: Path
) -> None:
    """Whom an authority is cannot be changed by a bit; what is written around its key, and how, may be."""
    keys = keys_in(stamped.certificates)
    found = 0
    for at, changed in flips(stamped.certificates):
        keep(tmp_path, changed)
        said = stamped.said(stamped.response, trusted_at(tmp_path)(TSA))
        found += bool(said)
        assert said in ([("9.4", SIZE)], [("9.5", SIZE)], []), at
        assert said or keys_in(changed) == keys, at
    assert found > 1000


def keep(home: Path, pem: bytes) -> None:
    """The certificates in a store's home; nobody waits for the disk."""
    (home / "tsa").mkdir(exist_ok=True)
    (home / "tsa" / f"{TSA}.pem").write_bytes(pem)


def keys_in(pem: bytes) -> list[bytes]:
    """The public keys of signers and roots."""
    found = parse_certificates(pem)
    certificates = (*found.signers, *found.intermediates, *found.roots)
    return [
        one.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) for one in certificates
    ]


# ── the rest ───────────────────────────────────────────────────────────────────────────────────


def test_whatever_the_number_of_erasures_says_what_came_back_is_erased_and_found(folder: Path) -> None:
    """An old copy of the text is put back, and the file claims that everything is done."""
    STORED["an_erased_text_brought_back"].spoil(folder)
    [kept] = do(folder, "SELECT digest, body FROM ledger_disclosures")
    number = (folder / DONE).read_bytes()
    assert int(number) == LAST + 1
    for _, changed in flips(number):
        (folder / DONE).write_bytes(changed)
        assert [one.check for one in audit(folder).failures] == ["7.4"]
        with closing(VotingLedger(open_store(str(folder)), clock=Clock())) as ledger:
            assert Erasures(ledger.store, ledger.current).finish() == [SECRET.digest]
        assert do(folder, "SELECT digest FROM ledger_disclosures") == []
        do(folder, "INSERT INTO ledger_disclosures VALUES (?, ?)", *kept)


def test_what_lies_in_a_ledgers_folder_is_known(folder: Path, stamped: Stamped) -> None:
    """A new file is protected by a check, or stands above with its reason."""
    STORED["an_erased_text_brought_back"].spoil(folder)
    cosigned(folder, 3)
    keep_certificates(folder, TSA, stamped.certificates)
    LogFolder(folder / FOLDER).put({anchor_path(SIZE, TSA): stamped.response})
    CliRunner().invoke(main, ["verify", str(folder)])
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    known = (*CHECKED, *IRRELEVANT)
    assert {name for name in there if not any(fnmatch(name, pattern) for pattern in known)} == set()
    assert [pattern for pattern in CHECKED if not any(fnmatch(name, pattern) for name in there)] == []
    assert there >= {DONE, "keys/log.key", "signer/lead", "signer/.spare-checkpoint", "verification.json"}
