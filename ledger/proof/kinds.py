"""The members of each kind of statement, and their shapes: FORMAT.md, section 2, as tables."""

from __future__ import annotations

from typing import Any

from ledger.proof import shapes as s

ROLES = ("registrar", "clerk", "chair", "member", "service", "portal")

LEGAL_BASES = (
    "gdpr-16",
    *(f"gdpr-17-1-{letter}" for letter in "abcde"),
    "retention-ended",
    "court-order",
)
"""Why something is erased: an article of Regulation (EU) 2016/679 (16: put right; 17 (1) a: not needed any
more, b: consent withdrawn, c: objection, d: unlawful, e: a law demands it), the end of a statutory retention
period, or the order of a court."""

COMMON: dict[str, s.Check] = {
    "v": s.integer(1, 1),
    "log": s.origin,
    "actor": s.identifier,
    "nonce": s.nonce,
    "issued_at": s.time,
    "seen": s.nullable(s.fields({"size": s.integer(1, 2**53 - 1), "root": s.link})),
}
_HOLDER = s.fields({"subject": s.identifier, "key": s.public_key})
DOCUMENT = s.fields(
    {
        "sha256": s.sha256_hex,
        "size": s.integer(0, 2**40),
        "media_type": s.media_type,
        "item": s.nullable(s.identifier),
    }
)
_ITEM = s.fields(
    {
        "id": s.identifier,
        "wording": s.nullable(s.disclosure),
        "options": s.listed(s.identifier, at_least=1, at_most=64),
        "polarity": s.one_of("for", "against"),
    },
    {
        "labels": s.mapping(s.identifier, s.disclosure, at_most=64),
        "condition": s.disclosure,
        "valid_months": s.integer(1, 1200),
        "public": s.flag,
    },
)
_SEAT = s.fields(
    {
        "member": s.identifier,
        "weight": s.integer(0, 2**32),
        "group": s.nullable(s.identifier),
    },
    {"substitutes": s.listed(s.identifier, at_least=1, at_most=64)},
)
_TRIGGER = s.fields(
    {
        "kind": s.one_of("declared_emergency", "council_resolution"),
        "evidence": s.disclosure,
        "from": s.time,
        "until": s.nullable(s.time),
    }
)
_SUBJECT = s.fields(
    {"simple": s.flag, "urgent": s.flag, "topics": s.listed(s.identifier, at_most=64)},
)
_PROVENANCE = s.fields(
    {"kind": s.one_of("proxy", "portal-attested", "clerk-recorded")},
    {
        "assurance": s.one_of("low", "substantial", "high"),
        "source": s.one_of("paper", "phone", "mail", "in-person"),
        "witness": s.identifier,
    },
)
_ITEMS = s.listed(s.identifier, at_least=1, at_most=64)
_RESULTS = s.mapping(s.identifier, s.result, at_least=1, at_most=64)
_MEMBER: dict[str, s.Check] = {"procedure": s.uuid, "member": s.identifier}
_GROUND: dict[str, s.Check] = {"ground": s.disclosure}
_CHOICES = s.mapping(s.identifier, s.identifier, at_least=1, at_most=64)
_TALLY = s.mapping(s.identifier, s.mapping(s.identifier, s.integer(0, 2**53 - 1), at_most=64), at_most=64)


def _redacted(value: Any) -> None:
    """The digest of a disclosure that stands in another statement."""
    s.disclosure(value)


