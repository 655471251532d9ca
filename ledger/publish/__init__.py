"""What leaves the house: the log as files that strangers verify, and the signer behind them (`README.md`).

Bytes come from `ledger.proof`, entries from `ledger.storage`; no rule is known here.
"""
