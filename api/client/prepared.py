"""What was prepared is looked at before it is signed: the service could have filled in anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.client import sentences
from ledger.errors import Invalid, PreparedOtherwise
from ledger.proof.dsse import Envelope, Signing, sign
from ledger.proof.encoding import canonical, parse_canonical, unb64
from ledger.proof.statement import MAX_PAYLOAD, check_shape, members, payload_type

READ_BEFORE = frozenset({"vote-cast", "casting-vote-given", "consent-declared"})
"""What is bound to a ballot paper: the digest must be that of the paper that was read."""

FOLLOWING = {"procedure-opened": frozenset({"holidays"})}
"""Optional members that follow from the ledger. No other one is taken that was not asked for."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A payload that says what was meant, and what the service has filled in beyond that."""

    kind: str
    payload: bytes
    values: Mapping[str, Any]
    filled: Mapping[str, Any]
    """Members that the caller left out: look at them."""

    def sign(self, *keys: Signing) -> Envelope:
        """The envelope, signed with each of `keys` in order.

        Raises `PreparedOtherwise` while the ballot paper is the service's word alone.
        """
        if self.kind in READ_BEFORE and "ballot" in self.filled:
            raise PreparedOtherwise(sentences.BALLOT_NOT_NAMED)
        return sign(payload_type(self.kind), self.payload, *keys)


def look_at(kind: str, meant: Mapping[str, Any], answer: Mapping[str, Any]) -> Prepared:
    """What the service prepared, if it is a statement of this kind and says all that was meant.

    Raises `PreparedOtherwise`.
    """
    if answer.get("payloadType") != payload_type(kind):
        raise PreparedOtherwise(sentences.OTHER_KIND, kind=kind, found=str(answer.get("payloadType"))[:80])
    try:
        payload = unb64(answer.get("payload"))
        values = parse_canonical(payload, limit=MAX_PAYLOAD)
        check_shape(kind, values)
    except Invalid as error:
        raise PreparedOtherwise(sentences.NOT_OF_THIS_KIND, kind=kind, error=error) from None
    for name, value in meant.items():
        if not _says(name, values.get(name, _MISSING), value):
            raise PreparedOtherwise(sentences.OTHER_VALUE, name=name, found=values.get(name), meant=value)
    # Of a profile only the name, or some settings, may have been given: the rest is the service's word.
    filled = {name: value for name, value in values.items() if name not in meant or meant[name] != value}
    added = filled.keys() & set(members(kind)[1]) - FOLLOWING.get(kind, frozenset())
    if added:
        raise PreparedOtherwise(sentences.NOT_ASKED_FOR, names=", ".join(sorted(added)))
    return Prepared(kind, payload, values, filled)


_MISSING = object()


def _says(name: str, said: Any, meant: Any) -> bool:
    if name == "profile" and isinstance(said, Mapping):
        settings = {"name": meant} if isinstance(meant, str) else meant
        return all(name in said and said[name] == value for name, value in settings.items())
    return canonical(said) == canonical(meant) if said is not _MISSING else False
