"""How many times each check was made: an auditor must see what was not looked at."""

from __future__ import annotations

from collections import Counter

from ledger.audit.heads import Heads
from ledger.audit.published import TreeCheck
from ledger.audit.report import Audit
from ledger.audit.target import Target

ENTRIES = ("1.1", "2.1", "2.2")
READ = ("1.2", "2.3", "2.4", "2.5", "2.6", "3.1", "3.3")
STATEMENTS = ("3.2", "4.1", "4.2", "5.1")
BALLOTS = ("procedure-opened", "document-attached")
SIGNED = ("9.3", "9.5", "9.6")


def checks_made(audit: Audit, target: Target, tree: TreeCheck, heads: Heads, documents: int) -> Counter[str]:
    """Check → how many times. `documents` is how many the entries name."""
    entries = audit.entries - audit.first
    read = entries - audit.counts["1.1"]
    statements = sum(audit.by_kind.values())
    made = Counter(dict.fromkeys(ENTRIES, entries))
    made.update(dict.fromkeys(READ, read))
    made.update(dict.fromkeys(STATEMENTS, statements))
    made["5.2"] = sum(audit.by_kind.get(kind, 0) for kind in BALLOTS)
    made["5.3"] = audit.by_kind.get("procedure-closed", 0)
    made["6.1"] = entries if target.bundles else 0
    made["7.1"], made["7.2"], made["7.3"] = audit.beside.documents, documents, audit.beside.disclosures
    made["7.4"] = audit.beside.redacted
    made.update(dict.fromkeys(("8.2", "8.3", "8.4"), heads.looked.total()))
    made.update(heads.looked)
    made["8.7"] = tree.pieces
    made["8.10"] = len(target.files)
    return +made


def anchors_made(anchors: int, failed: Counter[str]) -> Counter[str]:
    """The same of so many anchors: where one check of a time stamp fails, those after it are not made."""
    kept = anchors - failed["9.1"]
    known = kept - failed["9.2"]
    trusted = known - failed["9.4"]
    good = trusted - sum(failed[check] for check in SIGNED)
    made = Counter({"9.1": anchors, "9.2": kept, "9.4": known, "9.7": anchors, "9.8": good, "9.9": good})
    made.update(dict.fromkeys(SIGNED, trusted))
    return +made
