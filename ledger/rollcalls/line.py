"""One line of a roll-call file: strict reading, with the reason where it cannot be used."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from ledger.domain.profile import persons
from ledger.domain.profile_checks import check_options
from ledger.domain.profile_schema import parse_profile
from ledger.domain.profiles import for_replay
from ledger.errors import BadProfile, BadRollCall
from ledger.rfc3339 import utc
from ledger.rollcalls import sentences

MAX_LINE = 32 * 1024 * 1024  # bytes: a hundred thousand members fit
EPOCH = "1970-01-01T00:00:00.000Z"
"""Stands where a source names no time."""

_MEMBERS = {
    "id", "body", "title", "held_at", "rule", "options", "members", "casts", "present", "casting_vote",
    "annulled", "repeated_as", "published", "polarity", "source",
}  # fmt: skip
_MEMBER = frozenset({"id", "name", "group", "weight"})
_CAST = frozenset({"member", "choice", "withdraw", "at"})
OUTCOMES = ("adopted", "rejected", "no-decision", "void")


class Lines(Protocol):
    """A file of lines: only this much is asked of it."""

    def readline(self, limit: int, /) -> bytes:
        """The next line, or as much of it; empty at the end."""
        ...


class Member(NamedTuple):
    """Somebody who could have voted."""

    id: str
    name: str | None
    group: str | None
    weight: int


class Cast(NamedTuple):
    """A vote, or with `choice` None a withdrawal. `at` is UTC as entries write it, or None."""

    member: str
    choice: str | None
    at: str | None


@dataclass(frozen=True)
class RollCall:
    """A line that can be replayed."""

    id: str
    body: str
    title: str
    held_at: str
    profile: dict[str, Any]
    options: list[str]
    members: dict[str, Member]
    casts: list[Cast]
    present: list[str]
    casting_vote: Cast | None
    annulled: bool
    repeated_as: str | None
    polarity: str
    source: str
    published: Mapping[str, Any]

    @property
    def void(self) -> bool:
        """Whether the vote was annulled or repeated."""
        return self.annulled or self.repeated_as is not None


def read_lines(stream: Lines) -> Iterator[tuple[int, RollCall]]:
    """Line number (from 1) and roll call of every line that is not empty. Raises `BadRollCall`."""
    number, seen = 0, set()
    while data := stream.readline(MAX_LINE + 1):
        number += 1
        if not data.strip():
            continue
        try:
            rollcall = parse_line(data)
            if rollcall.id in seen:
                raise BadRollCall(sentences.ID_TWICE, id=rollcall.id)
        except BadRollCall as error:
            raise BadRollCall(sentences.IN_LINE, error=error, line=number) from None
        seen.add(rollcall.id)
        yield number, rollcall


def parse_line(data: bytes) -> RollCall:
    """The roll call of one line. Raises `BadRollCall` with the reason."""
    if len(data) > MAX_LINE:
        raise BadRollCall(sentences.LINE_TOO_LONG, limit=MAX_LINE)
    try:
        # Decoded here: `json.loads` would guess the encoding, and let half characters in.
        value = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_unique)
        if b"\\u" in data:  # only an escape can bring in half a character (a lone surrogate)
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise BadRollCall(sentences.NOT_JSON, error=error) from None
    if not isinstance(value, dict):
        raise BadRollCall(sentences.NO_JSON_OBJECT)
    if unknown := sorted(value.keys() - _MEMBERS):
        raise BadRollCall(sentences.UNKNOWN_MEMBER, names=", ".join(unknown))
    return _rollcall(value)


def _rollcall(value: dict[str, Any]) -> RollCall:
    options = _options(value)
    members = _members(value)
    held_at = _time(value.get("held_at"), "held_at") or EPOCH
    rollcall = RollCall(
        id=_text(value, "id", required=True),
        body=_text(value, "body") or "assembly",
        title=_text(value, "title"),
        held_at=held_at,
        profile=_profile(value.get("rule"), options),
        options=options,
        members=members,
        casts=[_cast(cast, options, members) for cast in _list(value, "casts")],
        present=_present(value, members),
        casting_vote=_casting_vote(value, options),
        annulled=_flag(value, "annulled"),
        repeated_as=_text(value, "repeated_as") or None,
        polarity=value.get("polarity", "for"),
        source=_text(value, "source"),
        published=_published(value, options),
    )
    if rollcall.polarity not in ("for", "against"):
        raise BadRollCall(sentences.POLARITY_IS)
    _check_casts(rollcall.casts, rollcall.profile)
    if rollcall.casting_vote and rollcall.profile["tie"] != "casting_vote":
        raise BadRollCall(sentences.NO_CASTING_VOTE)
    return rollcall


def _profile(rule: Any, options: list[str]) -> dict[str, Any]:
    try:
        data = for_replay(rule)
        check_options(parse_profile(data), options)
    except BadProfile as error:
        raise BadRollCall(sentences.IN_THE_RULE, error=error) from None
    return data


def _options(value: dict[str, Any]) -> list[str]:
    options = _list(value, "options")
    if not options or not all(isinstance(option, str) and 0 < len(option) <= 200 for option in options):
        raise BadRollCall(sentences.OPTIONS_ARE)
    if len(set(options)) < len(options) or len(options) > 64:
        raise BadRollCall(sentences.OPTIONS_DIFFER)
    return options


def _members(value: dict[str, Any]) -> dict[str, Member]:
    members: dict[str, Member] = {}
    for data in _list(value, "members"):
        if not isinstance(data, dict) or not data.keys() <= _MEMBER:
            raise BadRollCall(sentences.A_MEMBER_IS)
        weight = 1 if data.get("weight") is None else data["weight"]
        if type(weight) is not int or not 0 <= weight < 2**32:
            raise BadRollCall(sentences.A_WEIGHT_IS, weight=weight)
        member = Member(
            _text(data, "id", required=True),
            _text(data, "name") or None,
            _text(data, "group") or None,
            weight,
        )
        if member.id in members:
            raise BadRollCall(sentences.MEMBER_TWICE, member=member.id)
        members[member.id] = member
    return members


def _cast(data: Any, options: list[str], members: dict[str, Member]) -> Cast:
    if not isinstance(data, dict) or not data.keys() <= _CAST:
        raise BadRollCall(sentences.A_CAST_IS)
    member, choice = data.get("member"), data.get("choice")
    if not isinstance(member, str) or member not in members:
        raise BadRollCall(sentences.CAST_BY_NOBODY, member=member)
    if _flag(data, "withdraw") != (choice is None):
        raise BadRollCall(sentences.CHOICE_OR_WITHDRAWAL, member=member)
    if choice is not None and choice not in options:
        raise BadRollCall(sentences.NO_OPTION, choice=choice, member=member)
    return Cast(member, choice, _time(data.get("at"), "at"))


def _casting_vote(value: dict[str, Any], options: list[str]) -> Cast | None:
    data = value.get("casting_vote")
    if data is None:
        return None
    if not isinstance(data, dict) or data.keys() - {"member", "choice", "at"}:
        raise BadRollCall(sentences.A_CASTING_VOTE_IS)
    if data.get("choice") not in ("yes", "no") or data["choice"] not in options:
        raise BadRollCall(sentences.CASTING_VOTE_YES_OR_NO)
    return Cast(_text(data, "member", required=True), data["choice"], _time(data.get("at"), "at"))


def _present(value: dict[str, Any], members: dict[str, Member]) -> list[str]:
    present = _list(value, "present")
    for member in present:
        if not isinstance(member, str) or member not in members:
            raise BadRollCall(sentences.PRESENT_BUT_NO_MEMBER, member=member)
    return list(dict.fromkeys(present))


def _published(value: dict[str, Any], options: list[str]) -> dict[str, Any]:
    published = value.get("published")
    if published is None:
        return {}
    if not isinstance(published, dict) or published.keys() - {"counts", "outcome"}:
        raise BadRollCall(sentences.PUBLISHED_IS)
    counts = published.get("counts")
    if counts is not None and not (
        isinstance(counts, dict) and all(o in options and type(n) is int for o, n in counts.items())
    ):
        raise BadRollCall(sentences.COUNTS_ARE)
    outcome = published.get("outcome")
    possible = (None, *OUTCOMES, *(f"elected:{person}" for person in persons(options)))
    if outcome not in possible:
        raise BadRollCall(sentences.NO_OUTCOME, outcome=outcome)
    return {name: data for name, data in published.items() if data is not None}


def _check_casts(casts: list[Cast], profile: dict[str, Any]) -> None:
    """What the rules would refuse is found here, before anything is recorded."""
    voting: set[str] = set()
    for cast in casts:
        if cast.choice is not None:
            if cast.member in voting and profile["change"] == "never":
                raise BadRollCall(sentences.NO_CHANGE, member=cast.member)
            voting.add(cast.member)
            continue
        if cast.member not in voting:
            raise BadRollCall(sentences.NOTHING_TO_WITHDRAW, member=cast.member)
        if not profile["withdraw"]:
            raise BadRollCall(sentences.NO_WITHDRAWAL, member=cast.member)
        voting.discard(cast.member)


def _time(value: Any, name: str) -> str | None:
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError("without an offset from UTC")
        return utc(moment)
    except (TypeError, ValueError, OverflowError) as error:
        raise BadRollCall(sentences.NO_TIME, name=name, error=error) from None


def _text(value: dict[str, Any], name: str, *, required: bool = False) -> str:
    text = value.get(name)
    if text is None and not required:
        return ""
    if not isinstance(text, str) or (required and not text) or len(text) > 10_000:
        raise BadRollCall(sentences.A_TEXT, name=name)
    return text


def _list(value: dict[str, Any], name: str) -> list[Any]:
    data = value.get(name)
    if data is None:
        return []
    if not isinstance(data, list):
        raise BadRollCall(sentences.A_LIST, name=name)
    return data


def _flag(value: dict[str, Any], name: str) -> bool:
    data = value.get(name)
    if data is not None and type(data) is not bool:
        raise BadRollCall(sentences.A_FLAG, name=name)
    return data is True


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("an object has the same key twice")
    return value
