"""Does a write need the role as well as the signature, and for the right person?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from api.access.kinds import MAY_SUBMIT, require_may_say
from api.access.roles import ROLES, Grant
from ledger.errors import Denied, OtherSubject, RoleMissing
from ledger.proof.statement import KINDS, Statement
from tests.support.builders import CLERK
from tests.support.guarded import Guarded
from tests.web.site import problem


def vote(guarded: Guarded, member: str = "m1", **fields: Any) -> Statement:
    """A vote that would be recorded."""
    motion = guarded.town.open()
    return guarded.town.statement(
        "vote-cast", member, procedure=motion, member=member, choices={"1": "yes"}, **fields
    )


def test_every_kind_of_statement_stands_in_the_table() -> None:
    """A new kind is submitted by nobody until somebody has thought about it."""
    assert MAY_SUBMIT.keys() == set(KINDS)


def test_nobody_reads_and_writes_at_once() -> None:
    """An auditor submits nothing; an operator nothing that is decided."""
    assert {kind for kind, roles in MAY_SUBMIT.items() if "auditor" in roles} == set()
    service = {"anchored", "attempt-refused", "procedure-closed", "delivery-recorded", "result-expired"}
    assert {kind for kind, roles in MAY_SUBMIT.items() if "operator" in roles} == service


@pytest.mark.parametrize("who", ["member", "portal", "clerk", "chair"])
def test_a_vote_is_recorded_with_a_token_that_may(guarded: Guarded, who: str) -> None:
    """Signed by the member, passed on by whoever passes it on."""
    assert guarded.submit(vote(guarded), who).status_code == 201


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [
        (None, 401, "credential-missing"),
        ("revoked", 401, "credential-invalid"),
        ("foreign", 401, "credential-invalid"),
        ("auditor", 403, "role-missing"),
        ("operator", 403, "role-missing"),
        ("registrar", 403, "role-missing"),
    ],
)
def test_a_good_signature_alone_is_not_enough(
    guarded: Guarded, who: str | None, status: int, code: str
) -> None:
    """Nothing is recorded, and no attempt is noted: the statement was not looked at."""
    statement = vote(guarded)
    head = guarded.town.ledger.head()
    problem(guarded.submit(statement, who), status, code)
    assert guarded.town.ledger.head() == head


def test_a_good_token_alone_is_not_enough(guarded: Guarded) -> None:
    """The member's own token, and a vote that somebody else has signed."""
    statement = vote(guarded, keys=[guarded.town.key("m2")])
    problem(guarded.submit(statement, "member"), 403, "unknown-key")


def test_a_member_submits_for_nobody_else(guarded: Guarded) -> None:
    """Not even what the other one has signed: a lost envelope is not sent by whoever finds it."""
    problem(guarded.submit(vote(guarded, "m2"), "member"), 403, "other-subject")


@pytest.mark.parametrize("way", ["application/json", "application/json; charset=utf-8"])
def test_both_ways_of_a_vote_pass_the_door(guarded: Guarded, way: str) -> None:
    """The short one, which Flask does not see, and the long one."""
    body = vote(guarded, "m2").envelope.to_dict()
    import json

    for who, code in ((None, "credential-missing"), ("auditor", "role-missing"), ("member", "other-subject")):
        response = guarded.call(
            "POST", f"{guarded.site.api}/statements", who, data=json.dumps(body), content_type=way
        )
        problem(response, 401 if who is None else 403, code)


def test_a_member_does_nothing_that_a_clerk_does(guarded: Guarded) -> None:
    """Whoever is both needs a token that says so."""
    motion = guarded.town.open()
    statement = guarded.town.statement("result-published", CLERK, procedure=motion)
    problem(guarded.submit(statement, guarded.token("member", subject=CLERK)), 403, "role-missing")


def test_a_repetition_needs_the_token_too(guarded: Guarded) -> None:
    """The receipt of a vote is not handed to whoever has found the envelope."""
    statement = vote(guarded)
    assert guarded.submit(statement, "member").status_code == 201
    problem(guarded.submit(statement, guarded.token("member", subject="m2")), 403, "other-subject")
    assert guarded.submit(statement, "member").status_code == 200


def test_nothing_is_prepared_for_somebody_else(guarded: Guarded) -> None:
    """A prepared vote says whether there is one already, and which."""
    motion = guarded.town.open()
    guarded.site.service.follower.catch_up()

    def prepare(actor: str, who: str | None) -> Any:
        wish = {"actor": actor, "member": actor, "procedure": motion, "choices": {"1": "yes"}}
        body = {"kind": "vote-cast", "fields": wish}
        return guarded.call("POST", f"{guarded.site.api}/statements/prepare", who, json=body)

    assert prepare("m1", "member").status_code == 200
    assert prepare("m2", "portal").status_code == 200
    problem(prepare("m2", "member"), 403, "other-subject")
    problem(prepare("m1", "auditor"), 403, "role-missing")
    problem(prepare("m1", None), 401, "credential-missing")


PORTAL = Grant("p", frozenset({"portal"}), "portal-1")


@pytest.mark.parametrize(
    ("kind", "payload", "refused"),
    [
        ("vote-cast", {"actor": "m1", "member": "m1"}, None),
        ("vote-cast", {"actor": "m2", "member": "m1", "provenance": {"kind": "proxy"}}, None),
        ("vote-cast", {"actor": "portal-1", "member": "m1", "provenance": {"kind": "portal-attested"}}, None),
        (
            "vote-cast",
            {"actor": "portal-2", "member": "m1", "provenance": {"kind": "portal-attested"}},
            OtherSubject,
        ),
        (
            "vote-cast",
            {"actor": "clerk", "member": "m1", "provenance": {"kind": "clerk-recorded"}},
            OtherSubject,
        ),
        ("vote-cast", {"actor": "m2", "member": "m1"}, OtherSubject),
        ("vote-cast", {"actor": "m2", "member": "m1", "provenance": "proxy"}, OtherSubject),
        ("vote-cast", {}, OtherSubject),
        ("key-rotated", {"actor": "m1", "subject": "m1"}, None),
        ("key-rotated", {"actor": "registrar", "subject": "m1"}, OtherSubject),
        ("member-excluded", {"actor": "clerk", "member": "m1"}, OtherSubject),
        ("key-registered", {"actor": "portal-1", "subject": "m9"}, RoleMissing),
        ("procedure-opened", {"actor": "portal-1"}, RoleMissing),
        ("no-such-kind", {"actor": "portal-1"}, RoleMissing),
    ],
)
def test_a_portal_passes_on_what_members_sign(
    kind: str, payload: dict[str, Any], refused: type[Denied] | None
) -> None:
    """And attests as itself alone."""
    say: Callable[[], None] = lambda: require_may_say(PORTAL, kind, payload)  # noqa: E731
    if refused is None:
        say()
    else:
        with pytest.raises(refused):
            say()


@pytest.mark.parametrize("role", sorted(ROLES - {"portal"}))
@pytest.mark.parametrize("kind", KINDS)
def test_whoever_stands_for_somebody_speaks_for_nobody_else(role: str, kind: str) -> None:
    """Every role × every kind: with another actor there is no way through."""
    grant = Grant("x", frozenset({role}), "somebody")
    with pytest.raises(Denied):
        require_may_say(grant, kind, {"actor": "another", "member": "another", "subject": "another"})
