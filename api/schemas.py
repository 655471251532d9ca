"""The shapes of what comes in and goes out over HTTP. Never a voting rule: those are in `ledger.domain`.

Statements are not described here field by field: their one strict parser is `ledger.proof`, and a
second one would disagree with it some day.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, TypeVar

import marshmallow as ma
from marshmallow import fields, validate

from ledger.proof.shapes import ID
from ledger.proof.statement import KINDS

MAX_SEQ = 2**53 - 1
STATES = (
    *("opened", "terminated", "referred", "closed", "determined", "announced", "published"),
    *("ratified", "not-ratified", "suspended", "objected", "expired", "annulled"),
)
DIGITS = re.compile(r"[0-9]{1,16}")
RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


class Digits(fields.Integer):
    """A number in plain ASCII digits: no sign, no spaces, no underscores."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if not isinstance(value, str) or not DIGITS.fullmatch(value):
            raise self.make_error("invalid", input=value)
        return int(value)


class Moment(fields.String):
    """A point in the log: the number of an entry, or a time, which becomes UTC as entries write it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if DIGITS.fullmatch(text):
            return min(int(text), MAX_SEQ)
        if not RFC3339.fullmatch(text):
            raise ma.ValidationError("an entry's number or an RFC 3339 time is expected; write + as %2B")
        try:
            moment = datetime.fromisoformat(text.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            raise ma.ValidationError("there is no such time") from None
        return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _seq(description: str, **more: Any) -> Digits:
    metadata = {"description": description}
    return Digits(validate=validate.Range(0, MAX_SEQ), metadata=metadata, **more)


F = TypeVar("F", bound=fields.Field[Any])


def _told(field: F, description: str) -> F:
    field.metadata = {**field.metadata, "description": description}
    return field


class Strict(ma.Schema):
    """Unknown members are refused: a misspelt one must not be ignored."""

    class Meta:
        unknown = ma.RAISE


# ── what comes in ──────────────────────────────────────────────────────────────────────────────


class Fresh(Strict):
    """Query of every read of the views."""

    wait_for = _seq("Answer from a view that contains this entry, or 503 with Retry-After.")


class ListQuery(Fresh):
    """Query of the list of procedures."""

    after = _seq("`pagination.next` of the page before.")
    limit = Digits(validate=validate.Range(1, 500), load_default=100)
    state = fields.String(validate=validate.OneOf(STATES))
    body = fields.String(validate=validate.Regexp(rf"\A{ID.pattern}\Z"))


class MomentQuery(Fresh):
    """Query of the tally."""

    at = Moment(metadata={"description": "As of this entry, or this time (RFC 3339)."})


class HistoryQuery(MomentQuery):
    """Query of a procedure's history."""

    after = _seq("Entries after this number.")
    limit = Digits(validate=validate.Range(1, 1000), load_default=200)


class EventsQuery(Strict):
    """Query of the change feed."""

    after = _seq("Entries after this number.")
    limit = Digits(validate=validate.Range(1, 1000), load_default=200)
    wait = Digits(
        validate=validate.Range(0, 25),
        load_default=0,
        metadata={"description": "Seconds to wait for an entry, where there is none yet."},
    )


class SignatureSchema(Strict):
    """A signature over the pre-authentication encoding of payload type and payload."""

    keyid = fields.String(required=True, metadata={"pattern": "^[0-9a-f]{32}$"})
    sig = fields.String(required=True, metadata={"pattern": "^[A-Za-z0-9+/]{86}==$"})


class EnvelopeSchema(Strict):
    """A signed statement: a DSSE envelope (v1.0.2). The statements are described in ledger/FORMAT.md."""

    payload = fields.String(required=True, metadata={"pattern": "^[A-Za-z0-9+/=]*$"})
    payloadType = fields.String(  # noqa: N815 (DSSE calls it so)
        required=True,
        validate=validate.OneOf([f"application/vnd.stimmbuch.{kind}.v1+json" for kind in KINDS]),
    )
    signatures = fields.List(fields.Nested(SignatureSchema), required=True, validate=validate.Length(1, 8))


class WishSchema(Strict):
    """What shall be prepared."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    fields_ = fields.Dict(
        keys=fields.String(),
        required=True,
        data_key="fields",
        metadata={"description": "The members that do not follow from the ledger, as in ledger/FORMAT.md."},
    )


class DisclosedSchema(Strict):
    """A salted text."""

    disclosure = fields.String(
        required=True,
        metadata={"description": "base64url, no padding, of the JSON array [salt, name, value] (RFC 9901)."},
    )


# ── what goes out ──────────────────────────────────────────────────────────────────────────────


class Shown(ma.Schema):
    """Every member is there, if only as null; a later version may add more."""

    class Meta:
        unknown = ma.INCLUDE

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Documents the member as present."""
        field_obj.required = True


