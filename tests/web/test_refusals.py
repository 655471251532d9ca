"""Is each refusal answered with its own code, and is nothing stored then?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from ledger.domain.profiles import complete
from ledger.errors import Invalid, NotFound, Refused, StimmbuchError
from ledger.proof.encoding import b64, canonical
from ledger.proof.statement import Statement, compose, procedure_id
from tests.house.test_errors import tree
from tests.support.builders import document, item
from tests.web.site import Site, problem

LINK = b64(bytes(32))
Case = Callable[[Site], Statement]
CASES: dict[str, tuple[int, Case]] = {}


def refused(status: int, code: str) -> Callable[[Case], Case]:
    """Enters a case under the code that it must be answered with."""

    def enter(case: Case) -> Case:
        CASES[f"{code}: {case.__name__[1:]}"] = (status, case)
        return case

    return enter


def vote(site: Site, motion: str, member: str = "m1", **fields: Any) -> Statement:
    """A vote that would be fine but for `fields`."""
    return site.town.statement(
        "vote-cast",
        fields.pop("actor", member),
        **{"procedure": motion, "member": member, "choices": {"1": "yes"}, **fields},
    )


def opening(site: Site, **fields: Any) -> Statement:
    """An opening that would be fine but for `fields`."""
    usual = {
        "procedure": str(procedure_id(site.service.ledger.origin, "another")),
        "body": "council",
        "items": [item("1")],
        "profile": "simple-majority",
    }
    return site.town.statement("procedure-opened", fields.pop("actor", "clerk"), **{**usual, **fields})


@refused(422, "wrong-log")
def _for_another_ledger(site: Site) -> Statement:
    return vote(site, site.town.open(), log="ledger.example.org/elsewhere")


@refused(403, "unknown-key")
def _by_nobody_in_the_register(site: Site) -> Statement:
    return vote(site, site.town.open(), "stranger")


@refused(403, "unknown-key")
def _with_a_key_that_was_never_registered(site: Site) -> Statement:
    wanted = {"procedure": site.town.open(), "member": "m1", "choices": {"1": "yes"}}
    return site.town.statement("vote-cast", "m1", keys=[site.town.key("m1/2")], **wanted)


@refused(403, "key-not-live")
def _with_a_revoked_key(site: Site) -> Statement:
    motion = site.town.open()
    found = vote(site, motion, "m2")
    key = site.town.public("m2")
    site.town.put("key-revoked", "registrar", subject="m2", key=key, reason="lost", suspect_from=None)
    return found


@refused(409, "key-taken")
def _a_key_that_is_registered_for_somebody_else(site: Site) -> Statement:
    key = site.town.public("m1")
    return site.town.statement("key-registered", "registrar", subject="new", roles=["member"], key=key)


@refused(422, "bad-key")
def _a_key_of_low_order(site: Site) -> Statement:
    wanted = site.town.statement(
        "key-registered", "registrar", subject="new", roles=["member"], key=site.town.public("new")
    )
    raise ForgedPayload(wanted, {"key": b64(b"\x01" + bytes(31))})


@refused(422, "bad-signature")
def _with_somebody_elses_signature_under_ones_own_key_id(site: Site) -> Statement:
    good = vote(site, site.town.open())
    raise ForgedSignature(good, site.town.key("m2").sign(good.envelope.pae))


@refused(422, "bad-signature")
def _with_one_signature_too_many(site: Site) -> Statement:
    wanted = {"procedure": site.town.open(), "member": "m1", "choices": {"1": "yes"}}
    return site.town.statement("vote-cast", "m1", keys=[site.town.key("m1"), site.town.key("m2")], **wanted)


@refused(403, "not-allowed")
def _an_opening_by_a_member(site: Site) -> Statement:
    return opening(site, actor="m1")


@refused(403, "not-allowed")
def _a_vote_for_somebody_else(site: Site) -> Statement:
    return vote(site, site.town.open(), "m1", actor="m2")


@refused(403, "not-entitled")
def _a_vote_without_a_seat(site: Site) -> Statement:
    return vote(site, site.town.open(), "chair")


@refused(409, "already-registered")
def _a_procedure_that_exists(site: Site) -> Statement:
    return opening(site, procedure=site.town.open())


@refused(409, "unknown-actor")
def _a_seat_for_nobody_in_the_register(site: Site) -> Statement:
    granted = [{"member": "nobody", "weight": 1, "group": None}]
    return site.town.statement("seats-changed", "clerk", body="council", granted=granted, ended=[])


@refused(409, "unknown-option")
def _an_option_that_is_not_on_the_paper(site: Site) -> Statement:
    return vote(site, site.town.open(), choices={"1": "maybe"})


@refused(409, "unknown-option")
def _an_item_that_is_not_on_the_paper(site: Site) -> Statement:
    return vote(site, site.town.open(), choices={"2": "yes"})


@refused(409, "other-history")
def _a_vote_of_somebody_who_was_shown_another_log(site: Site) -> Statement:
    return vote(site, site.town.open(), seen={"size": 3, "root": LINK})


@refused(409, "other-history")
def _a_vote_of_somebody_who_was_shown_a_larger_log(site: Site) -> Statement:
    return vote(site, site.town.open(), seen={"size": 2**50, "root": LINK})


@refused(409, "stale-ballot")
def _a_vote_on_the_paper_of_before(site: Site) -> Statement:
    motion = site.town.open(closes_in=3600)
    found = vote(site, motion)
    site.town.attach(motion, "an offer")
    return found


@refused(409, "stale-ballot")
def _the_payload_of_one_procedure_in_another(site: Site) -> Statement:
    first, second = site.town.open("first"), site.town.open("second")
    paper = vote(site, first).payload["ballot"]
    return vote(site, second, ballot=paper)


@refused(409, "stale-replaces")
def _a_second_vote_that_does_not_name_the_first(site: Site) -> Statement:
    motion = site.town.open()
    site.town.vote(motion, "m1")
    return vote(site, motion, replaces=None)


@refused(409, "stale-electorate")
def _an_electorate_of_before(site: Site) -> Statement:
    found = opening(site)
    site.town.seat(["chair"])
    return found


@refused(409, "stale-seal")
def _a_closing_that_misses_a_vote(site: Site) -> Statement:
    motion = site.town.open()
    found = site.town.statement("procedure-closed", "clerk", procedure=motion)
    site.town.vote(motion, "m1")
    return found


@refused(409, "change-not-allowed")
def _a_second_vote_where_none_may_be_changed(site: Site) -> Statement:
    motion = site.town.open(profile={**complete("simple-majority"), "change": "never"})
    site.town.vote(motion, "m1")
    return vote(site, motion, choices={"1": "no"})


@refused(409, "not-open-yet")
def _a_vote_before_the_beginning(site: Site) -> Statement:
    later = site.town.clock.later(3600)
    return vote(site, site.town.open(opens_at=later))


@refused(409, "out-of-turn")
def _the_chair_before_the_others(site: Site) -> Statement:
    last = {"chair_votes": "last", "change": "never", "withdraw": False}
    profile = {**complete("simple-majority"), **last}
    return vote(site, site.town.open(profile=profile, chair="m1"))


@refused(409, "too-late")
def _a_vote_after_the_deadline(site: Site) -> Statement:
    motion = site.town.open(closes_in=60)
    site.town.clock.advance(60)
    return vote(site, motion)


@refused(409, "already-closed")
def _a_vote_after_the_closing(site: Site) -> Statement:
    motion = site.town.open()
    found = vote(site, motion)
    site.town.close(motion)
    return found


@refused(409, "not-due")
def _a_closing_before_the_deadline(site: Site) -> Statement:
    motion = site.town.open(closes_in=3600)
    return site.town.statement("procedure-closed", "service", procedure=motion)


@refused(409, "not-closed")
def _an_annulment_before_the_closing(site: Site) -> Statement:
    motion = site.town.open()
    return site.town.statement("result-annulled", "clerk", procedure=motion, repeated_as=None)


@refused(409, "documents-frozen")
def _a_document_where_they_are_frozen(site: Site) -> Statement:
    motion = site.town.open()
    return site.town.statement("document-attached", "clerk", procedure=motion, document=document("late"))


@refused(409, "wrong-ballot")
def _an_opening_with_another_papers_digest(site: Site) -> Statement:
    return opening(site, ballot=LINK)


@refused(422, "bad-opening")
def _two_items_of_one_name(site: Site) -> Statement:
    return opening(site, items=[item("1"), item("1", "yes", "no")])


@refused(422, "bad-profile")
def _a_majority_that_nobody_can_reach(site: Site) -> Statement:
    return opening(site, profile={**complete("simple-majority"), "majority": {"count": 99}})


def circular(site: Site, **settings: Any) -> str:
    """A procedure by circulation, open for an hour."""
    profile = {**complete("nkomvg-78"), **settings}
    return site.town.open(closes_in=3600, profile=profile)


def exclude(motion: str) -> dict[str, Any]:
    """What excludes m1 from item 1."""
    return {"procedure": motion, "member": "m1", "items": ["1"], "reason": "employer"}


@refused(403, "excluded")
def _a_vote_in_a_conflict_of_interest(site: Site) -> Statement:
    motion = circular(site)
    site.town.put("member-excluded", "clerk", **exclude(motion))
    return vote(site, motion)


@refused(409, "already-declared")
def _an_exclusion_that_is_on_record(site: Site) -> Statement:
    motion = circular(site)
    site.town.put("member-excluded", "clerk", **exclude(motion))
    return site.town.statement("member-excluded", "clerk", **exclude(motion))


@refused(409, "not-declared")
def _a_consent_taken_back_that_nobody_gave(site: Site) -> Statement:
    return site.town.statement("consent-revoked", "m1", procedure=circular(site), member="m1")


@refused(409, "not-provided")
def _a_consent_where_none_is_asked_for(site: Site) -> Statement:
    return site.town.statement("consent-declared", "m1", procedure=circular(site), member="m1")


@refused(409, "stopped")
def _a_vote_after_an_objection(site: Site) -> Statement:
    motion = circular(site)
    site.town.put("objection-raised", "m2", procedure=motion, member="m2")
    return vote(site, motion)


@refused(409, "referred")
def _a_vote_on_what_goes_to_a_meeting(site: Site) -> Statement:
    motion = circular(site, secrecy={"demand": 1, "items": "all"})
    site.town.put("secret-ballot-demanded", "m2", procedure=motion, member="m2", items=["1"])
    return vote(site, motion)


@refused(409, "proxy-stands")
def _a_vote_beside_ones_proxy(site: Site) -> Statement:
    motion = circular(site, proxy={"max": 1})
    site.town.put("proxy-given", "m1", procedure=motion, member="m1", proxy="m2")
    return vote(site, motion)


@refused(409, "proxy-not-allowed")
def _a_proxy_for_oneself(site: Site) -> Statement:
    motion = circular(site, proxy={"max": 1})
    return site.town.statement("proxy-given", "m1", procedure=motion, member="m1", proxy="m1")


@refused(409, "wrong-deadline")
def _a_receipt_before_the_opening(site: Site) -> Statement:
    received = "2026-01-01T00:00:00.000Z"
    wanted: dict[str, Any] = {"members": ["m1"], "received_at": received, "how": "mail"}
    return site.town.statement("delivery-recorded", "clerk", procedure=circular(site), **wanted)


@refused(409, "not-in-force")
def _a_procedure_without_its_trigger(site: Site) -> Statement:
    return opening(site, profile="nkomvg-182", closes_at=site.town.clock.later(3600))


@refused(409, "not-determined")
def _an_announcement_before_the_determination(site: Site) -> Statement:
    motion = site.town.open()
    site.town.close(motion)
    return site.town.statement("result-announced", "clerk", procedure=motion, to="members")


@refused(422, "no-such-time")
def _a_deadline_in_the_hour_that_is_skipped(site: Site) -> Statement:
    skipped = {"closes_at": "2026-03-29T01:30:00.000Z", "closes_local": "2026-03-29T02:30"}
    return opening(site, profile="nkomvg-66", **skipped)


@refused(404, "not-found")
def _a_vote_in_no_procedure(site: Site) -> Statement:
    good = vote(site, site.town.open())
    other = str(procedure_id("elsewhere", "unknown"))
    return compose("vote-cast", {**good.payload, "procedure": other}, site.town.key("m1"))


def redaction(site: Site, *digests: str, **fields: Any) -> Statement:
    """A redaction that would be fine but for `fields`, of a person's name in the register."""
    usual = {"digests": list(digests), "legal_basis": "gdpr-17-1-b", "authority": "chair"}
    return site.town.statement("redacted", "clerk", **{**usual, **fields})


