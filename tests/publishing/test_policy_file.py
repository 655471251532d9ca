"""Is a policy that could never be met refused before it stops a ledger, and can people read a good one?"""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.errors import BadPolicy
from ledger.publish.policy_file import MOST, in_words, keep_policy, read_policy, usable_policy
from tests.support.logs import ORIGIN, log_signer, mldsa_signer, witness

URL = "https://witness.example"
KEYS = {f"w{number}": witness(number).verification_key.text for number in range(1, MOST + 2)}
PQ = mldsa_signer(9, "witness.example/w9").verification_key.text


def lines(*names: str, url: str = f" {URL}") -> str:
    """Lines of witnesses, with an address unless told otherwise."""
    return "".join(f"witness {name} {KEYS[name]}{url}\n" for name in names)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "a policy consists of lines"),
        ("quorum w1\n", "line 1 of the policy"),
        (lines("w1"), "names no quorum"),
        (f"{lines('w1', url='')}quorum w1\n", "can never be met, because some witnesses have no URL"),
        (f"{lines('w1')}{lines('w2', url='')}group g all w1 w2\nquorum g\n", "no cosignature of w2"),
        (
            f"log {log_signer(5, 'other.example/log').verification_key.text}\nquorum none\n",
            "is not among them",
        ),
        (f"{lines('w1', url=' ftp://witness.example')}quorum w1\n", "the witness w1: an address is like"),
        (f"{lines('w1', url=' https://witness.example/?a=b')}quorum w1\n", "the witness w1"),
        (f"{lines(*KEYS)}quorum w1\n", "names 65 witnesses with a URL; 64 can be asked"),
    ],
)
def test_a_policy_that_cannot_be_used_is_refused_with_the_reason(text: str, reason: str) -> None:
    """At the founding and at every start: not when the first vote waits."""
    with pytest.raises(BadPolicy, match=reason):
        usable_policy(text.encode(), ORIGIN)


def test_some_may_lack_an_address_if_enough_have_one() -> None:
    """A verifier's policy names more than those whom the log asks."""
    text = f"log {log_signer().verification_key.text}\n{lines('w1', 'w2')}{lines('w3', url='')}"
    policy = usable_policy(f"{text}group g 2 w1 w2 w3\nquorum g\n".encode(), ORIGIN)
    assert [one.name for one in policy.witnesses if one.url is None] == ["w3"]


def test_a_kept_policy_is_read_again(tmp_path: Path) -> None:
    """And without a file there is none."""
    assert read_policy(tmp_path, ORIGIN) is None
    data = f"{lines('w1')}quorum w1\n".encode()
    keep_policy(tmp_path, data)
    assert read_policy(tmp_path, ORIGIN) == usable_policy(data, ORIGIN)
    (tmp_path / "policy").write_bytes(data[:-3])
    with pytest.raises(BadPolicy):
        read_policy(tmp_path, ORIGIN)


def test_a_policy_in_words() -> None:
    """The quorum, below each group its members, and who is asked without being waited for."""
    text = f"{lines('w1', 'w2', 'w3', 'w4')}witness w9 {PQ}\n"
    text += "group either any w1 w2\ngroup both all either w3 w9\nquorum both\n"
    policy = usable_policy(f"{text}".replace(f"{PQ}\n", f"{PQ} {URL}\n").encode(), ORIGIN)
    assert [line.en for line in in_words(policy)] == [
        "published when cosigned by",
        "  3 of these 3 (both)",
        "    1 of these 2 (either)",
        f"      w1: witness.example/w1, Ed25519, {URL}",
        f"      w2: witness.example/w2, Ed25519, {URL}",
        f"    w3: witness.example/w3, Ed25519, {URL}",
        f"    w9: witness.example/w9, ML-DSA-44, {URL}",
        "asked as well, but not waited for",
        f"  w4: witness.example/w4, Ed25519, {URL}",
    ]


def test_a_policy_of_nobody_in_words() -> None:
    """`quorum none` is a policy as well."""
    policy = usable_policy(f"{lines('w1', url='')}quorum none\n".encode(), ORIGIN)
    assert [line.en for line in in_words(policy)] == [
        "published without waiting for any cosignature",
        "not asked",
        "  w1: witness.example/w1, Ed25519",
    ]
