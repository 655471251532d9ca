"""Auf Deutsch: die Hilfe der Befehle für Verfahren, Erklärungen und Texte."""

from __future__ import annotations

GERMAN = {
    "Store TEXT (or that of @FILE) with a fresh salt, and print the digest that a statement holds.": (
        "Bewahrt TEXT (oder den aus @DATEI) mit neuem Salz auf und gibt den Digest aus, den eine"
        " Erklärung nennt."
    ),
    "NAME says what it is: person, body, title, wording, option, condition, reason, ground. The log"
    " has the digest only, so that the text can be erased.": (
        "NAME sagt, was es ist: person, body, title, wording, option, condition, reason, ground. Im"
        " Buch steht nur der Digest, damit der Text gelöscht werden kann."
    ),
    "Store FILE under its SHA-256, and print what a statement says of it: digest, size, type and item.": (
        "Bewahrt FILE unter seinem SHA-256 auf und gibt aus, was eine Erklärung davon sagt: Digest,"
        " Größe, Art und Punkt."
    ),
    "Default: from the file's name.": ("Vorgabe: nach dem Namen der Datei."),
    "The item to which it belongs; default: to all.": ("Der Punkt, zu dem es gehört; Vorgabe: zu allen."),
    "Print the payload to sign for a statement of KIND. A VALUE is JSON, or else text.": (
        "Gibt die Nutzlast aus, die für eine Erklärung der Art KIND zu unterschreiben ist. Ein VALUE"
        " ist JSON, sonst Text."
    ),
    "With --url it is looked at: a payload that says anything else than the values given is not printed.": (
        "Mit --url wird sie angesehen: eine Nutzlast, die anderes sagt als die genannten Werte, wird"
        " nicht ausgegeben."
    ),
    "With --url: verify the newest checkpoint with it, and name that (`seen`); without it, none.": (
        "Mit --url: damit den neuesten Prüfpunkt prüfen und ihn nennen (`seen`); ohne diese Angabe keinen."
    ),
    "With --log-key: a receipt or checkpoint that you kept. The log must continue it.": (
        "Mit --log-key: eine Quittung oder ein Prüfpunkt, die Sie aufbewahrt haben. Das Buch muss"
        " sie fortsetzen."
    ),
    "Sign what `prepare` printed (or a canonical payload with --kind); prints the envelope (JSON).": (
        "Unterschreibt, was `prepare` ausgegeben hat (oder mit --kind eine kanonische Nutzlast);"
        " gibt den Umschlag aus (JSON)."
    ),
    "An envelope that is signed already gets one more signature for each key.": (
        "Ein schon unterschriebener Umschlag bekommt mit jedem Schlüssel eine Unterschrift mehr."
    ),
    "Kind of statement, for a bare payload: vote-cast, procedure-opened, …": (
        "Art der Erklärung, für eine bloße Nutzlast: vote-cast, procedure-opened, …"
    ),
    "Key file; repeatable.": ("Schlüsseldatei; mehrfach möglich."),
    "Send a signed envelope; print and keep the receipt. A repetition is harmless.": (
        "Sendet einen unterschriebenen Umschlag; gibt die Quittung aus und bewahrt sie auf. Eine"
        " Wiederholung schadet nicht."
    ),
    "With --url: verify the receipt with it.": ("Mit --url: die Quittung damit prüfen."),
    "Keep the receipt in this file.": ("Die Quittung in dieser Datei aufbewahren."),
    "Print the history of PROCEDURE (its id, or its id in a roll-call file), and where it stood.": (
        "Gibt den Verlauf von PROCEDURE aus (seine Kennung, oder die in einer Abstimmungsdatei), und"
        " wie es stand."
    ),
    "Print tally, outcome, derivation in words and relevance of PROCEDURE.": (
        "Gibt Zählung, Ergebnis, Herleitung in Worten und Erheblichkeit für PROCEDURE aus."
    ),
    "Also: the result without this vote.": ("Außerdem: das Ergebnis ohne diese Stimme."),
    "Write the extract for the minutes, the audit report or the resolution (--kind) of PROCEDURE.": (
        "Schreibt den Auszug für die Niederschrift, den Prüfbericht oder den Beschluss (--kind) von"
        " PROCEDURE."
    ),
    "The same procedure as of the same entry gives the same bytes. The exit code is 1 if a check fails.": (
        "Dasselbe Verfahren beim selben Eintrag ergibt dieselben Bytes. Der Exit-Code ist 1, wenn"
        " eine Prüfung fehlschlägt."
    ),
    "pdf, html, json, csv; several by comma.": ("pdf, html, json, csv; mehrere durch Komma getrennt."),
    "de, en; several by comma.": ("de, en; mehrere durch Komma getrennt."),
    "With --kind audit: audit the whole log besides, as verify does.": (
        "Mit --kind audit: außerdem das ganze Buch prüfen, wie verify es tut."
    ),
    "A folder.": ("Ein Ordner."),
    "List the built-in rule profiles, or check PROFILE (a name, or a JSON file) and say it in words.": (
        "Zählt die mitgelieferten Regelprofile auf, oder prüft PROFILE (ein Name oder eine"
        " JSON-Datei) und sagt es in Worten."
    ),
    "What a file leaves out has the usual value of a vote in a sitting. With --json the full profile"
    " is printed: what an opening would sign.": (
        "Was eine Datei auslässt, ist wie bei einer Abstimmung in einer Sitzung üblich. Mit --json"
        " wird das ganze Profil ausgegeben: was eine Eröffnung unterschreiben würde."
    ),
    "Close every open procedure whose deadline has passed, and record resolutions whose time is over.": (
        "Schließt jedes offene Verfahren, dessen Frist abgelaufen ist, und verzeichnet Beschlüsse,"
        " deren Zeit vorbei ist."
    ),
    "List the digests of texts and documents, where they stand, and whether they are there or erased.": (
        "Zählt die Digests der Texte und Dokumente auf, wo sie stehen, und ob sie da oder gelöscht sind."
    ),
    "Of this procedure; else of the register.": ("Zu diesem Verfahren; sonst zum Register."),
    "Erase texts (disclosures) and documents for good; their digests stay, and everything still verifies.": (
        "Löscht Texte (Offenlegungen) und Dokumente endgültig; ihre Digests bleiben, und alles hält"
        " der Prüfung weiter stand."
    ),
    "DIGEST is that of a text (base64url) or of a document (hexadecimal), in the register or in a"
    " --procedure. Documents are erased only if they are named. An erasure that was interrupted is"
    " finished first.": (
        "DIGEST ist der eines Textes (base64url) oder eines Dokuments (hexadezimal), im Register"
        " oder in einem --procedure. Dokumente werden nur gelöscht, wenn sie genannt sind. Eine"
        " unterbrochene Löschung wird zuerst beendet."
    ),
    "Of this procedure: the named digests, or all texts.": (
        "Zu diesem Verfahren: die genannten Digests, oder alle Texte."
    ),
    "The name of this person.": ("Der Name dieser Person."),
    "The name of this body.": ("Der Name dieses Gremiums."),
    "Key file of the clerk.": ("Schlüsseldatei des Sitzungsdienstes."),
    "Key file of who answers for it.": ("Schlüsseldatei derjenigen Person, die es verantwortet."),
    "Read a council information system (OParl): nothing of it counts until a clerk confirms it.": (
        "Liest ein Ratsinformationssystem (OParl): nichts davon zählt, bevor der Sitzungsdienst es bestätigt."
    ),
    "Write what SOURCE says (the address of a System or Body, or a dump) into a file, all unconfirmed.": (
        "Schreibt, was SOURCE sagt (die Adresse eines System oder Body, oder ein Abzug), in eine"
        " Datei, alles unbestätigt."
    ),
    "File of the proposal.": ("Datei des Vorschlags."),
    "Only what was modified since (RFC 3339).": ("Nur was seither geändert wurde (RFC 3339)."),
    "File with the value of the Authorization header.": ("Datei mit dem Wert der Kopfzeile Authorization."),
    "The server stands in our own network.": ("Der Server steht im eigenen Netz."),
    "How long the server may take for all of it.": ("Wie lange der Server für alles brauchen darf."),
    "Replace a file that is there, with what a clerk wrote into it.": (
        "Eine Datei ersetzen, die es schon gibt, samt dem, was darin eingetragen wurde."
    ),
    "Register the confirmed bodies and seats of FILE; say whose key is still missing.": (
        "Trägt die bestätigten Gremien und Sitze aus FILE ein; sagt, wessen Schlüssel noch fehlt."
    ),
    "Done already is not done again, so a FILE may be confirmed in several steps.": (
        "Was schon getan ist, geschieht nicht noch einmal: FILE kann in mehreren Schritten bestätigt werden."
    ),
    "File of the clerk's key.": ("Datei mit dem Schlüssel des Sitzungsdienstes."),
}
