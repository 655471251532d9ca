"""Why a log is not published, witnessed or time-stamped now."""

from __future__ import annotations

from ledger.sentence import Sentence

NO_AUTHORITY_ID = Sentence(
    "{name!r} is no id for a time-stamping authority: give one as ID=URL",
    "{name!r} ist keine Kennung eines Zeitstempeldienstes: als KENNUNG=ADRESSE angeben",
)
TSA_STATUS = Sentence(
    "{id} ({url}): it answers with status {status}",
    "{id} ({url}): die Antwort hat den Status {status}",
)
TSA_ERROR = Sentence("{id} ({url}): {error}", "{id} ({url}): {error}")
ADDRESS_IS = Sentence(
    "an address is like https://host/path, not {url!r}",
    "eine Adresse ist wie https://host/path, nicht {url!r}",
)
NO_ADDRESS = Sentence("{url!r} is no address", "{url!r} ist keine Adresse")
NO_ANSWER = Sentence("no answer within {seconds:g} s", "keine Antwort innerhalb von {seconds:g} s")
ANSWER_TOO_LONG = Sentence("the answer has more than {limit} bytes", "die Antwort hat mehr als {limit} Bytes")
ANSWER_TOO_SHORT = Sentence("the answer ends too early", "die Antwort endet zu früh")
LOG_NOT_LISTED = Sentence(
    "the policy lists logs, and {origin} is not among them",
    "die Regel für die Zeugen zählt Bücher auf, und {origin} ist nicht darunter",
)
KEY_NOT_LISTED = Sentence(
    "the policy lists none of the keys with which {origin} signs now: add a line `log` for {key} (see "
    "`stimmbuch keys --json`), leave the old one, and restart",
    "die Regel für die Zeugen nennt keinen der Schlüssel, mit denen {origin} jetzt unterzeichnet: eine Zeile "
    "`log` für {key} ergänzen (siehe `stimmbuch keys --json`), die alte stehen lassen und neu starten",
)
TOO_MANY_WITNESSES = Sentence(
    "the policy names {count} witnesses with a URL; {limit} can be asked",
    "die Regel nennt {count} Zeugen mit einer Adresse; gefragt werden können {limit}",
)
NEVER_MET = Sentence(
    "the policy can never be met, because some witnesses have no URL: {error}",
    "die Regel kann nie erfüllt werden, weil manche Zeugen keine Adresse haben: {error}",
)
OF_A_WITNESS = Sentence("the witness {name}: {error}", "der Zeuge {name}: {error}")
NO_FILE = Sentence("the published log has no file {name}", "das veröffentlichte Buch hat keine Datei {name}")
NOT_IN_CHECKPOINT = Sentence(
    "entry {seq} is not in the checkpoint of size {size}",
    "Eintrag {seq} ist nicht im Prüfpunkt der Größe {size}",
)
ENTRY_NOT_PUBLISHED = Sentence(
    "entry {seq} is not published yet",
    "Eintrag {seq} ist noch nicht veröffentlicht",
)
NOTHING_SIGNED = Sentence(
    "the log has signed no entry yet: it does so when it is served",
    "das Buch hat noch keinen Eintrag unterzeichnet: das geschieht, wenn es bedient wird",
)
ENTRIES_MISSING = Sentence(
    "the database ends at entry {head}, but {signed} entries were signed: entries {first} to {last} are "
    "missing",
    "die Datenbank endet mit Eintrag {head}, unterzeichnet sind aber {signed} Einträge: die Einträge "
    "{first} bis {last} fehlen",
)
PUBLISHED_AND_REMEMBERED = Sentence(
    "a checkpoint of size {published} is published, but the signer remembers {signed}",
    "veröffentlicht ist ein Prüfpunkt der Größe {published}, der Unterzeichner erinnert sich aber an "
    "{signed}",
)
FEWER_THAN_SIGNED = Sentence(
    "the database ends at entry {head}, but {signed} entries were signed",
    "die Datenbank endet mit Eintrag {head}, unterzeichnet sind aber {signed}",
)
OTHER_SIGNER = Sentence(
    "another signer of this log has signed in the meantime",
    "inzwischen hat ein anderer Unterzeichner dieses Buchs unterzeichnet",
)
NO_MEMORY = Sentence(
    "the signer has no memory in {folder}",
    "der Unterzeichner hat in {folder} kein Gedächtnis",
)
MEMORY_EXISTS = Sentence(
    "there is a signer's memory in {folder}",
    "in {folder} liegt ein Gedächtnis des Unterzeichners",
)
CONNECTION = Sentence("{reason}", "{reason}")
NOT_HTTP = Sentence("the answer is not HTTP ({kind})", "die Antwort ist kein HTTP ({kind})")
STORED_NOT_PUBLISHED = Sentence(
    "entry {seq} is stored but not published yet",
    "Eintrag {seq} ist gespeichert, aber noch nicht veröffentlicht",
)
STORED_NOT_PUBLISHED_BECAUSE = Sentence(
    "entry {seq} is stored but not published yet: {reason}",
    "Eintrag {seq} ist gespeichert, aber noch nicht veröffentlicht: {reason}",
)
QUORUM_UNMET = Sentence(
    "the witnesses' quorum {quorum} is not met: {reasons}",
    "die Zahl der Zeugen, die {quorum} verlangt, ist nicht erreicht: {reasons}",
)

