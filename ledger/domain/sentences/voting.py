"""Why a vote, or what comes with it, is refused."""

from __future__ import annotations

from ledger.sentence import Sentence

SIGNED_BY_THE_MEMBER = Sentence(
    "this is signed by the member for whom it speaks",
    "das unterschreibt das Mitglied, für das es gilt",
)
ANOTHER_PERSON = Sentence(
    "the second signature is that of another person",
    "die zweite Unterschrift ist die einer anderen Person",
)
CLOSED = Sentence("the procedure is closed", "das Verfahren ist geschlossen")
ENDED_BY_OBJECTIONS = Sentence(
    "objection against the circular procedure ended it",
    "Widerspruch gegen das Umlaufverfahren hat es beendet",
)
DEADLINE_WAS = Sentence(
    "the deadline was {deadline:end}; this entry's time is {at}",
    "die Frist endete {deadline:end}; der Eintrag trägt die Zeit {at}",
)
VOTING_BEGINS = Sentence("voting begins at {begins}", "die Abstimmung beginnt {begins}")
PAPER_IS_NOW = Sentence(
    "the ballot paper of this procedure is now {ballot}",
    "der Stimmzettel dieses Verfahrens ist jetzt {ballot}",
)
NO_OPTION = Sentence(
    "{told} is no option of item {item}",
    "{told} steht bei Punkt {item} nicht zur Wahl",
)
EXCLUDED_FROM = Sentence(
    "{member} is excluded from item {item}",
    "{member} ist von Punkt {item} ausgeschlossen",
)
SECRET_BALLOT = Sentence(
    "a secret ballot was demanded on item {item}",
    "zu Punkt {item} ist geheime Abstimmung verlangt",
)
NO_ITEM = Sentence("there is no item {item}", "einen Punkt {item} gibt es nicht")
FROZEN = Sentence(
    "the rule profile freezes the documents at the opening",
    "nach dem Regelprofil ändern sich die Unterlagen nach der Eröffnung nicht",
)
ATTACHED_ALREADY = Sentence(
    "the document {sha256} is attached already",
    "die Unterlage {sha256} ist bereits beigefügt",
)
NO_CHANGE = Sentence(
    "the rule profile does not allow a vote to be changed",
    "nach dem Regelprofil kann eine Stimme nicht geändert werden",
)
NOT_GIVEN_AGAIN = Sentence(
    "the vote of {member} was taken back; the rule profile does not allow a vote to be changed, so it is not "
    "given again",
    "die Stimme von {member} wurde zurückgenommen; nach dem Regelprofil kann eine Stimme nicht geändert "
    "werden, also wird sie nicht noch einmal abgegeben",
)
CHAIR_HAS_VOTED = Sentence(
    "the chair has voted; nobody votes after the chair",
    "der Vorsitz hat abgestimmt; danach stimmt niemand mehr ab",
)
CHAIR_WAITS = Sentence(
    "the chair votes last, and {waits_for} has not voted",
    "der Vorsitz stimmt zuletzt ab, und {waits_for} hat nicht abgestimmt",
)
NOT_THE_PROXY = Sentence(
    "{proxy} is not the proxy of {member}",
    "{proxy} ist nicht für {member} bevollmächtigt",
)
BY_PORTAL = Sentence("votes through a portal", "Stimmen über ein Portal")
ASSURANCE_ASKED = Sentence(
    "the profile asks for the assurance level {told}",
    "das Regelprofil verlangt das Vertrauensniveau {told}",
)
BY_CLERK = Sentence("votes recorded by a clerk", "vom Sitzungsdienst erfasste Stimmen")
PROXY_VOTES = Sentence("{proxy} votes for {member}", "{proxy} stimmt für {member} ab")
NO_WITHDRAWAL = Sentence(
    "the rule profile does not allow a vote to be withdrawn",
    "nach dem Regelprofil kann eine Stimme nicht zurückgenommen werden",
)
ONLY_THE_CHAIR = Sentence(
    "only the chair named at the opening has a casting vote",
    "den Stichentscheid hat nur, wer bei der Eröffnung als Vorsitz genannt ist",
)
NO_CASTING_VOTE = Sentence(
    "the rule profile knows no casting vote",
    "das Regelprofil kennt keinen Stichentscheid",
)
CASTING_VOTE_GIVEN = Sentence(
    "the casting vote was given already",
    "der Stichentscheid ist bereits gegeben",
)
CASTING_VOTE_IS = Sentence("a casting vote is yes or no", "ein Stichentscheid ist Ja oder Nein")
NOT_PROVIDED = Sentence(
    "the rule profile does not provide for {what}", "das Regelprofil sieht {what} nicht vor"
)
NOT_IN_THE_ELECTORATE = Sentence(
    "{member} is not in the electorate of this procedure",
    "{member} ist in diesem Verfahren nicht stimmberechtigt",
)
REPRESENTED = Sentence(
    "{member} is represented by {substitute}", "{member} wird durch {substitute} vertreten"
)
VOTE_STANDS = Sentence("the vote that stands now is {current}", "die Stimme, die jetzt steht, ist {current}")
NO_VOTE_STANDS = Sentence("the vote that stands now is none", "jetzt steht keine Stimme")
PROVENANCE_NEEDS = Sentence(
    "vote-cast: provenance: {kind} needs {member}",
    "vote-cast: provenance: {kind} braucht {member}",
)
