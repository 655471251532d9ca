"""The receipt again: where a statement stands in the log, and the proof of it."""

from __future__ import annotations

import json

from flask import Response, request

from api.context import Context, current
from api.digests import require_number, require_sha256
from api.routes import Noun, digest_parameter
from api.schemas.answers import ReceiptSchema
from ledger.errors import NotFound, NotPublished
from ledger.receipt import Receipt

calls = Noun("receipts", "Receipts: where a statement stands in the log.")

_encoded = json.JSONEncoder(ensure_ascii=False).encode

FOR_EVER = "private, max-age=31536000, immutable"
DIGEST = digest_parameter(
    "digest", "^[0-9a-f]{64}$", "SHA-256 of the envelope's pre-authentication encoding."
)
SIZE = {
    "name": "size",
    "in": "query",
    "schema": {"type": "integer", "minimum": 1},
    "description": "The size of a published checkpoint.",
}


@calls.plain(
    "GET", "/receipts/<string:digest>", {200: ReceiptSchema()}, errors=(400, 404, 503), parameters=DIGEST
)
def get_receipt(digest: str) -> Response:
    """The receipt of a statement, by its digest.

    Whoever has the envelope can compute the digest; nobody else can guess it. A receipt never changes.
    """
    context = current()
    statement = require_sha256(digest)
    body = receipt_json(context, context.service.ledger.receipt(statement), statement)
    return Response(body, content_type="application/json", headers={"Cache-Control": FOR_EVER})


@calls.plain(
    "GET",
    "/receipts/<string:digest>/tlog-proof",
    {200: None},
    errors=(400, 404, 503),
    parameters=[*DIGEST, SIZE],
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def get_tlog_proof(digest: str) -> Response:
    """The receipt as a file that verifies offline (C2SP tlog-proof), also against a later checkpoint.

    Without `size`: against the first published checkpoint that contains the entry.
    """
    context = current()
    receipt = context.service.ledger.receipt(require_sha256(digest))
    size = request.args.get("size")
    proof = prove(context, receipt, None if size is None else require_number(size))
    return Response(proof, content_type="text/plain; charset=utf-8", headers={"Cache-Control": FOR_EVER})


def prove(context: Context, receipt: Receipt, size: int | None = None) -> bytes:
    """The proof that an entry is published. Raises `NotPublished`; for a `size` that was not, `NotFound`."""
    try:
        return context.service.publication.receipt(receipt.seq, receipt.entry, size=size)
    except NotFound as error:
        if size is not None:
            raise
        raise NotPublished(error) from None


def receipt_json(context: Context, receipt: Receipt, digest: bytes) -> bytes:
    """What is told about a receipt, as UTF-8; `digest` is the statement's."""
    proof = _quoted(receipt.proof or prove(context, receipt))
    # None of the other values can hold a character that JSON would escape, and an encoder costs more.
    told = (
        f'{{"seq":{receipt.seq},"leaf":"{receipt.leaf}","prev":"{receipt.prev}","at":"{receipt.at}",'
        f'"statement":"{digest.hex()}","log":"{context.service.ledger.origin}","proof":'
    )
    return b"%b%b}" % (told.encode(), proof)


def _quoted(proof: bytes) -> bytes:
    """A proof as a JSON string. A note has no control characters but the line feed."""
    if b'"' in proof or b"\\" in proof:  # the name of a witness may hold them
        return _encoded(proof.decode("utf-8")).encode("utf-8")
    return b'"%b"' % proof.replace(b"\n", b"\\n")
