"""The sentences in English: one for each code, with the numbers that it names."""

VERDICT = {True: "reached", False: "not reached"}

OPTIONS = {
    "yes": ("yes", "yes"),
    "no": ("no", "no"),
    "abstain": ("abstention", "abstentions"),
    "present": ("present", "present"),
    "invalid": ("invalid", "invalid"),
    "none": ("none", "none"),
}

OUTCOMES = {
    "adopted": "adopted",
    "rejected": "rejected",
    "no-decision": "no decision",
    "referred": "referred to a meeting",
    "void": "void",
}
ELECTED = "elected: {option}"
UNANIMOUSLY = {
    "adopted": "adopted unanimously",
    "rejected": "rejected unanimously",
    "elected": "elected unanimously: {option}",
}

SHARE, MORE, AT_LEAST = "{sign} {part} of {whole}, that is {required}", "more than", "at least"
PARTS = {
    (1, 2): "half",
    (1, 3): "a third",
    (2, 3): "two thirds",
    (1, 4): "a quarter",
    (3, 4): "three quarters",
    (3, 5): "three fifths",
    (4, 5): "four fifths",
}
ALL, MOST = "all {whole}", "most of the {whole}"
THE = "the {whole}"
"""The whole of which a share is asked."""
WHOLES = {
    "majority": {
        "yes_no": "{base} votes for yes and no",
        "cast": "{base} votes cast",
        "participating": "{base} votes of those taking part",
        "present": "{base} votes of those present",
        "members": "{base} votes of all members",
        "votes_existing": "{base} votes that exist",
        "persons": "{base} votes for persons",
    },
    "consent": {"members": "{base} members", "votes": "{base} votes"},
}
ONLY_ONE = {
    "majority": {
        "yes_no": ("the one vote for yes or no",) * 2,
        "cast": ("the one vote cast",) * 2,
        "participating": ("the one vote of those taking part",) * 2,
        "present": ("the one vote of those present",) * 2,
        "members": ("the one vote of all members",) * 2,
        "votes_existing": ("the one vote that exists",) * 2,
        "persons": ("the one vote for a person",) * 2,
    },
    "consent": {"members": ("the one member",) * 2, "votes": ("the one vote",) * 2},
}
"""Where the whole is a single vote or member: all of it, and what a share is asked of."""

TERMS = {
    "effect": {
        "terminate": "from {threshold} on it is not admissible",
        "reject": "from {threshold} on the motion is rejected",
        "refer": "from {threshold} on the matter goes to a meeting",
        "count": "without effect under this rule",
    },
    "chair": {"yes": "; the chair took part", "no": "; the chair did not take part", "not-asked": ""},
    "groups": {"yes": "; every group took part", "no": "; not every group took part", "not-asked": ""},
    "before": OUTCOMES,
}

THRESHOLD = "{required:one objection|# objections}"
"""From how many objections on: one, or more."""

SENTENCES = {
    # is deciding by circulation valid?
    "reached": "{unreached} of {seats:# member|# members} {unreached:was|were} not reached; all must be",
    "reached/none": "{seats:the one member was|all # members were} reached",
    "objections": "{objections:# objection|# objections} to deciding by circulation; {effect}",
    "objections/none": "no objection to deciding by circulation; {effect}",
    "secret-ballot": "secret ballot demanded by {demands}; from {required} on the item goes to a meeting",
    "consent": "consent to deciding by circulation: required {share}; {given} consented – {verdict}",
    "quorum": "quorum: {required} of {seats:# member|# members} required, {took_part} took part"
    "{chair}{groups} – {verdict}",
    "quorum-by-exclusion": "a quorum although {excluded:# member is|# members are} excluded",
    "nobody-silent": "{silent} of {seats:# member|# members} did not vote; all must",
    "nobody-silent/none": "all who may vote have voted (of {seats:# member|# members}); all must",
    "excluded": "excluded for a conflict of interest: {excluded} of {seats:# member|# members}; "
    "{excluded:that vote does|their votes do} not count",
    "void-by-proxy": "{votes:one vote that an excluded member gave for another does not count; that other "
    "counts as a member who did not vote|# votes that excluded members gave for others do not count; those "
    "others count as members who did not vote}",
    # what was decided?
    "counts": "votes cast: {list}",
    "persons": "votes cast: {list}",
    "silence": "{silent} did not vote; silence counts as {as}",
    "abstention": "{abstained:# abstention; it counts|# abstentions; they count} as {as}",
    "majority": "required: {share}; {option}: {votes} – {verdict}",
    "group-majority": "group {group}: required: {share}; {option}: {votes} – {verdict}",
    "fixed-number": "{required} yes required, {yes} given – {verdict}",
    "casting-vote": "exactly half; the chair's casting vote: {choice}",
    "chair-decides": "exactly half; the chair's own vote decides: {choice}",
    "lot": "equally many; the lot decides: {choice}",
    "tie": "equally many votes: {list}",
    "polarity": "the question was a recommendation to reject the motion",
    "nothing": "this rule decides nothing",
    "approval-needed": "{excluded} of {seats:# member|# members} {excluded:is|are} excluded: "
    "the resolution needs the approval of the supervising authority",
    "provisional": "provisional: a meeting has to confirm it",
    "corrected": "corrected by entry {entry}; before: {before}",
    "annulled": "the result was annulled; the counts stand",
    # would the result be another one?
    "without-vote": "without {votes:the one vote|one of the # votes} “{option}”{weighing}",
    "without-late": "without the {votes:vote|# votes} given after the first deadline",
    "without-members": "without the {votes:named vote|# named votes}",
    "with-excluded": "with the {votes:vote|# votes} of excluded members counted",
    "abstention-ignored": "with the {votes:abstention|# abstentions} ignored",
    "abstention-as-no": "with the {votes:abstention|# abstentions} as no",
}

HEADING = "{state}; {voted} of {members:# member|# members} voted"
RULE = "rule {name}: {basis}"
ITEM = "item {item}: {outcome}"
INTERIM = "item {item}, as the votes stand: {outcome}"

WEIGHING = {True: "", False: " (weight {weight})"}
SURVIVES = {True: "{what}: {result} as well", False: "{what}: {result} – the result depends on it"}
