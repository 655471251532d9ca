"""What comes out of statements, documents, procedures and the feed."""

from __future__ import annotations

from marshmallow import fields, validate

from api.schemas.values import STATES, Shown, told
from ledger.proof.kinds import LEGAL_BASES
from ledger.proof.statement import KINDS


class ReceiptSchema(Shown):
    """Where a statement stands in the log, with a proof that needs nobody's word."""

    seq = told(fields.Integer(), "Number of the entry, from 0.")
    leaf = told(fields.String(), "Leaf hash of the entry, base64.")
    prev = told(fields.String(), "Leaf hash of the entry before.")
    at = told(fields.String(), "Time of the entry, UTC.")
    statement = told(fields.String(), "Digest of the signed statement, hexadecimal.")
    log = told(fields.String(), "The ledger's origin.")
    proof = told(
        fields.String(), "C2SP tlog-proof of the entry, which is in it. Kept as a file it verifies offline."
    )


class PreparedSchema(Shown):
    """What is to be signed. `payload` goes into the envelope, the signature is over `pae`."""

    payloadType = fields.String()  # noqa: N815 (DSSE calls it so)
    payload = told(fields.String(), "The canonical payload, base64.")
    pae = told(fields.String(), "DSSE pre-authentication encoding: the bytes to sign, base64.")


class DocumentStoredSchema(Shown):
    """A document that is stored."""

    sha256 = fields.String()


class PaperTextSchema(Shown):
    """A text of a ballot paper, so that it can be checked."""

    digest = told(fields.String(), "As it stands in the opening.")
    disclosure = told(fields.String(), "base64url, no padding, of the JSON array [salt, name, value].")


class PaperTextsSchema(Shown):
    """The texts of a ballot paper, as far as they are there."""

    data = fields.List(fields.Nested(PaperTextSchema))


class DisclosureStoredSchema(Shown):
    """A disclosure that is stored."""

    digest = fields.String()
    name = fields.String()


class ErasedSchema(Shown):
    """A text or document that was erased, by a `redacted` entry."""

    digest = told(fields.String(), "Of a text base64url, of a document hexadecimal.")
    entry = told(fields.Integer(), "Number of the entry that says so.")
    at = fields.String()
    legal_basis = fields.String(validate=validate.OneOf(LEGAL_BASES))
    authority = told(fields.String(), "Who answers for it.")


class ProcedureSummarySchema(Shown):
    """A procedure at a glance. Texts that are not disclosed, or erased, are null."""

    id = fields.String()
    title = fields.String(allow_none=True)
    body = fields.String()
    body_name = fields.String(allow_none=True)
    state = fields.String(validate=validate.OneOf(STATES))
    withheld = told(fields.Boolean(), "Whether counts, outcome and choices are withheld until the closing.")
    replayed = told(fields.Boolean(), "Whether it replays a vote that was held elsewhere.")
    opened_seq = fields.Integer()
    last_seq = told(fields.Integer(), "Number of its latest entry: its version.")
    opened_at = fields.String()
    opens_at = fields.String()
    closes_at = fields.String(allow_none=True)
    due_at = told(
        fields.String(allow_none=True),
        "From when on the service closes: `closes_at`, or a time of grace later.",
    )
    closed_at = fields.String(allow_none=True)
    deadline = told(fields.String(allow_none=True), "The common one of now; `closes_at` is the last one.")
    referred = told(fields.List(fields.String()), "Items that go to a meeting: a secret ballot was demanded.")
    made_public = told(
        fields.Dict(keys=fields.String(), values=fields.Integer()),
        "Items that became public after the closing → number of the entry since which they are.",
    )
    time_zone = fields.String()
    members = told(fields.Integer(), "Seats in the electorate.")
    voted = told(fields.Integer(), "Members whose vote counts now.")
    ballot = told(fields.String(), "Digest of the ballot paper of now: what a vote names.")
    replaced_by = fields.String(allow_none=True)
    expires_at = told(
        fields.String(allow_none=True), "When the next resolution ends that is limited in time."
    )
    erased = told(fields.List(fields.Nested(ErasedSchema)), "What of this was erased, and why.")


