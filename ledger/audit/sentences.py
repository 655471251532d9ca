"""Why an audit cannot be made: what is to be audited, or what was kept of the last one, cannot be used."""

from __future__ import annotations

from ledger.sentence import Sentence

ANOTHER_EDGE = Sentence(
    "the edge of the tree that was kept has another length",
    "der aufbewahrte Rand des Baums hat eine andere Länge",
)
NOT_OURS = Sentence("{path} was not written by this program", "{path} hat nicht dieses Programm geschrieben")
UNUSABLE = Sentence("{path} cannot be used: {error}", "{path} ist nicht benutzbar: {error}")
OF_ANOTHER_LOG = Sentence(
    "what was kept is of the log {kept}, this is {origin}",
    "was aufbewahrt wurde, gehört zum Buch {kept}, dies ist {origin}",
)
CHANGED_MEANWHILE = Sentence(
    "entry {number} was changed while it was verified",
    "Eintrag {number} wurde während der Prüfung geändert",
)
NEITHER_LEDGER_NOR_LOG = Sentence(
    "{path} holds neither a ledger nor a published log",
    "{path} enthält weder ein Buch noch ein veröffentlichtes",
)
PROCESS_DIED = Sentence("a process of the audit died", "ein Prozess der Prüfung ist abgebrochen")
