"""What an audit found, in the one form that its record has: of a store, an export, a dossier or a receipt.

`of_log` is for the first two; `findings_alone` for what is verified without the rest of its log.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ledger.audit.report import Audit, KeyLife, Published
from ledger.audit.trust import Basis
from ledger.proof.checks import Conclusion, Failure


class Findings(NamedTuple):
    """What was found. Facts are worth something only if nothing is wrong."""

    kind: str
    """store, export, dossier, receipt."""
    origin: str
    """The name of the log; empty where that cannot be read."""
    conclusion: Conclusion
    basis: Basis
    entries: Mapping[str, int]
    """`in_all` in the log, `looked_at`, `first` one of those, `unpublished`."""
    head: str
    """Leaf hash of the last entry that was looked at, base64."""
    published: Published | None
    """The checkpoint, if it holds."""
    made: Counter[str]
    """Check → how many times it was made."""
    failures: Sequence[Failure]
    counts: Counter[str]
    """Check → how many failures there are."""
    not_shown: Sequence[str]
    """What this does not show, a sentence each."""
    again: Sequence[str]
    """How somebody else verifies the same."""
    by_kind: Mapping[str, int] = {}
    beside: Mapping[str, int] = {}
    since: Sequence[int] = ()
    keys: Sequence[KeyLife] = ()
    shown: Mapping[str, Any] | None = None
    """What a dossier or a receipt shows of its procedure or its entry."""
    sha256: str | None = None
    """Of the file that was verified, hexadecimal, if it is one file."""


def of_log(audit: Audit) -> Findings:
    """Of a store or an export."""
    return Findings(
        kind=audit.target,
        origin=audit.origin,
        conclusion=audit.conclusion,
        basis=audit.basis,
        entries={
            "in_all": audit.entries,
            "looked_at": audit.entries - audit.first,
            "first": audit.first,
            "unpublished": audit.unpublished,
        },
        head=audit.head,
        published=audit.published,
        made=audit.made,
        failures=audit.failures,
        counts=audit.counts,
        not_shown=list(_not_shown(audit)),
        again=list(_again(audit)),
        by_kind=audit.by_kind,
        beside=audit.beside._asdict(),
        since=audit.since,
        keys=audit.keys,
    )


def _not_shown(audit: Audit) -> Iterator[str]:
    if audit.basis.whose == "nobody":
        yield "That it is this ledger at all: no key and no policy was named, the first entry is believed."
    if not audit.since:
        yield "That the end of the log was not cut off: no checkpoint was compared that somebody kept."
    yield (
        "That everybody is shown the same log: compare the checkpoint with one that somebody else kept, or"
        " look for the cosignatures of witnesses on it."
    )
    yield (
        "That the service took every statement that it was sent, and that its clock was right between two"
        " anchors."
    )
    yield "That a key was in the hands of the person for whom it was registered."


def _again(audit: Audit) -> Iterator[str]:
    if audit.published is not None:
        yield "Get the log where it is published, or an export of it, and the key from somebody you trust."
        yield "stimmbuch verify EXPORT --key log.vkey   (all of it, with this program)"
        yield "Compare the file `checkpoint` of that size with the SHA-256: the same file is the same log."
        yield "Other programs read the same files: C2SP tlog-tiles, tlog-checkpoint and signed-note."
        return
    yield "Get a copy of the store."
    yield "stimmbuch verify STORE   (all of it, with this program)"
    yield "Compare the head: the same leaf hash is the same log."
