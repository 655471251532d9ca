"""A history with every kind of statement in it: what must stay readable for ever.

::

    procedures = every_statement(MemoryLedger())      # name → id of the procedures in it

Invented people decide in six procedures: a vote in a sitting, a circular one with consent and everything
that may happen to it, one with personal deadlines and a substitute, an election that goes to a meeting, one
in which the chair votes last, and one whose deadline is extended after it has passed.
"""

from __future__ import annotations

from typing import Any

from ledger.domain.profiles import complete
from ledger.proof.entry import NO_LINK
from tests.support.memory_ledger import (
    SERVICE,
    MemoryLedger,
    document,
    item,
    key_of,
    later,
    public_of,
)

MEMBERS = ("anna", "bert", "cem", "dora", "emil")
DIGEST = "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"


def every_statement(ledger: MemoryLedger) -> dict[str, str]:
    """Plays all of it into an empty ledger."""
    ledger.council(*MEMBERS)
    for name, role in (("clara", "clerk"), ("klaus", "clerk"), ("portal", "portal"), ("sub", "member")):
        ledger.person(name, role)
    _register_changes(ledger)
    procedures = {
        "sitting": _in_a_sitting(ledger),
        "circular": _by_circulation(ledger),
        "personal": _with_personal_deadlines(ledger),
        "election": _election(ledger),
        "chair last": _chair_last(ledger),
        "extended": _extended_afterwards(ledger),
    }
    _of_the_log(ledger, procedures["circular"])
    return procedures


def _of_the_log(ledger: MemoryLedger, procedure: str) -> None:
    """A new log key, a time stamp, and a text that is erased."""
    ledger.put("log-key-rotated", old=ledger.log_key("log"), new=ledger.log_key("log/2"))
    stamp: dict[str, Any] = {"root": NO_LINK, "tsa": "tsa.example", "token_sha256": "ab" * 32}
    ledger.put("anchored", SERVICE, size=1, **stamp)
    reason: dict[str, Any] = {"legal_basis": "retention-ended", "authority": "klaus"}
    ledger.put("redacted", "clara", stream=procedure, digests=[DIGEST], **reason)


def _register_changes(ledger: MemoryLedger) -> None:
    """A rotation, a revocation; a seat gets a substitute, another one ends."""
    ledger.person("gone")
    keys = (key_of("gone"), key_of("gone/2"))
    new: dict[str, Any] = {"subject": "gone", "old": public_of("gone"), "key": public_of("gone/2")}
    ledger.put("key-rotated", "gone", keys=keys, **new)
    revocation: dict[str, Any] = {"reason": "left", "suspect_from": None}
    ledger.put("key-revoked", subject="gone", key=public_of("gone/2"), **revocation)
    granted = {"weight": 1, "group": "g1"}
    seats = [{"member": "anna", **granted, "substitutes": ["sub"]}, {"member": "gone", **granted}]
    ledger.put("seats-changed", body="rat", granted=seats, ended=[])
    ledger.put("seats-changed", body="rat", granted=[], ended=["gone"])


def _in_a_sitting(ledger: MemoryLedger) -> str:
    profile = {
        "majority": {"n": 1, "d": 2, "strict": True, "base": "yes_no"},
        "documents": "reconfirm",
        "tie": "casting_vote",
    }
    procedure = ledger.open("sitting", profile=profile, chair="cem", items=[item("1"), item("2")])
    ledger.vote(procedure, "anna", "yes")
    ledger.vote(procedure, "bert", {"1": "no", "2": "yes"})
    ledger.put("document-attached", procedure=procedure, document=document("late"))
    ledger.vote(procedure, "anna", "yes")
    ledger.vote(procedure, "bert", "no")
    ledger.vote(procedure, "cem", "abstain")
    ledger.withdraw(procedure, "cem")
    ledger.put("presence-recorded", procedure=procedure, members=["cem"])
    ledger.put("casting-vote-given", "cem", procedure=procedure, member="cem", choices={"1": "yes"})
    ledger.close(procedure)
    ledger.put("result-annulled", procedure=procedure, repeated_as=None)
    return procedure


