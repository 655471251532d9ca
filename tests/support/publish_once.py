"""One publisher after the other, each in a process of its own: `python -m tests.support.publish_once HOME …`.

Each publishes what is committed in its ledger, asks the witnesses once more if there is a `policy` beside the
ledger, tidies up and ends with 0; or says in one line what keeps it and ends with 1. The processes are forked
from this one, because starting takes ten times as long as publishing. Last come all codes, as JSON.
"""

from __future__ import annotations

import json
import os
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

POLICY = "policy"


def publish(home: Path) -> int:
    """One publisher; its exit code."""
    durable._syncing = ThreadPoolExecutor(1)  # strace counts in each thread: calls must stay in theirs
    with open_store(str(home)) as store, asked(home.parent / POLICY) as witnesses:
        try:
            publisher = ALog(store).publisher(witnesses)
            publisher.publish()
            publisher.refresh()
            publisher.tidy()
        except StimmbuchError as error:
            sys.stderr.write(f"{error.code}: {error}\n")
            return 1
    return 0


@contextmanager
def asked(policy: Path) -> Iterator[Witnesses | None]:
    """The witnesses of a policy, if there is one, given time: a slow machine must not look like a failure."""
    if not policy.exists():
        yield None
        return
    witnesses = Witnesses(parse_policy(policy.read_bytes()), timeout=120, rest=0)
    try:
        yield witnesses
    finally:
        witnesses.close()


def main(homes: list[str]) -> None:
    """Ends as the publisher in a child, or with 0 when all have ended."""
    codes = {}
    for home in homes:
        child = os.fork()
        if child == 0:
            sys.exit(publish(Path(home)))
        codes[home] = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    sys.stdout.write(json.dumps(codes))


if __name__ == "__main__":
    main(sys.argv[1:])
