"""What is true: the write side of Stimmbuch and the proof of it.

=====================  =========================================================================
``ledger/domain``      the rules: pure; no clock, no randomness, no database, no cryptography
``ledger/proof``       the bytes: bytes in, bytes or ``ProofError`` out; the offline verifier
``ledger/storage``     the events: SQLite (embedded) and PostgreSQL (server)
``ledger/errors.py``   every way in which Stimmbuch says no, as one tree
``application.py``     the use cases: one method each; plain values in, receipts out
``FORMAT.md``          the specification of the bytes, complete enough to write a verifier from it
``decisions/``         why it is so and not otherwise
=====================  =========================================================================

Imports go ``api`` -> ``projections`` -> ``ledger``, never back; ``domain`` and ``proof`` do not
know each other, and neither knows ``storage``.
"""

__version__ = "0.1.0"
