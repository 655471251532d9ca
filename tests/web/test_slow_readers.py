"""Does a stop wait for those who take their answer slowly?"""

from __future__ import annotations

import hashlib
import os
import signal
import time
from pathlib import Path

from tests.support.builders import LedgerBuilder
from tests.support.places import Place
from tests.support.raw import asked, connected, head, status, until_closed
from tests.support.running import RunningService


def test_a_stop_waits_for_an_answer_that_a_client_takes_slowly(
    sqlite_place: Place, town: LedgerBuilder, tmp_path: Path
) -> None:
    """As long as it takes: the word to stop may come often meanwhile, from a shell and from systemd."""
    town.open()
    content = hashlib.sha256(b"slow").digest() * 400_000  # more than the buffers on the way hold
    path = f"/v1/ledgers/town/documents/{hashlib.sha256(content).hexdigest()}"
    put = head("PUT", path, f"Content-Length: {len(content)}", "Connection: close") + content
    with (
        RunningService(sqlite_place, tmp_path / "log", workers=1) as service,
        connected(service.port) as slow,
    ):
        assert status(asked(service.port, put)) == 201
        slow.sendall(head("GET", path))
        begun = slow.recv(1000)
        for _ in range(4):
            os.killpg(service.pid, signal.SIGTERM)
            time.sleep(0.7)
        assert (begun + until_closed(slow)).partition(b"\r\n\r\n")[2] == content
        assert service.stop() == 0
