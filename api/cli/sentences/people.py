"""What is told of keys and of the register: who may sign, since when, and what is known of whom."""

from __future__ import annotations

from ledger.sentence import Sentence

FOUNDED = Sentence("founded {origin}", "gegründet: {origin}")
GENESIS = Sentence("  genesis  {leaf}", "  erster Eintrag  {leaf}")
KEYS = Sentence(
    "  keys     {folder} (registrar.key signs for people: keep it apart from this machine)",
    "  Schlüssel       {folder} (registrar.key unterschreibt für Personen: getrennt von diesem Rechner"
    " aufbewahren)",
)
KEY_MADE = Sentence("{path}: key {key}, public {public}", "{path}: Schlüssel {key}, öffentlich {public}")
NOT_ENCRYPTED = Sentence(
    "  not encrypted: whoever reads the file can sign (--passphrase-file encrypts)",
    "  nicht verschlüsselt: wer die Datei liest, kann unterschreiben (--passphrase-file verschlüsselt)",
)
PASSPHRASE_OF = Sentence("Passphrase of {what}: ", "Kennwort von {what}: ")

LIVE = Sentence("live, since entry {since} (by {by})", "gilt, seit Eintrag {since} (von {by})")
ENDED = Sentence(
    "{reason} by entry {ended} (by {ended_by}), since entry {since} (by {by})",
    "{reason} mit Eintrag {ended} (von {ended_by}), seit Eintrag {since} (von {by})",
)
ROTATED = Sentence("rotated", "erneuert")
LOST = Sentence("lost", "verloren")
COMPROMISED = Sentence("compromised", "in fremden Händen")
LEFT = Sentence("left", "ausgeschieden")
REPLACED = Sentence("replaced", "ersetzt")
THE_LOG = Sentence("log", "Buch")
LOG_KEY = Sentence(
    "  {name}  {kind}, current, since entry {since}", "  {name}  {kind}, gilt, seit Eintrag {since}"
)
LOG_KEY_ENDED = Sentence(
    "  {name}  {kind}, until entry {ended}, since entry {since}",
    "  {name}  {kind}, bis Eintrag {ended}, seit Eintrag {since}",
)

PROPOSED = Sentence(
    "{path}: {bodies} bodies, {people} people, {seats} seats, {papers} papers, {deleted} deleted,"
    " {left_out} left out",
    "{path}: {bodies} Gremien, {people} Personen, {seats} Sitze, {papers} Vorlagen, {deleted} gelöscht,"
    " {left_out} ausgelassen",
)
CORRECT_AND_CONFIRM = Sentence(
    'Set "confirm" to true where it is right, and correct what is wrong; then `stimmbuch oparl confirm`',
    'Wo es stimmt, "confirm" auf true setzen, und Falsches berichtigen; dann `stimmbuch oparl confirm`',
)
BODY_REGISTERED = Sentence("registered the body {body}", "Gremium {body} eingetragen")
SEATS = Sentence("seats in {body}: {members}", "Sitze in {body}: {members}")
KEY_MISSING = Sentence(
    "{member} has no key yet: prepare key-registered subject={member} name={name} …",
    "{member} hat noch keinen Schlüssel: prepare key-registered subject={member} name={name} …",
)

ERASED_BY = Sentence("erased by entry {entry} ({basis})", "gelöscht mit Eintrag {entry} ({basis})")
NOT_DISCLOSED = Sentence("not disclosed", "nicht offengelegt")
DOCUMENT = Sentence("document", "Dokument")
