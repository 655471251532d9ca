"""`stimmbuch profiles`: the built-in rule profiles; one of them, or one of your own, checked and in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from api import sentences
from api.cli.output import command, json_option, show
from ledger.domain.profile_schema import parse_profile
from ledger.domain.profiles import NAMES, complete
from ledger.domain.words import basis
from ledger.errors import BadProfile
from ledger.public_holidays import require_region
from ledger.telling import profile_in_words


@click.command()
@click.argument("profile", required=False)
@json_option
@command
def profiles(profile: str | None, lang: str, as_json: bool) -> None:
    """List the built-in rule profiles, or check PROFILE (a name, or a JSON file) and say it in words.

    What a file leaves out has the usual value of a vote in a sitting. With --json the full profile is
    printed: what an opening would sign.
    """
    if profile is None:
        known = {name: basis(complete(name)["legal_basis"], "en" if as_json else lang) for name in NAMES}
        if as_json:
            show(known)
        for name, cited in known.items() if not as_json else ():
            click.echo(f"{name:<32} {cited}")
        return
    data = complete(profile if profile in NAMES else read_own(Path(profile)))
    parsed = parse_profile(data)
    if parsed.period is not None and parsed.period.region is not None:
        require_region(parsed.period.region)
    if as_json:
        show(data)
        return
    for sentence in profile_in_words(data)[lang]:
        click.echo(sentence)


def read_own(path: Path) -> dict[str, Any]:
    """A profile of one's own, as it stands in a file. Raises `BadProfile`."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise BadProfile(sentences.NO_PROFILE_FILE, path=path) from None
    except OSError as error:
        raise BadProfile(sentences.PROFILE_UNREADABLE, path=path, reason=error.strerror) from None
    except ValueError as error:
        raise BadProfile(sentences.NO_JSON, path=path, reason=str(error)) from None
    if not isinstance(data, dict):
        raise BadProfile(sentences.NO_JSON_OBJECT, path=path)
    return data
