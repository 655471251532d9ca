"""A history in which everything happens: every kind of statement, every setting of `documents`."""

from __future__ import annotations

from typing import Any

from ledger.domain.profiles import complete
from ledger.proof.disclosure import disclose
from ledger.proof.entry import NO_LINK
from tests.support.builders import CHAIR, CLERK, REGISTRAR, SERVICE, LedgerBuilder, item

SETTINGS = ("frozen", "reconfirm", "keep")
OPTIONS = ("yes", "no", "yes", "abstain")


def play(town: LedgerBuilder, rounds: int = 3) -> list[str]:
    """Plays in a town with at least five members; returns the procedures that it opened.

    Votes of all procedures arrive in turns, so that batches end in the middle of each of them.
    """
    names = [f"{number} {setting}" for number in range(rounds) for setting in SETTINGS]
    opened = [_open(town, name, name.split()[1]) for name in names]
    _vote(town, opened)
    for number, procedure in enumerate(opened):
        _change(town, procedure, number)
    _vote(town, opened[::2])
    for number, procedure in enumerate(opened[:-2]):
        _end(town, procedure, opened[-1] if number % 3 == 0 else None)
    _register(town)
    return opened


def _open(town: LedgerBuilder, name: str, documents: str) -> str:
    profile = complete(
        {"majority": {"n": 1, "d": 2, "strict": True, "base": "yes_no"}, "documents": documents}
    )
    return town.open(
        name, profile={**profile, "tie": "casting_vote"}, items=[item("1"), item("2", "no", "yes")]
    )


def _vote(town: LedgerBuilder, procedures: list[str]) -> None:
    for number in range(1, 6):
        for place, procedure in enumerate(procedures):
            choices = {"1": OPTIONS[(number + place) % 4], "2": OPTIONS[number % 2]}
            town.vote(procedure, f"m{number}", choices)


def _change(town: LedgerBuilder, procedure: str, number: int) -> None:
    town.presence(procedure, "m5", "m4")
    town.withdraw(procedure, "m1")
    town.casting_vote(procedure, "yes")
    if number % 3:  # not where documents are frozen
        town.attach(procedure, f"paper {number}")
        town.vote(procedure, "m2", "no")


def _end(town: LedgerBuilder, procedure: str, repeated_as: str | None) -> None:
    town.close(procedure)
    if repeated_as is not None:
        town.annul(procedure, repeated_as=repeated_as)


def _register(town: LedgerBuilder) -> None:
    town.seat({"m1": 3}, ended=["m2"])
    town.put("key-rotated", "m3", subject="m3", old=town.public("m3"), key=town.public("m3/2"))
    _log(town)
    town.put("key-revoked", REGISTRAR, subject="m4", key=town.public("m4"), reason="lost", suspect_from=None)


def _log(town: LedgerBuilder) -> None:
    """The log's own affairs: another key, an anchor, a name that is erased."""
    town.put("log-key-rotated", REGISTRAR, old=town.log_key("log"), new=town.log_key("log/2"))
    town.put("anchored", SERVICE, size=9, root=NO_LINK, tsa="tsa.example", token_sha256="ab" * 32)
    name = disclose("person", "Okka Fehnders", bytes(16))
    town.ledger.disclose([name.encoded])
    okka: dict[str, Any] = {"subject": "okka", "roles": ["member"], "key": town.public("okka")}
    town.put("key-registered", REGISTRAR, **okka, name=name.digest)
    town.put("redacted", CLERK, digests=[name.digest], legal_basis="gdpr-17-1-b", authority=CHAIR)
