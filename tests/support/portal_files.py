"""A portal: the browser client's files on loopback, which is another origin than the service."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import api.client

FILES = Path(api.client.__path__[0]) / "browser"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves the portal's files without a word."""

    def log_message(self, *_args: Any) -> None:
        """Says nothing."""


@contextmanager
def portal_called(host: str) -> Iterator[str]:
    """The portal's origin; `host` is a name of this machine."""
    handler = functools.partial(Quiet, directory=str(FILES))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://{host}:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
