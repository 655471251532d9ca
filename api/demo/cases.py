"""The golden cases: where the rules of circular resolutions differ, and what must come out.

Each case is played with real statements, in a ledger of its own, under every regime that it tells apart.
`stimmbuch demo cases` replays them by name; a test holds every result against its own table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NamedTuple

from api.demo.stage import CLERK, ZONE, Stage, item, members
from ledger.errors import NoSuchTime, Refused, TooLate
from ledger.founding import SERVICE
from ledger.telling import headings, headline, in_words, told_item, told_variants
from ledger.wall_clock import INSTANT, shown_end

REGIMES = ("nkomvg-66", "bpersvg-39", "at-gmbhg-34", "gemo-bw-37")


class Told(NamedTuple):
    """What came out of a case under one regime, and why."""

    regime: str
    result: str
    words: list[str]


class Case(NamedTuple):
    """A case: what it is about, when it begins, how it is played."""

    about: str
    start: str
    play: Callable[[Stage], Iterator[Told]]


CASES: dict[str, Case] = {}
"""Name → case."""

Play = Callable[[Stage], Iterator[Told]]


def case(name: str, about: str, *, start: str = "2025-03-03T08:00:00.000Z") -> Callable[[Play], Play]:
    """Enters a case under its name."""

    def enter(play: Play) -> Play:
        CASES[name] = Case(about, start, play)
        return play

    return enter


def on_the_clock(told: str, language: str) -> str:
    """What is told with the ends that it names on the clocks of the council."""
    return INSTANT.sub(lambda found: shown_end(found[0], ZONE, language), told)


def counted(stage: Stage, size: int, regime: str, yes: int, no: int, abstain: int) -> Told:
    """So many of each; under a regime that asks for consent everybody consents."""
    procedure, everybody = stage.open("counts", size, regime), members(size)
    if regime == "at-gmbhg-34":
        consent(stage, procedure, everybody)
    stage.vote(procedure, {"yes": everybody[:yes], "no": everybody[yes : yes + no]})
    stage.vote(procedure, {"abstain": everybody[yes + no : yes + no + abstain]})
    return finished(stage, procedure, regime)


def consent(stage: Stage, procedure: str, who: list[str], items: list[str] | None = None) -> None:
    """These members consent, to all items or to some."""
    for member in who:
        stage.say("consent-declared", member, procedure=procedure, member=member, items=items)


def finished(stage: Stage, procedure: str, regime: str) -> Told:
    """Closed, determined, and told."""
    stage.finish(procedure)
    return told(stage, procedure, regime)


def told(stage: Stage, procedure: str, regime: str, on: str = "1") -> Told:
    """How an item stands."""
    stands = stage.procedure(procedure)
    found = told_item(stands, on)
    words = [headline(stands, on, found["outcome_text"], stage.language)]
    words += in_words(found["derivation"], stage.language, stands.profile.legal_basis)
    return Told(regime, found["outcome"] if found["valid"] else f"invalid: {found['outcome']}", words)


@case("1", "10 yes, 10 no, 5 abstentions of 25")
def _tie(stage: Stage) -> Iterator[Told]:
    for regime in REGIMES:
        yield counted(stage, 25, regime, 10, 10, 5)


@case("2", "1 yes, 24 abstentions of 25")
def _one_yes(stage: Stage) -> Iterator[Told]:
    for regime in REGIMES:
        yield counted(stage, 25, regime, 1, 0, 24)


@case("3", "5 yes, 4 no, 3 abstentions of 12")
def _abstentions(stage: Stage) -> Iterator[Told]:
    for regime in REGIMES:
        yield counted(stage, 12, regime, 5, 4, 3)


@case("4", "40 yes, 10 no, 50 silent of 100")
def _silence(stage: Stage) -> Iterator[Told]:
    for regime in ("nkomvg-66", "at-gmbhg-34", "gemo-bw-37"):
        yield counted(stage, 100, regime, 40, 10, 0)


@case("5", "26 of 33 consent to the procedure; 25 yes, 1 no")
def _consent_missed(stage: Stage) -> Iterator[Told]:
    procedure = stage.open("consent", 33, "nkomvg-182")
    consent(stage, procedure, members(26))
    stage.vote(procedure, {"yes": members(25), "no": ["m26"]})
    yield finished(stage, procedure, "nkomvg-182")


@case("6", "one objection on the last day, 33 yes")
def _objection(stage: Stage) -> Iterator[Told]:
    for regime in ("nkomvg-78", "nkomvg-182", "bpersvg-39", "gemo-bw-37"):
        procedure = stage.open("objection", 33, regime)
        if regime == "nkomvg-182":
            consent(stage, procedure, members(27))
        stage.vote(procedure, {"yes": members(33)})
        stage.at(stage.later(days=13))
        stage.say("objection-raised", "m33", procedure=procedure, member="m33")
        yield finished(stage, procedure, regime)


@case("7", "a vote 1 ms after the deadline; the deadline is a named Sunday, 24:00")
def _late(stage: Stage) -> Iterator[Told]:
    sunday = {"closes_local": "2025-03-16T24:00", "closes_at": "2025-03-16T23:00:00.000Z"}
    procedure = stage.open("late", 5, "nkomvg-78", **sunday)
    stage.vote(procedure, {"yes": ["m1"]})
    stage.at("2025-03-16T23:00:00.001Z")
    with suppress(TooLate):
        stage.vote(procedure, {"no": ["m2"]})
        yield Told("nkomvg-78", "counted", [])
    evidence = {"code": "too-late", "statement": "0" * 64}
    stage.say("attempt-refused", SERVICE, procedure=procedure, **evidence)
    result = finished(stage, procedure, "nkomvg-78")
    late = stage.procedure(procedure).conduct.attempts.get("too-late", 0)
    yield result._replace(result=f"{result.result}, {late} late vote on record, not counted")


@case(
    "8", "two weeks after receipt; received on Monday, 3 March 2025, 14:05", start="2025-03-03T12:00:00.000Z"
)
def _two_weeks(stage: Stage) -> Iterator[Told]:
    procedure = stage.open("two weeks", 5, "iteos-8")
    stage.at("2025-03-03T13:05:00.000Z")
    stage.say("delivery-recorded", CLERK, procedure=procedure, members=members(5), how="mail")
    stands = stage.procedure(procedure)
    yield Told("iteos-8", f"ends {stands.closes_at}", headings(stands, stage.language)[3:])


@case("9", "a deadline on 30 March 2025, 02:30, which does not exist")
def _skipped_hour(stage: Stage) -> Iterator[Told]:
    try:
        stage.open(
            "skipped", 5, "nkomvg-78", closes_local="2025-03-30T02:30", closes_at="2025-03-30T01:30:00.000Z"
        )
    except NoSuchTime as error:
        said = error.said(stage.language) or error.message
        yield Told("nkomvg-78", f"refused at the opening: {error.code}", [said])


@case("10", "a substitute takes over on day 9 of 14")
def _substitute(stage: Stage) -> Iterator[Told]:
    procedure = stage.open("substitute", 5, "iteos-8")
    stage.say("delivery-recorded", CLERK, procedure=procedure, members=members(5), how="mail")
    before = stage.procedure(procedure).conduct.deadline("m2")
    stage.at(stage.later(days=9))
    absent = {"member": "m1", "substitute": "sub", "reason": "absent"}
    stage.say("substitute-named", CLERK, procedure=procedure, **absent)
    stands = stage.procedure(procedure)
    own, others = stands.conduct.deadline("sub"), stands.conduct.deadline("m2")
    words = [
        f"the substitute's deadline: {own}",
        f"everybody else's: {others}",
        f"the last one: {stands.closes_at}",
    ]
    words = [on_the_clock(one, stage.language) for one in words]
    moved = own == stands.closes_at and others == before
    yield Told("iteos-8", "own 14 days; others unchanged" if moved else "wrong", words)


@case("11", "18 of 33 are excluded for a conflict of interest")
def _many_excluded(stage: Stage) -> Iterator[Told]:
    procedure = stage.open("excluded", 33, "nkomvg-78")
    for member in members(18):
        why = {"member": member, "items": ["1"], "reason": "own-interest"}
        stage.say("member-excluded", CLERK, procedure=procedure, **why)
    stage.vote(procedure, {"yes": members(33, 19)})
    yield finished(stage, procedure, "nkomvg-78")


@case("12", "an excluded member voted: with a margin of 1, and of 5")
def _relevance(stage: Stage) -> Iterator[Told]:
    for margin in (1, 5):
        procedure = stage.open(f"margin {margin}", 33, "nkomvg-78")
        yes = 10 + margin
        stage.vote(procedure, {"yes": members(yes), "no": members(yes + 10, yes + 1)})
        stage.finish(procedure)
        [variant] = told_variants([stage.procedure(procedure).without("1", ["m1"]).plain()])
        survives = "survives" if variant["survives"] else "decisive"
        yield Told(f"nkomvg-78, margin {margin}", survives, [variant["text"][stage.language]])


@case("13", "one member of a supervisory board objects: a special meeting is called")
def _supervisory_board(stage: Stage) -> Iterator[Told]:
    procedure = stage.open("board", 9, "aktg-108")
    stage.vote(procedure, {"yes": members(8)})
    stage.say("objection-raised", "m9", procedure=procedure, member="m9")
    with suppress(Refused):
        stage.vote(procedure, {"yes": ["m9"]})
        yield Told("aktg-108", "voting went on", [])
    yield finished(stage, procedure, "aktg-108")


ISERNHAGEN = [str(number) for number in range(1, 8)]


@case("isernhagen", "32 of 35 consent, 15 of them to items 1–4 only; conditional; for three months")
def _isernhagen(stage: Stage) -> Iterator[Told]:
    condition = stage.text("condition", "sofern die epidemische Lage nicht vorher endet")
    items = [{**item(name), "condition": condition, "valid_months": 3} for name in ISERNHAGEN]
    procedure = stage.open("isernhagen", 35, "nkomvg-182-1", items=items)
    consent(stage, procedure, members(17))
    consent(stage, procedure, members(32, 18), ISERNHAGEN[:4])
    stage.vote(procedure, {"yes": members(17)}, ISERNHAGEN)
    stage.vote(procedure, {"yes": members(32, 18)}, ISERNHAGEN[:4])
    stage.finish(procedure)
    for name in ISERNHAGEN:
        yield told(stage, procedure, f"nkomvg-182-1, item {name}", name)
    for kind, more in (
        ("result-announced", {"to": "everybody"}),
        ("condition-met", {"items": ISERNHAGEN[:4]}),
    ):
        stage.say(kind, CLERK, procedure=procedure, **more)
    stage.say("result-published", CLERK, procedure=procedure)
    stage.at(stage.later(days=93))
    stage.say("result-expired", SERVICE, procedure=procedure, items=ISERNHAGEN[:4])
    expired = sorted(stage.procedure(procedure).life.expired)
    yield Told("nkomvg-182-1, after three months", f"expired: items {', '.join(expired)}", [])
