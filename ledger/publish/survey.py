"""Asking every witness about the checkpoint that the log signed last, for people who want to know.

Harmless: it is what the publisher asks as well, and a witness may cosign the same checkpoint again.
"""

from __future__ import annotations

from pathlib import Path

from ledger.errors import NotFound
from ledger.proof.checkpoint import parse_checkpoint
from ledger.proof.note import parse_note
from ledger.proof.tiles import TileNodes
from ledger.publish import sentences
from ledger.publish.folder import FOLDER, LogFolder
from ledger.publish.signer import FOLDER as SIGNER
from ledger.publish.signer import Signer
from ledger.publish.witnesses import Survey, Witnesses

ATTEMPTS = 3
"""How often it is asked again because the log went on in between."""


def survey(witnesses: Witnesses, home: Path) -> Survey:
    """What every witness replies, by the files in the store's home; no private key is needed.

    Raises `NotFound` if the log has signed no entry yet, `SignerRefuses` without the signer's memory.
    """
    note = Signer.remembered(home / SIGNER)
    for _ in range(ATTEMPTS):
        checkpoint = parse_checkpoint(parse_note(note).text)
        if checkpoint.size == 0:
            raise NotFound(sentences.NOTHING_SIGNED)
        nodes = TileNodes(checkpoint.size, LogFolder(home / FOLDER).tile)
        found = witnesses.survey(note, checkpoint, nodes)
        asked, note = note, Signer.remembered(home / SIGNER)
        if not found.contradicted or note == asked:
            break  # what we asked about is still the newest, so nobody may have a newer one
    return found
