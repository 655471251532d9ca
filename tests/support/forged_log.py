"""What somebody with the database, but without other people's keys, can make of a log.

`edited` rewrites one entry, `relinked` repairs the numbers and links of all entries afterwards, and
`resigned` puts other signatures on a statement. `found` verifies, and says what was found where.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from ledger.proof.checks import Failure
from ledger.proof.dsse import Envelope, Signature
from ledger.proof.encoding import canonical, parse_canonical
from ledger.proof.entry import NO_LINK, build_entry, leaf_hash, parse_entry
from ledger.proof.keys import SigningKey
from ledger.proof.statement import MAX_PAYLOAD
from ledger.proof.verify import verify_log
from ledger.rules import ReplayedRules
from tests.support.memory_ledger import ORIGIN


def edited(data: bytes, **changes: Any) -> bytes:
    """The entry with other fields; what is not named stays."""
    fields = parse_entry(data)._asdict() | changes
    return build_entry(fields.pop("envelope"), **{**fields, "stream": UUID(str(fields["stream"]))})


def reworded(data: bytes, **members: Any) -> bytes:
    """The entry with other members in its statement, under the signatures that were there before."""
    envelope = parse_entry(data).envelope
    payload = {**parse_canonical(envelope.payload, limit=MAX_PAYLOAD), **members}
    return edited(data, envelope=Envelope(envelope.payload_type, canonical(payload), envelope.signatures))


def resigned(data: bytes, *keys: SigningKey, hints: Sequence[str] | None = None) -> bytes:
    """The entry with signatures of these keys, under these key ids."""
    envelope = parse_entry(data).envelope
    names = hints or [key.id for key in keys]
    made = (Signature(name, key.sign(envelope.pae)) for name, key in zip(names, keys, strict=True))
    return edited(data, envelope=Envelope(envelope.payload_type, envelope.payload, tuple(made)))


def relinked(entries: Iterable[bytes]) -> list[bytes]:
    """The entries with `seq`, `prev`, `pos` and `sprev` as they have to be in this order."""
    made: list[bytes] = []
    streams: dict[str, tuple[int, str]] = {}
    prev = NO_LINK
    for data in entries:
        stream = parse_entry(data).stream
        pos, sprev = streams.get(stream, (0, NO_LINK))
        made.append(edited(data, seq=len(made), prev=prev, pos=pos + 1, sprev=sprev))
        prev = leaf_hash(made[-1])
        streams[stream] = (pos + 1, prev)
    return made


def verified(entries: Iterable[bytes], origin: str = ORIGIN) -> list[Failure]:
    """All failures of a log."""
    return verify_log(entries, origin, ReplayedRules(origin)).failures


def found(entries: Iterable[bytes]) -> list[tuple[str, int | None]]:
    """Check and entry of all failures of a log."""
    return [(failure.check, failure.seq) for failure in verified(entries)]
