"""One publisher in a process of its own: `python -m tests.support.publish_once WHERE [POLICY]`.

Publishes what is committed, asks the witnesses of the policy once more, if there is one, tidies up and ends
with 0; or says in one line what keeps it and ends with 1.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from ledger.errors import StimmbuchError
from ledger.proof.policy import parse_policy
from ledger.publish import durable
from ledger.publish.witnesses import Witnesses
from ledger.storage import open_store
from tests.support.publishing import ALog


def main(where: str, policy: str | None = None) -> int:
    """The exit code."""
    durable._syncing = ThreadPoolExecutor(
        1
    )  # strace counts in each thread: a call must be made in the same one
    with open_store(where) as store, asked(policy) as witnesses:
        try:
            publisher = ALog(store).publisher(witnesses)
            publisher.publish()
            publisher.refresh()
            publisher.tidy()
        except StimmbuchError as error:
            sys.stdout.write(f"{error.code}: {error}\n")
            return 1
    return 0


@contextmanager
def asked(policy: str | None) -> Iterator[Witnesses | None]:
    """The witnesses of the policy in this file, given time: a slow machine must not look like a failure."""
    if policy is None:
        yield None
        return
    witnesses = Witnesses(parse_policy(Path(policy).read_bytes()), timeout=120, rest=0)
    try:
        yield witnesses
    finally:
        witnesses.close()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
