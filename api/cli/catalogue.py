"""The catalogue of what click says in German: `python -m api.cli.catalogue` makes it of its text."""

from __future__ import annotations

import io

from babel.messages import mofile, pofile

from api.cli.usage import DOMAIN, LOCALE

TEXT = LOCALE / "de" / "LC_MESSAGES" / f"{DOMAIN}.po"


def catalogue() -> bytes:
    """The catalogue, as gettext reads it."""
    made = io.BytesIO()
    mofile.write_mo(made, pofile.read_po(io.BytesIO(TEXT.read_bytes()), locale="de"))
    return made.getvalue()


if __name__ == "__main__":
    TEXT.with_suffix(".mo").write_bytes(catalogue())
