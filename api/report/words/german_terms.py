"""Berichte auf Deutsch: wie Zustände, Vorgänge und Gründe heißen."""

from ledger.domain.words.course_german import CLOSED, KINDS, OFFICES, REFUSALS, ROLES, STATES

__all__ = ["CLOSED", "KINDS", "OFFICES", "REFUSALS", "ROLES", "STATES"]

PROVENANCE = {
    "own-key": "eigener Schlüssel",
    "proxy": "Vollmacht",
    "portal-attested": "über ein Portal",
    "clerk-recorded": "vom Sitzungsdienst erfasst, mit zweiter Person",
}

BASES = {
    "gdpr-16": "Art. 16 DSGVO",
    **{f"gdpr-17-1-{letter}": f"Art. 17 Abs. 1 Buchst. {letter} DSGVO" for letter in "abcde"},
    "retention-ended": "Ablauf der Aufbewahrungsfrist",
    "court-order": "gerichtliche Anordnung",
}

DETAILS = {
    "items": "Punkt {items}",
    "made_public": "Punkt {items} wird öffentlich",
    "closes_at": "neue Frist {closes_at}",
    "substitute": "{substitute} für {member}",
    "proxy": "an {proxy}",
    "source": {
        "paper": "auf Papier",
        "phone": "am Telefon",
        "mail": "mit der Post",
        "in-person": "persönlich",
    },
    "witness": "zweite Person: {witness}",
    "document": "{media_type}, {size}",
    "to": {"members": "an die Mitglieder", "everybody": "öffentlich"},
    "confirmed": {True: "bestätigt", False: "nicht bestätigt"},
}
