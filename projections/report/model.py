"""What a report says: plain frozen values, made once (`build`), and read by every rendering.

Nothing is localised here: where a sentence follows from the rules it stands in each language. Times are UTC
as entries write them, digests as in the entries. `None` says that something is not told, and why stands
beside it: erased, never disclosed, or withheld while voting is open.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

FORMAT = "stimmbuch-report/1"
KINDS = ("extract", "audit")


class Sentence(NamedTuple):
    """Words in each language."""

    de: str
    en: str


class Erasure(NamedTuple):
    """Why a text or document is gone."""

    entry: int
    """Number of the entry that says so."""
    legal_basis: str


class Text(NamedTuple):
    """A salted text beside the log: what is signed is its digest."""

    digest: str
    """Base64url."""
    value: str | None
    """None where it is erased, or was never disclosed."""
    erased: Erasure | None


class Named(NamedTuple):
    """Somebody, or a body."""

    id: str
    name: Text | None
    """None where the register holds no name."""


class Position(NamedTuple):
    """The entry after which everything is told."""

    seq: int
    at: str
    leaf: str
    """Leaf hash, base64."""


class Head(NamedTuple):
    """The first published checkpoint that contains the position: it stays the same for ever."""

    size: int
    root: str
    """Base64."""
    signed_by: tuple[str, ...]
    """Names whose signatures were verified."""
    note: str
    """The checkpoint itself, with its signatures (C2SP tlog-checkpoint)."""
    sha256: str
    """Of the note, hexadecimal."""


# ── what was decided ───────────────────────────────────────────────────────────────────────────


class Step(NamedTuple):
    """A line of a derivation."""

    code: str
    numbers: Mapping[str, int]
    names: Mapping[str, str]
    holds: bool
    setting: str
    paragraph: str | None
    text: Sentence


class Variant(NamedTuple):
    """The result under another assumption."""

    code: str
    result: str
    survives: bool
    numbers: Mapping[str, int]
    names: Mapping[str, str]
    text: Sentence


class Count(NamedTuple):
    """The votes for an option: the sum of the weights of those that count."""

    option: str
    votes: int


class Result(NamedTuple):
    """What follows from the votes on an item, as the rules compute it."""

    counts: tuple[Count, ...]
    outcome: str
    """adopted, rejected, elected:<option>, no-decision, referred, void."""
    words: Sentence
    valid: bool
    """Whether deciding by circulation was valid."""
    derivation: tuple[Step, ...]
    relevance: tuple[Variant, ...]


class Option(NamedTuple):
    """An option of an item."""

    id: str
    label: Text | None
    words: Sentence


class Item(NamedTuple):
    """An item of the ballot paper."""

    id: str
    wording: Text | None
    polarity: str
    """for; against: a yes adopts a recommendation to reject."""
    options: tuple[Option, ...]
    condition: Text | None
    """On which the resolution takes effect."""
    valid_months: int | None
    secret: bool
    """Whether it goes to a meeting because a secret ballot was demanded: no single vote is told then."""
    result: Result | None
    """None while it is withheld."""


# ── who took part ──────────────────────────────────────────────────────────────────────────────


class Cast(NamedTuple):
    """A member's vote as it stands."""

    entry: int
    at: str
    leaf: str
    choices: Mapping[str, str] | None
    """Item → option; None while it is withheld."""
    provenance: str
    """own-key, proxy, portal-attested or clerk-recorded."""
    late: bool
    """In time only because the deadline was extended."""
    counts: bool
    """False where the member is excluded, or the ballot paper changed since."""


class Participant(NamedTuple):
    """A seat of the frozen electorate, and who voted for it."""

    member: Named
    substitute: Named | None
    group: str | None
    weight: int
    deadline: str | None
    """Until when this member may act; None: until the closing."""
    consents: tuple[str, ...]
    """Items for which the member consented to deciding by circulation."""
    objected_at: str | None
    excluded: tuple[str, ...]
    """Items from which the member is excluded."""
    proxy: Named | None
    vote: Cast | None


