"""How a command calls a running service: with a token where one is at hand, never through another host."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import click

from api.access.provider_keys import check_origin
from ledger import settings
from ledger.errors import BadShape
from ledger.proof.encoding import parse_json

LARGEST = 1 << 20
MAX_TOKEN = 8192

token_option = click.option(
    "--token-file",
    type=click.Path(dir_okay=False),
    help="With --url: the file with the bearer token (or STIMMBUCH_TOKEN_FILE, or `stimmbuch login`).",
)


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an error: it would take the token to another host."""

    def redirect_request(self, *_: Any) -> None:
        """No request follows."""


def post(url: str, path: str, body: Any, token_file: str | None) -> tuple[int, Any]:
    """Status and JSON of the answer. Raises `BadShape` for what is no address or no token."""
    if not url.startswith(("http://", "https://")):
        raise BadShape(f"--url is http://… or https://…, not {url!r}")
    headers = {"Content-Type": "application/json"}
    if token := token_for(url, token_file):
        check_origin(url)  # a token is not sent where anybody can read it
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(  # noqa: S310 the scheme has just been checked
        url + path, json.dumps(body).encode("utf-8"), headers, method="POST"
    )
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=60) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, _problem(error)
    except (OSError, ValueError) as error:
        return 503, {"code": "unreachable", "detail": f"{url} cannot be reached: {error}"}


def _problem(error: urllib.error.HTTPError) -> Any:
    if error.headers.get_content_type() == "application/problem+json":
        return parse_json(error.read(LARGEST), limit=LARGEST)
    return {"code": f"http-{error.code}", "status": error.code, "detail": error.reason}


def token_for(url: str, token_file: str | None) -> str | None:
    """The token for a service: from a file, the environment, or the login there. Raises `BadShape`."""
    from api.access.login import kept_login

    path = Path(token_file) if token_file else settings.token_file()
    return read_token(path) if path else kept_login(url)


def read_token(path: Path) -> str:
    """The token in a file. Raises `BadShape`."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_TOKEN + 2)
    except OSError as error:
        raise BadShape(f"the token file {path} cannot be read: {error.strerror}") from None
    text = data.removesuffix(b"\n").removesuffix(b"\r")
    if (
        not text
        or len(text) > MAX_TOKEN
        or not text.isascii()
        or not text.decode().isprintable()
        or b" " in text
    ):
        raise BadShape(f"{path} holds no token: one line of printable characters is expected")
    return text.decode("ascii")