def _by_circulation(ledger: MemoryLedger) -> str:
    settings = {"result": "provisional", "proxy": {"max": 1}}
    profile = {**complete("nkomvg-182-1"), **settings}
    conditional = {**item("2"), "condition": DIGEST, "valid_months": 3}
    times = {"closes_at": later(ledger.now, 3600)}
    items = [{**item("1"), "public": True}, {**conditional, "public": False}]
    procedure = ledger.open("circular", profile=profile, items=items, chair="bert", **times)

    def say(kind: str, actor: str, **fields: Any) -> str:
        return ledger.put(kind, actor, procedure=procedure, **fields)

    for member in MEMBERS:
        say("consent-declared", member, member=member, items=["1"] if member == "emil" else None)
    say("consent-revoked", "dora", member="dora")
    say("consent-declared", "dora", member="dora")
    say("objection-raised", "emil", member="emil", ground=DIGEST)
    say("delivery-recorded", SERVICE, members=["bert", "cem"], how="portal")
    say("proxy-given", "emil", member="emil", proxy="dora")
    say("proxy-revoked", "emil", member="emil")
    say("proxy-given", "emil", member="emil", proxy="anna")
    both = {"1": "yes", "2": "yes"}
    ledger.vote(procedure, "emil", both, actor="anna", provenance={"kind": "proxy"})
    ledger.vote(procedure, "anna", both)
    portal = {"kind": "portal-attested", "assurance": "substantial"}
    ledger.vote(procedure, "bert", both, actor="portal", provenance=portal)
    paper = {"kind": "clerk-recorded", "source": "paper", "witness": "klaus"}
    ledger.vote(procedure, "cem", {"1": "yes", "2": "no"}, actor="clara", provenance=paper)
    ledger.vote(procedure, "dora", both)
    say("member-excluded", "clara", member="dora", items=["1", "2"], reason="employer", ground=DIGEST)
    say("exclusion-lifted", "clara", member="dora", items=["2"])
    say("attempt-refused", SERVICE, code="excluded", statement="00" * 32)
    say("deadline-extended", "clara", closes_at=later(ledger.now, 7200), reason=DIGEST)
    say("procedure-closed", SERVICE, at=later(ledger.now, 7200))
    say("result-determined", "bert")
    say("result-announced", "clara", to="members")
    say("result-published", "clara", where=DIGEST)
    say("result-published", "clara", made_public=["2"], witness="klaus")
    say("condition-met", "clara", items=["2"], evidence=DIGEST)
    say("result-suspended", "bert", until=later(ledger.now, 86400))
    say("result-objected", "bert", ground=DIGEST)
    say("result-ratified", "clara", confirmed=True, held_at=ledger.now)
    rejected: dict[str, Any] = {"outcome": {"1": "rejected"}, "witness": "klaus", "ground": DIGEST}
    say("result-corrected", "clara", **rejected)
    say("result-expired", SERVICE, items=["2"], at=later(ledger.now, 100 * 86400))
    return procedure


def _with_personal_deadlines(ledger: MemoryLedger) -> str:
    procedure = ledger.open("personal", profile="iteos-8", chair="bert", closes_at=None)
    put = ledger.put
    received: dict[str, Any] = {"how": "mail", "procedure": procedure}
    put("delivery-recorded", "clara", members=["bert", "cem", "dora", "emil"], **received)
    ledger.vote(procedure, "bert", "yes")
    absent: dict[str, Any] = {"member": "anna", "substitute": "sub", "reason": "absent"}
    put("substitute-named", "clara", procedure=procedure, at=later(ledger.now, 9 * 86400), **absent)
    ledger.vote(procedure, "sub", "yes")
    for member in ("cem", "dora"):
        ledger.vote(procedure, member, "yes", at=ledger.now)
    put("procedure-closed", SERVICE, procedure=procedure, at=later(ledger.now, 20 * 86400))
    put("result-determined", "clara", procedure=procedure)
    return procedure


def _election(ledger: MemoryLedger) -> str:
    profile = {**complete("plurality-for-person"), "secrecy": {"demand": 1, "items": "elections"}}
    candidates = [item("1", "o1", "o2"), item("2", "o1", "o2")]
    first = ledger.open("first ballot", profile=profile, items=candidates)
    for member, option in (("anna", "o1"), ("bert", "o2")):
        ledger.vote(first, member, {"1": option, "2": option})
    ledger.close(first)
    lot = {**profile, "tie": "lot"}
    again = ledger.open("second ballot", profile=lot, items=candidates, repeats=first)
    ledger.put("secret-ballot-demanded", "cem", procedure=again, member="cem", items=["2"])
    for member, option in (("anna", "o1"), ("bert", "o2")):
        ledger.vote(again, member, {"1": option})
    ledger.close(again)
    ledger.put("result-determined", procedure=again, lots={"1": "o2"})
    return again


def _chair_last(ledger: MemoryLedger) -> str:
    items, closes_at = [item("1", "yes", "no")], later(ledger.now, 3600)
    procedure = ledger.open("chair last", profile="w-gbg-10", items=items, chair="bert", closes_at=closes_at)
    for member, option in (("anna", "yes"), ("cem", "no"), ("dora", "yes"), ("emil", "no"), ("bert", "yes")):
        ledger.vote(procedure, member, option)
    ledger.put("procedure-closed", SERVICE, procedure=procedure, at=closes_at)
    ledger.put("result-determined", procedure=procedure)
    return procedure


def _extended_afterwards(ledger: MemoryLedger) -> str:
    """In the time of grace; a clerk does not wait for the end of the next one."""
    wanted: dict[str, Any] = {"profile": "vwvfg-90", "chair": "bert", "closes_at": later(ledger.now, 3600)}
    procedure = ledger.open("extended", **wanted)
    for member, option in (("anna", "yes"), ("cem", "no")):
        ledger.vote(procedure, member, option)
    afterwards, longer = later(wanted["closes_at"], 3600), later(wanted["closes_at"], 86400)
    more: dict[str, Any] = {"closes_at": longer, "reason": DIGEST, "at": afterwards}
    ledger.put("deadline-extended", "clara", procedure=procedure, **more)
    ledger.vote(procedure, "bert", "yes")
    ledger.put("procedure-closed", "clara", procedure=procedure, at=longer)
    ledger.put("result-determined", "clara", procedure=procedure)
    return procedure
