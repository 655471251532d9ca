"""Which roles may submit which kind of statement, and for whom.

This is asked before the signatures: it keeps a stolen key from being used without a token, and a stolen
token from trying out keys. Whether the *signer* may is decided by the rules of the ledger, whatever stands
here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.access.roles import CHAIR, CLERK, MEMBER, OPERATOR, PORTAL, REGISTRAR, Grant
from api.access.sentences import credentials
from ledger.errors import OtherSubject, RoleMissing

_MEMBERS = frozenset({MEMBER, PORTAL, CLERK, CHAIR})
"""A chair and a clerk may have a seat as well; a clerk records what came on paper."""
_OFFICE = frozenset({CLERK, CHAIR})
_REGISTER = frozenset({REGISTRAR})
_OPERATOR = frozenset({OPERATOR})

MAY_SUBMIT: Mapping[str, frozenset[str]] = {
    "ledger-created": _REGISTER,
    "key-registered": _REGISTER,
    "key-rotated": frozenset({REGISTRAR, *_MEMBERS}),
    "key-revoked": _REGISTER,
    "log-key-rotated": _REGISTER,
    "body-registered": frozenset({REGISTRAR, CLERK}),
    "seats-changed": frozenset({REGISTRAR, CLERK}),
    "redacted": frozenset({REGISTRAR, CLERK, CHAIR}),
    "anchored": _OPERATOR,
    "procedure-opened": _OFFICE,
    "document-attached": _OFFICE,
    "vote-cast": _MEMBERS,
    "vote-withdrawn": _MEMBERS,
    "casting-vote-given": _MEMBERS,
    "presence-recorded": _OFFICE,
    "procedure-closed": frozenset({CLERK, CHAIR, OPERATOR}),
    "consent-declared": _MEMBERS,
    "consent-revoked": _MEMBERS,
    "objection-raised": _MEMBERS,
    "secret-ballot-demanded": _MEMBERS,
    "proxy-given": _MEMBERS,
    "proxy-revoked": _MEMBERS,
    "member-excluded": _MEMBERS,
    "exclusion-lifted": _OFFICE,
    "delivery-recorded": frozenset({CLERK, CHAIR, OPERATOR}),
    "substitute-named": _OFFICE,
    "deadline-extended": _OFFICE,
    "attempt-refused": _OPERATOR,
    "result-determined": _OFFICE,
    "result-announced": _OFFICE,
    "result-published": _OFFICE,
    "result-ratified": _OFFICE,
    "result-suspended": _OFFICE,
    "result-objected": _OFFICE,
    "result-expired": frozenset({CLERK, CHAIR, OPERATOR}),
    "condition-met": _OFFICE,
    "result-corrected": _OFFICE,
    "result-annulled": _OFFICE,
}


def require_may_say(grant: Grant, kind: str, payload: Mapping[str, Any]) -> None:
    """Returns if the credential may submit this statement. Raises `RoleMissing` or `OtherSubject`."""
    roles = MAY_SUBMIT.get(kind, frozenset())
    if grant.roles.isdisjoint(roles):
        raise RoleMissing(
            credentials.SUBMITTED_BY, kind=kind, roles=", ".join(sorted(roles)) or credentials.NOBODY
        )
    if grant.subject is None or payload.get("actor") == grant.subject:
        return
    if PORTAL in grant.roles & roles and _speaks_as_member(payload):
        return
    raise OtherSubject(credentials.ACTOR_IS_ANOTHER, subject=grant.subject)


def _speaks_as_member(payload: Mapping[str, Any]) -> bool:
    """Whether the member signed it (or the member's proxy): what a portal attests, it signs itself."""
    provenance = payload.get("provenance")
    if provenance is not None:
        return isinstance(provenance, Mapping) and provenance.get("kind") == "proxy"
    return bool(payload.get("actor") == payload.get("member", payload.get("subject", "")))
