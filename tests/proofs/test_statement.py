"""Has every kind of statement exactly its members, and is everything else refused by name?"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

import pytest

from ledger.errors import BadEncoding, BadKey, BadShape, NotCanonical, TooLarge, UnknownStatement
from ledger.proof.dsse import sign
from ledger.proof.encoding import MAX_DEPTH, b64, canonical
from ledger.proof.entry import NO_LINK
from ledger.proof.statement import (
    KINDS,
    MAX_PAYLOAD,
    Statement,
    compose,
    members,
    parse_statement,
    payload_type,
    statement_bytes,
)
from ledger.proof.verification_key import VerificationKey
from tests.support.memory_ledger import ORIGIN, item, key_of
from tests.support.statements import COMMON, EXAMPLES, example

KEY = key_of("anna")
MAPS = ("choices", "tally", "labels", "profile", "outcome", "valid", "lots")
"""Members whose own members are names that somebody chose."""

BIG = 2**53 - 1
WRONG: list[Any] = [
    None,
    True,
    False,
    -1,
    BIG,
    "",
    " ",
    "ä",
    "no such thing!",
    [],
    {},
    [[]],
    {"a b": 1},
    [{}],
]
NOT_WRONG: dict[str, list[Any]] = {
    **{path: [None] for path in ("seen", "chair", "closes_at", "replaces", "repeated_as", "granted.group")},
    **{path: [None] for path in ("second",)},
    **{path: [None] for path in ("items.wording", "documents.item", "document.item", "replay.held_at")},
    **{
        path: [BIG] for path in ("seen.size", "electorate.count", "seal.entries", "tally.1.yes", "tally.1.no")
    },
    **{path: [None] for path in ("trigger.until", "until", "members", "items", "closes_at")},
    **{path: [[]] for path in ("granted", "ended", "documents", "holidays", "subject.topics", "digests")},
    **{path: [{}] for path in ("tally", "tally.1", "items.labels")},
    **{
        path: [True, False]
        for path in ("subject.simple", "subject.urgent", "confirmed", "valid.1", "items.public")
    },
    "suspect_from": [None, BIG],
    "size": [BIG],
    "profile": WRONG,
}
"""Of the wrong values those that these members may have after all."""

NEVER_NULL = {
    # these are null in another kind, under the same name
    ("procedure-opened", "items"),
    ("deadline-extended", "closes_at"),
    ("presence-recorded", "members"),
    ("delivery-recorded", "members"),
    *((kind, "items") for kind in ("secret-ballot-demanded", "member-excluded", "exclusion-lifted")),
    *((kind, "items") for kind in ("result-expired", "condition-met")),
}
OPTIONAL = {
    *("items.labels", "items.condition", "items.valid_months", "items.public", "granted.substitutes"),
    *("provenance.assurance", "provenance.source", "provenance.witness"),
}
"""Nested members that may be missing."""

TWINS = (
    {"consent-revoked", "proxy-revoked"},
    {"consent-revoked", "objection-raised"},
    {"proxy-revoked", "objection-raised"},
    {"secret-ballot-demanded", "exclusion-lifted"},
    {"result-expired", "condition-met"},
)
"""Kinds with the same members: only the payload type, which is signed, tells them apart."""


def parsed(kind: str, payload: Any) -> Statement:
    """The statement of a payload, as it would come out of an entry."""
    return parse_statement(sign(payload_type(kind), canonical(payload), KEY))


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every member of every object inside, but not inside a rule profile."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield (*path, name)
            if name != "profile":
                yield from places(inner, (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from places(inner, (*path, number))


def dotted(path: tuple[Any, ...]) -> str:
    """A path in one text, without the numbers of list elements."""
    return ".".join(step for step in path if isinstance(step, str))


def in_map(path: tuple[Any, ...]) -> str | None:
    """The map in which the member at this path stands, if it stands in one."""
    return next((step for step in path[:-1] if step in MAPS), None)


def changed(kind: str, path: tuple[Any, ...], **what: Any) -> dict[str, Any]:
    """The example with the member at `path` set (`to=`) or left out, or one added beside it (`add=`)."""
    payload: dict[str, Any] = copy.deepcopy(example(kind))
    holder: Any = payload
    for step in path[:-1]:
        holder = holder[step]
    if "add" in what:
        holder[what["add"]] = 1
    elif "to" in what:
        holder[path[-1]] = what["to"]
    else:
        del holder[path[-1]]
    return payload


EVERYWHERE = [(kind, path) for kind in KINDS for path in places(example(kind))]
IDS = [f"{kind} {'.'.join(map(str, path))}" for kind, path in EVERYWHERE]


def test_there_is_an_example_of_every_kind() -> None:
    """A new kind gets its tests here by getting its example."""
    assert set(EXAMPLES) == set(KINDS)
    for kind in KINDS:
        required, optional = members(kind)
        assert set(EXAMPLES[kind]) == {*required, *optional}


@pytest.mark.parametrize("kind", KINDS)
def test_a_valid_statement_is_read_as_it_was_written(kind: str) -> None:
    """What is signed, what is parsed, and what is composed are the same."""
    payload = example(kind)
    composed = compose(kind, payload, KEY)
    read = parse_statement(composed.envelope)
    assert (read.kind, read.payload, read.actor) == (kind, payload, "anna")
    assert composed.envelope.payload == statement_bytes(kind, payload) == canonical(payload)


@pytest.mark.parametrize(("kind", "path"), EVERYWHERE, ids=IDS)
def test_a_missing_member_is_refused_and_named(kind: str, path: tuple[Any, ...]) -> None:
    """Missing and null are two things: nothing has a default."""
    payload = changed(kind, path)
    if in_map(path) in ("tally", "labels") or dotted(path) in {*OPTIONAL, *members(kind)[1]}:
        assert parsed(kind, payload).payload == payload
        return
    with pytest.raises(BadShape) as caught:
        parsed(kind, payload)
    expected = f"{in_map(path)}: an object of 1" if in_map(path) else f"missing: {path[-1]}"
    assert expected in caught.value.message
    assert caught.value.message.startswith(f"{kind}: ")


@pytest.mark.parametrize(("kind", "path"), EVERYWHERE, ids=IDS)
def test_an_extra_member_is_refused_and_named(kind: str, path: tuple[Any, ...]) -> None:
    """What nobody reads must not be signed."""
    with pytest.raises(BadShape, match="zz zz"):
        parsed(kind, changed(kind, path, add="zz zz"))


@pytest.mark.parametrize(("kind", "path"), EVERYWHERE, ids=IDS)
def test_a_member_of_another_type_is_refused_and_named(kind: str, path: tuple[Any, ...]) -> None:
    """Fourteen values of every JSON type, for every member of every kind, nested ones as well."""
    fits = [] if (kind, dotted(path)) in NEVER_NULL else NOT_WRONG.get(dotted(path), [])
    allowed = [(type(value), value) for value in fits]
    for value in WRONG:
        payload = changed(kind, path, to=value)
        if (type(value), value) in allowed:
            assert parsed(kind, payload).payload == payload
            continue
        with pytest.raises((BadShape, BadEncoding)) as caught:
            parsed(kind, payload)
        assert f"{in_map(path) or path[-1]}: " in caught.value.message
        assert caught.value.message.startswith(f"{kind}: ")


# ── values that look right ─────────────────────────────────────────────────────────────────────

IDENTITY_POINT = b64(b"\x01" + bytes(31))
LOOSE_LINK = NO_LINK[:-2] + "V="
LOOSE_DIGEST = EXAMPLES["key-registered"]["name"][:-1] + "1"

LOG_KEYS = EXAMPLES["ledger-created"]["log_keys"]


def odd_log_key(kind: int, key: bytes) -> str:
    """A vkey of this type, rightly written."""
    return VerificationKey(ORIGIN, kind, key).text


ODD: list[tuple[str, tuple[Any, ...], Any, type[Exception]]] = [
    ("vote-cast", ("v",), 2, BadShape),
    ("vote-cast", ("log",), "led ger", BadShape),
    ("vote-cast", ("log",), "/ledger", BadShape),
    ("vote-cast", ("actor",), "a" * 65, BadShape),
    ("vote-cast", ("actor",), "-anna", BadShape),
    ("vote-cast", ("actor",), "Anna Ott", BadShape),
    ("vote-cast", ("actor",), "anna\n", BadShape),
    ("vote-cast", ("nonce",), b64(bytes(15)), BadEncoding),
    ("vote-cast", ("nonce",), b64(bytes(17)), BadEncoding),
    ("vote-cast", ("nonce",), b64(bytes(16)).rstrip("="), BadEncoding),
    ("vote-cast", ("issued_at",), "2026-02-30T08:00:00.000Z", BadShape),
    ("vote-cast", ("issued_at",), "2026-02-03T24:00:00.000Z", BadShape),
    ("vote-cast", ("issued_at",), "2026-02-03T08:00:60.000Z", BadShape),
    ("vote-cast", ("issued_at",), "2026-02-03T08:00:00Z", BadShape),
    ("vote-cast", ("issued_at",), "2026-02-03T08:00:00.000+00:00", BadShape),
    ("vote-cast", ("issued_at",), "\uff12026-02-03T08:00:00.000Z", BadShape),
    ("vote-cast", ("seen", "size"), 0, BadShape),
    ("vote-cast", ("seen", "root"), b64(bytes(31)), BadShape),
    ("vote-cast", ("ballot",), LOOSE_LINK, BadEncoding),
    ("vote-cast", ("ballot",), NO_LINK.replace("+", "-"), BadShape),
    ("vote-cast", ("procedure",), "30523827-3BB0-4ac2-a73b-43256e38d151", BadShape),
    ("vote-cast", ("procedure",), "305238273bb04ac2a73b43256e38d151", BadShape),
    ("vote-cast", ("procedure",), "{30523827-3bb0-4ac2-a73b-43256e38d151}", BadShape),
    ("vote-cast", ("choices",), {str(n): "yes" for n in range(65)}, BadShape),
    ("key-registered", ("key",), IDENTITY_POINT, BadKey),
    ("key-registered", ("key",), b64(b"\x02" + bytes(31)), BadKey),
    ("key-registered", ("key",), b64(bytes(31)), BadEncoding),
    ("key-registered", ("name",), LOOSE_DIGEST, BadShape),
    ("key-registered", ("roles",), ["member", "member"], BadShape),
    ("key-registered", ("roles",), ["mayor"], BadShape),
    ("key-rotated", ("old",), IDENTITY_POINT, BadKey),
    ("ledger-created", ("format",), 2, BadShape),
    ("ledger-created", ("registrars",), [], BadShape),
    ("ledger-created", ("registrars",), EXAMPLES["ledger-created"]["registrars"] * 2, BadShape),
    ("ledger-created", ("service", "key"), IDENTITY_POINT, BadKey),
    ("ledger-created", ("time_zone",), "Europe/Berlin/Mitte/Rathaus", BadShape),
    ("ledger-created", ("log_keys",), ["log"], BadShape),
    ("ledger-created", ("log_keys",), [*LOG_KEYS, *LOG_KEYS], BadShape),
    ("ledger-created", ("log_keys",), [odd_log_key(0x01, b"\x01" + bytes(31))], BadKey),
    ("ledger-created", ("log_keys",), [odd_log_key(0x01, bytes(31))], BadKey),
    ("ledger-created", ("log_keys",), [odd_log_key(0x04, key_of("log").public)], BadKey),
    ("ledger-created", ("log_keys",), [odd_log_key(0x06, bytes(1311))], BadKey),
    ("ledger-created", ("log_keys",), [odd_log_key(0x07, bytes(32))], BadKey),
    ("log-key-rotated", ("new",), LOG_KEYS[0].replace("+", "+0", 1), BadShape),
    ("log-key-rotated", ("new",), re.sub(r"\+[0-9a-f]{8}\+", "+01234567+", LOG_KEYS[0]), BadKey),
    ("log-key-rotated", ("old",), odd_log_key(0x01, b"\x01" + bytes(31)), BadKey),
    ("redacted", ("legal_basis",), "because", BadShape),
    ("redacted", ("legal_basis",), "gdpr-17-1-f", BadShape),
    ("redacted", ("digests",), [LOOSE_DIGEST], BadShape),
    ("redacted", ("digests",), [NO_LINK], BadShape),
    ("redacted", ("digests",), [EXAMPLES["key-registered"]["name"]] * 2, BadShape),
    ("redacted", ("documents",), ["AB" * 32], BadShape),
    ("redacted", ("stream",), "register", BadShape),
    ("anchored", ("size",), 0, BadShape),
    ("anchored", ("token_sha256",), "AB" * 32, BadShape),
    ("anchored", ("tsa",), "Time Stamping Authority", BadShape),
    ("seats-changed", ("granted", 0, "weight"), -1, BadShape),
    ("seats-changed", ("granted", 0, "weight"), 2**32 + 1, BadShape),
    ("seats-changed", ("ended",), ["bert", "bert"], BadShape),
    ("procedure-opened", ("items",), [], BadShape),
    ("procedure-opened", ("items",), [item(str(n)) for n in range(65)], BadShape),
    ("procedure-opened", ("items", 0, "options"), [], BadShape),
    ("procedure-opened", ("items", 0, "options"), ["yes", "yes"], BadShape),
    ("procedure-opened", ("items", 0, "options"), [f"o{n}" for n in range(65)], BadShape),
    ("procedure-opened", ("items", 0, "polarity"), "contra", BadShape),
    ("procedure-opened", ("documents", 0, "sha256"), "E3" + "0" * 62, BadShape),
    ("procedure-opened", ("documents", 0, "sha256"), "e3" + "0" * 61, BadShape),
    ("procedure-opened", ("documents", 0, "size"), 2**40 + 1, BadShape),
    ("procedure-opened", ("documents", 0, "media_type"), "Application/PDF", BadShape),
    ("procedure-opened", ("documents", 0, "media_type"), "text/plain; charset=utf-8", BadShape),
    ("procedure-opened", ("electorate", "count"), -1, BadShape),
    ("presence-recorded", ("members",), [], BadShape),
    ("procedure-closed", ("reason",), "tired", BadShape),
    ("procedure-closed", ("seal", "entries"), 0, BadShape),
    ("procedure-closed", ("tally",), {"1": {"yes": -1}}, BadShape),
]


@pytest.mark.parametrize(("kind", "path", "value", "error"), ODD)
def test_a_value_that_only_looks_right_is_refused_and_named(
    kind: str, path: tuple[Any, ...], value: Any, error: type[Exception]
) -> None:
    """One form for each value: another one would be the same statement in other bytes."""
    with pytest.raises(error, match=rf"^{kind}: (\w+: )*{path[-1]}: "):
        parsed(kind, changed(kind, path, to=value))


# ── type, version, size ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "unknown",
    [
        "application/vnd.stimmbuch.vote-cast.v2+json",
        "application/vnd.stimmbuch.vote-cast+json",
        "application/vnd.stimmbuch.vote-bought.v1+json",
        "application/vnd.stimmbuch..v1+json",
        "application/json",
        "vote-cast",
        "application/vnd.stimmbuch.vote-cast.v1+json ",
    ],
)
def test_a_type_or_version_that_is_not_known_is_refused(unknown: str) -> None:
    """A newer statement must not be read by an older program as if nothing had changed."""
    with pytest.raises(UnknownStatement, match="no statement has the payload type"):
        parse_statement(sign(unknown, canonical(example("vote-cast")), KEY))


@pytest.mark.parametrize("kind", KINDS)
def test_a_statement_is_not_one_of_another_kind(kind: str) -> None:
    """The kind is bound to the members: a withdrawal cannot pass as a vote."""
    for other in KINDS:
        if {kind, other} in TWINS:
            required = {name: value for name, value in example(kind).items() if name not in members(kind)[1]}
            assert parsed(other, required).envelope.pae != parsed(kind, required).envelope.pae
        elif other != kind:
            with pytest.raises(BadShape):
                parsed(other, example(kind))


@pytest.mark.parametrize("payload", [None, [], "text", 5, {}])
def test_a_payload_is_an_object(payload: Any) -> None:
    """With at least the members of every statement."""
    with pytest.raises(BadShape):
        parsed("vote-cast", payload)


def test_a_payload_is_canonical() -> None:
    """Otherwise the same statement could be signed in many ways."""
    spaced = canonical(example("vote-cast")).replace(b",", b", ", 1)
    with pytest.raises(NotCanonical):
        parse_statement(sign(payload_type("vote-cast"), spaced, KEY))


def filled(size: int) -> dict[str, Any]:
    """An opening of exactly so many bytes; the rule profile takes anything, here."""
    payload = {**example("procedure-opened"), "profile": ""}
    return {**payload, "profile": "x" * (size - len(canonical(payload)))}


def test_a_payload_has_at_most_16_kib() -> None:
    """To the byte, when it is read and when it is prepared for signing."""
    assert len(statement_bytes("procedure-opened", filled(MAX_PAYLOAD))) == MAX_PAYLOAD
    assert parsed("procedure-opened", filled(MAX_PAYLOAD)).kind == "procedure-opened"
    with pytest.raises(TooLarge, match="16385 bytes are more than the 16384 allowed"):
        parsed("procedure-opened", filled(MAX_PAYLOAD + 1))
    with pytest.raises(TooLarge, match="16385 bytes are more than the 16384 allowed"):
        statement_bytes("procedure-opened", filled(MAX_PAYLOAD + 1))


@pytest.mark.parametrize("profile", [1.5, {"n": float("nan")}, {1: 2}, "\ud800", 2**53, b"bytes"])
def test_what_cannot_be_written_is_not_signed(profile: Any) -> None:
    """The one member that takes any value takes only what has a canonical form."""
    with pytest.raises((BadShape, NotCanonical)):
        statement_bytes("procedure-opened", {**example("procedure-opened"), "profile": profile})


@pytest.mark.parametrize("levels", range(MAX_DEPTH - 3, MAX_DEPTH + 3))
def test_what_can_be_signed_can_be_read(levels: int) -> None:
    """A profile that is nested as deeply as is allowed, and one level more."""
    profile: Any = 1
    for _ in range(levels):
        profile = [profile]
    payload = {**example("procedure-opened"), "profile": profile}
    if levels < MAX_DEPTH:
        assert parse_statement(compose("procedure-opened", payload, KEY).envelope).payload == payload
        return
    with pytest.raises(BadShape, match=r"profile: .*nested deeper"):
        compose("procedure-opened", payload, KEY)


def test_the_common_members_are_those_of_every_statement() -> None:
    """Who, where, when, once, and what the signer had seen."""
    assert set(COMMON) == {"v", "log", "actor", "nonce", "issued_at", "seen"}
    for kind in KINDS:
        required, optional = members(kind)
        assert set(COMMON).isdisjoint([*required, *optional])
