"""Does verification go on, whatever stands in the log? It must never fail with anything but failures.

A forger's log may hold anything that has the form of an entry. An auditor who gets a traceback instead
of a report has been silenced.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ledger.domain.profiles import complete
from ledger.proof.dsse import Envelope, sign
from ledger.proof.encoding import b64, canonical
from ledger.proof.entry import NO_LINK, build_entry, leaf_hash, parse_entry
from ledger.proof.kinds import LEGAL_BASES
from ledger.proof.statement import KINDS, compose, members, payload_type, register_stream
from tests.support.attacks import CHAIRED, ENTRIES, TIMED
from tests.support.forged_log import relinked, verified
from tests.support.memory_ledger import (
    BODY,
    ORIGIN,
    SERVICE,
    START,
    document,
    item,
    key_of,
    later,
    log_key_of,
    public_of,
)
from tests.support.statements import COMMON, DIGEST
from tests.support.story import DEADLINE, OPENS

PEOPLE = st.sampled_from(["anna", "bert", "cem", "chris", "vera", "dora", "registrar", SERVICE, "mallory"])
LINKS = st.sampled_from([NO_LINK, *(leaf_hash(data) for data in ENTRIES)])
PROCEDURES = st.sampled_from([TIMED, CHAIRED, str(register_stream(ORIGIN)), str(UUID(int=5))])
TIMES = st.sampled_from([START, OPENS, DEADLINE, later(DEADLINE, 60), "0001-01-01T00:00:00.000Z"])
OPTIONS = st.sampled_from(["yes", "no", "abstain", "maybe", "o1"])
ITEMS = st.sampled_from(["1", "2", "3"])
KEYS = PEOPLE.map(public_of)
LOG_KEYS = st.sampled_from(["log", "log/2", "log/3"]).map(log_key_of)
COUNTS = st.integers(0, 12)
DIGESTS = st.sampled_from([DIGEST, DIGEST[::-1].replace(DIGEST[0], "A")])
DOCUMENTS = st.sampled_from("ab").map(document)

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "format": st.just(1),
    "time_zone": st.just("UTC"),
    "registrars": PEOPLE.map(lambda name: [{"subject": name, "key": public_of(name)}]),
    "service": PEOPLE.map(lambda name: {"subject": name, "key": public_of(name)}),
    "log_keys": LOG_KEYS.map(lambda key: [key]),
    "subject": PEOPLE,
    "roles": st.sampled_from([["member"], ["registrar", "clerk"], ["clerk"]]),
    "key": KEYS,
    "old": KEYS,
    "reason": st.just("lost"),
    "suspect_from": st.none(),
    "body": st.sampled_from([BODY, "aus"]),
    "granted": st.lists(PEOPLE, max_size=2, unique=True).map(
        lambda names: [{"member": name, "weight": 2, "group": None} for name in names]
    ),
    "ended": st.lists(PEOPLE, max_size=3, unique=True),
    "procedure": PROCEDURES,
    "electorate": st.builds(lambda link, count: {"as_of": link, "count": count}, LINKS, COUNTS),
    "items": st.sampled_from([[item("1")], [item("1"), {**item("1"), "polarity": "against"}]]),
    "documents": st.just([]),
    "profile": st.sampled_from(
        [
            complete("simple-majority"),
            complete("nkomvg-66"),
            complete("nkomvg-182-1"),
            complete("iteos-8"),
            {},
            None,
            [1],
            "x",
        ]
    ),
    "chair": st.none() | PEOPLE,
    "opens_at": TIMES,
    "closes_at": st.none() | TIMES,
    "ballot": LINKS,
    "document": DOCUMENTS,
    "member": PEOPLE,
    "members": st.lists(PEOPLE, min_size=1, max_size=3, unique=True),
    "choices": st.dictionaries(ITEMS, OPTIONS, min_size=1),
    "replaces": st.none() | LINKS,
    "withdraws": LINKS,
    "seal": st.builds(lambda n, a, z: {"entries": n + 1, "first": a, "last": z}, COUNTS, LINKS, LINKS),
    "tally": st.dictionaries(ITEMS, st.dictionaries(OPTIONS, COUNTS)),
    "repeated_as": st.none() | PROCEDURES,
    "proxy": PEOPLE,
    "received_at": TIMES,
    "how": st.just("mail"),
    "substitute": PEOPLE,
    "code": st.sampled_from(["too-late", "excluded"]),
    "statement": st.sampled_from(["0" * 64, "1" * 64]),
    "outcome": st.dictionaries(ITEMS, st.sampled_from(["adopted", "rejected", "elected:o1"]), min_size=1),
    "valid": st.dictionaries(ITEMS, st.booleans(), min_size=1),
    "derivation": LINKS,
    "to": st.just("members"),
    "confirmed": st.booleans(),
    "held_at": TIMES,
    "until": st.none() | TIMES,
    "corrects": LINKS,
    "witness": PEOPLE,
    "ground": st.just(DIGEST),
    "second": st.none() | PEOPLE,
    "new": LOG_KEYS,
    "stream": PROCEDURES,
    "digests": st.lists(DIGESTS, max_size=2, unique=True),
    "legal_basis": st.sampled_from(LEGAL_BASES),
    "authority": PEOPLE,
    "size": st.integers(1, 40),
    "root": LINKS,
    "tsa": st.just("tsa.example"),
    "token_sha256": st.just("ab" * 32),
}
_NAMED = st.lists(ITEMS, min_size=1, max_size=3, unique=True)
SPECIAL: dict[tuple[str, str], st.SearchStrategy[Any]] = {
    **{(kind, "items"): _NAMED for kind in KINDS if kind != "procedure-opened"},
    ("procedure-closed", "reason"): st.sampled_from(
        ["deadline", "chair", "objection", "all-voted", "unlosable"]
    ),
    ("member-excluded", "reason"): st.just("relative"),
    ("substitute-named", "reason"): st.just("ill"),
    ("deadline-extended", "reason"): st.just(DIGEST),
    ("deadline-extended", "closes_at"): TIMES,
}
"""Members that mean something else in one kind."""


@st.composite
def forgeries(draw: st.DrawFn) -> bytes:
    """An entry with any statement in it, signed by anybody; its links are repaired afterwards."""
    kind = draw(st.sampled_from(KINDS))
    nonce = {"nonce": b64(draw(st.binary(min_size=16, max_size=16))), "actor": draw(PEOPLE)}
    payload = {
        **COMMON,
        **nonce,
        **{
            name: draw(SPECIAL[kind, name] if (kind, name) in SPECIAL else VALUES[name])
            for name in members(kind)[0]
        },
    }
    if kind == "log-key-rotated":
        payload["old"] = draw(LOG_KEYS)
    keys = draw(st.lists(PEOPLE.map(key_of), min_size=1, max_size=3))
    stream = UUID(payload["procedure"]) if "procedure" in payload else register_stream(ORIGIN)
    return entry(compose(kind, payload, *keys).envelope, stream, draw(TIMES))


def entry(envelope: Envelope, stream: UUID, at: str) -> bytes:
    """An entry without links."""
    fields: dict[str, Any] = {"log": ORIGIN, "seq": 0, "prev": NO_LINK, "pos": 1, "sprev": NO_LINK}
    return build_entry(envelope, stream=stream, at=at, **fields)


def in_the_register(kind: str, **fields: Any) -> bytes:
    """A statement about a procedure whose id is the register's stream."""
    stream = register_stream(ORIGIN)
    payload = {**COMMON, "procedure": str(stream), **fields}
    return entry(compose(kind, payload, key_of("anna")).envelope, stream, DEADLINE)


