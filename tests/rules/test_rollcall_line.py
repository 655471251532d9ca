"""Is a line of a roll-call file read strictly, and is every bad one named with its reason and number?"""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.errors import BadRollCall
from ledger.rollcalls import line as module
from ledger.rollcalls.line import EPOCH, Cast, Member, parse_line, read_lines

GOOD: dict[str, Any] = {
    "id": "zh-1",
    "body": "Kantonsrat",
    "title": "Kredit für das Schulhaus",
    "held_at": "2018-03-05T10:12:00+01:00",
    "rule": "simple-majority-casting-vote",
    "options": ["yes", "no", "abstain"],
    "members": [
        {"id": "m1", "name": "Zoë Æbli", "group": "SP", "weight": 2},
        {"id": "m2"},
        {"id": "m3", "name": None, "group": None, "weight": None},
    ],
    "casts": [
        {"member": "m1", "choice": "yes", "at": "2018-03-05T10:12:01.2345+01:00"},
        {"member": "m1", "withdraw": True},
        {"member": "m1", "choice": "no", "withdraw": False},
    ],
    "present": ["m2", "m2"],
    "casting_vote": {"member": "chair", "choice": "yes"},
    "annulled": False,
    "repeated_as": None,
    "polarity": "for",
    "source": "a folder",
    "published": {"counts": {"yes": 0, "no": 1}, "outcome": "rejected"},
}


def encoded(**changes: Any) -> bytes:
    """The good line with changes; a value of `...` leaves a member out."""
    value = {name: data for name, data in {**GOOD, **changes}.items() if data is not ...}
    return json.dumps(value, ensure_ascii=False).encode()


def test_a_line_is_read_completely() -> None:
    """Everything that the file can say, in the forms that the log uses."""
    one = parse_line(encoded())
    assert (one.id, one.body, one.title) == ("zh-1", "Kantonsrat", "Kredit für das Schulhaus")
    assert one.held_at == "2018-03-05T09:12:00.000Z"
    assert one.members == {
        "m1": Member("m1", "Zoë Æbli", "SP", 2),
        "m2": Member("m2", None, None, 1),
        "m3": Member("m3", None, None, 1),
    }
    assert one.casts == [
        Cast("m1", "yes", "2018-03-05T09:12:01.234Z"),
        Cast("m1", None, None),
        Cast("m1", "no", None),
    ]
    assert (one.present, one.casting_vote) == (["m2"], Cast("chair", "yes", None))
    assert (one.annulled, one.repeated_as, one.void) == (False, None, False)
    assert one.published == {"counts": {"yes": 0, "no": 1}, "outcome": "rejected"}


def test_a_line_may_say_only_what_it_must() -> None:
    """An id, a rule and options; what is missing has its usual meaning."""
    one = parse_line(b'{"id": "x", "rule": "simple-majority", "options": ["yes", "no"]}')
    assert (one.body, one.title, one.held_at, one.source) == ("assembly", "", EPOCH, "")
    assert (one.members, one.casts, one.present, one.casting_vote) == ({}, [], [], None)
    assert (one.polarity, one.published, one.void) == ("for", {}, False)


def test_a_replay_has_no_deadline_of_its_own() -> None:
    """It is closed by the clerk who replays it: the deadline of the source lies in the past."""
    assert parse_line(encoded(rule="nkomvg-66", casting_vote=...)).profile["deadline"] == "chair"


@pytest.mark.parametrize(("changes", "void"), [({"annulled": True}, True), ({"repeated_as": "zh-2"}, True)])
def test_an_annulled_or_repeated_vote_is_void(changes: dict[str, Any], void: bool) -> None:
    """The counts stand, the outcome does not."""
    assert parse_line(encoded(**changes)).void is void


@pytest.mark.parametrize(
    "outcome", ["adopted", "rejected", "no-decision", "void", None, "elected:Anna Ott", "elected:elected:x"]
)
def test_every_outcome_that_can_be_is_accepted(outcome: str | None) -> None:
    """Elected is a person who is among the options, also one with an odd name."""
    options = ["Anna Ott", "elected:x", "present"]
    published = {"outcome": outcome}
    election = encoded(
        rule="majority-for-person", options=options, casts=[], casting_vote=..., published=published
    )
    assert parse_line(election).published == ({} if outcome is None else published)


