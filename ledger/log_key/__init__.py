"""The log's own private keys: in a file, a systemd credential or a PKCS#11 token, behind one small interface.

| I look for | I open |
|---|---|
| what a key must be able to do | `private.py` |
| how a key is named: a path, or `pkcs11:…` | `reference.py` |
| a key in a file | `files.py` |
| a key that never leaves its token | `token.py` |
| which keys this ledger has, and which of them sign | `keyring.py` |
"""
