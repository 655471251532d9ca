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

SHARE, MORE, AT_LEAST = "{sign} {part} of the {whole}, that is {required}", "more than", "at least"
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
ONE_VOTE = "one vote for yes or no"
"""Where the whole is a single vote for yes or no."""

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

THRESHOLD = {True: "one objection", False: "{required} objections"}
"""From how many objections on: one, or more."""

SENTENCES = {
    # is deciding by circulation valid?
    "reached": "{unreached} of {seats} members were not reached; all must be",
    "reached/none": "all {seats} members were reached",
    "objections": "{objections} objections to deciding by circulation; {effect}",
    "objections/one": "1 objection to deciding by circulation; {effect}",
    "objections/none": "no objection to deciding by circulation; {effect}",
    "secret-ballot": "secret ballot demanded by {demands}; from {required} on the item goes to a meeting",
    "consent": "consent to deciding by circulation: required {share}; {given} consented – {verdict}",
    "quorum": "quorum: {required} of {seats} members required, {took_part} took part{chair}{groups} – "
    "{verdict}",
    "quorum-by-exclusion": "a quorum although {excluded} members are excluded",
    "nobody-silent": "{silent} of {seats} members did not vote; all must",
    "nobody-silent/one": "{silent} of {seats} members did not vote; all must",
    "nobody-silent/none": "all who may vote have voted ({seats} members); all must",
    "excluded": "excluded for a conflict of interest: {excluded} of {seats} members; their votes do not "
    "count",
    "void-by-proxy": "{votes} votes that excluded members gave for others do not count; those others count "
    "as members who did not vote",
    "void-by-proxy/one": "one vote that an excluded member gave for another does not count; that other "
    "counts as a member who did not vote",
    # what was decided?
    "counts": "votes cast: {list}",
    "persons": "votes cast: {list}",
    "silence": "{silent} did not vote; silence counts as {as}",
    "abstention": "{abstained} abstentions; they count as {as}",
    "majority": "required: {share}; {option}: {votes} – {verdict}",
    "group-majority": "group {group}: required: {share}; {option}: {votes} – {verdict}",
    "fixed-number": "{required} yes required, {yes} given – {verdict}",
    "casting-vote": "exactly half; the chair's casting vote: {choice}",
    "chair-decides": "exactly half; the chair's own vote decides: {choice}",
    "lot": "equally many; the lot decides: {choice}",
    "tie": "equally many votes: {list}",
    "polarity": "the question was a recommendation to reject the motion",
    "nothing": "this rule decides nothing",
    "approval-needed": "{excluded} of {seats} members are excluded: the resolution needs the approval of the "
    "supervising authority",
    "provisional": "provisional: a meeting has to confirm it",
    "corrected": "corrected by entry {entry}; before: {before}",
    "annulled": "the result was annulled; the counts stand",
    # would the result be another one?
    "without-vote": "without one of the {votes} votes “{option}”{weighing}",
    "without-vote/one": "without the one vote “{option}”{weighing}",
    "without-late": "without the votes given after the first deadline ({votes})",
    "without-members": "without the votes of the named members ({votes})",
    "with-excluded": "with the votes of excluded members counted ({votes})",
    "abstention-ignored": "with abstentions ({votes}) ignored",
    "abstention-as-no": "with abstentions ({votes}) as no",
}

HEADING = HEADING_ONE = "{state}; {voted} of {members} members voted"
RULE = "rule {name}: {basis}"
ITEM = "item {item}: {outcome}"
INTERIM = "item {item}, as the votes stand: {outcome}"

WEIGHING = {True: "", False: " (weight {weight})"}
SURVIVES = {True: "{what}: {result} as well", False: "{what}: {result} – the result depends on it"}
