"""Access tokens of an OpenID Connect provider: JWT as RFC 9068 profiles them, checked by the provider's keys.

What a token says about how it is to be checked is not believed: the algorithm must be one that the
operator allowed and that fits the key, and the key is one that the provider publishes, never one that the
token brings.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from joserfc.errors import JoseError
from joserfc.jws import JWSRegistry, deserialize_compact, extract_compact

from api.access.provider_keys import ProviderKeys, PublicKey
from api.access.roles import MEMBER, Grant
from api.access.sentences import credentials
from api.access.tokens import digest_of
from ledger.errors import BadEncoding, BadShape, CredentialInvalid, RoleMissing
from ledger.proof import shapes
from ledger.rfc3339 import utc

ALGORITHMS: Mapping[str, tuple[str, str | None]] = {
    "RS256": ("RSA", None),
    "RS384": ("RSA", None),
    "RS512": ("RSA", None),
    "PS256": ("RSA", None),
    "PS384": ("RSA", None),
    "PS512": ("RSA", None),
    "ES256": ("EC", "P-256"),
    "ES384": ("EC", "P-384"),
    "ES512": ("EC", "P-521"),
    "Ed25519": ("OKP", "Ed25519"),
}
"""Those that may be allowed: kind and curve of the key. All are asymmetric; `none` and HS* are not there."""

TYPES = frozenset({"at+jwt", "application/at+jwt"})
LIFETIME = 24 * 3600
"""Seconds: a token that lives longer is refused, whatever its issuer thinks."""
REMEMBERED, FOR = 10_000, 60.0
"""Tokens whose signature was verified, and the seconds until it is verified again."""


@dataclass(frozen=True, slots=True)
class Provider:
    """An issuer whose tokens count, as `access.toml` names it."""

    issuer: str
    audience: str
    algorithms: frozenset[str]
    roles: Mapping[str, frozenset[str]]
    """A value of the role claim → our roles."""
    role_claim: str = "scope"
    """Path of the claim that holds them, parts separated by dots; words separated by spaces, or a list."""
    subject_claim: str | None = None
    """Claim with the id that the register has for this person; None: tokens stand for nobody."""
    leeway: int = 30
    """Seconds by which clocks may differ."""


@dataclass
class AccessTokens:
    """Checks the tokens of one provider. Safe for many threads."""

    provider: Provider
    keys: ProviderKeys
    monotonic: Callable[[], float] = time.monotonic
    _verified: dict[str, tuple[float, Grant]] = field(default_factory=dict)

    def grant(self, token: str, now: str) -> Grant:
        """What a token grants at this time, UTC as entries write it.

        Raises `CredentialInvalid`, `RoleMissing` or `ProviderUnavailable`.
        """
        digest, moment = digest_of(token), self.monotonic()
        if (known := self.known(digest)) is not None:
            return known
        found = self._grant(_claims(self._verify(token)), datetime.fromisoformat(now).timestamp())
        if len(self._verified) >= REMEMBERED:
            self._verified.clear()
        self._verified[digest] = moment + FOR, found
        return found

    def known(self, digest: str) -> Grant | None:
        """What a token of this digest grants, if its signature was verified a moment ago."""
        known = self._verified.get(digest)
        return known[1] if known is not None and self.monotonic() < known[0] else None

    def _verify(self, token: str) -> bytes:
        try:
            header = _object(extract_compact(token.encode("ascii")).protected)
            key = self._key(header)
            registry = JWSRegistry(algorithms=[header["alg"]])
            return deserialize_compact(token, key, registry=registry).payload
        except (JoseError, ValueError, TypeError):
            raise CredentialInvalid(credentials.NOT_SIGNED) from None

    def _key(self, header: Mapping[str, Any]) -> PublicKey:
        alg, kid, typ = (header.get(name) for name in ("alg", "kid", "typ"))
        if not (isinstance(typ, str) and typ.lower() in TYPES):
            raise CredentialInvalid(credentials.NO_ACCESS_TOKEN)
        if not isinstance(alg, str) or alg not in self.provider.algorithms & ALGORITHMS.keys():
            raise CredentialInvalid(credentials.ALGORITHM_NOT_ALLOWED)
        if not isinstance(kid, str) or len(kid) > 256:
            raise CredentialInvalid(credentials.NO_KEY_NAMED)
        if "crit" in header or "b64" in header:
            raise CredentialInvalid(credentials.UNKNOWN_EXTENSION)
        key, (kind, curve) = self.keys.key(kid), ALGORITHMS[alg]
        if key.key_type != kind or (curve and key.get("crv") != curve) or key.get("alg", alg) != alg:
            raise CredentialInvalid(credentials.ALGORITHM_OF_ANOTHER_KEY)
        return key

    def _grant(self, claims: Mapping[str, Any], now: float) -> Grant:
        expires = _require_times(claims, now, self.provider.leeway)
        audiences = claims.get("aud")
        if claims.get("iss") != self.provider.issuer:
            raise CredentialInvalid(credentials.OTHER_ISSUER)
        if self.provider.audience not in (audiences if isinstance(audiences, list) else [audiences]):
            raise CredentialInvalid(credentials.OTHER_SERVICE)
        roles = self._roles(claims)
        subject = self._subject(claims)
        if subject is None:
            roles -= {MEMBER}
        if not roles:
            raise RoleMissing(credentials.NO_ROLE_HERE)
        return Grant(
            f"{self.provider.issuer} {str(claims.get('sub'))[:64]!r}", roles, subject, _text(expires)
        )

    def _roles(self, claims: Mapping[str, Any]) -> frozenset[str]:
        found: Any = claims
        for part in self.provider.role_claim.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        words = found.split() if isinstance(found, str) else found if isinstance(found, list) else []
        named = [self.provider.roles.get(word, frozenset()) for word in words if isinstance(word, str)]
        return frozenset().union(*named)

    def _subject(self, claims: Mapping[str, Any]) -> str | None:
        found = claims.get(self.provider.subject_claim) if self.provider.subject_claim else None
        if found is None:
            return None
        try:
            shapes.identifier(found)
        except (BadShape, BadEncoding):
            raise CredentialInvalid(credentials.NO_ID) from None
        return str(found)


def issuer_of(token: str) -> object:
    """Who claims to have issued a token; nothing is verified yet. Raises `CredentialInvalid`."""
    try:
        found = extract_compact(token.encode("ascii"))
        _object(found.protected)
        return _claims(found.payload).get("iss")
    except (JoseError, ValueError, TypeError):
        raise CredentialInvalid(credentials.NO_JWT) from None


def _object(header: Any) -> Mapping[str, Any]:
    """The header: joserfc looks for an `alg` in it, which a list may hold as well. Raises `TypeError`."""
    if not isinstance(header, dict):
        raise TypeError("a JOSE header is an object (RFC 7515 §4)")
    return header


def _claims(payload: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(payload)
    except (ValueError, RecursionError):
        raise CredentialInvalid(credentials.NO_JSON) from None
    if not isinstance(found, dict):
        raise CredentialInvalid(credentials.NO_CLAIMS)
    return found


def _require_times(claims: Mapping[str, Any], now: float, leeway: int) -> float:
    """The time from which on the token no longer counts. Raises `CredentialInvalid`."""
    times = {name: claims.get(name) for name in ("exp", "iat", "nbf") if name in claims}
    if any(
        isinstance(t, bool) or not isinstance(t, (int, float)) or not math.isfinite(t) for t in times.values()
    ):
        raise CredentialInvalid(credentials.TIMES_NO_NUMBERS)
    if not {"exp", "iat"} <= times.keys():
        raise CredentialInvalid(credentials.NO_TIMES)
    expires = float(claims["exp"])
    if now >= expires + leeway:
        raise CredentialInvalid(credentials.EXPIRED)
    if max(float(claims["iat"]), float(claims.get("nbf", 0))) > now + leeway:
        raise CredentialInvalid(credentials.NOT_YET)
    if expires - float(claims["iat"]) > LIFETIME:
        raise CredentialInvalid(credentials.LIVES_TOO_LONG, hours=LIFETIME // 3600)
    return expires + leeway


def _text(moment: float) -> str:
    return utc(datetime.fromtimestamp(moment, UTC))
