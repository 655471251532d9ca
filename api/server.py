"""The service under a production server: granian, or gunicorn (`api.gunicorn_settings`).

Each worker process opens its own store, after it has been forked: connections and threads do not
survive a fork. On SIGTERM a worker takes no new connections, waiting readers are answered at once, and
running requests are finished: no vote is recorded whose answer is not sent. Then the committer, the
follower and the databases are closed.

granian puts the process environment into every WSGI environ: nothing here may log `request.environ`,
and secrets do not belong into the environment.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.synchronize import Event
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any
from wsgiref.types import WSGIApplication

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.server import MPServer

from api import create_app
from api.context import EXTENSION, Context, Flag, Settings
from api.publisher import publishing
from api.wiring import Service, open_service
from ledger.anchor_schedule import Plan
from ledger.errors import StorageError
from ledger.publish.loop import Rhythm

log = logging.getLogger(__name__)

HESITATION = 2.0
"""Seconds for which nobody publishes before a process that also serves requests does."""

READ_HEADERS = 30_000
"""Milliseconds for a client to send its headers."""


class StimmbuchServer(MPServer):
    """granian, telling the workers that they are about to stop, so that long polls end."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.stopping = multiprocessing.Event()

    def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:
        """On SIGTERM and SIGINT."""
        self.stopping.set()
        super().signal_handler_interrupt(*args, **kwargs)  # type: ignore[no-untyped-call]


def serve(  # noqa: PLR0913 (what can be said on the command line)
    store: str,
    *,
    home: Path | None = None,
    host: str = "127.0.0.1",
    port: int = 8080,
    workers: int = 2,
    threads: int = 16,
    heartbeat: float = 0.0,
    anchors: Plan | None = None,
    origins: tuple[str, ...] = (),
) -> None:
    """Serves the ledger at `store` until SIGTERM or SIGINT.

    `workers` are processes, `threads` those of each that run requests. Statements that arrive together
    are stored together, so more threads than cores mean fewer transactions. `heartbeat`: see `Rhythm`;
    `anchors`: who stamps checkpoints, and how often. `origins`: see `api.cors`.
    """
    server = StimmbuchServer(
        "stimmbuch",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        http1_settings=HTTP1Settings(header_read_timeout=READ_HEADERS),
        respawn_failed_workers=True,
    )
    behind = Rhythm(hesitation=HESITATION, heartbeat=heartbeat)
    told = {"threads": threads, "stopping": server.stopping, "rhythm": behind, "anchors": anchors}
    told["origins"] = origins
    load = partial(_load, store, None if home is None else str(home), told)
    with publishing(store, home, Rhythm(heartbeat=heartbeat)):
        server.serve(target_loader=load, wrap_loader=False)


def application(
    store: str,
    home: str | None = None,
    *,
    threads: int = 16,
    stopping: Flag | None = None,
    rhythm: Rhythm = Rhythm(hesitation=HESITATION),  # noqa: B008 it is immutable
    anchors: Plan | None = None,
    origins: tuple[str, ...] = (),
) -> WSGIApplication:
    """The application of one worker process, with the views being followed. Also gunicorn's entry."""
    service = open_service(store, home=Path(home) if home else None)
    # Most threads must stay free for votes.
    settings = Settings(
        long_polls=max(1, threads // 4), origins=origins, stopping=stopping or threading.Event()
    )
    app = create_app(service, settings)
    # The register is read before the first request, not during it.
    with service.ledger.current():
        service.follow()
        service.keep_time()
    service.publish(rhythm)
    if anchors is not None:
        service.keep_anchored(anchors)
    _finish_erasures(service)
    return app


def _finish_erasures(service: Service) -> None:
    """What was redacted when the service died is erased now; later, if something stands in the way."""
    try:
        service.ledger.erasures.finish()
    except StorageError as error:
        log.warning("an erasure is not finished: %s", error)


def close(app: Any) -> None:
    """Finishes what was accepted and releases the databases. To be called in the worker, once."""
    context: Context = app.extensions[EXTENSION]
    context.service.close()


def _load(where: str, home: str | None, told: dict[str, Any]) -> Callable[..., Any]:
    threading.Thread(target=_heed, args=(told["stopping"],), name="heed", daemon=True).start()
    app = application(where, home, **told)
    # Runs when the worker's main function has returned: after the last request.
    Finalize(app, close, args=(app,), exitpriority=10)
    return app


def _heed(stopping: Event) -> None:
    """Makes sure that a stop is heard that comes while the worker is still starting.

    Until granian has set the worker's own handler, SIGTERM reaches the one inherited from the parent,
    which does nothing here: the worker would go on for ever, and the parent would wait for it.
    """
    stopping.wait()
    while True:
        time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)
