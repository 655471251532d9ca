"""What is handed out: the whole log as files, one procedure as a dossier, and its verification (`README.md`).

=================  ======================================================================================
source             what is copied from: the published log, held against the database
place              the directory of an export: whose it is, how far it goes, what is added
log                the whole log
older              older checkpoints, back from a copy into a published log that was lost
names, named       where documents and texts lie; which of them a statement names
verifier_needs     the log's keys, the policy, the anchors
dossier            one procedure, with proofs
archive, reading   a dossier as a directory or a ZIP file, written and read
dossier_verify     a dossier, verified without the rest of the log
lookup             an entry in a published log, by its number or its statement
letters            what stands in `README.txt`
=================  ======================================================================================

Nothing here writes to a ledger; `older` writes to its published files.
"""
