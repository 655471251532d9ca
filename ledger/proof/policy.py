"""Trust policies: which logs and witnesses are known, and which cosignatures are enough (C2SP tlog-policy).

Bytes below 0x20 other than tab and newline are refused, names are opaque bytes, comments stand on lines of
their own, and one public key stands for one witness. Two decisions beyond the specification: the words
`all`, `any` and `none` are no names, and an Ed25519 note key (0x01) on a witness line means cosignatures
(0x04) of the same key, as other implementations read it. `ProofError` carries check 8.10 for a malformed
policy, 8.3 to 8.5 where a checkpoint does not meet it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from ledger.errors import ProofError
from ledger.proof.checkpoint import OpenedCheckpoint, open_checkpoint
from ledger.proof.quorum import NONE, Group, Quorum, Witness, show
from ledger.proof.sentences import witnesses
from ledger.proof.verification_key import (
    ED25519,
    ED25519_COSIGNATURE,
    MLDSA44_COSIGNATURE,
    VerificationKey,
    parse_verification_key,
)
from ledger.sentence import Sentence

MAX_POLICY = 1024 * 1024
"""Bytes: room for hundreds of ML-DSA-44 keys; the specification asks for 32 of each kind."""

_CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
_KEYWORDS = frozenset({b"all", b"any", NONE})
_THRESHOLD = re.compile(rb"[1-9][0-9]{0,5}")


class Log(NamedTuple):
    """A log that is trusted; `url` if the policy gives one."""

    key: VerificationKey
    url: str | None


@dataclass(slots=True)
class Policy:
    """A parsed policy. Not to be changed once it is read."""

    logs: list[Log] = field(default_factory=list)
    quorum: Quorum = field(default_factory=Quorum)

    @property
    def witnesses(self) -> tuple[Witness, ...]:
        """All witnesses, with their keys and URLs."""
        return tuple(self.quorum.witnesses.values())

    @property
    def keys(self) -> tuple[VerificationKey, ...]:
        """The keys with which a checkpoint is opened before it is checked."""
        return (*(log.key for log in self.logs), *(witness.key for witness in self.witnesses))

    def open(self, data: bytes, log_keys: Iterable[VerificationKey] = ()) -> OpenedCheckpoint:
        """A checkpoint that meets the policy. Raises `ProofError` (8.2 to 8.5, 8.9).

        `log_keys` are those of logs that are known from elsewhere, for a policy that lists none.
        """
        known = tuple(log_keys)
        opened = open_checkpoint(data, (*self.keys, *known))
        self._check_log(opened, known)
        self.quorum.check(opened.signed_by)
        return opened

    def check(self, opened: OpenedCheckpoint) -> None:
        """Returns if a listed log signed, where any is listed, and the quorum cosigned.

        Raises `ProofError` (8.4, 8.5), with the `missing` witnesses among its details.
        """
        if self.logs:
            self._check_log(opened, ())
        self.quorum.check(opened.signed_by)

    def _check_log(self, opened: OpenedCheckpoint, others: Iterable[VerificationKey]) -> None:
        """A witness that is called like the log does not stand for it: only a log's key does."""
        origin = opened.checkpoint.origin
        trusted = {key for key in (*(log.key for log in self.logs), *others) if key.name == origin}
        if trusted.isdisjoint(opened.signed_by):
            raise ProofError(witnesses.NO_TRUSTED_LOG, origin=origin, check="8.4")


Trusted = Policy | Iterable[VerificationKey]
"""What a verifier brings along: a policy, or the log's keys."""


def open_under(data: bytes, trusted: Trusted, log_keys: Iterable[VerificationKey] = ()) -> OpenedCheckpoint:
    """A checkpoint that keys of `trusted` signed, as its policy asks. Raises `ProofError` (8.2 to 8.5, 8.9).

    `log_keys` are for a policy that lists no log.
    """
    if isinstance(trusted, Policy):
        return trusted.open(data, log_keys)
    return open_checkpoint(data, trusted)


