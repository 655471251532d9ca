"""The audit of anchors: what `anchored` entries say, against the tree and the time stamps that are kept (9).

The certificates are those that the verifier trusts; whoever takes the operator's own believes the operator
about who the authorities are, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ledger.errors import BadCertificate, NotFound, StimmbuchError
from ledger.mapper import read_entry
from ledger.proof.anchor import Anchored, check_root, check_time_stamp, read_anchored
from ledger.proof.checks import Failure
from ledger.proof.encoding import b64
from ledger.proof.entry import Entry
from ledger.proof.merkle import Frontier, hash_leaf
from ledger.proof.statement import Statement, payload_type, register_stream
from ledger.proof.timestamp import Certificates, parse_certificates
from ledger.publish.anchor_files import anchor_path
from ledger.publish.anchors import kept_certificates
from ledger.publish.folder import LogFolder
from ledger.storage.recorder import LedgerRecorder

Trusted = Callable[[str], Certificates | None]
"""Id of an authority → the certificates under which it is trusted, None without any."""

_TYPE = payload_type("anchored").encode("ascii")


class Head(NamedTuple):
    """The tree of some size: its root, base64, and the time of its last entry ("" if it cannot be read)."""

    root: str
    at: str


class Anchors:
    """What the entries say about anchors. Grows the tree only where there are any."""

    def __init__(self, sizes: Sequence[int]) -> None:
        """`sizes` are the anchored ones (`anchored_sizes`): what they say is looked at later."""
        self._wanted = sorted(set(sizes), reverse=True)
        self._tree = Frontier()
        self._heads: dict[int, Head] = {}
        self._anchors: list[Anchored] = []

    def note(self, data: bytes, read: tuple[Entry, Statement] | None) -> None:
        """Takes in the next entry: its bytes, and what they say, if that can be read."""
        if self._wanted:
            self._tree.append(hash_leaf(data))
            if self._tree.size == self._wanted[-1]:
                at = read[0].at if read is not None else ""
                self._heads[self._wanted.pop()] = Head(b64(self._tree.root()), at)
        if read is not None and read[1].kind == "anchored":
            self._anchors.append(read_anchored(*read))

    def check(self, origin: str, log: LogFolder, trusted: Trusted) -> Iterator[Failure]:
        """Holds all of them against the tree and the time stamps in the published log."""
        for anchored in self._anchors:
            head = self._heads.get(anchored.size)
            if head is not None:  # else the rules refuse it: there was no such tree
                yield from check_root(anchored, head.root)
            kept = _read(log, anchor_path(anchored.size, anchored.tsa))
            at = "" if head is None else head.at
            yield from check_time_stamp(anchored, origin, kept, trusted(anchored.tsa), at)


def anchored_sizes(recorder: LedgerRecorder, origin: str) -> list[int]:
    """The sizes that `anchored` entries name, read from their bytes before the audit."""
    sizes = []
    for row in recorder.stream(register_stream(origin)):
        if _TYPE in row.state:
            with suppress(StimmbuchError):  # the audit says what is wrong with it
                sizes.append(int(read_entry(row.state).payload.get("size", 0)))
    return sizes


def trusted_at(home: Path) -> Trusted:
    """The operator's own choice: the certificates in a store's home."""

    def trusted(tsa: str) -> Certificates | None:
        try:
            return parse_certificates(kept_certificates(home, tsa))
        except BadCertificate:
            return None

    return trusted


def _read(log: LogFolder, name: str) -> bytes | None:
    try:
        return log.read(name)
    except NotFound:
        return None
