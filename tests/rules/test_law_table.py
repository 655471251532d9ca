"""What do the statutes say that a machine can decide? Each row cites its paragraph.

A council of so many members does something under a profile; what comes out is what the paragraph says.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from ledger.domain.profiles import complete
from tests.support.memory_ledger import MemoryLedger, item, later

DIGEST = "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"


class Row(NamedTuple):
    """A sentence of a statute as a case."""

    paragraph: str
    profile: str
    members: int
    votes: str
    """One letter for each member: y, n, a (abstains), - (is silent)."""
    result: str
    consents: int = 0
    objections: int = 0
    excluded: int = 0
    casting: str | None = None
    unreached: int = 0
    groups: str = ""
    """One letter for each member, where members sit for somebody."""


ROWS = [
    Row("NKomVG § 78 Abs. 3: without objection", "nkomvg-78", 5, "yyn--", "adopted"),
    Row("NKomVG § 78 Abs. 3: any member may object", "nkomvg-78", 5, "yyyy-", "no-decision", objections=1),
    Row(
        "NKomVG § 65 Abs. 1: of a sitting; our reading: circulation has no quorum",
        "nkomvg-78",
        5,
        "y----",
        "adopted",
    ),
    Row("NKomVG § 66 Abs. 1: majority of yes and no", "nkomvg-78", 5, "yaaaa", "adopted"),
    Row("NKomVG § 66 Abs. 1: a tie rejects", "nkomvg-78", 5, "yynna", "rejected"),
    Row("NKomVG § 182 Abs. 2: 4/5 of the members", "nkomvg-182", 5, "yyyn-", "adopted", consents=4),
    Row("NKomVG § 182 Abs. 2: fewer do not do", "nkomvg-182", 5, "yyyy-", "no-decision", consents=3),
    Row("NKomVG § 182: no veto of one member", "nkomvg-182", 5, "yyyn-", "adopted", consents=4, objections=1),
    Row("NKomVG § 182 Abs. 1: two thirds of the members", "nkomvg-182-1", 6, "yyyy--", "adopted", consents=5),
    Row(
        "NKomVG § 182 Abs. 1: of the members, not of the votes",
        "nkomvg-182-1",
        6,
        "yyy---",
        "rejected",
        consents=5,
    ),
    Row(
        "NKomVG § 65 Abs. 3: most are excluded, still a quorum",
        "nkomvg-78",
        5,
        "yy---",
        "adopted",
        excluded=3,
    ),
    Row("GkG NRW § 15b: two thirds of the members agree", "gkg-nrw-15b", 6, "yn-y--", "adopted", consents=4),
    Row("GkG NRW § 15b: fewer do not do", "gkg-nrw-15b", 6, "yyyyyy", "no-decision", consents=3),
    Row("KVG LSA § 56a Abs. 3: 4/5 of the members", "kvg-lsa-56a", 5, "yyn--", "adopted", consents=4),
    Row("KVG LSA, decree 2020: silence is abstention", "kvg-lsa-56a", 5, "y----", "adopted", consents=5),
    Row("GemO BW § 37 Abs. 1: adopted if nobody objects", "gemo-bw-37", 5, "-----", "adopted"),
    Row("GemO BW § 37 Abs. 1: one objection", "gemo-bw-37", 5, "yyyy-", "rejected", objections=1),
    Row("GemO BW § 37 Abs. 1: a no is an objection", "gemo-bw-37", 5, "yyyyn", "rejected"),
    Row("GemO RLP § 35 Abs. 3: silence is no consent", "gemo-rlp-35", 5, "n----", "rejected"),
    Row(
        "GemO RLP § 35 Abs. 3: any member may object", "gemo-rlp-35", 5, "yyyy-", "no-decision", objections=1
    ),
    Row(
        "VwVfG § 90 Abs. 1 Satz 2: any member may object", "vwvfg-90", 5, "yyyy-", "no-decision", objections=1
    ),
    Row("VwVfG § 90 Abs. 1 Satz 1: more than half, at least three", "vwvfg-90", 4, "yy--", "no-decision"),
    Row("VwVfG § 90 Abs. 1 Satz 1: three of four", "vwvfg-90", 4, "yyn-", "adopted"),
    Row("VwVfG § 91: on a tie the chair's vote decides: yes", "vwvfg-90", 4, "yynn", "adopted"),
    Row("VwVfG § 91: on a tie the chair's vote decides: no", "vwvfg-90", 4, "nnyy", "rejected"),
    Row("AktG § 108 Abs. 4: any member may object", "aktg-108", 5, "yyyy-", "referred", objections=1),
    Row("AktG § 108 Abs. 2: always three", "aktg-108", 4, "yy--", "no-decision"),
    Row("AktG § 108 Abs. 2: an abstention takes part", "aktg-108", 4, "yya-", "adopted"),
    Row("GmbHG § 48 Abs. 2: all agree to the motion", "gmbhg-48", 3, "yyy", "adopted"),
    Row("GmbHG § 48 Abs. 2: or to written voting", "gmbhg-48", 3, "yyn", "adopted", consents=3),
    Row("GmbHG § 48 Abs. 2: one does neither", "gmbhg-48", 3, "yyn", "no-decision"),
    Row("BGB § 32 Abs. 3: all members", "bgb-32", 3, "yyy", "adopted"),
    Row("BGB § 32 Abs. 3: one is missing", "bgb-32", 3, "yy-", "rejected"),
    Row(
        "BGB § 34: one may not vote, and so is missing (our reading)",
        "bgb-32",
        3,
        "yy-",
        "rejected",
        excluded=1,
    ),
    Row("WEG § 23 Abs. 3 Satz 1: all owners", "weg-23", 3, "yyy", "adopted"),
    Row("WEG § 23 Abs. 3 Satz 1: one is missing", "weg-23", 3, "yy-", "no-decision"),
    Row("WEG § 23 Abs. 3 Satz 2: for one item the votes cast", "weg-23-majority", 3, "y--", "adopted"),
    Row("BPersVG § 39 Abs. 4: one objection", "bpersvg-39", 4, "yyyy", "no-decision", objections=1),
    Row("BPersVG § 39 Abs. 1: an abstention rejects", "bpersvg-39", 4, "yyaa", "rejected"),
    Row("BPersVG § 39 Abs. 1: of those who take part", "bpersvg-39", 4, "yyn-", "adopted"),
    Row("BPersVG § 39 Abs. 2: half take part", "bpersvg-39", 4, "y---", "no-decision"),
    Row("OR 713 Abs. 2: any member may demand deliberation", "or-713", 4, "yyyy", "referred", objections=1),
    Row("OR 713 Abs. 1: the chair has the casting vote", "or-713", 4, "yynn", "adopted", casting="yes"),
    Row("OR 713 Abs. 1: against", "or-713", 4, "yynn", "rejected", casting="no"),
    Row("öGmbHG § 34 Abs. 2: majority of all votes", "at-gmbhg-34", 5, "yyn--", "rejected", consents=5),
    Row("öGmbHG § 34 Abs. 2: three of five", "at-gmbhg-34", 5, "yyyn-", "adopted", consents=5),
    Row("ITEOS § 8 Abs. 11: unanimous", "iteos-8", 3, "yyy", "adopted"),
    Row("ITEOS § 8 Abs. 11: no vote in time rejects", "iteos-8", 3, "yy-", "rejected"),
    Row("ITEOS § 8 Abs. 11: one objection rejects", "iteos-8", 3, "yyy", "rejected", objections=1),
    Row("W-GBG § 10: a majority", "w-gbg-10", 4, "-yyn", "adopted"),
    Row("W-GBG § 10: on a tie the chair's opinion decides", "w-gbg-10", 4, "yynn", "adopted"),
    Row("W-GBG § 10: on a tie the chair's opinion decides: no", "w-gbg-10", 4, "nyyn", "rejected"),
    Row("StLSanRG § 7 Abs. 5: all must vote", "stlsanrg-7", 3, "yy-", "no-decision"),
    Row("StLSanRG § 7 Abs. 5: an abstention is a no", "stlsanrg-7", 4, "yyaa", "rejected"),
]
HALF = {"n": 1, "d": 2, "strict": False, "at_least": 0, "chair": False, "groups": False}
MORE_THAN_HALF: dict[str, Any] = {"n": 1, "d": 2, "strict": True}
OWN: dict[str, dict[str, Any]] = {
    "siegen": {"secrecy": {"demand": 1, "items": "all"}},
    "tirol ranking": {"objection": None, "majority": {**MORE_THAN_HALF, "base": "cast"}, "silence": "as_no"},
    "tirol health": {
        "objection": None,
        "quorum": {**HALF, "strict": True, "chair": True},
        "deadline": "personal",
        "period": {"unit": "days", "count": 7, "working_day_rule": False, "region": None},
    },
    "k-ago": {"objection": None, "majority": {**MORE_THAN_HALF, "base": "cast"}, "abstention": "as_no"},
    "nö-go": {
        "objection": None,
        "procedure_consent": {"n": 1, "d": 1, "of": "members", "partial": False, "implied": "none"},
        "majority": {**MORE_THAN_HALF, "base": "members"},
    },
    "at-aktg": {"reach": "everyone"},
    "ch meeting": {"objection": None, "silence": "voids", "majority": {**MORE_THAN_HALF, "base": "cast"}},
    "iteos meeting": {
        "objection": None,
        "majority": {"n": 2, "d": 3, "strict": False, "base": "members"},
        "groups": "each",
        "quorum": {**HALF, "chair": True, "groups": True},
    },
}
"""Regimes of the law table without a built-in profile: what they set otherwise than NKomVG § 78."""

OTHERS = [
    Row("GOFiKo Siegen § 5: any member may object", "siegen", 5, "yyyy-", "no-decision", objections=1),
    Row("GOFiKo Siegen § 5: silence is no consent", "siegen", 5, "n----", "rejected"),
    Row("GOFiKo Siegen § 5: nobody breaks a tie", "siegen", 4, "yynn", "rejected"),
    Row("Tirol, Reihungskommission § 5: no vote in time rejects", "tirol ranking", 5, "yy---", "rejected"),
    Row("Tirol, Reihungskommission § 5: three of five", "tirol ranking", 5, "yyy--", "adopted"),
    Row("Tirol, Landessanitätsrat § 4 Abs. 8: more than half", "tirol health", 4, "yy--", "no-decision"),
    Row("Tirol, Landessanitätsrat § 4 Abs. 8: with the chair", "tirol health", 4, "yyn-", "adopted"),
    Row("Tirol, Landessanitätsrat § 4 Abs. 8: not without", "tirol health", 4, "-yyy", "no-decision"),
    Row("K-AGO § 39: an abstention rejects", "k-ago", 4, "yyaa", "rejected"),
    Row("K-AGO § 39: of those present", "k-ago", 5, "yyn--", "adopted"),
    Row("NÖ GO § 56 Abs. 4: majority of all members", "nö-go", 5, "yyn--", "rejected", consents=5),
    Row("NÖ GO § 56 Abs. 4: three of five", "nö-go", 5, "yyy--", "adopted", consents=5),
    Row("NÖ GO § 56: all consent", "nö-go", 5, "yyyyy", "no-decision", consents=4),
    Row("öAktG § 92 Abs. 3: it has reached every member", "at-aktg", 3, "yy-", "no-decision", unreached=1),
    Row("öAktG § 92 Abs. 3: then the majority decides", "at-aktg", 3, "yy-", "adopted"),
    Row("öAktG § 92 Abs. 3: any member may object", "at-aktg", 3, "yyy", "no-decision", objections=1),
    Row("Switzerland, general meeting: all sign", "ch meeting", 3, "yy-", "no-decision"),
    Row("Switzerland, general meeting: also those who say no", "ch meeting", 3, "yyn", "adopted"),
    Row("ITEOS § 8 Abs. 4: 2/3 of each", "iteos meeting", 6, "yyyyyn", "adopted", groups="aaabbb"),
    Row("ITEOS § 8 Abs. 4: not of all", "iteos meeting", 6, "yyyynn", "rejected", groups="aaabbb"),
    Row("ITEOS § 8 Abs. 5: half of each", "iteos meeting", 6, "yyyy--", "no-decision", groups="aaabbb"),
    Row("ITEOS § 8 Abs. 5: with the chair", "iteos meeting", 6, "-yyyyy", "no-decision", groups="aaabbb"),
]
SAID = {"y": "yes", "n": "no", "a": "abstain"}


def profile_of(name: str) -> dict[str, Any]:
    """A built-in profile, or one of one's own."""
    return {**complete("nkomvg-78"), **OWN[name], "name": "own"} if name in OWN else complete(name)


