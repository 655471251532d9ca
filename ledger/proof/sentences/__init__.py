"""What is wrong with bytes, in German and in English: for whoever sent them.

What an audit finds (`ProofError`) is English: it is read beside the numbers of the checks (`checks.py`), and
beside what other verifiers of the same formats say.
"""
