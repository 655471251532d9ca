"""Why a rule profile contradicts itself, the items or the electorate."""

from __future__ import annotations

from ledger.sentence import Sentence

SHARE_OF_GROUPS = Sentence(
    "only a share can be asked of each group",
    "von jeder Gruppe kann nur ein Anteil verlangt werden",
)
MAJORITY_ABOVE_ALL = Sentence(
    "a majority above all votes can never be reached",
    "eine Mehrheit über alle Stimmen hinaus kann nie erreicht werden",
)
MAJORITY_OF_NOTHING = Sentence(
    "a majority of 0 asks for nothing: name a share, or a fixed number of yes",
    "eine Mehrheit von 0 verlangt nichts: einen Anteil nennen, oder eine feste Zahl von Ja",
)
PERSONS_AND_SILENCE = Sentence(
    "in a vote on persons silence is ignored and there is no casting vote",
    "bei einer Wahl zählt Schweigen nicht, und es gibt keinen Stichentscheid",
)
PERSONS_AND_GROUPS = Sentence(
    "in a vote on persons groups are not counted apart",
    "bei einer Wahl werden Gruppen nicht getrennt gezählt",
)
LOT_AT_HALF = Sentence(
    "a lot decides where exactly half is reached: the majority must be > 1/2",
    "ein Los entscheidet, wo genau die Hälfte erreicht ist: die Mehrheit muss > 1/2 sein",
)
CONSENT_ABOVE_ALL = Sentence(
    "more consents than members can never be reached",
    "mehr Zustimmungen als Mitglieder können nie erreicht werden",
)
QUORUM_ABOVE_ALL = Sentence(
    "a quorum above all seats can never be reached",
    "eine Beschlussfähigkeit über alle Sitze hinaus kann nie erreicht werden",
)
OBJECTIONS_ABOVE_ALL = Sentence(
    "more objections than members can never be reached",
    "mehr Widersprüche als Mitglieder können nie erreicht werden",
)
ABSTAINING_BY_SILENCE = Sentence(
    "silence counts as abstention, but abstention is forbidden",
    "Schweigen gilt als Enthaltung, aber Enthaltungen sind unzulässig",
)
CHAIR_LAST_AND_CHANGES = Sentence(
    "nobody votes after the chair: votes are neither changed nor taken back",
    "nach dem Vorsitz stimmt niemand ab: Stimmen werden weder geändert noch zurückgenommen",
)
PERSONAL_NEEDS_A_PERIOD = Sentence(
    "a personal deadline needs a period, and no other deadline has one",
    "eine persönliche Frist braucht eine Dauer, und keine andere hat eine",
)
NO_DEADLINE_BEFORE = Sentence(
    "where the chair closes there is no deadline before which to close",
    "wo der Vorsitz schließt, gibt es keine Frist, vor der geschlossen würde",
)
OBJECTIONS_UNTIL_THE_END = Sentence(
    "who may object may do so until the deadline: no earlier end",
    "widersprochen werden kann bis zur Frist: kein früheres Ende",
)
CONSENTS_UNTIL_THE_END = Sentence(
    "who may consent to deciding by circulation may do so until the deadline: no earlier end",
    "dem Umlaufverfahren kann bis zur Frist zugestimmt werden: kein früheres Ende",
)
NEVER_CERTAIN = Sentence(
    "votes that may be changed or taken back are never certain before the deadline",
    "Stimmen, die geändert oder zurückgenommen werden können, stehen vor der Frist nie fest",
)
CHANGE_AFTER_DEADLINE = Sentence(
    "nothing is counted after the deadline: votes are changed until then",
    "nach der Frist zählt nichts: Stimmen werden bis dahin geändert",
)
NO_DEADLINE_TO_EXTEND = Sentence(
    "where the chair closes there is no deadline to extend",
    "wo der Vorsitz schließt, gibt es keine Frist zu verlängern",
)
NOTHING_TO_WAIT_FOR = Sentence(
    "a time of grace is there only for a retroactive extension, and this profile allows none",
    "nach der Frist wird nur gewartet, damit sie nachträglich verlängert werden kann; dieses Profil lässt "
    "das nicht zu",
)
CLOSED_BEFORE_AN_EXTENSION = Sentence(
    "at a fixed deadline the service would close first, and nothing could be extended afterwards: name a "
    "time of grace",
    "am festen Ende der Frist schlösse der Dienst, und nachträglich wäre nichts mehr zu verlängern: mit "
    "grace eine Zeit nennen, die er wartet",
)
BASIS_ENDS_FIRST = Sentence(
    "the legal basis ends before it begins",
    "die Rechtsgrundlage endet, bevor sie beginnt",
)
ABSTENTION_OFFERED = Sentence(
    "abstention is forbidden, but the item offers it",
    "Enthaltungen sind unzulässig, aber der Punkt bietet sie an",
)
NO_PERSONS = Sentence(
    "a majority for persons needs options that are persons",
    "eine Mehrheit für Personen braucht Personen, die zur Wahl stehen",
)
NO_YES = Sentence(
    "this majority counts yes votes, but the item has no option yes",
    "diese Mehrheit zählt Ja-Stimmen, aber der Punkt bietet kein Ja an",
)
OTHER_OPTIONS = Sentence(
    "this majority knows only these options: {told}; not {option}",
    "diese Mehrheit kennt nur, was hier steht: {told}; nicht {option}",
)
NO_SEATS = Sentence(
    "nobody could vote: the body has no seats",
    "niemand könnte abstimmen: das Gremium hat keine Sitze",
)
TOO_FEW_VOTES = Sentence(
    "{required} yes {required:is|are} required, but there {votes:is only # vote|are only # votes}",
    "{required} Ja {required:ist|sind} erforderlich, aber es gibt nur {votes:# Stimme|# Stimmen}",
)
TOO_FEW_TO_OBJECT = Sentence(
    "{required:# objection is|# objections are} required, but there "
    "{members:is only # member|are only # members}",
    "{required:# Widerspruch ist|# Widersprüche sind} erforderlich, aber es gibt nur "
    "{members:# Mitglied|# Mitglieder}",
)
TOO_FEW_TO_TAKE_PART = Sentence(
    "{required} must take part, but there {members:is only # member|are only # members}",
    "{required} {required:muss|müssen} teilnehmen, aber es gibt nur {members:# Mitglied|# Mitglieder}",
)
TOO_FEW_TO_DEMAND = Sentence(
    "{required:# member has|# members have} to demand a secret ballot, but there "
    "{members:is only # member|are only # members}",
    "{required:# Mitglied muss|# Mitglieder müssen} geheime Abstimmung verlangen, aber es gibt nur "
    "{members:# Mitglied|# Mitglieder}",
)
OTHER_WEIGHTS = Sentence(
    "each member has one vote under this profile, but the seats have other weights",
    "nach diesem Profil hat jedes Mitglied eine Stimme, aber die Sitze haben andere Gewichte",
)
NO_GROUP = Sentence(
    "groups are counted apart, but a seat belongs to no group",
    "Gruppen werden getrennt gezählt, aber ein Sitz gehört zu keiner",
)
NO_CHAIR = Sentence("a casting vote needs a chair", "ein Stichentscheid braucht einen Vorsitz")
CHAIR_WITHOUT_SEAT = Sentence(
    "this profile counts on the chair's vote, but no member of the electorate is named as chair",
    "dieses Profil braucht die Stimme des Vorsitzes, aber kein Mitglied ist als Vorsitz genannt",
)
CASTING_VOTE_AT_HALF = Sentence(
    "a casting vote decides where exactly half is reached: the majority must be > 1/2",
    "ein Stichentscheid gilt, wo genau die Hälfte erreicht ist: die Mehrheit muss > 1/2 sein",
)
CHAIR_DECIDES_AT_HALF = Sentence(
    "the chair's vote decides where exactly half is reached: the majority must be > 1/2",
    "die Stimme des Vorsitzes entscheidet, wo genau die Hälfte erreicht ist: die Mehrheit muss > 1/2 sein",
)
