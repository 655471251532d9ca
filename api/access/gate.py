"""From what a request shows to what it may: one gate for each ledger."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from wsgiref.types import WSGIEnvironment

from api.access import policy, tokens
from api.access.local import is_direct, require_direct, require_loopback
from api.access.policy import Policy
from api.access.roles import HERE, NOBODY, OPERATOR, Grant
from api.access.sentences import credentials
from api.access.table import Who
from api.access.watched import Watched
from ledger.errors import AccessUnusable, CredentialInvalid, CredentialMissing, OtherSubject, RoleMissing

_BEARER = re.compile(r"bearer ([A-Za-z0-9._~+/-]{1,8192}=*)", re.IGNORECASE)
"""RFC 6750 §2.1. A header that came twice is joined with a comma, which is in no token."""

_ON_THIS_MACHINE = Grant("this machine", frozenset({OPERATOR}))


class Gate:
    """Who may do what in one ledger, as the files in its home say at this moment."""

    def __init__(self, home: Path, origin: str, clock: Callable[[], str]) -> None:
        """`clock` gives UTC as entries write it."""
        self._clock = clock
        self._policy = Watched(home / policy.FILE, policy.read_policy)
        self._tokens = Watched(home / tokens.FILE, partial(tokens.grants, origin))
        self._seen = False

    def policy(self) -> Policy:
        """What `access.toml` says now. Raises `AccessUnusable`."""
        return self._policy.now() or Policy()

    def configured(self) -> bool:
        """Whether somebody has said who may do what. Raises `AccessUnusable`."""
        # Both are looked at each time: or it would depend on the process whether a broken one counts.
        policy_now, tokens_now = self._policy.now(), self._tokens.now()
        # Once seen, it stays so: a file that is deleted while the service runs opens nothing.
        self._seen = self._seen or policy_now is not None or tokens_now is not None
        return self._seen

    def require_reachable(self, host: str) -> None:
        """Returns if the service may listen at `host`. Raises `AccessNotConfigured` or `AccessUnusable`."""
        if not self.configured():
            require_loopback(host)

    def admit(self, environ: WSGIEnvironment, who: Who, address: Mapping[str, object]) -> Grant:
        """What the caller is granted, if it is enough for this call; `address` holds the parts of its path.

        Raises `Denied`, `AccessUnusable` or `ProviderUnavailable`.
        """
        if not self._configured_for(who):
            require_direct(environ)
            return HERE if who.roles or who.everybody else _require(NOBODY, who, address)
        if who.everybody:
            return NOBODY
        shown = environ.get("HTTP_AUTHORIZATION")
        if shown is None:
            return self._without(environ, who, address)
        return _require(self._grant(shown), who, address)

    def _configured_for(self, who: Who) -> bool:
        try:
            return self.configured()
        except AccessUnusable:
            if who.everybody:  # a slip in a file is no reason to restart the process, as a probe would
                return True
            raise

    def _without(self, environ: WSGIEnvironment, who: Who, address: Mapping[str, object]) -> Grant:
        if who.here and is_direct(environ):
            return _ON_THIS_MACHINE
        anybody = self.policy().anonymous
        if anybody.roles.isdisjoint(who.roles):
            raise CredentialMissing(credentials.TOKEN_NEEDED)
        return _require(anybody, who, address)

    def _grant(self, shown: str) -> Grant:
        if not (match := _BEARER.fullmatch(shown)):
            raise CredentialInvalid(credentials.HEADER_IS)
        text, now = match[1], self._clock()
        if tokens.is_token(text):
            found = (self._tokens.now() or {}).get(tokens.digest_of(text), NOBODY)
        else:
            found = self.policy().grant(text, now)
        if found is NOBODY or now >= found.expires:
            raise CredentialInvalid(credentials.TOKEN_UNKNOWN)
        return found


def _require(grant: Grant, who: Who, address: Mapping[str, object]) -> Grant:
    """The grant, if it is enough. Raises `RoleMissing` or `OtherSubject`."""
    if grant.roles.isdisjoint(who.roles):
        raise RoleMissing(credentials.CALL_IS_FOR, roles=", ".join(sorted(who.roles)) or credentials.NOBODY)
    if who.own and grant.narrow and address.get(who.own) != grant.subject:
        raise OtherSubject(credentials.ADDRESS_OF_ANOTHER, subject=grant.subject)
    return grant
