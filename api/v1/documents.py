"""Documents: stored and delivered under the SHA-256 of their bytes, in both directions as a stream."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO, cast

from flask import Response, request

from api import sentences
from api.access.caller import caller
from api.context import current
from api.digests import require_sha256
from api.limits.unnamed import counted
from api.routes import CONDITIONAL, TAGGED, Noun, digest_parameter, unchanged
from api.schemas.answers import DocumentStoredSchema
from api.shown.visibility import require_may_fetch
from ledger.errors import TooLarge

calls = Noun("documents", "Documents, under the SHA-256 of their bytes.")

CHUNK = 64 * 1024
BINARY = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
DIGEST = digest_parameter("sha256", "^[0-9a-f]{64}$", "SHA-256 of the document's bytes, hexadecimal.")


@calls.plain(
    "PUT",
    "/documents/<string:sha256>",
    {201: DocumentStoredSchema(), 200: DocumentStoredSchema()},
    errors=(400, 404, 410, 413, 422, 429, 503),
    parameters=DIGEST,
    requestBody={"required": True, "content": BINARY},
)
def put_document(sha256: str) -> Response:
    """Store a document.

    201 when it is new, 200 when it was there already. Nothing is kept unless the digest is right.
    """
    require_sha256(sha256)
    context = current()
    limit = context.settings.max_document
    if (request.content_length or 0) > limit:
        raise TooLarge(sentences.DOCUMENT_TOO_LARGE, limit=limit)
    # The store counts the bytes itself, for a body whose length is not announced.
    request.max_content_length = None
    known = context.service.store.documents.exists(sha256)
    announced = request.content_length
    with counted(context, sha256, limit if announced is None else announced):
        context.service.ledger.put_document(sha256, cast(BinaryIO, request.stream), limit=limit)
    if announced is None:
        context.service.uploads.measure(sha256, context.service.store.documents.size(sha256))
    body = json.dumps({"sha256": sha256})
    response = Response(body, 200 if known else 201, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


@calls.plain(
    "GET",
    "/documents/<string:sha256>",
    {200: None},
    errors=(400, 404, 410, 503),
    parameters=[*DIGEST, *CONDITIONAL],
    responses={200: {"content": BINARY, "headers": TAGGED}, 304: {"description": "Not Modified"}},
)
def get_document(sha256: str) -> Response:
    """Fetch a document.

    Always as a download: the browser never shows it in our name. A member gets those of the procedures that
    it sees.
    """
    require_sha256(sha256)
    require_may_fetch(current(), sha256, caller())
    file = current().service.ledger.open_document(sha256)
    if response := unchanged(sha256):
        file.close()
        return response
    response = streamed(file)
    response.set_etag(sha256)
    response.headers["Content-Disposition"] = "attachment"
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


def streamed(file: BinaryIO) -> Response:
    """The bytes of a file, chunk by chunk; the file is closed afterwards."""
    response = Response(_chunks(file), mimetype="application/octet-stream")
    response.call_on_close(file.close)  # also where nothing is read: HEAD, or a caller who went away
    response.content_length = file.seek(0, 2)
    file.seek(0)
    return response


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(CHUNK):
            yield chunk
