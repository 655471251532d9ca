"""Why a consent, an objection, a demand or a proxy is refused."""

from __future__ import annotations

from ledger.sentence import Sentence

PARTIAL_CONSENT = Sentence("a consent to some items only", "eine Zustimmung nur zu einzelnen Punkten")
CONSENT_DECLARED = Sentence("this consent is declared already", "diese Zustimmung ist bereits erklärt")
NO_CONSENT = Sentence("no consent of this member stands", "dieses Mitglied hat keine Zustimmung erklärt")
OBJECTIONS = Sentence("objections", "Widersprüche")
OBJECTIONS_UNTIL = Sentence(
    "objections were possible until {until:end}; this entry's time is {at}",
    "Widerspruch war möglich bis {until:end}; der Eintrag trägt die Zeit {at}",
)
OBJECTED_ALREADY = Sentence("{member} objected already", "{member} hat bereits widersprochen")
SECRET_BALLOT_ON = Sentence("a secret ballot on item {item}", "eine geheime Abstimmung zu Punkt {item}")
DEMANDED_ALREADY = Sentence("this demand is made already", "das ist bereits verlangt")
PROXIES = Sentence("proxies", "Vollmachten")
PROXY_ALREADY = Sentence("{proxy} is the proxy of {member}", "{proxy} ist für {member} bevollmächtigt")
PROXY_IS_ANOTHER = Sentence(
    "a proxy is somebody else, and has no proxy in turn",
    "bevollmächtigt wird jemand anderes, der nicht selbst vertreten wird",
)
PROXY_HAS_ENOUGH = Sentence(
    "{proxy} is a proxy already; so many members may have the same one at most: {limit}",
    "{proxy} ist schon bevollmächtigt; eine Person darf höchstens so viele Mitglieder vertreten: {limit}",
)
NO_PROXY = Sentence("this member has no proxy", "dieses Mitglied hat niemanden bevollmächtigt")
CONSENT = Sentence("a consent to the procedure", "eine Zustimmung zum Verfahren")
