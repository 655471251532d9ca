"""The views: what can be asked. With `moment.py`, `happened.py` and `report/` all that readers need.

Views are disposable: they are made from the log, can be dropped and rebuilt at any time, and know up
to which entry they go (`position`).
"""

from __future__ import annotations

from ledger.domain.groups import GroupTotal
from projections.model import ItemGroups, ItemTally, ProcedureView, Tallied, Wanted
from projections.model_members import MemberView, VoteView
from projections.model_register import BodyView, HistoryRow, KeyView, KindView, SeatView
from projections.read_entries import EntryReads
from projections.read_procedures import ProcedureReads
from projections.read_register import RegisterReads

__all__ = [
    "BodyView",
    "GroupTotal",
    "HistoryRow",
    "ItemGroups",
    "ItemTally",
    "KeyView",
    "KindView",
    "MemberView",
    "ProcedureView",
    "SeatView",
    "Tallied",
    "Views",
    "VoteView",
    "Wanted",
]


class Views(ProcedureReads, EntryReads, RegisterReads):
    """All views of one ledger, in one database. Everything raises a `StorageError` if it does not answer."""
