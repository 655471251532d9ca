"""May a deadline that is the same for all be extended when it has passed, and when does the service close?"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.civil_time import day_of
from ledger.domain.periods import grace_end
from ledger.domain.profile_schema import parse_profile, read_profile
from ledger.domain.profiles import NAMES, complete, for_replay
from ledger.domain.words.circumstances import circumstances
from ledger.domain.words.profiles import describe
from ledger.errors import BadProfile, NoSuchTime, NotClosed, TooLate
from tests.support.circular import DIGEST, council, say
from tests.support.memory_ledger import SERVICE, MemoryLedger, item, later

BERLIN = "Europe/Berlin"
FRIDAY, SATURDAY = "2026-03-06T11:00:00.000Z", "2026-03-06T23:00:00.000Z"
"""Friday, 6 March 2026, 12:00 in Berlin, and 24:00."""
MONDAY = "2026-03-09T23:00:00.000Z"
"""Monday, 9 March, 24:00."""
RETROACTIVE = {"extension": "retroactive", "grace": {"days": 3}}


def ended(**settings: Any) -> tuple[MemoryLedger, str, str]:
    """A procedure whose deadline has just passed, and when that was."""
    ledger, procedure = council(**{**RETROACTIVE, **settings})
    deadline = str(ledger.procedure(procedure).closes_at)
    ledger.now = deadline
    return ledger, procedure, deadline


# ── until when ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("deadline", [FRIDAY, SATURDAY])
def test_a_deadline_on_a_friday_may_still_be_extended_on_monday(deadline: str) -> None:
    """Three days after the day with which it ended, to 24:00; 24:00 of a Friday is Friday."""
    assert grace_end(3, deadline, BERLIN) == MONDAY


def test_days_of_summer_time_are_days_all_the_same() -> None:
    """Over the night of 29 March 2026 they are an hour shorter."""
    assert grace_end(3, "2026-03-27T11:00:00.000Z", BERLIN) == "2026-03-30T22:00:00.000Z"


def test_what_would_end_after_all_calendars_ends_with_them() -> None:
    """A deadline in the last days that can be written down harms nothing but itself."""
    assert grace_end(3, "9999-12-30T11:00:00.000Z", BERLIN) == "9999-12-31T23:59:59.999Z"
    assert grace_end(1, "9999-12-31T23:30:00.000Z", BERLIN) == "9999-12-31T23:59:59.999Z"


@given(st.integers(1, 100), st.datetimes().map(lambda at: at.strftime("%Y-%m-%dT%H:%M:%S.000Z").zfill(24)))
def test_it_ends_after_the_deadline_and_not_more_than_its_days_later(days: int, deadline: str) -> None:
    """Whatever the deadline: nobody loses what was promised, and nothing waits longer."""
    ends = grace_end(days, deadline, BERLIN)
    assert ends >= deadline
    if "1900" < deadline < "9000":
        assert days - 1 <= (day_of(ends, BERLIN) - day_of(deadline, BERLIN)).days <= days + 1


# ── who closes, and when ───────────────────────────────────────────────────────────────────────


def test_the_service_closes_when_the_time_of_grace_is_over_and_not_before() -> None:
    """Exactly at its end, as at a deadline."""
    ledger, procedure, _ = ended()
    due = str(ledger.procedure(procedure).due_at)
    ledger.now = later(due, -1.001)
    with pytest.raises(NotClosed, match="the service closes at 05 March 2026, 24:00"):
        say(ledger, procedure, "procedure-closed", SERVICE)
    say(ledger, procedure, "procedure-closed", SERVICE, at=due)
    assert (ledger.procedure(procedure).closing or {})["reason"] == "deadline"


@pytest.mark.parametrize("who", ["bert", "clara"])
def test_chair_and_clerk_may_close_as_soon_as_the_deadline_has_passed(who: str) -> None:
    """Who could extend it says that it is not extended."""
    ledger, procedure, deadline = ended()
    ledger.now = later(deadline, -60)
    with pytest.raises(NotClosed, match="not yet reached"):
        say(ledger, procedure, "procedure-closed", who)
    say(ledger, procedure, "procedure-closed", who, at=deadline)


def test_without_a_time_of_grace_the_service_closes_at_the_deadline() -> None:
    """As ever."""
    ledger, procedure = council()
    found = ledger.procedure(procedure)
    assert found.due_at == found.closes_at
    say(ledger, procedure, "procedure-closed", SERVICE, at=str(found.closes_at))


def test_an_objection_needs_no_time_of_grace() -> None:
    """What ended the procedure is not undone by more time."""
    ledger, procedure = council(**RETROACTIVE)
    say(ledger, procedure, "objection-raised", "anna", member="anna")
    say(ledger, procedure, "procedure-closed", SERVICE)


# ── votes meanwhile ────────────────────────────────────────────────────────────────────────────


def test_a_vote_in_the_time_of_grace_is_late_unless_the_deadline_was_extended() -> None:
    """The time is for the decision about an extension; it is no longer deadline."""
    ledger, procedure, deadline = ended()
    with pytest.raises(TooLate):
        ledger.vote(procedure, "anna", "yes")
    longer = later(deadline, 86400)
    say(ledger, procedure, "deadline-extended", "clara", closes_at=longer, reason=DIGEST)
    ledger.vote(procedure, "anna", "yes")
    found = ledger.procedure(procedure)
    assert (found.tally()["1"]["yes"], found.box.votes["anna"].late) == (1, True)
    assert found.due_at == grace_end(3, longer, BERLIN)


def test_the_time_of_grace_follows_the_last_deadline() -> None:
    """Of one member alone as well."""
    ledger, procedure, deadline = ended()
    longer = later(deadline, 5 * 86400)
    say(ledger, procedure, "deadline-extended", "clara", closes_at=longer, members=["anna"], reason=DIGEST)
    assert ledger.procedure(procedure).due_at == grace_end(3, longer, BERLIN)


def test_after_the_closing_nothing_is_extended() -> None:
    """There is no reopening, also where grace would go on."""
    ledger, procedure, deadline = ended()
    say(ledger, procedure, "procedure-closed", "clara", at=deadline)
    with pytest.raises(Exception, match="closed"):
        say(
            ledger,
            procedure,
            "deadline-extended",
            "clara",
            closes_at=later(deadline, 86400),
            reason=DIGEST,
        )


# ── the profile ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"extension": "before_deadline", "grace": {"days": 3}}, "only for a retroactive extension"),
        ({"extension": "never", "grace": {"days": 3}}, "only for a retroactive extension"),
        ({"extension": "retroactive", "grace": None}, "would close first"),
        ({"deadline": "chair", "extension": "retroactive", "grace": {"days": 1}}, "no deadline to extend"),
    ],
)
def test_settings_that_contradict_each_other_are_refused(settings: dict[str, Any], reason: str) -> None:
    """At the opening, where somebody can still choose."""
    with pytest.raises(BadProfile, match=reason):
        parse_profile({**complete("nkomvg-78"), **settings})


@pytest.mark.parametrize(
    "grace", [{"days": 0}, {"days": 101}, {"days": True}, {"days": "3"}, {}, 3, {"hours": 3}]
)
def test_a_time_of_grace_is_a_number_of_days(grace: object) -> None:
    """Of a few: it keeps everybody waiting."""
    with pytest.raises(BadProfile, match="grace"):
        parse_profile({**complete("vwvfg-90"), "grace": grace})


def test_a_personal_deadline_may_be_extended_afterwards_while_others_run() -> None:
    """So there it is a choice, and not the only way."""
    period = {"unit": "weeks", "count": 2, "working_day_rule": False, "region": None}
    for grace in (None, {"days": 2}):
        changes = {"deadline": "personal", "period": period, "extension": "retroactive", "grace": grace}
        parse_profile({**complete("nkomvg-78"), **changes})


@pytest.mark.parametrize("schema", [2, 3])
def test_a_profile_that_was_signed_before_there_was_one_has_none(schema: int) -> None:
    """It reads, it is accepted, and the service closes at the deadline as it did then."""
    later_settings = {"grace"} if schema == 3 else {"grace", "chair_votes"}
    before = {name: value for name, value in complete("vwvfg-90").items() if name not in later_settings}
    before["paragraphs"] = {k: v for k, v in before["paragraphs"].items() if k not in later_settings}
    before["schema"] = schema
    assert read_profile(before).grace is None
    assert parse_profile(before).extension == "retroactive"
    ledger = MemoryLedger(signed=False)
    ledger.council("anna", "bert", "cem")
    wanted: dict[str, Any] = {"profile": before, "chair": "anna", "closes_at": later(ledger.now, 60)}
    procedure = ledger.open(items=[item("1")], **wanted)
    found = ledger.procedure(procedure)
    say(ledger, procedure, "procedure-closed", SERVICE, at=str(found.closes_at))


def test_only_where_retroactive_extensions_are_there_is_grace() -> None:
    """Of the built-in profiles one: three days, which is our choice and no paragraph's."""
    graces = {name: complete(name)["grace"] for name in NAMES if complete(name)["grace"]}
    assert graces == {"vwvfg-90": {"days": 3}}
    assert "grace" not in complete("vwvfg-90")["paragraphs"]


