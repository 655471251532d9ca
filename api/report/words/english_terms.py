"""Reports in English: states, kinds of entries, reasons."""

STATES = {
    "opened": "open",
    "closed": "closed, result not determined yet",
    "terminated": "ended by objection",
    "referred": "referred to a meeting",
    "determined": "result determined",
    "announced": "result announced",
    "published": "result published",
    "ratified": "confirmed by a meeting",
    "not-ratified": "not confirmed by a meeting",
    "suspended": "suspended",
    "objected": "objected to as unlawful",
    "expired": "expired",
    "annulled": "annulled",
}

CLOSED = {
    "deadline": "at the deadline",
    "chair": "by the chair",
    "objection": "because of objections",
    "all-voted": "because all have voted",
    "unlosable": "because the result was certain",
}

PROVENANCE = {
    "own-key": "own key",
    "proxy": "proxy",
    "portal-attested": "through a portal",
    "clerk-recorded": "recorded by a clerk and a second person",
}

KINDS = {
    "procedure-opened": "procedure opened",
    "document-attached": "document attached",
    "consent-declared": "consent to deciding by circulation",
    "consent-revoked": "consent taken back",
    "objection-raised": "objection to deciding by circulation",
    "secret-ballot-demanded": "secret ballot demanded",
    "proxy-given": "proxy given",
    "proxy-revoked": "proxy taken back",
    "member-excluded": "excluded for a conflict of interest",
    "exclusion-lifted": "exclusion lifted",
    "delivery-recorded": "receipt recorded",
    "substitute-named": "substitute named",
    "deadline-extended": "deadline extended",
    "attempt-refused": "attempt refused",
    "presence-recorded": "presence recorded",
    "vote-cast": "vote cast",
    "vote-changed": "vote changed",
    "vote-withdrawn": "vote withdrawn",
    "casting-vote-given": "casting vote",
    "procedure-closed": "voting closed",
    "result-determined": "result determined",
    "result-announced": "result announced",
    "result-published": "result published",
    "result-ratified": "put to a meeting",
    "result-suspended": "result suspended",
    "result-objected": "resolution objected to",
    "result-expired": "resolution expired",
    "condition-met": "condition met",
    "result-corrected": "result corrected",
    "result-annulled": "result annulled",
}

BASES = {
    "gdpr-16": "GDPR Art. 16",
    **{f"gdpr-17-1-{letter}": f"GDPR Art. 17 (1) {letter}" for letter in "abcde"},
    "retention-ended": "the period of retention has ended",
    "court-order": "order of a court",
}

DETAILS = {
    "items": "item {items}",
    "closes_at": "new deadline {closes_at}",
    "substitute": "{substitute} in place of {member}",
    "proxy": "to {proxy}",
    "document": "{media_type}, {size}",
    "to": {"members": "to the members", "everybody": "to the public"},
    "confirmed": {True: "confirmed", False: "not confirmed"},
}
