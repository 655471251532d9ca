"""Reports in English."""

TITLES = {"extract": "Extract from the minutes", "audit": "Audit report"}
SUBJECT = {
    "extract": "Resolution by circulation (Umlaufverfahren)",
    "audit": "Circular resolution, checked from the signed entries",
}
REPLAYED = "Replay of a vote that was held elsewhere"
PAGE = "Page {page} of {pages}"
HEAD = "{origin} · size {size} · root {root} · as of entry {seq}"
HEAD_MISSING = "{origin} · not published yet · as of entry {seq}"
UNTITLED = "Untitled procedure"
ERASED = "[erased, entry {entry}: {basis}]"
UNDISCLOSED = "[not disclosed; digest {digest}]"
NO_WORDING = "[no wording on record]"
ENTRY = "entry {entry}"
NONE = "–"
YES, NO = "yes", "no"

SECTIONS = {
    "facts": "The procedure",
    "items": "The resolution",
    "item": "Item {item}",
    "participation": "Participation",
    "rollcall": "Roll call",
    "course": "Course of the procedure",
    "documents": "Documents",
    "signatures": "Signatures",
    "head": "Evidence",
    "rules": "The rules that applied",
    "electorate": "The electorate over time",
    "sequence": "All entries of the procedure",
    "attempts": "Late and refused attempts",
    "checks": "Checks",
    "unmade": "Not looked at here",
    "keys": "Keys",
    "again": "Check it yourself",
    "derivation": "Derivation",
    "relevance": "Would the result be another one?",
}
FACTS = {
    "title": "Subject",
    "body": "Body",
    "procedure": "Id",
    "legal": "Legal basis",
    "profile": "Rule profile",
    "chair": "Chair",
    "opened": "Opened",
    "opens": "Voting from",
    "closes": "Deadline",
    "closed": "Closed",
    "state": "State",
    "zone": "Time zone",
    "members": "Entitled to vote",
    "voted": "Votes that count",
    "condition": "Condition",
    "valid": "Limited",
    "position": "As of",
    "size": "Size of the log",
    "root": "Root",
    "signed": "Signed by",
    "sha256": "SHA-256 of the checkpoint",
    "leaf": "Leaf hash of the last entry",
    "ballot": "Digest of the ballot paper",
    "source": "Source",
    "examined": "Entries checked",
    "result": "Result",
}
COLUMNS = {
    "option": "Option",
    "votes": "Votes",
    "share": "Share",
    "member": "Member",
    "group": "Group",
    "weight": "Weight",
    "vote": "Vote",
    "how": "How",
    "time": "Time",
    "utc": "UTC",
    "entry": "Entry",
    "what": "What",
    "who": "Who",
    "detail": "Content",
    "leaf": "Leaf hash",
    "sha256": "SHA-256",
    "size": "Size",
    "kind": "Type",
    "item": "Item",
    "kept": "File",
    "check": "No.",
    "sentence": "Check",
    "result": "Result",
    "made": "Times",
    "owner": "Owner",
    "roles": "Roles",
    "key": "Key",
    "since": "from",
    "ended": "to",
    "granted": "Seats granted",
    "given_up": "Seats ended",
    "seats": "Seats then",
    "code": "Reason",
    "count": "Times",
    "deadline": "Deadline",
    "authority": "Time-stamping authority",
    "record": "Record",
    "id": "Id",
    "text": "Text",
    "outcome": "Outcome",
    "paragraph": "Basis",
    "counts": "Counts",
}
CAPTIONS = {
    "counts": "Votes on {item}",
    "rollcall": "Who voted how",
    "course": "Steps of the procedure",
    "documents": "Documents with their digests",
    "sequence": "Entries in the order of the log; of several votes the last one counts",
    "attempts": "Refused attempts; they never count",
    "checks": "Numbered checks and what came of them",
    "unmade": "Checks that need the whole log or more files",
    "faults": "What does not hold",
    "keys": "Keys of those who signed here or are more than members, and of the log",
    "electorate": "Changes of the body's seats",
    "anchors": "Time stamps over checkpoints of the log",
    "chart": "Bars: {bars}",
}
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
    "members": "{members}",
    "items": "item {items}",
    "closes_at": "new deadline {closes_at}",
    "substitute": "{substitute} in place of {member}",
    "proxy": "to {proxy}",
    "document": "{media_type}, {size}",
    "code": "{code}",
    "late": "after the first deadline",
    "to": {"members": "to the members", "everybody": "to the public"},
    "confirmed": {True: "confirmed", False: "not confirmed"},
}
NO_VOTE = "no vote"
ABSENT = "{member} (substitute: {substitute})"
EXCLUDED = "excluded: item {items}"
NOT_COUNTED = "does not count"
LATE = "after the first deadline"
OBJECTED = "objects"
CONSENTED = "consents to the procedure"
WITHHELD = "withheld until the closing"
TO_A_MEETING = "A secret ballot was demanded: the item goes to a meeting, and no single vote is named."
RESULTS = {"holds": "holds", "fails": "FAILS", "not-made": "not made"}
KEPT = {True: "there", False: "not there"}
INVALID = "Deciding by circulation was not valid."
MONTHS = "{months} months from the announcement"
AGAINST = "The vote was on a recommendation to reject the motion."
VOTED = "{voted} of {members}"
NOTHING_ATTEMPTED = "No refused attempt is on record."
NOTHING_LATE = "No vote was cast after the first deadline."
LATE_VOTES = "Cast after the first deadline, in time only because it was extended: {members}."

