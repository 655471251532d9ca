"""The roles, and what a credential grants.

===========  ==========================================================================================
registrar    registers people, keys and bodies
clerk        runs procedures, and reads everything
chair        chairs a body: opens, closes, determines, and reads everything
member       votes and declares; reads the procedures in which it has a seat
portal       passes on what members sign, and attests who they are
auditor      reads everything, and writes nothing
operator     looks after the service, and reads nothing of what is decided
public       everybody else, as far as `access.toml` lets them in; no token has this role
===========  ==========================================================================================

These are roles of a caller. What a *signer* may do is decided by the register (`ledger.domain`): a write
needs both.
"""

from __future__ import annotations

from dataclasses import dataclass

REGISTRAR, CLERK, CHAIR, MEMBER = "registrar", "clerk", "chair", "member"
PORTAL, AUDITOR, OPERATOR, PUBLIC = "portal", "auditor", "operator", "public"

ROLES = frozenset({REGISTRAR, CLERK, CHAIR, MEMBER, PORTAL, AUDITOR, OPERATOR})
"""What a credential may grant."""

NEVER = "9999-12-31T23:59:59.999Z"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a credential grants."""

    name: str
    """What it is called in the log of the service: never the credential itself."""
    roles: frozenset[str]
    subject: str | None = None
    """Id of the person or service in the register for whom it stands; None: for an office or a program."""
    expires: str = NEVER
    """From this instant on it grants nothing: UTC, as entries write times."""

    @property
    def public(self) -> bool:
        """Whether it reads what everybody may, and nothing else."""
        return self.roles == {PUBLIC}

    @property
    def narrow(self) -> bool:
        """Whether it reads only what concerns its subject: no other role of it reads what is decided."""
        return self.roles <= {MEMBER, OPERATOR, PUBLIC} and MEMBER in self.roles


HERE = Grant("this machine", ROLES)
"""Whoever is on this machine, while nobody has said who may do what."""

EVERYBODY = Grant("everybody", frozenset({PUBLIC}))
"""As much as the public may: for answers that are made once for all of it."""

NOBODY = Grant("nobody", frozenset())
