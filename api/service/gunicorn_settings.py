"""Settings for gunicorn, where granian cannot be used.

``gunicorn -c python:api.service.gunicorn_settings 'api.service.server:configured()'``, with
``STIMMBUCH_STORE`` or ``STIMMBUCH_CONFIG`` in the environment; or
``'api.service.server:application("STORE", …)'``.

As under granian the workers count together, in a folder that is removed in the end. There is no process that
only publishes: a worker does it, which waits for the requests that it serves. It is the fallback.
"""

from __future__ import annotations

import signal
from typing import Any

from api.context import EXTENSION
from api.observation.observer import DIRECTORY
from api.service.configuring import configure
from api.service.counting import CountingFolder
from api.service.listening import host_and_port
from api.service.server import close
from ledger import settings

_configuration = configure()

bind = host_and_port(_configuration.host, _configuration.port)
worker_class = "gthread"
workers = _configuration.workers
threads = _configuration.threads
# Each worker opens its own store, so the application is never loaded before the fork.
preload_app = False
graceful_timeout = round(_configuration.stop_timeout)
timeout = graceful_timeout + 20


def on_starting(server: Any) -> None:
    """Before there is a worker: they inherit where they count together."""
    server.counting = CountingFolder()
    settings.tell_children(DIRECTORY, str(server.counting.path))


def post_worker_init(worker: Any) -> None:
    """Lets a worker answer waiting readers as soon as it is told to stop."""
    stopping, before = worker.wsgi.extensions[EXTENSION].settings.stopping, signal.getsignal(signal.SIGTERM)

    def stop(number: int, frame: Any) -> None:
        stopping.set()
        if callable(before):
            before(number, frame)

    signal.signal(signal.SIGTERM, stop)


def worker_exit(_server: Any, worker: Any) -> None:
    """Closes the store when the worker has answered its last request."""
    close(worker.wsgi)


def on_exit(server: Any) -> None:
    """When the last worker is gone."""
    server.counting.close()