NOTES = {
    "open": "Voting is still open: this is how it stood after entry {seq}, and no result.",
    "withheld": "While voting is open, counts, outcome and single votes are withheld, as the rule profile "
    "says. Who has voted is visible.",
    "faults": "THIS PROCEDURE DOES NOT HOLD: {faults} checks fail. What is said below cannot be relied on.",
    "holds": "All {made} checks that were made of this procedure hold.",
    "unpublished": "The position after entry {seq} is in no published, signed checkpoint yet. In this "
    "respect the report is provisional.",
    "annulled": "The result is annulled. The counts stand.",
    "rollcall": "Shown by the entries that are named; signatures and rules by the checks 4.1, 4.2 and 5.1.",
    "items": "Counts and outcome follow from the entries (check 5.1); the closing seals them (check 5.3).",
    "documents": "Every vote is bound to these documents (check 5.2); the files have these digests (checks "
    "7.1 and 7.2).",
    "sequence": "Leaf hash: SHA-256 of the entry as in RFC 6962. Every entry is in the tree of the "
    "checkpoint named below (check 8.8).",
    "electorate": "Up to the entry marked ✓ the register counts for this procedure; later changes do not "
    "touch it (check 5.1).",
    "keys": "A signature counts if its key is live: after its first entry and up to its last one (check "
    "4.1).",
    "unmade": "These checks need the whole log, or files beside it. stimmbuch verify makes them.",
    "head": "Every entry is in the tree of this checkpoint (checks 8.2, 8.3, 8.4 and 8.8). It is the first "
    "published one that contains the position, and stays the same for ever.",
    "attachment": "The entries of the procedure are attached to this PDF as entries.jsonl, byte for byte "
    "as they are hashed.",
    "again": "The whole log, this procedure alone, and this report once more, equal byte for byte:",
    "limits": "This report does not say whether somebody was under pressure before a vote, whether a "
    "document is right, or whether a second log is kept beside this one. Kept checkpoints, receipts, "
    "witnesses and time stamps help against the last.",
    "signatures": "Certified to be a true extract:",
    "attempts": "Each attempt is an entry with the reason and the digest of what was attempted, without its"
    " content.",
}
SIGN = (("Chair", "place, date, signature"), ("Keeper of the minutes", "place, date, signature"))
RECORDS = {
    "head": "head",
    "count": "count",
    "vote": "vote",
    "event": "event",
    "document": "document",
    "check": "check",
    "attempt": "attempt",
}
SEPARATOR = ","