@refused(409, "not-redactable")
def _a_redaction_of_what_is_no_text(site: Site) -> Statement:
    return redaction(site, "A" * 43)


@refused(409, "already-redacted")
def _a_second_redaction(site: Site) -> Statement:
    okka: dict[str, Any] = {"subject": "okka", "roles": ["member"], "key": site.town.public("okka")}
    site.town.put("key-registered", "registrar", **okka, name="A" * 43)
    site.town.send(redaction(site, "A" * 43))
    return redaction(site, "A" * 43)


@refused(403, "not-allowed")
def _a_redaction_by_one_person(site: Site) -> Statement:
    return redaction(site, "A" * 43, authority="clerk")


class ForgedPayload(Exception):
    """A statement that the builder would not make: its payload with some members replaced."""

    def __init__(self, statement: Statement, changes: dict[str, Any]) -> None:
        super().__init__()
        self.statement, self.changes = statement, changes


class ForgedSignature(Exception):
    """A statement with another first signature."""

    def __init__(self, statement: Statement, signature: bytes) -> None:
        super().__init__()
        self.statement, self.signature = statement, signature


def send(site: Site, case: Case) -> TestResponse:
    """Sends what the case makes."""
    try:
        return site.post(case(site))
    except ForgedPayload as forged:
        body = forged.statement.envelope.to_dict()
        body["payload"] = b64(canonical({**forged.statement.payload, **forged.changes}))
    except ForgedSignature as forged:
        body = forged.statement.envelope.to_dict()
        body["signatures"][0]["sig"] = b64(forged.signature)
    return site.http.post(f"{site.api}/statements", json=body)


