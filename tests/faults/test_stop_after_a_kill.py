"""Does the service still stop in order after one of its processes was killed, by the kernel for instance?"""

from __future__ import annotations

import os
import signal
from pathlib import Path

from tests.support.builders import a_town
from tests.support.followers import until
from tests.support.places import Place
from tests.support.running import RunningService


def test_a_killed_worker_is_replaced_and_does_not_keep_the_service_from_stopping(
    place: Place, tmp_path: Path
) -> None:
    """It dies while it listens for the word to stop, as each worker does all the time."""
    with place.open() as store:
        a_town(store, members=1)
    with RunningService(place, tmp_path / "log", workers=2) as service:
        killed, _ = service.workers()
        os.kill(killed, signal.SIGKILL)
        until(lambda: len(set(service.workers()) - {killed}) == 2)
        assert service.stop() == 0
