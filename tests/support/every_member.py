"""A history with what statements may say besides: the members that `every_statement` leaves out.

::

    procedures = every_member(MemoryLedger())      # name → id of the procedures in it

Invented people decide on a declared occasion, after a staff council's rules, by working days, on a simple
matter, and in a replayed vote.
"""

from __future__ import annotations

from typing import Any

from ledger.domain.profiles import complete, for_replay
from tests.support.memory_ledger import SERVICE, MemoryLedger, document, item, later, procedure_of

MEMBERS = ("anna", "bert", "cem")
DIGEST = "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
"""A disclosure's digest: base64url of 32 bytes."""


def every_member(ledger: MemoryLedger) -> dict[str, str]:
    """Plays all of it into an empty ledger."""
    ledger.found()
    for name, role in (*((one, "member") for one in MEMBERS), ("clara", "clerk"), ("klaus", "clerk")):
        ledger.put("key-registered", subject=name, roles=[role], key=ledger.public(name), name=DIGEST)
    ledger.put("body-registered", body="rat", name=DIGEST)
    ledger.council(*MEMBERS)
    return {
        "occasion": _on_an_occasion(ledger),
        "staff council": _staff_council(ledger),
        "working days": _by_working_days(ledger),
        "simple matter": _simple_matter(ledger),
        "replayed": _replayed(ledger),
    }


def _on_an_occasion(ledger: MemoryLedger) -> str:
    """NKomVG § 182, opened by the wall clock, and all that may follow, each with its ground."""
    resolution = {"kind": "council_resolution", "evidence": DIGEST}
    trigger = {**resolution, "from": ledger.now, "until": later(ledger.now, 80 * 86400)}
    texts: dict[str, Any] = {
        "title": DIGEST,
        "source": DIGEST,
        "trigger": trigger,
        "closes_local": "2026-03-03T24:00",
    }
    profile = {**complete("nkomvg-182"), "result": "provisional"}
    items = [{**item("1"), "wording": DIGEST, "labels": {"yes": DIGEST}, "public": False}]
    paper = document("budget", about="1")
    procedure = ledger.open("occasion", profile=profile, items=items, documents=[paper], **texts)

    def say(kind: str, actor: str, **fields: Any) -> str:
        return ledger.put(kind, actor, procedure=procedure, **fields)

    say("member-excluded", "clara", member="cem", items=["1"], reason="other")
    say("exclusion-lifted", "clara", member="cem", items=["1"], ground=DIGEST)
    for member in MEMBERS:
        say("consent-declared", member, member=member)
        ledger.vote(procedure, member, "yes")
    say("deadline-extended", "clara", closes_local="2026-03-04T18:00", members=["cem"], reason=DIGEST)
    say("procedure-closed", SERVICE, at="2026-03-04T17:00:00.000Z")
    say("result-determined", "clara")
    say("result-announced", "clara", to="everybody")
    say("result-published", "clara", made_public=["1"], witness="klaus", where=DIGEST)
    say("result-suspended", "clara", until=None, ground=DIGEST)
    say("result-ratified", "clara", confirmed=True, held_at=ledger.now, ground=DIGEST)
    say("result-annulled", "clara", repeated_as=procedure_of("again"), ground=DIGEST)
    erased: dict[str, Any] = {"digests": [DIGEST], "documents": [paper["sha256"]], "ground": DIGEST}
    reason: dict[str, Any] = {"legal_basis": "retention-ended", "authority": "klaus"}
    ledger.put("redacted", "clara", stream=procedure, **erased, **reason)
    return procedure


def _staff_council(ledger: MemoryLedger) -> str:
    """BPersVG § 39 Abs. 4: an entitled participant objects within the time that the chair has set."""
    until, closes_at = later(ledger.now, 3600), later(ledger.now, 7200)
    who: dict[str, Any] = {"participants": ["klaus"], "objections_until": until, "closes_at": closes_at}
    procedure = ledger.open("staff council", profile="bpersvg-39", **who)
    ledger.put("objection-raised", "klaus", procedure=procedure, member="klaus")
    ledger.put("procedure-closed", SERVICE, procedure=procedure)
    ledger.put("result-determined", "clara", procedure=procedure)
    return procedure


def _by_working_days(ledger: MemoryLedger) -> str:
    """Four weeks after receipt end on Easter Saturday: the first working day after it is a Tuesday."""
    period = {"unit": "weeks", "count": 4, "working_day_rule": True, "region": "DE-NI"}
    procedure = ledger.open("working days", profile={**complete("iteos-8"), "period": period})
    received: dict[str, Any] = {"received_at": "2026-03-07T08:00:00.000Z", "at": "2026-03-07T09:00:00.000Z"}
    ledger.put("delivery-recorded", "clara", procedure=procedure, members=[*MEMBERS], how="mail", **received)
    ledger.vote(procedure, "anna", "yes")
    ledger.put("procedure-closed", SERVICE, procedure=procedure, at="2026-04-07T22:00:00.000Z")
    ledger.put("result-determined", "clara", procedure=procedure)
    return procedure


def _simple_matter(ledger: MemoryLedger) -> str:
    """GemO BW § 37: nobody says anything, and it is adopted."""
    closes_at, subject = later(ledger.now, 3600), {"simple": True, "urgent": False, "topics": ["roads"]}
    procedure = ledger.open("simple matter", profile="gemo-bw-37", subject=subject, closes_at=closes_at)
    ledger.put("delivery-recorded", "clara", procedure=procedure, members=[*MEMBERS], how="mail")
    ledger.put("procedure-closed", SERVICE, procedure=procedure, at=closes_at)
    ledger.put("result-determined", "clara", procedure=procedure)
    return procedure


def _replayed(ledger: MemoryLedger) -> str:
    held = {"held_at": "2018-03-05T09:12:00.000Z"}
    procedure = ledger.open("replayed", profile=for_replay("simple-majority"), replay=held)
    ledger.vote(procedure, "anna", "yes")
    ledger.close(procedure)
    ledger.put("result-determined", procedure=procedure)
    return procedure
