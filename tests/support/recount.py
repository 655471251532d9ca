"""A recount that knows nothing of the domain: the entries as JSON, every question by looking at all of them.

Slow, short, and made differently on purpose: no state, no events, fractions instead of products.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

Json = dict[str, Any]


class Line(NamedTuple):
    """An entry."""

    seq: int
    at: str
    stream: str
    pos: int
    kind: str
    payload: Json
    leaf: str
    statement: str


def lines(entries: Sequence[bytes]) -> list[Line]:
    """The entries of a log, taken apart."""
    return [_line(data) for data in entries]


def _line(data: bytes) -> Line:
    entry = json.loads(data)
    kind, text = entry["env"]["payloadType"], base64.b64decode(entry["env"]["payload"])
    pae = f"DSSEv1 {len(kind)} {kind} {len(text)} ".encode() + text
    leaf = base64.b64encode(hashlib.sha256(b"\0" + data).digest()).decode()
    name = kind.removeprefix("application/vnd.stimmbuch.").removesuffix(".v1+json")
    digest = hashlib.sha256(pae).hexdigest()
    return Line(
        entry["seq"], entry["at"], entry["stream"], entry["pos"], name, json.loads(text), leaf, digest
    )


class Recount:
    """One procedure, recounted from the lines of the whole log."""

    def __init__(self, log: Sequence[Line], opened: Line) -> None:
        self.opened, self.opening = opened, opened.payload
        self.own = [line for line in log if line.payload.get("procedure") == self.opening["procedure"]]
        granted = self._seats(log)
        self.seats: dict[str, int] = {member: seat["weight"] for member, seat in granted.items()}
        self.groups = {member: seat["group"] for member, seat in granted.items()}

    def _seats(self, log: Sequence[Line]) -> dict[str, Json]:
        seats: dict[str, Json] = {}
        for line in log[: self.opened.seq]:
            if line.kind == "seats-changed" and line.payload["body"] == self.opening["body"]:
                for member in line.payload["ended"]:
                    del seats[member]
                seats |= {seat["member"]: seat for seat in line.payload["granted"]}
        return seats

    def last(self, *kinds: str) -> Line | None:
        """The last entry of these kinds."""
        return next((line for line in reversed(self.own) if line.kind in kinds), None)

    @property
    def state(self) -> str:
        """`opened`, `closed` or `annulled`."""
        names = {"procedure-closed": "closed", "result-annulled": "annulled"}
        last = self.last(*names)
        return names[last.kind] if last else "opened"

    @property
    def paper(self) -> int:
        """Number of the entry from which votes count, because there is a new ballot paper since then."""
        attached = self.last("document-attached")
        return attached.seq if attached and self.opening["profile"]["documents"] == "reconfirm" else -1

    def vote(self, member: str) -> Line | None:
        """The member's vote as it stands, counting or not."""
        about = [line for line in self.own if line.kind in ("vote-cast", "vote-withdrawn")]
        last = [line for line in about if line.payload["member"] == member][-1:]
        return last[0] if last and last[0].kind == "vote-cast" else None

    def votes(self) -> dict[str, Line]:
        """Member → the vote as it stands, in the order of the members' ids."""
        return {member: vote for member in sorted(self.seats) if (vote := self.vote(member))}

    def counting(self) -> dict[str, Line]:
        """The votes that count."""
        return {member: vote for member, vote in self.votes().items() if vote.seq > self.paper}

    def counts(self, item: Json) -> dict[str, int]:
        """Option → votes, in the order of the ballot paper."""
        votes = self.counting().items()
        return {
            option: sum(
                self.seats[member]
                for member, vote in votes
                if vote.payload["choices"].get(item["id"]) == option
            )
            for option in item["options"]
        }

    def by_group(self, item: Json) -> list[tuple[str | None, int, int, dict[str, int]]]:
        """Group, seats, members whose vote counts on the item, and votes for each option; none last."""
        found = []
        for group in sorted(set(self.groups.values()), key=str) if any(self.groups.values()) else []:
            those = [member for member, of in self.groups.items() if of == group]
            cast = [
                m for m, v in self.counting().items() if m in those and item["id"] in v.payload["choices"]
            ]
            counts = dict.fromkeys(item["options"], 0)
            for member in cast:
                counts[self.counting()[member].payload["choices"][item["id"]]] += self.seats[member]
            found.append((group, len(those), len(cast), counts))
        return sorted(found, key=lambda one: one[0] is None)

    def result(self, item: Json) -> str:
        """The outcome, for majorities of yes and no; `item` must put the question "for"."""
        if self.state == "annulled":
            return "void"
        profile, counts = self.opening["profile"], self.counts(item)
        silent = sum(self.seats.values()) - sum(counts.values())
        bases = {"cast": sum(counts.values()), "members": sum(self.seats.values())}
        if profile["silence"] == "as_no":
            counts["no"] += silent
            bases["cast"] += silent
        bases |= {"yes_no": counts["yes"] + counts["no"], "present": self._present(item, silent)}
        majority = profile["majority"]
        base, needed = bases[majority["base"]], Fraction(majority["n"], majority["d"])
        share = Fraction(counts["yes"], base) if base else Fraction(0)
        adopted = share > needed if majority["strict"] else counts["yes"] > 0 and share >= needed
        if base and share == Fraction(1, 2) and profile["tie"] == "casting_vote":
            adopted = self._casting(item["id"]) == "yes"
        return "adopted" if adopted else "rejected"

    def _present(self, item: Json, silent: int) -> int:
        voted = {m for m, vote in self.counting().items() if item["id"] in vote.payload["choices"]}
        named = {m for line in self.own if line.kind == "presence-recorded" for m in line.payload["members"]}
        present = sum(self.seats[member] for member in voted | named)
        everybody = sum(self.seats.values())
        return everybody if silent and self.opening["profile"]["silence"] == "as_no" else present

    def _casting(self, item: str) -> str | None:
        given = self.last("casting-vote-given")
        choices: dict[str, str] = given.payload["choices"] if given and given.seq > self.paper else {}
        return choices.get(item)


def recount(log: Sequence[Line]) -> dict[str, Recount]:
    """Procedure → its recount, in the order of opening."""
    return {line.payload["procedure"]: Recount(log, line) for line in log if line.kind == "procedure-opened"}
