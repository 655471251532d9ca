"""Roll calls: real votes with published results, replayed as signed entries and compared.

A roll-call file has one procedure a line (JSON Lines). `line` reads and checks a line, `people`
derives pseudonyms and keys, `replay` turns it into statements, `compare` holds the result against
the published one. The voters of a replay never held a key: theirs are derived from a secret of the
store, so a replayed ledger proves that votes were counted rightly, not that anybody willed them.
"""