def parse_policy(data: bytes) -> Policy:
    """The policy of its file. Raises `ProofError` (8.10), naming the line."""
    if len(data) > MAX_POLICY:
        raise ProofError(witnesses.POLICY_TOO_LONG, size=len(data), limit=MAX_POLICY, check="8.10")
    if not data.endswith(b"\n") or _CONTROL.search(data):
        raise ProofError(witnesses.POLICY_LINES, check="8.10")
    reader = _Reader()
    for number, line in enumerate(data.split(b"\n"), 1):
        items = [item for item in line.replace(b"\t", b" ").split(b" ") if item]
        if items and not items[0].startswith(b"#"):
            try:
                reader.read(*items)
            except ProofError as error:
                raise ProofError(witnesses.POLICY_LINE, number=number, error=error, check="8.10") from None
    if not reader.policy.quorum.name:
        raise ProofError(witnesses.NO_QUORUM, check="8.10")
    return reader.policy


class _Reader:
    """Reads a policy line by line; a line can only name what stands above it."""

    def __init__(self) -> None:
        self.policy = Policy()
        self._quorum = self.policy.quorum
        self._log_keys: set[bytes] = set()
        self._witness_keys: set[bytes] = set()
        self._members: set[bytes] = set()  # of any group: each name counts in one place only

    def read(self, word: bytes, *items: bytes) -> None:
        """Reads a line's items."""
        match word, items:
            case b"log", (vkey,) | (vkey, _):
                self._log(vkey, *items[1:])
            case b"witness", (name, vkey) | (name, vkey, _):
                self._witness(name, vkey, *items[2:])
            case b"group", (name, threshold, _, *_):
                self._group(name, threshold, items[2:])
            case b"quorum", (name,):
                self._name(name)
            case _:
                raise _malformed(witnesses.NOT_IN_THE_FORMAT, word=show(word), count=len(items))

    def _log(self, vkey: bytes, url: bytes = b"") -> None:
        log = Log(_key(vkey), _text(url) or None)
        if log.key.key in self._log_keys:
            raise _malformed(witnesses.LOG_KEY_TWICE, name=log.key.name)
        self._log_keys.add(log.key.key)
        self.policy.logs.append(log)

    def _witness(self, name: bytes, vkey: bytes, url: bytes = b"") -> None:
        key = _key(vkey)
        if key.kind == ED25519:
            key = key._replace(kind=ED25519_COSIGNATURE)
        if key.kind not in {ED25519_COSIGNATURE, MLDSA44_COSIGNATURE}:
            raise _malformed(witnesses.DOES_NOT_COSIGN, kind=key.kind)
        if key.key in self._witness_keys:
            raise _malformed(witnesses.WITNESS_TWICE, name=key.name)
        self._check_new(name)
        self._witness_keys.add(key.key)
        self._quorum.witnesses[name] = Witness(show(name), key, _text(url) or None)

    def _group(self, name: bytes, threshold: bytes, members: tuple[bytes, ...]) -> None:
        for member in members:
            if not self._quorum.defines(member) or member in self._members:
                raise _malformed(witnesses.NO_MEMBER, member=show(member))
            self._members.add(member)
        words = {b"all": len(members), b"any": 1}
        number = int(threshold) if _THRESHOLD.fullmatch(threshold) else words.get(threshold, 0)
        if not 1 <= number <= len(members):
            raise _malformed(witnesses.NO_THRESHOLD, threshold=show(threshold), count=len(members))
        self._check_new(name)
        self._quorum.groups[name] = Group(number, members)

    def _name(self, name: bytes) -> None:
        if self._quorum.name:
            raise _malformed(witnesses.SECOND_QUORUM)
        if name != NONE and not self._quorum.defines(name):
            raise _malformed(witnesses.UNDEFINED_QUORUM, name=show(name))
        self._quorum.name = name

    def _check_new(self, name: bytes) -> None:
        if name in _KEYWORDS or self._quorum.defines(name):
            raise _malformed(witnesses.NO_NEW_NAME, name=show(name))


def _key(vkey: bytes) -> VerificationKey:
    return parse_verification_key(_text(vkey))


def _text(item: bytes) -> str:
    """A key or a URL, which are used outside of the policy and so must be text."""
    try:
        return item.decode("utf-8")
    except UnicodeDecodeError:
        raise _malformed(witnesses.NOT_UTF8, text=show(item)) from None


def _malformed(sentence: Sentence, **values: object) -> ProofError:
    return ProofError(sentence, check="8.10", **values)
