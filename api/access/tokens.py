"""Our own bearer tokens: random, bounded in time, and stored as a digest only.

A token is `stb_` and 256 random bits in base64url. It is shown once, when it is made; the file
`access-tokens.json` in the ledger's home holds its SHA-256. A fast digest is enough: nothing can be guessed.
The file is replaced as a whole, so a reader finds it as it was before or after a change, also after a crash.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from api.access.roles import MEMBER, ROLES, Grant
from api.access.sentences import credentials, policies
from ledger.errors import AccessUnusable, BadArgument, BadShape, Invalid, NameTaken, NotFound
from ledger.proof import shapes
from ledger.proof.encoding import parse_json
from ledger.rfc3339 import utc
from ledger.storage.directories import locked_directory, replace_file

FILE = "access-tokens.json"
LONGEST = 400
"""Days. There is no token for ever: who holds it changes, and nobody remembers."""

_TOKEN = re.compile(r"stb_[A-Za-z0-9_-]{43}")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_LIMIT = 4 * 2**20


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token. Times are UTC, as entries write them."""

    name: str
    sha256: str
    """Of the whole token, hexadecimal."""
    ledger: str
    """Origin of the ledger for which it was made: a copied file grants nothing elsewhere."""
    roles: tuple[str, ...]
    subject: str | None
    """Id of the person or service that it stands for."""
    created: str
    expires: str
    revoked: str | None = None


class Wish(NamedTuple):
    """What a new token is for."""

    name: str
    roles: tuple[str, ...]
    subject: str | None
    days: int


def is_token(text: str) -> bool:
    """Whether this looks like one of our tokens."""
    return _TOKEN.fullmatch(text) is not None


def digest_of(token: str) -> str:
    """Under which a token is kept."""
    return hashlib.sha256(token.encode("ascii")).hexdigest()


def grants(origin: str, data: bytes | None) -> Mapping[str, Grant] | None:
    """Digest → what it grants, from the file's content; None where there is no file. Raises `BadShape`.

    Revoked tokens and those of other ledgers are left out.
    """
    if data is None:
        return None
    return {
        token.sha256: Grant(token.name, frozenset(token.roles), token.subject, token.expires)
        for token in read_tokens(data)
        if token.revoked is None and token.ledger == origin
    }


def read_tokens(data: bytes) -> list[Token]:
    """The tokens in a file's content, in the order in which they were made. Raises `BadShape`."""
    try:
        found = parse_json(data, limit=_LIMIT)
        if not isinstance(found, dict) or found.get("v") != 1:
            raise BadShape(credentials.NO_FILE_OF_TOKENS)
        return [_checked(Token(**{**token, "roles": tuple(token["roles"])})) for token in found["tokens"]]
    except (KeyError, TypeError) as error:
        raise BadShape(credentials.OTHER_MEMBERS, error=type(error).__name__) from None


def list_tokens(home: Path) -> list[Token]:
    """All tokens of a ledger, ended ones too. Raises `AccessUnusable`."""
    path = home / FILE
    try:
        return read_tokens(path.read_bytes()) if path.exists() else []
    except Invalid as error:
        raise AccessUnusable(policies.FILE_IS_WRONG, path=path, error=error) from None


def create_token(home: Path, origin: str, wish: Wish, now: str) -> tuple[str, Token]:
    """Makes a token; the text is kept nowhere.

    Raises `BadArgument`, `NameTaken` for a name that was used before, or `AccessUnusable`.
    """
    text = f"stb_{secrets.token_urlsafe(32)}"
    if not 1 <= wish.days <= LONGEST:
        raise BadArgument(credentials.TOKEN_LIVES, longest=LONGEST)
    expires = datetime.fromisoformat(now) + timedelta(days=wish.days)
    made = Token(
        wish.name,
        digest_of(text),
        origin,
        tuple(sorted(set(wish.roles))),
        wish.subject,
        now,
        utc(expires),
    )
    with locked_directory(home):
        kept = list_tokens(home)
        if any(token.name == made.name for token in kept):
            raise NameTaken(credentials.NAME_TAKEN, name=made.name)
        _write(home, [*kept, _possible(made)])
    return text, made


def revoke_token(home: Path, name: str, now: str) -> Token:
    """Ends a token; ended ones stay on the list. Raises `NotFound` or `AccessUnusable`."""
    with locked_directory(home):
        kept = list_tokens(home)
        found = next((token for token in kept if token.name == name), None)
        if found is None:
            raise NotFound(credentials.NO_TOKEN_CALLED, name=name)
        ended = found if found.revoked else replace(found, revoked=now)
        _write(home, [ended if token is found else token for token in kept])
    return ended


def _write(home: Path, tokens: list[Token]) -> None:
    content: dict[str, Any] = {"v": 1, "tokens": [asdict(token) for token in tokens]}
    replace_file(home / FILE, (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode())


def _possible(token: Token) -> Token:
    """The token if it can be made. Raises `BadArgument`."""
    try:
        return _checked(token)
    except Invalid as error:
        raise BadArgument(error) from None


def _checked(token: Token) -> Token:
    """The token if its values are possible. Raises `BadShape`."""
    if not _NAME.fullmatch(token.name):
        raise BadShape(credentials.A_NAME_IS)
    if not token.roles or not ROLES.issuperset(token.roles):
        raise BadShape(credentials.A_ROLE_NEEDED, roles=", ".join(sorted(ROLES)))
    if MEMBER in token.roles and token.subject is None:
        raise BadShape(credentials.SUBJECT_NEEDED)
    if token.subject is not None:
        shapes.identifier(token.subject)
    shapes.sha256_hex(token.sha256)
    for time in (token.created, token.expires, *([token.revoked] if token.revoked else [])):
        shapes.time(time)
    return token
