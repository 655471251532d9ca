"""The `stimmbuch` command: what is typed becomes a use case, its result becomes text and an exit code.

==========  =====================================================================================
exit code   meaning
==========  =====================================================================================
0           holds: done, verified, everything matched
1           does not hold: tampering, a mismatch, a refused statement
2           usage: wrong arguments, no such store, input that does not parse
3           incomplete: something could not be looked at or reached
4           older than the state kept from last time
==========  =====================================================================================

Commands live in one module each and are imported when they are called: the verifier starts
without the web framework.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from typing import Any

import click

from api.cli.helping import in_german
from api.cli.output import lang_option
from api.cli.usage import named, speak, speaking
from ledger import __version__
from ledger.settings import language

_COMMANDS = {
    "init": ("api.cli.found", "init"),
    "keygen": ("api.cli.keys", "keygen"),
    "keys": ("api.cli.register", "keys"),
    "rotate-key": ("api.cli.register", "rotate_key"),
    "revoke-key": ("api.cli.register", "revoke_key"),
    "rotate-log-key": ("api.cli.log_key", "rotate_log_key"),
    "disclose": ("api.cli.enclosures", "disclose"),
    "document": ("api.cli.enclosures", "document"),
    "prepare": ("api.cli.submit", "prepare"),
    "sign": ("api.cli.keys", "sign"),
    "submit": ("api.cli.submit", "submit"),
    "import": ("api.cli.imports", "imports"),
    "verify": ("api.cli.verify", "verify"),
    "replay": ("api.cli.look", "replay"),
    "tally": ("api.cli.look", "tally"),
    "report": ("api.cli.report", "report"),
    "profiles": ("api.cli.profiles", "profiles"),
    "rebuild": ("api.cli.views", "rebuild"),
    "compare": ("api.cli.views", "compare"),
    "migrate": ("api.cli.migrate", "migrate"),
    "close": ("api.cli.close", "close"),
    "receipt": ("api.cli.receipt", "receipt"),
    "export": ("api.cli.export", "export"),
    "anchor": ("api.cli.anchor", "anchor"),
    "policy": ("api.cli.policy", "policy"),
    "recover": ("api.cli.recover", "recover"),
    "backup": ("api.cli.backup", "backup"),
    "restore": ("api.cli.backup", "restore"),
    "sweep": ("api.cli.sweep", "sweep"),
    "texts": ("api.cli.redact", "texts"),
    "redact": ("api.cli.redact", "redact"),
    "oparl": ("api.cli.oparl", "oparl"),
    "serve": ("api.cli.serve", "serve"),
    "token": ("api.cli.token", "token"),
    "login": ("api.cli.login", "login"),
    "demo": ("api.cli.demo", "demo"),
}


class _Lazy(click.Group):
    """Finds a command's module by name, so that only the called one is imported."""

    def main(self, args: Sequence[str] | None = None, *others: Any, **kwargs: Any) -> Any:
        """Runs what was typed. What click itself says is in the language of `--lang`, wherever that stands.

        Without one, in that of the environment.
        """
        speak(named(sys.argv[1:] if args is None else args) or language())
        told = in_german(self) if speaking() == "de" else self
        return click.Group.main(told, args, *others, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of a ledger's life."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in _COMMANDS:
            return None
        module, attribute = _COMMANDS[cmd_name]
        command: Any = getattr(importlib.import_module(module), attribute)
        if not isinstance(command, click.Command):
            return None
        return in_german(command) if speaking() == "de" else command


@click.command(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="stimmbuch")
@lang_option
def main(lang: str) -> None:  # each command asks for it itself
    """A signed, hash-chained voting ledger for circular resolutions (Umlaufverfahren)."""