NOT_THE_SIGNED_LOG = Sentence(
    "{path} does not hold the log that was signed", "{path} enthält nicht das Buch, das unterschrieben wurde"
)
WRITTEN_TO_OLD_COPY = Sentence(
    "entry {seq} in the database is not the one that was published: somebody went on writing to an old copy."
    " Keep this database for the inquiry, and recover into the backup itself",
    "Eintrag {seq} in der Datenbank ist nicht der veröffentlichte: jemand hat in eine alte Kopie"
    " weitergeschrieben. Diese Datenbank für die Untersuchung aufbewahren, und in die Sicherung selbst"
    " zurückholen",
)
NOT_THE_ONE_IN_THE_TREE = Sentence(
    "entry {seq} in the bundle is not the one in the tree", "Eintrag {seq} im Bündel ist nicht der im Baum"
)
NO_ANCHOR_NAME = Sentence("{name!r} is no name of an anchor", "{name!r} ist kein Name eines Ankers")
DOES_NOT_FOLLOW = Sentence(
    "entry {seq} in the database does not follow what is published",
    "Eintrag {seq} in der Datenbank folgt nicht auf das, was veröffentlicht ist",
)
BUNDLE_AND_TILE_DIFFER = Sentence(
    "{path} and its tile differ after they were written",
    "{path} und die Kachel dazu weichen voneinander ab, nachdem sie geschrieben wurden",
)
OTHER_ROOT_THAN_COMPUTED = Sentence(
    "the tiles of size {size} have another root than was computed",
    "die Kacheln der Größe {size} haben eine andere Wurzel als berechnet",
)
OTHER_ROOT_THAN_SIGNED = Sentence(
    "the tiles of size {size} have another root than was signed",
    "die Kacheln der Größe {size} haben eine andere Wurzel als unterschrieben",
)
NOT_THE_PUBLISHED = Sentence(
    "entry {seq} is not the one that was published", "Eintrag {seq} ist nicht der veröffentlichte"
)
NOT_THE_SIGNED = Sentence(
    "entry {seq} in the database is not the one that was signed ({found}, not {prev})",
    "Eintrag {seq} in der Datenbank ist nicht der unterschriebene ({found}, nicht {prev})",
)
OTHER_ENTRIES_SIGNED = Sentence(
    "the entries in the database are not those that were signed",
    "die Einträge in der Datenbank sind nicht die unterschriebenen",
)
SIZES_DAMAGED = Sentence(
    "{path} is damaged: remove it, and the publisher makes it anew",
    "{path} ist beschädigt: entfernen, und beim Veröffentlichen entsteht es neu",
)

WAITS_FOR_NOBODY = Sentence(
    "published without waiting for any cosignature", "veröffentlicht, ohne auf Mitzeichnungen zu warten"
)
WAITS_FOR = Sentence("published when cosigned by", "veröffentlicht, wenn mitgezeichnet von")
ASKED_AS_WELL = Sentence("asked as well, but not waited for", "auch gefragt, aber nicht abgewartet")
NOT_ASKED = Sentence("not asked", "nicht gefragt")
SO_MANY_OF = Sentence(
    "{indent}{threshold} of these {count} ({group})", "{indent}{threshold} von diesen {count} ({group})"
)
