"""Auf Deutsch: die Hilfe der Befehle, die gründen und Schlüssel führen."""

from __future__ import annotations

GERMAN = {
    "Create a ledger: log keys, registrar key, service key, genesis entry.": (
        "Gründet ein Buch: Schlüssel des Buchs, der Registratur und des Dienstes, erster Eintrag."
    ),
    "The ledger's name for ever, like ledger.example.org/rat.": (
        "Der Name des Buchs für immer, wie ledger.example.org/rat."
    ),
    "IANA zone of deadlines.": ("Zeitzone der Fristen (IANA)."),
    "A file's name, or pkcs11:….": ("Der Name einer Datei, oder pkcs11:…."),
    "Who has to cosign before anything is published (C2SP tlog-policy); copied.": (
        "Wer mitzeichnen muss, bevor etwas veröffentlicht wird (C2SP tlog-policy); wird kopiert."
    ),
    "Make a new Ed25519 key in the file PATH, encrypted if there is a passphrase.": (
        "Erzeugt einen neuen Ed25519-Schlüssel in der Datei PATH, verschlüsselt, wenn es ein Kennwort gibt."
    ),
    "List all keys, or those of WHO: from which entry to which they count, and who saw to it.": (
        "Zählt alle Schlüssel auf, oder die von WHO: von welchem bis zu welchem Eintrag sie gelten,"
        " und wer das veranlasst hat."
    ),
    "Replace a key of WHO: signed with the old one, or by a registrar if that is lost, and the new one.": (
        "Ersetzt einen Schlüssel von WHO: unterschrieben mit dem alten, oder von einer Registratur,"
        " wenn er verloren ist, und mit dem neuen."
    ),
    "File of the new key.": ("Datei des neuen Schlüssels."),
    "File of the old key.": ("Datei des alten Schlüssels."),
    "File of a registrar's key, if the old one is lost.": (
        "Datei mit dem Schlüssel einer Registratur, wenn der alte verloren ist."
    ),
    "Which key is lost, of somebody who has several.": (
        "Welcher Schlüssel verloren ist, wenn jemand mehrere hat."
    ),
    "End a key of WHO without a successor.": ("Beendet einen Schlüssel von WHO ohne Nachfolger."),
    "File of a registrar's or the person's own key.": (
        "Datei mit dem Schlüssel einer Registratur oder der Person selbst."
    ),
    "Which key, of somebody who has several.": ("Welcher Schlüssel, wenn jemand mehrere hat."),
    "First entry that may be somebody else's.": ("Erster Eintrag, der von jemand anderem sein kann."),
    "Replace the log key: signed by the old one, the new one and a registrar.": (
        "Ersetzt den Schlüssel des Buchs: unterschrieben vom alten, vom neuen und von einer Registratur."
    ),
    "Where a registrar's key is not here, prints the envelope, to be signed elsewhere with"
    " `stimmbuch sign` and sent with `stimmbuch submit`. The old key goes on signing beside the new"
    " one as long as it is listed in keys/log-keys.": (
        "Wo der Schlüssel einer Registratur nicht hier ist, wird der Umschlag ausgegeben, um"
        " anderswo mit `stimmbuch sign` unterschrieben und mit `stimmbuch submit` gesandt zu werden."
        " Der alte Schlüssel unterschreibt neben dem neuen weiter, solange er in keys/log-keys"
        " steht."
    ),
    "Of the new key: a file's name, or pkcs11:….": (
        "Für den neuen Schlüssel: der Name einer Datei, oder pkcs11:…."
    ),
    "Who signs.": ("Wer unterschreibt."),
    "The old key is lost: a second registrar signs as well.": (
        "Der alte Schlüssel ist verloren: eine zweite Registratur unterschreibt mit."
    ),
    "Key file of each registrar, in order.": ("Schlüsseldatei jeder Registratur, in dieser Reihenfolge."),
}
