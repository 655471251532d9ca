"""What an auditor names on the command line: keys, a policy, old checkpoints, where state is kept."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import click

from api.cli import sentences
from api.cli.sentences import usage
from api.cli.usage import wrong, wrong_value
from ledger.audit.trust import Kept, Trust
from ledger.errors import ProofError
from ledger.export.verifier_needs import parse_keys
from ledger.proof.policy import parse_policy
from ledger.proof.timestamp import Certificates, parse_certificates
from ledger.proof.verification_key import VerificationKey, parse_verification_key
from ledger.sentence import PATH_AND_REASON

LARGEST = 2 * 1024 * 1024
"""Bytes of a file that an auditor names: more than any of them may have."""

_file = click.Path(exists=True, dir_okay=False)

Function = Callable[..., int | None]


class Keeping(NamedTuple):
    """Whether and where it is kept how far a log was verified."""

    folder: Path | None
    incremental: bool
    whole: bool

    def folder_for(self, origin: str) -> Path | None:
        """The folder that was named, or the usual one of this log; None where nothing is to be kept."""
        return self.folder or (state_folder(origin) if self.incremental else None)


def trust_options(function: Function) -> Function:
    """Adds --key, --policy, --since and --tsa-certificate; the command takes them as `trust`."""

    @click.option("--key", "keys", multiple=True, metavar="FILE|VKEY", help="The log's key that you trust.")
    @click.option("--policy", type=_file, help="Logs and witnesses that you trust (C2SP tlog-policy).")
    @click.option("--since", type=_file, multiple=True, help="A checkpoint that you kept.")
    @click.option(
        "--tsa-certificate",
        "certificates",
        multiple=True,
        metavar="ID=FILE",
        help="A time-stamping authority that you trust: PEM, up to the root.",
    )
    @functools.wraps(function)
    def run(
        keys: Sequence[str],
        policy: str | None,
        since: Sequence[str],
        certificates: Sequence[str],
        **rest: Any,
    ) -> int | None:
        with _usage("--key"):
            trusted = tuple(key for named in keys for key in named_keys(named))
        with _usage("--policy"):
            parsed = None if policy is None else parse_policy(read_file(policy))
        kept = tuple(Kept(name, read_file(name)) for name in since)
        authorities = dict(_authority(named) for named in certificates)
        return function(trust=Trust(trusted, parsed, kept, authorities), **rest)

    return run


def state_options(function: Function) -> Function:
    """Adds --state, --incremental and --full; the command takes them as `keeping`."""

    @click.option("--state", type=click.Path(file_okay=False), help="Folder for how far you verified.")
    @click.option("--incremental", is_flag=True, help="The same, in $XDG_STATE_HOME/stimmbuch/<origin>.")
    @click.option("--full", is_flag=True, help="With --state or --incremental: everything again.")
    @functools.wraps(function)
    def run(state: str | None, incremental: bool, full: bool, **rest: Any) -> int | None:
        return function(keeping=Keeping(Path(state) if state else None, incremental, full), **rest)

    return run


def state_folder(origin: str) -> Path:
    """Where it is kept how far a log was verified, unless another folder is named."""
    state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return state / "stimmbuch" / quote(origin, safe="")


def read_file(name: str) -> bytes:
    """The bytes of a file. One that cannot be read is a usage error."""
    try:
        with Path(name).open("rb") as file:
            return file.read(LARGEST)
    except OSError as error:
        raise wrong(PATH_AND_REASON, path=name, reason=error.strerror) from error


def _authority(named: str) -> tuple[str, Certificates]:
    """`ID=FILE`."""
    tsa, equals, name = named.partition("=")
    if not equals:
        raise wrong_value(usage.ID_AND_FILE, "--tsa-certificate")
    return tsa, parse_certificates(read_file(name))


@contextmanager
def _usage(option: str) -> Iterator[None]:
    """What an auditor names, and cannot be read, is wrong usage and no verdict."""
    try:
        yield
    except ProofError as error:
        raise wrong_value(usage.FAILS_CHECK, option, error=error, number=error.check) from None


def named_keys(named: str) -> tuple[VerificationKey, ...]:
    """A verification key, or a file with one a line. Raises `ProofError` for anything else."""
    if Path(named).is_file():
        return parse_keys(read_file(named))
    if "+" not in named:
        raise ProofError(sentences.NEITHER_FILE_NOR_KEY, named=named, check="8.10")
    return (parse_verification_key(named),)
