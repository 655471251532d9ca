"""Has Tessera's own `fsck` read our logs? `python -m scripts.check_with_tessera [DIRECTORY VKEY_FILE]`.

Needs a Go toolchain and its module proxy: builds the program, writes logs of several sizes and a damaged one,
signed as a ledger's are (Ed25519, ML-DSA-44, a witness), and compares what it says with what we know; or
checks the exported log that is named, under the first key of the file. Exit 1 if one differs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from ledger.export.verifier_needs import parse_keys
from ledger.proof.checkpoint import open_checkpoint
from ledger.proof.keys import SigningKey
from ledger.proof.mldsa import MLDSASigningKey
from ledger.proof.note import VerificationKey
from ledger.proof.signers import Ed25519Cosigner, Ed25519Signer, MLDSA44Cosigner
from ledger.proof.static_log import static_log

PROGRAM = "github.com/transparency-dev/tessera/cmd/fsck@v1.0.4"
SIZES = (1, 255, 256, 257, 65_536, 70_000)
NOON = 1_769_860_800
SIGNER = Ed25519Signer.of("ledger.example/council", SigningKey(bytes(32)))
ALSO = (
    MLDSA44Cosigner(SIGNER.name, MLDSASigningKey(bytes(32)), lambda: NOON),
    Ed25519Cosigner("witness.example/w1", SigningKey(bytes([1]) * 32), lambda: NOON),
)


def write(folder: Path, size: int, *, damaged: bool = False) -> Path:
    """A log of this size; a damaged one has another entry in its last bundle."""
    entries = [b"entry %d" % number for number in range(size)]
    for path, data in static_log(SIGNER.name, entries, SIGNER, *ALSO):
        content = data.replace(b"entry", b"Entry", 1) if damaged and "entries" in path else data
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def accepts(fsck: Path, log: Path, keys: tuple[VerificationKey, ...]) -> bool:
    """Whether Tessera finds the log whole, with the size and the root that the checkpoint names for us."""
    head = open_checkpoint((log / "checkpoint").read_bytes(), keys).checkpoint
    vkey = fsck.with_name("ed25519.vkey")
    vkey.write_text(keys[0].text, "utf-8")  # it takes one key
    # It always exits with 0; with one worker it waits for ever where something is wrong.
    command = [
        str(fsck),
        "--ui=false",
        "-N=2",
        f"--storage_url={log.resolve().as_uri()}/",
        f"--public_key={vkey}",
    ]
    said = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False).stderr
    return f"Successfully fsck'd log with size {head.size} " in said and head.root.hex() in said


def main(arguments: list[str]) -> int:
    """Builds the program and prints a line for each log."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(["go", "install", PROGRAM], env={**os.environ, "GOBIN": name}, check=True)
        fsck, keys = folder / "fsck", tuple(one.verification_key for one in (SIGNER, *ALSO))
        if arguments:
            named = parse_keys(Path(arguments[1]).read_bytes())
            checks = {"the exported log": accepts(fsck, Path(arguments[0]), named)}
        else:
            checks = {
                f"{size} entries": accepts(fsck, write(folder / str(size), size), keys) for size in SIZES
            }
            checks["damage is found"] = not accepts(fsck, write(folder / "bad", 300, damaged=True), keys)
    for title, holds in checks.items():
        print(f"{'OK' if holds else 'FAILED':7} {title}")
    return 0 if all(checks.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