class ReceiptSchema(Shown):
    """Where a statement stands in the log, with a proof that needs nobody's word."""

    seq = _told(fields.Integer(), "Number of the entry, from 0.")
    leaf = _told(fields.String(), "Leaf hash of the entry, base64.")
    prev = _told(fields.String(), "Leaf hash of the entry before.")
    at = _told(fields.String(), "Time of the entry, UTC.")
    statement = _told(fields.String(), "Digest of the signed statement, hexadecimal.")
    log = _told(fields.String(), "The ledger's origin.")
    proof = _told(
        fields.String(), "C2SP tlog-proof of the entry, which is in it. Kept as a file it verifies offline."
    )


class PreparedSchema(Shown):
    """What is to be signed. `payload` goes into the envelope, the signature is over `pae`."""

    payloadType = fields.String()  # noqa: N815 (DSSE calls it so)
    payload = _told(fields.String(), "The canonical payload, base64.")
    pae = _told(fields.String(), "DSSE pre-authentication encoding: the bytes to sign, base64.")


class DocumentStoredSchema(Shown):
    """A document that is stored."""

    sha256 = fields.String()


class DisclosureStoredSchema(Shown):
    """A disclosure that is stored."""

    digest = fields.String()
    name = fields.String()


class ProcedureSummarySchema(Shown):
    """A procedure at a glance. Texts that are not disclosed are null."""

    id = fields.String()
    title = fields.String(allow_none=True)
    body = fields.String()
    body_name = fields.String(allow_none=True)
    state = fields.String(validate=validate.OneOf(STATES))
    withheld = _told(fields.Boolean(), "Whether counts, outcome and choices are withheld until the closing.")
    replayed = _told(fields.Boolean(), "Whether it replays a vote that was held elsewhere.")
    opened_seq = fields.Integer()
    last_seq = _told(fields.Integer(), "Number of its latest entry: its version.")
    opened_at = fields.String()
    opens_at = fields.String()
    closes_at = fields.String(allow_none=True)
    closed_at = fields.String(allow_none=True)
    time_zone = fields.String()
    members = _told(fields.Integer(), "Seats in the electorate.")
    voted = _told(fields.Integer(), "Members whose vote counts now.")
    ballot = _told(fields.String(), "Digest of the ballot paper of now: what a vote names.")
    replaced_by = fields.String(allow_none=True)


class OptionSchema(Shown):
    """An option of an item."""

    id = fields.String()
    label = fields.String(allow_none=True)


class ItemSchema(Shown):
    """An item of the ballot paper."""

    id = fields.String()
    wording = fields.String(allow_none=True)
    wording_digest = _told(fields.String(allow_none=True), "Of its disclosure, base64url.")
    polarity = fields.String(validate=validate.OneOf(["for", "against"]))
    options = fields.List(fields.Nested(OptionSchema))


class DocumentSchema(Shown):
    """A document that belongs to the ballot paper."""

    sha256 = fields.String()
    size = fields.Integer()
    media_type = fields.String()
    item = fields.String(allow_none=True)
    attached = _told(fields.Boolean(), "Whether it was attached after the opening.")
    stored = _told(fields.Boolean(), "Whether this service can deliver it.")


class ElectorateSchema(Shown):
    """The frozen electorate."""

    as_of = fields.String()
    count = fields.Integer()


class ProcedureSchema(ProcedureSummarySchema):
    """A procedure with everything that was signed in its opening."""

    chair = fields.String(allow_none=True)
    electorate = fields.Nested(ElectorateSchema)
    profile = _told(fields.Dict(), "The rule profile, in full, as it was signed.")
    profile_in_words = _told(
        fields.Dict(keys=fields.String(), values=fields.List(fields.String())),
        "The same as sentences: language → list.",
    )
    items = fields.List(fields.Nested(ItemSchema))
    documents = fields.List(fields.Nested(DocumentSchema))
    source = _told(fields.String(allow_none=True), "Where a replayed vote was published.")
    opening = _told(fields.Dict(), "The payload of the opening statement, from which `ballot` follows.")


class TextSchema(Shown):
    """A sentence in each language."""

    de = fields.String()
    en = fields.String()


