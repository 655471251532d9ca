"""How the files of a procedure are called: reports of every kind and form, its dossier."""

from __future__ import annotations


def file_name(procedure: str, kind: str, entry: int, ending: str) -> str:
    """Of which procedure, what it is, as of which entry: they lie beside each other in a folder, in order."""
    return f"{procedure}-{kind}-{entry}.{ending}"
