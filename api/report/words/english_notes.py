"""Reports in English: sentences between the tables."""

NOTES = {
    "open": "Voting is not closed yet: this is how it stood after entry {seq}, and no result.",
    "withheld": "While voting is open, counts, outcome and single votes are withheld, as the rule profile "
    "says. Who has voted is visible.",
    "faults": "THIS PROCEDURE DOES NOT HOLD: {faults} checks fail. What is said below cannot be relied on.",
    "holds": "All {made} checks that were made of this procedure hold.",
    "incomplete": "What is there holds, but something is missing: {missing:one check|# checks} of this "
    "procedure could not succeed for that reason, all others of the {made} that were made hold.",
    "unpublished": "No published, signed checkpoint proves the position after entry {seq}. In this "
    "respect the report is provisional.",
    "annulled": "The result is annulled. The counts stand.",
    "resolution": "Only public items are told, and nobody who voted. The PDF holds the same for machines, as "
    "resolution.json.",
    "rollcall": "Shown by the entries that are named; signatures and rules by the checks 4.1, 4.2 and 5.1.",
    "items": "Counts and outcome follow from the entries (check 5.1); the closing seals them (check 5.3).",
    "unsealed": "Counts and outcome follow from the entries so far (check 5.1); they are not sealed yet, "
    "which only the closing does.",
    "documents": "Every vote names the ballot paper that it was given on, and with it that paper's "
    "documents (check 5.2).",
    "files": "The files that are there have these digests (checks 7.1 and 7.2).",
    "sequence": "Leaf hash: SHA-256 of the entry as in RFC 6962.",
    "in_tree": "Every entry is in the tree of the checkpoint named below (check 8.8).",
    "electorate": "Up to the last entry marked ✓ the register counts for this procedure; later changes "
    "do not touch it (check 5.1).",
    "keys": "A signature counts if its key is live: after its first entry and up to its last one (check "
    "4.1).",
    "unmade": "These checks need the whole log, or files beside it, or had nothing to look at here. "
    "stimmbuch verify makes them of the whole log.",
    "whole": "Looked at as stimmbuch verify does: {entries} entries; leaf hash of the last one: {head}",
    "head": "Every entry is in the tree of this checkpoint (checks 8.2, 8.3, 8.4 and 8.8). It is the first "
    "published one that contains the position, and stays the same for ever.",
    "attachment": "The entries of the procedure are attached to the PDF as entries.jsonl, byte for byte "
    "as they are hashed.",
    "attached_in_part": "The entries of the procedure are attached to the PDF as entries.jsonl, byte for "
    "byte as they are hashed; without those whose content is withheld here.",
    "again": "The whole log, this procedure alone, and this report once more, equal byte for byte:",
    "limits": "This report does not say whether somebody was under pressure before a vote, whether a "
    "document is right, or whether a second log is kept beside this one. Kept checkpoints, receipts, "
    "witnesses and time stamps help against the last.",
    "signatures": "Certified to be a true extract:",
    "attempts": "Each attempt is an entry with the reason and the digest of what was attempted, without its"
    " content.",
}
