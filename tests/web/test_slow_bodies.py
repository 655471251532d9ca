"""Does the service stay there for others while one caller announces bodies that do not come?"""

from __future__ import annotations

import json
import socket
from contextlib import ExitStack, closing
from pathlib import Path

from tests.support.builders import LedgerBuilder
from tests.support.followers import until
from tests.support.places import Place
from tests.support.running import RunningService

LEDGER = "/v1/ledgers/town"
HEAD = (
    f"POST {LEDGER}/statements HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    "Content-Length: 500\r\n\r\n{"
).encode()
SLOW = 24
"""Connections, more than the service has threads."""


def test_who_announces_bodies_and_sends_none_does_not_stop_the_service(
    sqlite_place: Place, town: LedgerBuilder, tmp_path: Path
) -> None:
    """Reads are answered; one more body of that caller is refused, and taken when the others are gone."""
    motion = town.open()
    vote = town.statement("vote-cast", "m1", procedure=motion, member="m1", choices={"1": "yes"})
    envelope = vote.envelope.to_dict()
    with RunningService(sqlite_place, tmp_path / "log", workers=1, threads=8) as service:
        with ExitStack() as stack:
            for _ in range(SLOW):
                slow = socket.create_connection(("127.0.0.1", service.port))
                stack.enter_context(closing(slow)).sendall(HEAD)
            assert service.call("GET", "/healthz")[0] == 200
            assert service.call("GET", f"{LEDGER}/procedures/{motion}")[0] == 200
            status, refused = service.call("POST", f"{LEDGER}/statements", envelope)
            assert (status, refused["code"]) == (503, "receiving"), json.dumps(refused)
        # The server hears of each end by itself: until then it may say 503 again.
        until(lambda: service.call("POST", f"{LEDGER}/statements", envelope)[0] in {200, 201})
