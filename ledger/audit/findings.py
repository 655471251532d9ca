"""What an audit found, in the one form that its record has: of a store, an export, a dossier or a receipt.

`of_log` is for the first two; `findings_alone` for what is verified without the rest of its log.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ledger.audit.report import Audit, KeyLife, Published
from ledger.audit.sentences import limits
from ledger.audit.trust import Basis
from ledger.export.sentences.limits import IN_WHOSE_HANDS
from ledger.proof.checks import Conclusion, Failure
from ledger.sentence import Sentence


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
    not_shown: Sequence[Sentence]
    """What this does not show."""
    again: Sequence[Sentence]
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
        again=_again(audit),
        by_kind=audit.by_kind,
        beside=audit.beside._asdict(),
        since=audit.since,
        keys=audit.keys,
    )


def _not_shown(audit: Audit) -> Iterator[Sentence]:
    if audit.basis.whose == "nobody":
        yield limits.WHICH_LEDGER
    if not audit.traced:
        yield limits.WHERE_IT_ENDS
    if not audit.since:
        yield limits.NOT_CUT_OFF
    yield from (limits.SAME_FOR_EVERYBODY, limits.TOOK_EVERYTHING, IN_WHOSE_HANDS)


def _again(audit: Audit) -> Sequence[Sentence]:
    if audit.published is None:
        return limits.GET_A_COPY, limits.VERIFY_STORE, limits.COMPARE_HEAD
    compared = limits.COMPARE_CHECKPOINT, limits.OTHERS_READ_IT
    return limits.GET_THE_LOG, limits.VERIFY_EXPORT, *compared
