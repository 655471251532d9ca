"""The receipt again: where a statement stands in the log."""

from __future__ import annotations

from flask import Response

from api.context import current
from api.digests import require_sha256
from api.routes import Noun, digest_parameter
from api.schemas import ReceiptSchema
from ledger.proof.encoding import b64
from ledger.receipt import Receipt

calls = Noun("receipts", "Receipts: where a statement stands in the log.")


@calls.plain(
    "GET",
    "/receipts/<string:digest>",
    {200: ReceiptSchema()},
    errors=(400, 404, 503),
    parameters=digest_parameter(
        "digest", "^[0-9a-f]{64}$", "SHA-256 of the envelope's pre-authentication encoding."
    ),
)
def get_receipt(digest: str) -> Response:
    """The receipt of a statement, by its digest.

    Whoever has the envelope can compute the digest; nobody else can guess it. A receipt never changes.
    """
    ledger = current().service.ledger
    statement = require_sha256(digest)
    body = receipt_json(ledger.receipt(statement), statement, ledger.origin)
    response = Response(body, content_type="application/json")
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


def receipt_json(receipt: Receipt, digest: bytes, origin: str) -> str:
    """What is told about a receipt; `digest` is the statement's."""
    # None of these values can hold a character that JSON would escape, and an encoder costs ten times more.
    return (
        f'{{"seq":{receipt.seq},"leaf":"{receipt.leaf}","prev":"{receipt.prev}","at":"{receipt.at}",'
        f'"statement":"{digest.hex()}","entry":"{b64(receipt.entry)}","log":"{origin}"}}'
    )
