"""The policy of a ledger's witnesses, as a file in its home (C2SP tlog-policy).

It says which witnesses are asked to cosign, and which cosignatures are enough to publish. Without the file
nobody is asked. It is read when a process starts.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ledger.errors import BadPolicy, BadShape, ProofError, StoreUnavailable
from ledger.proof.policy import Policy, parse_policy
from ledger.proof.quorum import NONE, show
from ledger.proof.verification_key import MLDSA44_COSIGNATURE
from ledger.publish import sentences
from ledger.publish.durable import disk_errors, put, sync_folder
from ledger.publish.endpoint import check_address
from ledger.sentence import PATH_AND_REASON, Sentence, filled, literally

NAME = "policy"
"""The file in a store's home directory."""

MOST = 64
"""Witnesses that are asked: a note holds a hundred signatures."""


def read_policy(home: Path, origin: str) -> Policy | None:
    """The policy of a ledger, None if it has none. Raises `BadPolicy` or `StoreUnavailable`."""
    path = home / NAME
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreUnavailable(PATH_AND_REASON, path=path, reason=error.strerror) from error
    return usable_policy(data, origin)


def keep_policy(home: Path, data: bytes) -> None:
    """Puts a policy, which must be usable, into a ledger's home. Raises `StoreUnavailable`."""
    with disk_errors(home):
        put({home / NAME: data})
        sync_folder(home)


def usable_policy(data: bytes, origin: str) -> Policy:
    """The policy, if checkpoints of this log can meet it. Raises `BadPolicy`."""
    try:
        policy = parse_policy(data)
    except ProofError as error:
        raise BadPolicy(error) from None
    if policy.logs and origin not in [log.key.name for log in policy.logs]:
        raise BadPolicy(sentences.LOG_NOT_LISTED, origin=origin)
    asked = [witness for witness in policy.witnesses if witness.url is not None]
    if len(asked) > MOST:
        raise BadPolicy(sentences.TOO_MANY_WITNESSES, count=len(asked), limit=MOST)
    for witness in asked:
        try:
            check_address(witness.url or "")
        except BadShape as error:
            raise BadPolicy(sentences.OF_A_WITNESS, name=witness.name, error=error) from None
    try:
        policy.quorum.check(witness.key for witness in asked)
    except ProofError as error:
        raise BadPolicy(sentences.NEVER_MET, error=error) from None
    return policy


def in_words(policy: Policy) -> Iterator[Sentence]:
    """The policy as lines for people: the quorum, and below each group its members."""
    quorum = policy.quorum
    if quorum.name == NONE:
        yield sentences.WAITS_FOR_NOBODY
    else:
        yield sentences.WAITS_FOR
        yield from _member(policy, quorum.name, 1)
    named = set(_names(policy, quorum.name))
    others = [name for name in quorum.witnesses if name not in named]
    for title, asked in ((sentences.ASKED_AS_WELL, True), (sentences.NOT_ASKED, False)):
        if those := [name for name in others if (quorum.witnesses[name].url is not None) == asked]:
            yield title
            for name in those:
                yield from _member(policy, name, 1)


def _member(policy: Policy, name: bytes, depth: int) -> Iterator[Sentence]:
    indent = "  " * depth
    group = policy.quorum.groups.get(name)
    if group is None:
        witness = policy.quorum.witnesses[name]
        kind = "ML-DSA-44" if witness.key.kind == MLDSA44_COSIGNATURE else "Ed25519"
        url = "" if witness.url is None else f", {witness.url}"
        text = literally(f"{indent}{witness.name}: {witness.key.name}, {kind}{url}")
        yield Sentence(text, text)
        return
    count = len(group.members)
    told = {"threshold": group.threshold, "count": count, "group": show(name)}
    yield filled(sentences.SO_MANY_OF, indent=indent, **told)
    for member in group.members:
        yield from _member(policy, member, depth + 1)


def _names(policy: Policy, name: bytes) -> Iterator[bytes]:
    group = policy.quorum.groups.get(name)
    yield name
    for member in group.members if group is not None else ():
        yield from _names(policy, member)
