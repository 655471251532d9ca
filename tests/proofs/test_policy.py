"""Is a trust policy read as C2SP tlog-policy writes it, and is a quorum met by distinct witnesses only?"""

from __future__ import annotations

from typing import Any

import pytest

from ledger.errors import ProofError
from ledger.proof.checkpoint import open_checkpoint
from ledger.proof.note import Note, format_note, parse_note
from ledger.proof.policy import MAX_POLICY, Policy, parse_policy
from ledger.proof.verification_key import ED25519, VerificationKey
from tests.support.logs import ORIGIN, checkpoint, log_signer, mldsa_signer, witness
from tests.support.trees import flip
from tests.support.vectors import load

FORMATS: dict[str, Any] = load("tlog-policy/formats-policy.json")
GOOD: dict[str, dict[str, Any]] = {vector["name"]: vector for vector in FORMATS["good"]}
W = [witness(number) for number in range(10, 16)]
VKEYS = [signer.verification_key.text for signer in W]
WITNESSES = "".join(f"witness w{number} {vkey}\n" for number, vkey in enumerate(VKEYS))
LOG = f"log {log_signer().verification_key.text} https://ledger.example/council\n"
TWO_LEVELS = f"""# a quorum of two organisations
{LOG}
{WITNESSES}
group X 2 w0 w1 w2
\tgroup  Y   any w3 w4 w5 \t
group X-and-Y all X Y
quorum X-and-Y
"""


def policy(text: str) -> Policy:
    """The policy of a text."""
    return parse_policy(text.encode("utf-8"))


def refuse(text: str) -> str:
    """Why the text is refused as a policy."""
    with pytest.raises(ProofError) as refusal:
        policy(text)
    assert refusal.value.check == "8.10"
    return str(refusal.value)


# ── the published vectors, and what we decided about them ──────────────────────────────────────


def test_the_tidy_policy_of_the_vectors_is_read() -> None:
    """Two witnesses whose plain Ed25519 keys stand for cosignatures of the same keys."""
    read = policy(GOOD["tidy"]["policy"])
    assert [(one.name, one.key.kind, one.url) for one in read.witnesses] == [
        ("w1", 0x04, "https://sigsum.org/witness/"),
        ("w2", 0x04, "https://example.com/witness/"),
    ]
    assert read.quorum.groups[b"g1"].threshold == GOOD["tidy"]["threshold"]


@pytest.mark.parametrize("name", [name for name in GOOD if name.startswith("group")])
def test_policies_that_list_a_key_twice_are_refused_and_read_without_it(name: str) -> None:
    """Their source takes one key for two witnesses; the specification forbids it, and so do we."""
    text, threshold = GOOD[name]["policy"], GOOD[name]["threshold"]
    assert "one key is one witness" in refuse(text)
    once = text.replace(
        "w3 example.com+3753d3de+AebBhMcghIUoavZpjuDofa4sW6fYHyVn7gvwDBfvkvuM", f"w3 {VKEYS[3]}"
    )
    assert policy(once).quorum.groups[b"g1"].threshold == threshold


def test_a_comment_behind_an_item_is_refused_and_read_without_it() -> None:
    """The specification has comment lines only: what follows a URL might as well be a part of it."""
    text = GOOD["whitespace and comments"]["policy"]
    assert "line 4 of the policy: witness with 4 items" in refuse(text)
    assert policy(text.replace("    #comment\n  witness", "\n  witness")).quorum.name == b"g1"


@pytest.mark.parametrize("vector", FORMATS["bad"], ids=lambda vector: vector["reason"])
def test_the_bad_policies_of_the_vectors_are_refused(vector: dict[str, str]) -> None:
    """Also where nothing but the reason that the vectors give is wrong."""
    text = vector["policy"].replace(
        "sigsum.org+e4ade967+AZuUY6B08pW3QVHu8uvsrxWPcAv9nykap2Nb4oxCee+r", VKEYS[1]
    )
    refuse(vector["policy"])
    for number in (2, 3):
        text = text.replace(
            f"w{number} example.com+3753d3de+AebBhMcghIUoavZpjuDofa4sW6fYHyVn7gvwDBfvkvuM",
            f"w{number} {VKEYS[number]}",
        )
    refuse(f"{text}\n")


