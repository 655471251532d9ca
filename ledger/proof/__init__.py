"""The bytes: bytes in, bytes or `ProofError`/`Invalid` out. No database, no clock, no events.

=================  ======================================================================================
encoding           canonical JSON (JCS, RFC 8785) and strict base64: one way to write each value
statement          what a person or service signs: common fields, payload types, strict shapes
dsse               the envelope around it (DSSE v1.0.2): pre-authentication encoding, strict parsing
keys               Ed25519 and the policy on odd keys; the only place that signs or verifies with it
entry              the leaf: a statement with its place (`seq`, `prev`, `stream`, `pos`, `sprev`) and time
disclosure         salted texts and names that lie beside the log (RFC 9901)
ballot             the ballot paper whose digest every vote is bound to
verify             offline verification of a whole ledger, in numbered checks; `checks` lists them
-----------------  --------------------------------------------------------------------------------------
merkle             the tree (RFC 6962): roots, inclusion and consistency proofs; `tree_hash`, `subtree`
tiles              the tree and the entries as files (C2SP tlog-tiles)
static_log         all files of a log, or what a growing one adds
note               signed notes (C2SP signed-note); `verification_key` has their keys, `signers` who signs
checkpoint         the signed head of a log (C2SP tlog-checkpoint); `tree_head` has its text
cosignature        what a witness signs (C2SP tlog-cosignature); `mldsa` is ML-DSA-44
policy             which logs and witnesses are trusted (C2SP tlog-policy); `quorum` counts them
tlog_proof         the receipt that verifies offline (C2SP tlog-proof)
witness_request    what a log asks of a witness (C2SP tlog-witness)
lines              strict text: numbers, base64 and hashes on lines
=================  ======================================================================================

Which error: a person's *input* that is not what it claims to be (a statement, an envelope, a disclosure) is
`Invalid`: correct it and send it again. Everything of the *log and its published form*, from an entry to a
policy and the keys in it, is a `ProofError`, malformed or false alike, and names its check in the catalogue
(`checks`). The writers of that form refuse with the same error what their readers would refuse.

What a passing verification proves: every entry stands where it was written, nothing in between was
altered, removed, reordered or slipped in, each statement was signed by the key registered for its
actor at that place, and every statement was allowed by the rules there. That the log was not cut off
at its end is proven by a checkpoint kept elsewhere, that everybody sees the same log by witnesses.
What it does not prove: that a key is in the hands of the person it was registered for.
"""
