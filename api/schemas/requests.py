"""The shapes of what comes in over HTTP; never a voting rule.

Statements are not described here field by field: their one strict parser is `ledger.proof`, and a
second one would disagree with it some day.
"""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from api.schemas.values import MAX_SEQ, PROVENANCES, STATES, Digits, Moment, Strict, Time, Truth
from ledger.proof.shapes import ID
from ledger.proof.statement import KINDS
from projections.report.model import KINDS as KINDS_OF_REPORTS

TOPICS = {
    "keys": ("ledger-created", "key-registered", "key-rotated", "key-revoked", "log-key-rotated"),
    "seats": ("body-registered", "seats-changed", "substitute-named"),
    "refused": ("attempt-refused",),
    "deadlines": ("delivery-recorded", "deadline-extended"),
    "corrections": ("result-corrected", "result-annulled", "vote-withdrawn", "exclusion-lifted"),
    "anchors": ("anchored",),
    "redactions": ("redacted",),
}
"""What an auditor asks for → kinds of entries."""


def _id(description: str) -> fields.String:
    told = {"description": description, "pattern": f"^{ID.pattern}$"}
    return fields.String(validate=validate.Regexp(rf"\A{ID.pattern}\Z"), metadata=told)


def _seq(description: str, **more: Any) -> Digits:
    metadata = {"description": description}
    return Digits(validate=validate.Range(0, MAX_SEQ), metadata=metadata, **more)


class Fresh(Strict):
    """Query of every read of the views."""

    wait_for = _seq(
        "Answer from a view with this entry in it, or 503 with Retry-After: at once beyond the head."
    )


class ListQuery(Fresh):
    """Query of the list of procedures."""

    after = _seq("`pagination.next` of the page before.")
    limit = Digits(validate=validate.Range(1, 500), load_default=100)
    state = fields.String(validate=validate.OneOf(STATES))
    body = _id("Of this body.")
    member = _id("In which this person votes: with a seat, or in somebody's place.")
    opened_from = Time("Opened at this time or later.")
    opened_before = Time("Opened before this time.")
    closes_from = Time("Whose last deadline is at this time or later.")
    closes_before = Time("Whose last deadline is before this time.")


class MomentQuery(Fresh):
    """Query of what can be seen as of any point of the log."""

    at = Moment("As of this entry, or this time (RFC 3339); not of the future.")


class ResolutionQuery(MomentQuery):
    """Query of a resolution."""

    lang = fields.String(validate=validate.OneOf(["de", "en"]), load_default="de")


class ReportQuery(ResolutionQuery):
    """Query of a report."""

    kind = fields.String(
        validate=validate.OneOf(KINDS_OF_REPORTS),
        load_default="extract",
        metadata={
            "description": "Extract for the minutes, audit report, or resolution (which names nobody)."
        },
    )


class HistoryQuery(MomentQuery):
    """Query of a procedure's history."""

    after = _seq("Entries after this number.")
    limit = Digits(validate=validate.Range(1, 1000), load_default=200)


class NamesQuery(MomentQuery):
    """Query of a list in the order of ids."""

    after = _id("`pagination.next` of the page before.")
    limit = Digits(validate=validate.Range(1, 500), load_default=100)


class VotesQuery(NamesQuery):
    """Query of a roll call."""

    provenance = fields.String(
        validate=validate.OneOf(PROVENANCES), metadata={"description": "Only votes that came in this way."}
    )


class ParticipationQuery(NamesQuery):
    """Query of who takes part."""

    voted = Truth(metadata={"description": "Only those whose vote counts, or only those who may still vote."})


class EventsQuery(Fresh):
    """Query of the change feed."""

    after = _seq("Entries after this number.")
    limit = Digits(validate=validate.Range(1, 1000), load_default=200)
    wait = Digits(
        validate=validate.Range(0, 25),
        load_default=0,
        metadata={"description": "Seconds to wait for an entry, where there is none yet."},
    )


class CheckpointsQuery(MomentQuery):
    """Query of the published checkpoints."""

    after = _seq("Checkpoints of fewer entries than this: `pagination.next` of the page before.")
    limit = Digits(validate=validate.Range(1, 100), load_default=20)


class EntriesQuery(HistoryQuery):
    """Query of the entries of some kinds."""

    kind = fields.String(validate=validate.OneOf(KINDS))
    topic = fields.String(validate=validate.OneOf(tuple(TOPICS)))


class OparlQuery(Fresh):
    """Query of a list of OParl objects (OParl 1.1, "Filter"); times with their offset."""

    after = _seq("Where the page before ended: take `links.next` as it is.")
    limit = Digits(
        validate=validate.Range(1, MAX_SEQ),
        metadata={"description": "Procedures on a page: at most 100, or 20."},
    )
    created_since = Time()
    created_until = Time()
    modified_since = Time("Only with this are erased objects told.")
    modified_until = Time()
    omit_internal = Truth()


class SignatureSchema(Strict):
    """A signature over the pre-authentication encoding of payload type and payload."""

    keyid = fields.String(required=True, metadata={"pattern": "^[0-9a-f]{32}$"})
    sig = fields.String(required=True, metadata={"pattern": "^([A-Za-z0-9+/]{86}==|[A-Za-z0-9+/]{3227}=)$"})


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
