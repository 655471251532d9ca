"""Which items are public (öffentlich), and what of an opening anybody may know once its result is published.

The opening says it of each item. It is signed, and it stands on the ballot paper: whoever votes has read it.
Of an item that says nothing, nobody outside is told anything. Councils meet in public, but for the public
good or somebody's justified interests (NKomVG § 64 Satz 1), main committees in private (§ 78), others as
their rules of procedure say (§ 72): no rule profile can know which, and what was told cannot be taken back.

What stands on the ballot paper for all items (title, subject, occasion, documents of no item) is public only
where all of them are.

When the reasons to keep an item are gone, a publication names it (`made_public` of a `result-published`).
Statutes ask for that of resolutions of non-public sessions: GemO BW § 35 Abs. 1 Satz 4 (in their wording,
since 2015), BayGO Art. 52 Abs. 3, KVG LSA § 52 Abs. 2 Satz 3; HGO § 52 Abs. 2 where it can be done. Whether
one of them applies to a resolution by circulation is for the clerk to say: no profile refers to them, and
none is checked. So the item and its result become public, `later`; neither its documents nor what stands
for all items, because nobody said of them that the reasons are gone. There is no way back.
"""

from __future__ import annotations

from collections.abc import Collection

from ledger.domain.values import Payload

_OF_ALL = ("title", "source", "subject", "trigger")
"""Members of an opening that say what it is about as a whole."""


def is_public(item: Payload) -> bool:
    """Whether an item, as it was signed, is public: anybody may know of it once its result is published."""
    return bool(item.get("public", False))


def public_items(opening: Payload) -> frozenset[str]:
    """Ids of the items that are public by the opening."""
    return frozenset(item["id"] for item in opening["items"] if is_public(item))


def all_public(opening: Payload) -> bool:
    """Whether no item had to be kept from the public at the opening."""
    return all(is_public(item) for item in opening["items"])


def tells_everybody(kind: str, payload: Payload) -> bool:
    """Whether a statement of this kind tells everybody what was decided."""
    return kind == "result-published" or (kind == "result-announced" and payload["to"] == "everybody")


def makes_public(kind: str, payload: Payload, opening: Payload) -> bool:
    """Whether a procedure is public from this statement on: it tells everybody of a public item."""
    return tells_everybody(kind, payload) and ("made_public" in payload or bool(public_items(opening)))


def public_opening(opening: Payload, later: Collection[str] = ()) -> Payload:
    """What of an opening anybody may know then, items or none; the same one where that is all of it.

    `later`: ids of the items that became public afterwards.
    """
    if all_public(opening):
        return opening
    shown, items = dict(opening), public_items(opening)
    shown["items"] = [item for item in opening["items"] if item["id"] in items or item["id"] in later]
    shown["documents"] = [document for document in opening["documents"] if document["item"] in items]
    return {name: value for name, value in shown.items() if name not in _OF_ALL}
