"""The audit of anchors: what `anchored` entries say, against the tree and the time stamps that are kept (9).

The certificates are those that the verifier trusts; whoever takes the operator's own believes the operator
about who the authorities are, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from ledger.audit.source import EntrySource
from ledger.errors import BadCertificate, NotFound, ProofError
from ledger.proof.anchor import Anchored, check_root, check_time_stamp, read_anchored
from ledger.proof.checks import Failure
from ledger.proof.encoding import b64
from ledger.proof.entry import Entry, parse_entry
from ledger.proof.merkle import root_at
from ledger.proof.statement import Statement
from ledger.proof.tiles import TileNodes
from ledger.proof.timestamp import Certificates, parse_certificates
from ledger.publish.anchor_files import anchor_path
from ledger.publish.anchors import kept_certificates
from ledger.publish.folder import LogFolder

Trusted = Callable[[str], Certificates | None]
"""Id of an authority → the certificates under which it is trusted, None without any."""


class Anchors:
    """What the entries say about anchors."""

    def __init__(self) -> None:
        self.found: list[Anchored] = []

    def note(self, entry: Entry, statement: Statement) -> None:
        """Takes in what an entry says."""
        if statement.kind == "anchored":
            self.found.append(read_anchored(entry, statement))

    def check(
        self, origin: str, log: LogFolder | None, size: int, source: EntrySource, trusted: Trusted
    ) -> Iterator[Failure]:
        """Holds all of them against the published tree of `size` entries, and the time stamps beside it.

        The tiles have been held against the entries before. Without a published log no time stamp is kept.
        """
        nodes = None if log is None else TileNodes(size, log.tile)
        for anchored in self.found:
            if (
                nodes is not None and anchored.size <= size
            ):  # else the rules refuse it, or it is not published
                yield from _check_root(anchored, nodes)
            kept = None if log is None else _read(log, anchor_path(anchored.size, anchored.tsa))
            last = _time(source, anchored.size - 1)
            yield from check_time_stamp(anchored, origin, kept, trusted(anchored.tsa), last)


def trusted_at(home: Path) -> Trusted:
    """The operator's own choice: the certificates in a store's home."""

    def trusted(tsa: str) -> Certificates | None:
        try:
            return parse_certificates(kept_certificates(home, tsa))
        except BadCertificate:
            return None

    return trusted


def trusts_nobody(_tsa: str) -> Certificates | None:
    """An export holds no certificates: whoever made it does not say whom to trust."""
    return None


def _check_root(anchored: Anchored, nodes: TileNodes) -> Iterator[Failure]:
    try:
        yield from check_root(anchored, b64(root_at(anchored.size, nodes)))
    except (NotFound, ProofError):
        return  # a tile is missing or broken: said where the tiles are looked at


def _time(source: EntrySource, seq: int) -> str:
    """The time of an entry, "" if it cannot be read."""
    page = source.page(seq, seq + 1)
    try:
        return parse_entry(page.states[0]).at
    except (IndexError, ProofError):
        return ""


def _read(log: LogFolder, name: str) -> bytes | None:
    try:
        return log.read(name)
    except NotFound:
        return None
