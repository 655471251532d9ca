"""Settings for gunicorn, where granian cannot be used.

``gunicorn -c python:api.gunicorn_settings 'api.server:application("STORE")'``
"""

from __future__ import annotations

from typing import Any

from api.server import close

bind = "127.0.0.1:8080"
worker_class = "gthread"
workers = 2
threads = 16
# Each worker opens its own store, so the application is never loaded before the fork.
preload_app = False
# Longer than the longest long poll, so that a stop cuts nothing off.
graceful_timeout = 40
timeout = 60


def worker_exit(_server: Any, worker: Any) -> None:
    """Closes the store when the worker has answered its last request."""
    close(worker.wsgi)
