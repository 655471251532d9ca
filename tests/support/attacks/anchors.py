"""Attacks on anchors: group 9 of the checks.

Each anchors the ledger of `tests.support.anchoring` and spoils something about it. Its docstring says who
could do it. The certificates are those in the store's home: whoever verifies with own ones names them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import Mock

from ledger.founding import SERVICE
from ledger.keyfile import read_key
from ledger.proof.encoding import b64
from ledger.proof.tree_head import Checkpoint
from ledger.publish.anchor_files import anchor_path
from tests.support.anchoring import ORIGIN, Anchored, ask
from tests.support.flips import flipped
from tests.support.tsa import Tsa

TSA = "tsa.example"

Spoil = Callable[[Anchored, Tsa], None]


class Spoilt(NamedTuple):
    """An attack, by how much the operator's clock is wrong, and what is found: a check and its entry."""

    spoil: Spoil
    hours: int
    found: tuple[str, int]


ANCHORS: dict[str, Spoilt] = {}


def attack(check: str, seq: int, hours: int = 0) -> Callable[[Spoil], Spoil]:
    """Puts an attack into the corpus."""

    def enter(spoil: Spoil) -> Spoil:
        ANCHORS[spoil.__name__] = Spoilt(spoil, hours, (check, seq))
        return spoil

    return enter


def token(anchored: Anchored) -> Path:
    """Where the time stamp over the first five entries lies."""
    return anchored.publication.folder.path / anchor_path(5, TSA)


def claim(anchored: Anchored, head: Checkpoint, response: bytes) -> None:
    """The service says of a time stamp that it is over this head, past its own checks."""
    said: dict[str, Any] = {"size": head.size, "root": b64(head.root), "tsa": TSA}
    said["token_sha256"] = hashlib.sha256(response).hexdigest()
    anchored.publication.folder.put({anchor_path(head.size, TSA): response})
    key = read_key(anchored.keys / f"{SERVICE}.key")
    anchored.ledger.speak("anchored", {"actor": SERVICE, **said}, key)
    anchored.publication.settle()


def unlooking(anchored: Anchored, tsa: Tsa) -> None:
    """Anchors without holding the clock against the authority's."""
    anchored.anchoring._check_clocks = Mock()  # type: ignore[method-assign]
    assert ask(anchored, tsa)
    anchored.publication.settle()


@attack("9.1", 5)
def a_time_stamp_withheld(anchored: Anchored, tsa: Tsa) -> None:
    """Nothing is wrong, but not everything could be looked at."""
    assert ask(anchored, tsa)
    token(anchored).unlink()


@attack("9.2", 5)
def a_time_stamp_with_a_bit_changed(anchored: Anchored, tsa: Tsa) -> None:
    """It is not the one that the entry names."""
    assert ask(anchored, tsa)
    data = token(anchored).read_bytes()
    token(anchored).write_bytes(flipped(data, len(data) - 1))


@attack("9.2", 5)
def a_time_stamp_exchanged_for_a_later_one(anchored: Anchored, tsa: Tsa) -> None:
    """A true one, over the same checkpoint, and not the one that was recorded."""
    assert ask(anchored, tsa)
    token(anchored).write_bytes(tsa.stamp(anchored.publication.folder.newest().text.encode()))


@attack("9.3", 5)
def a_time_stamp_that_is_none(anchored: Anchored, tsa: Tsa) -> None:
    """The service records whatever it likes, under its digest."""
    _trust(anchored, tsa)
    claim(anchored, anchored.publication.folder.newest(), b"made up")


@attack("9.4", 5)
def a_time_stamp_whose_authority_nobody_knows(anchored: Anchored, tsa: Tsa) -> None:
    """The certificates are gone: it cannot be looked at."""
    assert ask(anchored, tsa)
    (anchored.ledger.store.home / "tsa" / f"{TSA}.pem").unlink()


@attack("9.5", 5)
def a_time_stamp_of_the_operators_own_authority(anchored: Anchored, tsa: Tsa) -> None:
    """Under the name of the one that everybody trusts."""
    assert ask(anchored, tsa)
    other = Tsa(anchored.ledger.store.home / "other")
    (anchored.ledger.store.home / "tsa" / f"{TSA}.pem").write_bytes(other.chain)


@attack("9.6", 5)
def a_time_stamp_over_something_else(anchored: Anchored, tsa: Tsa) -> None:
    """A true one over a checkpoint of another log."""
    head = anchored.publication.folder.newest()
    _trust(anchored, tsa)
    claim(anchored, head, tsa.stamp(head._replace(origin="ledger.example.org/other").text.encode()))


@attack("9.7", 5)
def an_anchor_over_a_tree_that_the_log_never_had(anchored: Anchored, tsa: Tsa) -> None:
    """The service, or who has its key, had a second history stamped; the time stamp is real."""
    head = Checkpoint(ORIGIN, 4, bytes(32))
    _trust(anchored, tsa)
    claim(anchored, head, tsa.stamp(head.text.encode()))


@attack("9.8", 4, hours=2)
def entries_dated_ahead_of_their_anchor(anchored: Anchored, tsa: Tsa) -> None:
    """The operator's clock was set forward while entries were made."""
    unlooking(anchored, tsa)


@attack("9.9", 5, hours=-2)
def entries_backdated_behind_their_anchor(anchored: Anchored, tsa: Tsa) -> None:
    """The operator's clock was set back: what comes after a time stamp claims to be older than it."""
    unlooking(anchored, tsa)


def _trust(anchored: Anchored, tsa: Tsa) -> None:
    """The authority's certificates in the store's home."""
    folder = anchored.ledger.store.home / "tsa"
    folder.mkdir(exist_ok=True)
    (folder / f"{TSA}.pem").write_bytes(tsa.chain)
