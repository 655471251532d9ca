"""The service as it is, but without publishing: what publishing costs is the difference.

``python -m scripts.bench_unpublished WHERE HOME PORT WORKERS THREADS``. A vote is answered when it is stored,
with its entry in the place where its proof would be. Only for the benchmark: nothing proves such an answer.
"""

from __future__ import annotations

import sys
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from api import wiring
from api.service import server
from api.service.configuration import Configuration
from api.service.place import Place
from ledger.proof.encoding import b64
from ledger.publish.loop import Flag, Rhythm
from ledger.publish.publication import Publication
from ledger.publish.published import Done
from ledger.storage.store import Store


class Silent:
    """A publisher that publishes nothing."""

    def run(self, stop: Flag) -> None:
        """Returns at once."""


class Unpublished(Publication):
    """Nobody waits for anything."""

    def when(self, seq: int, done: Done) -> None:
        """Calls `done` at once."""
        done(None)

    def receipt(self, seq: int, entry: bytes, *, size: int | None = None) -> bytes:
        """The entry in base64, which takes as little to be told as a proof."""
        return b64(entry).encode()

    def loop(self, rhythm: Rhythm = Rhythm()) -> Any:  # noqa: B008 it is immutable
        """See `Silent`."""
        return Silent()


def unpublished(store: Store, origin: str, **_: Any) -> Unpublished:
    """In place of `api.wiring.open_publication`. There are no keys: nothing is signed."""
    return Unpublished(store.home, store.recorder, origin, partial(sys.exit, "nothing is signed here"))


def main(where: str, home: str, port: str, workers: str, threads: str) -> None:
    """Serves until SIGTERM."""
    configuration = Configuration(
        ledgers=(Place(where, Path(home)),), port=int(port), workers=int(workers), threads=int(threads)
    )
    with (
        patch.object(wiring, "open_publication", unpublished),
        patch.object(server, "publishing", lambda *_: nullcontext()),
    ):
        server.serve(configuration)


if __name__ == "__main__":
    main(*sys.argv[1:])
