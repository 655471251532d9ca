"""The entries of votes that are alike, cut into pieces by their widths, and read by columns.

Votes that follow each other in a procedure nearly always differ in who votes and what, when, and with which
nonce and signature, and in nothing else. So of all after the first it is known what stands between these, and
how each entry ends: that is compared, and only what is left is looked at. What is not read here is left to
`ledger.proof.vote_entry`. What is, both read alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import zip_longest
from struct import Struct, error
from typing import NamedTuple

from ledger.proof.keys import KEY_ID_HEX
from ledger.proof.shapes import ID
from ledger.proof.vote import NONCE, Members, time_exists
from ledger.proof.vote_entry import BETWEEN, before_payload, payload_of, read_vote_entries, signatures_of


class AlikeVotes(NamedTuple):
    """Columns of the same length, and what is the same for all."""

    common: Members
    """The values of the first one's payload. All have the same ballot, log, procedure, replaces and seen."""
    ats: Sequence[str]
    key_ids: Sequence[str]
    signatures: Sequence[bytes]
    paes: Sequence[bytes]
    members: Sequence[str]
    """Who votes, for himself or herself."""
    items: Sequence[str]
    options: Sequence[str]


_FIXED = b'{"at":"', b'","env":{"payload":"', BETWEEN, b'","sig":"'
_AROUND = sum(map(len, _FIXED)) + 24 + KEY_ID_HEX + 88
"""Bytes of an entry without payload and ending."""

Cut = Callable[[bytes], tuple[bytes, ...]]
"""Cuts bytes into pieces of fixed widths. Raises `struct.error` for another number of them."""

_ACTOR = b'{"actor":"'
_QUOTE = b'"'
_KEY_IDS = re.compile(b"[0-9a-f]*")
_NAMES = re.compile(f"(?:{ID.pattern}\n)*")
_CHOICE = re.compile(f'({ID.pattern})":"({ID.pattern})')
_NONCES = re.compile(f"(?:{NONCE})*".encode())


class _Mould:
    """What stands around the values that differ, in the payload of a vote that is like a given one."""

    def __init__(self, common: Members) -> None:
        _, ballot, _, _, _, log, _, _, procedure, replaces, root, size = common
        replaced = f'"{replaces}"' if replaces else "null"
        seen = f'{{"root":"{root}","size":{size}}}' if size else "null"
        self._fixed = (
            _ACTOR,
            f'","ballot":"{ballot}","choices":{{"'.encode(),
            b'"},"issued_at":"',
            f'","log":"{log}","member":"'.encode(),
            b'","nonce":"',
            f'","procedure":"{procedure}","replaces":{replaced},"seen":{seen},"v":1}}'.encode(),
        )
        self._constant = sum(map(len, self._fixed)) + 24 + 24
        self._cuts: dict[tuple[int, int], Cut] = {}

    def values(self, payload: bytes) -> tuple[bytes, ...] | None:
        """Actor, choice, time, member and nonce, still to be looked at; None for any other payload."""
        sizes = len(payload), payload.find(_QUOTE, len(_ACTOR))
        cut = (self._cuts.get(sizes) or self._cut(*sizes))(payload)
        return cut[1::2] if cut[::2] == self._fixed else None

    def _cut(self, size: int, actor_ends: int) -> Cut:
        actor = actor_ends - len(_ACTOR)
        values = actor, size - self._constant - 2 * actor, 24, actor, 24
        cut = self._cuts[size, actor_ends] = _cut(map(len, self._fixed), values)
        return cut


def read_alike(entries: Sequence[bytes], endings: Iterable[bytes]) -> AlikeVotes | None:
    """As many of the entries, from the first one on, as are votes that are alike and end as given, if any."""
    [first] = read_vote_entries(entries[:1])
    rows = [] if first is None else _rows(_Mould(first[3]), entries, endings)
    if first is None or not rows:
        return None
    ats, payloads, key_ids, signed, actors, choices, issued, members, nonces = zip(*rows, strict=True)
    signatures, times = signatures_of(signed), _times({*ats, *issued})
    names, said = _names(actors), _choices(choices)
    good = actors == members and _KEY_IDS.fullmatch(b"".join(key_ids)) and _NONCES.fullmatch(b"".join(nonces))
    if not good or signatures is None or times is None or names is None or said is None:
        return None
    return AlikeVotes(
        first[3],
        [times[at] for at in ats],
        list(map(bytes.decode, key_ids)),
        signatures,
        [before_payload(len(payload)) + payload for payload in payloads],
        names,
        *([said[choice][place] for choice in choices] for place in (0, 1)),
    )


def _rows(mould: _Mould, entries: Iterable[bytes], endings: Iterable[bytes]) -> list[tuple[bytes, ...]]:
    """Time, payload, key id, signature, and the values of the payload; up to one that is not alike."""
    rows: list[tuple[bytes, ...]] = []
    try:
        for entry, ending in zip(entries, endings, strict=False):
            first, at, second, encoded, third, key_id, fourth, signature, end = _entry(
                len(entry) - len(ending), len(ending)
            )(entry)
            if end != ending or (first, second, third, fourth) != _FIXED:
                break
            payload = payload_of(encoded)
            values = None if payload is None else mould.values(payload)
            if payload is None or values is None:
                break
            rows.append((at, payload, key_id, signature, *values))
    except error:  # not of such widths
        pass
    return rows


@lru_cache(maxsize=1024)
def _entry(size: int, ending: int) -> Cut:
    """Cuts an entry with so many bytes before its end."""
    return _cut((*map(len, _FIXED), ending), (24, size - _AROUND, KEY_ID_HEX, 88))


def _cut(fixed: Iterable[int], values: Iterable[int]) -> Cut:
    """Cuts pieces of these widths, in turns. Raises `struct.error` if one is negative."""
    widths = (width for pair in zip_longest(fixed, values) for width in pair if width is not None)
    return Struct("".join(f"{width}s" for width in widths)).unpack


def _times(found: set[bytes]) -> dict[bytes, str] | None:
    times = {at: at.decode("latin-1") for at in found}
    return times if all(map(time_exists, times.values())) else None


def _names(found: Sequence[bytes]) -> list[str] | None:
    text = b"\n".join((*found, b"")).decode("latin-1")
    names = text.split("\n")[:-1]
    return names if _NAMES.fullmatch(text) and len(names) == len(found) else None


def _choices(found: Sequence[bytes]) -> dict[bytes, tuple[str, str]] | None:
    """Item and option of each choice."""
    read: dict[bytes, tuple[str, str]] = {}
    for choice in set(found):
        match = _CHOICE.fullmatch(choice.decode("latin-1"))
        if match is None:
            return None
        read[choice] = match[1], match[2]
    return read
