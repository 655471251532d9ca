"""From the domain to the model: keys of people and of the log, as the register has them."""

from __future__ import annotations

from ledger.domain.register import Register
from projections.model_register import Key


def key_of(register: Register, subject: str, key: str) -> Key:
    """A person's or service's key. Raises `KeyError`."""
    person = register.people[subject]
    life = person.keys[key]
    ended = life.ended, life.ended_by, life.reason
    return Key(key, subject, sorted(person.roles), life.since, life.by, *ended)


def log_key_of(register: Register, vkey: str) -> Key:
    """A key of the log itself; what ended it is who named the one after it."""
    [found] = [one for one in register.log_keys.all if one.vkey == vkey]
    if found.ended is None:
        return Key(vkey, None, [found.kind], found.since, found.by, None, None, None)
    by = next((one.by for one in register.log_keys.all if one.since == found.ended), None)
    return Key(vkey, None, [found.kind], found.since, found.by, found.ended, by, "rotated")
