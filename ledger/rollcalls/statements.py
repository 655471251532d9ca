"""From a roll call to the statements that replay it. The same roll call always gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ledger.domain.profile import RESERVED_OPTIONS
from ledger.domain.values import Seat
from ledger.proof.ballot import ballot_digest
from ledger.proof.disclosure import Disclosure, disclose
from ledger.proof.encoding import b64
from ledger.proof.keys import SigningKey
from ledger.proof.statement import Statement, compose, procedure_id
from ledger.rollcalls.line import Cast, RollCall
from ledger.rollcalls.people import People, body_id

ITEM = "1"
"""A roll call has one item."""

SEATS_AT_ONCE = 150
"""Seats in one statement: with groups this fills most of the 16 KiB of a payload."""


class Script:
    """The statements of one roll call, in the names of the log. `clerk` and `key` open and close."""

    def __init__(self, rollcall: RollCall, origin: str, people: People, clerk: str, key: SigningKey) -> None:
        self.rollcall = rollcall
        self.procedure = str(procedure_id(origin, rollcall.id))
        self.body = body_id(rollcall.body)
        self.seats = {
            people.pseudonym(self.body, member.id): Seat(
                member.weight, people.group(self.body, member.group) if member.group else None
            )
            for member in rollcall.members.values()
        }
        self.options = _option_ids(rollcall.options)
        self.disclosures: list[Disclosure] = []
        self._origin, self._people, self._clerk, self._key = origin, people, clerk, key
        self._count = 0

    def member(self, source_id: str) -> str:
        """The pseudonym of a member of the source."""
        return self._people.pseudonym(self.body, source_id)

    def registration(self, source_id: str, name: str | None) -> Statement:
        """`key-registered` for a member, with the name (or else the id) of the source disclosed beside it."""
        subject = self.member(source_id)
        key = self._people.key(subject)
        wanted = {
            "subject": subject,
            "roles": ["member"],
            "key": b64(key.public),
            "name": self._disclose("person", name or source_id, subject),
        }
        return self._sign("key-registered", self._clerk, wanted, self._key, key, tag=f"register {subject}")

    def body_registration(self) -> Statement:
        """`body-registered`."""
        wanted = {
            "body": self.body,
            "name": self._disclose("body", self.rollcall.body, self.body),
        }
        return self._sign("body-registered", self._clerk, wanted, self._key, tag=f"body {self.body}")

    def seat_changes(self, now: Mapping[str, Seat]) -> Iterator[Statement]:
        """`seats-changed` from the seats as they are to those of this roll call."""
        granted = [
            {"member": member, "weight": seat.weight, "group": seat.group}
            for member, seat in sorted(self.seats.items())
            if now.get(member) != seat
        ]
        ended = sorted(now.keys() - self.seats.keys())
        for start in range(0, max(len(granted), len(ended)), SEATS_AT_ONCE):
            part = slice(start, start + SEATS_AT_ONCE)
            wanted = {"body": self.body, "granted": granted[part], "ended": ended[part]}
            yield self._sign(
                "seats-changed", self._clerk, wanted, self._key, tag=f"{self.procedure} seats {start}"
            )

    def opening(self, as_of: str) -> Statement:
        """`procedure-opened` on the electorate whose last change stands at `as_of`."""
        rollcall = self.rollcall
        labels = {
            option: self._disclose("option", label, self.procedure, option)
            for label, option in self.options.items()
            if option != label
        }
        item = {
            "id": ITEM,
            "wording": None,
            "options": list(self.options.values()),
            "polarity": rollcall.polarity,
            "public": bool(rollcall.published),  # its result stands in a publication
        }
        casting = rollcall.casting_vote
        wanted: dict[str, Any] = {
            "procedure": self.procedure,
            "body": self.body,
            "electorate": {"as_of": as_of, "count": len(self.seats)},
            "items": [{**item, "labels": labels} if labels else item],
            "documents": [],
            "profile": rollcall.profile,
            "chair": self.member(casting.member) if casting else None,
            "opens_at": rollcall.held_at,
            "closes_at": None,
            "time_zone": "UTC",
            "replay": {"held_at": rollcall.held_at},
            "title": self._disclose("title", rollcall.title or rollcall.id, self.procedure, "title"),
            "source": self._disclose("source", self._source(), self.procedure, "source"),
        }
        wanted["ballot"] = self.ballot = ballot_digest(wanted, [])
        return self._sign("procedure-opened", self._clerk, wanted, self._key)

    def cast(self, cast: Cast, current: str | None) -> Statement:
        """`vote-cast` or `vote-withdrawn`; `current` is the leaf hash of the member's vote that stands."""
        member = self.member(cast.member)
        wanted: dict[str, Any] = {"procedure": self.procedure, "member": member}
        if cast.choice is None:
            wanted["withdraws"] = current
            kind = "vote-withdrawn"
        else:
            wanted |= {
                "choices": {ITEM: self.options[cast.choice]},
                "ballot": self.ballot,
                "replaces": current,
            }
            kind = "vote-cast"
        return self._sign(kind, member, wanted, self._people.key(member), at=cast.at)

    def casting_vote(self, cast: Cast) -> Statement:
        """`casting-vote-given` by the chair."""
        member = self.member(cast.member)
        choices = {ITEM: self.options[str(cast.choice)]}
        wanted = {"procedure": self.procedure, "member": member, "choices": choices, "ballot": self.ballot}
        return self._sign("casting-vote-given", member, wanted, self._people.key(member), at=cast.at)

    def presence(self) -> Iterator[Statement]:
        """`presence-recorded` for those who were present; who voted is present anyway."""
        members = [self.member(member) for member in self.rollcall.present]
        for start in range(0, len(members), 500):
            wanted = {"procedure": self.procedure, "members": members[start : start + 500]}
            yield self._sign("presence-recorded", self._clerk, wanted, self._key)

    def closing(self, seal: Mapping[str, Any], tally: Mapping[str, Any]) -> Statement:
        """`procedure-closed` with the seal of the stream as it stands."""
        wanted = {"procedure": self.procedure, "reason": "chair", "seal": seal, "tally": tally}
        return self._sign("procedure-closed", self._clerk, wanted, self._key, tag=f"close {seal['last']}")

    def annulment(self) -> Statement:
        """`result-annulled`, naming the vote that repeats it."""
        again = self.rollcall.repeated_as
        repeated_as = str(procedure_id(self._origin, again)) if again else None
        wanted = {"procedure": self.procedure, "repeated_as": repeated_as}
        return self._sign("result-annulled", self._clerk, wanted, self._key)

    def label(self, option: str) -> str:
        """The option of the source behind an option of the log."""
        return next(label for label, known in self.options.items() if known == option)

    def _source(self) -> str:
        rollcall = self.rollcall
        return _json({"id": rollcall.id, "source": rollcall.source, "published": dict(rollcall.published)})

    def _disclose(self, name: str, value: str, *what: str) -> str:
        disclosure = disclose(name, value, self._people.bytes16("salt", name, value, *what))
        self.disclosures.append(disclosure)
        return disclosure.digest

    def _sign(
        self,
        kind: str,
        actor: str,
        wanted: Mapping[str, Any],
        *keys: SigningKey,
        at: str | None = None,
        tag: str = "",
    ) -> Statement:
        """The same statement of the same roll call: the same bytes, so that nothing is stored twice."""
        if not tag:
            self._count += 1
            tag = f"{self.procedure} {self._count}"
        nonce = self._people.bytes16("nonce", tag)
        payload = {
            "v": 1,
            "log": self._origin,
            "actor": actor,
            "nonce": b64(nonce),
            "issued_at": at or self.rollcall.held_at,
            "seen": None,
            **wanted,
        }
        return compose(kind, payload, *keys)


def _option_ids(options: Iterable[str]) -> dict[str, str]:
    """Option of the source → option in the log. Persons are o1, o2, … there: names are disclosures."""
    return {
        option: option if option in RESERVED_OPTIONS else f"o{number}"
        for number, option in enumerate(options, start=1)
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
