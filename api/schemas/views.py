"""The shapes of the views over HTTP: who takes part, roll call, result, register, audit."""

from __future__ import annotations

from marshmallow import fields, validate

from api.schemas.answers import EntrySchema, LinksSchema, PaginationSchema, ProcedureSummarySchema
from api.schemas.results import ItemTallySchema
from api.schemas.values import PROVENANCES, STATES, Shown, told
from ledger.proof.statement import KINDS

_PROVENANCE = validate.OneOf(PROVENANCES)


class NamePaginationSchema(Shown):
    """How to go on."""

    next = told(fields.String(allow_none=True), "`after` of the next page; null on the last one.")


class NamedPage(Shown):
    """A page in the order of ids, as of an entry."""

    at = told(fields.Integer(), "Number of the entry as of which this is.")
    pagination = fields.Nested(NamePaginationSchema)
    links = fields.Nested(LinksSchema)


class ParticipantSchema(Shown):
    """Somebody who votes in a procedure, or did before a substitute came."""

    member = fields.String()
    name = fields.String(allow_none=True)
    weight = fields.Integer()
    group = fields.String(allow_none=True)
    voted = told(fields.Boolean(), "Whether a vote of theirs counts now.")
    reconfirm = told(fields.Boolean(), "Whether a vote stands that was given on an older ballot paper.")
    voted_at = fields.String(allow_none=True)
    provenance = told(fields.String(allow_none=True, validate=_PROVENANCE), "How the vote came.")
    deadline = told(fields.String(allow_none=True), "Until when this member may vote; null while none runs.")
    received_at = fields.String(allow_none=True)
    excluded = told(fields.List(fields.String()), "Items from which the member is excluded.")
    consents = told(fields.List(fields.String(), allow_none=True), "Items; null without a declaration.")
    objected_at = fields.String(allow_none=True)
    demands = told(fields.List(fields.String()), "Items on which a secret ballot is demanded.")
    proxy = told(fields.String(allow_none=True), "Who votes for the member.")
    stands_for = told(fields.String(allow_none=True), "Whose seat a substitute has taken.")
    replaced_by = fields.String(allow_none=True)


class ParticipationSchema(NamedPage):
    """Who has voted, and how many of how many."""

    procedure = fields.String()
    state = fields.String(validate=validate.OneOf(STATES))
    members = told(fields.Integer(), "Seats in the electorate.")
    voted = told(fields.Integer(), "Members whose vote counts.")
    provenance = told(
        fields.Dict(keys=fields.String(validate=_PROVENANCE), values=fields.Integer()),
        "How the votes that count came → how many.",
    )
    data = fields.List(fields.Nested(ParticipantSchema))


class CastSchema(Shown):
    """A vote as it stands."""

    member = fields.String()
    name = fields.String(allow_none=True)
    group = fields.String(allow_none=True)
    stands_for = fields.String(allow_none=True)
    choices = told(
        fields.Dict(keys=fields.String(), values=fields.String(), allow_none=True),
        "Item → option; null while it is withheld.",
    )
    weight = fields.Integer()
    provenance = fields.String(validate=_PROVENANCE)
    counts = told(
        fields.Boolean(), "False where it has to be confirmed, or who gave it or for whom is excluded."
    )
    late = told(fields.Boolean(), "Whether it is in time only because the deadline was extended.")
    seq = fields.Integer()
    at = told(fields.String(), "Time of its entry.")
    leaf = told(fields.String(), "What a next vote of this member names in `replaces`.")


class RollCallSchema(NamedPage):
    """Who voted how, by member."""

    procedure = fields.String()
    state = fields.String(validate=validate.OneOf(STATES))
    withheld = fields.Boolean()
    data = fields.List(fields.Nested(CastSchema))


class TaskSchema(Shown):
    """A vote that is still to be given."""

    procedure = fields.Nested(ProcedureSummarySchema)
    member = told(fields.String(), "For whom: the person asked about, or whose proxy they are.")
    role = fields.String(validate=validate.OneOf(["member", "substitute", "proxy"]))
    deadline = told(fields.String(allow_none=True), "Their own; null while none runs.")
    items = told(fields.List(fields.String()), "Items on which no vote counts yet.")
    reconfirm = told(fields.Boolean(), "Whether a vote stands that was given on an older ballot paper.")
    replaces = told(fields.String(allow_none=True), "Leaf hash of the vote that stands, or null.")


class TaskListSchema(Shown):
    """What a person still has to vote on, by deadline."""

    member = fields.String()
    data = fields.List(fields.Nested(TaskSchema))


class StepTextSchema(EntrySchema):
    """A step of a result, with the text to it."""

    text = told(fields.String(allow_none=True), "Ground, place or evidence, where it is disclosed.")


class ResultItemSchema(ItemTallySchema):
    """The result of an item, and what became of it."""

    wording = fields.String(allow_none=True)
    condition = told(fields.String(allow_none=True), "On which the resolution takes effect.")
    condition_met = fields.Boolean(allow_none=True)
    expired = fields.Boolean()


