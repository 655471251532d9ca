"""Processes that use one ledger at once: `python -m tests.support.crowd ROLE WHERE HOME …`.

`write NAME BATCHES`   appends batches of one to three rows, each linked to the row before it
`follow COUNT`         reads and waits until it has seen COUNT rows; prints them
`visit NAME TIMES`     opens the store, appends one row, and closes it, again and again
`hang`                 holds the lock with a row appended, until it is killed
`create`               tries to make the ledger; prints `made` or the code of the error
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from uuid import UUID, uuid5

from ledger.errors import StorageError
from ledger.storage import Row, Store, open_store
from tests.support.places import Place

ROOT = Path(__file__).resolve().parents[2]
SHARED_STREAM = UUID(int=1)
PATIENCE = 60.0
"""Seconds for the lock and for waiting: long, so that a slow machine fails no test."""


def start(place: Place, role: str, *arguments: object) -> subprocess.Popen[str]:
    """Starts one process of the crowd."""
    command = [sys.executable, "-m", "tests.support.crowd", role, place.where, str(place.home)]
    return subprocess.Popen(
        [*command, *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(processes: list[subprocess.Popen[str]]) -> list[str]:
    """What each process printed; raises with the last words of one that failed, and ends the others."""
    try:
        return [_output(process) for process in processes]
    finally:
        for process in processes:
            if process.poll() is None:
                process.kill()
                process.communicate()


def _output(process: subprocess.Popen[str]) -> str:
    output, errors = process.communicate(timeout=10 * PATIENCE)
    if process.returncode != 0:
        raise AssertionError(f"exit {process.returncode}: {errors}")
    return output.strip()


def link(state: bytes) -> str:
    """What the next row says of this one."""
    return hashlib.sha256(state).hexdigest()


def is_chained(rows: list[Row]) -> bool:
    """Whether the rows are a whole log, each linked to the one before it: no gap, no fork."""
    previous = b""
    for number, row in enumerate(rows):
        said = json.loads(row.state)
        if row.seq != number or said["seq"] != number or said["prev"] != link(previous):
            return False
        previous = row.state
    return True


def make_row(seq: int, stream: UUID, pos: int, previous: bytes, name: str) -> Row:
    """A row that names its place and the row before it."""
    said = {"seq": seq, "prev": link(previous), "by": name}
    state = json.dumps(said).encode()
    return Row(seq, stream, pos, "crowd.wrote.v1", state, hashlib.sha256(state).digest())


def write(store: Store, name: str, batches: int) -> None:
    """Appends to a stream of its own and to one that all writers share."""
    own, mine = uuid5(SHARED_STREAM, name), 0
    seen, last, shared = -1, b"", 0
    for number in range(batches):
        with store.recorder.batch() as batch:
            for row in batch.since(seen):
                last, shared = row.state, shared + (row.stream == SHARED_STREAM)
            rows = []
            for k in range(number % 3 + 1):
                stream, pos = (SHARED_STREAM, shared + 1) if k == 0 else (own, mine + 1)
                rows.append(make_row(batch.head + 1 + k, stream, pos, last, name))
                last, shared, mine = rows[-1].state, shared + (k == 0), mine + (k > 0)
            batch.append(rows)
            seen = batch.head


def follow(store: Store, count: int) -> list[int]:
    """The `seq` of every row, in the order in which a follower sees them."""
    seen: list[int] = []
    while len(seen) < count:
        after = seen[-1] if seen else -1
        if not store.recorder.wait(after, PATIENCE):
            break
        seen += [row.seq for row in store.recorder.read(after, 7)]
    return seen


def visit(place: Place, name: str, times: int) -> None:
    """Comes and goes: the last to leave an SQLite file tidies up while the next one comes in."""
    for number in range(times):
        with place.open(PATIENCE) as store, store.recorder.batch() as batch:
            last = batch.since(batch.head - 1)
            previous = last[0].state if last else b""
            batch.append(
                [make_row(batch.head + 1, uuid5(SHARED_STREAM, f"{name} {number}"), 1, previous, name)]
            )


def hang(store: Store) -> None:
    """Holds a batch open until killed."""
    with store.recorder.batch() as batch:
        batch.append([make_row(batch.head + 1, SHARED_STREAM, 1, b"", "hung")])
        say("holding")
        sys.stdin.read()


def say(text: str) -> None:
    """Tells the process that started this one."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def create(where: str, home: Path) -> str:
    """What came of trying to make the ledger."""
    try:
        open_store(where, home=home, create=True).close()
    except StorageError as error:
        return error.code
    return "made"


def main(role: str, where: str, home: str, *arguments: str) -> None:
    """One process of the crowd."""
    if role == "create":
        say(create(where, Path(home)))
        return
    place = Place(where, "", Path(home))
    if role == "visit":
        visit(place, arguments[0], int(arguments[1]))
        return
    with place.open(PATIENCE) as store:
        if role == "write":
            write(store, arguments[0], int(arguments[1]))
        elif role == "follow":
            say(json.dumps(follow(store, int(arguments[0]))))
        else:
            hang(store)


if __name__ == "__main__":
    main(*sys.argv[1:])
