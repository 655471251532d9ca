"""What a procedure's entries say, read naively: who votes here, until when, on what, and what counts.

An independent second opinion: it reads payloads and times in the order of the log, keeps no counts, and knows
nothing of the aggregates. `Recount(entries, procedure)` reads all entries of a ledger.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ledger.mapper import read_entry

NEVER = "9999"


class Recount:
    """See the manual at the top of this file."""

    def __init__(self, entries: Iterable[bytes], procedure: str) -> None:
        self.seats: dict[str, int] = {}
        self.votes: dict[str, tuple[dict[str, str], str]] = {}
        """Member → choices and time of the vote that stands."""
        self.confirmed: set[str] = set()
        self.taken_back: set[str] = set()
        """Members who took back a vote that counted on the paper of the moment."""
        self.given_by: dict[str, set[str]] = {}
        """Member → the member, and who voted for the member."""
        self.consents: dict[str, list[str]] = {}
        self.objections: list[str] = []
        self.excluded: set[tuple[str, str]] = set()
        self.deadlines: dict[str, str] = {}
        self.wrong: list[str] = []
        """Votes that should not have been accepted, in words."""
        self.casting: dict[str, str] = {}
        self.present: set[str] = set()
        self.demands: dict[str, set[str]] = {}
        self.steps: list[str] = []
        self.until: str | None = None
        """What happened to the result, in order."""
        self.expired: set[str] = set()
        self.conditions_met: set[str] = set()
        self._closed = False
        for data in entries:
            reading = read_entry(data)
            payload, at = reading.payload, reading.place.at
            if payload.get("procedure") == procedure:
                self._take(reading.statement.kind, payload, at)
            elif reading.statement.kind == "seats-changed" and not hasattr(self, "opening"):
                self.seats |= {seat["member"]: seat["weight"] for seat in payload["granted"]}

    def tally(self) -> dict[str, dict[str, int]]:
        """Item → option → weights of the votes that count."""
        counts = {item["id"]: dict.fromkeys(item["options"], 0) for item in self.opening["items"]}
        for member, (choices, _) in self.votes.items():
            for item, option in choices.items():
                barred = any((who, item) in self.excluded for who in self.given_by[member])
                if member in self.confirmed and not barred:
                    counts[item][option] += self.seats[member]
        return counts

    def consenting(self, item: str) -> int:
        """Members whose consent to this item stands."""
        return sum(1 for items in self.consents.values() if item in items)

    def referred(self, demand: int) -> set[str]:
        """Items on which so many members demand a secret ballot."""
        return {item for item, members in self.demands.items() if len(members) >= demand}

    def _involved(self, payload: dict[str, Any]) -> set[str]:
        """The member, and who votes for the member."""
        by_proxy = payload.get("provenance", {}).get("kind") == "proxy"
        return {payload["member"], payload["actor"]} if by_proxy else {payload["member"]}

    def _counting(self) -> set[str]:
        return {member for member in self.votes.keys() & self.confirmed if not self._void(member)}

    def _void(self, member: str) -> bool:
        """Whether a proxy voted for the member who may not take part on any of these items."""
        items, others = self.votes[member][0], self.given_by[member] - {member}
        barred = [any((who, item) in self.excluded for who in self.given_by[member]) for item in items]
        return bool(others) and all(barred)

    def _take(self, kind: str, payload: dict[str, Any], at: str) -> None:
        take = getattr(self, f"_{kind.replace('-', '_')}", None)
        if take:
            take(payload, at)

    def _procedure_opened(self, payload: dict[str, Any], at: str) -> None:
        self.opening = payload
        self.common = payload["closes_at"] or NEVER
        self.deadlines = dict.fromkeys(self.seats, self.common)

    def _vote_cast(self, payload: dict[str, Any], at: str) -> None:
        member = payload["member"]
        if member not in self.seats:
            self.wrong.append(f"{member} has no seat")
        elif at >= self.deadlines[member] or at < self.opening["opens_at"] or self._closed:
            self.wrong.append(f"{member} voted at {at}, the deadline is {self.deadlines[member]}")
        elif any(
            (who, item) in self.excluded for item in payload["choices"] for who in self._involved(payload)
        ):
            self.wrong.append(f"{member} is excluded")
        elif self.opening["profile"]["change"] == "never" and member in {*self._counting(), *self.taken_back}:
            self.wrong.append(f"{member} votes a second time")
        self.votes[member] = payload["choices"], at
        self.given_by[member] = self._involved(payload)
        self.confirmed.add(member)

    def _vote_withdrawn(self, payload: dict[str, Any], at: str) -> None:
        self.taken_back |= {payload["member"]} & self._counting()
        del self.votes[payload["member"]]

    def _document_attached(self, payload: dict[str, Any], at: str) -> None:
        if self.opening["profile"]["documents"] == "reconfirm":
            self.confirmed.clear()
            self.taken_back.clear()
            self.casting = {}

    def _consent_declared(self, payload: dict[str, Any], at: str) -> None:
        every = [item["id"] for item in self.opening["items"]]
        self.consents[payload["member"]] = every if payload["items"] is None else payload["items"]

    def _consent_revoked(self, payload: dict[str, Any], at: str) -> None:
        del self.consents[payload["member"]]

    def _objection_raised(self, payload: dict[str, Any], at: str) -> None:
        self.objections.append(payload["member"])

    def _member_excluded(self, payload: dict[str, Any], at: str) -> None:
        self.excluded |= {(payload["member"], item) for item in payload["items"]}

    def _exclusion_lifted(self, payload: dict[str, Any], at: str) -> None:
        self.excluded -= {(payload["member"], item) for item in payload["items"]}

    def _delivery_recorded(self, payload: dict[str, Any], at: str) -> None:
        for member in payload["members"]:
            if payload["closes_at"]:
                self.deadlines[member] = payload["closes_at"]

    def _substitute_named(self, payload: dict[str, Any], at: str) -> None:
        old, new = payload["member"], payload["substitute"]
        self.seats[new] = self.seats.pop(old)
        self.deadlines[new] = payload["closes_at"] or self.common
        self.consents.pop(old, None)
        self.votes.pop(old, None)  # of an older ballot paper: who has a vote that counts is not replaced

    def _deadline_extended(self, payload: dict[str, Any], at: str) -> None:
        if payload["members"] is None and self.common != NEVER:
            self.common = max(payload["closes_at"], self.common)
        for member in payload["members"] or list(self.deadlines):
            named = payload["members"] is not None
            if self.deadlines.get(member, NEVER) != NEVER or named:
                self.deadlines[member] = max(payload["closes_at"], self.deadlines[member])

    def _procedure_closed(self, payload: dict[str, Any], at: str) -> None:
        self._closed = True
        if payload["reason"] == "deadline" and at < self._last():
            self.wrong.append(f"closed at {at}, before a deadline")
        elif payload["reason"] == "deadline" and payload["actor"] == "service" and self._graced(at):
            self.wrong.append(f"the service closed at {at}, in the time of grace")
        elif payload["reason"] == "chair" and self.opening["profile"]["deadline"] == "personal":
            ends = {self.deadlines[member] for member in self.seats}
            if NEVER not in ends or at < max(ends - {NEVER}, default=""):
                self.wrong.append(f"closed at {at} by declaration, although {sorted(ends)} run")

    def _last(self) -> str:
        return max(self.deadlines[member] for member in self.seats)

    def _graced(self, at: str) -> bool:
        """Whether that is one of the days on which the service still waits; 24:00 belongs to its day."""
        grace, zone = self.opening["profile"].get("grace"), ZoneInfo(self.opening["time_zone"])
        if grace is None:
            return False
        end = datetime.fromisoformat(self._last()).astimezone(zone)
        day = end.date() - timedelta(days=end.timetz().replace(tzinfo=None) == time())
        last = day + timedelta(days=grace["days"])
        return datetime.fromisoformat(at).astimezone(zone).date() <= last

    def _casting_vote_given(self, payload: dict[str, Any], at: str) -> None:
        self.casting = dict(payload["choices"])

    def _presence_recorded(self, payload: dict[str, Any], at: str) -> None:
        self.present |= set(payload["members"])

    def _secret_ballot_demanded(self, payload: dict[str, Any], at: str) -> None:
        for item in payload["items"]:
            self.demands.setdefault(item, set()).add(payload["member"])

    def _result_determined(self, payload: dict[str, Any], at: str) -> None:
        invalid = "referred" if {*payload["outcome"].values()} == {"referred"} else "terminated"
        self.steps.append("determined" if True in payload["valid"].values() else invalid)

    def _result_announced(self, payload: dict[str, Any], at: str) -> None:
        self.steps.append("announced")

    def _result_published(self, payload: dict[str, Any], at: str) -> None:
        if "published" not in self.steps:
            self.steps.append("published")

    def _result_ratified(self, payload: dict[str, Any], at: str) -> None:
        self.steps.append("ratified" if payload["confirmed"] else "not-ratified")

    def _result_suspended(self, payload: dict[str, Any], at: str) -> None:
        self.steps.append("suspended")
        self.until = payload["until"]

    def suspended_at(self, at: str) -> bool:
        """Whether the result is suspended then, as far as the entries go."""
        return self.steps[-1:] == ["suspended"] and (self.until is None or at < self.until)

    def _result_objected(self, payload: dict[str, Any], at: str) -> None:
        self.steps.append("objected")

    def _result_expired(self, payload: dict[str, Any], at: str) -> None:
        self.expired |= set(payload["items"])
        if self.expired == {item["id"] for item in self.opening["items"]}:
            self.steps.append("expired")

    def _condition_met(self, payload: dict[str, Any], at: str) -> None:
        self.conditions_met |= set(payload["items"])
