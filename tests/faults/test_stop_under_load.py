"""Is every recorded vote answered when the service is stopped in the middle of an assembly?"""

from __future__ import annotations

import http.client
import threading
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

from ledger.audit import audit_store
from tests.support.builders import ORIGIN, a_town
from tests.support.followers import PATIENCE, until
from tests.support.places import Place
from tests.support.running import RunningService, published, send

LEDGER = f"/v1/ledgers/{ORIGIN.rsplit('/', 1)[-1]}"
CONNECTIONS, EACH = 12, 25


def test_every_recorded_vote_is_answered_and_nothing_is_left_open(place: Place, tmp_path: Path) -> None:
    """Real processes, kept-alive connections that never rest, SIGTERM: answered, or never recorded."""
    with place.open() as store:
        town = a_town(store, members=CONNECTIONS * EACH)
        motion = town.open()
        before = store.recorder.head()
        votes = [
            town.statement("vote-cast", f"m{n}", procedure=motion, member=f"m{n}", choices={"1": "yes"})
            for n in range(1, CONNECTIONS * EACH + 1)
        ]
    with RunningService(place, tmp_path / "log", "--stop-timeout", "60") as service:
        idle = service.connect()
        assert send(idle, "GET", "/healthz")[0] == 200
        answered: list[int] = []
        statuses: set[int] = set()

        def cast(part: int) -> None:
            with closing(service.connect()) as connection, suppress(OSError, http.client.HTTPException):
                for vote in votes[part::CONNECTIONS]:
                    envelope = vote.envelope.to_dict()
                    status, body = published(
                        partial(send, connection, "POST", f"{LEDGER}/statements", envelope)
                    )
                    statuses.add(status)
                    if status in {200, 201}:
                        answered.append(body["seq"])

        threads = [threading.Thread(target=cast, args=(part,)) for part in range(CONNECTIONS)]
        for thread in threads:
            thread.start()
        until(lambda: len(answered) >= CONNECTIONS)
        assert service.stop() == 0
        for thread in threads:
            thread.join()
        with closing(idle):
            idle.sock.settimeout(PATIENCE)
            assert idle.sock.recv(1) == b""  # closed, and not forgotten
    assert statuses <= {200, 201, 503}
    with place.open() as store:
        assert sorted(answered) == list(range(before + 1, store.recorder.head() + 1))
        assert audit_store(store).holds
