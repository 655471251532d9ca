"""`stimmbuch verify`: numbered checks, offline, all failures with their place."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click

from api.cli.output import (
    Progress,
    command,
    exit_code_of,
    home_option,
    json_option,
    show,
)
from api.cli.sentences import done, usage
from api.cli.sentences import progress as going
from api.cli.trust import Keeping, read_file, state_options, trust_options
from api.cli.usage import say, wrong
from api.cli.verify_dossier import verify_one
from api.cli.verify_failures import Listing, Told, failures_option
from api.cli.verify_receipt import verify_file
from api.cli.verify_record import Recording, record_option
from api.cli.verify_text import SHOWN, print_audit
from api.clock import utc_now
from ledger.audit import Audit, Auditor, KeptState, Target, Trust, export_target, result_path, store_target
from ledger.audit.findings import of_log
from ledger.audit.receipt import is_receipt
from ledger.audit.target import is_export
from ledger.errors import NotALedger, NothingToVerify, StoreNotFound
from ledger.export.reading import is_dossier
from ledger.sentence import Sentence
from ledger.storage.store import FILE, Store, open_store


@click.command()
@click.argument("target", metavar="TARGET")
@home_option
@trust_options
@state_options
@record_option
@failures_option
@json_option
@command
def verify(
    target: str,
    home: Path | None,
    trust: Trust,
    keeping: Keeping,
    recording: Recording,
    listing: Listing,
    *,
    lang: str,
    as_json: bool,
) -> int:
    """Verify TARGET: a store, an exported log, a dossier, or a receipt.

    A store or an export: everything, from the first entry to the last checkpoint, or with --state what is
    new since last time. The first entry is trusted, unless --key or --policy say who must have signed. With
    --since, the log must continue a checkpoint that you kept. A receipt needs --key or --policy, and nothing
    else; a dossier is verified with the key beside it, unless you name one.
    """
    if Path(target).is_file() and is_receipt(data := read_file(target)):
        _require_unused(usage.A_RECEIPT, trust, keeping, listing)
        return verify_file(data, trust, recording, as_json=as_json, lang=lang)
    if is_dossier(Path(target)):
        _require_unused(usage.A_DOSSIER, trust, keeping, listing)
        return verify_one(Path(target), trust, recording, as_json=as_json, lang=lang)
    with _opened(target, home) as (opened, store), listing.open() as told:
        audit = _audited(opened, trust, keeping, told, quiet=as_json)
    if store is not None and audit.first == 0:
        _keep(store, audit)
    if as_json:
        show(audit.to_dict())
    else:
        print_audit(audit, lang)
    recording.write(of_log(audit))
    return exit_code_of(audit.conclusion)


def _require_unused(what: Sentence, trust: Trust, keeping: Keeping, listing: Listing) -> None:
    """What would be passed over must not look as if it had been followed."""
    named = {
        "--since": trust.since,
        "--state": keeping.folder,
        "--incremental": keeping.incremental,
        "--full": keeping.whole,
        "--failures": listing.path,
    }
    for option, value in named.items():
        if value:
            raise wrong(usage.FOR_A_STORE, option=option, what=what)


def verify_store(store: Store, *, quiet: bool = False) -> Audit:
    """Audits a store and keeps the result beside it, for the pages."""
    audit = _audited(store_target(store), Trust(), Keeping(None, False, True), quiet=quiet)
    _keep(store, audit)
    return audit


@contextmanager
def _opened(target: str, home: Path | None) -> Iterator[tuple[Target, Store | None]]:
    """What is named, and the store if it is one. Raises `NothingToVerify` where it is nothing of ours."""
    if is_export(Path(target)) and not (Path(target) / FILE).exists():
        yield export_target(Path(target)), None
        return
    try:
        store = open_store(target, home=home)
    except (StoreNotFound, NotALedger) as error:
        raise NothingToVerify(error) from error
    with closing(store):
        yield store_target(store), store


def _audited(
    target: Target, trust: Trust, keeping: Keeping, told: Told | None = None, *, quiet: bool
) -> Audit:
    progress = Progress(going.ENTRIES, quiet=quiet)
    auditor = Auditor(target, trust, progress, told=told)
    folder = keeping.folder_for(auditor.audit.origin)
    try:
        if folder is None:
            return auditor.run()
        with closing(KeptState(folder)) as state:
            return auditor.run(state, whole=keeping.whole)
    finally:
        progress.end()


def _keep(store: Store, audit: Audit) -> None:
    """Beside the ledger; a copy that nobody may write to is verified all the same."""
    result = audit.to_dict() | {"at": utc_now()}
    del result["checks"]
    result["failures"] = result["failures"][:SHOWN]
    path = result_path(store)
    draft = path.with_suffix(".new")
    try:
        draft.write_text(json.dumps(result, indent=1), "utf-8")
        os.replace(draft, path)
    except OSError:
        say(done.NOT_KEPT, err=True, path=path)
