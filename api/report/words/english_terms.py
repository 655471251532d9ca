"""Reports in English: states, kinds of entries, reasons."""

from ledger.domain.words.course_english import CLOSED, KINDS, OFFICES, REFUSALS, ROLES, STATES

__all__ = ["CLOSED", "KINDS", "OFFICES", "REFUSALS", "ROLES", "STATES"]

PROVENANCE = {
    "own-key": "own key",
    "proxy": "proxy",
    "portal-attested": "through a portal",
    "clerk-recorded": "recorded by a clerk and a second person",
}

BASES = {
    "gdpr-16": "GDPR Art. 16",
    **{f"gdpr-17-1-{letter}": f"GDPR Art. 17 (1) {letter}" for letter in "abcde"},
    "retention-ended": "the period of retention has ended",
    "court-order": "order of a court",
}

DETAILS = {
    "items": "item {items}",
    "made_public": "item {items} becomes public",
    "closes_at": "new deadline {closes_at}",
    "substitute": "{substitute} in place of {member}",
    "proxy": "to {proxy}",
    "source": {"paper": "on paper", "phone": "by phone", "mail": "by mail", "in-person": "in person"},
    "witness": "second person: {witness}",
    "document": "{media_type}, {size}",
    "to": {"members": "to the members", "everybody": "to the public"},
    "confirmed": {True: "confirmed", False: "not confirmed"},
}