def held(row: Row) -> MemoryLedger:
    """The row as real statements; the chair is the first member."""
    ledger = MemoryLedger(signed=False)
    members = [f"m{number}" for number in range(1, row.members + 1)]
    ledger.council(*members)
    if row.groups:
        seats = [
            {"member": one, "weight": 1, "group": of} for one, of in zip(members, row.groups, strict=True)
        ]
        ledger.put("seats-changed", body="rat", granted=seats, ended=[])
    profile = profile_of(row.profile)
    deadline = later(ledger.now, 3600)
    wanted: dict[str, Any] = {"profile": profile, "chair": "m1"}
    if profile["deadline"] == "fixed":
        wanted["closes_at"] = deadline
    if profile["trigger"]:
        kind = {"kind": "declared_emergency", "evidence": DIGEST}
        wanted["trigger"] = {**kind, "from": ledger.now, "until": None}
    if profile["subject"]["only"] != "any":
        wanted["subject"] = {"simple": True, "urgent": True, "topics": []}
    if profile["objection"] and profile["objection"]["until"] == "named":
        wanted["objections_until"] = deadline
    options = ("yes", "no") if profile["abstention"] == "forbidden" else ("yes", "no", "abstain")
    procedure = ledger.open("row", items=[item("1", *options)], **wanted)
    if profile["reach"] == "everyone" or profile["deadline"] == "personal":
        reached = members[: row.members - row.unreached]
        ledger.put("delivery-recorded", procedure=procedure, members=reached, how="mail")
    _say(ledger, row, procedure, members)
    ledger.put("procedure-closed", procedure=procedure, at=ledger.procedure(procedure).closes_at)
    ledger.put("result-determined", procedure=procedure)
    return ledger


