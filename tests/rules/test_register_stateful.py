"""Do keys, log keys and redactions stay in order, whatever is said in whatever sequence?

Hypothesis makes up statements with real signatures, good and bad; a small model beside the ledger says
which must be accepted. After every step each key has one holder and one life, the log has exactly one key,
a registrar is left, and a replayed register is the same.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ledger.domain.register import Register
from ledger.errors import BadSignature, Refused
from tests.support.memory_ledger import REGISTRAR, SERVICE, MemoryLedger, key_of, log_key_of, public_of
from tests.support.snapshot import snapshot

ROLES = {REGISTRAR: "registrar", "rita": "registrar", "chris": "clerk", "vera": "chair", "anna": "member"}
PEOPLE = st.sampled_from([REGISTRAR, "rita", *ROLES])
NAMES = [*ROLES, *(f"{name}/{number}" for name in ROLES for number in (2, 3)), SERVICE]
NEW_KEYS = st.sampled_from(NAMES[::-1])
KEYS = st.sampled_from([*("own" for _ in range(4 * len(NAMES))), *NAMES])
"""A key of this name, or one that the person in question really holds."""
LOG_KEYS = st.sampled_from(["log/2", "log/3", "log/4", "log/5", "log"])
ALL_TEXTS = [letter * 42 + "A" for letter in "abcd"]
TEXTS = st.sampled_from([*ALL_TEXTS, "e" * 42 + "A"])


class Life(NamedTuple):
    """What the model knows of a key."""

    holder: str
    live: bool


class RegisterMachine(RuleBasedStateMachine):
    """Two registrars, a clerk, a chair, a member; four texts that stand in the register."""

    @initialize()
    def found(self) -> None:
        """Everybody has one key, and the log its first."""
        self.ledger = MemoryLedger()
        self.ledger.found()
        for name, text in zip(list(ROLES)[1:], ALL_TEXTS, strict=True):
            key = self.ledger.public(name)
            self.ledger.put("key-registered", subject=name, roles=[ROLES[name]], key=key, name=text)
        self.keys = {name: Life(name, True) for name in [*ROLES, SERVICE]}
        self.log = ["log"]
        self.named: set[str] = set(ALL_TEXTS)
        self.redacted: set[str] = set()

    # ── the model ──────────────────────────────────────────────────────────────────────────────

    def signs(self, name: str, person: str) -> bool:
        """Whether a key of this name signs for a person now."""
        life = self.keys.get(name)
        return life is not None and life.live and life.holder == person

    def live(self, person: str) -> list[str]:
        """The names of a person's live keys."""
        return [name for name, life in self.keys.items() if life.live and life.holder == person]

    def own(self, name: str, person: str) -> str:
        """The name of a key, where it is to be the person's own."""
        return next(iter(self.live(person)), person) if name == "own" else name

    def is_last_registrar_key(self, name: str) -> bool:
        """Whether nobody could register a key without it."""
        return [key for person in (REGISTRAR, "rita") for key in self.live(person)] == [name]

    def send(self, allowed: bool, kind: str, actor: str, *keys: str, **fields: Any) -> bool:
        """Sends a statement; it must be accepted if and only if the model says so."""
        before = snapshot([self.ledger.state.register, self.ledger.rows])
        made = tuple(key_of(name) for name in keys)
        if allowed:
            self.ledger.put(kind, actor, keys=made, **fields)
            return True
        with pytest.raises((Refused, BadSignature)):
            self.ledger.put(kind, actor, keys=made, **fields)
        assert snapshot([self.ledger.state.register, self.ledger.rows]) == before
        return False

    # ── what people say ────────────────────────────────────────────────────────────────────────

    @rule(actor=PEOPLE, signer=KEYS, person=PEOPLE, new=NEW_KEYS, text=st.none() | TEXTS)
    def register(self, actor: str, signer: str, person: str, new: str, text: str | None) -> None:
        """One more key for a person, with or without a name beside it."""
        signer = self.own(signer, actor)
        allowed = self.signs(signer, actor) and ROLES[actor] == "registrar" and new not in self.keys
        roles = ["registrar", "clerk"] if person == REGISTRAR else [ROLES[person]]
        fields: dict[str, Any] = {"subject": person, "roles": roles, "key": public_of(new)}
        named = {} if text is None else {"name": text}
        if self.send(allowed, "key-registered", actor, signer, new, **fields, **named):
            self.keys[new] = Life(person, True)
            self.named.update(named.values())

    @rule(actor=PEOPLE, signer=KEYS, person=PEOPLE, old=KEYS, new=NEW_KEYS)
    def rotate(self, actor: str, signer: str, person: str, old: str, new: str) -> None:
        """A new key for an old one, by its holder or by a registrar."""
        signer, old = self.own(signer, actor), self.own(old, person)
        allowed = self.signs(signer, actor) and self.signs(old, person) and new not in self.keys
        allowed = allowed and (signer == old if actor == person else ROLES[actor] == "registrar")
        fields = {"subject": person, "old": public_of(old), "key": public_of(new)}
        if self.send(allowed, "key-rotated", actor, signer, new, **fields):
            self.keys[old], self.keys[new] = Life(person, False), Life(person, True)

    @rule(actor=PEOPLE, signer=KEYS, person=PEOPLE, old=KEYS)
    def revoke(self, actor: str, signer: str, person: str, old: str) -> None:
        """An end without a successor."""
        signer, old = self.own(signer, actor), self.own(old, person)
        allowed = self.signs(signer, actor) and self.signs(old, person)
        allowed = allowed and (actor == person or ROLES[actor] == "registrar")
        allowed = allowed and not self.is_last_registrar_key(old)
        fields = {"subject": person, "key": public_of(old), "reason": "lost", "suspect_from": None}
        if self.send(allowed, "key-revoked", actor, signer, **fields):
            self.keys[old] = Life(person, False)

    @rule(actor=PEOPLE, signer=KEYS, old=st.just("own") | LOG_KEYS, new=LOG_KEYS)
    def rotate_log_key(self, actor: str, signer: str, old: str, new: str) -> None:
        """The log's own key, with the old one at hand."""
        signer, old = self.own(signer, actor), self.log[-1] if old == "own" else old
        allowed = self.signs(signer, actor) and ROLES[actor] == "registrar"
        allowed = allowed and old == self.log[-1] and new not in self.log
        fields = {"old": log_key_of(old), "new": log_key_of(new)}
        if self.send(allowed, "log-key-rotated", actor, old, new, signer, **fields):
            self.log.append(new)

    @rule(actor=PEOPLE, signer=KEYS, second=PEOPLE, other=KEYS, new=LOG_KEYS)
    def replace_log_key(self, actor: str, signer: str, second: str, other: str, new: str) -> None:
        """The log's own key, with the old one lost."""
        signer, other = self.own(signer, actor), self.own(other, second)
        allowed = self.signs(signer, actor) and self.signs(other, second) and actor != second
        allowed = allowed and ROLES[actor] == ROLES[second] == "registrar" and new not in self.log
        fields = {"old": log_key_of(self.log[-1]), "new": log_key_of(new), "second": second}
        if self.send(allowed, "log-key-rotated", actor, new, signer, other, **fields):
            self.log.append(new)

    @rule(actor=PEOPLE, signer=KEYS, authority=PEOPLE, other=KEYS, text=TEXTS)
    def redact(self, actor: str, signer: str, authority: str, other: str, text: str) -> None:
        """A text that stands in the register, or does not."""
        signer, other = self.own(signer, actor), self.own(other, authority)
        allowed = self.signs(signer, actor) and self.signs(other, authority) and actor != authority
        allowed = allowed and actor in (REGISTRAR, "chris") and ROLES[authority] != "member"
        allowed = allowed and text in self.named - self.redacted
        fields = {"digests": [text], "legal_basis": "gdpr-16", "authority": authority}
        if self.send(allowed, "redacted", actor, signer, other, **fields):
            self.redacted.add(text)

    # ── what holds at any time ─────────────────────────────────────────────────────────────────

    def known(self) -> Register:
        """The register as it stands."""
        assert self.ledger.state.register is not None
        return self.ledger.state.register

    @invariant()
    def every_key_has_one_holder_and_one_life(self) -> None:
        """As the model says."""
        for person, record in self.known().people.items():
            assert sorted(record.live_keys) == sorted(public_of(name) for name in self.live(person))
        assert self.known().holders == {public_of(name): life.holder for name, life in self.keys.items()}

    @invariant()
    def the_log_has_one_key_at_every_size(self) -> None:
        """Those of the model, one after the other."""
        keys = self.known().log_keys
        assert [key.vkey for key in keys.all] == [log_key_of(name) for name in self.log]
        current = [keys.current(seq) for seq in range(len(self.ledger.rows))]
        assert all(len(found) == 1 for found in current)
        assert current[-1][0].vkey == log_key_of(self.log[-1])

    @invariant()
    def somebody_can_always_register_a_key(self) -> None:
        """The last registrar cannot be locked out."""
        assert self.live(REGISTRAR) + self.live("rita")

    @invariant()
    def a_replayed_register_is_the_same(self) -> None:
        """What was decided, and what follows from the bytes."""
        replayed = self.ledger.replayed().register
        assert replayed is not None
        assert set(replayed.redactions) == set(self.known().redactions) == self.redacted
        assert replayed.people == self.known().people
        assert replayed.log_keys.all == self.known().log_keys.all


RegisterMachine.TestCase.settings = settings(max_examples=40, stateful_step_count=40)
TestEverySequenceKeepsTheRegisterInOrder = RegisterMachine.TestCase
