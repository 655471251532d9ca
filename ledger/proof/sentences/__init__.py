"""What is wrong with bytes, in German and in English: for whoever sent them, and for whoever audits them.

Encodings, shapes and keys are about what is sent; the rest is about what an audit finds, in the order of the
checks: `verification` (groups 1 to 5), `logs` and `witnesses` (8), `stamps` (9).
"""
