"""Which items are public (öffentlich), and what of an opening anybody may know once its result is published.

The opening says it of each item. It is signed, and it stands on the ballot paper: whoever votes has read it.
Of an item that says nothing, nobody outside is told anything. Councils meet in public, but for the public
good or somebody's justified interests (NKomVG § 64 Satz 1), main committees in private (§ 78), others as
their rules of procedure say (§ 72): no rule profile can know which, and what was told cannot be taken back.

What stands on the ballot paper for all items (title, subject, occasion, documents of no item) is public only
where all of them are.
"""

from __future__ import annotations

from ledger.domain.values import Payload

_OF_ALL = ("title", "source", "subject", "trigger")
"""Members of an opening that say what it is about as a whole."""


def is_public(item: Payload) -> bool:
    """Whether an item, as it was signed, is public: anybody may know of it once its result is published."""
    return bool(item.get("public", False))


def public_items(opening: Payload) -> frozenset[str]:
    """Ids of the public items of an opening."""
    return frozenset(item["id"] for item in opening["items"] if is_public(item))


def all_public(opening: Payload) -> bool:
    """Whether no item has to be kept from the public."""
    return all(is_public(item) for item in opening["items"])


def public_opening(opening: Payload) -> Payload:
    """What of an opening anybody may know then, items or none; the same one where that is all of it."""
    if all_public(opening):
        return opening
    shown, items = dict(opening), public_items(opening)
    shown["items"] = [item for item in opening["items"] if item["id"] in items]
    shown["documents"] = [document for document in opening["documents"] if document["item"] in items]
    return {name: value for name, value in shown.items() if name not in _OF_ALL}
