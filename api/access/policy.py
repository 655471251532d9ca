"""`access.toml` in a ledger's home: what the public may do, and whose tokens count beside our own.

::

    [anonymous]
    roles = ["public"]                  # without it, nobody is let in without a token

    [[provider]]                        # an OpenID Connect provider; there may be several
    issuer = "https://login.example.org/realms/council"
    audience = "https://ledger.example.org/v1/ledgers/town"
    algorithms = ["ES256", "RS256"]
    role_claim = "realm_access.roles"   # default: scope
    subject_claim = "stimmbuch_id"      # the register's id of the person; default: none
    leeway = 30                         # seconds
    [provider.roles]
    "ledger:audit" = ["auditor"]
    "council-member" = ["member"]

What is not known is refused, not skipped: a misspelt line must not let anybody in.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from api.access.access_token import ALGORITHMS, AccessTokens, Provider, issuer_of
from api.access.provider_keys import ProviderKeys, check_origin
from api.access.roles import NOBODY, PUBLIC, ROLES, Grant
from api.access.sentences import credentials, policies
from api.access.tokens import digest_of
from ledger.errors import BadShape, CredentialInvalid

FILE = "access.toml"
MAX_LEEWAY = 300

_MAY = {"issuer", "audience", "algorithms", "roles", "role_claim", "subject_claim", "leeway"}
_MUST = {"issuer", "audience", "algorithms", "roles"}


@dataclass(frozen=True)
class Policy:
    """What the file says."""

    anonymous: Grant = NOBODY
    providers: Mapping[str, AccessTokens] = field(default_factory=dict)

    def grant(self, token: str, now: str) -> Grant:
        """What a provider's token grants. Raises what `AccessTokens.grant` does."""
        digest = digest_of(token)
        for provider in self.providers.values():  # one or two; before anything is decoded
            if (known := provider.known(digest)) is not None:
                return known
        issuer = issuer_of(token)
        found = self.providers.get(issuer) if isinstance(issuer, str) else None
        if found is None:
            raise CredentialInvalid(credentials.ISSUER_DOES_NOT_COUNT)
        return found.grant(token, now)


def read_policy(data: bytes | None) -> Policy | None:
    """What the file's content says; None where there is no file. Raises `BadShape`."""
    if data is None:
        return None
    try:
        found = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadShape(policies.NOT_TOML, error=error) from None
    _require_keys(found, {"anonymous", "provider"}, set(), "the file")
    providers = found.get("provider", [])
    if not isinstance(providers, list):
        raise BadShape(policies.PROVIDERS_ARE)
    made = [_provider(one) for one in providers]
    if len({one.issuer for one in made}) < len(made):
        raise BadShape(policies.ISSUER_TWICE)
    return Policy(
        _anonymous(found.get("anonymous", {})),
        {one.issuer: AccessTokens(one, ProviderKeys(one.issuer)) for one in made},
    )


def _anonymous(found: Any) -> Grant:
    _require_keys(found, {"roles"}, set(), "anonymous")
    roles = _texts(found.get("roles", []), "anonymous.roles")
    if not roles <= {PUBLIC}:
        raise BadShape(policies.ANONYMOUS_IS, public=PUBLIC)
    return Grant("anybody", roles)


def _provider(found: Any) -> Provider:
    _require_keys(found, _MAY, _MUST, "provider")
    algorithms = _texts(found["algorithms"], "algorithms")
    if not algorithms or not algorithms <= ALGORITHMS.keys():
        raise BadShape(policies.ALGORITHMS_ARE, known=", ".join(ALGORITHMS))
    leeway = found.get("leeway", 30)
    if isinstance(leeway, bool) or not isinstance(leeway, int) or not 0 <= leeway <= MAX_LEEWAY:
        raise BadShape(policies.LEEWAY_IS, limit=MAX_LEEWAY)
    if not isinstance(found["roles"], dict):
        raise BadShape(policies.ROLES_ARE_A_TABLE)
    return Provider(
        check_origin(_word(found["issuer"], "issuer")),
        _word(found["audience"], "audience"),
        algorithms,
        {name: _roles(roles, name) for name, roles in found["roles"].items()},
        _word(found.get("role_claim", "scope"), "role_claim"),
        _word(found["subject_claim"], "subject_claim") if "subject_claim" in found else None,
        leeway,
    )


def _roles(found: Any, name: str) -> frozenset[str]:
    roles = _texts(found, f"roles.{name}")
    if not roles <= ROLES:
        raise BadShape(policies.ROLES_ARE, name=name, known=", ".join(sorted(ROLES)))
    return roles


def _require_keys(found: Any, may: set[str], must: set[str], where: str) -> None:
    if not isinstance(found, dict):
        raise BadShape(policies.A_TABLE, where=where)
    if unknown := sorted(found.keys() - may):
        raise BadShape(policies.NOT_KNOWN, where=where, name=unknown[0])
    if missing := sorted(must - found.keys()):
        raise BadShape(policies.NEEDED, where=where, name=missing[0])


def _texts(found: Any, where: str) -> frozenset[str]:
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise BadShape(policies.A_LIST, where=where)
    return frozenset(found)


def _word(found: Any, where: str) -> str:
    if not isinstance(found, str) or not found:
        raise BadShape(policies.A_TEXT, where=where)
    return found
