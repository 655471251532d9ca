"""The course of a procedure in English: states, what happened, occasion and closing."""

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
    "vote-confirmed": "vote confirmed",
    "vote-renewed": "voted again",
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
    "ledger-created": "ledger founded",
    "key-registered": "key registered",
    "key-rotated": "key replaced",
    "key-revoked": "key revoked",
    "log-key-rotated": "key of the log replaced",
    "body-registered": "body registered",
    "seats-changed": "seats changed",
    "redacted": "text or document redacted",
    "anchored": "time-stamped",
}

STATES = {
    "opened": "open",
    "closed": "closed, result not determined yet",
    "terminated": "ended: not admissible by circulation",
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
    "chair": "by declaration",
    "objection": "because of an objection to deciding by circulation",
    "all-voted": "because all have voted",
    "unlosable": "because the result was certain",
}
TRIGGERS = {
    "declared_emergency": "a declared emergency",
    "council_resolution": "a resolution of the council",
}
SUBJECTS = {"simple": "a matter of a simple kind", "urgent": "an urgent matter"}
BODY = {True: "body: {body}; chair: {chair}", False: "body: {body}"}
OPENED_BY = "opened on {at}{deadline} (signed: {who})"
DEADLINE = {True: ", last personal deadline {at}", False: ", deadline {at}"}
EXTENDED = {
    "all": "deadline extended ({times:once|# times}); at first {first}",
    "some": "deadline extended for single members ({times:once|# times})",
    "personal": "personal deadlines extended ({times:once|# times})",
}
ATTACHED = {
    True: "document attached after the opening: entry {entries}",
    False: "documents attached after the opening: entries {entries}",
}
EARLIER = {
    "reconfirm": "votes on an earlier ballot paper, not confirmed (they do not count): {votes}",
    "keep": "votes on an earlier ballot paper (they count): {votes}",
}
BY_CLERK = "votes recorded by a clerk and a second person: {votes} ({entries})"
ENTRIES = {True: "entry {entries}", False: "entries {entries}"}
BY_PORTAL = "votes for which a portal stands: {votes}"
OBJECTED = "objections to deciding by circulation: {list}"
OBJECTOR = "{member} on {at}"
DEMANDED = "secret ballot on item {item} demanded: {list}"
EXCLUDED = "conflict of interest on item {item}: {list}"
GRACE_ENDS = "unless the deadline is extended, the service closes on {at}; chair or clerk may close earlier"
UNREACHED = (
    "no receipt by {missing} of {seats:# member|# members} on record: until then it does not end by itself; "
    "once all other deadlines have passed, chair or clerk may close it, and who was not reached makes it "
    "invalid"
)
SUBSTITUTE = "substitute: {substitute} for {member}"
PROXY = "proxy: {proxy} for {member}"
REFUSED = "refused and not counted: {list}"
REFUSALS = {
    "too-late": "too late",
    "already-closed": "after the closing",
    "not-entitled": "without a vote",
    "excluded": "with a conflict of interest",
    "change-not-allowed": "a change that is not allowed",
    "proxy-stands": "despite a proxy",
    "stopped": "after an objection",
}
CLOSED_BY = "closed on {at} (entry {entry}, signed: {who}), {why}"
AFTERWARDS = "{what} on {at} (entry {entry}, signed: {who}){detail}"
PUBLICATION_DUE = "still due: the publication"
UNTIL = {True: ", until {until}", False: ", without a certain end"}
ON_ITEMS = {True: "; item {items}", False: "; items {items}"}
NOW_PUBLIC = {True: "; public now: item {items}", False: "; public now: items {items}"}
MEETING = "; meeting on {at}"
REPEATED = "; repeated as {procedure}"
CONDITION = {
    True: "item {item}: resolved on a condition; it was met",
    False: "item {item}: resolved on a condition; that it was met is not on record",
}
LIMITED = "item {item}: limited to {months:# month|# months}, until {ends}"
TRIGGER = {True: "{what}, {begins} to {ends}", False: "{what}, since {begins}"}
OCCASION = "occasion: {what}"
OFFICES = {"service": "service", "registrar": "registrar"}
"""Ids that the founding of a ledger gives: these two have no names."""
ROLES = {one: one for one in ("registrar", "clerk", "chair", "member", "service", "portal")}
AGAIN = "again"
SEALED = "{entries:# entry|# entries} sealed"
REPLAYED = "replay of a vote held on {at}"
UNKNOWN = "an unknown date"
