"""A ledger whose checkpoints are anchored by a time-stamping authority on loopback.

::

    with anchored_ledger(tmp_path) as anchored, Tsa(tmp_path / "tsa") as tsa:
        ask(anchored, tsa); anchored.assert_anchored(tsa, "tsa.example", 5)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from api.clock import utc_now
from api.wiring import open_publication
from ledger.anchoring import Anchoring, NewAnchor
from ledger.application import VotingLedger
from ledger.domain.anchors import Anchor
from ledger.founding import REGISTRAR, SERVICE, found, keys_of
from ledger.keyfile import read_key
from ledger.mapper import read_entry
from ledger.proof.anchor import check_root, check_time_stamp, read_anchored
from ledger.proof.encoding import b64
from ledger.proof.merkle import hash_leaf, root_of
from ledger.proof.timestamp import parse_certificates
from ledger.publish.anchor_files import anchor_path, kept_anchors
from ledger.publish.anchors import Authority, kept_certificates
from ledger.publish.publication import Publication
from ledger.rfc3339 import utc
from ledger.storage import Store, open_store
from tests.support.tsa import Tsa

ORIGIN = "ledger.example.org/anchored"

Clock = Callable[[], str]


class Anchored:
    """A ledger with a published log, and its service."""

    def __init__(self, store: Store, clock: Clock = utc_now) -> None:
        self.ledger = VotingLedger(store, clock=clock, origin=ORIGIN)
        found(self.ledger, time_zone="Europe/Berlin")
        self.keys = keys_of(store.home)
        self.publication: Publication = open_publication(store, ORIGIN)
        key = read_key(self.keys / f"{SERVICE}.key")
        self.anchoring = Anchoring(self.ledger, self.publication.folder, SERVICE, key)
        self.publication.settle()

    def grow(self, count: int) -> None:
        """So many entries more, published."""
        key = read_key(self.keys / f"{REGISTRAR}.key")
        head = self.ledger.head()
        for number in range(count):
            self.ledger.speak("body-registered", {"actor": REGISTRAR, "body": f"b{head}-{number}"}, key)
        self.publication.settle()

    @property
    def anchors(self) -> list[Anchor]:
        """What is recorded."""
        with self.ledger.current() as state:
            assert state.register is not None
            return list(state.register.anchors)

    @property
    def kept(self) -> list[tuple[int, str]]:
        """What is kept."""
        return list(kept_anchors(self.publication.folder.path))

    def assert_anchored(self, tsa: Tsa, name: str, size: int) -> None:
        """The last anchor is of this authority and size, and everything about it holds."""
        anchor = next(one for one in reversed(self.anchors) if one.tsa == name)
        rows = self.ledger.entries(-1, anchor.seq + 1)
        reading = read_entry(rows[anchor.seq].state)
        anchored = read_anchored(reading.entry, reading.statement)
        assert anchored.size == size
        response = self.publication.folder.read(anchor_path(size, name))
        assert tsa.openssl_verifies(response, anchored.text(ORIGIN).encode())
        trusted = parse_certificates(kept_certificates(self.ledger.store.home, name))
        last = read_entry(rows[size - 1].state).place.at
        assert list(check_time_stamp(anchored, ORIGIN, response, trusted, last)) == []
        root = root_of(hash_leaf(row.state) for row in rows[:size])
        assert list(check_root(anchored, b64(root))) == []


@contextmanager
def anchored_ledger(folder: Path, clock: Clock = utc_now) -> Iterator[Anchored]:
    """A ledger of five entries, published, without an anchor."""
    one = Anchored(open_store(str(folder / "ledger"), create=True), clock)
    with closing(one.ledger):
        one.grow(4)
        yield one


def ask(
    anchored: Anchored, tsa: Tsa, name: str = "tsa.example", certificates: bytes | None = None
) -> NewAnchor | None:
    """One attempt to anchor."""
    pem = tsa.chain if certificates is None else certificates
    return anchored.anchoring.anchor(Authority(name, tsa.url), pem)


def moved(at: str, **by: float) -> str:
    """A time so much later."""
    moment = datetime.fromisoformat(at) + timedelta(**by)
    return utc(moment)