STARTS = st.sampled_from([0, 1, 5, 12, 18, 20, len(ENTRIES)])


@given(STARTS, st.lists(forgeries(), max_size=8), st.booleans())
@example(
    12,
    [in_the_register("vote-cast", member="anna", choices={"1": "yes"}, ballot=NO_LINK, replaces=None)],
    True,
)
@example(12, [in_the_register("document-attached", document=document("a"), ballot=NO_LINK)], True)
@example(12, [in_the_register("presence-recorded", members=["anna"])], True)
@example(len(ENTRIES), [ENTRIES[0], ENTRIES[0]], True)
@example(0, [ENTRIES[1], ENTRIES[11]], True)
@settings(max_examples=150)
def test_any_statements_in_any_order_are_judged(start: int, forged: list[bytes], repaired: bool) -> None:
    """Forged entries after a part of an honest ledger, and then the rest of the honest one."""
    log = [*ENTRIES[:start], *forged, *ENTRIES[start:]]
    failures = verified(relinked(log) if repaired else log)
    assert all(0 <= failure.seq < len(log) for failure in failures if failure.seq is not None)
    assert {failure.check[0] for failure in failures} <= set("12345")
    assert all(failure.sentence for failure in failures)
    if not failures:
        assert repaired or not forged


@given(st.lists(st.binary(max_size=50) | st.sampled_from(ENTRIES), max_size=20))
@settings(max_examples=50)
def test_any_bytes_in_any_order_are_judged(log: list[bytes]) -> None:
    """Garbage, repetitions, and entries without a beginning."""
    failures = verified(log)
    honest = log == list(ENTRIES[: len(log)])
    assert honest == (not failures)
    unreadable = [seq for seq, data in enumerate(log) if data not in ENTRIES]
    assert [failure.seq for failure in failures if failure.check == "1.1"] == unreadable


@given(st.sampled_from(KINDS), st.binary(max_size=60) | st.just(canonical(COMMON)))
@settings(max_examples=50)
def test_any_payload_under_any_kind_is_judged(kind: str, payload: bytes) -> None:
    """What has no form is 3.1, and nothing else is said about it but its time and place."""
    envelope = sign(payload_type(kind), payload, key_of("anna"))
    forged = entry(envelope, register_stream(ORIGIN), parse_entry(ENTRIES[-1]).at)
    failures = verified(relinked([*ENTRIES, forged]))
    assert [failure.check for failure in failures] == ["3.1"]
