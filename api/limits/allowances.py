"""How much one client may send and ask about one procedure: who floods it is slowed down there, and alone.

The client is whoever was granted (`api.access`), and where no credential was shown, an address as in
`api.limits.limiter`. What is sent, what is prepared and what is looked at are counted apart: whoever looks
keeps no vote out. Whether there is such a procedure is not asked: the answer would tell it to those who must
not know. Reads that are cheap, and polled, are not counted. Off unless configured: behind the token of one
portal may sit a whole council.
"""

from __future__ import annotations

import math
import time
from pathlib import Path
from wsgiref.types import WSGIEnvironment

from flask import request

from api.access.layer import CALL, GRANT
from api.access.roles import HERE, PUBLIC, Grant
from api.errors import AsksTooMuch
from api.limits.buckets import Buckets
from api.limits.limiter import caller_of

SENT, PREPARED, LOOKED_AT = "sent", "prepared", "looked at"
"""What is counted apart."""

FILES = frozenset({"show_oparl_file", "download_oparl_file"})
"""Calls for a file in OParl, whose name begins with its procedure's: the resolution is made for them."""

DEAR = FILES | {
    *("get_history", "list_votes", "get_participation", "show_procedure"),
    *("get_report_pdf", "get_report_html", "get_report_json", "get_report_csv", "get_resolution"),
}
"""Calls that cost as much as there are entries or votes; every other one does so with `?at=`."""

ROWS = 8192
"""Of the table: there are more pairs of client and procedure than addresses."""


class Allowances:
    """Of the clients of one service, for each procedure. Safe for many threads."""

    def __init__(self, rate: float, burst: int, proxies: int, together: Path | None) -> None:
        """`rate`: requests a second, 0: no limit; `together`: where the processes count. Raises `OSError`."""
        file = together and together / "asked-about-procedures"
        self._buckets = Buckets(rate, burst, time.monotonic, file, rows=ROWS) if rate else None
        self._proxies = proxies

    def spend(self, environ: WSGIEnvironment, ledger: str, procedure: object, what: str) -> None:
        """Counts a request about a procedure of this ledger, if it names one. Raises `AsksTooMuch`."""
        if self._buckets is None or not isinstance(procedure, str):
            return
        client = _client(environ[GRANT], environ, self._proxies)
        if client is None:
            return
        if wait := self._buckets.take(f"{what}\n{ledger}\n{procedure}\n{client}"):
            raise AsksTooMuch(procedure, math.ceil(wait))

    def spend_look(self, ledger: str) -> None:
        """Counts the read of this ledger that Flask is about to serve, if it is a dear one.

        Raises `AsksTooMuch`.
        """
        if self._buckets is None:
            return
        call, environ = request.environ[CALL], request.environ
        if call.name in FILES:
            self.spend(environ, ledger, call.address["name"].partition(".")[0], LOOKED_AT)
        elif "procedure" in call.address and (call.name in DEAR or "at" in request.args):
            self.spend(environ, ledger, str(call.address["procedure"]), LOOKED_AT)


def _client(grant: Grant, environ: WSGIEnvironment, proxies: int) -> str | None:
    """Who asks, and no grant reads like an address. None where an address cannot be known."""
    if grant is HERE or grant.roles <= {PUBLIC}:
        return caller_of(environ, proxies)
    return f"granted\n{grant.name}"