# ── the form ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "each ended"),
        ("quorum none", "each ended"),
        ("\n", "names no quorum"),
        ("quorum none\r\n", "control characters"),
        ("quorum none\x00\n", "control characters"),
        ("quorum none\x7f\n", "control characters"),
        ("quorum none\nquorum none\n", "line 2 of the policy: there is a second quorum"),
        ("quorum\n", "not in the format"),
        ("quorum none none\n", "not in the format"),
        ("Quorum none\n", "not in the format"),
        ("quorum\u00a0none\n", "not in the format"),
        ("threshold 2\n", "not in the format"),
        ("log\n", "not in the format"),
        (f"{LOG[:-1]} more\nquorum none\n", "not in the format"),
        (f"{LOG}{LOG}quorum none\n", "listed twice"),
        ("log example.org+00000000+AAAA\nquorum none\n", "line 1 of the policy: no signature type"),
        (f"witness w {VKEYS[0]}\nwitness v {VKEYS[0]}\nquorum w\n", "one key is one witness"),
        (f"witness w {VKEYS[0]}\nwitness w {VKEYS[1]}\nquorum w\n", "w cannot be a new name"),
        (f"witness none {VKEYS[0]}\nquorum none\n", "none cannot be a new name"),
        (f"witness any {VKEYS[0]}\nquorum any\n", "any cannot be a new name"),
        (f"{WITNESSES}group w0 any w1\nquorum w0\n", "w0 cannot be a new name"),
        (f"{WITNESSES}group g 1\nquorum g\n", "not in the format"),
        (f"{WITNESSES}group g 0 w0\nquorum g\n", "no threshold"),
        (f"{WITNESSES}group g 3 w0 w1\nquorum g\n", "no threshold"),
        (f"{WITNESSES}group g 01 w0\nquorum g\n", "no threshold"),
        (f"{WITNESSES}group g +1 w0\nquorum g\n", "no threshold"),
        (f"{WITNESSES}group g none w0\nquorum g\n", "no threshold"),
        (f"{WITNESSES}group g any none\nquorum g\n", "none is not defined"),
        (f"{WITNESSES}group g any g\nquorum g\n", "g is not defined"),
        (f"{WITNESSES}group g any later\ngroup later any w0\nquorum g\n", "later is not defined"),
        (f"{WITNESSES}group g 2 w0 w0\nquorum g\n", "already a member"),
        (f"{WITNESSES}group g any w0\ngroup h any w0\nquorum h\n", "already a member"),
        (f"{WITNESSES}quorum g\ngroup g any w0\n", "the quorum g is not defined above"),
        ("#" * MAX_POLICY + "\nquorum none\n", "are allowed"),
    ],
)
def test_a_policy_in_any_other_form_is_refused_with_its_line(text: str, reason: str) -> None:
    """Whoever types a policy must see a slip at once, not years later."""
    assert reason in refuse(text)


def test_names_are_opaque_bytes_and_keys_and_urls_are_text() -> None:
    """As the specification wants it: no Unicode tables decide what a policy means."""
    text = f"witness ÿþ {VKEYS[0]}\nquorum ÿþ\n".encode("latin-1")
    read = parse_policy(f"witness Zürich {VKEYS[1]} https://zürich.example/\n".encode() + text)
    assert [one.name for one in read.witnesses] == ["Zürich", "\\xff\\xfe"]
    with pytest.raises(ProofError, match="not UTF-8"):
        parse_policy(f"witness w {VKEYS[0]} ÿþ\nquorum w\n".encode("latin-1"))


def test_a_policy_may_be_large() -> None:
    """At least 32 logs, witnesses and groups, with keys of the largest kind."""
    vkeys = [mldsa_signer(seed, f"k{seed}.example").verification_key.text for seed in range(64)]
    lines = [f"log {vkey}" for vkey in vkeys[:32]] + [
        f"witness w{n} {vkey}" for n, vkey in enumerate(vkeys[32:])
    ]
    lines += ["group g0 any w0", *(f"group g{n} all g{n - 1} w{n}" for n in range(1, 32)), "quorum g31", ""]
    read = policy("\n".join(lines))
    assert (len(read.logs), len(read.witnesses), len(read.quorum.groups)) == (32, 32, 32)
    read.quorum.check(one.key for one in read.witnesses)
    with pytest.raises(ProofError):
        read.quorum.check(one.key for one in read.witnesses[1:])


def test_a_type_that_does_not_cosign_is_no_witness() -> None:
    """Its signature could never be counted, and the quorum never be met."""
    key = VerificationKey("example.org", 0x05, log_signer().verification_key.key)
    assert "a key of type 5 does not cosign" in refuse(f"witness w {key.text}\nquorum w\n")


