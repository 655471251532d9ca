"""What an `anchored` entry proves, together with the time stamp that it names (group 9).

The two hold each other: the time stamp is over a checkpoint, so everything in that tree is older than it; and
the log names the time stamp, so everything from that entry on is younger. An operator who writes an earlier
or a later time into an entry is caught at the next anchor on either side.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from ledger.errors import ProofError
from ledger.proof.checks import Failure
from ledger.proof.encoding import unb64
from ledger.proof.entry import Entry
from ledger.proof.sentences import stamps
from ledger.proof.statement import Statement
from ledger.proof.timestamp import Certificates, TimeStamp, verify_timestamp
from ledger.proof.tree_head import Checkpoint

TOLERANCE = timedelta(seconds=60)
"""By how much the service's clock and an authority's may differ before an entry's time counts as false."""


class Anchored(NamedTuple):
    """What an `anchored` entry says, and when it was recorded."""

    seq: int
    at: str
    size: int
    root: str
    tsa: str
    token_sha256: str

    def text(self, origin: str) -> str:
        """The checkpoint's text, which is stamped."""
        return Checkpoint(origin, self.size, unb64(self.root)).text


def read_anchored(entry: Entry, statement: Statement) -> Anchored:
    """The anchor of an entry whose statement is `anchored`."""
    payload = statement.payload
    named = (payload[name] for name in ("size", "root", "tsa", "token_sha256"))
    return Anchored(entry.seq, entry.at, *named)


def check_root(anchored: Anchored, root: str) -> Iterator[Failure]:
    """(9.7) `root` is that of the tree of the anchored size, base64."""
    if anchored.root != root:
        sizes = {"size": anchored.size}
        yield Failure.of("9.7", anchored.seq, stamps.ANOTHER_ROOT, root, anchored.root, **sizes)


def check_time_stamp(
    anchored: Anchored, origin: str, response: bytes | None, trusted: Certificates | None, last: str
) -> Iterator[Failure]:
    """(9.1 to 9.6, 9.8, 9.9) The time stamp of an anchor, as it is kept.

    `last` is the time of the last entry in the anchored tree, "" if that is not known.
    """
    seq = anchored.seq
    if response is None:
        yield Failure.of("9.1", seq, stamps.NOT_KEPT, tsa=anchored.tsa, size=anchored.size)
        return
    if (found := hashlib.sha256(response).hexdigest()) != anchored.token_sha256:
        yield Failure.of("9.2", seq, stamps.ANOTHER_KEPT, anchored.token_sha256, found)
        return
    if trusted is None:
        yield Failure.of("9.4", seq, stamps.NO_CERTIFICATE_OF, tsa=anchored.tsa)
        return
    try:
        stamp = verify_timestamp(response, anchored.text(origin).encode("utf-8"), trusted)
    except ProofError as error:
        yield Failure.of(error.check, seq, error)
        return
    yield from check_times(anchored, stamp, last)


def check_times(anchored: Anchored, stamp: TimeStamp, last: str) -> Iterator[Failure]:
    """(9.8, 9.9) The tree is older than the time stamp, and the entry that names it younger."""
    if last and _moment(last) > _moment(stamp.latest) + TOLERANCE:
        latest, by = f"≤ {stamp.latest}", {"anchor": anchored.seq}
        yield Failure.of("9.8", anchored.size - 1, stamps.YOUNGER_THAN_STAMP, latest, last, **by)
    if _moment(anchored.at) < _moment(stamp.earliest) - TOLERANCE:
        earliest = f"≥ {stamp.earliest}"
        yield Failure.of("9.9", anchored.seq, stamps.OLDER_THAN_STAMP, earliest, anchored.at)


def _moment(at: str) -> datetime:
    return datetime.fromisoformat(at)
