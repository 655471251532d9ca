"""Makes the examples at the end of ledger/FORMAT.md from fixed seeds: `python -m scripts.format_examples`.

Writes the file; with `--check` only says whether it is as it should be.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from ledger.proof.disclosure import disclose
from ledger.proof.encoding import b64
from ledger.proof.entry import NO_LINK, build_entry, leaf_hash
from ledger.proof.keys import SigningKey
from ledger.proof.note import verification_key
from ledger.proof.statement import Statement, compose, register_stream, stream_of
from scripts.format_examples_log import published

FORMAT = Path(__file__).parent.parent / "ledger" / "FORMAT.md"
HEADING = "## 15. Examples\n"
ORIGIN = "ledger.example/council"
AT = "2026-01-31T12:00:00.000Z"


def examples() -> str:
    """The text of the section, with every value computed."""
    registrar, service, log, member = (SigningKey(bytes([number]) * 32) for number in (1, 2, 3, 4))
    genesis = compose(
        "ledger-created",
        {
            **_common("registrar", 0),
            "format": 1,
            "time_zone": "Europe/Berlin",
            "registrars": [{"subject": "registrar", "key": b64(registrar.public)}],
            "service": {"subject": "service", "key": b64(service.public)},
            "log_keys": [verification_key(ORIGIN, log.public)],
        },
        registrar,
        service,
    )
    name = disclose("person", "Okka Fehnders", bytes(16))
    registration = compose(
        "key-registered",
        {
            **_common("registrar", 1),
            "subject": "m01",
            "roles": ["member"],
            "key": b64(member.public),
            "name": name.digest,
        },
        registrar,
        member,
    )
    first = _entry(genesis, 0, 1, NO_LINK)
    second = _entry(registration, 1, 2, leaf_hash(first))
    return "\n".join(
        [
            f"Origin `{ORIGIN}`; the seeds of the registrar's, the service's, the log's and the member's key",
            "are 32 bytes 01, 02, 03 and 04; the nonces are 16 bytes 00 and 01; the salt is 16 bytes 00.",
            "",
            _block("register stream", str(register_stream(ORIGIN))),
            _block("key id and public key of the member", f"{member.id} {b64(member.public)}"),
            _block("disclosure of the member's name", name.encoded),
            _block("its digest", name.digest),
            _block("payload of key-registered", registration.envelope.payload.decode("ascii")),
            _block("SHA-256 of its PAE", registration.envelope.digest.hex()),
            _block("entry 0", first.decode("ascii")),
            _block("leaf hash of entry 0", leaf_hash(first)),
            _block("entry 1", second.decode("ascii")),
            _block("leaf hash of entry 1", leaf_hash(second)),
            "The published form of these two entries. The seed of the witness is 32 bytes 05, that of the",
            "log's ML-DSA-44 key 32 bytes 06; both sign at 1769860800. Every line ends in LF, the last too.",
            "",
            *(_block(title, content) for title, content in published(ORIGIN, log, [first, second])),
        ]
    )


def text() -> str:
    """The whole file as it should be."""
    before, _, _ = FORMAT.read_text("utf-8").partition(HEADING)
    return f"{before}{HEADING}\n{examples()}"


def _common(actor: str, number: int) -> dict[str, Any]:
    nonce = b64(bytes([number]) * 16)
    return {"v": 1, "log": ORIGIN, "actor": actor, "nonce": nonce, "issued_at": AT, "seen": None}


def _entry(statement: Statement, seq: int, pos: int, link: str) -> bytes:
    stream = stream_of(statement, ORIGIN)
    return build_entry(
        statement.envelope, log=ORIGIN, seq=seq, prev=link, stream=stream, pos=pos, sprev=link, at=AT
    )


def _block(title: str, content: str) -> str:
    return f"{title}:\n\n```\n{content}\n```\n"


if __name__ == "__main__":
    if "--check" in sys.argv:
        stale = "FORMAT.md is stale: python -m scripts.format_examples"
        sys.exit(0 if FORMAT.read_text("utf-8") == text() else stale)
    FORMAT.write_text(text(), "utf-8")