class OptionSchema(Shown):
    """An option of an item."""

    id = fields.String()
    label = fields.String(allow_none=True)


class ItemSchema(Shown):
    """An item of the ballot paper."""

    id = fields.String()
    wording = fields.String(allow_none=True)
    wording_digest = told(fields.String(allow_none=True), "Of its disclosure, base64url.")
    polarity = fields.String(validate=validate.OneOf(["for", "against"]))
    public = told(fields.Boolean(), "Whether anybody may know of it once the result is published.")
    options = fields.List(fields.Nested(OptionSchema))


class DocumentSchema(Shown):
    """A document that belongs to the ballot paper."""

    sha256 = fields.String()
    size = fields.Integer()
    media_type = fields.String()
    item = fields.String(allow_none=True)
    entry = told(fields.Integer(), "Number of the entry that named it: the opening, or a later one.")
    attached = told(fields.Boolean(), "Whether it was attached after the opening.")
    stored = told(fields.Boolean(), "Whether this service can deliver it.")


class ElectorateSchema(Shown):
    """The frozen electorate."""

    as_of = fields.String()
    count = fields.Integer()


class ProcedureSchema(ProcedureSummarySchema):
    """A procedure with everything that was signed in its opening."""

    chair = fields.String(allow_none=True)
    electorate = fields.Nested(ElectorateSchema)
    profile = told(fields.Dict(), "The rule profile, in full, as it was signed.")
    profile_in_words = told(
        fields.Dict(keys=fields.String(), values=fields.List(fields.String())),
        "The same as sentences: language → list.",
    )
    items = fields.List(fields.Nested(ItemSchema))
    documents = fields.List(fields.Nested(DocumentSchema))
    source = told(fields.String(allow_none=True), "Where a replayed vote was published.")
    at = told(fields.Integer(), "Number of the entry as of which this is.")
    opening = told(fields.Dict(), "The payload of the opening statement, from which `ballot` follows.")


class EntrySchema(Shown):
    """An entry, for people. The bytes that count come with the receipt."""

    seq = fields.Integer()
    at = fields.String()
    kind = fields.String(validate=validate.OneOf(KINDS))
    actor = fields.String()
    actor_name = fields.String(allow_none=True)
    stream = told(fields.String(), "The procedure, or the register.")
    pos = fields.Integer()
    leaf = fields.String()
    statement = told(
        fields.String(allow_none=True), "Digest of the statement; null while its choices are withheld."
    )
    payload = told(fields.Dict(), "What was signed; `choices` is null while it is withheld.")


class PaginationSchema(Shown):
    """How to go on."""

    next = told(fields.Integer(allow_none=True), "`after` of the next page; null on the last one.")


class LinksSchema(Shown):
    """Addresses of other pages of the same list."""

    first = fields.String()
    next = told(fields.String(allow_none=True), "null on the last page.")


class ProcedureListSchema(Shown):
    """A page of procedures, in the order of opening."""

    data = fields.List(fields.Nested(ProcedureSummarySchema))
    pagination = fields.Nested(PaginationSchema)
    links = fields.Nested(LinksSchema)


class EntryListSchema(Shown):
    """A page of entries, in the order of the log."""

    data = fields.List(fields.Nested(EntrySchema))
    pagination = fields.Nested(PaginationSchema)
    links = fields.Nested(LinksSchema)


class FeedSchema(Shown):
    """New entries of the whole log."""

    data = fields.List(fields.Nested(EntrySchema))
    pagination = fields.Nested(PaginationSchema)
    links = fields.Nested(LinksSchema)
    position = told(fields.Integer(), "The last entry that the views contain, -1 if none.")
