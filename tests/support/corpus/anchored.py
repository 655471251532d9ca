"""The cases on anchors (group 9): exports of a small ledger whose first five entries are anchored.

A time stamp is signed with fresh randomness at the time that it states, so those are frozen, with the
certificates of the authority and of another one: `tests/corpus/time-stamps.json`. What they are over follows
from seeds. `renew` asks `openssl ts` for all of them again.
"""

from __future__ import annotations

import base64
import hashlib
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ledger.proof.checkpoint import Checkpoint, sign_checkpoint
from ledger.proof.encoding import b64
from ledger.proof.static_log import TileWriter
from ledger.proof.timestamp import stated_time
from ledger.publish.anchor_files import anchor_path
from ledger.publish.folder import CHECKPOINT, checkpoint_path
from ledger.publish.sizes import NAME as SIZES
from ledger.publish.sizes import encode_sizes
from tests.support.attacks.anchors import ANCHORS
from tests.support.corpus import FOLDER, HONEST, Brought, Case, Parts, documented
from tests.support.dossiers import LOG
from tests.support.flips import flipped
from tests.support.memory_ledger import ORIGIN, SERVICE, START, MemoryLedger, later
from tests.support.tsa import Tsa

STAMPS = FOLDER / "time-stamps.json"
TSA = "tsa.example"
SIZE = 5
"""Entries under the anchor, which is the next one."""
FAR = "2099-03-02T08:00:00.000Z"
OTHER, NEVER = (
    Checkpoint("ledger.example.org/other", SIZE, bytes(32)),
    Checkpoint(ORIGIN, SIZE - 1, bytes(32)),
)
"""Checkpoints of another log, and of a tree that this one never had."""


class Frozen:
    """The time stamps that are kept, by what they are over."""

    def __init__(self) -> None:
        kept = json.loads(STAMPS.read_text("utf-8"))
        self.certificates: str = kept["certificates"]
        self.others: str = kept["other_certificates"]
        self._stamps: dict[str, str] = kept["stamps"]

    def over(self, head: Checkpoint) -> bytes:
        """The time stamp over a checkpoint; `renew` makes one that is missing."""
        return base64.b64decode(self._stamps[head.text])


def renew() -> None:
    """Asks a new authority for all time stamps."""
    with tempfile.TemporaryDirectory() as folder:
        tsa, other = (Tsa(Path(folder) / name, name="Corpus") for name in ("tsa", "other"))
        stamps = {
            head.text: b64(tsa.stamp(head.text.encode()))
            for head in (_head(_begun(START)), _head(_begun(FAR)), OTHER, NEVER)
        }
        chains = {"certificates": tsa.chain.decode(), "other_certificates": other.chain.decode()}
    STAMPS.write_text(json.dumps({**chains, "stamps": stamps}, indent=1) + "\n", "utf-8")


def anchored_cases() -> Iterator[Case]:
    """The honest one, and the attacks of `attacks/anchors.py`, made on this ledger."""
    frozen = Frozen()
    for name, (parts, certificates) in _anchors(frozen).items():
        done = documented(ANCHORS[name].spoil) if name in ANCHORS else HONEST
        brought = Brought(authorities=((TSA, certificates),) if certificates else ())
        yield Case(name, done, (), brought, parts)


def _anchors(frozen: Frozen) -> dict[str, tuple[Parts, str]]:
    """What is verified, and with which certificates of the authority."""
    true, ahead, place = _head(_begun(START)), _head(_begun(FAR)), anchor_path(SIZE, TSA)
    stamp = frozen.over(true)
    then = later(stated_time(stamp, true.text.encode()), 1)
    honest = _anchored(true, stamp, at=then)
    trusted, nobodys = frozen.certificates, ""
    return {
        "honest": (honest, trusted),
        "a_time_stamp_withheld": ({name: one for name, one in honest.items() if name != place}, trusted),
        "a_time_stamp_with_a_bit_changed": (honest | {place: flipped(stamp, len(stamp) - 1)}, trusted),
        "a_time_stamp_exchanged_for_a_later_one": (honest | {place: frozen.over(ahead)}, trusted),
        "a_time_stamp_that_is_none": (_anchored(true, b"made up", at=then), trusted),
        "a_time_stamp_whose_authority_nobody_knows": (honest, nobodys),
        "a_time_stamp_of_the_operators_own_authority": (honest, frozen.others),
        "a_time_stamp_over_something_else": (_anchored(true, frozen.over(OTHER), at=then), trusted),
        "an_anchor_over_a_tree_that_the_log_never_had": (
            _anchored(NEVER, frozen.over(NEVER), at=then),
            trusted,
        ),
        "entries_dated_ahead_of_their_anchor": (
            _anchored(ahead, frozen.over(ahead), at=FAR, start=FAR),
            trusted,
        ),
        "entries_backdated_behind_their_anchor": (_anchored(true, stamp, at=START), trusted),
    }


def _begun(start: str) -> MemoryLedger:
    """The ledger without its anchor."""
    ledger = MemoryLedger(start=start)
    ledger.found()
    for number in range(SIZE - 1):
        ledger.put("body-registered", body=f"b{number}")
    return ledger


def _head(ledger: MemoryLedger) -> Checkpoint:
    writer = TileWriter()
    writer.extend(ledger.entries)
    return Checkpoint(ORIGIN, writer.size, writer.root())


def _anchored(head: Checkpoint, response: bytes, *, at: str, start: str = START) -> Parts:
    """An export of the ledger with an anchor that claims at this time that `response` is over `head`."""
    ledger = _begun(start)
    said: dict[str, Any] = {"size": head.size, "root": b64(head.root), "tsa": TSA}
    said["token_sha256"] = hashlib.sha256(response).hexdigest()
    ledger.put("anchored", SERVICE, at=at, **said)
    return {**_published(ledger.entries), anchor_path(head.size, TSA): response}


def _published(entries: list[bytes]) -> Parts:
    """The published log, with a checkpoint before the anchor and one behind it."""
    writer = TileWriter()
    files: Parts = {}
    for part in (entries[:SIZE], entries[SIZE:]):
        files |= dict(writer.extend(part)) | dict(writer.edge())
        note = sign_checkpoint(Checkpoint(ORIGIN, writer.size, writer.root()), LOG)
        files |= {checkpoint_path(writer.size): note, CHECKPOINT: note}
    return {**files, SIZES: encode_sizes([SIZE, len(entries)])}
