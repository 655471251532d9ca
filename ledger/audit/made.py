"""How many times each check was made: an auditor must see what was not looked at."""

from __future__ import annotations

from collections import Counter

from ledger.audit.heads import Heads
from ledger.audit.published import TreeCheck
from ledger.audit.report import Audit
from ledger.audit.target import Target
from ledger.proof.checks import OF_ENTRIES, OF_KINDS, OF_READ, OF_STATEMENTS


def checks_made(audit: Audit, target: Target, tree: TreeCheck, heads: Heads, documents: int) -> Counter[str]:
    """Check → how many times. `documents` is how many the entries name."""
    entries = audit.entries - audit.first
    read = entries - audit.counts["1.1"]
    statements = sum(audit.by_kind.values())
    made = Counter(dict.fromkeys((*OF_ENTRIES, "2.1", "2.2"), entries))
    made.update(dict.fromkeys(OF_READ, read))
    made.update(dict.fromkeys(OF_STATEMENTS, statements))
    for kind, check in OF_KINDS.items():
        made[check] += audit.by_kind.get(kind, 0)
    made["6.1"] = entries if target.bundles else 0
    made["7.1"], made["7.2"], made["7.3"] = audit.beside.documents, documents, audit.beside.disclosures
    made["7.4"] = audit.beside.redacted
    made.update(dict.fromkeys(("8.2", "8.3", "8.4"), heads.looked.total()))
    made.update(heads.looked)
    made["8.7"] = tree.pieces
    made["8.10"] = len(target.files)
    made["8.13"] = int(target.memory is not None)
    made["8.14"] = int(audit.traced and target.bundles)
    return +made


def seen_made(looked: int, failed: Counter[str]) -> Counter[str]:
    """The same of so many statements that name a checkpoint: one whose root nothing shows is not compared."""
    return +Counter({"3.4": looked - failed["8.15"], "8.15": looked})


def anchors_made(anchors: int, failed: Counter[str]) -> Counter[str]:
    """The same of so many anchors: where one check of a time stamp fails, those after it are not made."""
    kept = anchors - failed["9.1"]
    known = kept - failed["9.2"]
    trusted = known - failed["9.4"]
    signed = trusted - failed["9.3"]
    over = signed - failed["9.5"]
    good = over - failed["9.6"]
    looked = {"9.1": anchors, "9.2": kept, "9.4": known, "9.3": trusted, "9.5": signed, "9.6": over}
    return +Counter({**looked, "9.7": anchors, "9.8": good, "9.9": good})
