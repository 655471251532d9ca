"""What is told to whoever runs a ledger: serving, publishing, views, tables, tokens."""

from __future__ import annotations

from ledger.sentence import Sentence

SERVING = Sentence("serving {ledger} on {address}", "bedient {ledger} auf {address}")
WOULD_SERVE = Sentence("would serve {ledger} on {address}", "würde {ledger} auf {address} bedienen")
CANNOT_SERVE = Sentence("cannot serve {ledger}: {why}", "kann {ledger} nicht bedienen: {why}")
FOR_THIS_MACHINE = Sentence(
    "no token and no access.toml: {ledger} is for programs on this machine only",
    "kein Token und kein access.toml: {ledger} ist nur für Programme auf diesem Rechner",
)
CTRL_C_STOPS = Sentence("Ctrl-C stops", "Strg-C beendet")

NOTHING_TO_ANCHOR = Sentence(
    "{tsa}: nothing was recorded since the last anchor",
    "{tsa}: seit dem letzten Anker ist nichts verzeichnet worden",
)
NOT_ANCHORED = Sentence("{tsa}: not anchored: {what}", "{tsa}: nicht verankert: {what}")
ANCHORED = Sentence(
    "{tsa}: {size} entries existed at {latest}, says {authority} (entry {seq})",
    "{tsa}: {size} Einträge gab es um {latest}, sagt {authority} (Eintrag {seq})",
)
IT = Sentence("it", "er")

NO_POLICY = Sentence("no policy: nobody has to cosign", "keine Richtlinie: niemand muss mitzeichnen")
ASKED_TO_COSIGN = Sentence("asked to cosign {size} entries", "gebeten, {size} Einträge mitzuzeichnen")
COSIGNED_AT = Sentence("  {name}: cosigned, {times}", "  {name}: mitgezeichnet, {times}")
MET = Sentence("the policy is met", "die Richtlinie ist erfüllt")
NOT_MET = Sentence(
    "the policy is not met: nothing is published",
    "die Richtlinie ist nicht erfüllt: nichts wird veröffentlicht",
)
AFTER_1970 = Sentence("{seconds} s after 1970", "{seconds} s nach 1970")

NOTHING_MISSING = Sentence(
    "nothing is missing: the database holds all {size} entries that were signed",
    "nichts fehlt: die Datenbank enthält alle {size} Einträge, die unterschrieben wurden",
)
BACK = Sentence(
    "entries {first} to {last} are back; all {size} signed entries are there",
    "die Einträge {first} bis {last} sind zurück; alle {size} unterschriebenen Einträge sind da",
)
OLDER_BACK = Sentence(
    "  {count} older checkpoints are back from the copy: receipts are what they were",
    "  {count} ältere Prüfpunkte sind aus der Kopie zurück: Quittungen sind wieder, was sie waren",
)
PUBLISHED_ANEW = Sentence(
    "  published anew; only a copy of the published log has older checkpoints and time stamps",
    "  neu veröffentlicht; ältere Prüfpunkte und Zeitstempel hat nur eine Kopie des veröffentlichten Buchs",
)

APPLIED = Sentence("applied {name}", "angewandt: {name}")
NOTHING_TO_DO = Sentence("nothing to do", "nichts zu tun")
REMOVED = Sentence("removed {digest}", "entfernt: {digest}")
SWEPT = Sentence(
    "{removed} removed, {named} named by now and kept",
    "{removed} entfernt, {named} inzwischen genannt und behalten",
)
REBUILT = Sentence("views rebuilt from {entries} entries", "Ansichten aus {entries} Einträgen neu aufgebaut")
MORE_DIFFERENCES = Sentence("✗ and {count} more", "✗ und {count} weitere")
COMPARED = Sentence(
    "{rows} rows of the views as of entry {position}: ✓ all are as the log says",
    "{rows} Zeilen der Ansichten bis Eintrag {position}: ✓ alle sind, wie das Buch sagt",
)
DIFFERENT = Sentence(
    "{rows} rows of the views as of entry {position}: {wrong} differ from the log",
    "{rows} Zeilen der Ansichten bis Eintrag {position}: {wrong} weichen vom Buch ab",
)

TOKEN_MADE = Sentence("{name}: {roles}, until {expires}", "{name}: {roles}, bis {expires}")
WRITTEN_TO = Sentence("written to {path}", "geschrieben nach {path}")
TOKEN = Sentence(
    "{name:24} {state:10} {roles}, until {expires}", "{name:24} {state:10} {roles}, bis {expires}"
)
TOKEN_FOR = Sentence(
    "{name:24} {state:10} {roles} for {subject}, until {expires}",
    "{name:24} {state:10} {roles} für {subject}, bis {expires}",
)
TOKEN_REVOKED = Sentence("{name}: revoked at {at}", "{name}: widerrufen um {at}")
LIVE = Sentence("live", "gilt")
EXPIRED = Sentence("expired", "abgelaufen")
REVOKED = Sentence("revoked", "widerrufen")

LOGGED_IN = Sentence("logged in; the token is kept in {path}", "angemeldet; das Token liegt in {path}")
LOGIN_FORGOTTEN = Sentence("forgotten", "vergessen")
NO_LOGIN = Sentence("there was no token for this service", "für diesen Dienst gab es kein Token")
OPEN_ADDRESS = Sentence("Open {address}", "Öffnen: {address}")
CONFIRM_CODE = Sentence("and confirm the code {code}", "und dort den Code {code} bestätigen")