class Event(NamedTuple):
    """An entry of the procedure."""

    entry: int
    at: str
    kind: str
    actor: Named
    leaf: str
    statement: str
    """Digest of what was signed, hexadecimal; empty while it is withheld."""
    key_ids: tuple[str, ...]
    """Ids of the keys that signed, hexadecimal."""
    payload: Mapping[str, Any]
    """What was signed; `choices` and `tally` are null while they are withheld."""
    texts: tuple[Text, ...]
    """Reasons, grounds and places that it names by digest; those of an opening stand with its items."""


class Document(NamedTuple):
    """A document of the ballot paper."""

    sha256: str
    size: int
    media_type: str
    item: str | None
    entry: int
    """Number of the entry that attached it."""
    kept: bool
    """Whether a file with this digest lies beside the log."""
    erased: Erasure | None


# ── what it is checked by ──────────────────────────────────────────────────────────────────────


class Fault(NamedTuple):
    """A check that does not hold."""

    entry: int | None
    message: str
    expected: str
    found: str


class Check(NamedTuple):
    """A numbered check of the format, and what came of it."""

    number: str
    sentence: str
    result: str
    """holds, fails, not-made."""
    made: int
    """How many times it was made."""
    faults: tuple[Fault, ...]


class Key(NamedTuple):
    """A key, and for which entries it counts."""

    owner: Named
    roles: tuple[str, ...]
    key: str
    """Public key in base64; of the log its verification key (C2SP vkey)."""
    key_id: str
    """Hexadecimal, as envelopes name it; of a log key empty."""
    since: int
    """Number of the entry that named it."""
    ended: int | None
    """Number of the entry that ended it."""
    reason: str | None


class SeatsChanged(NamedTuple):
    """A change of the seats of the body."""

    entry: int
    at: str
    actor: Named
    granted: tuple[str, ...]
    ended: tuple[str, ...]
    seats: int
    """Seats after it."""
    counts: bool
    """Whether the electorate of this procedure contains it."""


class Anchor(NamedTuple):
    """A time stamp over a checkpoint (RFC 3161), as an entry names it."""

    entry: int
    at: str
    size: int
    tsa: str
    token_sha256: str


class Evidence(NamedTuple):
    """What only the audit report holds."""

    checks: tuple[Check, ...]
    keys: tuple[Key, ...]
    seats: tuple[SeatsChanged, ...]
    anchors: tuple[Anchor, ...]
    entries: int
    """Entries of the procedure and the register that were checked."""


class Report(NamedTuple):
    """An extract for the minutes, or with `evidence` an audit report."""

    format: str
    kind: str
    origin: str
    position: Position
    head: Head | None
    """None while the position is not published."""
    faults: int
    """Checks that do not hold, of all that were made; 0 is what it should be."""
    withheld: bool
    """Whether counts, outcome and single votes are withheld until the closing."""
    procedure: str
    title: Text | None
    source: Text | None
    """Where a replayed vote was published."""
    body: Named
    chair: Named | None
    state: str
    time_zone: str
    opened_at: str
    opens_at: str
    closes_at: str | None
    closed_at: str | None
    closing_entry: int | None
    closing_reason: str | None
    determined_entry: int | None
    replayed: bool
    ballot: str
    """Digest of the ballot paper, base64."""
    profile: str | None
    legal_basis: str
    rules: tuple[Sentence, ...]
    """The rule profile in words."""
    members: int
    voted: int
    """Members whose vote counts."""
    items: tuple[Item, ...]
    participants: tuple[Participant, ...]
    attempts: Mapping[str, int]
    """Code → refused attempts on record."""
    documents: tuple[Document, ...]
    events: tuple[Event, ...]
    """Of an extract those that conduct the procedure; of an audit report all."""
    evidence: Evidence | None
