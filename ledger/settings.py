"""What the process environment says. The only place that reads it, beside the command line's own options."""

from __future__ import annotations

import os
from pathlib import Path

CREDENTIAL = "stimmbuch-passphrase"
"""Name of the systemd credential that holds the passphrase (`LoadCredential=`)."""


def passphrase_file() -> Path | None:
    """Where the passphrase of encrypted keys stands, if the environment says so.

    `$CREDENTIALS_DIRECTORY/stimmbuch-passphrase`, else what `STIMMBUCH_PASSPHRASE_FILE` names.
    """
    credentials = os.environ.get("CREDENTIALS_DIRECTORY")
    if credentials and (path := Path(credentials) / CREDENTIAL).is_file():
        return path
    named = os.environ.get("STIMMBUCH_PASSPHRASE_FILE")
    return Path(named) if named else None


def token_file() -> Path | None:
    """Where the bearer token for a service stands that is called over HTTP (`STIMMBUCH_TOKEN_FILE`)."""
    named = os.environ.get("STIMMBUCH_TOKEN_FILE")
    return Path(named) if named else None


def variable(name: str) -> str | None:
    """What the environment says under this name; None for nothing, and for an empty text."""
    return os.environ.get(name) or None


def tell_children(name: str, value: str) -> None:
    """Puts a value into the environment of this process and of those that it starts."""
    os.environ[name] = value


def language() -> str:
    """In which language the command line says what was wrong (`STIMMBUCH_LANG`): `de`, else `en`."""
    return "de" if os.environ.get("STIMMBUCH_LANG", "").lower().startswith("de") else "en"


def data_home() -> Path:
    """The user's folder for data (`XDG_DATA_HOME`)."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def command_name() -> str:
    """How the command is called in what is printed for people (`STIMMBUCH`)."""
    return os.environ.get("STIMMBUCH", "stimmbuch")
