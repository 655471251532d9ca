"""What `stimmbuch verify` says of a store, an export, a dossier or a receipt."""

from __future__ import annotations

from ledger.sentence import Sentence

OK = Sentence("OK", "IN ORDNUNG")
DOES_NOT_HOLD = Sentence("DOES NOT HOLD", "HÄLT NICHT STAND")
OLDER = Sentence("OLDER", "ÄLTER")
INCOMPLETE = Sentence("INCOMPLETE", "UNVOLLSTÄNDIG")
FAILED = Sentence("FAILED", "FEHLER")
MORE = Sentence("… and {count} more (see --failures)", "… und {count} weitere (siehe --failures)")
ENDS_BEFORE = Sentence(
    "this log ends before a checkpoint that was kept: keep both for the inquiry",
    "dieses Buch endet vor einem aufbewahrten Prüfpunkt: beide für die Untersuchung aufbewahren",
)
VERIFIED = Sentence(
    "{origin}: {entries} verified, {failures} failures", "{origin}: {entries} geprüft, {failures} Fehler"
)
ENTRIES = Sentence("{count} entries", "{count} Einträge")
NEW_ENTRIES = Sentence("{new} new entries of {count}", "{new} neue von {count} Einträgen")
HEAD = Sentence("head {head}", "Kopf {head}")
DOES_NOT = Sentence(
    "published {size}: the checkpoint does not hold",
    "veröffentlicht {size}: der Prüfpunkt hält der Prüfung nicht stand",
)
UNTRACED = Sentence(
    "nothing is published here, nor is the signer's memory: nothing shows where the log ends",
    "hier ist nichts veröffentlicht, und kein Gedächtnis des Unterzeichners: nichts zeigt, wo das Buch endet",
)
NOTHING_PUBLISHED = Sentence("nothing is published yet", "noch ist nichts veröffentlicht")
PUBLISHED = Sentence(
    "published {size}{rest}: root {root}, signed by {names}",
    "veröffentlicht {size}{rest}: Wurzel {root}, unterschrieben von {names}",
)
NOT_YET = Sentence(", {count} not yet", ", {count} noch nicht")
CONTINUES = Sentence("continues the checkpoint of size {size}", "setzt den Prüfpunkt der Größe {size} fort")
BESIDE = Sentence(
    "{documents} documents, {disclosures} disclosures", "{documents} Dokumente, {disclosures} Offenlegungen"
)
UNDISCLOSED = Sentence("{count} undisclosed", "{count} nicht offengelegt")
REDACTED = Sentence("{count} redacted", "{count} geschwärzt")

THE_DOSSIER = Sentence("the dossier", "das Dossier")
PROCEDURE = Sentence("procedure {procedure}: {state}", "Verfahren {procedure}: {state}")
NO_STATE = Sentence("its state cannot be told", "sein Stand lässt sich nicht sagen")
ITEM = Sentence("item {item}: {votes} → {outcome}", "Punkt {item}: {votes} → {outcome}")
CHECKPOINT = Sentence("checkpoint of size {size}: root {root}", "Prüfpunkt der Größe {size}: Wurzel {root}")
GENESIS = Sentence("genesis {genesis}", "erster Eintrag {genesis}")
STAMPED = Sentence(
    "stamped by {tsa} between {earliest} and {latest}: everything here is older",
    "gestempelt von {tsa} zwischen {earliest} und {latest}: alles hier ist älter",
)
KEY_CAME_WITH_IT = Sentence(
    "Verified with the key that came with it ({file}): that shows damage, and no forgery",
    "Geprüft mit dem mitgelieferten Schlüssel ({file}): das zeigt Schäden und keine Fälschung",
)
DOES_NOT_SHOW = Sentence("This does not show", "Das zeigt nicht")

IN_THE_LOG = Sentence(
    "{origin}: entry {seq} is in the log of {size} entries",
    "{origin}: Eintrag {seq} steht im Buch mit {size} Einträgen",
)
STATEMENT_OF = Sentence("{kind} of {actor}, recorded as of {at}", "{kind} von {actor}, verzeichnet um {at}")
STATEMENT_IN = Sentence(
    "{kind} of {actor}, in the procedure {procedure}, recorded as of {at}",
    "{kind} von {actor}, im Verfahren {procedure}, verzeichnet um {at}",
)
LEAF = Sentence("leaf {leaf}", "Blatt {leaf}")
COSIGNED = Sentence("cosigned by {name} at {at}", "mitgezeichnet von {name} um {at}")
NOT_COSIGNED = Sentence("cosigned by nobody else", "von niemandem sonst mitgezeichnet")
DOES_NOT_PROVE = Sentence("This does not prove", "Das beweist nicht")
