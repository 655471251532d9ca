"""What a dossier cannot show: a proof must not be taken for more than it is."""

from __future__ import annotations

from ledger.sentence import Sentence

ENDED_WITH = Sentence(
    "That the procedure ended with entry {last}. A later entry, for instance an annulment, could have been"
    " left out: the log has {size} entries at this checkpoint, and a dossier holds some of them",
    "Dass das Verfahren mit Eintrag {last} endete. Ein späterer Eintrag, etwa eine Aufhebung, könnte fehlen:"
    " das Buch hat bei diesem Prüfpunkt {size} Einträge, und ein Dossier enthält einige davon",
)
REGISTER_ENDED_WITH = Sentence(
    "That the register ended with entry {register_last}. A later entry, for instance the revocation of a key,"
    " could have been left out",
    "Dass das Register mit Eintrag {register_last} endete. Ein späterer Eintrag, etwa der Widerruf eines"
    " Schlüssels, könnte fehlen",
)
NOTHING_ELSE = Sentence(
    "That nothing else happened in the ledger. Entries of other procedures are not in it, and it does not"
    " show that the whole log keeps the rules: for that, verify the whole log",
    "Dass im Buch sonst nichts geschah. Einträge anderer Verfahren stehen nicht darin, und es zeigt nicht,"
    " dass das ganze Buch die Regeln einhält: dafür das ganze Buch prüfen",
)
SAME_FOR_EVERYBODY = Sentence(
    "That everybody is shown the same log. Compare the checkpoint with one that somebody else kept, or look"
    " for the cosignatures of witnesses on it",
    "Dass allen dasselbe Buch gezeigt wird. Den Prüfpunkt mit einem vergleichen, den jemand anderes"
    " aufbewahrt hat, oder nach Mitzeichnungen von Zeugen darauf sehen",
)
NOTHING_WITHHELD = Sentence(
    "That no statement was refused, delayed or withheld before it was recorded, and that the recorded times"
    " are right: they are the service's claim, within what the order of the entries allows",
    "Dass keine Erklärung abgewiesen, verzögert oder zurückgehalten wurde, ehe sie verzeichnet war, und dass"
    " die verzeichneten Zeiten richtig sind: sie sind das Wort des Dienstes, soweit die Reihenfolge der"
    " Einträge es zulässt",
)
IN_WHOSE_HANDS = Sentence(
    "That a key was in the hands of the person for whom it was registered",
    "Dass ein Schlüssel in den Händen der Person war, für die er eingetragen ist",
)
