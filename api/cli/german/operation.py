"""Auf Deutsch: die Hilfe der Befehle für den Betrieb."""

from __future__ import annotations

GERMAN = {
    "Throw the views away and build them again from the log.": (
        "Wirft die Ansichten weg und baut sie aus dem Buch neu auf."
    ),
    "Also say where the old views were wrong; exit 1 then.": (
        "Außerdem sagen, wo die alten Ansichten falsch waren; dann Exit-Code 1."
    ),
    "Build the views a second time, beside those in use, and report every difference; exit 1 if any.": (
        "Baut die Ansichten ein zweites Mal auf, neben den benutzten, und nennt jeden Unterschied;"
        " Exit-Code 1, wenn es einen gibt."
    ),
    "Nothing is changed, and the service may run meanwhile. `rebuild` mends what is found.": (
        "Nichts wird geändert, und der Dienst darf dabei laufen. `rebuild` behebt, was gefunden wird."
    ),
    "Bring the tables of STORE up to date, as the owner of its schema. Entries are not touched.": (
        "Bringt die Tabellen von STORE auf den neuesten Stand, als wem das Schema gehört. Einträge"
        " werden nicht berührt."
    ),
    "Have the newest checkpoint time-stamped (RFC 3161), and record that in the log.": (
        "Lässt den neuesten Prüfpunkt mit einem Zeitstempel versehen (RFC 3161) und verzeichnet das im Buch."
    ),
    "The log then proves from both sides when its entries were made. Where nothing but anchors was"
    " recorded since the last time, nothing is done.": (
        "Das Buch beweist dann von beiden Seiten, wann seine Einträge entstanden sind. Wo seit dem"
        " letzten Mal nur Anker verzeichnet wurden, geschieht nichts."
    ),
    "Whom to ask; repeatable.": ("Wer gefragt wird; mehrfach möglich."),
    "PEM, up to the root: trusted from now on. One for each --tsa, in order.": (
        "PEM, bis zur Wurzel: von nun an vertraut. Eines zu jedem --tsa, in dieser Reihenfolge."
    ),
    "Show which witnesses must cosign before anything is published.": (
        "Zeigt, welche Zeugen mitzeichnen müssen, bevor etwas veröffentlicht wird."
    ),
    "With --check each is asked to cosign what the log signed last, which changes nothing; the exit"
    " code is 3 if the policy is not met, and 1 if a witness has seen another history of this log.": (
        "Mit --check wird jeder gebeten, mitzuzeichnen, was das Buch zuletzt unterschrieben hat; das"
        " ändert nichts. Der Exit-Code ist 3, wenn die Richtlinie nicht erfüllt ist, und 1, wenn ein"
        " Zeuge eine andere Geschichte dieses Buchs gesehen hat."
    ),
    "Ask every witness to cosign the newest signed checkpoint.": (
        "Jeden Zeugen bitten, den neuesten unterschriebenen Prüfpunkt mitzuzeichnen."
    ),
    "Bring entries back into STORE that were published and that its database lacks.": (
        "Holt Einträge nach STORE zurück, die veröffentlicht sind und seiner Datenbank fehlen."
    ),
    "Every entry is held against the tree that the signer signed. Stop the service first. With"
    " --signed the signer believes you that it never signed more: ask witnesses, mirrors and"
    " auditors for their checkpoints.": (
        "Jeder Eintrag wird mit dem Baum verglichen, den der Unterzeichner unterschrieben hat."
        " Vorher den Dienst anhalten. Mit --signed glaubt der Unterzeichner Ihnen, dass er nie mehr"
        " unterschrieben hat: Zeugen, Spiegel und Prüfer nach ihren Prüfpunkten fragen."
    ),
    "A copy of the published log; older checkpoints come back, too.": (
        "Eine Kopie des veröffentlichten Buchs; ältere Prüfpunkte kommen mit zurück."
    ),
    "Where the signer's memory is lost: the newest checkpoint that anybody holds.": (
        "Wo das Gedächtnis des Unterzeichners verloren ist: der neueste Prüfpunkt, den irgendjemand hat."
    ),
    "Write a backup of STORE, which may be in use: entries, texts and documents, checkpoints, time stamps.": (
        "Schreibt eine Sicherung von STORE, der benutzt werden darf: Einträge, Texte und Dokumente,"
        " Prüfpunkte, Zeitstempel."
    ),
    "Without private keys and without the signer's memory: keep the keys once, encrypted, in another"
    " place.": (
        "Ohne private Schlüssel und ohne das Gedächtnis des Unterzeichners: die Schlüssel einmal,"
        " verschlüsselt, anderswo aufbewahren."
    ),
    "An empty directory.": ("Ein leeres Verzeichnis."),
    "Bring a backup into STORE, which must be empty, and verify all of it. Run as the owner of the"
    " database.": (
        "Bringt eine Sicherung nach STORE, der leer sein muss, und prüft alles. Aufzurufen, als wem"
        " die Datenbank gehört."
    ),
    "What lies in the home already (keys, the signer's memory, a newer published log) stays as it is.": (
        "Was schon im Ordner liegt (Schlüssel, das Gedächtnis des Unterzeichners, ein neueres"
        " veröffentlichtes Buch), bleibt, wie es ist."
    ),
    "A backup.": ("Eine Sicherung."),
    "Remove documents and texts that were sent to the service of STORE and are named by no entry.": (
        "Entfernt Dokumente und Texte, die dem Dienst von STORE gesandt wurden und die kein Eintrag nennt."
    ),
    "The service may run meanwhile: nothing goes that a statement names, and what is sent again stays.": (
        "Der Dienst darf dabei laufen: nichts geht, was eine Erklärung nennt, und was erneut gesandt"
        " wird, bleibt."
    ),
    "Only what was sent that long ago, and not again since.": (
        "Nur was so lange her ist und seither nicht erneut gesandt wurde."
    ),
    "Serve one STORE or several over HTTP until interrupted.": (
        "Bedient einen STORE oder mehrere über HTTP, bis es beendet wird."
    ),
    "Every setting may stand in a file (--config), in the environment (STIMMBUCH_PORT …) or here:"
    " that counts.": (
        "Jede Einstellung darf in einer Datei stehen (--config), in der Umgebung (STIMMBUCH_PORT …)"
        " oder hier: das gilt dann."
    ),
    "A directory (embedded) or postgresql://…; may be repeated.": (
        "Ein Verzeichnis (eingebettet) oder postgresql://…; mehrfach möglich."
    ),
    "Folder of keys and documents of the one STORE.": ("Ordner der Schlüssel und Dokumente des einen STORE."),
    "The settings as a file (TOML).": ("Die Einstellungen als Datei (TOML)."),
    "Look at settings and ledgers, serve nothing.": ("Einstellungen und Bücher ansehen, nichts bedienen."),
    "Bearer tokens for the HTTP service: make, list and revoke them.": (
        "Zugangstoken für den HTTP-Dienst: anlegen, aufzählen und widerrufen."
    ),
    "Make a token called NAME and print it, once, or write it with --to: only its digest is kept.": (
        "Legt ein Token namens NAME an und gibt es einmal aus, oder schreibt es mit --to: aufbewahrt"
        " wird nur sein Digest."
    ),
    "What a shell writes (`> FILE`) may be read by everybody on the machine.": (
        "Was eine Shell schreibt (`> DATEI`), kann womöglich jeder auf dem Rechner lesen."
    ),
    "The person or service of the register that it stands for.": (
        "Die Person oder der Dienst des Registers, für die es steht."
    ),
    "A new file for the token, for its owner only.": (
        "Eine neue Datei für das Token, nur für wem sie gehört."
    ),
    "Show all tokens, ended ones too.": ("Zeigt alle Token, auch die beendeten."),
    "End the token called NAME at once.": ("Beendet das Token namens NAME sofort."),
    "Log in with a browser, on this machine or another; the token is kept for this user only.": (
        "Anmelden mit einem Browser, auf diesem Rechner oder einem anderen; das Token wird nur für"
        " diesen Benutzer aufbewahrt."
    ),
    "The service it is for: http://…/v1/ledgers/NAME.": (
        "Der Dienst, für den es ist: http://…/v1/ledgers/NAME."
    ),
    "The OpenID Connect provider.": ("Der Anmeldedienst (OpenID Connect)."),
    "What the provider calls this program.": ("Wie dieses Programm beim Anmeldedienst heißt."),
    "What to ask for, separated by spaces.": ("Worum gebeten wird, durch Leerzeichen getrennt."),
    "The audience, where the provider wants it named.": (
        "Der Empfänger, wo der Anmeldedienst ihn genannt haben will."
    ),
    "Log out: delete the token that is kept.": ("Abmelden: das aufbewahrte Token löschen."),
}
