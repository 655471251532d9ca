"""`stimmbuch policy`: which witnesses have to cosign, and whether they do."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from api.cli.output import (
    DOES_NOT_HOLD,
    HOLDS,
    INCOMPLETE,
    command,
    home_option,
    json_option,
    show,
    store_option,
)
from api.cli.sentences import operation as words
from api.cli.usage import say, spoken
from ledger.application import origin_of
from ledger.proof.policy import Policy
from ledger.publish.policy_file import in_words, read_policy
from ledger.publish.survey import survey
from ledger.publish.witnesses import Survey, Witnesses
from ledger.storage.store import open_store


@click.command()
@store_option
@home_option
@click.option("--check", is_flag=True, help="Ask every witness to cosign the newest signed checkpoint.")
@json_option
@command
def policy(store: str, home: Path | None, check: bool, as_json: bool) -> int:
    """Show which witnesses must cosign before anything is published.

    With --check each is asked to cosign what the log signed last, which changes nothing; the exit code is
    3 if the policy is not met, and 1 if a witness has seen another history of this log.
    """
    with closing(open_store(store, home=home)) as opened:
        found = read_policy(opened.home, origin_of(opened.recorder))
        asked = _survey(found, opened.home) if check and found is not None else None
    if as_json:
        show({"policy": None if found is None else [line.en for line in in_words(found)], **_to_dict(asked)})
    else:
        for line in (words.NO_POLICY,) if found is None else in_words(found):
            say(line)
        if asked is not None:
            _tell(asked)
    return HOLDS if asked is None else _code(asked)


def _survey(found: Policy, home: Path) -> Survey:
    with closing(Witnesses(found)) as witnesses:
        return survey(witnesses, home)


def _code(asked: Survey) -> int:
    if asked.contradicted:
        return DOES_NOT_HOLD
    return HOLDS if asked.met else INCOMPLETE


def _tell(asked: Survey) -> None:
    say(words.ASKED_TO_COSIGN, size=str(asked.size))
    for one in asked.asked:
        if one.reply.reason:
            click.echo(f"  {one.witness.name}: {one.why(spoken())}")
        else:
            times = ", ".join(_time(cosigned.time or 0, spoken()) for cosigned in one.reply.signatures)
            say(words.COSIGNED_AT, name=one.witness.name, times=times)
    say(words.MET if asked.met else words.NOT_MET)


def _to_dict(asked: Survey | None) -> dict[str, Any]:
    if asked is None:
        return {}
    witnesses = [
        {
            "name": one.witness.name,
            "url": one.witness.url,
            "times": [_time(cosigned.time or 0) for cosigned in one.reply.signatures],
            "reason": one.why("en") or None,
            "contradicts": one.reply.contradicts,
        }
        for one in asked.asked
    ]
    return {"size": asked.size, "met": asked.met, "witnesses": witnesses}


def _time(seconds: int, language: str = "en") -> str:
    """A witness's time: what it claims may lie outside of what a calendar knows."""
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, OSError, ValueError):
        return words.AFTER_1970.say(language, {"seconds": seconds})
