"""One publisher in a process of its own: `python -m tests.support.publish_once WHERE`.

Publishes what is committed and ends with 0, or says in one line what keeps it and ends with 1.
"""

from __future__ import annotations

import sys

from ledger.errors import StimmbuchError
from ledger.storage import open_store
from tests.support.publishing import ALog


def main(where: str) -> int:
    """The exit code."""
    with open_store(where) as store:
        log = ALog(store)
        try:
            log.publisher().publish()
        except StimmbuchError as error:
            sys.stdout.write(f"{error.code}: {error}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
