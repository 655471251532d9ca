"""An issuer of access tokens in this process: its keys on loopback, its tokens as they are asked for.

::

    with Issuer() as issuer:
        issuer.token(roles=["ledger:audit"])                   # a good one; any claim may be named
        issuer.token(header={"alg": "none"}, exp=0)            # … and any member of the header
        issuer.answers["/jwks"] = (500, b"")                   # what it answers from now on
        issuer.asked                                           # what was fetched, in order
"""

from __future__ import annotations

import json
import threading
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

AUDIENCE = "https://ledger.example.org/v1/ledgers/town"
DISCOVERY = "/.well-known/openid-configuration"
Key = ECKey | OKPKey | RSAKey | OctKey


class Issuer:
    """See the manual at the top of this file."""

    def __init__(self, now: str = "2026-03-02T08:00:00.000Z") -> None:
        self.now = int(datetime.fromisoformat(now).timestamp())
        self.keys: dict[str, Key] = {}
        self.asked: list[str] = []
        self.answers: dict[str, tuple[int, bytes]] = {}
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                issuer.asked.append(self.path)
                status, body = issuer.answers.get(self.path, (404, b""))
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self.add("es1", ECKey.generate_key("P-256"))

    def add(self, kid: str, key: Key, **members: Any) -> None:
        """Publishes one more key, with these members beside it."""
        self.keys[kid] = key
        self.publish({**key.as_dict(private=False), "kid": kid, **members})

    def publish(self, *added: dict[str, Any], instead: bool = False) -> None:
        """Publishes these keys (JWK) beside, or instead of, those that are published."""
        kept = [] if instead or "/jwks" not in self.answers else json.loads(self.answers["/jwks"][1])["keys"]
        self.answers["/jwks"] = 200, json.dumps({"keys": [*kept, *added]}).encode()
        self.describe()

    def describe(self, **changed: Any) -> None:
        """Answers with a discovery document again."""
        found = {"issuer": self.url, "jwks_uri": f"{self.url}/jwks", **changed}
        self.answers[DISCOVERY] = 200, json.dumps(found).encode()

    def token(self, *, kid: str = "es1", header: dict[str, Any] | None = None, **claims: Any) -> str:
        """A token; what is named is in it as it is, and None leaves it out."""
        good = {
            "iss": self.url,
            "aud": AUDIENCE,
            "sub": "somebody",
            "iat": self.now,
            "exp": self.now + 600,
            "roles": ["ledger:audit"],
        }
        written = {"alg": "ES256", "typ": "at+jwt", "kid": kid, **(header or {})}
        shown = {name: value for name, value in {**good, **claims}.items() if value is not None}
        registry = JWSRegistry(algorithms=list(JWSRegistry.algorithms), strict_check_header=False)
        wanted = {name: value for name, value in written.items() if value is not None}
        return jwt.encode(wanted, shown, self.keys[kid], registry=registry, default_type=None)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
