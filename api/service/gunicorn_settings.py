"""Settings for gunicorn, where granian cannot be used.

``gunicorn -c python:api.service.gunicorn_settings 'api.service.server:configured()'``, with
``STIMMBUCH_STORE`` or ``STIMMBUCH_CONFIG`` in the environment; or
``'api.service.server:application("STORE", …)'``.
"""

from __future__ import annotations

from typing import Any

from api.service.configuring import configure
from api.service.server import close

_configuration = configure()

bind = f"{_configuration.host}:{_configuration.port}"
worker_class = "gthread"
workers = _configuration.workers
threads = _configuration.threads
# Each worker opens its own store, so the application is never loaded before the fork.
preload_app = False
graceful_timeout = round(_configuration.stop_timeout)
timeout = graceful_timeout + 20


def worker_exit(_server: Any, worker: Any) -> None:
    """Closes the store when the worker has answered its last request."""
    close(worker.wsgi)