def _say(ledger: MemoryLedger, row: Row, procedure: str, members: list[str]) -> None:
    for member in members[len(members) - row.excluded :]:
        why: dict[str, Any] = {"member": member, "items": ["1"], "reason": "relative"}
        ledger.put("member-excluded", procedure=procedure, **why)
    for member in members[: row.consents]:
        ledger.put("consent-declared", member, procedure=procedure, member=member)
    turns = list(zip(members, row.votes, strict=True))
    last = profile_of(row.profile)["chair_votes"] == "last"
    for member, letter in [*turns[1:], turns[0]] if last else turns:
        if letter in SAID:
            ledger.vote(procedure, member, SAID[letter])
    if row.casting:
        ledger.put("casting-vote-given", "m1", procedure=procedure, member="m1", choices={"1": row.casting})
    for member in members[: row.objections]:
        ledger.put("objection-raised", member, procedure=procedure, member=member)


@pytest.mark.parametrize("row", [*ROWS, *OTHERS], ids=lambda row: row.paragraph)
def test_what_the_paragraph_says_comes_out(row: Row) -> None:
    """Played from the opening to the determination, which the rules compute again."""
    ledger = held(row)
    [procedure] = ledger.state._procedures.values()
    outcome = procedure.outcome("1")
    assert outcome.result == row.result
    assert outcome.steps
    assert procedure.life.determined is not None
    assert procedure.life.determined["outcome"] == {"1": row.result}


def test_every_regime_of_the_table_is_there() -> None:
    """A built-in profile of a statute without a row would be a claim that nobody tested."""
    untested = {"nkomvg-66"}  # the base rule alone: it stands inside the others
    from ledger.domain.profiles_companies import COMPANIES
    from ledger.domain.profiles_councils import COUNCILS

    assert {row.profile for row in ROWS} | untested == COMPANIES.keys() | COUNCILS.keys()