PERSONS = {"rule": "majority-for-person", "options": ["o1", "o2"], "casts": [], "casting_vote": ...}
NEVER = {"majority": {"n": 1, "d": 2, "strict": True, "base": "yes_no"}, "change": "never", "withdraw": False}

BAD: list[tuple[str, bytes | dict[str, Any]]] = [
    # the line
    ("it is not JSON", b"{"),
    ("it is not JSON", b"not json"),
    ("it is not JSON", b'{"id": "x"} {}'),
    ("the same key twice", b'{"id": "x", "id": "y"}'),
    ("the same key twice", b'{"published": {"counts": {"yes": 1, "yes": 2}}}'),
    ("it is not JSON", b'{"id": "\xff"}'),
    ("it is not JSON", b'{"id": "\xed\xa0\x80", "rule": "simple-majority", "options": ["yes"]}'),
    ("it is not JSON", b'{"id": "\\ud800", "rule": "simple-majority", "options": ["yes"]}'),
    ("it is not JSON", json.dumps(GOOD).encode("utf-16")),
    ("it is not JSON", b"[" * 100_000),
    ("it is not JSON", b'{"id": ' + b"9" * 5000 + b"}"),
    ("not a JSON object", b"[]"),
    ("not a JSON object", b'"zh-1"'),
    ("not a JSON object", b"null"),
    ("unknown member: chamber", {"chamber": "lower"}),
    # texts, lists and flags
    ("id is a text", {"id": ...}),
    ("id is a text", {"id": ""}),
    ("id is a text", {"id": 7}),
    ("title is a text", {"title": ["x"]}),
    ("title is a text", {"title": "x" * 10_001}),
    ("body is a text", {"body": 1}),
    ("source is a text", {"source": {}}),
    ("repeated_as is a text", {"repeated_as": 5}),
    ("annulled is true or false", {"annulled": "no"}),
    ("annulled is true or false", {"annulled": 1}),
    ("annulled is true or false", {"annulled": 0}),
    ("polarity is for or against", {"polarity": "contra"}),
    ("polarity is for or against", {"polarity": ["for"]}),
    ("held_at is no time", {"held_at": "2018-03-05"}),
    ("held_at is no time", {"held_at": "2018-03-05T10:12:00"}),
    ("held_at is no time", {"held_at": "2018-02-30T10:12:00Z"}),
    ("held_at is no time", {"held_at": "0001-01-01T00:00:00+14:00"}),
    ("held_at is no time", {"held_at": 1520241120}),
    # rule and options
    ("rule: no rule profile has the name", {"rule": ...}),
    ("rule: no rule profile has the name", {"rule": "simple"}),
    ("rule: the rule profile lacks majority", {"rule": {"silence": "ignored"}}),
    ("rule: n is an integer", {"rule": {"majority": {"n": 0.5, "d": 1, "strict": True, "base": "cast"}}}),
    ("rule: this majority counts yes votes", {"options": ["no", "abstain"], "casts": [], "published": {}}),
    ("options is a list", {"options": "yes"}),
    ("options is a list of texts", {"options": []}),
    ("options is a list of texts", {"options": ...}),
    ("options is a list of texts", {"options": ["yes", ""]}),
    ("options is a list of texts", {"options": ["yes", 1]}),
    ("options is a list of texts", {"options": ["yes", "n" * 201]}),
    ("options are different", {"options": ["yes", "no", "yes"]}),
    ("at most 64", {**PERSONS, "options": [f"p{n}" for n in range(65)]}),
    # members
    ("members is a list", {"members": {"m1": {}}}),
    ("a member is {id, name, group, weight}", {"members": ["m1"]}),
    ("a member is {id, name, group, weight}", {"members": [{"id": "m1", "party": "SP"}]}),
    ("id is a text", {"members": [{"name": "Anna"}]}),
    ("id is a text", {"members": [{"id": 1}]}),
    ("name is a text", {"members": [{"id": "m1", "name": 1}]}),
    ("listed twice", {"members": [{"id": "m1"}, {"id": "m1"}]}),
    ("a weight is an integer from 0", {"members": [{"id": "m1", "weight": -1}]}),
    ("a weight is an integer from 0", {"members": [{"id": "m1", "weight": 1.0}]}),
    ("a weight is an integer from 0", {"members": [{"id": "m1", "weight": True}]}),
    ("a weight is an integer from 0", {"members": [{"id": "m1", "weight": 2**32}]}),
    ("a weight is an integer from 0", b'{"options": ["yes"], "members": [{"id": "m1", "weight": NaN}]}'),
    # casts
    ("casts is a list", {"casts": {}}),
    ("a cast is {member, choice, at}", {"casts": ["yes"]}),
    ("a cast is {member, choice, at}", {"casts": [{"member": "m1", "vote": "yes"}]}),
    ("who is not among the members", {"casts": [{"member": "m9", "choice": "yes"}]}),
    ("who is not among the members", {"casts": [{"choice": "yes"}]}),
    ("who is not among the members", {"casts": [{"member": ["m1"], "choice": "yes"}]}),
    ("who is not among the members", {"casts": [{"member": {}, "choice": "yes"}]}),
    ("'maybe' of 'm1' is not among the options", {"casts": [{"member": "m1", "choice": "maybe"}]}),
    ("is not among the options", {"casts": [{"member": "m1", "choice": ["yes"]}]}),
    ("is not among the options", {"casts": [{"member": "m1", "choice": 1}]}),
    ("either a choice or a withdrawal", {"casts": [{"member": "m1"}]}),
    ("either a choice or a withdrawal", {"casts": [{"member": "m1", "withdraw": False}]}),
    ("either a choice or a withdrawal", {"casts": [{"member": "m1", "withdraw": True, "choice": "yes"}]}),
    ("withdraw is true or false", {"casts": [{"member": "m1", "withdraw": 1}]}),
    ("withdraw is true or false", {"casts": [{"member": "m1", "withdraw": "", "choice": "yes"}]}),
    ("at is no time", {"casts": [{"member": "m1", "choice": "yes", "at": "noon"}]}),
    ("withdraws a vote that was not given", {"casts": [{"member": "m1", "withdraw": True}]}),
    (
        "withdraws a vote that was not given",
        {"casts": [*GOOD["casts"][:2], {"member": "m1", "withdraw": True}]},
    ),
    (
        "the rule allows no vote to be withdrawn",
        {"rule": NEVER, "casting_vote": ..., "casts": GOOD["casts"][:2]},
    ),
    (
        "the rule allows no vote to be changed",
        {"rule": NEVER, "casting_vote": ..., "casts": [{"member": "m1", "choice": c} for c in ("yes", "no")]},
    ),
    # presence and casting vote
    ("present is a list", {"present": "m1"}),
    ("is present, but not among the members", {"present": ["m9"]}),
    ("is present, but not among the members", {"present": [["m1"]]}),
    ("casting_vote is {member, choice}", {"casting_vote": "yes"}),
    ("casting_vote is {member, choice}", {"casting_vote": {"who": "chair", "choice": "yes"}}),
    ("a casting vote is yes or no", {"casting_vote": {"member": "chair", "choice": "abstain"}}),
    ("a casting vote is yes or no", {"casting_vote": {"member": "chair"}}),
    ("a casting vote is yes or no", {"casting_vote": {"member": "chair", "choice": ["yes"]}}),
    (
        "a casting vote is yes or no",
        {"options": ["yes"], "casts": [], "casting_vote": {"member": "c", "choice": "no"}},
    ),
    ("member is a text", {"casting_vote": {"choice": "yes"}}),
    ("the rule knows no casting vote", {"rule": "simple-majority"}),
    # what was published
    ("published is {counts, outcome}", {"published": []}),
    ("published is {counts, outcome}", {"published": {"result": "adopted"}}),
    ("published.counts maps options to integers", {"published": {"counts": [1, 2]}}),
    ("published.counts maps options to integers", {"published": {"counts": {"maybe": 1}}}),
    ("published.counts maps options to integers", {"published": {"counts": {"yes": "1"}}}),
    ("published.counts maps options to integers", {"published": {"counts": {"yes": True}}}),
    ("published.outcome cannot be 'passed'", {"published": {"outcome": "passed"}}),
    ("published.outcome cannot be", {"published": {"outcome": ["adopted"]}}),
    ("published.outcome cannot be 'elected:yes'", {"published": {"outcome": "elected:yes"}}),
    ("published.outcome cannot be 'elected:o3'", {**PERSONS, "published": {"outcome": "elected:o3"}}),
    ("published.outcome cannot be 'o1'", {**PERSONS, "published": {"outcome": "o1"}}),
]


