"""Backups of one ledger: the same files for both kinds of database, checked when written and when read.

::

    backup.json         what this is, of which ledger, how many entries, digests of the files; written last
    entries             each entry as it was hashed, behind its length (two bytes, big-endian)
    disclosures         each text beside the log, behind its length (four bytes, big-endian)
    documents/…         as in the store's home
    kept/…              of the home: the published log, time stamps, the policy of witnesses, certificates

The log only grows, so the first N entries are a consistent copy at any moment: nothing has to be stopped.

Not in a backup, on purpose: **private keys** (whoever finds the backup could sign as the log and as the
service), the **signer's memory** (an old one makes the log sign a second history), who may call the service,
and what can be made again (views). Keep the keys once, encrypted, in another place.
"""