def test_a_replayed_roll_call_has_no_time_of_grace() -> None:
    """Its deadline lies in the past, and a clerk closes."""
    parse_profile(for_replay("vwvfg-90"))
    assert for_replay("vwvfg-90")["grace"] is None


def test_a_zone_that_does_not_exist_is_refused_at_the_opening() -> None:
    """Days are days on a wall clock."""
    ledger = MemoryLedger(signed=False)
    ledger.council("anna", "bert", "cem")
    with pytest.raises(NoSuchTime):
        ledger.open(
            profile="vwvfg-90", chair="anna", closes_at=later(ledger.now, 60), time_zone="Europe/Nowhere"
        )


# ── words ──────────────────────────────────────────────────────────────────────────────────────


def test_the_profile_says_how_long_and_who_may_close_earlier() -> None:
    """In both languages."""
    profile = parse_profile(complete("vwvfg-90"))
    assert any("3 days after the deadline" in sentence for sentence in describe(profile, "en"))
    assert any("3 Tage nach der Frist" in sentence for sentence in describe(profile, "de"))
    one = parse_profile({**complete("vwvfg-90"), "grace": {"days": 1}})
    assert any("1 day after the deadline" in sentence for sentence in describe(one, "en"))
    assert any("1 Tag nach der Frist" in sentence for sentence in describe(one, "de"))


def test_while_it_is_open_the_text_says_when_the_service_closes() -> None:
    """And not any more when it is closed."""
    ledger, procedure, deadline = ended()
    found = ledger.procedure(procedure)
    for language, said in (("en", "the service closes on"), ("de", "der Dienst schließt am")):
        assert [one for one in circumstances(found, language) if said in one.text and "24:00" in one.text]
    say(ledger, procedure, "procedure-closed", "clara", at=deadline)
    assert not [one for one in circumstances(found, "en") if "the service closes on" in one.text]
