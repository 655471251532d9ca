"""Reports in English."""

TITLES = {
    "extract": "Extract from the minutes",
    "interim": "Interim state",
    "audit": "Audit report",
    "resolution": "Resolution",
}

SUBJECT = {
    "extract": "Resolution by circulation (Umlaufverfahren)",
    "audit": "Circular resolution, checked from the signed entries",
    "resolution": "Resolution by circulation, without names",
}

REPLAYED = "Replay of a vote that was held elsewhere"

PAGE = "Page {page} of {pages}"

HEAD = "{origin} · size {size} · root {root} · as of entry {seq}"

HEAD_MISSING = "{origin} · not published yet · as of entry {seq}"

UNTITLED = "Untitled procedure"

ERASED = "[erased, entry {entry}: {basis}]"

UNDISCLOSED = "[not disclosed; digest {digest}]"

NO_WORDING = "[no wording on record]"

ENTRY = "entry {entry}"

NONE = "–"

EVIDENCE = "evidence: {text}"

SECTIONS = {
    "facts": "The procedure",
    "items": "The resolution",
    "item": "Item {item}",
    "rollcall": "Roll call",
    "course": "Course of the procedure",
    "documents": "Documents",
    "signatures": "Signatures",
    "head": "Evidence",
    "rules": "The rules that applied",
    "electorate": "The electorate over time",
    "sequence": "All entries of the procedure",
    "attempts": "Late and refused attempts",
    "checks": "Checks",
    "unmade": "Not looked at here",
    "whole": "The whole log",
    "keys": "Keys",
    "again": "Check it yourself",
    "derivation": "Derivation",
    "relevance": "Would the result be another one?",
}

FACTS = {
    "title": "Subject",
    "body": "Body",
    "procedure": "Id",
    "legal": "Legal basis",
    "occasion": "Occasion",
    "profile": "Rule profile",
    "chair": "Chair",
    "opened": "Opened",
    "opens": "Voting from",
    "closes": "Deadline",
    "closed": "Closed",
    "state": "State",
    "zone": "Time zone",
    "voted": "Votes that count",
    "publicity": "Dealt with",
    "condition": "Condition",
    "valid": "Limited",
    "position": "As of",
    "size": "Size of the log",
    "root": "Root",
    "signed": "Signed by",
    "sha256": "SHA-256 of the checkpoint",
    "leaf": "Leaf hash of the last entry",
    "ballot": "Digest of the ballot paper",
    "source": "Source",
}

COLUMNS = {
    "option": "Option",
    "votes": "Votes",
    "share": "Share",
    "member": "Member",
    "members": "Seats",
    "group": "Group",
    "weight": "Weight",
    "vote": "Vote",
    "how": "How",
    "time": "Time",
    "utc": "UTC",
    "entry": "Entry",
    "what": "What",
    "who": "Who",
    "detail": "Content",
    "leaf": "Leaf hash",
    "sha256": "SHA-256",
    "size": "Size",
    "kind": "Type",
    "item": "Item",
    "kept": "File",
    "check": "No.",
    "sentence": "Check",
    "result": "Result",
    "made": "Times",
    "owner": "Owner",
    "roles": "Roles",
    "key": "Key",
    "since": "from",
    "ended": "to",
    "granted": "Seats granted",
    "given_up": "Seats ended",
    "seats": "Seats then",
    "code": "Reason",
    "deadline": "Deadline",
    "authority": "Time-stamping authority",
    "record": "Record",
    "id": "Id",
    "text": "Text",
    "outcome": "Outcome",
    "paragraph": "Basis",
    "counts": "Counts",
}

CAPTIONS = {
    "counts": "Votes on {item}",
    "groups": "Votes on {item} by group",
    "rollcall": "Who voted how",
    "course": "Steps of the procedure",
    "documents": "Documents with their digests",
    "sequence": "Entries in the order of the log; of several votes the last one counts",
    "attempts": "Refused attempts; they never count",
    "checks": "Numbered checks and what came of them",
    "whole": "Checks of the whole log and what came of them",
    "unmade": "Checks that were not made",
    "nothing": "Checks that had nothing to look at",
    "faults": "What does not hold",
    "keys": "Keys of those who signed here or are more than members, and of the log",
    "electorate": "Changes of the body's seats",
    "anchors": "Time stamps over checkpoints of the log",
    "chart": "Bars: {bars}",
}

UNDETERMINED = "as the entries stand; not determined yet"
NO_VOTE = "no vote"

ABSENT = "{member} (substitute: {substitute})"

EXCLUDED = "excluded: item {items}"

NOT_COUNTED = "does not count"

PROXY_EXCLUDED = "given by somebody who is excluded: item {items}"

OLDER_PAPER = "on an older ballot paper, before entry {entry}"

LATE = "after the first deadline"

OBJECTED = "objects"

CONSENTED = "consents to the procedure"

WITHHELD = "withheld until the closing"

TO_A_MEETING = "A secret ballot was demanded: the item goes to a meeting, and no single vote is named."

RESULTS = {"holds": "holds", "fails": "FAILS", "not-made": "not made"}

KEPT = {True: "there", False: "not there"}

INVALID = "Deciding by circulation was not valid."

MONTHS = "{months:# month|# months} from the determination"

PUBLICITY = {True: "in public", False: "not in public"}
PUBLIC_SINCE = "not in public; the resolution is public since {entry}"

AGAINST = "The vote was on a recommendation to reject the motion."

VOTED = "{voted} of {members}"

NOTHING_ATTEMPTED = "No refused attempt is on record."

NOTHING_LATE = "No vote was cast after the first deadline."

LATE_VOTES = "Cast after the first deadline, in time only because it was extended: {members}."

SIGN = (("Chair", "place, date, signature"), ("Keeper of the minutes", "place, date, signature"))

RECORDS = {
    "head": "head",
    "count": "count",
    "group": "group",
    "vote": "vote",
    "event": "event",
    "document": "document",
    "check": "check",
    "attempt": "attempt",
}

SEPARATOR = ","