class ResultSchema(Shown):
    """What was decided, why, and what became of it."""

    procedure = fields.String()
    at = fields.Integer()
    state = fields.String(validate=validate.OneOf(STATES))
    withheld = fields.Boolean()
    determined = told(fields.Boolean(), "Whether it was determined; before, it is how the votes stand.")
    legal_basis = fields.String()
    members = fields.Integer()
    voted = fields.Integer()
    items = fields.List(fields.Nested(ResultItemSchema))
    steps = told(fields.List(fields.Nested(StepTextSchema)), "From the closing on, in order.")


class KeySchema(Shown):
    """A key and its life. Entries act from the one after them on."""

    key = told(fields.String(), "Public key, base64; of the log a vkey (C2SP signed-note).")
    since = fields.Integer()
    since_at = fields.String()
    by = fields.String()
    ended = fields.Integer(allow_none=True)
    ended_at = fields.String(allow_none=True)
    ended_by = fields.String(allow_none=True)
    reason = told(fields.String(allow_none=True), "Why it was revoked, or `rotated`.")


class PersonSchema(Shown):
    """Somebody or something that signs."""

    id = fields.String()
    name = fields.String(allow_none=True)
    roles = fields.List(fields.String())
    keys = fields.List(fields.Nested(KeySchema))


class PeopleSchema(NamedPage):
    """A page of people."""

    data = fields.List(fields.Nested(PersonSchema))


class BodySchema(Shown):
    """A council, committee or assembly."""

    id = fields.String()
    name = fields.String(allow_none=True)
    since = fields.Integer()
    since_at = fields.String()
    seats = fields.Integer()


class RegisterSchema(Shown):
    """The register as of an entry, without its people."""

    at = fields.Integer()
    bodies = fields.List(fields.Nested(BodySchema))
    log_keys = fields.List(fields.Nested(KeySchema))


class SeatSchema(Shown):
    """A seat."""

    member = fields.String()
    name = fields.String(allow_none=True)
    weight = fields.Integer()
    group = fields.String(allow_none=True)
    substitutes = fields.List(fields.String())
    since = told(fields.Integer(), "Number of the entry that granted or changed it.")
    since_at = fields.String()


class SeatsSchema(NamedPage):
    """A page of a body's seats."""

    body = fields.String()
    data = fields.List(fields.Nested(SeatSchema))


class KindCountSchema(Shown):
    """How many entries of a kind there are."""

    kind = fields.String(validate=validate.OneOf(KINDS))
    entries = fields.Integer()
    last_seq = fields.Integer()


class SignatureLineSchema(Shown):
    """A signature line of a checkpoint, as it is published; to believe it is the reader's part."""

    name = fields.String()
    key_id = told(fields.String(), "Key hash of the line (C2SP signed-note), hexadecimal.")
    by_log = told(fields.Boolean(), "Whether it carries the log's own name; else a witness's.")
    witness = told(fields.String(allow_none=True), "How the ledger's policy calls whose key it is.")
    verified = told(
        fields.Boolean(allow_none=True),
        "Under a key that the log had then, or of the policy; null for any other key.",
    )
    time = told(fields.String(allow_none=True), "When it was cosigned; null for a plain signature.")


class AnchorSchema(Shown):
    """A time stamp (RFC 3161) over a checkpoint; here its signature is not verified."""

    tsa = told(fields.String(), "The authority's id; the response is `log/anchors/<N>/<tsa>.tsr`.")
    time = told(fields.String(allow_none=True), "As it states it; null where it cannot be read.")


class CheckpointSchema(Shown):
    """A published checkpoint."""

    origin = fields.String(allow_none=True)
    size = told(fields.Integer(), "Entries under it.")
    root = told(fields.String(allow_none=True), "Root hash, base64.")
    readable = told(fields.Boolean(), "False where its file is damaged or gone: see `stimmbuch verify`.")
    signatures = fields.List(fields.Nested(SignatureLineSchema))
    quorum = told(
        fields.Boolean(allow_none=True), "Whether it meets the policy of today; null without a policy."
    )
    missing = told(fields.List(fields.String()), "Witnesses of the policy without a good cosignature.")
    anchors = fields.List(fields.Nested(AnchorSchema))


class CheckpointsSchema(Shown):
    """A page of checkpoints, the newest first."""

    at = told(fields.Integer(), "Number of the entry as of which this is.")
    data = fields.List(fields.Nested(CheckpointSchema))
    pagination = fields.Nested(PaginationSchema)
    links = fields.Nested(LinksSchema)


class AuditSchema(Shown):
    """What an auditor looks at first."""

    at = fields.Integer()
    entries = fields.List(fields.Nested(KindCountSchema))
    checkpoint = fields.Nested(CheckpointSchema, allow_none=True)
