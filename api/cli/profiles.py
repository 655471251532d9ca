"""`stimmbuch profiles`: the built-in rule profiles; one of them, or one of your own, checked and in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from api.cli.output import command, json_option, show
from ledger.domain.profile_schema import parse_profile
from ledger.domain.profiles import NAMES, complete
from ledger.errors import BadProfile
from ledger.telling import profile_in_words


@click.command()
@click.argument("profile", required=False)
@click.option(
    "--lang", default="en", show_default=True, type=click.Choice(["de", "en"]), help="Of the words."
)
@json_option
@command
def profiles(profile: str | None, lang: str, as_json: bool) -> None:
    """List the built-in rule profiles, or check PROFILE (a name, or a JSON file) and say it in words.

    What a file leaves out has the usual value of a vote in a sitting. With --json the full profile is
    printed: what an opening would sign.
    """
    if profile is None:
        known = {name: complete(name)["legal_basis"] for name in NAMES}
        if as_json:
            show(known)
        for name, basis in known.items() if not as_json else ():
            click.echo(f"{name:<32} {basis}")
        return
    data = complete(profile if profile in NAMES else read_own(Path(profile)))
    parse_profile(data)
    if as_json:
        show(data)
        return
    for sentence in profile_in_words(data)[lang]:
        click.echo(sentence)


def read_own(path: Path) -> dict[str, Any]:
    """A profile of one's own, as it stands in a file. Raises `BadProfile`."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BadProfile(
            f"{path} is neither a built-in profile ({', '.join(NAMES)}) nor a file: {error.strerror}"
        ) from None
    except ValueError as error:
        raise BadProfile(f"{path} is no JSON: {error}") from None
    if not isinstance(data, dict):
        raise BadProfile(f"{path} holds no JSON object")
    return data
