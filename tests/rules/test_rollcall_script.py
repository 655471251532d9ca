"""Does the same roll call always become the same bytes, and do they keep the source's names to themselves?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from ledger.proof.disclosure import read_disclosure
from ledger.proof.encoding import b64
from ledger.proof.entry import NO_LINK
from ledger.proof.statement import MAX_PAYLOAD, Statement, parse_statement, procedure_id
from ledger.rollcalls.line import RollCall, parse_line
from ledger.rollcalls.people import People, body_id
from ledger.rollcalls.statements import SEATS_AT_ONCE, Script
from tests.support.memory_ledger import ORIGIN, REGISTRAR, MemoryLedger, key_of

SECRET = bytes(range(32))
LINE: dict[str, Any] = {
    "id": "zh-1",
    "body": "Kantonsrat Zürich",
    "title": "Wahl des Präsidiums",
    "held_at": "2018-03-05T10:12:00+01:00",
    "rule": "majority-for-person",
    "options": ["Anna Ott", "Bert Uhl", "present"],
    "members": [
        {"id": "ott-anna-sp", "name": "Anna Ott", "group": "Sozialdemokraten", "weight": 2},
        {"id": "uhl-bert-fdp", "name": "Bert Uhl", "group": "Freisinn"},
        {"id": "nameless"},
    ],
    "casts": [
        {"member": "ott-anna-sp", "choice": "Bert Uhl"},
        {"member": "ott-anna-sp", "withdraw": True},
        {"member": "ott-anna-sp", "choice": "Anna Ott", "at": "2018-03-05T10:13:00+01:00"},
        {"member": "uhl-bert-fdp", "choice": "present"},
    ],
    "present": ["nameless"],
    "repeated_as": "zh-2",
    "published": {"counts": {"Anna Ott": 2}, "outcome": "void"},
}
SECRETS = ("Anna", "Bert", "ott-anna", "uhl-bert", "nameless", "Sozial", "Freisinn", "Zürich", "Präsid")


def rollcall(**changes: Any) -> RollCall:
    """The roll call above, with changes."""
    return parse_line(json.dumps({**LINE, **changes}).encode())


def script(one: RollCall, secret: bytes = SECRET) -> Script:
    """Its script with the registrar as clerk."""
    return Script(one, ORIGIN, People(secret), REGISTRAR, key_of(REGISTRAR))


def statements(play: Script, ledger: MemoryLedger) -> Iterator[Statement]:
    """All statements of a roll call, in the order in which they are recorded, each appended at once."""

    def recorded(statement: Statement) -> Statement:
        current[play.rollcall.id] = ledger.append(statement)
        return statement

    current: dict[str, str] = {}
    for member in play.rollcall.members.values():
        yield recorded(play.registration(member.id, member.name))
    yield recorded(play.body_registration())
    for change in play.seat_changes({}):
        yield recorded(change)
    yield recorded(play.opening(ledger.state.body(play.body).as_of))
    votes: dict[str, str] = {}
    for cast in play.rollcall.casts:
        yield recorded(play.cast(cast, votes.pop(cast.member, None)))
        if cast.choice is not None:
            votes[cast.member] = current[play.rollcall.id]
    for present in play.presence():
        yield recorded(present)
    procedure = ledger.procedure(play.procedure)
    yield recorded(play.closing(procedure.seal(), procedure.tally()))
    yield recorded(play.annulment())


def played(secret: bytes = SECRET, **changes: Any) -> tuple[Script, list[Statement], MemoryLedger]:
    """A roll call played into a new ledger, with real signatures."""
    ledger = MemoryLedger()
    ledger.found()
    play = script(rollcall(**changes), secret)
    return play, list(statements(play, ledger)), ledger


def test_the_script_is_accepted_by_the_rules_and_gives_the_result() -> None:
    """The statements are real ones: signed, decided, chained, and counted."""
    play, _, ledger = played()
    procedure = ledger.procedure(play.procedure)
    assert procedure.tally()["1"] == {"o1": 2, "o2": 0, "present": 1}
    assert {play.label(option): votes for option, votes in procedure.tally()["1"].items()} == {
        "Anna Ott": 2,
        "Bert Uhl": 0,
        "present": 1,
    }
    assert procedure.outcome("1").result == "void"
    assert procedure.annulment is not None
    assert procedure.annulment["repeated_as"] == str(procedure_id(ORIGIN, "zh-2"))


def test_the_same_roll_call_gives_the_same_bytes_twice() -> None:
    """An import that was interrupted is run again: what is recorded already must be recognised."""
    first, second = played(), played()
    assert [one.envelope.json for one in first[1]] == [one.envelope.json for one in second[1]]
    assert first[0].disclosures == second[0].disclosures
    assert first[2].entries == second[2].entries


def test_no_statement_of_a_roll_call_equals_another() -> None:
    """A member who votes, withdraws and votes the same again has made three statements."""
    again = [{"member": "nameless", "choice": "present"}, {"member": "nameless", "withdraw": True}] * 3
    _, made, _ = played(casts=[*LINE["casts"], *again])
    assert len({one.envelope.digest for one in made}) == len(made)


def test_another_secret_gives_other_people() -> None:
    """Without the store's secret nobody can compute who a pseudonym is."""
    ours, theirs = script(rollcall()), script(rollcall(), bytes(32))
    assert ours.seats.keys().isdisjoint(theirs.seats.keys())


