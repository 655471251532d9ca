"""A PostgreSQL server for a script: ``python -m tests.support.temporary_postgres``.

Prints one JSON object: the addresses of an empty ledger's database for its `owner` and for the `service`,
and the connection string `plain` of another database, for whatever the script compares with. The server
writes to the disk as a real one does, and is there until standard input ends.
"""

from __future__ import annotations

import json
import sys

from tests.support.databases import OWNER, Cluster
from tests.support.postgres import DURABLE, Server


def main() -> None:
    """Runs the server."""
    server = Server(*DURABLE)
    try:
        server.start()
        cluster = Cluster(server.admin)
        ledger, plain = cluster.create(empty=True), cluster.create(empty=True)
        said = {"owner": ledger.owner, "service": ledger.service, "plain": plain.conninfo(OWNER)}
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()
        sys.stdin.read()
        cluster.leave()
    finally:
        server.remove()


if __name__ == "__main__":
    main()
