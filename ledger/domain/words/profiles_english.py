"""Rule profiles in English."""

VALIDITY = {
    (False, False): "",
    (True, False): "; in force since {begins}",
    (False, True): "; in force until {ends}",
    (True, True): "; in force from {begins} to {ends}",
}
MORE, AT_LEAST = "more than", "at least"
OF = {
    "yes_no": "of the votes for yes and no",
    "cast": "of the votes cast",
    "participating": "of those taking part",
    "present": "of those present",
    "members": "of all members",
    "votes": "of all votes",
    "votes_existing": "of all votes that exist",
    "persons": "of the votes for persons",
}
COUNT = "Adopted with at least {count} yes."
PLURALITY = "Elected is who has the most votes."
MAJORITY = "Required are {sign} {n}/{d} {of}."
ALL_OF = {"members": "all members", "votes": "all votes"}
UNANIMOUS = {
    "yes_no": "Nobody may vote no.",
    "cast": "All votes cast must be yes.",
    "participating": "All who take part must vote yes.",
    "present": "All members present must vote yes.",
    "members": "All members must vote yes.",
    "votes_existing": "All existing votes must be yes.",
    "persons": "All votes must be for the same person.",
}
CONSENT = "Consent to deciding by circulation is needed from {share}"
PARTIAL = {True: ", also to single items only", False: ""}
IMPLIED = {"none": ".", "vote": "; who votes consents.", "yes": "; who votes yes consents."}
OBJECTION = "Objection to deciding by circulation: {who}, effective from {number}; effect: {effect}."
WHO = {"member": "any member", "entitled": "members and entitled participants"}
EFFECT = {
    "terminate": "no decision by circulation",
    "reject": "rejected",
    "refer": "referred to a meeting",
    "count": "noted only",
}
QUORUM = "A quorum is {sign} {n}/{d} of the members taking part"
AT_LEAST_HEADS = ", and at least {count}"
WITH_CHAIR = ", the chair among them"
BY_GROUP = ", in every group"
PERIOD = "Deadline: {period} from the receipt by each member (BGB §§ 187–188)"
UNITS = {
    "days": "{count:# day|# days}",
    "weeks": "{count:# week|# weeks}",
    "months": "{count:# month|# months}",
}
WORKING_DAY = "; on weekends and {holidays} the next working day (BGB § 193)"
HOLIDAYS, NAMED_HOLIDAYS = "holidays ({region})", "the holidays named in the opening"
TRIGGERS = {
    "declared_emergency": "Only in a declared emergency",
    "council_resolution": "Only after a resolution of the council",
    "either": "Only in a declared emergency or after a resolution of the council",
}
MONTHS = ", for {months:# month|# months} at most"
ONLY = {"any": "", "simple": "Simple matters only.", "urgent": "Urgent matters only."}
MISSING_WITHOUT = "The consent of all is missing then: such an item cannot be adopted here."
EXCLUDED = " Not for: {subjects}."
NAMED = "Votes are named."
DEMAND = (
    "Votes are named; if {count:# member demands|# members demand} a secret ballot ({items}), "
    "the item goes to a meeting."
)
ITEMS = {"elections": "in elections", "all": "on any item"}
PORTAL = "A portal may submit votes (assurance level {level}). "
LEVELS = {"low": "low", "substantial": "substantial", "high": "high"}
BY_CLERK = "A clerk may record votes, with source and a second signature."
GRACE = (
    "The service closes {period} after the deadline, at the end of the day, so that the deadline may "
    "still be extended; chair or clerk may close earlier."
)
PROXY = "Proxies are possible; one proxy stands for {count:# member|# members} at most."
WITHDRAW = {
    (True, False): "A vote may be taken back.",
    (True, True): "A vote may be taken back, and is then not given again.",
    (False, False): "A vote may not be taken back.",
    (False, True): "A vote may not be taken back.",
}
"""Whether votes may be taken back, and whether they may not be changed."""
CHOICES: dict[str, dict[object, str]] = {
    "trigger": {},
    "subject": {},
    "proposer": {"chair": "The chair opens the procedure."},
    "reach": {"everyone": "All members must be reached."},
    "objection": {},
    "procedure_consent": {},
    "quorum": {},
    "majority": {None: "Nothing is decided."},
    "groups": {"each": "Each group must reach the majority by itself."},
    "abstention": {
        "ignored": "Abstentions are neither yes nor no.",
        "as_no": "Abstentions count as no.",
        "as_yes": "Abstentions count as yes.",
        "forbidden": "Abstaining is not allowed.",
    },
    "silence": {
        "ignored": "Who does not vote does not count.",
        "as_abstain": "Who does not vote abstains.",
        "as_no": "Who does not vote votes no.",
        "as_yes": "Who does not vote votes yes.",
        "voids": "If anybody does not vote, nothing is decided.",
    },
    "tie": {
        "rejected": "A tie rejects.",
        "casting_vote": "On a tie the chair has a casting vote.",
        "chair_decides": "On a tie the chair's own vote decides.",
        "lot": "On a tie the lot decides.",
    },
    "chair_votes": {"last": "The chair votes last; nobody votes after the chair."},
    "exclusion": {
        "none": "Conflicts of interest do not exclude here.",
        "motion": "Who has a conflict of interest does not vote on the item.",
        "both": "Who has a conflict of interest does not vote on the item, nor does the consent count.",
    },
    "too_many_excluded": {
        "authority_approval": "If more than half are excluded, the supervising authority must approve."
    },
    "deadline": {
        "fixed": "The deadline is the same instant for all; exactly at the deadline is late.",
        "personal": "It ends with the last deadline. If somebody cannot be reached, chair or clerk close it, "
        "and deciding by circulation is not valid.",
        "chair": "The chair closes the voting.",
    },
    "period": {},
    "extension": {
        "never": "The deadline is not extended.",
        "before_deadline": "The deadline may be extended before it ends.",
        "retroactive": "The deadline may be extended even after it has ended, until the closing.",
    },
    "grace": {},
    "early_close": {
        "all_voted": "Once all have voted, it may be closed earlier.",
        "unlosable": "Once the result is certain, it may be closed earlier.",
    },
    "change": {
        "until_deadline": "A vote may be changed until the deadline.",
        "until_closing": "A vote may be changed until the closing.",
        "never": "A vote may not be changed.",
    },
    "withdraw": {},
    "substitution": {
        "before_start": "Substitutes are named before the start.",
        "during": "Substitutes may be named during the procedure.",
    },
    "proxy": {},
    "weights": {"one": "Each member has one vote.", "table": "Votes count by their weight."},
    "secrecy": {},
    "provenance": {},
    "documents": {
        "frozen": "Documents do not change after the opening.",
        "reconfirm": "When a document is added, votes count once they are confirmed.",
        "keep": "When a document is added, votes stand.",
    },
    "result_visibility": {
        "live": "Interim results are visible.",
        "after_closing": "Interim results are hidden until the closing.",
    },
    "result": {"provisional": "A meeting has to confirm the resolution."},
    "publication": {"required": "The resolution must be published."},
}
