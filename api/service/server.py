"""The service under a production server: granian, or gunicorn (`api.service.gunicorn_settings`).

Each worker process opens its own store, after it has been forked: connections and threads do not
survive a fork. On SIGTERM a worker takes no new connections, waiting readers are answered at once, and
running requests are finished: no vote is recorded whose answer is not sent. Then the committer, the
follower and the databases are closed.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import closing
from functools import partial
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any
from wsgiref.types import WSGIApplication

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.server import MPServer

from api.app import build_for
from api.context import EXTENSION, Flag, Settings
from api.observation.logs import GRANIAN, configure_logs
from api.observation.observer import DIRECTORY, OBSERVER, Observer
from api.service.answering import let_answer_later
from api.service.configuration import Configuration
from api.service.configuring import configure
from api.service.counting import CountingFolder
from api.service.garbage import keep_what_is_loaded
from api.service.hearing import hear
from api.service.ledgers import Ledgers
from api.service.listening import address_of, require_free
from api.service.opening import Opener
from api.service.place import Place
from api.service.publisher import publishing
from api.service.stop import Stop
from api.wiring import Service
from ledger import settings
from ledger.anchor_schedule import Plan
from ledger.errors import StorageError
from ledger.publish.anchors import parse_authority
from ledger.publish.loop import Rhythm

log = logging.getLogger(__name__)

OPENER = "stimmbuch.opener"
"""Under this name stands in `Flask.extensions` what opens the ledgers that could not be opened at once."""

HESITATION = 2.0
"""Seconds for which nobody publishes before a process that also serves requests does."""

STANDARD = Configuration()


class StimmbuchServer(MPServer):
    """granian, telling the workers that they are about to stop, so that long polls end."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.stopping = Stop()

    def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:
        """On SIGTERM and SIGINT."""
        self.stopping.set()
        super().signal_handler_interrupt(*args, **kwargs)  # type: ignore[no-untyped-call]


def serve(configuration: Configuration) -> None:
    """Serves ledgers until SIGTERM or SIGINT. Raises `BadSetting` where it cannot listen.

    Statements that arrive together are stored together, so more threads than cores mean fewer transactions.
    """
    address = address_of(configuration.host)
    require_free(address, configuration.port)
    logs = configuration.log_format, configuration.log_level
    configure_logs(*logs)
    server = StimmbuchServer(
        "stimmbuch",
        address=address,
        port=configuration.port,
        interface=Interfaces.WSGI,
        websockets=False,
        workers=configuration.workers,
        blocking_threads=configuration.threads,
        http1_settings=HTTP1Settings(
            header_read_timeout=round(configuration.header_timeout * 1000),
            max_buffer_size=configuration.max_headers,
        ),
        respawn_failed_workers=True,
        workers_kill_timeout=round(configuration.stop_timeout),
        log_dictconfig=GRANIAN,
    )
    with (
        closing(CountingFolder()) as folder,
        publishing(configuration.ledgers, _rhythm(configuration), logs),
    ):
        settings.tell_children(DIRECTORY, str(folder.path))
        load = partial(_load, configuration, server.stopping)
        server.serve(target_loader=load, wrap_loader=False)


def configured() -> WSGIApplication:
    """The application that the environment and its file describe (`STIMMBUCH_CONFIG`): gunicorn's entry."""
    configuration = configure()
    configure_logs(configuration.log_format, configuration.log_level)
    # There is no publisher to wait for.
    return application(*configuration.ledgers, configuration=configuration, hesitation=0.0)


def application(
    *stores: str | Place,
    configuration: Configuration = STANDARD,
    stopping: Flag | None = None,
    hesitation: float = HESITATION,
) -> WSGIApplication:
    """The application of one worker process, with the views being followed.

    `hesitation`: seconds for which it leaves the publishing to a process of its own (`publisher.py`).
    Raises what is wrong if none of the ledgers can be opened; those that cannot are tried again.
    """
    ledgers = Ledgers(_limits(configuration, stopping or threading.Event()))
    app = build_for(ledgers)
    observer: Observer = app.extensions[OBSERVER]
    places = [store if isinstance(store, Place) else Place(store) for store in stores]
    rhythm = _rhythm(configuration)._replace(hesitation=hesitation)
    start = partial(_start, configuration=configuration, observer=observer, rhythm=rhythm)
    opener = Opener(ledgers, places, start)
    opener.open()
    observer.begin()
    app.extensions[OPENER] = opener
    return app


def _rhythm(configuration: Configuration) -> Rhythm:
    return Rhythm(interval=configuration.interval, heartbeat=configuration.heartbeat)


def _limits(configuration: Configuration, stopping: Flag) -> Settings:
    return Settings(
        max_document=configuration.max_document,
        patience=configuration.patience,
        long_polls=configuration.long_polls or _places(configuration),
        # The others stay free for reads, and for saying that it is busy.
        bodies=max(1, configuration.threads * 3 // 4),
        replays=configuration.replays,
        unnamed_count=configuration.unnamed_count,
        unnamed_size=configuration.unnamed_size,
        rate=configuration.rate,
        together=Path(folder) if (folder := settings.variable(DIRECTORY)) else None,
        burst=configuration.burst,
        procedure_rate=configuration.procedure_rate,
        procedure_burst=configuration.procedure_burst,
        proxies=configuration.proxies,
        public_url=configuration.public_url,
        origins=configuration.allow_origin,
        stopping=stopping,
    )


def _places(configuration: Configuration) -> int:
    """Most threads must stay free for votes; but each ledger should have a place."""
    threads = configuration.threads
    return max(1, threads // 4, min(len(configuration.ledgers), threads // 2))


def _start(service: Service, configuration: Configuration, observer: Observer, rhythm: Rhythm) -> None:
    """Everything that a service does by itself."""
    service.ledger.committer.watch = observer.metrics.batches.observe
    service.follow()
    service.keep_time()
    service.publish(rhythm)
    if configuration.anchor_every:
        authorities = tuple(map(parse_authority, configuration.tsa))
        service.keep_anchored(Plan(configuration.anchor_every, authorities))
    _finish_erasures(service)


def _finish_erasures(service: Service) -> None:
    """What was redacted when the service died is erased now; later, if something stands in the way."""
    try:
        service.ledger.erasures.finish()
    except StorageError as error:
        log.warning("an erasure is not finished: %s", error)


def close(app: Any) -> None:
    """Finishes what was accepted and releases the databases. To be called in the worker, once."""
    app.extensions[OPENER].close()
    app.extensions[EXTENSION].close()
    app.extensions[OBSERVER].close()


def _load(configuration: Configuration, stopping: Stop) -> Callable[..., Any]:
    configure_logs(configuration.log_format, configuration.log_level)
    hear(stopping)
    app = application(*configuration.ledgers, configuration=configuration, stopping=stopping)
    # Runs when the worker's main function has returned: after the last request.
    Finalize(app, close, args=(app,), exitpriority=10)
    keep_what_is_loaded()
    return let_answer_later(app)
