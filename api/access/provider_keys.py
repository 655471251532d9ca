"""The keys with which an OpenID Connect provider signs, as it publishes them.

Found through its discovery document, kept for some minutes, and asked for once more when a token names a key
that is not among them: the provider may just have changed it. Nobody who makes up key ids can have the
provider asked more often than every `PAUSE` seconds, nor keep others waiting for its answer.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from api.access.local import is_loopback
from api.access.sentences import credentials, policies
from ledger.errors import BadShape, CredentialInvalid, ProviderUnavailable, Unreachable
from ledger.publish.endpoint import Endpoint

log = logging.getLogger(__name__)

TIMEOUT = 3.0  # seconds, for each of the two requests
LARGEST = 256 * 1024  # bytes of an answer
KEEP, STALE, PAUSE = 300.0, 3600.0, 10.0
"""Seconds: how long keys are not asked for again, how long they serve while the provider does not answer,
and the least time between two attempts."""
MAX_KEYS = 64
RSA_BITS = 2048
_RSA_LETTERS = 342  # of base64url: looked at before the key is made, which would warn of it

PublicKey = RSAKey | ECKey | OKPKey
Fetch = Callable[[str], Any]
_TYPES: dict[str, type[PublicKey]] = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}


class ProviderKeys:
    """The keys of one provider, by `kid`. Safe for many threads."""

    def __init__(
        self, issuer: str, fetch: Fetch | None = None, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self.issuer = issuer
        self._fetch = fetch or fetch_json
        self._monotonic = monotonic
        self._asking = threading.Lock()
        self._keys: Mapping[str, PublicKey] = {}
        self._fetched = self._tried = float("-inf")

    def key(self, kid: str) -> PublicKey:
        """The key of this id. Raises `CredentialInvalid`, or `ProviderUnavailable` where nobody knows."""
        now = self._monotonic()
        if kid not in self._keys or now - self._fetched >= KEEP:
            self._refresh(now, patiently=kid not in self._keys)
        if (found := self._keys.get(kid)) is not None and now - self._fetched < STALE:
            return found
        if self._fetched < self._tried:
            raise ProviderUnavailable(policies.KEYS_NOT_FETCHED, issuer=self.issuer)
        raise CredentialInvalid(credentials.KEY_NOT_PUBLISHED)

    def _refresh(self, now: float, *, patiently: bool) -> None:
        """Asks the provider, unless it was asked just now. Who knows the key does not wait for others."""
        if not self._asking.acquire(timeout=2 * TIMEOUT if patiently else 0):
            return
        try:
            if now - self._tried < PAUSE:
                return
            self._tried = now
            self._keys, self._fetched = self._published(), now
        except (BadShape, Unreachable) as error:
            log.warning("the keys of %s: %s", self.issuer, error.message)
        finally:
            self._asking.release()

    def _published(self) -> Mapping[str, PublicKey]:
        found = self._fetch(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if not isinstance(found, dict) or found.get("issuer") != self.issuer:
            raise BadShape(policies.OTHER_DISCOVERY)
        address = found.get("jwks_uri")
        if not isinstance(address, str):
            raise BadShape(policies.NO_JWKS_URI)
        return read_keys(self._fetch(check_origin(address)))


def read_keys(found: Any) -> Mapping[str, PublicKey]:
    """The keys of a JWK Set (RFC 7517 §5) that may verify a token. Raises `BadShape`.

    Left out, as if they were not there: symmetric keys, private ones (what is published signs for
    everybody), keys for encryption, short ones, and those whose `kid` is missing or not their own.
    """
    keys = found.get("keys") if isinstance(found, dict) else None
    if not isinstance(keys, list) or len(keys) > MAX_KEYS:
        raise BadShape(policies.TOO_MANY_KEYS, limit=MAX_KEYS)
    named = [key for key in keys if isinstance(key, dict) and isinstance(key.get("kid"), str)]
    times = Counter(key["kid"] for key in named)
    usable = {key["kid"]: _public_key(key) for key in named if times[key["kid"]] == 1}
    return {kid: key for kid, key in usable.items() if key is not None}


def _public_key(key: dict[str, Any]) -> PublicKey | None:
    kind = _TYPES.get(str(key.get("kty")))
    if kind is None or "d" in key or "k" in key or key.get("use", "sig") != "sig":
        return None
    operations = key.get("key_ops", ["verify"])
    if not isinstance(operations, list) or "verify" not in operations:
        return None
    if kind is RSAKey and len(str(key.get("n"))) < _RSA_LETTERS:
        return None
    try:
        made = kind.import_key({name: value for name, value in key.items() if name not in {"use", "key_ops"}})
        short = isinstance(made, RSAKey) and made.raw_value.key_size < RSA_BITS
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    return None if short else made


def fetch_json(url: str) -> Any:
    """What is at an address. Raises `Unreachable`, or `BadShape` for what is no JSON."""
    endpoint = Endpoint(url, limit=LARGEST)
    try:
        answer = endpoint.get(timeout=TIMEOUT)
    finally:
        endpoint.close()
    if answer.status != 200:
        raise Unreachable(policies.ANSWERS_WITH, url=url, status=answer.status)
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        raise BadShape(policies.NOT_JSON, url=url) from None


def check_origin(url: str) -> str:
    """The address if nobody on the way can answer in its place: https, or this machine. Raises `BadShape`."""
    try:
        found = urlsplit(url)
        host = found.hostname or ""
    except ValueError:
        raise BadShape(policies.NO_ADDRESS, url=url) from None
    if found.scheme == "https" and host:
        return url
    if found.scheme == "http" and (host == "localhost" or is_loopback(host)):
        return url
    raise BadShape(policies.ADDRESS_IS, url=url)