@pytest.mark.parametrize("secret", SECRETS)
def test_no_name_stands_in_an_entry(secret: str) -> None:
    """Names, ids of the source, groups and titles are disclosures: the log can be published."""
    _, made, _ = played()
    assert not [one.kind for one in made if secret.encode() in one.envelope.payload]


def test_a_pseudonym_does_not_contain_the_source_id() -> None:
    """Also where the source's id looks like a pseudonym, and never the same for two bodies."""
    people = People(SECRET)
    for source in ("m1", "a", "ott-anna-sp", people.pseudonym("rat", "a")):
        assert people.pseudonym("rat", source)[1:] != source
        assert source == "a" or source not in people.pseudonym("rat", source)
        assert people.pseudonym("rat", source) != people.pseudonym("aus", source)
        assert people.pseudonym("rat", source) == People(SECRET).pseudonym("rat", source)


def test_different_lists_of_parts_never_derive_the_same() -> None:
    """The parts "ab" and "c" are another person than "a" and "bc"."""
    people = People(SECRET)
    assert people.pseudonym("ab", "c") != people.pseudonym("a", "bc")
    assert people.bytes16("a", "b") != people.bytes16("ab")
    assert people.bytes16("member", "rat", "a") != people.bytes16("group", "rat", "a")


def test_everything_that_the_log_leaves_out_is_disclosed_beside_it() -> None:
    """Each digest in the statements has its disclosure, and each disclosure its digest."""
    play, made, _ = played()
    payloads = b" ".join(one.envelope.payload for one in made).decode()
    assert all(one.digest in payloads for one in play.disclosures)
    values = {one.value for one in play.disclosures}
    assert {"Anna Ott", "Bert Uhl", "nameless", "Kantonsrat Zürich", "Wahl des Präsidiums"} < values
    assert [read_disclosure(one.encoded, one.digest) for one in play.disclosures] == play.disclosures


@pytest.mark.parametrize(("published", "public"), [(LINE["published"], True), ({}, False)])
def test_a_roll_call_is_public_where_its_result_was_published(
    published: dict[str, Any], public: bool
) -> None:
    """A vote that nobody published does not become public by being replayed."""
    [item] = script(rollcall(published=published)).opening(NO_LINK).payload["items"]
    assert item["public"] is public


def test_the_source_is_disclosed_with_what_it_published() -> None:
    """A reader sees the official result beside the recomputed one."""
    play, made, _ = played()
    opening = next(one.payload for one in made if one.kind == "procedure-opened")
    source = next(one for one in play.disclosures if one.digest == opening["source"])
    assert json.loads(source.value) == {"id": "zh-1", "source": "", "published": LINE["published"]}


def test_seats_of_a_large_body_are_changed_in_several_statements() -> None:
    """A payload holds at most 16 KiB: the longest ids, weights and groups must fit."""
    members = [{"id": f"m{n}", "group": "Gruppe", "weight": 2**32 - 1} for n in range(2 * SEATS_AT_ONCE + 1)]
    play = script(rollcall(members=members, casts=[], present=[]))
    leaving = {f"m{n:013}": next(iter(play.seats.values())) for n in range(SEATS_AT_ONCE + 1)}
    changes = list(play.seat_changes(leaving))
    assert [len(one.payload["granted"]) for one in changes] == [SEATS_AT_ONCE, SEATS_AT_ONCE, 1]
    assert [len(one.payload["ended"]) for one in changes] == [SEATS_AT_ONCE, 1, 0]
    assert max(len(one.envelope.payload) for one in changes) <= MAX_PAYLOAD


def test_seats_that_are_right_already_are_not_changed() -> None:
    """The next roll call of the same body costs no statement."""
    play = script(rollcall())
    assert list(play.seat_changes(play.seats)) == []


@pytest.mark.parametrize("options", [["yes", "no", "abstain"], ["no", "yes"]])
def test_reserved_options_keep_their_names(options: list[str]) -> None:
    """Yes is yes in every language; only persons and alternatives get numbers."""
    play = script(rollcall(rule="simple-majority", options=options, casts=[], published=None))
    assert list(play.options.values()) == options
    opening = play.opening(NO_LINK)
    assert "labels" not in opening.payload["items"][0]


def test_what_is_signed_is_what_is_parsed() -> None:
    """A script's statements go to the committer without being parsed again: they must be the same."""
    _, made, _ = played()
    for one in made:
        parsed = parse_statement(one.envelope)
        assert (parsed.kind, parsed.payload) == (one.kind, one.payload)


@pytest.mark.parametrize(
    ("name", "plain"), [("rat", True), ("Bundestag-19", True), ("Kantonsrat Zürich", False), ("-x", False)]
)
def test_a_body_has_an_id_that_the_log_can_hold(name: str, plain: bool) -> None:
    """A plain word is its own id; everything else gets one from its digest."""
    assert (body_id(name) == name) is plain
    assert body_id(name).isascii()


def test_the_key_of_a_pseudonym_is_not_the_secret() -> None:
    """A public key in the log must not say anything about the others."""
    people = People(SECRET)
    assert people.key("m1").seed not in (SECRET, people.key("m2").seed)
    assert b64(people.key("m1").public) == b64(People(SECRET).key("m1").public)
