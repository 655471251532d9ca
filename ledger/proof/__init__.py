"""The bytes: bytes in, bytes or `ProofError`/`Invalid` out. No database, no clock, no events.

=================  ======================================================================================
encoding           canonical JSON (JCS, RFC 8785) and strict base64: one way to write each value
statement          what a person or service signs: common fields, payload types, strict shapes
dsse               the envelope around it (DSSE v1.0.2): pre-authentication encoding, strict parsing
keys               Ed25519 and the policy on odd keys; the only place that signs or verifies
entry              the leaf: a statement with its place (`seq`, `prev`, `stream`, `pos`, `sprev`) and time
chain              the links between entries
disclosure         salted texts and names that lie beside the log (RFC 9901)
ballot             the ballot paper whose digest every vote is bound to
verify             offline verification of a whole ledger, in numbered checks
=================  ======================================================================================

What a passing verification proves: every entry stands where it was written, nothing in between was
altered, removed, reordered or slipped in, each statement was signed by the key registered for its
actor at that place, and every statement was allowed by the rules there. What it does not prove:
that the log was not cut off at its end (that needs a checkpoint kept elsewhere), and that a key is
in the hands of the person it was registered for.
"""