@pytest.mark.parametrize("name", CASES)
def test_a_refusal_has_its_own_code_and_stores_nothing(site: Site, name: str) -> None:
    """A program can tell every refusal from every other, and a person is told the next step."""
    status, case = CASES[name]
    heads: list[int] = []

    def counted(site: Site) -> Statement:
        try:
            return case(site)
        finally:
            heads.append(site.service.ledger.head())

    found = problem(send(site, counted), status, name.partition(":")[0])
    assert found["detail"]
    assert found["german"]["detail"] != found["detail"]
    assert [site.service.ledger.head()] == heads


ELSEWHERE = {
    "bad-backup": "the command line alone reads backups",
    "bad-argument": "arguments are given to commands",
    "bad-source": "the command line alone reads other systems",
    "name-taken": "the command line alone names tokens",
    "not-yet": "no statement is asked about: test_parameters.py",
    "invalid": "never raised itself",
    "refused": "never raised itself",
    "not-canonical": "test_malformed_bodies.py",
    "bad-encoding": "test_malformed_bodies.py",
    "too-large": "test_malformed_bodies.py",
    "unknown-statement": "test_malformed_bodies.py",
    "bad-shape": "test_malformed_bodies.py",
    "document-mismatch": "test_documents.py",
    "bad-roll-call": "only an import reads roll calls",
    "wrong-result": "as stale-seal, and tests/rules/test_result_life.py",
    "stale-result": "tests/rules/test_result_life.py",
    "not-expired": "tests/rules/test_result_life.py",
    "too-many-attempts": "only after a thousand entries by the service itself",
    "passphrase-missing": "keys lie where commands run",
    "passphrase-wrong": "the same",
    "erased": "test_erased.py",
    "bad-policy": "policies are given to commands",
    "bad-certificate": "certificates are given to commands",
    "bad-address": "only clients ask other services",
    "bad-setting": "the service does not start with it: test_configuration.py",
    "bad-state": "states of audits are given to commands",
    "unknown-ledger": "test_several_ledgers.py",
}


def test_no_way_of_saying_no_is_left_out() -> None:
    """A new class of refusals needs a case here, or a word why it cannot come over HTTP."""
    branches: tuple[type[StimmbuchError], ...] = (Invalid, Refused, NotFound)
    ours = {kind for branch in branches for kind in (branch, *tree(branch))}
    codes = {kind.code for kind in ours if kind.__module__ == "ledger.errors"}
    assert codes == {name.partition(":")[0] for name in CASES} | ELSEWHERE.keys()
