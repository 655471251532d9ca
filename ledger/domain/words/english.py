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

TERMS = {
    "of": {
        "yes_no": "the votes for yes and no",
        "cast": "the votes cast",
        "participating": "those taking part",
        "present": "those present",
        "members": "the members",
        "votes": "the votes",
        "votes_existing": "all votes that exist",
        "persons": "the votes for persons",
    },
    "sign": {"more": "more than", "at-least": "at least"},
    "effect": {
        "terminate": "deciding by circulation is not admissible",
        "reject": "the motion is rejected",
        "refer": "the matter goes to a meeting",
        "count": "without effect",
    },
    "chair": {"yes": "; the chair took part", "no": "; the chair did not take part", "not-asked": ""},
    "groups": {"yes": "; every group took part", "no": "; not every group took part", "not-asked": ""},
    "before": OUTCOMES,
}

SENTENCES = {
    # is deciding by circulation valid?
    "reached": "{unreached} of {seats} members were not reached; all must be",
    "objections": "objections: {objections}; from {required} on: {effect}",
    "secret-ballot": "secret ballot demanded by {demands}; from {required} on the item goes to a meeting",
    "consent": "consent to the procedure: {required} required ({n}/{d} of {of_count}, {of}), {given} given: "
    "{verdict}",
    "quorum": "quorum: {required} of {seats} required, {took_part} took part{chair}{groups}: {verdict}",
    "quorum-by-exclusion": "a quorum although {excluded} members are excluded",
    "nobody-silent": "{silent} of {seats} members did not vote; all must",
    "excluded": "excluded for a conflict of interest: {excluded} of {seats}; their votes do not count",
    # what was decided?
    "counts": "{list}",
    "persons": "votes: {list}",
    "silence": "{silent} did not vote; silence counts as {as}",
    "abstention": "{abstained} abstentions; they count as {as}",
    "majority": "{sign} {n}/{d} of {base} ({of}) required, that is {required}; {option}: {votes}: {verdict}",
    "group-majority": "group {group}: {sign} {n}/{d} of {base} ({of}) required, that is {required}; "
    "{option}: {votes}: {verdict}",
    "fixed-number": "{required} yes required, {yes} given: {verdict}",
    "casting-vote": "exactly half: the chair's casting vote: {choice}",
    "chair-decides": "exactly half: the chair's own vote decides: {choice}",
    "lot": "equally many: the lot decides: {choice}",
    "tie": "equally many votes: {list}",
    "polarity": "the question was a recommendation to reject the motion",
    "nothing": "this rule decides nothing",
    "approval-needed": "{excluded} of {seats} members are excluded: the resolution needs the approval of the "
    "supervising authority",
    "provisional": "provisional: a meeting has to confirm it",
    "corrected": "corrected by entry {entry}; before: {before}",
    "annulled": "the result was annulled; the counts stand",
    # would the result be another one?
    "without-vote": "without one of the {votes} votes for {option} (weight {weight})",
    "without-late": "without the votes given after the first deadline ({votes})",
    "without-members": "without the votes of the named members ({votes})",
    "with-excluded": "with the votes of excluded members counted ({votes})",
    "abstention-ignored": "with abstentions ({votes}) ignored",
    "abstention-as-no": "with abstentions ({votes}) as no",
}

SURVIVES = {True: "{what}: still {result}", False: "{what}: {result} – decisive"}
