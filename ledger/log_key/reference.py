"""How a log key is named: a path to a file, or a PKCS#11 URI (RFC 7512).

::

    log.key                                                       in the folder of the ledger's keys
    /run/credentials/stimmbuch.service/log.key                    a systemd credential is just a path
    pkcs11:token=council;object=log?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=/etc/stimmbuch/pin

Of a URI's attributes these are known: `token`, `serial`, `object`, `id`, `type=private`; `module-path` and
`pin-source` behind the question mark. `pin-value` is refused: this text stands in a file and in lists of
processes. Without `pin-source` the PIN comes from where passphrases come from.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes

from ledger.errors import BadShape
from ledger.log_key import sentences

SCHEME = "pkcs11:"

_PATH = ("token", "serial", "object", "id", "type")
_QUERY = ("module-path", "pin-source")


@dataclass(frozen=True)
class TokenReference:
    """A private key in a token."""

    text: str
    module: Path
    """The library that talks to the token."""
    token: str | None
    serial: str | None
    label: str | None
    id: bytes | None
    pin_source: Path | None


def is_token(reference: str) -> bool:
    """Whether the key lies in a token, not in a file."""
    return reference.startswith(SCHEME)


def parse_token_reference(text: str) -> TokenReference:
    """The key that a PKCS#11 URI names. Raises `BadShape`."""
    path, _, query = text.removeprefix(SCHEME).partition("?")
    found = _attributes(path, ";", _PATH) | _attributes(query, "&", _QUERY)
    if "module-path" not in found:
        raise BadShape(sentences.MODULE_MISSING)
    if not found.keys() & {"object", "id"} or not found.keys() & {"token", "serial"}:
        raise BadShape(sentences.TOKEN_AND_KEY)
    if found.get("type", b"private") != b"private":
        raise BadShape(sentences.TYPE_PRIVATE)
    texts = {name: value.decode("utf-8", "replace") for name, value in found.items()}
    return TokenReference(
        text,
        Path(texts["module-path"]),
        texts.get("token"),
        texts.get("serial"),
        texts.get("object"),
        found.get("id"),
        Path(texts["pin-source"].removeprefix("file:")) if "pin-source" in texts else None,
    )


def _attributes(text: str, between: str, known: tuple[str, ...]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for part in text.split(between) if text else ():
        name, equals, value = part.partition("=")
        if not equals or not value or name in found:
            raise BadShape(sentences.PAIRS, part=part)
        if name not in known:
            raise BadShape(sentences.UNKNOWN_ATTRIBUTE, name=name, known=", ".join(known))
        found[name] = unquote_to_bytes(value)
    return found
