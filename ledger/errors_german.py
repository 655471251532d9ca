"""Jede Art, nein zu sagen, auf Deutsch: was geschehen ist, und was als Nächstes zu tun ist.

Code → (Bedeutung, Hinweis). Ein Test hält die Tabelle vollständig.
"""

from __future__ import annotations

from ledger.errors import StimmbuchError

GERMAN: dict[str, tuple[str, str]] = {
    "invalid": ("Die Eingabe ist nicht, was sie zu sein vorgibt", "Berichtigen und erneut senden."),
    "not-canonical": ("Das JSON steht nicht in seiner einen Form (RFC 8785)", "Die JCS-Form senden."),
    "bad-encoding": ("Base64, Hexadezimal, Zeit oder Kennung sind falsch geschrieben", "Streng schreiben."),
    "too-large": ("Nutzlast, Eintrag oder Dokument sind zu groß", "Verkleinern; Grenzen: ledger/FORMAT.md."),
    "unknown-statement": (
        "Diese Art von Erklärung ist nicht bekannt",
        "Eine Art aus ledger/FORMAT.md senden.",
    ),
    "bad-shape": ("Ein Feld fehlt, ist unbekannt oder von falscher Art", "Mit ledger/FORMAT.md vergleichen."),
    "wrong-log": ("Die Erklärung gilt einem anderen Buch", "Eine Erklärung für dieses Buch unterschreiben."),
    "bad-key": (
        "Dieser öffentliche Schlüssel darf nicht benutzt werden",
        "Einen anderen Schlüssel oder eine andere Datei nennen; `stimmbuch keygen` erzeugt einen neuen.",
    ),
    "bad-signature": (
        "Eine Unterschrift stimmt nicht oder fehlt",
        "Mit dem eingetragenen Schlüssel unterschreiben.",
    ),
    "document-mismatch": (
        "Prüfsumme oder Größe des Dokuments stimmen nicht",
        "Die unveränderte Datei senden.",
    ),
    "bad-profile": (
        "Das Regelprofil widerspricht sich oder kann nie erfüllt werden",
        "Die genannte Einstellung ändern oder ein mitgeliefertes Profil wählen.",
    ),
    "bad-opening": (
        "Was die Eröffnung nennt, passt nicht zusammen oder liegt in der Vergangenheit",
        "Das Genannte in der Eröffnung berichtigen und sie neu vorbereiten.",
    ),
    "no-such-time": (
        "Diese Uhrzeit gibt es dort nicht, oder es gibt sie zweimal",
        "Eine andere Zeit wählen oder den Zeitpunkt in UTC nennen: beide Lesarten stehen dabei.",
    ),
    "bad-backup": (
        "Die Sicherung ist unfertig, verändert oder beschädigt",
        "Eine andere Sicherung nehmen; Veröffentlichtes bringt `stimmbuch recover` zurück.",
    ),
    "bad-setting": (
        "Eine Einstellung ist unbekannt oder außerhalb ihrer Grenzen",
        "Sie in Datei, Umgebung oder Befehl berichtigen; alle stehen in api/OPERATIONS.md.",
    ),
    "bad-argument": (
        "Was einem Befehl oder in einer Datei gegeben wurde, ist nicht, was er nimmt",
        "Das Genannte berichtigen und den Befehl erneut ausführen; mit --help sagt er, was er nimmt.",
    ),
    "bad-source": (
        "Was ein Ratsinformationssystem sagt, oder ein Abzug davon, ist nicht brauchbar",
        "Nichts wurde geschrieben. Adresse oder Datei prüfen; alles andere kann nur der Betreiber richten.",
    ),
    "name-taken": (
        "Ein Token mit diesem Namen gibt es, oder gab es",
        "Einen anderen Namen wählen: er steht für ein Token, auch nach dessen Ende (`stimmbuch token list`).",
    ),
    "bad-address": (
        "Eine Adresse kann nicht gefragt werden, oder nicht, ohne etwas preiszugeben",
        "Sie schreiben wie https://host/v1/ledgers/NAME; ein Zugangstoken geht nur über https.",
    ),
    "bad-policy": (
        "Die Regel für die Zeugen ist fehlerhaft oder kann nie erfüllt werden",
        "Das Genannte berichtigen: ein Quorum, jeder nötige Zeuge mit Schlüssel und Adresse, dieses Buch.",
    ),
    "bad-certificate": (
        "Zertifikate eines Zeitstempeldienstes fehlen oder sind unbrauchbar",
        "Die Zertifikate als PEM angeben, bis zur Wurzel (--tsa-certificate).",
    ),
    "bad-state": (
        "Was von der letzten Prüfung aufbewahrt wurde, ist nicht lesbar oder gehört zu einem anderen Buch",
        "Ein anderes Verzeichnis nennen, oder dieses entfernen und alles neu prüfen.",
    ),
    "bad-roll-call": (
        "Eine Zeile der Abstimmungsdatei ist fehlerhaft",
        "Die Zeile berichtigen und neu einlesen.",
    ),
    "refused": ("Eine Regel spricht dagegen; nichts wurde gespeichert", "Siehe die genannte Regel."),
    "unknown-key": ("Dieser Schlüssel steht nicht im Register", "Den Schlüssel eintragen lassen."),
    "key-not-live": (
        "Der Schlüssel ist widerrufen oder ersetzt",
        "Mit dem geltenden Schlüssel unterschreiben.",
    ),
    "key-taken": ("Der Schlüssel ist bereits eingetragen", "Einen neuen Schlüssel erzeugen."),
    "not-allowed": (
        "Die Rolle erlaubt diese Handlung nicht",
        "Das Genannte ändern, oder jemand mit der genannten Rolle unterschreibt.",
    ),
    "already-registered": ("Diese Kennung gibt es bereits", "Eine andere Kennung wählen."),
    "unknown-actor": ("Person oder Gremium stehen nicht im Register", "Zuerst eintragen."),
    "not-entitled": (
        "Nicht stimmberechtigt in diesem Verfahren",
        "Es stimmt ab, wer bei der Eröffnung einen Sitz hatte, oder die dort benannte Vertretung.",
    ),
    "excluded": (
        "Von diesem Punkt ausgeschlossen (Mitwirkungsverbot)",
        "Nur über die anderen Punkte abstimmen.",
    ),
    "unknown-option": (
        "Dieser Punkt oder diese Wahl steht nicht auf dem Stimmzettel",
        "Vom Stimmzettel wählen.",
    ),
    "other-history": (
        "Der Stand, den der Unterzeichner gesehen hatte, ist keiner dieses Buchs",
        "Jemand hat ein anderes Buch gezeigt: dessen Stand aufbewahren und einem Prüfer zeigen.",
    ),
    "stale-ballot": (
        "Der Stimmzettel hat sich geändert",
        "Neu laden, lesen, was neu ist, und auf dem geltenden Stimmzettel abstimmen.",
    ),
    "stale-replaces": (
        "Genannt ist nicht die Stimme, die jetzt steht",
        "Die geltende Stimme nennen, oder keine.",
    ),
    "stale-electorate": (
        "Die Sitze haben sich geändert",
        "Die Sitze neu laden und den Stand unterschreiben.",
    ),
    "stale-seal": ("Das Siegel beschreibt nicht den jetzigen Stand", "Den Abschluss neu vorbereiten."),
    "change-not-allowed": (
        "Eine Stimme kann hier nicht geändert oder zurückgenommen werden",
        "Es bleibt bei dem, was eingetragen ist; siehe `change` und `withdraw` im Regelprofil.",
    ),
    "not-open-yet": ("Die Abstimmung hat noch nicht begonnen", "Nach Beginn erneut senden."),
    "out-of-turn": (
        "Der Vorsitz stimmt zuletzt ab",
        "Erst stimmen alle anderen ab, oder ihre Frist läuft ab; nach dem Vorsitz stimmt niemand mehr ab.",
    ),
    "too-late": (
        "Die Frist ist abgelaufen; genau zum Fristende ist zu spät",
        "Es kann nichts mehr gezählt werden.",
    ),
    "already-closed": (
        "Das Verfahren ist geschlossen und wird nicht wieder geöffnet",
        "Das Ergebnis ansehen; was anders entschieden werden soll, braucht ein neues Verfahren.",
    ),
    "not-closed": (
        "Dafür muss das Verfahren geschlossen sein",
        "Zuerst schließen oder den Fristablauf abwarten.",
    ),
    "not-due": (
        "Die Abstimmung kann noch nicht geschlossen werden",
        "Den Schluss neu vorbereiten, wenn das Genannte eingetreten ist.",
    ),
    "documents-frozen": (
        "Unterlagen können nicht hinzukommen",
        "Ein neues Verfahren mit der Unterlage eröffnen.",
    ),
    "wrong-ballot": ("Die Prüfsumme ist nicht die des Stimmzettels", "Die Erklärung neu vorbereiten."),
    "not-provided": (
        "Das Regelprofil sieht das nicht vor",
        "Siehe die genannte Einstellung; was sie nicht nennt, ist nicht möglich.",
    ),
    "not-in-force": (
        "Rechtsgrundlage oder Anlass decken nicht das ganze Verfahren",
        "In der genannten Zeit und mit Nachweis eröffnen, oder nach einem anderen Profil.",
    ),
    "stopped": (
        "Widersprüche haben das Umlaufverfahren beendet",
        "Auf die Tagesordnung einer Sitzung setzen.",
    ),
    "referred": (
        "Geheime Abstimmung ist verlangt: der Punkt geht an eine Sitzung",
        "Über die anderen Punkte abstimmen; diesen auf die Tagesordnung setzen.",
    ),
    "proxy-stands": ("Für dieses Mitglied stimmt jemand anderes ab", "Zuerst die Vollmacht zurücknehmen."),
    "proxy-not-allowed": ("Diese Person kann nicht bevollmächtigt werden", "Jemand anderen benennen."),
    "already-declared": ("Das ist bereits vermerkt", "Es ist nichts zu tun; siehe den Verlauf."),
    "not-declared": ("Es ist nichts vermerkt, was zurückgenommen werden könnte", "Siehe den Verlauf."),
    "wrong-deadline": (
        "Die unterschriebene Frist folgt nicht aus den Regeln",
        (
            "Neu vorbereiten: eine persönliche Frist folgt aus Zugang, Dauer, Feiertagen und Zeitzone; eine "
            "Verlängerung endet später als jetzt und als das, was sie verlängert."
        ),
    ),
    "not-determined": (
        "Der Schritt davor fehlt: das Ergebnis ist nicht festgestellt oder nicht mitgeteilt",
        "Erst feststellen, dann mitteilen, dann bekannt machen.",
    ),
    "not-expired": (
        "Der Beschluss ist nicht befristet, oder er gilt noch",
        "Das genannte Ende abwarten; was keines hat, gilt, bis es aufgehoben oder berichtigt wird.",
    ),
    "wrong-result": (
        "Das unterschriebene Ergebnis folgt nicht aus den Einträgen",
        "Die Feststellung neu vorbereiten und die Herleitung ansehen.",
    ),
    "stale-result": ("Berichtigt wird nicht, was jetzt als Ergebnis gilt", "Die letzte Feststellung nennen."),
    "too-many-attempts": (
        "Zu viele abgewiesene Versuche sind vermerkt",
        "Nach der Ursache suchen; weitere werden ohne Eintrag abgewiesen.",
    ),
    "unknown-ledger": (
        "Ein Buch dieses Namens gibt es hier nicht",
        "Den Namen in der Adresse prüfen: der letzte Teil der Herkunft des Buchs.",
    ),
    "not-found": ("Das gibt es nicht", "Prüfen, was genannt wurde: Kennung, Nummer oder Pfad."),
    "not-yet": (
        "Diese Stelle des Buchs ist noch nicht erreicht",
        "Nach einer früheren Stelle fragen oder nach der Gegenwart; Ledger-Time ist die Uhr eines Dienstes.",
    ),
    "proof": ("Die Bytes beweisen es nicht", "Dieser Kopie nicht trauen; mit einer anderen vergleichen."),
    "split-view": (
        "Das Buch zeigt einen Stand, der einen früher gezeigten nicht nachweislich fortsetzt",
        "Nichts unterschreiben; beide Stände aufbewahren und einem Prüfer zeigen.",
    ),
    "log-damaged": (
        "Was der Dienst vom Buch aufbewahrt, ist an der gelesenen Stelle beschädigt",
        "Melden: `stimmbuch verify` nennt den Eintrag; eine andere Kopie hat ihn, wie er unterschrieben ist.",
    ),
    "prepared-otherwise": (
        "Zum Unterschreiben wurde etwas anderes vorbereitet, als gemeint war",
        "Nicht unterschreiben, dem Dienst nicht trauen; sein Buch mit einer Kopie vergleichen.",
    ),
    "storage": ("Der Speicher kann nicht benutzt werden", "Erneut fragen; nie etwas annehmen."),
    "store-not-found": ("Hier ist kein Buch", "Mit `stimmbuch init` eines anlegen."),
    "store-exists": ("Hier ist bereits ein Buch", "Einen leeren Ort wählen."),
    "not-a-ledger": ("Hier ist etwas, aber kein Buch", "Den Ort nennen, den `stimmbuch init` angelegt hat."),
    "nothing-to-verify": (
        "Hier liegt nichts, das geprüft werden kann",
        "Den Pfad prüfen: Speicher, exportiertes Buch, Dossier (.zip) oder Quittung (.tlog-proof).",
    ),
    "ledgers-collide": (
        "Zwei Bücher haben denselben Namen oder Ort, oder es ist nicht das erwartete",
        "Jedes Buch einmal und mit eigenem Ort bedienen; gleiche Namen brauchen zwei Dienste.",
    ),
    "other-export": ("An diesem Ort liegt etwas anderes", "Einen leeren Ort oder den letzten Export nennen."),
    "cannot-write": ("Es kann nicht geschrieben werden", "Platz schaffen und den Befehl wiederholen."),
    "store-too-new": ("Der Speicher ist neuer als dieses Programm", "Das neuere Programm benutzen."),
    "store-locked": ("Ein anderes Programm hält den Speicher zu lange", "Warten und erneut versuchen."),
    "store-unavailable": (
        "Die Datenbank antwortet nicht",
        "Später dasselbe noch einmal tun: eine Wiederholung schadet nicht, auch nicht die eines Umschlags.",
    ),
    "outcome-unknown": (
        "Es ist unbekannt, ob gespeichert wurde",
        "Denselben Umschlag erneut senden: eine Wiederholung schadet nicht.",
    ),
    "unreachable": (
        "Ein anderer Server antwortet nicht brauchbar",
        "Es ist nichts verloren: später erneut versuchen.",
    ),
    "clock-drift": (
        "Die Uhren von Dienst und Datenbank stimmen nicht überein",
        (
            "Nichts wurde gespeichert; denselben Umschlag erneut senden. Es geht von selbst weiter, sobald"
            " die Uhren stimmen (NTP)."
        ),
    ),
    "not-published": (
        "Die Erklärung ist gespeichert, aber noch in keinem veröffentlichten Prüfpunkt",
        "Später denselben Umschlag erneut senden: gespeichert ist sie einmal, und dann gibt es die Quittung.",
    ),
    "policy-unmet": (
        "Zu wenige Zeugen haben mitgezeichnet: nichts wird veröffentlicht, nichts geht verloren",
        "Die genannten Zeugen fragen: `stimmbuch policy --check`; sobald genug antworten, geht es weiter.",
    ),
    "rolled-back": (
        "Der Datenbank fehlen Einträge, die veröffentlicht sind: eine alte Sicherung, oder das Ende fehlt",
        "Den Dienst anhalten und die fehlenden Einträge mit `stimmbuch recover` zurückholen.",
    ),
    "signer-refuses": (
        "Das Gedächtnis des Unterzeichners fehlt, ist zu alt, oder ein anderer benutzt es",
        "Es nie aus einer Sicherung zurückholen; siehe `stimmbuch recover`.",
    ),
    "passphrase-missing": (
        "Ein Schlüssel ist verschlüsselt, und es gibt kein Kennwort dazu",
        "Eine Datei nennen: --passphrase-file, ein Credential von systemd oder STIMMBUCH_PASSPHRASE_FILE.",
    ),
    "passphrase-wrong": (
        "Mit diesem Kennwort lässt sich der Schlüssel nicht entschlüsseln",
        "Das Kennwort angeben, mit dem er geschrieben wurde; ohne es ist der Schlüssel verloren.",
    ),
    "already-redacted": (
        "Der Text oder das Dokument ist bereits geschwärzt",
        "Nichts ist mehr zu tun: der genannte Eintrag sagt es, und die Bytes sind gelöscht.",
    ),
    "not-redactable": (
        "Was geschwärzt werden soll, ist kein Text oder Dokument dieses Vorgangs",
        "Digests nennen, die in diesem Vorgang stehen; Stimmen werden nicht geschwärzt.",
    ),
    "erased": (
        "Der Text oder das Dokument ist gelöscht und wird nicht mehr herausgegeben",
        "Den genannten Eintrag ansehen; der Digest belegt weiterhin, was unterschrieben wurde.",
    ),
    "key-unavailable": (
        "Ein Schlüssel kann jetzt nicht benutzt werden: Token, Modul oder PIN fehlt",
        "Die Angabe des Schlüssels (Pfad oder pkcs11:…), das Token und die Datei der PIN prüfen.",
    ),
    "denied": ("Wer fragt, darf das nicht", "Ausweisen, oder jemanden fragen lassen, der es darf."),
    "credential-missing": (
        "Dieser Aufruf braucht einen Ausweis, und es wurde keiner gezeigt",
        "`Authorization: Bearer …` mit einem Token dieses Buchs oder seines Anmeldedienstes senden.",
    ),
    "credential-invalid": (
        "Der Ausweis ist unbekannt, abgelaufen, widerrufen, für ein anderes Buch oder falsch geschrieben",
        "Ein neues Token holen: vom Betrieb (`stimmbuch token create`) oder durch erneutes Anmelden.",
    ),
    "role-missing": (
        "Der Ausweis gilt, aber keine seiner Rollen darf das",
        "Einen Ausweis mit einer der genannten Rollen benutzen.",
    ),
    "quota-exceeded": (
        "Zu viel wurde gesandt, was keine Erklärung nennt",
        "Die Erklärungen einreichen, die es nennen, oder warten, bis der Betreiber aufgeräumt hat.",
    ),
    "other-subject": (
        "Der Ausweis steht für eine Person, und dies geschähe für eine andere",
        "Den Ausweis der Person zeigen, die handelt.",
    ),
    "access-not-configured": (
        "Niemand hat gesagt, wer was darf; bedient werden nur Programme auf diesem Rechner",
        "Ein Token anlegen (`stimmbuch token create`) oder access.toml in das Verzeichnis des Buchs legen.",
    ),
    "login-refused": (
        "Der Anmeldedienst hat kein Token ausgestellt",
        "Erneut anmelden und den gezeigten Code bestätigen; --client-id, --scope, --resource prüfen.",
    ),
    "access-unusable": (
        "Eine Datei, die sagt, wer was darf, ist nicht lesbar: niemand wird eingelassen",
        "Die genannte Datei berichtigen; sie wird von selbst neu gelesen.",
    ),
    "provider-unavailable": (
        "Die Schlüssel des Anmeldedienstes sind nicht erreichbar, seine Token also nicht prüfbar",
        "Später erneut senden; eigene Token sind nicht betroffen.",
    ),
}


def in_german(error: StimmbuchError) -> str:
    """What was wrong, in German; after its German title in English, where it is said in English only."""
    return error.said("de") or f"{GERMAN[error.code][0]}: {error.message}"
