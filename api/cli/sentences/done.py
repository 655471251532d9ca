"""What a command has done."""

from __future__ import annotations

from ledger.sentence import Sentence

RECORDED = Sentence("recorded as entry {seq} at {at}", "verzeichnet als Eintrag {seq} um {at}")
LEAF = Sentence("  leaf {leaf}", "  Blatt {leaf}")
LINK = Sentence("  prev {prev}", "  davor {prev}")
NEW_LOG_KEY = Sentence("  the new log key is {reference}", "  der neue Schlüssel des Buchs ist {reference}")
NEW_KEY_UNSIGNED = Sentence(
    "the new key is {reference}; a registrar's signature is missing",
    "der neue Schlüssel ist {reference}; die Unterschrift einer Registratur fehlt",
)
NEW_KEY_AS_OTHERS = Sentence(
    "{reference} is not encrypted, as the log's other keys are not: the service could not read it",
    "{reference} ist nicht verschlüsselt, so wenig wie die anderen Schlüssel des Buchs: der Dienst könnte "
    "ihn nicht lesen",
)
RECEIPT_OF = Sentence(
    "receipt of entry {seq} against the checkpoint of size {size}: {path}",
    "Quittung von Eintrag {seq} gegen den Prüfpunkt der Größe {size}: {path}",
)
CLOSED_BY = Sentence(
    "{procedure} closed by entry {seq} at {at}", "{procedure} geschlossen mit Eintrag {seq} um {at}"
)
EXPIRED_BY = Sentence(
    "{procedure} expired by entry {seq} at {at}", "{procedure} abgelaufen mit Eintrag {seq} um {at}"
)
ERASED_BEFORE = Sentence(
    "erased {digest}, which was redacted before", "{digest} gelöscht, das schon früher geschwärzt wurde"
)
ERASED = Sentence("  erased {digest}", "  gelöscht {digest}")

EXPORTED = Sentence(
    "{origin}: {size} entries in {path}, {new} of them new",
    "{origin}: {size} Einträge in {path}, davon {new} neu",
)
ROOT = Sentence("  root {root}", "  Wurzel {root}")
ADDED = Sentence(
    "  added {checkpoints} checkpoints, {documents} documents, {disclosures} texts",
    "  hinzugekommen: {checkpoints} Prüfpunkte, {documents} Dokumente, {disclosures} Texte",
)
REMOVED = Sentence(
    "  removed {count} documents and texts that have been erased since",
    "  entfernt: {count} Dokumente und Texte, die seither gelöscht wurden",
)
DOSSIER = Sentence(
    "{procedure}: {state} at {size} entries of {origin}",
    "{procedure}: {state} bei {size} Einträgen von {origin}",
)
DOSSIER_HOLDS = Sentence(
    "  {own} entries of the procedure, {register} of the register, {documents} documents,"
    " {disclosures} texts",
    "  {own} Einträge des Verfahrens, {register} des Registers, {documents} Dokumente, {disclosures} Texte",
)
DOCUMENT_MISSING = Sentence(
    "  missing: the document {sha256} is not in this store",
    "  fehlt: das Dokument {sha256} ist nicht in diesem Speicher",
)

BACKED_UP = Sentence(
    "{origin}: {entries} entries in {path}, up to {head}",
    "{origin}: {entries} Einträge in {path}, bis {head}",
)
NOT_IN_IT = Sentence(
    "  not in it: private keys (keys/), the signer's memory (signer/), who may call the service",
    "  nicht darin: private Schlüssel (keys/), das Gedächtnis des Unterzeichners (signer/), wer den Dienst"
    " rufen darf",
)
RESTORED = Sentence(
    "{origin}: {entries} entries of {at} are back", "{origin}: {entries} Einträge von {at} sind zurück"
)
BESIDE = Sentence(
    "  {documents} documents, {disclosures} texts", "  {documents} Dokumente, {disclosures} Texte"
)
RECOVER_FIRST = Sentence(
    "  {lacking} entries more were published: run `stimmbuch recover` before anything else",
    "  {lacking} Einträge mehr sind veröffentlicht: vor allem anderen `stimmbuch recover` aufrufen",
)
DOES_NOT_HOLD = Sentence(
    "  DOES NOT HOLD: run `stimmbuch verify`", "  HÄLT NICHT STAND: `stimmbuch verify` aufrufen"
)
VERIFIED = Sentence("  verified", "  geprüft")
INCOMPLETE = Sentence(
    "  INCOMPLETE: `stimmbuch verify` says what could not be checked",
    "  UNVOLLSTÄNDIG: `stimmbuch verify` sagt, was sich nicht prüfen ließ",
)
WITHOUT = Sentence("  item {item}, {members}: {told}", "  Punkt {item}, {members}: {told}")
NO_VOTE_COUNTS = Sentence(
    "  item {item}, {members}: no vote that counts", "  Punkt {item}, {members}: keine Stimme, die zählt"
)
CONDITION = Sentence("condition: {text}", "Bedingung: {text}")
ROLL = Sentence("{told}: {members}", "{told}: {members}")
DID_NOT_VOTE = Sentence("without a vote that counts: {members}", "ohne Stimme, die zählt: {members}")
EXCLUDED = Sentence("excluded: {members}", "ausgeschlossen: {members}")
AS_OF = Sentence("as of entry {entry}, {time}", "Stand: Eintrag {entry}, {time}")
AS_OF_ASKED = Sentence(
    "as of entry {at}; the last one of the procedure until then: entry {entry}, {time}",
    "Stand: Eintrag {at}; der letzte des Verfahrens bis dahin: Eintrag {entry}, {time}",
)
REPORTED = Sentence(
    "{procedure}: {state} after entry {seq} of {origin}",
    "{procedure}: {state} nach Eintrag {seq} von {origin}",
)
FAULTS = Sentence(
    "  DOES NOT HOLD: {count} checks fail; the report names them",
    "  HÄLT NICHT STAND: {count} Prüfungen schlagen fehl; der Bericht nennt sie",
)
NOT_PUBLISHED = Sentence(
    "  not in a published checkpoint yet: the report says so",
    "  noch in keinem veröffentlichten Prüfpunkt: der Bericht sagt das",
)
NOT_KEPT = Sentence(
    "(the result could not be kept in {path})", "(das Ergebnis ließ sich in {path} nicht aufbewahren)"
)
