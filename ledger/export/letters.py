"""What stands in `README.txt`: to somebody who found the files and knows nothing of us."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import fill

from ledger.sentence import Sentence

LOG = """\
This is the voting ledger {origin}, exported as static files.

Every entry is a statement that somebody signed: a vote, the opening or closing of a procedure, the
registration of a key. The entries form an append-only log in the formats of C2SP (tlog-tiles,
tlog-checkpoint, signed-note; https://c2sp.org). Nothing in it can be altered, removed or reordered
without changing the signed root in the file `checkpoint`.

To verify it, in this folder:

  1. Everything: entries, links, signatures, rules, tallies, documents (Stimmbuch's own verifier, offline)

        stimmbuch verify .

  2. One entry, here the first: that it is in the tree of the checkpoint (tlog-scales, by others)

        tlog-tiles get-leaf --check "$PWD" 0

  3. A document: its name is its SHA-256

        openssl dgst -sha256 documents/*/*

  The whole tree and the checkpoint's signature, with Tessera's fsck (by others):

        head -n 1 log.vkey > ed25519.vkey
        fsck -storage_url "file://$PWD" -public_key ed25519.vkey -ui=false

`log.vkey` came with these files, so it shows damage, not a forgery of everything. Compare it, and the newest
checkpoint, with what you got elsewhere: from the ledger's website, from a witness, from a receipt.

  checkpoint         the signed head: name of the log, number of entries, root
  checkpoints/       every head that was ever published; `sizes` lists them
  tile/<L>/          hashes of the tree, 256 a file
  tile/entries/      the entries, 256 a file, each after its length in two bytes
  log.vkey           the keys with which the log signs, one a line
  documents/         what was voted on, by SHA-256
  disclosures/       names and texts, by SHA-256; what was erased is missing, and the proof still holds

Entries hold ids and digests. Documents and disclosures may hold personal data: handle them accordingly.
"""

DOSSIER = """\
This is a dossier: the procedure {procedure}
of the voting ledger {origin}.

It holds every entry of the procedure and of the ledger's register of people and keys, each as a file
`entries/<number>.tlog-proof` (C2SP tlog-proof; https://c2sp.org): the entry in base64, and the proof that
it is in the tree of the one signed checkpoint. To verify it, in this folder:

  1. Proofs, links, signatures, rules, seal and tally, documents (Stimmbuch's own verifier, offline)

        stimmbuch verify .

  2. A document: its name is its SHA-256

        openssl dgst -sha256 documents/*/*

  3. An entry, to read what was signed (here the first one)

        sed -n 's/^extra //p' entries/000000000000.tlog-proof | base64 -d

`log.vkey` came with these files, so it shows damage, not a forgery of everything. Compare it with what
you got elsewhere: from the ledger's website, from a witness, from a receipt.

What this dossier cannot show:

{limits}
"""


def log_letter(origin: str) -> bytes:
    """To whom finds an exported log."""
    return LOG.format(origin=origin).encode("utf-8")


def dossier_letter(origin: str, procedure: str, limits: Iterable[Sentence]) -> bytes:
    """To whom finds a dossier; `limits` are what it cannot show."""
    said = (f"{one.say('en', {})}." for one in limits)
    wrapped = (fill(one, 100, initial_indent="  - ", subsequent_indent="    ") for one in said)
    return DOSSIER.format(origin=origin, procedure=procedure, limits="\n".join(wrapped)).encode("utf-8")
