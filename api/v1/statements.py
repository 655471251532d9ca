"""The one write: a signed statement comes in, a receipt goes out."""

from __future__ import annotations

import json
from wsgiref.types import WSGIEnvironment

from flask import Response, request
from werkzeug.datastructures import Headers

from api.answers import PreparedSchema, ReceiptSchema
from api.context import Context, current
from api.routes import Noun, check_body, read_body, require_json
from api.schemas import EnvelopeSchema, WishSchema
from api.v1.receipts import receipt_json
from api.visibility import may_prepare_closing
from ledger.errors import NotFound, TooLarge
from ledger.proof import shapes
from ledger.proof.dsse import pae, receive_envelope
from ledger.proof.encoding import b64, parse_json
from ledger.proof.statement import MAX_PAYLOAD, payload_type

calls = Noun("statements", "Signed statements: everything that happens in a ledger.")

WISH = WishSchema()
REFUSED = (400, 403, 404, 409, 413, 415, 422, 503)


class FinalResponse(Response):
    """Complete as it is: Werkzeug need not look for what it could correct in each answer to a vote."""

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:
        """The headers as they were given."""
        return self.headers


@calls.plain(
    "POST",
    "/statements",
    {201: ReceiptSchema(), 200: ReceiptSchema()},
    errors=REFUSED,
    body=EnvelopeSchema(),
    responses={
        201: {"headers": {"Location": {"schema": {"type": "string"}, "description": "The receipt."}}},
        200: {"headers": {"Idempotent-Replayed": {"schema": {"type": "string", "enum": ["true"]}}}},
    },
)
def submit_statement() -> Response:
    """Record a signed statement.

    201 with a receipt when it is stored and published, and not before. The same envelope again answers 200
    with the receipt of its first recording. After 503 or a lost answer: send the same envelope again.
    """
    # The hot path: the body is read once and parsed once, by the one strict parser.
    require_json()
    context = current()
    envelope = receive_envelope(read_body(context.settings.max_envelope))
    receipt = context.service.ledger.submit(envelope)
    body = receipt_json(context, receipt, envelope.digest)
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("Location", f"{request.path.removesuffix('statements')}receipts/{envelope.digest.hex()}"),
        ("Cache-Control", "no-store"),
    ]
    if not receipt.repeated:
        return FinalResponse(body, 201, headers)
    return FinalResponse(body, 200, [*headers, ("Idempotent-Replayed", "true")])


@calls.plain("POST", "/statements/prepare", {200: PreparedSchema()}, errors=REFUSED, body=WISH)
def prepare_statement() -> Response:
    """Fill in what follows from the ledger, so that a client only says what it wants.

    Signs nothing and stores nothing. Look at what you sign: the service could have filled in anything.
    """
    require_json()
    context = current()
    wish = parse_json(read_body(context.settings.max_envelope), limit=context.settings.max_envelope)
    check_body(WISH, wish)
    kind, fields = wish["kind"], wish["fields"]
    if kind == "procedure-closed":
        _check_closing(context, fields.get("procedure"))
    payload = context.service.ledger.prepare(kind, fields)
    if len(payload) > MAX_PAYLOAD:
        raise TooLarge(f"the payload would have {len(payload)} bytes; {MAX_PAYLOAD} are allowed")
    named = payload_type(kind)
    prepared = {"payloadType": named, "payload": b64(payload), "pae": b64(pae(named, payload))}
    response = Response(json.dumps(prepared), content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def _check_closing(context: Context, procedure: object) -> None:
    """The payload of a closing contains the tally: it is not told earlier than the tally itself."""
    shapes.uuid(procedure)
    context.wait_for(context.service.ledger.head())
    view = context.service.views.procedure(str(procedure))
    if view is None:
        raise NotFound(f"there is no procedure {procedure}")
    may_prepare_closing(view, context.service.ledger.clock())
