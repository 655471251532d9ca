"""Logging in from the command line: the device authorization grant (RFC 8628), and the token that it gives.

A token is kept in the user's data folder, for nobody else to read, under the address of the service for
which it was asked: it is sent to no other one.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from api.access.provider_keys import LARGEST, TIMEOUT, check_origin, fetch_json
from api.access.sentences import credentials, policies
from api.clock import utc_now
from ledger import settings
from ledger.errors import BadShape, LoginRefused, Unreachable
from ledger.publish.endpoint import Endpoint
from ledger.storage.directories import replace_file

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code"
SLOWER = 5.0
"""Seconds that are added whenever the provider asks for it (RFC 8628 §3.5)."""
LONGEST = 1800.0
"""Seconds for which a login is waited for, whatever the provider says."""


class Client(NamedTuple):
    """Who asks, and for what."""

    issuer: str
    client_id: str
    scope: str
    resource: str | None
    """The audience that the token must name (RFC 8707)."""


class Asked(NamedTuple):
    """What is shown to the person who logs in."""

    code: str
    address: str
    whole_address: str | None
    """With the code in it already."""


def log_in(client: Client, tell: Callable[[Asked], None], wait: Callable[[float], None]) -> dict[str, Any]:
    """Asks for a token, and waits until somebody has confirmed it in a browser; returns the answer.

    `tell` shows the code; `wait` sleeps for so many seconds. Raises `LoginRefused`, `Unreachable` or
    `BadShape`.
    """
    found = fetch_json(f"{check_origin(client.issuer).rstrip('/')}/.well-known/openid-configuration")
    if not isinstance(found, dict) or found.get("issuer") != client.issuer:
        raise BadShape(policies.OTHER_ISSUER, issuer=client.issuer)
    wanted = {"client_id": client.client_id, "scope": client.scope, "resource": client.resource}
    status, started = _post(_address(found, "device_authorization_endpoint"), wanted)
    if status != 200:
        raise LoginRefused(credentials.PROVIDER_REFUSES, error=_error(started))
    tell(_asked(started))
    form = {
        "grant_type": GRANT_TYPE,
        "device_code": started.get("device_code"),
        "client_id": client.client_id,
    }
    left = min(_seconds(started, "expires_in", LONGEST), LONGEST)
    return _poll(_address(found, "token_endpoint"), form, _seconds(started, "interval", 5.0), left, wait)


def _poll(
    address: str, form: Mapping[str, Any], pause: float, left: float, wait: Callable[[float], None]
) -> dict[str, Any]:
    while left > 0:
        wait(pause)
        left -= pause
        status, answer = _post(address, form)
        if status == 200 and isinstance(answer.get("access_token"), str):
            return answer
        error = _error(answer)
        if error == "slow_down":
            pause += SLOWER
        elif error != "authorization_pending":
            raise LoginRefused(credentials.PROVIDER_REFUSES, error=error)
    raise LoginRefused(credentials.NOT_CONFIRMED)


def keep_login(url: str, answer: Mapping[str, Any]) -> Path:
    """Keeps a token for the service at `url`, mode 0600. Raises `BadShape`."""
    path = _place(check_origin(url))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = {"url": url.rstrip("/"), "access_token": answer["access_token"], "kept_at": utc_now()}
    replace_file(path, json.dumps(kept).encode())
    return path


def kept_login(url: str) -> str | None:
    """The token that was kept for this service, if there is one."""
    try:
        found = json.loads(_place(url).read_bytes())
    except (OSError, ValueError):
        return None
    own = isinstance(found, dict) and found.get("url") == url.rstrip("/")
    return str(found["access_token"]) if own else None


def forget_login(url: str) -> bool:
    """Forgets the token for this service; whether there was one."""
    try:
        os.unlink(_place(url))
    except FileNotFoundError:
        return False
    return True


def _place(url: str) -> Path:
    name = hashlib.sha256(url.rstrip("/").encode()).hexdigest()[:32]
    return settings.data_home() / "stimmbuch" / "logins" / f"{name}.json"


def _post(address: str, form: Mapping[str, str | None]) -> tuple[int, dict[str, Any]]:
    body = urlencode({name: value for name, value in form.items() if value is not None}).encode()
    endpoint = Endpoint(address, limit=LARGEST)
    try:
        answer = endpoint.post(body, "application/x-www-form-urlencoded", timeout=10 * TIMEOUT)
    finally:
        endpoint.close()
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise Unreachable(policies.ANSWERS_WITHOUT_JSON, address=address, status=answer.status) from None
    return answer.status, found if isinstance(found, dict) else {}


def _asked(started: Mapping[str, Any]) -> Asked:
    code, address = started.get("user_code"), started.get("verification_uri")
    if not isinstance(code, str) or not isinstance(address, str) or "device_code" not in started:
        raise LoginRefused(credentials.NO_CODE_AND_ADDRESS)
    whole = started.get("verification_uri_complete")
    return Asked(_plain(code), _plain(address), _plain(whole) if isinstance(whole, str) else None)


def _plain(text: str) -> str:
    """What is shown at a terminal must not steer it."""
    return "".join(letter for letter in text[:500] if letter.isprintable())


def _address(found: Mapping[str, Any], name: str) -> str:
    if not isinstance(address := found.get(name), str):
        raise LoginRefused(credentials.PROVIDER_HAS_NO, name=name)
    return check_origin(address)


def _seconds(found: Mapping[str, Any], name: str, default: float) -> float:
    value = found.get(name, default)
    usable = isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0
    return float(value) if usable else default


def _error(answer: Mapping[str, Any]) -> str:
    return _plain(str(answer.get("error", "no reason given")))
