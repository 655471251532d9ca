"""How the ledger is looked at: views that can be thrown away and rebuilt from the log at any time."""