class StepSchema(Shown):
    """A line of a derivation."""

    code = fields.String()
    text = fields.Nested(TextSchema)
    numbers = fields.Dict(keys=fields.String(), values=fields.Integer())
    names = fields.Dict(keys=fields.String(), values=fields.String())
    holds = fields.Boolean()
    setting = _told(fields.String(), "The setting of the rule profile that asks for it.")
    paragraph = _told(fields.String(allow_none=True), "What to cite for it.")


class VariantSchema(Shown):
    """What the result would be under another assumption."""

    code = fields.String()
    result = fields.String()
    survives = _told(fields.Boolean(), "Whether that is the result as it stands.")
    numbers = fields.Dict(keys=fields.String(), values=fields.Integer())
    names = fields.Dict(keys=fields.String(), values=fields.String())
    text = fields.Nested(TextSchema)


class ItemTallySchema(Shown):
    """The result of an item, as the votes stand; null where it is withheld."""

    item = fields.String()
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), allow_none=True)
    outcome = _told(
        fields.String(allow_none=True),
        "adopted, rejected, elected:<option>, no-decision, referred or void.",
    )
    valid = _told(fields.Boolean(allow_none=True), "Whether deciding by circulation was valid.")
    derivation = fields.List(fields.Nested(StepSchema), allow_none=True)
    relevance = fields.List(fields.Nested(VariantSchema), allow_none=True)


class TallySchema(Shown):
    """The tally of a procedure after some entry."""

    procedure = fields.String()
    at = _told(fields.Integer(), "Number of the entry.")
    state = fields.String(validate=validate.OneOf(STATES))
    members = fields.Integer()
    voted = fields.Integer()
    withheld = fields.Boolean()
    items = fields.List(fields.Nested(ItemTallySchema))


class EntrySchema(Shown):
    """An entry, for people. The bytes that count come with the receipt."""

    seq = fields.Integer()
    at = fields.String()
    kind = fields.String(validate=validate.OneOf(KINDS))
    actor = fields.String()
    actor_name = fields.String(allow_none=True)
    stream = _told(fields.String(), "The procedure, or the register.")
    pos = fields.Integer()
    leaf = fields.String()
    statement = _told(
        fields.String(allow_none=True), "Digest of the statement; null while its choices are withheld."
    )
    payload = _told(fields.Dict(), "What was signed; `choices` is null while it is withheld.")


class PaginationSchema(Shown):
    """How to go on."""

    next = _told(fields.Integer(allow_none=True), "`after` of the next page; null on the last one.")


class ProcedureListSchema(Shown):
    """A page of procedures, in the order of opening."""

    data = fields.List(fields.Nested(ProcedureSummarySchema))
    pagination = fields.Nested(PaginationSchema)


class EntryListSchema(Shown):
    """A page of entries, in the order of the log."""

    data = fields.List(fields.Nested(EntrySchema))
    pagination = fields.Nested(PaginationSchema)


class FeedSchema(Shown):
    """New entries of the whole log."""

    data = fields.List(fields.Nested(EntrySchema))
    pagination = fields.Nested(PaginationSchema)
    position = _told(fields.Integer(), "The last entry that the views contain, -1 if none.")


class HealthSchema(Shown):
    """The process answers."""

    status = fields.String()
    version = fields.String()


class ReadinessSchema(Shown):
    """The store answers. `lag` is the number of entries that the views do not contain yet."""

    status = fields.String()
    ledger = fields.String()
    origin = fields.String()
    head = fields.Integer()
    position = fields.Integer()
    lag = fields.Integer()


class FieldProblemSchema(ma.Schema):
    """Where in the request something is wrong."""

    class Meta:
        unknown = ma.INCLUDE

    pointer = _told(fields.String(), "JSON Pointer into the body, as a URI fragment (RFC 6901 §6).")
    parameter = _told(fields.String(), "Name of a query parameter.")
    detail = fields.String(required=True)


class GermanProblemSchema(ma.Schema):
    """The same in German."""

    title = fields.String(required=True)
    hint = fields.String(required=True)


class ProblemSchema(ma.Schema):
    """Problem details (RFC 9457). `code` is stable; `hint` says what to do next."""

    class Meta:
        unknown = ma.INCLUDE

    type = fields.String(required=True, metadata={"format": "uri-reference"})
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True)
    detail = fields.String()
    hint = fields.String(required=True)
    instance = fields.String(required=True, metadata={"format": "uri-reference"})
    request_id = fields.String(required=True)
    errors = fields.List(fields.Nested(FieldProblemSchema))
    german = fields.Nested(GermanProblemSchema)
    rule = _told(fields.String(), "The setting of the rule profile that says no.")
    paragraph = _told(fields.String(), "What to cite for it.")