# ── what a checkpoint must have ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("cosigned", "met"),
    [
        *(("013", True), ("024", True), ("0125", True), ("012345", True)),
        *(("", False), ("01", False), ("03", False), ("012", False), ("345", False), ("0345", False)),
    ],
)
def test_a_quorum_of_two_levels_counts_groups(cosigned: str, met: bool) -> None:
    """At least two of one organisation and one of the other."""
    data = checkpoint(*(W[int(number)] for number in cosigned))
    read = policy(TWO_LEVELS)
    if met:
        assert read.open(data).checkpoint.origin == ORIGIN
        return
    with pytest.raises(ProofError, match="the quorum X-and-Y is not met") as refusal:
        read.open(data)
    assert refusal.value.check == "8.5"
    missing = [f"w{number}" for number in range(6) if str(number) not in cosigned]
    assert refusal.value.details["missing"] == missing


def test_without_a_quorum_the_log_alone_is_enough() -> None:
    """`quorum none` says so in words; leaving it out is an error."""
    assert policy(f"{LOG}quorum none\n").open(checkpoint()).cosignatures == ()


def test_a_log_that_is_not_listed_is_refused() -> None:
    """Whoever cosigned it, and whatever key is known from elsewhere."""
    other = f"log {log_signer(9).verification_key.text}\n{WITNESSES}quorum w0\n"
    with pytest.raises(ProofError) as refusal:
        policy(other).open(checkpoint(W[0]))
    assert refusal.value.check == "8.3"
    opened = open_checkpoint(checkpoint(W[0]), [log_signer().verification_key, W[0].verification_key])
    with pytest.raises(ProofError, match="no trusted log signed as") as refusal:
        policy(other).check(opened)
    assert refusal.value.check == "8.4"


def test_a_policy_without_logs_takes_the_log_from_elsewhere() -> None:
    """And from nowhere else: without a log key nothing is opened."""
    read = policy(f"{WITNESSES}quorum w0\n")
    data = checkpoint(W[0])
    assert read.open(data, [log_signer().verification_key]).checkpoint.origin == ORIGIN
    read.check(open_checkpoint(data, [*read.keys, log_signer().verification_key]))
    with pytest.raises(ProofError) as refusal:
        read.open(data)
    assert refusal.value.check == "8.4"


def test_a_witness_that_is_called_like_the_log_does_not_stand_for_it() -> None:
    """A cosignature under the origin's name is still a cosignature."""
    twin = witness(10, ORIGIN)
    read = policy(f"witness w {twin.verification_key.text}\nquorum w\n")
    with pytest.raises(ProofError, match="no trusted log signed as") as refusal:
        read.open(checkpoint(twin))
    assert refusal.value.check == "8.4"


def test_a_trusted_log_does_not_sign_for_another_one() -> None:
    """A second log's signature below a checkpoint of ours is not ours, whoever cosigned it."""
    twin, other = witness(10, ORIGIN), log_signer(9, "ledger.example/other")
    read = policy(f"log {other.verification_key.text}\nwitness w {twin.verification_key.text}\nquorum w\n")
    with pytest.raises(ProofError, match="no trusted log signed as") as refusal:
        read.open(checkpoint(twin, other))
    assert refusal.value.check == "8.4"


def test_one_witness_under_two_names_meets_no_quorum_of_two() -> None:
    """The same key, as another type or under another name, is the same witness."""
    key = W[0].verification_key
    as_note_key = key._replace(kind=ED25519, name="witness.example/other")
    text = f"witness a {key.text}\nwitness b {as_note_key.text}\ngroup g all a b\nquorum g\n"
    assert "one key is one witness" in refuse(text)


def test_a_bad_cosignature_refuses_the_checkpoint_even_if_the_quorum_is_met() -> None:
    """A known key whose signature fails refuses the whole note."""
    note = parse_note(checkpoint(W[0], W[1]))
    log, good, bad = note.signatures
    spoiled = format_note(Note(note.text, (log, good, bad._replace(blob=flip(bad.blob, 70)))))
    with pytest.raises(ProofError, match=f"the signature of {bad.name}") as refusal:
        policy(f"{LOG}{WITNESSES}group g any w0 w1\nquorum g\n").open(spoiled)
    assert refusal.value.check == "8.9"
