"""A chain of entries without meaning: what a publisher publishes, thousands in a second.

Their envelopes hold no statement and no signature; everything around them is as the committer writes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from ledger.proof.dsse import Envelope, Signature
from ledger.proof.entry import NO_LINK, build_entry, leaf_hash
from ledger.storage import Row, Store

ORIGIN = "ledger.example.org/chain"
STREAM = UUID(int=7)
AT = "2026-03-02T08:00:00.000Z"
KIND = "application/vnd.stimmbuch.vote-cast.v1+json"


def chain(first: int = 0, prev: str = NO_LINK, *, branch: str = "") -> Iterator[Row]:
    """Rows from `first` on, each linked to the one before; another `branch` is another history."""
    seq = first
    while True:
        payload = f'{{"entry":{seq},"branch":"{branch}"}}'.encode()
        envelope = Envelope(KIND, payload, (Signature("0" * 32, bytes(64)),))
        entry = build_entry(
            envelope, log=ORIGIN, seq=seq, prev=prev, stream=STREAM, pos=seq + 1, sprev=prev, at=AT
        )
        yield Row(seq, STREAM, seq + 1, "stimmbuch.vote-cast.v1", entry, envelope.digest)
        seq, prev = seq + 1, leaf_hash(entry)


def grow(store: Store, size: int, *, branch: str = "") -> None:
    """Appends entries until there are `size`."""
    head = store.recorder.head()
    last = store.recorder.read(head - 1, 1) if head >= 0 else []
    rows = chain(head + 1, leaf_hash(last[0].state) if last else NO_LINK, branch=branch)
    missing = [next(rows) for _ in range(size - head - 1)]
    if missing:
        with store.recorder.batch() as batch:
            batch.append(missing)