@pytest.mark.parametrize(("reason", "bad"), BAD, ids=[f"{n}: {reason}" for n, (reason, _) in enumerate(BAD)])
def test_a_bad_line_is_refused_with_its_reason_and_number(reason: str, bad: bytes | dict[str, Any]) -> None:
    """Whoever made the file must find the place, and nothing must be guessed."""
    line = bad if isinstance(bad, bytes) else encoded(**bad)
    good = json.dumps({**GOOD, "id": "first"}).encode()
    lines = read_lines(io.BytesIO(b"\n".join([good, b"  ", line.replace(b"\n", b" ")])))
    assert next(lines)[1].id == "first"
    with pytest.raises(BadRollCall) as caught:
        next(lines)
    assert reason in caught.value.message
    assert caught.value.message.startswith("line 3: ")
    assert caught.value.details["line"] == 3


def test_the_base_line_is_good() -> None:
    """Otherwise every row above would be refused for another reason."""
    assert parse_line(encoded()).id == "zh-1"
    assert parse_line(encoded(**{**PERSONS, "published": {"outcome": "elected:o1"}})).options == ["o1", "o2"]


def test_an_id_stands_in_a_file_once() -> None:
    """The second would be another vote under the first one's procedure."""
    data = b"\n\n".join([encoded(id="a"), encoded(id="b"), encoded(id="a"), b""])
    lines = read_lines(io.BytesIO(data))
    assert [(number, one.id) for number, one in (next(lines), next(lines))] == [(1, "a"), (3, "b")]
    with pytest.raises(BadRollCall, match="line 5: the id 'a' stands in this file twice"):
        next(lines)


