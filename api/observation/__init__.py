"""What the operator sees: requests as they are noted, logged and counted, and how each ledger stands."""
