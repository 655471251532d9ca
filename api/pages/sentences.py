"""What entries say, without their subject: "changed the vote: no". In German: `german/happened.py`."""

from __future__ import annotations

from api.pages.translation import marked

SENTENCES = {
    "procedure-opened": marked("opened the procedure"),
    "document-attached": marked("attached a document (%(document)s)"),
    "vote-cast": marked("voted%(how)s%(chosen)s"),
    "vote-changed": marked("changed the vote%(how)s%(chosen)s"),
    "vote-confirmed": marked("confirmed the vote%(how)s%(chosen)s"),
    "vote-renewed": marked("voted again%(how)s%(chosen)s"),
    "vote-withdrawn": marked("withdrew the vote"),
    "casting-vote-given": marked("gave the casting vote%(chosen)s"),
    "presence-recorded": marked("recorded who is present: %(members)s"),
    "consent-declared": marked("consented to deciding by circulation%(items)s"),
    "consent-revoked": marked("took the consent back"),
    "objection-raised": marked("objected to deciding by circulation"),
    "secret-ballot-demanded": marked("demanded a secret ballot%(items)s"),
    "proxy-given": marked("named %(proxy)s as proxy"),
    "proxy-revoked": marked("took the proxy back"),
    "member-excluded": marked("excluded %(member)s%(items)s"),
    "exclusion-lifted": marked("lifted the exclusion of %(member)s%(items)s"),
    "delivery-recorded": marked("recorded the receipt by %(members)s"),
    "substitute-named": marked("named %(substitute)s in place of %(member)s"),
    "deadline-extended": marked("extended the deadline to %(until)s"),
    "attempt-refused": marked("refused an attempt (%(code)s)"),
    "procedure-closed": marked("closed the procedure%(reason)s"),
    "result-determined": marked("determined the result"),
    "result-announced": marked("announced the result%(to)s"),
    "result-published": marked("published the result%(made_public)s"),
    "result-ratified": marked("recorded that a meeting confirmed the result"),
    "result-not-ratified": marked("recorded that a meeting refused the result"),
    "result-suspended": marked("suspended the result"),
    "result-objected": marked("objected to the result"),
    "result-expired": marked("recorded that the resolution expired%(items)s"),
    "condition-met": marked("recorded that the condition is met%(items)s"),
    "result-corrected": marked("corrected the result"),
    "result-annulled": marked("annulled the result"),
    "ledger-created": marked("founded the ledger"),
    "key-registered": marked("registered a key of %(subject)s"),
    "key-rotated": marked("replaced a key of %(subject)s"),
    "key-revoked": marked("revoked a key of %(subject)s (%(reason)s)"),
    "log-key-rotated": marked("replaced a key of the log"),
    "body-registered": marked("registered the body %(body)s"),
    "seats-changed": marked("changed seats of %(body)s: %(granted)s granted or changed, %(ended)s ended"),
    "redacted": marked("erased texts or documents (%(basis)s)"),
    "anchored": marked("had the log of %(size)s entries time-stamped by %(tsa)s"),
}
CLOSED = {
    "deadline": marked(" at the deadline"),
    "chair": "",
    "objection": marked(" because of objections"),
    "all-voted": marked(" because all have voted"),
    "unlosable": marked(" because the result is certain"),
}
TO = {"members": marked(" to the members"), "everybody": marked(" to everybody")}
HOW = {
    "proxy": marked(" as proxy"),
    "portal-attested": marked(" through a portal"),
    "clerk-recorded": marked(" on record of a clerk and a second person"),
}