def test_a_line_may_have_any_end() -> None:
    """Windows' line ends, and no end at the end."""
    data = b"\r\n".join([encoded(id="a"), encoded(id="b")])
    assert [one.id for _, one in read_lines(io.BytesIO(data))] == ["a", "b"]


def test_a_line_that_never_ends_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without line ends must not be read into memory as a whole."""
    monkeypatch.setattr(module, "MAX_LINE", 1000)
    assert parse_line(b'{"id": "x", "rule": "simple-majority", "options": ["yes"]}').id == "x"
    with pytest.raises(BadRollCall, match="line 1: it is longer than 1000 bytes"):
        next(read_lines(io.BytesIO(b" " * 990 + encoded())))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
NESTED = {
    "members": st.lists(
        st.fixed_dictionaries({"id": JSON}, optional={"weight": JSON, "name": JSON}), max_size=2
    ),
    "casts": st.lists(st.fixed_dictionaries({"member": JSON}, optional={"choice": JSON, "withdraw": JSON})),
    "casting_vote": st.fixed_dictionaries({"member": JSON, "choice": JSON}),
    "published": st.fixed_dictionaries({}, optional={"counts": JSON, "outcome": JSON}),
    "rule": st.fixed_dictionaries({"majority": JSON}, optional={"silence": JSON, "tie": JSON}),
}


@given(st.data())
@settings(max_examples=200)
def test_any_json_is_a_roll_call_or_refused_as_one(data: st.DataObject) -> None:
    """Whatever stands in a file: the answer is a roll call or the reason, never another error."""
    names = data.draw(st.lists(st.sampled_from(list(GOOD)), max_size=3, unique=True))
    changes = {name: data.draw(JSON | NESTED.get(name, JSON)) for name in names}
    try:
        one = parse_line(json.dumps({**GOOD, **changes}).encode())
    except BadRollCall:
        return
    assert one.id == {**GOOD, **changes}["id"]