MEMBERS: dict[str, tuple[dict[str, s.Check], dict[str, s.Check]]] = {
    "ledger-created": (
        {
            "format": s.integer(1, 1),
            "time_zone": s.zone,
            "registrars": s.listed(_HOLDER, at_least=1, at_most=8),
            "service": _HOLDER,
            "log_keys": s.listed(s.log_key, at_least=1, at_most=8),
        },
        {},
    ),
    "key-registered": (
        {
            "subject": s.identifier,
            "roles": s.listed(s.one_of(*ROLES), at_least=1, at_most=len(ROLES)),
            "key": s.public_key,
        },
        {"name": s.disclosure},
    ),
    "key-rotated": ({"subject": s.identifier, "old": s.public_key, "key": s.public_key}, {}),
    "key-revoked": (
        {
            "subject": s.identifier,
            "key": s.public_key,
            "reason": s.one_of("lost", "compromised", "left", "replaced"),
            "suspect_from": s.nullable(s.integer(0, 2**53 - 1)),
        },
        {},
    ),
    "log-key-rotated": (
        {"old": s.log_key, "new": s.log_key, "second": s.nullable(s.identifier)},
        {},
    ),
    "body-registered": ({"body": s.identifier}, {"name": s.disclosure}),
    "seats-changed": (
        {
            "body": s.identifier,
            "granted": s.listed(_SEAT),
            "ended": s.listed(s.identifier),
        },
        {},
    ),
    "redacted": (
        {
            "stream": s.uuid,
            "digests": s.listed(_redacted, at_most=256),
            "legal_basis": s.one_of(*LEGAL_BASES),
            "authority": s.identifier,
        },
        {"documents": s.listed(s.sha256_hex, at_most=64), "ground": s.disclosure},
    ),
    "anchored": (
        {
            "size": s.integer(1, 2**53 - 1),
            "root": s.link,
            "tsa": s.identifier,
            "token_sha256": s.sha256_hex,
        },
        {},
    ),
    "procedure-opened": (
        {
            "procedure": s.uuid,
            "body": s.identifier,
            "electorate": s.fields({"as_of": s.link, "count": s.integer(0, 2**53 - 1)}),
            "items": s.listed(_ITEM, at_least=1, at_most=64),
            "documents": s.listed(DOCUMENT, at_most=64),
            "profile": s.anything,
            "chair": s.nullable(s.identifier),
            "opens_at": s.time,
            "closes_at": s.nullable(s.time),
            "time_zone": s.zone,
            "ballot": s.link,
        },
        {
            "title": s.disclosure,
            "source": s.disclosure,
            "replay": s.fields({"held_at": s.nullable(s.time)}),
            "closes_local": s.civil_time,
            "holidays": s.listed(s.day, at_most=400),
            "objections_until": s.time,
            "participants": s.listed(s.identifier, at_least=1, at_most=256),
            "trigger": _TRIGGER,
            "subject": _SUBJECT,
            "repeats": s.uuid,
        },
    ),
    "document-attached": ({"procedure": s.uuid, "document": DOCUMENT, "ballot": s.link}, {}),
    "vote-cast": (
        {
            "procedure": s.uuid,
            "member": s.identifier,
            "choices": _CHOICES,
            "ballot": s.link,
            "replaces": s.nullable(s.link),
        },
        {"provenance": _PROVENANCE},
    ),
    "vote-withdrawn": (
        {"procedure": s.uuid, "member": s.identifier, "withdraws": s.link},
        {},
    ),
    "casting-vote-given": (
        {"procedure": s.uuid, "member": s.identifier, "choices": _CHOICES, "ballot": s.link},
        {},
    ),
    "presence-recorded": (
        {"procedure": s.uuid, "members": s.listed(s.identifier, at_least=1)},
        {},
    ),
    "procedure-closed": (
        {
            "procedure": s.uuid,
            "reason": s.one_of("deadline", "chair", "objection", "all-voted", "unlosable"),
            "seal": s.fields({"entries": s.integer(1, 2**53 - 1), "first": s.link, "last": s.link}),
            "tally": _TALLY,
        },
        {},
    ),
    "consent-declared": ({**_MEMBER, "items": s.nullable(_ITEMS), "ballot": s.link}, {}),
    "consent-revoked": (_MEMBER, {}),
    "objection-raised": (_MEMBER, _GROUND),
    "secret-ballot-demanded": ({**_MEMBER, "items": _ITEMS}, {}),
    "proxy-given": ({**_MEMBER, "proxy": s.identifier}, {}),
    "proxy-revoked": (_MEMBER, {}),
    "member-excluded": (
        {
            **_MEMBER,
            "items": _ITEMS,
            "reason": s.one_of("own-interest", "relative", "represented", "employer", "took-part", "other"),
        },
        _GROUND,
    ),
    "exclusion-lifted": ({**_MEMBER, "items": _ITEMS}, _GROUND),
    "delivery-recorded": (
        {
            "procedure": s.uuid,
            "members": s.listed(s.identifier, at_least=1),
            "received_at": s.time,
            "closes_at": s.nullable(s.time),
            "how": s.one_of("portal", "mail", "paper", "in-person"),
        },
        {},
    ),
    "substitute-named": (
        {
            **_MEMBER,
            "substitute": s.identifier,
            "reason": s.one_of("absent", "ill", "excluded", "vacant"),
            "received_at": s.time,
            "closes_at": s.nullable(s.time),
        },
        {},
    ),
    "deadline-extended": (
        {
            "procedure": s.uuid,
            "members": s.nullable(s.listed(s.identifier, at_least=1)),
            "closes_at": s.time,
            "reason": s.disclosure,
        },
        {"closes_local": s.civil_time},
    ),
    "attempt-refused": ({"procedure": s.uuid, "code": s.code, "statement": s.sha256_hex}, {}),
    "result-determined": (
        {
            "procedure": s.uuid,
            "tally": _TALLY,
            "outcome": _RESULTS,
            "valid": s.mapping(s.identifier, s.flag, at_least=1, at_most=64),
            "derivation": s.link,
        },
        {"lots": s.mapping(s.identifier, s.identifier, at_least=1, at_most=64)},
    ),
    "result-announced": ({"procedure": s.uuid, "to": s.one_of("members", "everybody")}, {}),
    "result-published": (
        {"procedure": s.uuid},
        {"where": s.disclosure, "made_public": _ITEMS, "witness": s.identifier},
    ),
    "result-ratified": ({"procedure": s.uuid, "confirmed": s.flag, "held_at": s.time}, _GROUND),
    "result-suspended": ({"procedure": s.uuid, "until": s.nullable(s.time)}, _GROUND),
    "result-objected": ({"procedure": s.uuid}, _GROUND),
    "result-expired": ({"procedure": s.uuid, "items": _ITEMS}, {}),
    "condition-met": ({"procedure": s.uuid, "items": _ITEMS}, {"evidence": s.disclosure}),
    "result-corrected": (
        {
            "procedure": s.uuid,
            "corrects": s.link,
            "outcome": _RESULTS,
            "witness": s.identifier,
            "ground": s.disclosure,
        },
        {},
    ),
    "result-annulled": (
        {"procedure": s.uuid, "repeated_as": s.nullable(s.uuid)},
        {"ground": s.disclosure},
    ),
}
