"""The one write: a signed statement comes in, a receipt goes out."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from uuid import UUID
from wsgiref.types import WSGIEnvironment

from flask import Response, request

from api import sentences
from api.access.caller import caller
from api.access.kinds import MAY_SUBMIT, require_may_say
from api.access.layer import GRANT
from api.answered import Answered
from api.context import Context, current
from api.limits.allowances import PREPARED, SENT
from api.routes import Noun, check_body, read_body, require_json
from api.schemas.answers import PreparedSchema, ReceiptSchema
from api.schemas.requests import EnvelopeSchema, WishSchema
from api.shown.visibility import may_prepare_closing, may_see, require_may_see
from api.v1.receipts import receipt_json
from ledger.errors import NotFound, StimmbuchError, TooLarge
from ledger.proof import shapes
from ledger.proof.dsse import Envelope, pae, receive_envelope
from ledger.proof.encoding import b64, parse_json
from ledger.proof.statement import MAX_PAYLOAD, Statement, payload_type
from ledger.receipt import Receipt

calls = Noun("statements", "Signed statements: everything that happens in a ledger.")

WISH = WishSchema()
ERRORS = (400, 403, 404, 409, 413, 415, 422, 429, 503)

EARLY = ("all-voted", "unlosable")
"""Reasons to close before the deadline."""

REFUSED = "stimmbuch.refused"
"""Under this name the fast path (`api.fast_path`) leaves an exception in the WSGI environment: what is
answered to it is decided where it is decided for every other call."""


def record(context: Context, body: bytes, environ: WSGIEnvironment) -> Answered:
    """Records the envelope in the body of a POST, if its sender may.

    The answer is 201, or 200 where it was recorded before. Raises a `StimmbuchError`, or `AsksTooMuch`.
    """
    envelope = receive_envelope(body)
    receipt = context.service.ledger.submit(envelope, partial(_require_may, context, environ))
    return _told(context, envelope, environ, receipt)


def record_then(
    context: Context, body: bytes, environ: WSGIEnvironment, answer: Callable[[Answered | Exception], object]
) -> None:
    """The same, with no thread that waits: `answer` is called once, with the answer or what is in its way.

    Raises what is known at once; see `VotingLedger.submit_then`.
    """
    envelope = receive_envelope(body)

    def concluded(receipt: Receipt | StimmbuchError) -> None:
        told: Answered | Exception
        try:
            told = _told(context, envelope, environ, receipt) if isinstance(receipt, Receipt) else receipt
        except Exception as error:  # noqa: BLE001 (somebody waits for an answer)
            told = error
        answer(told)

    context.service.ledger.submit_then(envelope, partial(_require_may, context, environ), concluded)


def _require_may(context: Context, environ: WSGIEnvironment, statement: Statement) -> None:
    context.allowances.spend(environ, context.service.name, statement.payload.get("procedure"), SENT)
    require_may_say(environ[GRANT], statement.kind, statement.payload)


def _told(context: Context, envelope: Envelope, environ: WSGIEnvironment, receipt: Receipt) -> Answered:
    told = receipt_json(context, receipt, envelope.digest)
    path = environ["PATH_INFO"].removesuffix("statements")
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(told))),
        ("Location", f"{path}receipts/{envelope.digest.hex()}"),
        ("Cache-Control", "no-store"),
    ]
    if not receipt.repeated:
        return Answered(201, headers, told)
    return Answered(200, [*headers, ("Idempotent-Replayed", "true")], told)


@calls.plain(
    "POST",
    "/statements",
    {201: ReceiptSchema(), 200: ReceiptSchema()},
    errors=ERRORS,
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
    if (refused := request.environ.get(REFUSED)) is not None:
        raise refused
    require_json()
    context = current()
    status, headers, told = record(context, read_body(context.settings.max_envelope), request.environ)
    return Response(told, status, headers)


@calls.plain("POST", "/statements/prepare", {200: PreparedSchema()}, errors=ERRORS, body=WISH)
def prepare_statement() -> Response:
    """Fill in what follows from the ledger, so that a client only says what it wants.

    Signs nothing and stores nothing. Look at what you sign: the service could have filled in anything.
    """
    require_json()
    context = current()
    wish = parse_json(read_body(context.settings.max_envelope), limit=context.settings.max_envelope)
    check_body(WISH, wish)
    kind, fields = wish["kind"], wish["fields"]
    context.allowances.spend(request.environ, context.service.name, fields.get("procedure"), PREPARED)
    if kind in MAY_SUBMIT:
        require_may_say(caller(), kind, fields)
    if "procedure" in fields and caller().narrow:
        _require_concerned(context, fields["procedure"])
    if kind == "procedure-closed":
        _check_closing(context, fields.get("procedure"), fields.get("reason"))
    payload = context.service.ledger.prepare(kind, fields)
    if len(payload) > MAX_PAYLOAD:
        raise TooLarge(sentences.PAYLOAD_TOO_LARGE, size=len(payload), limit=MAX_PAYLOAD)
    named = payload_type(kind)
    prepared = {"payloadType": named, "payload": b64(payload), "pae": b64(pae(named, payload))}
    response = Response(json.dumps(prepared), content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def _require_concerned(context: Context, procedure: object) -> None:
    """What is filled in tells the ballot paper, and whether somebody has voted."""
    shapes.uuid(procedure)
    require_may_see(context, str(procedure), caller())


def _check_closing(context: Context, procedure: object, reason: object) -> None:
    """The payload of a closing contains the tally: it is not told while somebody could still use it."""
    shapes.uuid(procedure)
    context.wait_for(context.service.ledger.head())
    view = context.service.views.procedure(str(procedure))
    if view is None or not may_see(context, view, caller()):
        raise NotFound(sentences.NO_PROCEDURE, procedure=procedure)
    final = reason in EARLY and context.service.ledger.ends_early(UUID(view.id), str(reason))
    may_prepare_closing(view, context.service.ledger.clock(), final=final)
